package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
)

const anew = "run go run ./reviews/classify/train ../shared/data"

// sharedData is the folder of the public sets; without it there is nothing to compare with.
func sharedData(t *testing.T) string {
	t.Helper()
	data := filepath.Join("..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("the shared data is not beside the repository")
	}
	return data
}

// TestTheModelsKnowTheirLessons asks for a new training after any change of the lexicon, the lists, the features or the texts.
func TestTheModelsKnowTheirLessons(t *testing.T) {
	l, err := read(sharedData(t), "..")
	if err != nil {
		t.Fatal(err)
	}
	said, err := assets.FS.ReadFile("sentiment/card.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c card
	if err := yaml.Unmarshal(said, &c); err != nil {
		t.Fatal(err)
	}
	if c.Lessons != l.digest() {
		t.Errorf("the models learned from other lessons: %s", anew)
	}
}

// TestTheModelsAreWhatTrainingMakes trains for a minute and compares every byte; a change of the training itself asks for it.
func TestTheModelsAreWhatTrainingMakes(t *testing.T) {
	data := sharedData(t)
	if os.Getenv("GOODWORD_MEASURE") == "" {
		t.Skip("takes a minute; asked for by GOODWORD_MEASURE=1")
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
			t.Errorf("assets/%s is not what training makes: %s", name, anew)
		}
	}
}
