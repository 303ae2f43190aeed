package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Keeping knows how long what mentions say may be kept; *reviews.Store does.
type Keeping interface {
	Sources(ctx context.Context) ([]reviews.Source, error)
	Expiring(ctx context.Context, at time.Time) ([]reviews.Expiring, error)
	IDs(ctx context.Context, q reviews.Query) ([]int64, error)
	Page(ctx context.Context, ids []int64) ([]reviews.Mention, error)
	Cleared(ctx context.Context, limit int) ([]reviews.Cleared, error)
}

// keepingPane shows what is kept for how long, what goes next, what a person holds back, and what went.
type keepingPane struct {
	screen *Screen
	states *kit.States
	read   reading
}

// The bounds of what the pane lists, and how far ahead it looks.
const (
	daysAhead   = 30
	mostGoing   = 100
	mostHeld    = 100
	mostCleared = 50
)

// kept is all that the pane shows.
type kept struct {
	zone    *time.Location
	sources []reviews.Source
	going   []reviews.Expiring
	words   []reviews.Mention // of those that go
	held    []reviews.Mention
	holds   int // how many there are
	cleared []reviews.Cleared
}

func newKeepingPane(s *Screen) *keepingPane {
	p := &keepingPane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Looking at what is kept")
	return p
}

func (p *keepingPane) name() string               { return "Keeping" }
func (p *keepingPane) content() fyne.CanvasObject { return p.states }
func (p *keepingPane) commands() []kit.Command    { return nil }

func (p *keepingPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		k, err := p.screen.kept(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("What is kept could not be read", err, p.load)
				return
			}
			p.show(k)
		}
	})
}

func (s *Screen) kept(ctx context.Context) (kept, error) {
	var k kept
	here, err := s.deps.Practices.Get(ctx)
	if err != nil {
		return k, err
	}
	k.zone = here.Location()
	now := s.deps.Now()
	if k.sources, err = s.deps.Keeping.Sources(ctx); err != nil {
		return k, err
	}
	if k.going, err = s.deps.Keeping.Expiring(ctx, now.AddDate(0, 0, daysAhead)); err != nil {
		return k, err
	}
	var ids []int64
	for _, e := range k.going[:min(len(k.going), mostGoing)] {
		ids = append(ids, e.MentionID)
	}
	if k.words, err = s.deps.Keeping.Page(ctx, ids); err != nil {
		return k, err
	}
	q, err := reviews.ParseQuery("is:held", now, k.zone)
	if err != nil {
		return k, err
	}
	if ids, err = s.deps.Keeping.IDs(ctx, q); err != nil {
		return k, err
	}
	k.holds = len(ids)
	if k.held, err = s.deps.Keeping.Page(ctx, ids[:min(len(ids), mostHeld)]); err != nil {
		return k, err
	}
	k.cleared, err = s.deps.Keeping.Cleared(ctx, mostCleared)
	return k, err
}

// classes are the three ways of keeping, in plain words.
var classes = []struct {
	retention   reviews.Retention
	title, says string
}{
	{reviews.Own, "Kept for good", "The site lets you have it, or it came from you: exports, feeds, alerts, what you typed or pasted."},
	{reviews.Restricted, "Kept for a time", "The site lets its words be kept for some hours or days only. After that they are cleared. The stars, the dates, your reply and the record of what was done stay."},
	{reviews.NoStore, "Looked at, never kept", "The site lets nobody keep it. It is shown while you look, and is not written to the disk."},
}

func (p *keepingPane) show(k kept) {
	cards := make([]fyne.CanvasObject, len(classes))
	for i, c := range classes {
		cards[i] = kit.NewCard(c.title, kit.Column(theme.Space2, kit.NewParagraph(c.says), kit.Help(whose(k.sources, c.retention))))
	}
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, kit.Grid(220, theme.Space4, cards...),
		p.goingSection(k), p.heldSection(k), p.clearedSection(k)), 1080), theme.Space6, theme.Space4)))
}

// whose names the sources of a class.
func whose(sources []reviews.Source, class reviews.Retention) string {
	var names []string
	for _, s := range sources {
		if s.Retention == class {
			names = append(names, s.Name)
		}
	}
	const few = 6
	switch {
	case len(names) == 0:
		return "None of your sources."
	case len(names) > few:
		return fmt.Sprintf("%s and %d more.", strings.Join(names[:few], ", "), len(names)-few)
	}
	return strings.Join(names, ", ") + "."
}

func (p *keepingPane) goingSection(k kept) fyne.CanvasObject {
	title := fmt.Sprintf("Goes within %d days", daysAhead)
	if len(k.going) == 0 {
		return kit.NewSection(title, kit.Help("Nothing has to go."))
	}
	columns := []kit.TableColumn{{Title: "When", Width: 150}, {Title: "Words"}, {Title: "Source", Width: 170}}
	stays := slices.ContainsFunc(k.going, func(e reviews.Expiring) bool { return e.Kept })
	if stays {
		columns = append(columns, kit.TableColumn{Width: 180})
	}
	table := kit.NewTable(columns...)
	var rows [][]kit.Cell
	for _, e := range k.going[:min(len(k.going), mostGoing)] {
		words := ""
		if i := slices.IndexFunc(k.words, func(m reviews.Mention) bool { return m.ID == e.MentionID }); i >= 0 {
			words = firstWords(k.words[i])
		}
		row := []kit.Cell{{Text: e.Expires.In(k.zone).Format("2 Jan 2006, 15:04"), Secondary: true}, {Text: words}, {Text: e.Source, Secondary: true}}
		if stays {
			row = append(row, kit.Cell{Text: map[bool]string{true: "another source has them"}[e.Kept], Secondary: true})
		}
		rows = append(rows, row)
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.screen.host.Go("inbox", k.going[row].MentionID) }
	parts := []fyne.CanvasObject{kit.Help("To keep one longer, because a lawyer asks for it, open it and put it under legal hold."), table}
	if len(k.going) > mostGoing {
		parts = append(parts, kit.Help(fmt.Sprintf("and %s more after these.", kit.Count(len(k.going)-mostGoing))))
	}
	return kit.NewSection(title, kit.Column(theme.Space2, parts...))
}

func (p *keepingPane) heldSection(k kept) fyne.CanvasObject {
	if k.holds == 0 {
		return kit.NewSection("Under legal hold", kit.Help("Nothing. A mention under legal hold stays whole, whatever its site allows, until somebody releases it. Its menu in the inbox has the switch."))
	}
	table := kit.NewTable(kit.TableColumn{Title: "Since", Width: 150}, kit.TableColumn{Title: "Words"}, kit.TableColumn{Title: "Site", Width: 170})
	var rows [][]kit.Cell
	for _, m := range k.held {
		rows = append(rows, []kit.Cell{{Text: m.Held.In(k.zone).Format("2 Jan 2006"), Secondary: true}, {Text: firstWords(m)}, {Text: respond.SiteName(m.Site), Secondary: true}})
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.screen.host.Go("inbox", k.held[row].ID) }
	all := kit.NewQuiet("Show in the inbox", theme.Icon("inbox"), func() { p.screen.host.Go("inbox", "is:held") })
	return kit.NewSection("Under legal hold", kit.Column(theme.Space2, kit.Help(kit.Counted(k.holds, "mention stays", "mentions stay")+" whole until somebody releases it."), table), all)
}

func (p *keepingPane) clearedSection(k kept) fyne.CanvasObject {
	if len(k.cleared) == 0 {
		return kit.NewSection("What was cleared", kit.Help("Nothing was cleared yet."))
	}
	table := kit.NewTable(kit.TableColumn{Title: "When", Width: 150}, kit.TableColumn{Title: "Source"}, kit.TableColumn{Title: "What", Width: 240})
	var rows [][]kit.Cell
	for _, c := range k.cleared[:min(len(k.cleared), mostCleared)] {
		rows = append(rows, []kit.Cell{{Text: c.At.In(k.zone).Format("2 Jan 2006, 15:04"), Secondary: true}, {Text: c.Source}, {Text: "Words of " + kit.Counted(c.Count, "mention", "mentions"), Secondary: true}})
	}
	table.SetRows(rows)
	all := kit.NewQuiet("Show in the inbox", theme.Icon("inbox"), func() { p.screen.host.Go("inbox", "is:cleared") })
	return kit.NewSection("What was cleared", kit.Column(theme.Space2, kit.Help("From the audit log. It says that there was something and when it went, not what it said."), table), all)
}
