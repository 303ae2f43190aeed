package advocacy_test

import (
	"testing"
	"time"

	"goodword/advocacy"
)

// Five hundred spotlights and ten years of calendar are to stay instant.
func BenchmarkListOf500(b *testing.B) {
	d := newDesk(b)
	d.many(b, 500)
	for b.Loop() {
		if list, err := d.List(b.Context(), advocacy.Filter{Archived: true}); err != nil || len(list) != 500 {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkMonthAmong500(b *testing.B) {
	d := newDesk(b)
	d.many(b, 500)
	for b.Loop() {
		if _, err := d.Month(b.Context(), 2030, time.May); err != nil {
			b.Fatal(err)
		}
	}
}

func (d *desk) many(b *testing.B, n int) {
	for i := range n {
		v, err := d.Nominate(b.Context(), advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team"}, d.hr.Actor())
		d.must(b, err)
		d.must(b, d.Schedule(b.Context(), v.ID, d.now.AddDate(0, 0, 7*i).Add(time.Hour), d.hr.Actor()))
	}
}

func BenchmarkTenYearsOfObservances(b *testing.B) {
	for b.Loop() {
		for year := 2026; year < 2036; year++ {
			advocacy.Observances(year, nil, "")
		}
	}
}

// Ten years with 500 posts, twelve series and a calendar of 400 recurring events from elsewhere.
func BenchmarkTenYearsOfCalendar(b *testing.B) {
	d := newDesk(b)
	d.many(b, 500)
	d.crowd(b)
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := d.Between(b.Context(), first, first.AddDate(10, 0, -1)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMonthOfTheCrowded(b *testing.B) {
	d := newDesk(b)
	d.many(b, 500)
	d.crowd(b)
	for b.Loop() {
		entries, err := d.Month(b.Context(), 2034, time.May)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Conflicts(b.Context(), entries); err != nil {
			b.Fatal(err)
		}
	}
}

func (d *desk) crowd(b *testing.B) {
	for range 12 {
		s := tuesdays
		s.Until = "2036-11-20"
		_, err := d.SaveSeries(b.Context(), s, d.hr.Actor())
		d.must(b, err)
	}
	c := advocacy.Calendar{Name: "Office", Meaning: advocacy.MeansShown}
	for i := range 400 {
		at := time.Date(2025, 1, 1+i%28, 15, 0, 0, 0, time.UTC)
		c.Events = append(c.Events, advocacy.CalendarEvent{UID: "x", Title: "Meeting", Start: at, End: at.Add(time.Hour), Zone: "America/Chicago", Rule: "FREQ=MONTHLY"})
	}
	_, err := d.SaveCalendar(b.Context(), c, d.hr.Actor())
	d.must(b, err)
}
