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
		d.must(b, d.Schedule(b.Context(), v.ID, d.now.AddDate(0, 0, 7*i), d.hr.Actor()))
	}
}

func BenchmarkTenYearsOfObservances(b *testing.B) {
	for b.Loop() {
		for year := 2026; year < 2036; year++ {
			advocacy.Observances(year, nil, "")
		}
	}
}
