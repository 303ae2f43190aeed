package manifest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"goodword/internal/refusal"
)

func zipped(path string) bool { return strings.EqualFold(filepath.Ext(path), ".zip") }

// Free refuses a path at which something stands that must not be written over.
func Free(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("%s cannot be looked at: %w", path, err)
	case zipped(path) && info.Mode().IsRegular():
		return nil
	case info.Mode().IsRegular() && info.Size() == 0: // the dialog that asked for the name made it
		return nil
	case info.IsDir() && !zipped(path):
		if list, err := os.ReadDir(path); err == nil && len(list) == 0 {
			return nil
		}
	}
	return refusal.Because(ErrThere, "There is something at %s already. Choose another name", path)
}

// Write writes the files beside the path first, and puts them in place when all of them are on the disk. undo takes them away again.
func Write(path string, files []Leaf, made time.Time) (undo func(), err error) {
	path = filepath.Clean(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("The folder cannot be made: %w", err)
	}
	if zipped(path) {
		return func() { _ = os.Remove(path) }, writeZip(path, files, made)
	}
	return func() { _ = os.RemoveAll(path) }, writeFolder(path, files)
}

func writeFolder(path string, files []Leaf) (err error) {
	part, err := os.MkdirTemp(filepath.Dir(path), ".folder-*")
	if err != nil {
		return fmt.Errorf("The folder cannot be made: %w", err)
	}
	defer func() { _ = os.RemoveAll(part) }() // after the renaming there is none
	for _, f := range files {
		at := filepath.Join(part, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			return fmt.Errorf("The folder cannot be written: %w", err)
		}
		if err := os.WriteFile(at, f.Data, 0o600); err != nil {
			return fmt.Errorf("The folder cannot be written: %w", err)
		}
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) { // an empty one
		return fmt.Errorf("The folder cannot be put in place: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("The folder cannot be put in place: %w", err)
	}
	return nil
}

func writeZip(path string, files []Leaf, made time.Time) (err error) {
	part, err := os.CreateTemp(filepath.Dir(path), ".folder-*")
	if err != nil {
		return fmt.Errorf("The file cannot be made: %w", err)
	}
	defer func() { _ = os.Remove(part.Name()) }()
	z := zip.NewWriter(part)
	for _, f := range files {
		var into, err = z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: made})
		if err == nil {
			_, err = into.Write(f.Data)
		}
		if err != nil {
			_ = part.Close()
			return fmt.Errorf("The file cannot be written: %w", err)
		}
	}
	if err := errors.Join(z.Close(), part.Sync(), part.Close()); err != nil {
		return fmt.Errorf("The file cannot be written: %w", err)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return fmt.Errorf("The file cannot be put in place: %w", err)
	}
	return nil
}
