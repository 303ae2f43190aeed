package insight_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/insight"
)

var ctx = context.Background()

// desk is a practice in the zone of Chicago with two places, at a moment that a test can move.
type desk struct {
	*insight.Reader
	db       *database.DB
	store    *reviews.Store
	practice practice.Practice
	places   []practice.Place
	at       time.Time
	n        int
}

var boss = audit.Actor{ID: 1, Name: "Dana Whitlock"}

func open(t testing.TB) *desk {
	t.Helper()
	d := &desk{}
	now := clock.Clock(func() time.Time { return d.at })
	d.at = d.time(t, "2026-06-30 12:00")
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	practices := practice.NewStore(db, now)
	must(t, practices.Save(ctx, practice.Practice{Name: `Harbor <Point> Dental`, Phone: "555-0142", TimeZone: "America/Chicago"}, boss))
	for _, name := range []string{"North Office", "=Riverside"} {
		_, err := practices.SavePlace(ctx, practice.Place{Name: name}, boss)
		must(t, err)
	}
	_, err = practices.SavePerson(ctx, practice.Person{Name: boss.Name, Role: practice.Owner}, boss)
	must(t, err)
	d.practice, err = practices.Get(ctx)
	must(t, err)
	d.places, err = practices.Places(ctx)
	must(t, err)
	d.store = reviews.NewStore(db, now, practices, guard.Default())
	d.db, d.Reader = db, insight.New(db, now)
	return d
}

// again is a reader that has looked at nothing yet.
func (d *desk) again() *insight.Reader {
	return insight.New(d.db, func() time.Time { return d.at })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) time(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("America/Chicago")
	must(t, err)
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	must(t, err)
	return at
}

// said adds a mention as if it came in at that moment.
func (d *desk) said(t testing.TB, at string, stars int, sentiment, site string, topics ...string) reviews.Mention {
	t.Helper()
	d.at, d.n = d.time(t, at), d.n+1
	f := reviews.Found{Key: fmt.Sprint(d.n), Author: "Secret Writer", Text: strings.Repeat(fmt.Sprintf("private%d ", d.n), 12), // words of its own, so that it is a story of its own
		Stars: stars, Site: site, Posted: d.at, Place: "North Office"}
	f.Language, f.Sentiment, f.Topics = "en", sentiment, topics
	m, err := d.store.Add(ctx, f, boss)
	must(t, err)
	return m
}

// quiet closes a mention at that moment.
func (d *desk) quiet(t testing.TB, m reviews.Mention, at string) {
	t.Helper()
	d.at = d.time(t, at)
	must(t, d.store.Close(ctx, m.ID, "Answered in private", boss))
}

func (d *desk) figures(t testing.TB, from, to string) insight.Figures {
	t.Helper()
	scope, err := insight.Days(from, to, d.practice)
	must(t, err)
	f, err := d.Figures(ctx, scope, d.practice)
	must(t, err)
	return f
}

func TestFiguresCountWhatWasSaid(t *testing.T) {
	d := open(t)
	d.said(t, "2026-01-31 23:59", 1, "negative", "google", "billing_insurance")
	d.said(t, "2026-02-01 00:00", 5, "positive", "google", "praise_general")
	d.said(t, "2026-02-10 10:00", 4, "positive", "yelp", "praise_general", "wait_time")
	d.said(t, "2026-04-02 10:00", 0, "mixed", "yelp", "wait_time")
	d.said(t, "2026-05-02 10:00", 3, "not judged", "google")
	d.said(t, "2026-06-30 23:59", 2, "negative", "google", "wait_time")
	d.said(t, "2026-07-01 00:00", 1, "negative", "google")
	f := d.figures(t, "2026-02-01", "2026-06-30")

	if got := f.Now; got.Mentions != 5 || got.Reviews() != 4 || got.Positive != 2 || got.Mixed != 1 || got.Negative != 1 || got.NotJudged != 1 {
		t.Errorf("now: got %+v", got)
	}
	if got, want := f.Now.Mean(), 3.5; got != want {
		t.Errorf("mean: got %v, want %v", got, want)
	}
	if f.Before.Mentions != 1 || f.Previous.From.Format(practice.Day) != "2025-09-01" {
		t.Errorf("before: got %d mentions since %s", f.Before.Mentions, f.Previous.From)
	}
	var months []string
	for _, s := range f.Steps {
		months = append(months, fmt.Sprintf("%s %d", s.Label, s.Mentions))
	}
	if got, want := strings.Join(months, ", "), "Feb 2026 2, Mar 2026 0, Apr 2026 1, May 2026 1, Jun 2026 1"; got != want || f.Step != "month" {
		t.Errorf("months: got %s, want %s", got, want)
	}
	if got := f.Steps[1].Mean(); !math.IsNaN(got) {
		t.Errorf("a month without a rating has no mean: got %v", got)
	}
	if got := f.Topics[0]; got.ID != "wait_time" || got.Label != "Waiting in the office" || got.Mentions != 3 || got.Positive != 1 || got.Mixed != 1 || got.Negative != 1 {
		t.Errorf("first topic: got %+v", got)
	}
	if got := f.Sites[0]; got.ID != "google" || got.Label != "Google" || got.Mentions != 3 || got.Mean() != 10.0/3 {
		t.Errorf("first site: got %+v", got)
	}
	if len(f.Places) != 1 || f.Places[0].Label != "North Office" || f.Places[0].Mentions != 5 {
		t.Errorf("places: got %+v", f.Places)
	}
}

func TestFiguresOfOneSiteOrPlace(t *testing.T) {
	d := open(t)
	d.said(t, "2026-02-10 10:00", 5, "positive", "google")
	d.said(t, "2026-02-11 10:00", 1, "negative", "yelp")
	scope, err := insight.Days("2026-02-01", "2026-02-28", d.practice)
	must(t, err)
	scope.Site = "yelp"
	f, err := d.Figures(ctx, scope, d.practice)
	if err != nil || f.Now.Mentions != 1 || f.Now.Negative != 1 {
		t.Errorf("Yelp: got %+v, %v", f.Now, err)
	}
	scope.Site, scope.PlaceID = "", d.places[0].ID // "=Riverside"
	if f, err = d.Figures(ctx, scope, d.practice); err != nil || f.Now.Mentions != 0 {
		t.Errorf("Riverside: got %+v, %v", f.Now, err)
	}
}

func TestResponseCountsOfficeHoursAndDecisions(t *testing.T) {
	d := open(t)
	// Monday to Friday, eight to five; negative within eight office hours, others within 24.
	d.quiet(t, d.said(t, "2026-06-05 16:00", 1, "negative", "google"), "2026-06-08 10:00") // over a weekend: 3 office hours, 66 by the clock
	d.quiet(t, d.said(t, "2026-06-08 09:00", 1, "negative", "google"), "2026-06-09 09:00") // 9 office hours: late
	d.quiet(t, d.said(t, "2026-06-08 09:00", 5, "positive", "google"), "2026-06-08 10:00") // 1 office hour
	d.said(t, "2026-06-09 09:00", 2, "negative", "google")                                 // overdue
	d.said(t, "2026-06-29 09:00", 5, "positive", "google")                                 // in time
	_, err := d.store.Import(ctx, reviews.Source{Name: "Old file", Address: "old.csv"}, []reviews.Found{{Key: "x", Text: "Long ago", Stars: 1, Posted: d.time(t, "2026-06-02 09:00")}}, boss)
	must(t, err)
	d.at = d.time(t, "2026-06-30 12:00")

	f := d.figures(t, "2026-06-01", "2026-06-30")
	r := f.Now.Response
	if f.Now.Mentions != 6 || r.Owed != 5 || r.Handled != 3 || r.Quiet != 3 || r.Within != 2 || r.Overdue != 1 || r.Open != 1 {
		t.Errorf("got %d mentions and %+v", f.Now.Mentions, r)
	}
	if r.MedianOffice != 3*time.Hour || r.MedianWall != 24*time.Hour {
		t.Errorf("medians: got %v and %v", r.MedianOffice, r.MedianWall)
	}
	if got, want := r.WithinShare(), 0.5; got != want {
		t.Errorf("within: got %v, want %v", got, want)
	}
	if f.Step != "week" || f.Steps[0].Label != "1 Jun" || len(f.Steps) != 5 {
		t.Errorf("a month is shown in weeks: got %s, %d steps", f.Step, len(f.Steps))
	}
}

func change(f insight.Figures, what string) insight.Change {
	for _, c := range f.Changes {
		if c.What == what {
			return c
		}
	}
	return insight.Change{}
}

func TestChangesAreHonestAboutSmallNumbers(t *testing.T) {
	d := open(t)
	for i := range 3 {
		d.said(t, fmt.Sprintf("2026-05-%02d 10:00", i+1), 5, "positive", "google")
		d.said(t, fmt.Sprintf("2026-06-%02d 10:00", i+1), 1, "negative", "google")
	}
	f := d.figures(t, "2026-06-01", "2026-06-30")
	if got := change(f, "Mean rating"); got.Trend != insight.Untold || got.Note != "too few to compare (3 and 3)" || got.Now != "1.0 (of 3)" {
		t.Errorf("mean rating: got %+v", got)
	}
	if got := change(f, insight.Positive); got.Before != "3 of 3" || got.Trend != insight.Untold {
		t.Errorf("positive: got %+v", got)
	}
	if got := change(d.figures(t, "2026-05-01", "2026-05-31"), "Mentions"); got.Note != "nothing to compare with" {
		t.Errorf("no period before: got %+v", got)
	}
}

func TestAPeriodThatIsNotOverIsNotCompared(t *testing.T) {
	d := open(t)
	for i := range 12 {
		d.said(t, fmt.Sprintf("2026-05-%02d 10:00", i+1), 5, "positive", "google")
	}
	d.said(t, "2026-06-01 10:00", 5, "positive", "google")
	f := d.figures(t, "2026-06-01", "2026-06-30")
	if got := change(f, insight.Mentions); !f.Unfinished || got.Trend != insight.Untold || got.Note != "not over yet" {
		t.Errorf("on its first day: got %+v", got)
	}
	d.at = d.time(t, "2026-06-30 12:00")
	if f = d.figures(t, "2026-06-01", "2026-06-30"); f.Unfinished || change(f, insight.Mentions).Trend != insight.Other {
		t.Errorf("on its last day: got %+v", change(f, insight.Mentions))
	}
}

func TestChangesTellWhatClearlyMoved(t *testing.T) {
	d := open(t)
	for i := range 14 {
		day := i + 1
		d.said(t, fmt.Sprintf("2026-05-%02d 10:00", day), 4, "positive", "google", "praise_general")
		d.said(t, fmt.Sprintf("2026-06-%02d 10:00", day), 2+i%2, "negative", "google", "wait_time")
	}
	d.at = d.time(t, "2026-06-30 12:00")
	f := d.figures(t, "2026-06-01", "2026-06-30")
	for what, want := range map[string]insight.Trend{
		insight.MeanRating: insight.Worse, insight.Positive: insight.Worse, insight.Negative: insight.Worse,
		insight.Mentions: insight.Same, "Waiting in the office": insight.Other, insight.Answered: insight.Same,
	} {
		if got := change(f, what); got.Trend != want {
			t.Errorf("%s: got %+v, want %s", what, got, want)
		}
	}
}

func TestReportsHoldNumbersOnly(t *testing.T) {
	d := open(t)
	for i := range 12 {
		d.said(t, fmt.Sprintf("2026-06-%02d 10:00", i+1), 1+i%5, "positive", "google", "wait_time")
	}
	folder := t.TempDir()
	from, to := d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00")
	for _, name := range []string{"report.html", "report.csv", "report.xlsx"} {
		file := filepath.Join(folder, name)
		must(t, d.Write(ctx, file, from, to, d.practice))
		data, err := os.ReadFile(file)
		must(t, err)
		text := string(data)
		if name == "report.xlsx" {
			text = cells(t, file)
		}
		if strings.Contains(text, "Private words") || strings.Contains(text, "Secret Writer") {
			t.Errorf("%s holds words or names of a writer", name)
		}
		if !strings.Contains(text, "Waiting in the office") || !strings.Contains(text, "North Office") {
			t.Errorf("%s lacks topics or places", name)
		}
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*part*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func cells(t *testing.T, file string) string {
	t.Helper()
	book, err := excelize.OpenFile(file)
	must(t, err)
	defer func() { must(t, book.Close()) }()
	var all strings.Builder
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		must(t, err)
		if len(rows) < 2 {
			t.Errorf("the sheet %s is empty", name)
		}
		for _, row := range rows {
			all.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return all.String()
}

func TestHTMLStandsAlone(t *testing.T) {
	d := open(t)
	d.said(t, "2026-06-02 10:00", 5, "positive", "google", "praise_general")
	file := filepath.Join(t.TempDir(), "report.html")
	must(t, d.Write(ctx, file, d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00"), d.practice))
	data, err := os.ReadFile(file)
	must(t, err)
	page := string(data)
	for _, banned := range []string{"<script", "http://", "https://", "src=", "url(", "@import", "Harbor <Point>"} {
		if strings.Contains(page, banned) {
			t.Errorf("the page holds %q", banned)
		}
	}
	for _, want := range []string{"Harbor &lt;Point&gt; Dental", "<svg", "1 June 2026 to 30 June 2026", "1 May 2026 to 31 May 2026", "5.0 (of 1)", "@media print"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestEmptyPeriodIsSaidPlainly(t *testing.T) {
	d := open(t)
	file := filepath.Join(t.TempDir(), "report.html")
	must(t, d.Write(ctx, file, d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00"), d.practice))
	data, err := os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(data), "Nothing was said in this period") || strings.Contains(string(data), "NaN") {
		t.Errorf("got %s", data)
	}
	for _, name := range []string{"a.csv", "a.xlsx", "a.pdf"} {
		must(t, d.Write(ctx, filepath.Join(filepath.Dir(file), name), d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00"), d.practice))
	}
}

func TestPDFHoldsTheFigures(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (Debian: poppler-utils)")
	}
	d := open(t)
	d.said(t, "2026-06-02 10:00", 5, "positive", "google", "praise_general")
	d.said(t, "2026-06-09 10:00", 1, "negative", "google", "wait_time")
	file := filepath.Join(t.TempDir(), "report.pdf")
	must(t, d.Write(ctx, file, d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00"), d.practice))
	text, err := exec.CommandContext(t.Context(), reader, "-layout", file, "-").Output()
	must(t, err)
	for _, want := range []string{"1 June 2026 to 30 June 2026", "3.0 (of 2)", "What people talk about", "Median time to handle"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

func TestCSVIsReadableAndHarmless(t *testing.T) {
	d := open(t)
	m := d.said(t, "2026-06-02 10:00", 5, "positive", "google", "praise_general")
	must(t, d.store.Correct(ctx, m.ID, reviews.Correction{PlaceID: &d.places[0].ID}, boss))
	file := filepath.Join(t.TempDir(), "report.CSV")
	must(t, d.Write(ctx, file, d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00"), d.practice))
	data, err := os.Open(file)
	must(t, err)
	defer func() { must(t, data.Close()) }()
	rows, err := csv.NewReader(data).ReadAll()
	must(t, err)
	found := false
	for _, row := range rows {
		found = found || row[0] == "place" && row[1] == "'=Riverside" && row[4] == "Mean rating" && row[5] == "5"
	}
	if !found {
		t.Errorf("the place is not there, or is a formula: %v", rows)
	}
}

func TestWriteRefusesPlainly(t *testing.T) {
	d := open(t)
	from, to := d.time(t, "2026-06-01 00:00"), d.time(t, "2026-07-01 00:00")
	folder := t.TempDir()
	for file, want := range map[string]string{
		"a.docx":         "ends in .pdf, .html, .csv or .xlsx",
		"a":              "ends in .pdf, .html, .csv or .xlsx",
		"none/there.csv": "cannot be written",
	} {
		err := d.Write(ctx, filepath.Join(folder, file), from, to, d.practice)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", file, err, want)
		}
	}
	if err := d.Write(ctx, filepath.Join(folder, "a.csv"), to, from, d.practice); err == nil {
		t.Error("a period that ends before it starts: want an error")
	}
}

func TestDays(t *testing.T) {
	d := open(t)
	scope, err := insight.Days("2026-03-01", "2026-03-31", d.practice) // clocks go forward on the 8th
	if err != nil || scope.To.Sub(scope.From) != 31*24*time.Hour-time.Hour || scope.Last().Format(practice.Day) != "2026-03-31" {
		t.Errorf("got %+v, %v", scope, err)
	}
	if got := scope.Before(); got.From.Format(practice.Day) != "2026-02-01" || !got.To.Equal(scope.From) {
		t.Errorf("whole months: got %+v", got)
	}
	week, err := insight.Days("2026-03-09", "2026-03-15", d.practice)
	if got := week.Before(); err != nil || got.From.Format("2006-01-02 15:04") != "2026-03-02 00:00" {
		t.Errorf("a week over the change of clocks: got %+v, %v", got, err)
	}
	for _, bad := range [][2]string{{"2026-3-1", "2026-03-31"}, {"2026-03-01", ""}, {"2026-03-02", "2026-03-01"}} {
		if _, err := insight.Days(bad[0], bad[1], d.practice); err == nil {
			t.Errorf("%v: want an error", bad)
		}
	}
}

func TestTimesInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "under 1 min", 35 * time.Minute: "35 min", 270 * time.Minute: "4.5 h", 60 * time.Hour: "2.5 days"} {
		r := insight.Response{Timed: 1, MedianOffice: d, MedianWall: d}
		if r.Office() != want || r.Wall() != want {
			t.Errorf("%v: got %q and %q, want %q", d, r.Office(), r.Wall(), want)
		}
	}
	if got := (insight.Response{}).Office(); got != "–" {
		t.Errorf("nothing handled: got %q", got)
	}
}
