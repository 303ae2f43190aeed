// Package today is the first screen: what needs me now, in order, each line one click from the work; the figures of the week; what
// happened while the office was closed.
package today

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Screen is the first screen.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	page   *kit.Page
	states *kit.States
	lines  []*line
	body   fyne.CanvasObject // list and side, made once so that the page does not jump
	list   *fyne.Container
	side   *fyne.Container
	cancel func()

	resting int    // replies in the outbox
	ticking func() // ends the wait for the next minute
}

var (
	_ kit.Screen    = (*Screen)(nil)
	_ kit.Commander = (*Screen)(nil)
)

// New builds the screen.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, ticking: func() {}, states: kit.NewStates(), list: container.NewStack(), side: container.NewStack()}
	s.body = kit.Ground(theme.Canvas, kit.Scrolling(kit.Inset(kit.MaxWidth(container.New(&beside{}, s.list, s.side), 1672), theme.Space6)))
	s.page = kit.NewPage("Today", "")
	s.page.SetContent(s.states)
	s.states.ShowLoading("Looking at what needs you")
	return s
}

// ID is the name by which other screens open this one.
func (s *Screen) ID() string { return "today" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Today" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("layout-dashboard") }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown looks anew.
func (s *Screen) Shown() { s.load() }

// Changed looks anew while the screen is in sight; otherwise Shown will.
func (s *Screen) Changed(string) {
	if fyne.CurrentApp().Driver().CanvasForObject(s.page) != nil {
		s.load()
	}
}

// Commands offers what the palette can do here.
func (s *Screen) Commands() []kit.Command {
	return []kit.Command{
		{Title: "Start with the first thing that needs me", Key: "J", Run: s.first, Enabled: func() bool { return len(s.lines) > 0 }},
		{Title: "What rests in the outbox", Key: "O", Run: s.toOutbox, Enabled: func() bool { return s.resting > 0 }},
		{Title: "Look again", Key: "F5", Run: s.load},
	}
}

func (s *Screen) load() {
	if s.cancel != nil {
		s.cancel()
	}
	person, name := s.host.Who()
	s.cancel = s.bg.Run(func(ctx context.Context) func() {
		d, err := s.deps.gather(ctx, person)
		return func() { s.show(d, name, err) }
	})
}

func (s *Screen) show(d day, name string, err error) {
	if err != nil {
		s.states.ShowError("What needs you cannot be shown", err, s.load)
		return
	}
	s.resting = len(d.resting)
	s.tick(s.resting)
	local := d.now.In(d.practice.Location())
	s.page.SetTitle(greeting(local.Hour(), name))
	s.page.SetSubtitle(local.Format("Monday, 2 January 2006") + office(d))
	s.list.Objects = []fyne.CanvasObject{s.agenda(d.items)}
	s.side.Objects = []fyne.CanvasObject{kit.Column(theme.Space4, s.week(d), s.away(d))}
	s.list.Refresh()
	s.side.Refresh()
	s.body.Refresh()
	s.states.ShowContent(s.body)
}

func office(d day) string {
	if d.practice.Hours.Open(d.now, d.practice.Location()) {
		return " · the office is open"
	}
	return " · the office is closed"
}

// agenda is the card of what needs the person.
func (s *Screen) agenda(items []item) fyne.CanvasObject {
	had := s.focused()
	s.lines = nil
	if len(items) == 0 {
		calm := kit.EmptyState("circle-check", "Nothing needs you now", "New mentions, approvals and dates appear here as soon as they need somebody.", nil)
		return kit.NewCard("", kit.Centered(container.NewGridWrap(fyne.NewSize(320, 260), calm), 320))
	}
	rows := kit.Column(0)
	for i, it := range items {
		l := newLine(it, s.open, s.seen, func(by int) { s.step(i, by) })
		s.lines = append(s.lines, l)
		rows.Add(l)
	}
	if had >= 0 {
		s.host.Focus(s.lines[min(had, len(s.lines)-1)])
	}
	return kit.NewCard("Needs you now", rows)
}

// focused is the line that has the keyboard, or -1.
func (s *Screen) focused() int {
	for i, l := range s.lines {
		if l.focus {
			return i
		}
	}
	return -1
}

func (s *Screen) first() {
	if len(s.lines) > 0 {
		s.host.Focus(s.lines[0])
	}
}

func (s *Screen) step(from, by int) {
	if to := from + by; to >= 0 && to < len(s.lines) {
		s.host.Focus(s.lines[to])
	}
}

func (s *Screen) open(i item) { s.host.Go(i.screen, i.arg) }

// week is the figures of the last seven days.
func (s *Screen) week(d day) fyne.CanvasObject {
	now, before := d.week.Now, d.week.Before
	days := "after:" + d.week.Scope.From.Format(practice.Day) + " before:" + d.week.Scope.To.Format(practice.Day)
	inbox := func(query string) func() { return func() { s.host.Go("inbox", query) } }
	rating, ratings := "–", kit.Counted(now.Reviews(), "rating", "ratings")
	if now.Reviews() > 0 {
		rating = fmt.Sprintf("%.1f", now.Mean())
	}
	open := kit.NewTile("Open now", kit.Count(d.counts.Open), "none overdue", kit.ToneNeutral, inbox("is:open"))
	if d.counts.Overdue > 0 {
		open.Set(kit.Count(d.counts.Open), kit.Count(d.counts.Overdue)+" overdue", kit.ToneBad)
	}
	return kit.NewSection("The last seven days", kit.Grid(160, theme.Space3,
		kit.NewTile("Mentions", kit.Count(now.Mentions), fmt.Sprintf("%s the week before", kit.Count(before.Mentions)), kit.ToneNeutral, inbox(days)),
		kit.NewTile("Mean rating", rating, "of "+ratings, kit.ToneNeutral, inbox(days+" is:review")),
		kit.NewTile("Handled", kit.Count(now.Response.Handled), fmt.Sprintf("of %s, median %s", kit.Count(now.Response.Owed), now.Response.Office()),
			kit.ToneNeutral, inbox(days+" is:done")),
		open), kit.NewQuiet("Insights", theme.Icon("chart-column"), func() { s.host.Go("insights", nil) }))
}

// away is what happened since the office was last open.
func (s *Screen) away(d day) fyne.CanvasObject {
	zone := d.practice.Location()
	rows := kit.Column(0)
	for _, st := range d.steps {
		title, why, _ := strings.Cut(st.did, ": ")
		detail := st.who + ", " + st.at.In(zone).Format("Mon 15:04")
		if why != "" {
			detail += " · " + why
		}
		rows.Add(newLine(item{icon: stepIcon(st.screen), title: kit.Capital(title), detail: detail, screen: st.screen, arg: st.arg}, s.open, s.seen, func(int) {}))
	}
	title := "Since " + d.night.since.In(zone).Format("Monday, 15:04")
	return kit.NewCard(title, kit.Column(theme.Space2, kit.NewParagraph(d.night.sentence()), rows))
}

func stepIcon(screen string) string {
	switch screen {
	case "spotlights":
		return "megaphone"
	case "sources":
		return "rss"
	}
	return "message-square-text"
}
