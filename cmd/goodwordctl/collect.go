package main

import (
	"fmt"
	"runtime/debug"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews/collect"
)

type collectVerb struct {
	Now    bool  `help:"Visit all sources, due or not."`
	Watch  bool  `help:"Stay and visit sources as they become due, until stopped."`
	Source int64 `help:"Visit this source only." placeholder:"ID"`
}

// memoryWanted is what the collector tries to keep within: beyond it, it tidies up more often and is a little slower.
const memoryWanted = 70 << 20

func (v collectVerb) Run(d *desk) error {
	debug.SetMemoryLimit(memoryWanted)
	return d.work(func(h *house.House, _ audit.Actor) error {
		if err := h.Collect.KeepSecrets(d.ctx); err != nil {
			return err
		}
		if v.Watch {
			err := h.Collect.Watch(d.ctx, func(t collect.Totals) { _ = d.totals(t) })
			if d.ctx.Err() != nil {
				return nil
			}
			return err
		}
		totals, err := h.Collect.Collect(d.ctx, collect.Options{All: v.Now, SourceID: v.Source})
		if err != nil {
			return err
		}
		if _, err := h.Reviews.Purge(d.ctx); err != nil {
			return err
		}
		h.Tend(d.ctx) // also where nothing came in
		if err := d.totals(totals); err != nil {
			return err
		}
		return fruitless(totals)
	})
}

// fruitless is the error of a collection in which not one visit succeeded.
func fruitless(t collect.Totals) error {
	if t.Visited == 0 || t.Failed < t.Visited || t.New+t.Edited+t.Duplicates+t.Ignored > 0 {
		return nil
	}
	which := fmt.Sprintf("None of the %d sources could be read", t.Visited)
	if t.Visited == 1 {
		which = "The source could not be read"
	}
	return fmt.Errorf("%s. \"goodwordctl source list\" says why", which)
}

func (d *desk) totals(t collect.Totals) error {
	text := fmt.Sprintf("Visited %d: %d new, %d edited, %d duplicates, %d unchanged", t.Visited, t.New, t.Edited, t.Duplicates, t.Unchanged)
	if t.Ignored > 0 {
		text += fmt.Sprintf(", %d entries without a watch word left out", t.Ignored)
	}
	if t.Failed > 0 {
		text += fmt.Sprintf(", %d failed; \"goodwordctl source list\" says which", t.Failed)
	}
	return d.print(t, "%s.", text)
}
