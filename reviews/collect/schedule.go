package collect

import (
	"context"
	"errors"
	"sync"
	"time"

	"goodword/internal/fetch"
	"goodword/internal/practice"
)

// Watch visits what is due until ctx ends, and tells what each round that visited anything brought. While the program is offline it waits. After the
// computer slept, each source that was missed gets one visit, a portion at a time and not before the network had a moment to come back.
func (c *Collector) Watch(ctx context.Context, report func(Totals)) error {
	var lines sync.WaitGroup
	defer lines.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines.Go(func() { c.listen(ctx, report) })
	last := c.Now()
	for {
		if slept(last, c.Now()) && !wait(ctx, waking) {
			return ctx.Err()
		}
		totals, err := c.Collect(ctx, Options{Most: portion})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !errors.Is(err, fetch.ErrOffline) && !errors.Is(err, practice.ErrNone) {
			return err
		}
		if _, err := c.Store.Purge(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		if totals.Visited > 0 && report != nil {
			report(totals)
		}
		pause := round
		if totals.Visited >= portion {
			pause = between
		}
		last = c.Now()
		if !wait(ctx, pause) {
			return ctx.Err()
		}
	}
}

// Rounds follow each other at these distances: when nothing more is due, and when more is due than one portion.
const (
	round   = 30 * time.Second
	between = 2 * time.Second
	portion = 64
)

// waking is how long the network of a computer that slept gets to come back, before every source would be noted as one that cannot be reached.
const waking = 20 * time.Second

// slept reports whether the clock went on for much longer than the pause between two rounds.
func slept(last, now time.Time) bool { return now.Sub(last) > 4*round }

// wait reports whether the time passed before ctx ended.
func wait(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}
