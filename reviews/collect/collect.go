// Package collect brings mentions in: it visits feeds, reads exports and takes what is typed by hand, finds out what is about the
// practice, has it understood and hands it to the store. Each kind of source is a file of its own, listed in kind.go, and each format of a file
// to import is listed in formats.go; collect.go and visit.go are the path of a visit.
package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"goodword/internal/clock"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// Judge understands what a mention says.
type Judge interface {
	Judge(text string, stars int) classify.Result
}

// Secrets keeps passwords and secret addresses out of the database, in the keychain of the system.
type Secrets interface {
	Get(name string) (string, error)
	Set(name, value string) error
	Delete(name string) error
}

// Deps are what a collector works with.
type Deps struct {
	Store     *reviews.Store
	Fetch     *fetch.Client
	Judge     Judge
	Practices *practice.Store
	Secrets   Secrets
	Now       clock.Clock
}

// Collector brings mentions in. It may be used by many goroutines; a source is never visited twice at the same time.
type Collector struct {
	Deps
	mu       sync.Mutex
	busy     map[int64]bool
	progress func(done, total int, name string)
	brought  func(ctx context.Context)
	robots   robots
	where    func(address string) string // where the servers of the presets are; a test puts its own in their place
}

// New returns a collector.
func New(d Deps) *Collector {
	return &Collector{Deps: d, busy: map[int64]bool{}, progress: func(int, int, string) {}, where: func(address string) string { return address }}
}

// OnProgress tells the listener how far each collection is that has no listener of its own, such as the scheduled ones. Set it before the
// first collection.
func (c *Collector) OnProgress(listener func(done, total int, name string)) { c.progress = listener }

// Options say what to collect. Without any, the sources that are due.
type Options struct {
	All      bool  // due or not; paused sources are left alone all the same
	SourceID int64 // this source only, paused or not
	Most     int   // of those that are due, this many, the longest waiting first; 0: all
	Progress func(done, total int, name string)
}

// Totals count a collection.
type Totals struct {
	Visited    int `json:"visited"`
	Unchanged  int `json:"unchanged"` // visits that brought nothing new
	New        int `json:"new"`
	Edited     int `json:"edited"`
	Duplicates int `json:"duplicates"`
	Ignored    int `json:"ignored"` // entries that are not about the practice
	Failed     int `json:"failed"`
}

// inFlight is how many visits run side by side: most of a visit is waiting for the server.
const inFlight = 16

// The writer takes what has come in into one transaction, up to these numbers or until it waited this long: the search index likes few large
// transactions better than many small ones.
const (
	mostVisits  = 256
	mostEntries = 4000
	patience    = 250 * time.Millisecond
)

// Collect visits sources side by side and writes what they bring from one goroutine, in batches. When it is cancelled, what had arrived is
// still stored.
func (c *Collector) Collect(ctx context.Context, o Options) (Totals, error) {
	sources, words, err := c.wanted(ctx, o)
	if err != nil {
		return Totals{}, err
	}
	sources = c.reserve(sources)
	defer c.release(sources)
	work, done := make(chan reviews.Source), make(chan visited, inFlight)
	var workers sync.WaitGroup
	for range min(inFlight, len(sources)) {
		workers.Go(func() {
			for source := range work {
				done <- c.visit(ctx, source, words)
			}
		})
	}
	go func() {
		defer close(done)
		defer workers.Wait()
		defer close(work)
		for _, source := range spread(sources) {
			select {
			case work <- source:
			case <-ctx.Done():
				return
			}
		}
	}()
	w := writer{c: c, total: len(sources), progress: o.Progress}
	err = errors.Join(w.run(context.WithoutCancel(ctx), done), c.Fetch.Flush(context.WithoutCancel(ctx)))
	if w.totals.New+w.totals.Edited > 0 {
		c.rule(ctx)
	}
	return w.totals, errors.Join(err, ctx.Err())
}

// rule runs the rules on what came in. What came in is stored whatever comes of it, and what this run does not reach, the next one does.
func (c *Collector) rule(ctx context.Context) {
	if _, err := c.Store.ApplyRules(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("run the rules on what came in", "error", err)
	}
	if c.brought != nil {
		c.brought(ctx)
	}
}

// OnBrought calls the listener after each time when something may have come in, on the goroutine that brought it. Set it before the first
// collection.
func (c *Collector) OnBrought(listener func(ctx context.Context)) { c.brought = listener }

func (c *Collector) wanted(ctx context.Context, o Options) ([]reviews.Source, []string, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return nil, nil, err
	}
	if o.SourceID != 0 {
		source, err := c.Store.Source(ctx, o.SourceID)
		if err == nil && !source.Removed.IsZero() {
			err = fmt.Errorf("The source %s was removed, so it is not visited any more. Add it again to have it visited", source.Name)
		}
		if kind, ok := kindOf(source.Kind); err == nil && !(ok && kind.visited()) {
			err = errNotVisited
		}
		return []reviews.Source{source}, p.WatchWords, err
	}
	if !o.All {
		sources, err := c.Store.Due(ctx)
		if o.Most > 0 && len(sources) > o.Most {
			sources = sources[:o.Most]
		}
		return sources, p.WatchWords, err
	}
	all, err := c.Store.Sources(ctx)
	if err != nil {
		return nil, nil, err
	}
	var open []reviews.Source
	for _, source := range all {
		if kind, ok := kindOf(source.Kind); ok && kind.visited() && !source.Paused {
			open = append(open, source)
		}
	}
	return open, p.WatchWords, nil
}

// reserve leaves out the sources that another collection is visiting.
func (c *Collector) reserve(sources []reviews.Source) []reviews.Source {
	c.mu.Lock()
	defer c.mu.Unlock()
	var free []reviews.Source
	for _, source := range sources {
		if !c.busy[source.ID] {
			c.busy[source.ID] = true
			free = append(free, source)
		}
	}
	return free
}

func (c *Collector) release(sources []reviews.Source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, source := range sources {
		delete(c.busy, source.ID)
	}
}
