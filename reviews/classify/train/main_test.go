package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"goodword/assets"
)

// TestTheModelsAreWhatTrainingMakes asks for a new training after any change of the lexicon, the lists or the features.
func TestTheModelsAreWhatTrainingMakes(t *testing.T) {
	data := filepath.Join("..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("the shared data is not beside the repository")
	}
	made, err := run(data, "..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range made {
		got, err := assets.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("assets/%s is not what training makes: run go run ./reviews/classify/train ../shared/data", name)
		}
	}
}
