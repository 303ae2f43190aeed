package policy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// MostKept is the largest file that is kept in the database with what it proves. A larger one stays where it is, and is known by its hash.
const MostKept = 8 << 20

// File is evidence: its name and the SHA-256 of its content, so that a later look can tell whether it was altered. From ReadFile to the step that
// stores it, it carries its content along.
type File struct {
	Name string `json:"name"`
	Hash string `json:"hash"`

	data string // empty when the file is too large, or stored already
}

// ReadFile reads a file that is to be evidence.
func ReadFile(ctx context.Context, path string) (File, error) {
	if err := ctx.Err(); err != nil {
		return File{}, err
	}
	in, err := os.Open(path)
	if err != nil {
		return File{}, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	defer func() { _ = in.Close() }()
	sum := sha256.New()
	var kept strings.Builder
	size, err := io.Copy(io.MultiWriter(sum, &kept), io.LimitReader(in, MostKept+1))
	if err == nil && size > MostKept {
		kept.Reset()
		_, err = io.Copy(sum, in)
	}
	if err != nil {
		return File{}, fmt.Errorf("The file %s cannot be read to the end: %w", path, err)
	}
	return File{Name: filepath.Base(path), Hash: hex.EncodeToString(sum.Sum(nil)), data: kept.String()}, nil
}
