// Package manifest makes folders that can be proved later, far from the program: files in a folder or a .zip, the SHA-256 of each in the file
// manifest.json, and the hash of that file in the audit log. What the files say is the business of whoever makes the folder.
package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Name is the file that lists all others.
const Name = "manifest.json"

// File is one file of a folder.
type File struct {
	Name   string `json:"name"` // with slashes, whatever the system
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Leaf is a file on its way into a folder.
type Leaf struct {
	Name string
	Data []byte
}

// The errors that callers tell apart.
var (
	ErrAltered = errors.New("the folder is not as it was made")
	ErrFolder  = errors.New("this is no folder with a manifest")
	ErrThere   = errors.New("something is there already")
)

// Hash is the SHA-256 of a file in hexadecimal figures.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// List sorts the files by name and lists them with their hashes.
func List(leaves []Leaf) []File {
	slices.SortFunc(leaves, func(a, b Leaf) int { return strings.Compare(a.Name, b.Name) })
	files := make([]File, 0, len(leaves))
	for _, f := range leaves {
		files = append(files, File{Name: f.Name, Bytes: int64(len(f.Data)), SHA256: Hash(f.Data)})
	}
	return files
}

// JSON is a value as JSON that a person can read.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("write the folder: %w", err)
	}
	return b.Bytes(), nil
}
