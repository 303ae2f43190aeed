package insights

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews/insight"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Moves tells what departs from the usual, and what the usual is.
type Moves interface {
	Moves(ctx context.Context) ([]insight.Move, error)
	NegativeDays(ctx context.Context, p practice.Practice) ([]insight.Point, error)
	MarkMoveSeen(ctx context.Context, id int64, seen bool, by audit.Actor) error
}

// readMoves reads what goes on, and the last weeks for the time when nothing does.
func (s *Screen) readMoves(ctx context.Context, l *loaded) error {
	now := s.deps.Now().In(l.practice.Location())
	l.today = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, l.practice.Location())
	moves, err := s.deps.Moves.Moves(ctx)
	if err != nil {
		return err
	}
	for _, m := range moves {
		if m.State != insight.MoveEnded {
			l.moves = append(l.moves, m)
		}
	}
	l.negatives, err = s.deps.Moves.NegativeDays(ctx, l.practice)
	return err
}

// setMoves fills the section of what moves: a card for each move, or one that shows the calm.
func (v *view) setMoves(l loaded) {
	v.moves.Objects = nil
	for _, m := range l.moves {
		v.moves.Add(v.moveCard(m, l.today))
	}
	if len(l.moves) > 0 {
		v.moves.Refresh()
		return
	}
	switch {
	case len(l.negatives) == 0:
		v.moves.Add(kit.NewCard("What moves", kit.Help("After four weeks of mentions, this shows when the last days are not as usual here.")))
	default:
		v.moves.Add(kit.NewCard("What moves", kit.Column(theme.Space2, v.chart("Negative mentions", l.negatives, false, nil),
			kit.Help("The last days are as usual. An alert appears here and on Today when there are clearly more negative mentions, a topic or a new word comes up, or the rating drifts."))))
	}
	v.moves.Refresh()
}

// moveCard is one move: what it is, the days with what is usual, and the way to the mentions behind it.
func (v *view) moveCard(m insight.Move, today time.Time) fyne.CanvasObject {
	open := func() { v.screen.host.Go("inbox", fmt.Sprintf("move:%d", m.ID)) }
	actions := []fyne.CanvasObject{kit.NewQuiet("Mentions", theme.Icon("message-square-text"), open)}
	if m.State == insight.MoveOpen {
		actions = append(actions, kit.NewQuiet("Seen", theme.Icon("check"), func() { v.screen.seen(m.ID) }))
	}
	content := kit.Column(theme.Space2, kit.NewParagraph(m.Says(today)+"."))
	if len(m.Points) > 1 {
		content.Add(v.chart(chartNames[m.Kind], m.Points, m.Kind == insight.MoveDown || m.Kind == insight.MoveUp, open))
	}
	content.Add(kit.Help(m.Sure() + "."))
	return kit.NewCard("What moves", content, actions...)
}

// chartNames say what the chart of a move counts.
var chartNames = map[insight.MoveKind]string{insight.MoveNegatives: "Negative mentions", insight.MoveTopic: "Mentions a week",
	insight.MoveDown: "Mean rating of the week", insight.MoveUp: "Mean rating of the week"}

// few is what the scale of a chart of counts holds at least, so that a single mention is no mountain.
const few = 4.0

// chart draws the days over the range in which nineteen of twenty ordinary ones lie.
func (v *view) chart(name string, points []insight.Point, rating bool, open func()) fyne.CanvasObject {
	var labels []string
	var values, low, high []float64
	for _, p := range points {
		labels = append(labels, p.From.Format("2 Jan"))
		values, low, high = append(values, p.Value), append(low, p.Low), append(high, p.High)
	}
	lines := []kit.Series{{Name: name, Values: values, Tone: kit.ToneAccent}, {Name: "Usual at most", Values: high, Tone: kit.ToneNeutral}}
	least, most := 0.0, max(few, slices.Max(values), slices.Max(high))
	if slices.Max(low) > 0 {
		lines = append(lines, kit.Series{Name: "Usual at least", Values: low, Tone: kit.ToneNeutral})
	}
	if rating {
		least, most = 1, 5
	}
	chart := kit.NewLineChart(labels, lines...)
	chart.Min, chart.Max = &least, &most
	if open != nil {
		chart.OnTapped = func(int) { open() }
	}
	return chart
}

// seen says that somebody looked at a move.
func (s *Screen) seen(id int64) {
	person, name := s.host.Who()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Moves.MarkMoveSeen(ctx, id, true, audit.Actor{ID: person, Name: name})
		return func() {
			if err != nil {
				s.host.Fail("Marking it as seen", err)
				return
			}
			s.load()
		}
	})
}
