package ui

import (
	"context"
	"time"
)

// tendEvery is how often the window sees to what is due without a person: what was put off, what nobody took up.
const tendEvery = time.Minute

// tend sees to what is due, now and each minute as long as this practice is open. The screens hear of it as of every change.
func (w *Window) tend() {
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		h.Tend(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(tendEvery):
		}
		return func() {
			if w.house == h {
				w.tend()
			}
		}
	})
}
