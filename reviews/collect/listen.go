package collect

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"goodword/reviews"
)

// How listening goes. A line to a server that only waits is renewed before the boxes on its way forget it.
const (
	listenRound = 20 * time.Second // between two looks at which sources there are
	listenLong  = 25 * time.Minute
	listenPause = time.Minute // after a line that broke; doubled each time
	listenMost  = time.Hour
)

// listener keeps a line open to each source whose server tells when something new is there.
type listener struct {
	c      *Collector
	report func(Totals)
	open   map[int64]context.CancelFunc
	lines  sync.WaitGroup
	told   sync.Mutex
}

// listen visits such sources as soon as their servers say so, until ctx ends. The schedule visits them too: a line that does not work costs
// time, and no mention.
func (c *Collector) listen(ctx context.Context, report func(Totals)) {
	l := &listener{c: c, report: report, open: map[int64]context.CancelFunc{}}
	defer l.lines.Wait()
	look := time.NewTicker(listenRound)
	defer look.Stop()
	for {
		l.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// look opens lines to sources that are new, and closes those to sources that were paused or removed.
func (l *listener) look(ctx context.Context) {
	sources, err := l.c.Store.Sources(ctx)
	if err != nil {
		return // the schedule tells of it
	}
	wanted := map[int64]bool{}
	for _, s := range sources {
		kind, _ := kindOf(s.Kind)
		if kind.wait == nil || s.Paused {
			continue
		}
		wanted[s.ID] = true
		if l.open[s.ID] == nil {
			inner, stop := context.WithCancel(ctx)
			l.open[s.ID] = stop
			l.lines.Go(func() { l.line(inner, kind, s.ID) })
		}
	}
	for id, stop := range l.open {
		if !wanted[id] {
			stop()
			delete(l.open, id)
		}
	}
}

// line waits for news of one source again and again. A source that fails is left to the schedule until it is well.
func (l *listener) line(ctx context.Context, kind Kind, id int64) {
	pause := listenPause
	for ctx.Err() == nil {
		source, err := l.c.Store.Source(ctx, id)
		if err != nil {
			return
		}
		if !source.Succeeded.IsZero() && source.Failures == 0 {
			switch err = l.hear(ctx, kind, source); {
			case err == nil:
				pause = listenPause
				continue
			case errors.Is(err, errNoPush):
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if err != nil {
			pause = min(2*pause, listenMost)
		}
	}
}

// hear waits until there is news, and visits the source.
func (l *listener) hear(ctx context.Context, kind Kind, source reviews.Source) error {
	waiting, stop := context.WithTimeout(ctx, listenLong)
	defer stop()
	secret, err := l.c.secretOf(source)
	if err != nil {
		return err
	}
	err = kind.wait(waiting, l.c, visiting{source: source, secret: secret, now: l.c.Now()})
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return nil // nothing came in all that time; the line is made anew
	}
	if err != nil {
		return err
	}
	totals, err := l.c.Collect(ctx, Options{SourceID: source.ID})
	if err != nil {
		slog.Debug("visit a source that told of news", "source", source.ID, "error", err)
		return err
	}
	if totals.Visited == 0 {
		return errBusy
	}
	l.told.Lock()
	defer l.told.Unlock()
	if l.report != nil {
		l.report(totals)
	}
	return nil
}

// errBusy says that another collection is visiting the source just now.
var errBusy = errors.New("the source is being visited already")
