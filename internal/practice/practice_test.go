package practice_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
)

func store(t *testing.T) *practice.Store {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return practice.NewStore(db, now)
}

func TestPracticeComesBackAsSaved(t *testing.T) {
	s := store(t)
	if _, err := s.Get(t.Context()); !errors.Is(err, practice.ErrNone) {
		t.Errorf("before the set-up got %v, want ErrNone", err)
	}
	if err := s.Save(t.Context(), practice.Practice{Name: "  "}, audit.Program); err == nil {
		t.Error("a practice without a name was saved")
	}
	want := practice.Practice{Name: "Alder Street Dental", Phone: "555-0100", WatchWords: []string{"Alder Street"}, Facts: map[string]string{"parking": "Behind the house"}}
	if err := s.Save(t.Context(), want, audit.Program); err != nil {
		t.Fatal(err)
	}
	got, err := s.Get(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != want.Name || got.WatchWords[0] != "Alder Street" || got.Facts["parking"] != "Behind the house" {
		t.Errorf("got %+v", got)
	}
	if got.Apology != practice.Regret || got.Targets != practice.DefaultTargets || len(got.Hours.Week[time.Monday]) != 1 {
		t.Errorf("the defaults are missing: %+v", got)
	}
}

func TestPeopleAndPlaces(t *testing.T) {
	s := store(t)
	place, err := s.SavePlace(t.Context(), practice.Place{Name: "North", Pages: map[string]string{"google": "https://example.com/n"}}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"North", " north "} {
		if _, err := s.SavePlace(t.Context(), practice.Place{Name: name}, audit.Program); !errors.Is(err, practice.ErrName) {
			t.Errorf("%q again: got %v, want ErrName", name, err)
		}
	}
	id, err := s.SavePerson(t.Context(), practice.Person{Name: "Dana Whitlock", Role: practice.Manager, PlaceID: place}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SavePerson(t.Context(), practice.Person{ID: id, Name: "Dana Whitlock", Role: practice.Manager, PlaceID: place, LeftOn: "2026-06-30"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	p, err := s.Person(t.Context(), id)
	if err != nil || p.PlaceID != place || p.Here("2026-07-01") || !p.Here("2026-06-29") {
		t.Errorf("got %+v, %v", p, err)
	}
	if _, err := s.Person(t.Context(), 99); !errors.Is(err, practice.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	places, err := s.Places(t.Context())
	if err != nil || len(places) != 1 || places[0].Pages["google"] != "https://example.com/n" {
		t.Errorf("got %+v, %v", places, err)
	}
}

func TestDueCountsOfficeHoursOnly(t *testing.T) {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	lunch := practice.DefaultHours()
	lunch.Week[time.Monday] = []practice.Span{{From: 8 * 60, To: 12 * 60}, {From: 13 * 60, To: 17 * 60}}
	closed := practice.DefaultHours()
	closed.Closed = []string{"2026-11-26", "2026-11-27"} // Thanksgiving and the day after
	for _, c := range []struct {
		name       string
		hours      practice.Hours
		from, want string
		d          time.Duration
	}{
		{"within a day", practice.DefaultHours(), "2026-11-23 09:00", "2026-11-23 13:00", 4 * time.Hour},
		{"over night", practice.DefaultHours(), "2026-11-23 16:00", "2026-11-24 11:00", 4 * time.Hour},
		{"over the weekend", practice.DefaultHours(), "2026-11-20 16:30", "2026-11-23 08:30", time.Hour},
		{"from a Sunday", practice.DefaultHours(), "2026-11-22 10:00", "2026-11-23 09:00", time.Hour},
		{"over lunch", lunch, "2026-11-23 11:00", "2026-11-23 14:00", 2 * time.Hour},
		{"over a closed day", closed, "2026-11-25 16:00", "2026-11-30 09:00", 2 * time.Hour},
		{"to the last minute", practice.DefaultHours(), "2026-11-23 08:00", "2026-11-23 17:00", 9 * time.Hour},
		{"clocks go back", practice.DefaultHours(), "2026-10-30 16:00", "2026-11-02 09:00", 2 * time.Hour},
		{"clocks go forward", practice.DefaultHours(), "2027-03-12 16:00", "2027-03-15 09:00", 2 * time.Hour},
		{"never open", practice.Hours{}, "2026-11-23 20:00", "2026-11-23 22:00", 2 * time.Hour},
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", c.from, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.hours.Due(from, c.d, zone).In(zone).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBetweenIsTheOtherSideOfDue(t *testing.T) {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		h := practice.DefaultHours()
		h.Week[time.Tuesday] = []practice.Span{{From: 8 * 60, To: 12 * 60}, {From: 13 * 60, To: 17 * 60}}
		h.Closed = []string{"2026-11-26"}
		from := time.Unix(rapid.Int64Range(1.79e9, 1.8e9).Draw(t, "from"), 0)
		want := time.Duration(rapid.IntRange(1, 5000).Draw(t, "minutes")) * time.Minute
		if got := h.Between(from, h.Due(from, want, zone), zone); got != want {
			t.Fatalf("from %v: got %v, want %v", from, got, want)
		}
	})
	from := time.Date(2026, 11, 21, 9, 0, 0, 0, zone)
	if got := practice.DefaultHours().Between(from, from.Add(24*time.Hour), zone); got != 0 {
		t.Errorf("over a weekend: got %v, want none", got)
	}
	if got := (practice.Hours{}).Between(from, from.Add(3*time.Hour), zone); got != 3*time.Hour {
		t.Errorf("without office hours: got %v, want 3h", got)
	}
}

func TestDueNeverRunsBackwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("z", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		from := time.Unix(rapid.Int64Range(1.7e9, 1.9e9).Draw(t, "from"), 0)
		short := time.Duration(rapid.IntRange(1, 40).Draw(t, "short")) * time.Hour
		long := short + time.Duration(rapid.IntRange(1, 40).Draw(t, "more"))*time.Minute
		h := practice.DefaultHours()
		a, b := h.Due(from, short, zone), h.Due(from, long, zone)
		if a.Before(from.Add(short)) || !a.Before(b) {
			t.Fatalf("from %v: %v is due %v, %v is due %v", from, short, a, long, b)
		}
	})
}

func TestHoursThatDoNotFitAreRefused(t *testing.T) {
	for name, spans := range map[string][]practice.Span{
		"ends first": {{From: 600, To: 500}},
		"overlaps":   {{From: 480, To: 720}, {From: 700, To: 900}},
		"past night": {{From: 480, To: 25 * 60}},
	} {
		var h practice.Hours
		h.Week[time.Tuesday] = spans
		if err := h.Check(); err == nil || !strings.Contains(err.Error(), "Tuesday") {
			t.Errorf("%s: got %v, want an error that names Tuesday", name, err)
		}
	}
}
