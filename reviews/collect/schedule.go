package collect

import (
	"context"
	"errors"
	"sync"
	"time"

	"goodword/internal/fetch"
	"goodword/internal/practice"
)

// Watch visits what is due until ctx ends, and tells what each round that visited anything brought. While the program is offline, and after the
// computer slept, it simply goes on when it can.
func (c *Collector) Watch(ctx context.Context, report func(Totals)) error {
	var lines sync.WaitGroup
	defer lines.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines.Go(func() { c.listen(ctx, report) })
	for {
		totals, err := c.Collect(ctx, Options{})
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
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(round):
		}
	}
}

// round is the pause between two looks at what is due.
const round = 30 * time.Second
