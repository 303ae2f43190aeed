package paper

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"goodword/internal/disk"
)

// Save writes the sheet to a file, in the format that the ending of its name asks for. Nothing is written before the whole sheet is made.
func Save(ctx context.Context, path string, s Sheet) error {
	var made bytes.Buffer
	if err := Write(&made, filepath.Ext(path), s); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.WriteFile(path, made.Bytes(), 0o600); err != nil {
		return fmt.Errorf("The file %s cannot be written: %w", filepath.Base(path), disk.Explain(path, err))
	}
	return nil
}
