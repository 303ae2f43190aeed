package today

import (
	"context"
	"fmt"

	"goodword/internal/audit"
	"goodword/reviews/insight"
	"goodword/ui/kit"
)

// Moves tells what departs from the usual.
type Moves interface {
	OpenMoves(ctx context.Context) ([]insight.Move, error)
	MarkMoveSeen(ctx context.Context, id int64, seen bool, by audit.Actor) error
}

// readMoves reads what nobody has looked at yet.
func (d Deps) readMoves(ctx context.Context, f *facts, _ int64) (err error) {
	f.moves, err = d.Moves.OpenMoves(ctx)
	return err
}

// moveItems are a line for each move. It opens exactly the mentions behind it.
func (f facts) moveItems() []item {
	var out []item
	today := midnight(f.now, f.practice)
	for _, m := range f.moves {
		i := item{icon: "chart-column", tone: kit.ToneWarn, title: m.Says(today), detail: m.Sure(), screen: "inbox", arg: fmt.Sprintf("move:%d", m.ID), move: m.ID}
		if m.Kind == insight.MoveUp {
			i.tone = kit.ToneGood
		}
		out = append(out, i)
	}
	return cut(out, func(n int) item {
		return item{icon: "chart-column", title: fmt.Sprintf("%d more are not as usual", n), screen: "insights"}
	})
}

// seen takes a move off the list; it can be put back.
func (s *Screen) seen(i item) {
	s.markSeen(i.move, true, func() {
		s.host.ToastUndo("Seen. Insights still shows it while it lasts", func() { s.markSeen(i.move, false, func() {}) })
	})
}

func (s *Screen) markSeen(id int64, seen bool, then func()) {
	person, name := s.host.Who()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Moves.MarkMoveSeen(ctx, id, seen, audit.Actor{ID: person, Name: name})
		return func() {
			if err != nil {
				s.host.Fail("Marking it as seen", err)
				return
			}
			then()
			s.load()
		}
	})
}
