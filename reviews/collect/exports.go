package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"goodword/internal/audit"
	"goodword/reviews"
)

// The formats of files that can be imported.
const (
	formatCSV     = "csv"
	formatXLSX    = "xlsx"
	formatTakeout = "takeout"
)

// Preview is what an import of a file would bring.
type Preview struct {
	Format   string          `json:"format"`
	Columns  []string        `json:"columns,omitempty"`
	Mapping  Mapping         `json:"mapping,omitempty"`
	Rows     [][]string      `json:"rows,omitempty"` // the first of them, as they stand in the file
	Found    []reviews.Found `json:"found"`
	Problems []string        `json:"problems,omitempty"`
}

// shownRows is how many rows of a table a preview shows.
const shownRows = 20

// largestFile is how large a file to import may be.
const largestFile = 200 << 20

// Preview reads a file and stores nothing. An empty format is found out; mapping says what the program should not guess.
func (c *Collector) Preview(ctx context.Context, file string, mapping Mapping, format string) (Preview, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return Preview{}, err
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		found, err := readTakeout(filepath.Base(file), os.DirFS(file), c.Now())
		return Preview{Format: formatTakeout, Found: found}, err
	}
	body, err := readFile(file)
	if err != nil {
		return Preview{}, err
	}
	name := filepath.Base(file)
	if format == "" {
		format = formatOf(name, body)
	}
	switch strings.ToLower(format) {
	case formatTakeout:
		found, err := takeoutOf(name, body, c)
		return Preview{Format: formatTakeout, Found: found}, err
	case formatXLSX:
		t, err := readXLSX(name, body)
		if err != nil {
			return Preview{Format: formatXLSX}, err
		}
		return c.previewTable(formatXLSX, t, mapping, p.Location())
	case formatCSV:
		t, err := readCSV(name, body)
		if err != nil {
			return Preview{Format: formatCSV}, err
		}
		return c.previewTable(formatCSV, t, mapping, p.Location())
	case "opml":
		return Preview{Format: format}, ErrIsOPML
	}
	return Preview{}, fmt.Errorf("Goodword cannot import the format %q. It reads csv, xlsx and takeout", format)
}

func readFile(file string) (body []byte, err error) {
	from, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("There is no file %s", file)
	}
	if err != nil {
		return nil, fmt.Errorf("The file %s cannot be read: %w", file, err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	body, err = io.ReadAll(io.LimitReader(from, largestFile+1))
	if err != nil {
		return nil, fmt.Errorf("The file %s cannot be read: %w", file, err)
	}
	if len(body) > largestFile {
		return nil, fmt.Errorf("The file %s is larger than %d MB. Split it and import the parts", file, largestFile>>20)
	}
	return body, nil
}

// formatOf goes by what is in a file rather than by its name.
func formatOf(name string, body []byte) string {
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		if archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
			for _, part := range archive.File {
				if strings.HasPrefix(part.Name, "xl/") {
					return formatXLSX
				}
			}
		}
		if strings.EqualFold(filepath.Ext(name), ".xlsx") {
			return formatXLSX
		}
		return formatTakeout
	}
	switch kind, text := shapeOf(decode(body, "")); {
	case kind == shapeJSON && (bytes.Contains(text, []byte(`"reviews"`)) || bytes.Contains(text, []byte(`"FeatureCollection"`))):
		return formatTakeout
	case kind == shapeOPML:
		return "opml"
	}
	return formatCSV
}

func takeoutOf(name string, body []byte, c *Collector) ([]reviews.Found, error) {
	if bytes.HasPrefix(body, []byte("PK")) {
		return readTakeoutZIP(name, bytes.NewReader(body), int64(len(body)), c.Now())
	}
	found, err := takeoutReviews(body, c.Now())
	if err != nil {
		return nil, err
	}
	newest := map[string]takeoutFound{}
	for _, f := range found {
		if held, ok := newest[f.Key]; !ok || f.updated.After(held.updated) {
			newest[f.Key] = f
		}
	}
	return inOrder(newest, nil), nil
}

// Import stores what Preview shows. It can be repeated: what was imported before is known again.
func (c *Collector) Import(ctx context.Context, file string, mapping Mapping, format string, by audit.Actor) (reviews.Outcome, error) {
	return c.ImportWatched(ctx, file, mapping, format, by, func(int, int) {})
}

// ImportWatched is Import that tells how many entries it has understood. When ctx ends before all are, nothing is stored; after that, what is
// stored is stored in whole batches, and the next import goes on from there.
func (c *Collector) ImportWatched(ctx context.Context, file string, mapping Mapping, format string, by audit.Actor, progress func(done, total int)) (reviews.Outcome, error) {
	preview, err := c.Preview(ctx, file, mapping, format)
	if err != nil {
		return reviews.Outcome{}, err
	}
	if len(preview.Found) == 0 {
		return reviews.Outcome{}, fmt.Errorf("There is nothing to import in %s. %s", filepath.Base(file), strings.Join(preview.Problems, " "))
	}
	if err := c.understandAll(ctx, preview.Found, progress); err != nil {
		return reviews.Outcome{}, err
	}
	return c.Store.Import(ctx, preview.source(filepath.Base(file)), preview.Found, by)
}

// understoodAtOnce is how many entries one worker judges before it reports.
const understoodAtOnce = 200

// understandAll has many entries judged, on as many cores as there are. progress is called on the caller's goroutine.
func (c *Collector) understandAll(ctx context.Context, found []reviews.Found, progress func(done, total int)) error {
	work, judged := make(chan []reviews.Found), make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for part := range work {
				for i, f := range part {
					part[i].Understood = c.Understand(f.Title, f.Text, f.Stars)
				}
				judged <- len(part)
			}
		})
	}
	go func() {
		defer close(judged)
		defer workers.Wait()
		defer close(work)
		for part := range slices.Chunk(found, understoodAtOnce) {
			select {
			case work <- part:
			case <-ctx.Done():
				return
			}
		}
	}()
	done := 0
	for n := range judged {
		done += n
		progress(done, len(found))
	}
	return ctx.Err()
}

// source is where the mentions of a file are from. Exports with the same columns come from the same tool, whatever the file is called, so
// that the export of next month knows the reviews of this one.
func (p Preview) source(name string) reviews.Source {
	if p.Format == formatTakeout {
		return reviews.Source{Kind: kindImport, Name: "Google Takeout", Address: formatTakeout, Site: "google"}
	}
	sum := sha256.Sum256([]byte(strings.Join(p.Columns, "\x00")))
	return reviews.Source{Kind: kindImport, Name: name, Address: "table:" + hex.EncodeToString(sum[:8]), Site: "import"}
}
