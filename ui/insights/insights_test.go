package insights

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/insight"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var ctx = context.Background()

// room is the screen on a real database.
type room struct {
	*Screen
	host      *kittest.Host
	store     *reviews.Store
	reader    *insight.Reader
	practices *practice.Store
	at        time.Time
}

func open(t *testing.T) *room {
	t.Helper()
	kittest.App(t)
	r := &room{host: &kittest.Host{}, at: time.Date(2026, 6, 30, 17, 0, 0, 0, time.UTC)}
	now := clock.Clock(func() time.Time { return r.at })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	r.practices = practice.NewStore(db, now)
	must(t, r.practices.Save(ctx, practice.Practice{Name: "Harbor Point Dental", TimeZone: "UTC"}, audit.Program))
	for _, name := range []string{"North Office", "Riverside"} {
		_, err := r.practices.SavePlace(ctx, practice.Place{Name: name}, audit.Program)
		must(t, err)
	}
	r.store = reviews.NewStore(db, now, r.practices, guard.Default())
	r.reader = insight.New(db, now)
	r.Screen = New(r.host, kit.Inline{}, Deps{Reader: r.reader, Moves: r.reader, Practices: r.practices, Now: now})
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (r *room) said(t *testing.T, at time.Time, stars int, sentiment, site, place string, topics ...string) reviews.Mention {
	t.Helper()
	back := r.at
	r.at = at
	defer func() { r.at = back }()
	f := reviews.Found{Key: fmt.Sprint(at.Unix(), site, topics), Text: fmt.Sprintf("Some words of %s about the practice, number %d.", site, at.Unix()), Stars: stars, Site: site, Place: place, Posted: at}
	f.Language, f.Sentiment, f.Topics = "en", sentiment, topics
	m, err := r.store.Add(ctx, f, audit.Program)
	must(t, err)
	return m
}

// filled is a year of mentions that gets better, some of them handled.
func filled(t *testing.T) *room {
	r := open(t)
	topics := []string{"wait_time", "staff_manner_front", "billing_insurance", "care_quality", "access_phone_portal", "facility_parking", "praise_general", "listening_explaining"}
	for i := range 260 {
		at := time.Date(2025, 7, 2, 10, 0, 0, 0, time.UTC).AddDate(-1, 0, i*718/260)
		stars := 1 + int(math.Abs(math.Sin(float64(i)*1.7))*3.2+float64(i)/150)
		stars = min(stars, 5)
		sentiment := []string{"", "negative", "negative", "mixed", "positive", "positive"}[stars]
		m := r.said(t, at, stars, sentiment, []string{"google", "yelp", "healthgrades"}[i%5%3], []string{"North Office", "Riverside", ""}[i%7%3], topics[i*i%len(topics)], topics[(i+3)%len(topics)])
		if i%4 != 0 {
			back := r.at
			r.at = at.Add(time.Duration(2+i%30) * time.Hour)
			must(t, r.store.Close(ctx, m.ID, "Answered in private", audit.Program))
			r.at = back
		}
	}
	return r
}

func (r *room) went(t *testing.T) string {
	t.Helper()
	if len(r.host.Went) == 0 {
		t.Fatal("nothing was opened")
	}
	last := r.host.Went[len(r.host.Went)-1]
	if last.Screen != "inbox" {
		t.Fatalf("opened %s, want the inbox", last.Screen)
	}
	return last.Arg.(string)
}

func TestTilesAndBarsOpenTheirMentions(t *testing.T) {
	r := filled(t)
	r.Shown()
	v := r.view
	for _, c := range []struct {
		name string
		open func()
		want string
	}{
		{"mentions", v.mentions.OnTapped, ""},
		{"rating", v.rating.OnTapped, "is:review"},
		{"positive", v.positive.OnTapped, "sentiment:positive"},
		{"a topic", func() { v.topics.OnTapped(0) }, "topic:" + v.topicIDs[0]},
		{"five stars", func() { v.stars.OnTapped(0) }, "stars:5"},
		{"one star", func() { v.stars.OnTapped(4) }, "stars:1"},
		{"a site", func() { v.where.OnOpened(0) }, "source:google"},
		{"overdue", func() { v.fast.OnOpened(4) }, "is:overdue"},
		{"quiet decisions", func() { v.fast.OnOpened(2) }, `status:"no reply" -is:imported`},
	} {
		c.open()
		want := strings.TrimSpace("after:2025-07-01 before:2026-07-01 " + c.want)
		if got := r.went(t); got != want {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
	v.volume.OnTapped(1)
	if got, want := r.went(t), "after:2025-08-01 before:2025-09-01"; got != want {
		t.Errorf("a month: got %q, want %q", got, want)
	}
}

func TestWhatABarOpensIsWhatItCounts(t *testing.T) {
	r := filled(t)
	r.Shown()
	count := func() int {
		q, err := reviews.ParseQuery(r.went(t), r.at, time.UTC)
		must(t, err)
		ids, err := r.store.IDs(ctx, q)
		must(t, err)
		return len(ids)
	}
	for i, s := range r.view.figures.Steps {
		r.view.volume.OnTapped(i)
		if got := count(); got != s.Mentions {
			t.Errorf("%s: the inbox shows %d, the bar %d", s.Label, got, s.Mentions)
		}
	}
	r.view.whereOf.SetSelected(1)
	r.view.setWhere()
	for i, s := range r.view.whereIDs {
		r.view.where.OnOpened(i)
		if got := count(); got != s.Mentions {
			t.Errorf("%s: the inbox shows %d, the row %d", s.Label, got, s.Mentions)
		}
	}
	for by := range topicChoices {
		r.view.topicOf.SetSelected(by)
		r.view.setTopics()
		for i := range r.view.topicIDs {
			r.view.topics.OnTapped(i)
			s := ranked(r.view.figures.Topics, by)[i]
			if got, want := count(), []int{s.Mentions, s.Positive, s.Negative + s.Mixed}[by]; got != want {
				t.Errorf("%s %s: the inbox shows %d, the bar %d", topicChoices[by], s.Label, got, want)
			}
		}
	}
	f := r.view.figures.Now.Response
	for i, want := range []int{f.Owed, f.Handled, f.Quiet} {
		r.view.openFast(i)
		if got := count(); got != want {
			t.Errorf("row %d of How fast: the inbox shows %d, the row %d", i, got, want)
		}
	}
}

func TestFiltersNarrowFiguresAndQuery(t *testing.T) {
	r := filled(t)
	r.Shown()
	all := r.view.figures.Now.Mentions
	if len(r.site.Options) != 4 || r.site.Options[1] != "Google" || !r.filters.Objects[0].Visible() {
		t.Fatalf("sites: got %v", r.site.Options)
	}
	r.site.SetSelected("Yelp")
	r.place.SetSelected("North Office")
	if got := r.view.figures.Now.Mentions; got == 0 || got >= all {
		t.Errorf("filtered: got %d of %d", got, all)
	}
	r.view.mentions.OnTapped()
	if got, want := r.went(t), `after:2025-07-01 before:2026-07-01 source:yelp place:"North Office"`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.period.SetSelected("Last 30 days")
	if got := r.view.figures; got.Step != "week" || got.Scope.From.Format(practice.Day) != "2026-06-01" {
		t.Errorf("last 30 days: got %s from %s", got.Step, got.Scope.From)
	}
}

func TestPeriods(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	first := time.Date(2025, 3, 9, 9, 0, 0, 0, time.UTC)
	for title, want := range map[string]string{
		"Last 30 days":   "24 Oct 2026 to 22 Nov 2026",
		"Last 90 days":   "25 Aug 2026 to 22 Nov 2026",
		"Last 6 months":  "1 Jun 2026 to 30 Nov 2026",
		"Last 12 months": "1 Dec 2025 to 30 Nov 2026",
		"This year":      "1 Jan 2026 to 31 Dec 2026",
		"Last year":      "1 Jan 2025 to 31 Dec 2025",
		"All time":       "1 Mar 2025 to 30 Nov 2026",
	} {
		if got := spanned(scopeOf(title, now, first, time.UTC)); got != want {
			t.Errorf("%s: got %s, want %s", title, got, want)
		}
	}
	if got := spanned(scopeOf("All time", now, time.Time{}, time.UTC)); got != "1 Nov 2026 to 30 Nov 2026" {
		t.Errorf("all time of nothing: got %s", got)
	}
}

func TestOwnDays(t *testing.T) {
	r := filled(t)
	r.Shown()
	r.period.SetSelected(ownDays)
	d := r.host.LastDialog()
	if d == nil || d.Title != "Choose days" {
		t.Fatalf("got %+v", d)
	}
	entries := entriesIn(d.Content)
	entries[0].SetText("2026-02-01")
	entries[1].SetText("2026-01-01")
	d.Press("Show")
	if d.Closed {
		t.Error("a period that ends before it starts closes the dialog")
	}
	entries[1].SetText("2026-02-28")
	d.Press("Show")
	if got := spanned(r.view.figures.Scope); got != "1 Feb 2026 to 28 Feb 2026" || !d.Closed {
		t.Errorf("got %s, closed %v", got, d.Closed)
	}
	r.period.SetSelected("This year")
	if got := spanned(r.view.figures.Scope); got != "1 Jan 2026 to 31 Dec 2026" {
		t.Errorf("back to a usual period: got %s", got)
	}
}

// entriesIn finds the inputs of a form.
func entriesIn(o fyne.CanvasObject) []*kit.Entry {
	if e, ok := o.(*kit.Entry); ok {
		return []*kit.Entry{e}
	}
	var out []*kit.Entry
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, entriesIn(c)...)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			out = append(out, entriesIn(c)...)
		}
	}
	return out
}

func TestExportWritesTheFile(t *testing.T) {
	r := filled(t)
	r.Shown()
	file := filepath.Join(t.TempDir(), "report.pdf")
	asked := ""
	r.askFile = func(name string, then func(string)) { asked = name; then(file) }
	r.Export()
	r.host.LastDialog().Press("Choose where to save")
	if asked != "insights-2025-07-01-to-2026-06-30.pdf" {
		t.Errorf("proposed name: got %s", asked)
	}
	data, err := os.ReadFile(file)
	must(t, err)
	if !strings.HasPrefix(string(data), "%PDF-") || len(r.host.Toasts) != 1 || r.export.Disabled() {
		t.Errorf("the report was not written as told: %v", r.host.Toasts)
	}
	r.write(filepath.Join(t.TempDir(), "none", "x.csv"))
	if len(r.host.Failures) != 1 || !strings.Contains(r.host.Failures[0], "cannot be written") {
		t.Errorf("failures: got %v", r.host.Failures)
	}
}

func TestExportAsksForAFileInTheWindow(t *testing.T) {
	r := filled(t)
	r.host.Win = kittest.Window(t, r.Content(), 1080, 800)
	r.Shown()
	r.Export()
	r.host.LastDialog().Press("Choose where to save")
	if r.host.Win.Canvas().Overlays().Top() == nil {
		t.Error("no file dialog is open")
	}
}

func TestEmptyStates(t *testing.T) {
	r := open(t)
	r.Shown()
	if !r.export.Disabled() {
		t.Error("there is nothing to export")
	}
	r.said(t, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), 5, "positive", "google", "")
	r.Shown()
	if !r.loaded.ever || !r.export.Disabled() || r.showsFigures() {
		t.Error("a period without mentions shows its empty state")
	}
	r.period.SetSelected("All time")
	if !r.showsFigures() || r.export.Disabled() {
		t.Error("all time shows the one mention")
	}
}

// showsFigures tells whether the figures are in the pane, and not a state in their place.
func (r *room) showsFigures() bool {
	holder := test.WidgetRenderer(r.states).Objects()[0].(*fyne.Container)
	return holder.Objects[0] == r.view.content
}

type broken struct{ Reader }

func (broken) First(context.Context) (time.Time, error) {
	return time.Time{}, errors.New("the disk is gone")
}

func TestErrorCanBeTriedAgain(t *testing.T) {
	r := filled(t)
	good := r.deps.Reader
	r.deps.Reader = broken{good}
	r.Shown()
	if r.showsFigures() || !r.export.Disabled() {
		t.Error("an error shows no figures")
	}
	r.deps.Reader = good
	r.load()
	if !r.showsFigures() {
		t.Error("trying again shows the figures")
	}
}
