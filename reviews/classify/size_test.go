package classify_test

import (
	"io/fs"
	"testing"

	"goodword/assets"
)

// TestModelsAndListsAreSmall counts all that the judgement of a mention is made of. Two megabytes are what an issue allows.
func TestModelsAndListsAreSmall(t *testing.T) {
	total := 0
	for _, folder := range []string{"sentiment", "topics", "urgency", "words", "languages"} {
		files, err := fs.ReadDir(assets.FS, folder)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, f := range files {
			info, err := f.Info()
			if err != nil {
				t.Fatal(err)
			}
			total += int(info.Size())
		}
	}
	t.Logf("%d bytes", total)
	if total >= 2_000_000 {
		t.Errorf("models and lists have %d bytes", total)
	}
}
