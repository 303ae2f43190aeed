package insight

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"goodword/internal/disk"
	"goodword/internal/practice"
	"goodword/reviews/respond"
)

// Write writes the figures of a period into a file; the ending of its name says how: .pdf or .html (to read and print), .csv or .xlsx.
func (r *Reader) Write(ctx context.Context, file string, from, to time.Time, p practice.Practice) error {
	return r.Export(ctx, file, Scope{From: from, To: to}, p)
}

// Export is Write for one place or one site.
func (r *Reader) Export(ctx context.Context, file string, scope Scope, p practice.Practice) error {
	ending := strings.ToLower(filepath.Ext(file))
	if err := knownEnding(ending); err != nil {
		return err
	}
	f, err := r.Figures(ctx, scope, p)
	if err != nil {
		return err
	}
	filter, err := r.filter(ctx, scope)
	if err != nil {
		return err
	}
	return save(file, func(w io.Writer) error {
		switch ending {
		case ".csv":
			return writeCSV(w, f)
		case ".xlsx":
			return writeXLSX(w, f)
		}
		report := page{Figures: f, Practice: p, Made: r.now().In(p.Location()), Filter: filter}
		if ending == ".pdf" {
			return writePDF(w, report)
		}
		return writeHTML(w, report)
	})
}

func knownEnding(ending string) error {
	switch ending {
	case ".pdf", ".html", ".htm", ".csv", ".xlsx":
		return nil
	}
	return fmt.Errorf("A report cannot be written as %q. Choose a name that ends in .pdf, .html, .csv or .xlsx", ending)
}

func (r *Reader) filter(ctx context.Context, s Scope) (string, error) {
	var parts []string
	if s.PlaceID != 0 {
		n, err := r.names(ctx)
		if err != nil {
			return "", err
		}
		parts = append(parts, n.place(s.PlaceID))
	}
	if s.Site != "" {
		parts = append(parts, respond.SiteName(s.Site))
	}
	return strings.Join(parts, ", "), nil
}

// save writes beside the file first, so that a full disk leaves an older report whole.
func save(file string, write func(io.Writer) error) (err error) {
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".part-*")
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("The report %s cannot be written, because there is no folder %s", file, filepath.Dir(file))
	}
	if err != nil {
		return unwritten(file, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part.Name())
		}
	}()
	if err := errors.Join(write(part), part.Sync(), part.Close()); err != nil {
		return unwritten(file, err)
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return unwritten(file, err)
	}
	return nil
}

func unwritten(file string, err error) error {
	if full := disk.Explain(file, err); errors.Is(full, disk.ErrFull) {
		return full
	}
	return fmt.Errorf("The report %s cannot be written: %w", file, err)
}
