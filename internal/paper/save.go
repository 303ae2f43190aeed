package paper

import (
	"context"
	"io"
	"path/filepath"

	"goodword/internal/disk"
)

// Save writes the sheet to a file, in the format that the ending of its name asks for. Nothing is written before the whole sheet is made.
func Save(ctx context.Context, path string, s Sheet) error {
	return disk.WriteMade(path, func(w io.Writer) error {
		if err := Write(w, filepath.Ext(path), s); err != nil {
			return err
		}
		return ctx.Err()
	})
}
