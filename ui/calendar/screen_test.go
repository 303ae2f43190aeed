package calendar_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/calendar"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// books answers for the domains: real observances, two spotlights and a consent that ends.
type books struct {
	calendar.Plans // what no test here asks for
	moved          []string
	saved          []advocacy.Series
	missed         []advocacy.Spotlight
	back           []string
	own            []advocacy.Entry

	fails  error
	asked  []string
	people practice.Practice
}

func (b *books) Get(context.Context) (practice.Practice, error) { return b.people, b.fails }

func (b *books) People(context.Context) ([]practice.Person, error) { return nil, nil }

func (b *books) Conflicts(context.Context, []advocacy.Entry) ([]advocacy.Conflict, error) {
	return []advocacy.Conflict{{Kind: advocacy.ConflictAway, Day: "2026-11-24", Text: "Mara Lindqvist is away on this day"}}, b.fails
}

func (b *books) Reschedule(_ context.Context, e advocacy.Entry, to string, _ audit.Actor) error {
	b.moved = append(b.moved, e.Title+" to "+to)
	return b.fails
}

func (b *books) SendBack(_ context.Context, id int64, note string, _ audit.Actor) error {
	b.back = append(b.back, fmt.Sprintf("%d: %s", id, note))
	return b.fails
}

func (b *books) Missed(context.Context) ([]advocacy.Spotlight, error) { return b.missed, b.fails }

func (b *books) SaveSeries(_ context.Context, v advocacy.Series, _ audit.Actor) (advocacy.Series, error) {
	b.saved = append(b.saved, v)
	return v, b.fails
}

func (b *books) Between(_ context.Context, first, last time.Time) ([]advocacy.Entry, error) {
	from, to := first.Format(practice.Day), last.Format(practice.Day)
	b.asked = append(b.asked, from+" "+to)
	var list []advocacy.Entry
	for _, o := range advocacy.Observances(first.Year(), b.people.Disciplines, b.people.Country) {
		if o.To >= from && o.From <= to {
			list = append(list, advocacy.Entry{Kind: advocacy.EntryObservance, Title: o.Name, From: o.From, To: o.To, Observance: &o})
		}
	}
	own := []advocacy.Entry{
		{Kind: advocacy.EntrySpotlight, SpotlightID: 7, Title: "Meet the team: Mara Lindqvist", From: "2026-11-24", To: "2026-11-24", Stage: advocacy.Scheduled, At: time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)},
		{Kind: advocacy.EntrySpotlight, SpotlightID: 5, Title: "Work anniversary: Otto Frane", From: "2026-11-19", To: "2026-11-19", Stage: advocacy.Scheduled, Late: true, At: time.Date(2026, 11, 19, 15, 0, 0, 0, time.UTC)},
		{Kind: advocacy.EntryDeadline, Title: "Consent ends: Sam Dube", From: "2026-11-24", To: "2026-11-24"},
	}
	return append(append(own, b.own...), list...), nil
}

func (b *books) Checklist(context.Context) ([]policy.Group, error) {
	return []policy.Group{{Items: []policy.Item{{ID: "baa", Text: "Agreement with the review vendor", Answered: policy.Answered{Due: "2026-11-12"}},
		{ID: "done", Text: "Policy is written", Answered: policy.Answered{Due: "2026-11-13", Answer: policy.Yes}}}}}, nil
}

type desk struct {
	*calendar.Screen
	host   *kittest.Host
	books  *books
	window fyne.Window
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	kittest.App(t)
	d := &desk{host: &kittest.Host{}, books: &books{people: practice.Practice{Country: "US", TimeZone: "America/Chicago", Disciplines: []string{"dental"}}}}
	d.Screen = calendar.New(d.host, kit.Inline{}, calendar.Deps{Store: d.books, Plans: d.books, Practices: d.books, Policy: d.books,
		Now: func() time.Time { return time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC) }}) // still the 22nd in Chicago
	d.window = kittest.Window(t, d.Content(), 1072, 744)
	d.Shown()
	return d
}

func (d *desk) run(t *testing.T, title string) {
	t.Helper()
	at := slices.IndexFunc(d.Commands(), func(c kit.Command) bool { return c.Title == title })
	if at < 0 {
		t.Fatalf("there is no command %q", title)
	}
	d.Commands()[at].Run()
}

// words are all the texts in sight, by what a screen reader would say.
func (d *desk) words() string {
	var out strings.Builder
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if a, ok := o.(interface{ AccessibilityLabel() string }); ok {
			out.WriteString(a.AccessibilityLabel() + "\n")
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(d.Content())
	return out.String()
}

func (d *desk) sees(t *testing.T, want ...string) {
	t.Helper()
	words := d.words()
	for _, w := range want {
		if !strings.Contains(words, w) {
			t.Errorf("%q is not in sight:\n%s", w, words)
		}
	}
}

func (d *desk) grid(t *testing.T) *kit.DayGrid {
	t.Helper()
	var found *kit.DayGrid
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if g, ok := o.(*kit.DayGrid); ok {
			found = g
			return
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(d.Content())
	if found == nil {
		t.Fatal("there is no grid")
	}
	return found
}

func TestMonthAndDay(t *testing.T) {
	d := newDesk(t)
	d.sees(t, "November 2026", "2 posts, 2 deadlines", "Today, 22 November", "All month", "National Diabetes Month")
	if got, want := d.books.asked[0], "2026-09-02 2026-12-05"; got != want {
		t.Errorf("asked for %s, want the weeks of the month and two months before, %s", got, want)
	}
	d.Receive("2026-11-24")
	d.sees(t, "Tuesday 24 November", "Meet the team: Mara Lindqvist", "At 09:00", "Consent ends: Sam Dube", "Spotlight, scheduled")
	d.Receive("2026-11-12")
	d.sees(t, "Checklist: Agreement with the review vendor", "Overdue")
	if strings.Contains(d.words(), "Policy is written") {
		t.Error("what is settled is no deadline")
	}
}

func TestKeysTurnThePages(t *testing.T) {
	d := newDesk(t)
	d.run(t, "Go to the month or week after")
	d.run(t, "Go to the month or week after")
	d.sees(t, "January 2027", "Friday 1 January")
	d.run(t, "Go to today")
	d.sees(t, "November 2026", "Today, 22 November")
	d.run(t, "Show a week")
	d.sees(t, "22 November to 28 November 2026")
	d.run(t, "Go to the month or week before")
	d.sees(t, "15 November to 21 November 2026", "Sunday 15 November")
	d.run(t, "Show a month")
	d.sees(t, "November 2026")
	grid := d.grid(t)
	d.window.Canvas().Focus(grid)
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.sees(t, "Today, 22 November")
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	d.sees(t, "Tuesday 24 November", "Meet the team: Mara Lindqvist")
}

func TestItemsOpenTheirScreens(t *testing.T) {
	d := newDesk(t)
	d.run(t, "Show or hide observances")
	if strings.Contains(d.words(), "All month") {
		t.Error("observances are still in sight")
	}
	for _, day := range []string{"2026-11-19", "2026-11-12"} { // each has one item: Return opens it
		d.Receive(day)
		d.grid(t).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	want := []kittest.Place{{Screen: "spotlights", Arg: int64(5)}, {Screen: "policy", Arg: "checklist/baa"}}
	if got := d.host.Went; !slices.Equal(got, want) {
		t.Errorf("went to %v, want %v", got, want)
	}
	d.run(t, "Nominate a colleague")
	if last := d.host.Went[len(d.host.Went)-1]; last.Screen != "spotlights" || last.Arg != "nominate" {
		t.Errorf("went to %+v", last)
	}
}

func TestCalendarThatCannotBeRead(t *testing.T) {
	d := newDesk(t)
	d.books.fails = errors.New("the disk is gone")
	d.Changed(kit.ChangedPractice)
	d.sees(t, "The calendar could not be read", "The disk is gone.")
	d.books.fails = nil
	d.Shown()
	d.sees(t, "November 2026")
}

func TestAPostIsMovedByKeyAndByDragging(t *testing.T) {
	d := newDesk(t)
	d.run(t, "Show or hide observances")
	d.Receive("2026-11-24")
	d.sees(t, "Mara Lindqvist is away on this day.")
	grid := d.grid(t)
	d.window.Canvas().Focus(grid)
	grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt})
	if got, want := d.books.moved, []string{"Meet the team: Mara Lindqvist to 2026-11-25"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	d.host.Undo()
	if got, want := d.books.moved[1], "Meet the team: Mara Lindqvist to 2026-11-24"; got != want {
		t.Errorf("undone it goes %q, want %q", got, want)
	}
	d.Receive("2026-11-24")
	grid = d.grid(t)
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // the end of the consent, which stands where it is
	grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	if len(d.books.moved) != 2 {
		t.Errorf("the end of a consent was moved: %v", d.books.moved)
	}

	from, to := d.spot(t, "2026-11-24"), d.spot(t, "2026-11-26")
	grid.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.AddXY(6, 0)}, Dragged: fyne.NewDelta(6, 0)})
	grid.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(to.X-from.X-6, 0)})
	grid.DragEnd()
	if got, want := d.books.moved[len(d.books.moved)-1], "Meet the team: Mara Lindqvist to 2026-11-26"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// spot is where the first item of a day stands in the grid.
func (d *desk) spot(t *testing.T, day string) fyne.Position {
	t.Helper()
	grid := d.grid(t)
	from, to := grid.Span()
	at, err := time.Parse(practice.Day, day)
	if err != nil {
		t.Fatal(err)
	}
	n := int(at.Sub(from).Hours() / 24)
	weeks := int(to.Sub(from).Hours() / 24 / 7)
	size := grid.Size()
	head := size.Height - float32(weeks)*((size.Height-24)/float32(weeks))
	return fyne.NewPos((float32(n%7)+0.5)*size.Width/7, head+(float32(n/7))*(size.Height-head)/float32(weeks)+42)
}

func TestTheAgendaListsDayByDay(t *testing.T) {
	d := newDesk(t)
	d.run(t, "Show an agenda")
	d.sees(t, "From 22 November 2026", "The next 60 days", "Tuesday 24 November", "09:00", "Meet the team: Mara Lindqvist", "National Handwashing Awareness Week")
	d.run(t, "Go to the month or week after")
	d.sees(t, "From 21 January 2027")
}

func TestPlanning(t *testing.T) {
	d := newDesk(t)
	d.Receive("2026-11-24")
	d.run(t, "Plan a series")
	d.host.LastDialog().Press("Save")
	if len(d.books.saved) != 1 || d.books.saved[0].Says() != "every second Tuesday" || d.books.saved[0].First != "2026-11-24" || d.books.saved[0].Until != "2027-05-24" {
		t.Errorf("got %+v, want every second Tuesday for half a year", d.books.saved)
	}
	d.run(t, "Plan something for the chosen day")
	d.host.LastDialog().Press("Cancel")
}

func TestAPostThatWasMissedIsAskedAbout(t *testing.T) {
	d := newDesk(t)
	d.books.missed = []advocacy.Spotlight{{ID: 5, Title: "Work anniversary: Otto Frane", Stage: advocacy.Scheduled, Schedule: time.Date(2026, 11, 19, 15, 0, 0, 0, time.UTC)}}
	d.Shown()
	d.sees(t, "“Work anniversary: Otto Frane” was planned for Thursday 19 November, 09:00 and is not posted yet.", "Decide")
}

func TestWhatWasMissedIsAskedAboutAtTheStart(t *testing.T) {
	d := newDesk(t)
	d.Ask()
	if len(d.host.Dialogs) != 0 {
		t.Fatal("nothing was missed, and something is asked")
	}
	at := time.Date(2026, 11, 19, 15, 0, 0, 0, time.UTC)
	d.books.missed = []advocacy.Spotlight{{ID: 5, Title: "Work anniversary: Otto Frane", Stage: advocacy.Scheduled, Schedule: at},
		{ID: 8, Title: "Mouthguards for sport", Kind: advocacy.KindEducation, Stage: advocacy.Scheduled, Schedule: at.AddDate(0, 0, 1)}}
	d.Ask()
	asked := d.host.LastDialog()
	if len(d.host.Dialogs) != 1 || asked.Title != "Missed while Goodword was closed" {
		t.Fatal("one question for all is asked")
	}
	day := d.entry(t, asked.Content)
	if day.Text != "2026-11-23" {
		t.Errorf("got %q, want the next day at the practice", day.Text)
	}
	day.SetText("2026-11-01")
	day.OnSubmitted(day.Text)
	if asked.Closed || len(d.books.moved) != 0 {
		t.Error("a day that has passed was taken")
	}
	day.SetText("2026-11-30")
	day.OnSubmitted(day.Text)
	if want := []string{"Work anniversary: Otto Frane to 2026-11-30", "Mouthguards for sport to 2026-11-30"}; !slices.Equal(d.books.moved, want) || !asked.Closed {
		t.Errorf("got %v, want both moved by Return", d.books.moved)
	}
	d.Ask()
	d.host.LastDialog().Press("Leave as drafts")
	if want := []string{"5: Its moment passed on 19 November.", "8: Its moment passed on 20 November."}; !slices.Equal(d.books.back, want) {
		t.Errorf("got %v", d.books.back)
	}
	d.Ask()
	d.host.LastDialog().Press("Post now")
	if len(d.host.Went) != 1 || d.host.Went[0].Arg != int64(5) {
		t.Errorf("the card of the oldest is opened: got %v", d.host.Went)
	}
	d.books.fails = errors.New("No consent covers the day")
	d.host.LastDialog().Press("Leave as drafts")
	if got := strings.Join(d.host.Failures, " "); strings.Count(got, "No consent covers the day") != 2 {
		t.Errorf("what is refused is said of each: got %q", got)
	}
}

// entry is the first field of a dialog.
func (d *desk) entry(t *testing.T, in fyne.CanvasObject) *kit.Entry {
	t.Helper()
	for _, o := range kittest.Objects(in) {
		if e, ok := o.(*kit.Entry); ok {
			return e
		}
	}
	t.Fatal("there is no field")
	return nil
}

func TestATurnOfASeriesIsHandedToTheNomination(t *testing.T) {
	d := newDesk(t)
	series := advocacy.Series{ID: 3, Title: "Meet the team", Kind: advocacy.KindSpotlight, First: "2026-11-24", Until: "2026-12-31", Rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", Minute: 540}
	turn := advocacy.SeriesTurn{Series: series, Day: "2026-11-24", On: "2026-11-25"}
	d.books.own = []advocacy.Entry{{Kind: advocacy.EntrySeries, Title: series.Title, From: turn.On, To: turn.On, At: turn.Moment(time.UTC), Post: series.Kind, Turn: &turn}}
	d.Receive("2026-11-25")
	d.tap(t, d.Content(), "Fill or change")
	d.tap(t, d.host.LastDialog().Content, "Nominate a colleague for it")
	if len(d.host.Went) != 1 {
		t.Fatalf("got %v", d.host.Went)
	}
	if got, ok := d.host.Went[0].Arg.(advocacy.SeriesTurn); !ok || got.Day != turn.Day || got.Series.ID != 3 {
		t.Errorf("got %v, want the turn", d.host.Went[0])
	}
}

func (d *desk) tap(t *testing.T, in fyne.CanvasObject, title string) {
	t.Helper()
	for _, o := range kittest.Objects(in) {
		if b, ok := o.(*widget.Button); ok && b.Text == title && b.Visible() {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", title)
}
