package manifest_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"goodword/internal/manifest"
)

func made(t *testing.T, path string) {
	t.Helper()
	leaves := []manifest.Leaf{{Name: "b.txt", Data: []byte("two")}, {Name: "a/one.txt", Data: []byte("one")}}
	text, err := manifest.JSON(map[string]any{"format": 1, "kind": "test", "program": "1.0", "files": manifest.List(leaves)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := manifest.Write(path, append(leaves, manifest.Leaf{Name: manifest.Name, Data: text}), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderAndAZipAreProved(t *testing.T) {
	for _, name := range []string{"folder", "folder.zip"} {
		path := filepath.Join(t.TempDir(), name)
		made(t, path)
		o, err := manifest.Prove(t.Context(), path, "test", 1, nil)
		if err != nil || o.Err() != nil || o.Files != 2 || o.Kind != "test" || o.Asked {
			t.Errorf("%s: got %+v, %v", name, o.Found, err)
		}
		if kind, err := manifest.KindOf(path); err != nil || kind != "test" {
			t.Errorf("%s: got kind %q, %v", name, kind, err)
		}
		if _, err := manifest.Prove(t.Context(), path, "test", 0, nil); !errors.Is(err, manifest.ErrFolder) {
			t.Errorf("%s: a newer make-up gives %v", name, err)
		}
	}
}

func TestEachChangeIsNamed(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"Altered: a/one.txt": func(p string) error { return os.WriteFile(filepath.Join(p, "a", "one.txt"), []byte("0ne"), 0o600) },
		"Missing: b.txt":     func(p string) error { return os.Remove(filepath.Join(p, "b.txt")) },
		"Added: c.txt":       func(p string) error { return os.WriteFile(filepath.Join(p, "c.txt"), nil, 0o600) },
	} {
		path := filepath.Join(t.TempDir(), "folder")
		made(t, path)
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		o, err := manifest.Prove(t.Context(), path, "test", 1, nil)
		if err != nil || !errors.Is(o.Err(), manifest.ErrAltered) || o.Err().Error() != name {
			t.Errorf("got %v, %v, want %s", o.Err(), err, name)
		}
	}
}

func TestWhatIsThereIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder")
	made(t, path)
	if err := manifest.Free(path); !errors.Is(err, manifest.ErrThere) {
		t.Errorf("got %v, want ErrThere", err)
	}
	if err := manifest.Free(t.TempDir()); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}
