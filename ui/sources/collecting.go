package sources

import (
	"context"
	"errors"
	"fmt"

	"goodword/internal/fetch"
	"goodword/reviews/collect"
	"goodword/ui/kit"
)

// CollectAll visits all sources that are not paused, due or not.
func (s *Screen) CollectAll() { s.visit(collect.Options{All: true}, "Visiting the sources") }

// CollectOne visits one source.
func (s *Screen) CollectOne(id int64) {
	if s.detail.source.ID == id && !visited(s.detail.source) {
		return
	}
	s.visit(collect.Options{SourceID: id}, "Visiting the source")
}

// visit collects in the background, with its progress and a way to stop it in the top bar. Only one runs at a time.
func (s *Screen) visit(o collect.Options, text string) {
	if s.stop != nil {
		return
	}
	var cancel func()
	ended := false
	end := func() {
		ended = true
		s.stop = nil
		s.host.SetStatus("", -1, nil)
		s.collect.Enable()
		s.reload()
	}
	s.stop = func() {
		cancel()
		end()
		s.host.Toast("Stopped. What had arrived is in the inbox")
	}
	s.asked = 0
	s.collect.Disable()
	s.host.SetStatus(text, -1, s.stop)
	o.Progress = func(done, total int, _ string) { s.tell(done, total) }
	cancel = s.bg.Run(func(ctx context.Context) func() {
		totals, err := s.deps.Collector.Collect(ctx, o)
		return func() {
			end()
			s.report(totals, err)
		}
	})
	if !ended {
		s.detail.refresh()
	}
}

// tell is called in the background; what it shows takes the way over the window's own goroutine, where a newer message may have been first.
func (s *Screen) tell(done, total int) {
	s.bg.Run(func(context.Context) func() {
		return func() {
			if s.stop == nil || done < s.asked {
				return
			}
			s.asked = done
			s.host.SetStatus(fmt.Sprintf("Visited %d of %s", done, kit.Counted(total, "source", "sources")), float64(done)/float64(max(total, 1)), s.stop)
		}
	})
}

func (s *Screen) report(t collect.Totals, err error) {
	switch {
	case errors.Is(err, fetch.ErrOffline):
		s.host.Toast("Goodword is offline, so nothing was visited")
		return
	case err != nil:
		s.host.Fail("Collecting", err)
		return
	case t.Visited == 0:
		s.host.Toast("There was nothing to visit")
		return
	}
	s.host.Toast(totalsText(t))
}

// totalsText is what a collection brought, in a line.
func totalsText(t collect.Totals) string {
	text := "Nothing new from "
	if t.New > 0 {
		text = kit.Counted(t.New, "new mention", "new mentions") + " from "
	}
	text += kit.Counted(t.Visited, "source", "sources")
	for _, part := range []struct {
		n    int
		says string
	}{{t.Edited, "edited"}, {t.Duplicates, "known from elsewhere"}, {t.Ignored, "without a watch word left out"}, {t.Failed, "failed"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %s %s", kit.Count(part.n), part.says)
		}
	}
	return text
}
