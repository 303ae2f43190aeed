package goodword_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

type source struct{ path, text string }

// sources reads the Go files below a folder.
func sources(t *testing.T, folder string) []source {
	t.Helper()
	var files []source
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		files = append(files, source{path, string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no Go file in %s", folder)
	}
	return files
}
