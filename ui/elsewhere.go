package ui

import (
	"context"
	"log/slog"
	"time"

	"goodword/ui/kit"
)

// lookEvery is how often the window looks whether goodwordctl changed the practice. The look costs less than a millisecond.
const lookEvery = 5 * time.Second

// lookOut looks every few seconds, as long as this practice is open.
func (w *Window) lookOut() {
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(lookEvery):
		}
		return func() {
			if w.house == h {
				w.CatchUp()
				w.lookOut()
			}
		}
	})
}

// CatchUp has the screens and the counts read anew if another program changed the database since they last did.
func (w *Window) CatchUp() {
	h := w.house
	if h == nil {
		return
	}
	before := w.version
	w.options.Background.Run(func(ctx context.Context) func() {
		version, err := h.DB.ChangedElsewhere(ctx)
		if err != nil {
			slog.Error("look whether another program changed the database", "error", err)
			return nil
		}
		if version == before {
			return nil
		}
		var now standing
		if before != 0 {
			now = w.standing(ctx, h)
		}
		return func() {
			if w.house != h || w.version == version {
				return
			}
			w.version = version
			if before != 0 {
				w.caughtUp(now)
			}
		}
	})
}

// caughtUp tells everything that shows something of the practice.
func (w *Window) caughtUp(now standing) {
	w.shell.SetPerson(now.person)
	w.shell.SetOffline(now.offline)
	w.shell.SetSample(now.sample)
	for _, what := range []string{kit.ChangedPractice, kit.ChangedSources, kit.ChangedMentions, kit.ChangedSpotlights, kit.ChangedPolicy} {
		w.shell.Changed(what)
	}
	w.recount()
}
