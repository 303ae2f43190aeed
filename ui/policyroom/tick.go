package policyroom

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"goodword/policy"
)

// ticking is a pane in which time runs down before the eyes: tick writes anew what is left.
type ticking interface{ tick() }

// watch lets the countdowns run as long as the room is in sight. Each turn waits in the background and asks for the next, so that it ends by itself.
func (s *Screen) watch() {
	if s.deps.Tick <= 0 {
		return
	}
	s.turn.run(s.back, func(ctx context.Context) func() {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(s.deps.Tick):
		}
		return func() {
			if s.page.Visible() && fyne.CurrentApp().Driver().CanvasForObject(s.page) != nil {
				s.tick()
				s.watch()
			}
		}
	})
}

// tick brings the pane in sight up to the minute, and reads it anew once the day has changed.
func (s *Screen) tick() {
	known := s.signatures.staff
	if known.day != "" && policy.Today(s.deps.Now(), known.practice) != known.day {
		s.again()
		return
	}
	if p, ok := s.current().(ticking); ok {
		p.tick()
	}
}
