// Package calendar is the screen that shows what stands in a month or a week: spotlights, observances, and the days by which something is
// wanted.
package calendar

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Store is what the screen asks of the advocacy domain.
type Store interface {
	Between(ctx context.Context, first, last time.Time) ([]advocacy.Entry, error)
}

// Plans is what the screen changes: days, series, posts that show nobody, and calendars from elsewhere.
type Plans interface {
	Conflicts(ctx context.Context, entries []advocacy.Entry) ([]advocacy.Conflict, error)
	Reschedule(ctx context.Context, e advocacy.Entry, to string, by audit.Actor) error
	Plan(ctx context.Context, v advocacy.Spotlight, by audit.Actor) (advocacy.Spotlight, error)
	SaveSeries(ctx context.Context, v advocacy.Series, by audit.Actor) (advocacy.Series, error)
	MoveTurn(ctx context.Context, id int64, day, to string, by audit.Actor) error
	ChangeFollowing(ctx context.Context, id int64, day string, next advocacy.Series, by audit.Actor) (advocacy.Series, error)
	RemoveSeries(ctx context.Context, id int64, by audit.Actor) (advocacy.Series, error)
	Calendars(ctx context.Context) ([]advocacy.Calendar, error)
	SaveCalendar(ctx context.Context, c advocacy.Calendar, by audit.Actor) (advocacy.Calendar, error)
	RemoveCalendar(ctx context.Context, id int64, by audit.Actor) (advocacy.Calendar, error)
	Missed(ctx context.Context) ([]advocacy.Spotlight, error)
	SendBack(ctx context.Context, id int64, note string, by audit.Actor) error
}

// Practices is what the screen asks about the practice.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	People(ctx context.Context) ([]practice.Person, error)
}

// Checklist gives the policy checklist, whose due days are deadlines.
type Checklist interface {
	Checklist(ctx context.Context) ([]policy.Group, error)
}

// Deps is what the screen works with. Policy may be nil: then only the deadlines of spotlights and consents are shown.
type Deps struct {
	Store     Store
	Plans     Plans
	Practices Practices
	Policy    Checklist
	Now       func() time.Time
}

// Screen is the calendar in the window. Its times are midnights in UTC: they stand for days in the practice's own time.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	page   *kit.Page
	states *kit.States
	way    *kit.Segmented
	wanted *widget.Check // observances are shown
	grid   *kit.DayGrid
	holder *fyne.Container // the grid
	whole  *fyne.Container // what lasts all month
	list   *fyne.Container // the chosen day
	body   fyne.CanvasObject

	sight  time.Time // a day of the month or week in sight
	chosen time.Time
	today  time.Time
	items  []item
	seen   plan
	agenda *fyne.Container
	zone   *time.Location
	drawn  bool
	come   bool // the keyboard follows to the grid
	cancel func()
}

const (
	asMonth = iota
	asWeek
	asAgenda
)

// New makes the screen; it reads nothing before it is shown.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, states: kit.NewStates(), holder: container.NewStack(), whole: container.NewStack(),
		list: kit.Column(theme.Space4), agenda: kit.Column(theme.Space4), zone: time.UTC, cancel: func() {}}
	s.way = kit.NewSegmented([]string{"Month", "Week", "Agenda"}, asMonth, func(int) { s.visit(s.chosen) })
	s.wanted = widget.NewCheck("Observances", func(bool) { s.draw() })
	s.wanted.Checked = true
	s.page = kit.NewPage("Calendar", " ", s.wanted, kit.NewIconButton(theme.Icon("ellipsis"), "Series, and calendar files", s.more), kit.NewIconButton(theme.Icon("chevron-left"), "Before (P)", func() { s.turn(-1) }),
		kit.NewButton("Today", nil, s.visitToday), kit.NewIconButton(theme.Icon("chevron-right"), "After (N)", func() { s.turn(1) }), s.way,
		kit.NewPrimary("Plan", theme.IconIn("plus", theme.OnAccent), s.plan))
	day := kit.Scrolling(kit.InsetSides(s.list, theme.Space4, theme.Space1, theme.Space6, theme.Space6))
	split := kit.NewRightSplit(kit.InsetSides(s.holder, theme.Space6, 0, theme.Space4, theme.Space4), day, 320)
	split.MinFirst, split.MinSecond = 460, 260
	s.body = container.NewBorder(s.whole, nil, nil, nil, split)
	s.page.SetContent(s.states)
	s.states.ShowLoading("Reading the calendar")
	return s
}

// ID is the name by which other screens open this one.
func (s *Screen) ID() string { return "calendar" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Calendar" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("calendar-days") }

// Content is the screen itself.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown reads what stands in sight.
func (s *Screen) Shown() { s.reload() }

// Changed reads anew when spotlights, consents, the checklist or the practice changed.
func (s *Screen) Changed(what string) {
	if s.drawn && (what == kit.ChangedSpotlights || what == kit.ChangedPolicy || what == kit.ChangedPractice) {
		s.reload()
	}
}

// Receive shows a day, written as 2026-11-22.
func (s *Screen) Receive(arg any) {
	text, _ := arg.(string)
	if day, err := time.Parse(practice.Day, text); err == nil {
		s.visit(day)
	}
}

// Commands are what the palette and the keyboard offer here.
func (s *Screen) Commands() []kit.Command {
	return []kit.Command{
		{Title: "Go to the month or week before", Key: "P", Run: func() { s.turn(-1) }},
		{Title: "Go to the month or week after", Key: "N", Run: func() { s.turn(1) }},
		{Title: "Go to today", Key: "T", Run: s.visitToday},
		{Title: "Show a month", Key: "M", Run: func() { s.as(asMonth) }},
		{Title: "Show a week", Key: "W", Run: func() { s.as(asWeek) }},
		{Title: "Show an agenda", Key: "A", Run: func() { s.as(asAgenda) }},
		{Title: "Plan something for the chosen day", Key: "C", Run: s.plan},
		{Title: "Plan a health tip", Key: "H", Run: s.tips},
		{Title: "Plan a series", Key: "S", Run: func() { s.editSeries(nil) }},
		{Title: "Take in a calendar file", Run: s.importFile},
		{Title: "Series, and calendar files", Run: s.more},
		{Title: "Show or hide observances", Key: "O", Run: func() { s.wanted.SetChecked(!s.wanted.Checked) }},
		{Title: "Save the next twelve months as a calendar file", Run: s.export},
		{Title: "Nominate a colleague", Run: func() { s.host.Go("spotlights", "nominate") }},
	}
}

func (s *Screen) as(way int) {
	s.way.SetSelected(way)
	s.visit(s.chosen)
}

// turn goes one month or week on or back, to its first day or to the same day of the week.
func (s *Screen) turn(by int) {
	switch s.way.Selected() {
	case asAgenda:
		s.visit(s.sight.AddDate(0, 0, agendaDays*by))
		return
	case asWeek:
		s.visit(s.chosen.AddDate(0, 0, 7*by))
		return
	}
	s.visit(time.Date(s.sight.Year(), s.sight.Month()+time.Month(by), 1, 0, 0, 0, 0, time.UTC))
}

func (s *Screen) visitToday() { s.visit(s.today) }

// visit brings a day into sight and chooses it.
func (s *Screen) visit(day time.Time) {
	s.sight, s.chosen, s.grid, s.come = day, day, nil, s.drawn
	s.reload()
}

// reload reads what the page in sight shows.
func (s *Screen) reload() {
	s.cancel()
	sight, way := s.sight, s.way.Selected()
	s.cancel = s.bg.Run(func(ctx context.Context) func() {
		p, err := s.deps.Practices.Get(ctx)
		if err != nil {
			return func() { s.fail(err) }
		}
		now := s.deps.Now().In(p.Location())
		today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
		if sight.IsZero() {
			sight = today
		}
		first, last := span(sight, way == asWeek, firstWeekday(p.Country))
		if way == asAgenda {
			first, last = sight, sight.AddDate(0, 0, agendaDays)
		}
		items, seen, err := s.read(ctx, first, last, today)
		return func() {
			if err != nil {
				s.fail(err)
				return
			}
			s.sight, s.items, s.seen, s.zone = sight, items, seen, p.Location()
			if s.chosen.IsZero() {
				s.chosen = today
			}
			s.show(today, way == asWeek, firstWeekday(p.Country))
		}
	})
}

// firstWeekday is how the practice's country begins its weeks.
func firstWeekday(country string) time.Weekday {
	switch country {
	case "", "US", "CA", "MX", "JP", "BR", "ZA", "IN", "PH", "IL":
		return time.Sunday
	}
	return time.Monday
}

// span is the first and the last day that the grid shows for the month or week of a day.
func span(day time.Time, week bool, begins time.Weekday) (first, last time.Time) {
	first, last = day, day
	if !week {
		first = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
		last = first.AddDate(0, 1, -1)
	}
	first = first.AddDate(0, 0, -((int(first.Weekday()) - int(begins) + 7) % 7))
	return first, last.AddDate(0, 0, 6-(int(last.Weekday())-int(begins)+7)%7)
}

func (s *Screen) fail(err error) {
	s.states.ShowError("The calendar could not be read", err, s.reload)
}

// show draws the grid, keeping the one in sight (and the keyboard's place in it) where it can.
func (s *Screen) show(today time.Time, week bool, begins time.Weekday) {
	if s.grid == nil || !s.today.Equal(today) {
		s.today = today
		s.grid = kit.NewMonthGrid(s.sight, today, begins)
		if week {
			s.grid = kit.NewWeekGrid(s.sight, today, begins)
		}
		s.grid.OnDay = s.choose
		s.grid.OnMoved = s.choose
		s.grid.OnItem = s.openItem
		s.grid.OnDrop = s.drop
	}
	s.holder.Objects = []fyne.CanvasObject{s.grid}
	if s.way.Selected() == asAgenda {
		s.holder.Objects = []fyne.CanvasObject{kit.Scrolling(kit.InsetSides(s.agenda, 0, 0, theme.Space4, theme.Space6))}
	}
	s.holder.Refresh()
	s.drawn = true
	s.draw()
	s.states.ShowContent(s.body)
	if s.come && s.way.Selected() != asAgenda {
		s.host.Focus(s.grid)
	}
	s.come = false
}

// draw shows the items that are wanted, the heading and the chosen day.
func (s *Screen) draw() {
	if s.grid == nil {
		return
	}
	title := s.sight.Format("January 2006")
	if s.way.Selected() == asWeek {
		from, to := s.grid.Span()
		title = from.Format("2 January") + " to " + to.AddDate(0, 0, -1).Format("2 January 2006")
	}
	if s.way.Selected() == asAgenda {
		title = "From " + s.sight.Format("2 January 2006")
		s.showAgenda()
	}
	s.page.SetTitle(title)
	s.page.SetSubtitle(s.summary())
	s.grid.SetItems(s.itemsOn)
	s.showWhole()
	s.showDay()
}

func (s *Screen) summary() string {
	if s.way.Selected() == asAgenda {
		return fmt.Sprintf("The next %d days", agendaDays)
	}
	counts := map[advocacy.EntryKind]int{}
	for _, i := range s.items {
		counts[i.kind]++
	}
	return strings.Join([]string{
		kit.Counted(counts[advocacy.EntrySpotlight], "post", "posts"),
		kit.Counted(counts[advocacy.EntryDeadline], "deadline", "deadlines"),
		kit.Counted(counts[advocacy.EntryObservance], "observance", "observances"),
	}, ", ")
}

func (s *Screen) choose(day time.Time) {
	s.chosen = day
	s.showDay()
}
