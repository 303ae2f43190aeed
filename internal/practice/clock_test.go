package practice_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/practice"
)

// anyHours draws a week: split days, lunch, short stretches, days without hours, all night, closed days around the changes of the clocks.
func anyHours(t *rapid.T) practice.Hours {
	var h practice.Hours
	for day := range 7 {
		last := 0
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			from := last + rapid.IntRange(0, 400).Draw(t, "from")
			to := from + rapid.IntRange(1, 500).Draw(t, "long")
			if to > 24*60 {
				break
			}
			h.Week[day] = append(h.Week[day], practice.Span{From: from, To: to})
			last = to
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "closed") {
		h.Closed = append(h.Closed, time.Date(2026, 3, 1+rapid.IntRange(0, 270).Draw(t, "day"), 12, 0, 0, 0, time.UTC).Format(practice.Day))
	}
	return h
}

var changing = []string{"America/Chicago", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Pacific/Apia", "UTC", "Asia/Kathmandu"}

func TestDueAndBetweenAgreeInEveryWeekAndZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(changing).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		h := anyHours(t)
		from := time.Unix(rapid.Int64Range(1772323200, 1796083200).Draw(t, "from"), 0) // March to November 2026
		minutes := rapid.IntRange(1, 6000).Draw(t, "minutes")
		want := time.Duration(minutes) * time.Minute
		due := h.Due(from, want, zone)
		if due.Before(from.Add(want)) {
			t.Fatalf("from %v: due %v, sooner than the wall clock allows", from, due)
		}
		if got := h.Between(from, due, zone); got != want && !due.Equal(from.Add(want)) {
			t.Fatalf("from %v due %v: between is %v, want %v", from.In(zone), due.In(zone), got, want)
		}
		later := from.Add(time.Duration(rapid.IntRange(0, 100000).Draw(t, "later")) * time.Second)
		mid := from.Add(later.Sub(from) / 2)
		if whole, parts := h.Between(from, later, zone), h.Between(from, mid, zone)+h.Between(mid, later, zone); whole != parts {
			t.Fatalf("from %v to %v is %v, in two parts %v", from.In(zone), later.In(zone), whole, parts)
		}
		if whole := h.Between(from, later, zone); whole > later.Sub(from) {
			t.Fatalf("from %v to %v: %v office time in %v", from.In(zone), later.In(zone), whole, later.Sub(from))
		}
		if open := h.Opens(from, zone); !open.Equal(from) && h.Open(open, zone) && h.Between(from, open, zone) != 0 {
			t.Fatalf("from %v opens %v, but it was open before", from.In(zone), open.In(zone))
		}
	})
}

func TestADayOfChangedClocksKeepsItsOfficeHours(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	var night practice.Hours
	night.Week[time.Sunday] = []practice.Span{{From: 0, To: 24 * 60}}
	for _, c := range []struct {
		day  string
		want time.Duration
	}{{"2026-03-08", 23 * time.Hour}, {"2026-11-01", 25 * time.Hour}, {"2026-11-08", 24 * time.Hour}} {
		from, err := time.ParseInLocation(practice.Day, c.day, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := night.Between(from, from.AddDate(0, 0, 1), zone); got != c.want {
			t.Errorf("%s: an open Sunday is %v long, want %v", c.day, got, c.want)
		}
	}
}

func TestAPracticeThatNeverOpens(t *testing.T) {
	var h practice.Hours
	from := time.Date(2026, 11, 21, 3, 30, 0, 0, time.UTC)
	if got := h.Due(from, time.Hour, time.UTC); !got.Equal(from.Add(time.Hour)) {
		t.Errorf("due %v, want an hour later by the wall clock", got)
	}
	if got := h.Opens(from, time.UTC); got.Hour() != 8 || got.Day() != 21 {
		t.Errorf("opens %v, want eight in the morning", got)
	}
	shut := practice.DefaultHours()
	for day := from; day.Before(from.AddDate(2, 0, 0)); day = day.AddDate(0, 0, 1) {
		shut.Closed = append(shut.Closed, day.Format(practice.Day))
	}
	if got := shut.Due(from, time.Hour, time.UTC); !got.Equal(from.Add(time.Hour)) {
		t.Errorf("closed for two years: due %v, want an hour later by the wall clock", got)
	}
}

func TestTargetRowsThatDoNotFitAreRefused(t *testing.T) {
	for _, r := range []practice.TargetRow{{From: 3, To: 1, Hours: 4}, {From: -1, To: 2, Hours: 4}, {From: 1, To: 6, Hours: 4}, {From: 1, To: 2}, {From: 1, To: 2, Hours: 1001}} {
		if r.Check() == nil {
			t.Errorf("%+v was taken", r)
		}
	}
	r := practice.TargetRow{Site: "google", From: 1, To: 2, Hours: 4}
	if err := r.Check(); err != nil || !r.Fits("google", 3, 2) || r.Fits("google", 3, 0) || r.Fits("yelp", 3, 2) {
		t.Errorf("%+v: %v", r, err)
	}
	if s := store(t); s.Save(t.Context(), practice.Practice{Name: "A", TargetRows: []practice.TargetRow{{From: 2, To: 1, Hours: 1}}}, practice.Person{}.Actor()) == nil {
		t.Error("a practice with such a row was saved")
	}
}
