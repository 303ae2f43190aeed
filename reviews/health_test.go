package reviews_test

import (
	"strings"
	"testing"
	"time"

	"goodword/reviews"
)

func TestHealth(t *testing.T) {
	day, now := 24*60, monday
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	good := reviews.Source{Kind: "feed", Visited: ago(0), Succeeded: ago(0), Newest: ago(1), Most: 20, Entries: 20, Gap: day, Brought: 30}
	tests := []struct {
		name   string
		change func(*reviews.Source)
		want   reviews.HealthState
		says   string
	}{
		{"good", func(*reviews.Source) {}, reviews.HealthGood, "good"},
		{"not visited", func(s *reviews.Source) { *s = reviews.Source{Kind: "feed"} }, reviews.HealthNew, "Not visited"},
		{"a file", func(s *reviews.Source) { s.Kind = "import" }, reviews.HealthFile, "by hand"},
		{"to look at only", func(s *reviews.Source) { s.Retention, s.Visited = reviews.NoStore, time.Time{} }, reviews.HealthFile, "when you look"},
		{"paused", func(s *reviews.Source) { s.Paused, s.Failures = true, 9 }, reviews.HealthPaused, "resume"},
		{"failed once", func(s *reviews.Source) { s.Failures, s.Failing, s.Problem = 1, ago(0), "x" }, reviews.HealthFailing, "tried again"},
		{"failed three times", func(s *reviews.Source) {
			s.Failures, s.Failing, s.Problem = 3, ago(2), "a.example took too long to answer"
		}, reviews.HealthFailing, "3 times in a row. a.example took too long to answer."},
		{"gone for good", func(s *reviews.Source) {
			s.Failures, s.Failing, s.Problem = 1, ago(0), "a.example says that this address is gone for good (410)"
		}, reviews.HealthFailing, "gone for good (410). Goodword asks once a week"},
		{"a month after daily news", func(s *reviews.Source) { s.Newest = ago(31) }, reviews.HealthSilent, "nothing new for 4 weeks. It used to bring something at least every 24 hours"},
		{"six days after hourly news", func(s *reviews.Source) { s.Newest, s.Gap = ago(6), 60 }, reviews.HealthGood, ""},
		{"a month after weekly news", func(s *reviews.Source) { s.Newest, s.Gap = ago(27), 7*day }, reviews.HealthGood, ""},
		{"a year after who knows what", func(s *reviews.Source) { s.Newest, s.Gap = ago(365), 0 }, reviews.HealthGood, ""},
		{"set back clock", func(s *reviews.Source) { s.Newest, s.Visited = ago(-400), ago(-400) }, reviews.HealthGood, ""},
		{"nothing where there was something", func(s *reviews.Source) { s.Entries = 0 }, reviews.HealthEmpty, "it once had 20"},
		{"nothing from the start", func(s *reviews.Source) { s.Entries, s.Most, s.Newest, s.Gap = 0, 0, time.Time{}, 0 }, reviews.HealthGood, ""},
		{"a mailbox without new mail", func(s *reviews.Source) { s.Entries, s.State = 0, reviews.Options{"last": "7"} }, reviews.HealthGood, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := good
			test.change(&s)
			got := reviews.HealthOf(s, now)
			if got.State != test.want || !strings.Contains(got.Says, test.says) {
				t.Errorf("got %+v, want %s with %q", got, test.want, test.says)
			}
			if got.Troubled != (got.State == reviews.HealthSilent || got.State == reviews.HealthEmpty || s.Failures >= 3 && !s.Paused || strings.Contains(s.Problem, "(410)")) || got.Troubled && (got.Advice == "" || got.Since.IsZero()) {
				t.Errorf("got %+v, want to be told what to do and since when", got)
			}
		})
	}
}

func TestAdviceFitsTheFailure(t *testing.T) {
	for problem, want := range map[string]string{
		"a.example does not let Goodword read this address (403). It may need a login": "key or password",
		"a.example has nothing at this address any more (404)":                         "has moved",
		"This is a web page, not a feed":                                               "has moved",
		"a.example asks us to come less often (429)":                                   "less often",
		"The certificate of a.example is not valid":                                    "certificate",
		"a.example has a fault of its own (503)":                                       "by itself",
		"The password of this source is not in this computer's keychain":               "enter its password",
		"The address a.example is inside your own network":                             "Allow the own network",
	} {
		if got := reviews.HealthOf(reviews.Source{Kind: "feed", Failures: 3, Failing: monday, Problem: problem}, monday).Advice; !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", problem, got, want)
		}
	}
}

func TestAClockThatWasWrongStopsNoVisit(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.at = monday.AddDate(10, 0, 0) // ahead by ten years at the first visit
	d.visit(t, s)
	d.at = monday
	due, err := d.Due(ctx)
	must(t, err)
	if len(due) != 1 {
		t.Fatalf("got %d sources due after the clock was set right, want 1", len(due))
	}
	d.visit(t, s)
	if due, err = d.Due(ctx); err != nil || len(due) != 0 {
		t.Errorf("got %v, %v; want nothing due right after a visit", due, err)
	}
	d.at = monday.Add(2 * time.Hour)
	if due, err = d.Due(ctx); err != nil || len(due) != 1 {
		t.Errorf("got %v, %v; want the next visit in its time", due, err)
	}
}

func TestAServerThatFailsForADayLosesNothing(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	for end := d.at.Add(24 * time.Hour); d.at.Before(end); {
		_, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at, Status: 503, Problem: "google.example has a fault of its own (503)"}, nil)
		must(t, err)
		got, err := d.Source(ctx, s.ID)
		must(t, err)
		d.at = got.Next
	}
	failing, err := d.Source(ctx, s.ID)
	must(t, err)
	if h := reviews.HealthOf(failing, d.at); h.State != reviews.HealthFailing || !h.Troubled || !h.Since.Equal(monday) {
		t.Errorf("got %+v, want a source that fails since %v", h, monday)
	}
	if got, err := d.Source(ctx, s.ID); err != nil || got.Brought != 1 || len(d.ids(t, "")) != 1 || got.Failures > 8 {
		t.Errorf("got %+v, %v; want what it brought, and few visits", got, err)
	}
	d.visit(t, s, waited)
	if got, err := d.Source(ctx, s.ID); err != nil || reviews.HealthOf(got, d.at).State != reviews.HealthGood {
		t.Errorf("got %+v, %v; want it healthy again", got, err)
	}
}

func TestAPageThatOnlyShowsItsRatingIsNotEmpty(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	for range 3 {
		d.at = d.at.Add(24 * time.Hour)
		_, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at, Status: 200, Rating: &reviews.Rating{At: d.at, Value: 4.6, Best: 5, Count: 213}}, nil)
		must(t, err)
	}
	if got, err := d.Source(ctx, s.ID); err != nil || reviews.HealthOf(got, d.at).State != reviews.HealthGood {
		t.Errorf("got %+v, %v; want it healthy", reviews.HealthOf(got, d.at), err)
	}
}
