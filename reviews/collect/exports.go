package collect

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

// Preview is what an import of a file would bring.
type Preview struct {
	Format   string            `json:"format"`
	Sheet    string            `json:"sheet,omitempty"` // of a workbook: the one that was read
	Columns  []string          `json:"columns,omitempty"`
	Mapping  Mapping           `json:"mapping,omitempty"`
	Settled  time.Time         `json:"settled"`               // when a person settled this mapping for a file with the same columns; zero: it is a guess
	Rows     [][]string        `json:"rows,omitempty"`        // the first of them, as they stand in the file
	Scale    float64           `json:"stars_scale,omitempty"` // what the numbers in the column of stars were taken to be out of
	Found    []reviews.Found   `json:"found"`
	Missing  []reviews.Missing `json:"missing,omitempty"` // what is known and no longer in a complete export
	Problems []string          `json:"problems,omitempty"`

	source reviews.Source  // where its mentions are from
	wholes []reviews.Whole // the parts of the source that it shows as a whole
	print  string          // fingerprint of the columns
}

// Gone is how many mentions the import would mark as gone without being asked.
func (p Preview) Gone() int {
	n := 0
	for _, m := range p.Missing {
		if !m.Doubtful() {
			n += m.Gone
		}
	}
	return n
}

// Question is what a person has to answer before anything is marked as gone that a much smaller export lacks; empty: nothing.
func (p Preview) Question() string {
	var parts []string
	for _, m := range p.Missing {
		if m.Doubtful() {
			parts = append(parts, fmt.Sprintf("%d of %d reviews of %s", m.Gone, m.Known, m.Name))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("This export lacks %s. If the site really no longer shows them, say so, and they are marked as gone. Otherwise they stay as they are.", strings.Join(parts, " and "))
}

// ImportOptions are what a person says about an import.
type ImportOptions struct {
	Mapping  Mapping // what the program should not guess
	Format   string  // empty: found out
	Gone     bool    // the answer to Preview.Question is yes
	Progress func(done, total int)
}

// Preview reads a file and stores nothing. An empty format is found out; mapping says what the program should not guess.
func (c *Collector) Preview(ctx context.Context, file string, mapping Mapping, format string) (Preview, error) {
	f, err := openFile(file)
	if err != nil {
		return Preview{}, err
	}
	kind, err := formatNamed(format, f)
	if err != nil {
		return Preview{Format: kind.id}, err
	}
	p, err := kind.read(ctx, c, f, mapping)
	p.Format = kind.id
	if err != nil || len(p.wholes) == 0 {
		return p, err
	}
	missing, err := c.Store.Missing(ctx, reviews.KindImport, p.source.Address, p.Found, p.wholes)
	for _, m := range missing {
		if m.Gone > 0 {
			p.Missing = append(p.Missing, m)
		}
	}
	return p, err
}

// Import stores what Preview shows. It can be repeated: what was imported before is known again. A mapping is kept for the next file with the
// same columns. When ctx ends before all entries are understood, nothing is stored; after that, what is stored is stored in whole batches, and
// the next import goes on from there.
func (c *Collector) Import(ctx context.Context, file string, o ImportOptions, by audit.Actor) (reviews.Outcome, error) {
	p, err := c.Preview(ctx, file, o.Mapping, o.Format)
	if err != nil {
		return reviews.Outcome{}, err
	}
	if len(p.Found) == 0 && !(o.Gone && len(p.Missing) > 0) {
		return reviews.Outcome{}, fmt.Errorf("There is nothing to import in %s. %s", filepath.Base(file), strings.Join(p.Problems, " "))
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if err := c.understandAll(ctx, p.Found, o.Progress); err != nil {
		return reviews.Outcome{}, err
	}
	if p.print != "" {
		if p.source.Address, err = c.Store.ImportedBefore(ctx, tableAddress, p.source.Address, p.Found); err != nil {
			return reviews.Outcome{}, err
		}
	}
	if o.Gone && p.print != "" && p.Mapping["id"] != "" {
		p.wholes = sitesOf(p.Found)
	}
	for i := range p.wholes {
		p.wholes[i].Sure = o.Gone
	}
	outcome, err := c.Store.Import(ctx, p.source, p.Found, by, p.wholes...)
	if err == nil && len(o.Mapping) > 0 && p.print != "" {
		err = c.Store.SaveMapping(ctx, p.print, p.Mapping, by)
	}
	c.rule(ctx)
	return outcome, err
}

// TakeBackImport takes back the last import, as far as nobody worked on what it brought.
func (c *Collector) TakeBackImport(ctx context.Context, by audit.Actor) (int, error) {
	return c.Store.TakeBackImport(ctx, 0, by)
}

// sitesOf are the sites of a table whose rows have numbers, each shown as a whole: a person said that what is missing there is gone.
func sitesOf(found []reviews.Found) []reviews.Whole {
	var list []reviews.Whole
	for _, f := range found {
		prefix := f.Site + ":"
		if strings.HasPrefix(f.Key, prefix) && !slices.ContainsFunc(list, func(w reviews.Whole) bool { return w.Prefix == prefix }) {
			list = append(list, reviews.Whole{Prefix: prefix, Name: f.Site})
		}
	}
	return list
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
