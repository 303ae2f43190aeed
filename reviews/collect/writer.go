package collect

import (
	"context"
	"errors"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// writer stores the visits of one collection as they come in.
type writer struct {
	c        *Collector
	total    int
	done     int
	totals   Totals
	waiting  []reviews.Harvest
	entries  int
	err      error
	progress func(done, total int, name string)
}

// run ends when all visits came in. After an error it goes on taking them, so that the workers end, but stores no more.
func (w *writer) run(ctx context.Context, visits <-chan visited) error {
	late := time.NewTimer(patience)
	defer late.Stop()
	name := ""
	for open := true; open; {
		var v visited
		select {
		case v, open = <-visits:
			if open {
				w.take(v)
				w.done++
				name = v.source.Name
			}
			if open && w.entries < mostEntries && len(w.waiting) < mostVisits {
				continue
			}
		case <-late.C:
		}
		w.store(ctx)
		if name != "" {
			w.tell(name)
		}
		late.Reset(patience)
	}
	return w.err
}

func (w *writer) take(v visited) {
	switch {
	case errors.Is(v.err, context.Canceled), errors.Is(v.err, context.DeadlineExceeded):
		return // not the source's fault
	case errors.Is(v.err, fetch.ErrOffline):
		w.err = fetch.ErrOffline
		return
	case v.err != nil:
		w.err = v.err
		return
	}
	w.waiting = append(w.waiting, reviews.Harvest{Visit: v.visit, Found: v.found})
	w.entries += len(v.found)
}

func (w *writer) store(ctx context.Context) {
	if len(w.waiting) == 0 || w.err != nil && !errors.Is(w.err, fetch.ErrOffline) {
		return
	}
	outcomes, err := w.c.Store.Record(ctx, w.waiting)
	if err != nil {
		w.err = err
		return
	}
	for i, outcome := range outcomes {
		w.totals.Visited++
		w.totals.New += outcome.New
		w.totals.Edited += outcome.Edited
		w.totals.Duplicates += outcome.Duplicates
		w.totals.Ignored += outcome.Ignored
		switch {
		case w.waiting[i].Visit.Problem != "":
			w.totals.Failed++
		case outcome.New+outcome.Edited+outcome.Duplicates == 0:
			w.totals.Unchanged++
		}
	}
	clear(w.waiting)
	w.waiting, w.entries = w.waiting[:0], 0
}

func (w *writer) tell(name string) {
	if w.progress == nil {
		w.c.progress(w.done, w.total, name)
		return
	}
	w.progress(w.done, w.total, name)
}
