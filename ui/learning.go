package ui

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// learning takes the place of the judging anew that is under way, and ends that.
func (w *Window) learning(cancel func()) {
	w.mu.Lock()
	before := w.learn
	w.learn = cancel
	w.mu.Unlock()
	before()
}

// relearn has the judge made anew after a correction or another list, and older mentions judged by it. It may be called on any goroutine; a
// newer call takes the place of an older one, which loses nothing.
func (w *Window) relearn() {
	h := w.house
	if h == nil {
		return
	}
	w.learning(func() {})
	w.learning(w.options.Background.Run(func(ctx context.Context) func() {
		err := h.Judge.Reload(ctx)
		w.listen()
		select {
		case <-ctx.Done(): // several corrections in a row are learned from at once
			return nil
		case <-time.After(w.options.Settle):
		}
		due := false
		if err == nil {
			due, err = h.Judge.Due(ctx)
		}
		changed := 0
		if err == nil && due {
			changed, err = h.Judge.Again(ctx, h.Collect.Understand, func(r reviews.Rejudging) { w.judged(ctx, r) })
			if changed > 0 {
				h.LookForMoves(ctx) // more or fewer of them may be complaints now
			}
		}
		if err != nil && ctx.Err() == nil {
			slog.Error("judge the mentions anew", "error", err)
		}
		return func() { w.relearned(changed, err) }
	}))
}

// listen tells the screens that topics may have other names.
func (w *Window) listen() { w.changed(kit.ChangedPractice) }

// relearned says what came of judging anew, where anything did.
func (w *Window) relearned(changed int, err error) {
	w.hideJudging()
	switch {
	case err != nil:
		w.shell.Fail("Judging the mentions anew", err)
	case changed > 0:
		w.shell.Toast(kit.Counted(changed, "older mention is", "older mentions are") + " judged otherwise now.")
	}
}

// hideJudging clears the progress, if it was shown.
func (w *Window) hideJudging() {
	if w.judging {
		w.judging = false
		w.shell.SetStatus("", -1, nil)
	}
}

// judged shows how far judging anew is. It is called on the goroutine that works.
func (w *Window) judged(run context.Context, r reviews.Rejudging) {
	w.options.Background.Run(func(context.Context) func() {
		return func() {
			if run.Err() == nil && r.Done < r.Total {
				w.judging = true
				w.shell.SetStatus(fmt.Sprintf("Judging anew, %s of %s", kit.Count(r.Done), kit.Count(r.Total)), float64(r.Done)/float64(r.Total), w.stopLearning)
			}
		}
	})
}

// stopLearning leaves the older mentions as they are, until the user wants it or the program starts again.
func (w *Window) stopLearning() {
	w.learning(func() {})
	w.hideJudging()
	w.shell.ToastUndo("Stopped. The rest follows when Goodword starts again.", w.relearn)
}
