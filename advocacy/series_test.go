package advocacy_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/advocacy"
	"goodword/internal/practice"
)

var tuesdays = advocacy.Series{Title: "Meet the team", Kind: advocacy.KindSpotlight, First: "2026-11-24", Until: "2027-02-28",
	Rule: advocacy.Repeat{Every: 2, Weekdays: []time.Weekday{time.Tuesday}}.Rule(), Minute: 9 * 60}

func on(turns []advocacy.SeriesTurn) []string {
	var days []string
	for _, t := range turns {
		days = append(days, t.On)
	}
	return days
}

func TestASeriesComesByItsRuleUntilItsEnd(t *testing.T) {
	tests := []struct {
		name, rule, first, until string
		want                     []string
		says                     string
	}{
		{"every second Tuesday", advocacy.Repeat{Every: 2, Weekdays: []time.Weekday{time.Tuesday}}.Rule(), "2026-12-15", "2027-01-31", []string{"2026-12-15", "2026-12-29", "2027-01-12", "2027-01-26"}, "every second Tuesday"},
		{"a first day that is no turn", advocacy.Repeat{Every: 1, Weekdays: []time.Weekday{time.Friday}}.Rule(), "2026-11-22", "2026-12-05", []string{"2026-11-27", "2026-12-04"}, "every Friday"},
		{"two days a week", advocacy.Repeat{Every: 1, Weekdays: []time.Weekday{time.Monday, time.Thursday}}.Rule(), "2026-11-23", "2026-12-01", []string{"2026-11-23", "2026-11-26", "2026-11-30"}, "every Monday and Thursday"},
		{"the first Monday of the month", advocacy.Repeat{Every: 1, Nth: 1, Weekdays: []time.Weekday{time.Monday}}.Rule(), "2026-11-01", "2027-01-31", []string{"2026-11-02", "2026-12-07", "2027-01-04"}, "the first Monday of every month"},
		{"the last Friday of every third month", advocacy.Repeat{Every: 3, Nth: -1, Weekdays: []time.Weekday{time.Friday}}.Rule(), "2026-11-01", "2027-08-31", []string{"2026-11-27", "2027-02-26", "2027-05-28", "2027-08-27"}, "the last Friday of every third month"},
		{"over the change of the clocks", advocacy.Repeat{Every: 1, Weekdays: []time.Weekday{time.Sunday}}.Rule(), "2027-03-07", "2027-03-21", []string{"2027-03-07", "2027-03-14", "2027-03-21"}, "every Sunday"},
		{"leap days", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2027-01-01", "2033-01-01", []string{"2028-02-29", "2032-02-29"}, "by the rule FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := advocacy.Series{Title: "x", Kind: advocacy.KindEvent, First: test.first, Until: test.until, Rule: test.rule}
			if got := on(s.Turns(test.first, "2040-12-31")); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if got := s.Says(); got != test.says {
				t.Errorf("got %q, want %q", got, test.says)
			}
		})
	}
}

func TestASeriesThatMakesNoSense(t *testing.T) {
	d := newDesk(t)
	tests := []struct {
		change func(*advocacy.Series)
		words  string
	}{
		{func(s *advocacy.Series) { s.Title = " " }, "title"},
		{func(s *advocacy.Series) { s.Until = "" }, "A series has an end"},
		{func(s *advocacy.Series) { s.Until = "2026-11-23" }, "before it begins"},
		{func(s *advocacy.Series) { s.Until = "2037-11-25" }, "at most 10 years"},
		{func(s *advocacy.Series) {
			s.Until = "2026-11-24"
			s.First = "2026-11-22"
			s.Rule = "FREQ=WEEKLY;BYDAY=WE"
		}, "never comes"},
		{func(s *advocacy.Series) { s.Rule = "FREQ=HOURLY" }, "days, weeks, months or years"},
		{func(s *advocacy.Series) { s.Rule = "FREQ=WEEKLY;COUNT=3" }, "without an end of its own"},
		{func(s *advocacy.Series) { s.Rule = "nonsense" }, "cannot be read"},
		{func(s *advocacy.Series) { s.Kind = "cake" }, "no kind of post"},
		{func(s *advocacy.Series) { s.Minute = 24 * 60 }, "no time of a day"},
	}
	for _, test := range tests {
		s := tuesdays
		test.change(&s)
		_, err := d.SaveSeries(t.Context(), s, d.hr.Actor())
		wants(t, err, advocacy.ErrStep, test.words)
	}
}

func TestOneTurnAndAllThatFollow(t *testing.T) {
	d, ctx, by := newDesk(t), t.Context(), newDesk(t).hr.Actor()
	s, err := d.SaveSeries(ctx, tuesdays, by)
	d.must(t, err)
	whole := func() []string {
		t.Helper()
		list, err := d.SeriesList(ctx)
		d.must(t, err)
		var days []string
		for _, s := range list {
			days = append(days, on(s.Turns("2026-01-01", "2030-01-01"))...)
		}
		slices.Sort(days)
		return days
	}
	same := func(want ...string) {
		t.Helper()
		if got := whole(); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	same("2026-11-24", "2026-12-08", "2026-12-22", "2027-01-05", "2027-01-19", "2027-02-02", "2027-02-16")
	d.must(t, d.MoveTurn(ctx, s.ID, "2026-12-22", "2026-12-21", by))
	d.must(t, d.MoveTurn(ctx, s.ID, "2027-01-05", "", by))
	same("2026-11-24", "2026-12-08", "2026-12-21", "2027-01-19", "2027-02-02", "2027-02-16")
	d.must(t, d.MoveTurn(ctx, s.ID, "2027-01-05", "2027-01-05", by)) // put back
	wants(t, d.MoveTurn(ctx, s.ID, "2027-01-06", "2027-01-07", by), advocacy.ErrStep, "does not come on 2027-01-06")

	next := s
	next.Rule, next.Title = advocacy.Repeat{Every: 1, Weekdays: []time.Weekday{time.Thursday}}.Rule(), "Team Thursday"
	next.Until = "2027-02-05"
	_, err = d.ChangeFollowing(ctx, s.ID, "2027-01-19", next, by)
	d.must(t, err)
	same("2026-11-24", "2026-12-08", "2026-12-21", "2027-01-05", "2027-01-21", "2027-01-28", "2027-02-04")

	list, err := d.SeriesList(ctx)
	d.must(t, err)
	gone, err := d.RemoveSeries(ctx, list[0].ID, by)
	d.must(t, err)
	same("2027-01-21", "2027-01-28", "2027-02-04")
	_, err = d.SaveSeries(ctx, gone, by)
	d.must(t, err)
	same("2026-11-24", "2026-12-08", "2026-12-21", "2027-01-05", "2027-01-21", "2027-01-28", "2027-02-04")
}

func TestAPostTakesTheTurnOfItsSeries(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	s, err := d.SaveSeries(ctx, tuesdays, d.hr.Actor())
	d.must(t, err)
	kinds := func(day string) []advocacy.EntryKind {
		t.Helper()
		entries, err := d.Month(ctx, 2026, time.December)
		d.must(t, err)
		var list []advocacy.EntryKind
		for _, e := range entries {
			if e.Kind != advocacy.EntryObservance && e.On(day) {
				list = append(list, e.Kind)
			}
		}
		return list
	}
	if got, want := kinds("2026-12-08"), []advocacy.EntryKind{advocacy.EntrySeries}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	v, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team", SeriesID: s.ID, SeriesDay: "2026-12-08"}, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.Schedule(ctx, v.ID, time.Date(2026, 12, 8, 15, 0, 0, 0, time.UTC), d.hr.Actor()))
	if got, want := kinds("2026-12-08"), []advocacy.EntryKind{advocacy.EntrySpotlight}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	d.must(t, d.Schedule(ctx, v.ID, time.Time{}, d.hr.Actor()))
	if got, want := kinds("2026-12-08"), []advocacy.EntryKind{advocacy.EntrySeries}; !slices.Equal(got, want) {
		t.Errorf("without a day the turn is open again: got %v, want %v", got, want)
	}
}

// Whatever is asked of a series, its turns lie in the asked days, are sorted, and a window gives what the whole gives there.
func TestTurnsOfAWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := time.Date(rapid.IntRange(2024, 2038).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		r := advocacy.Repeat{Every: rapid.IntRange(1, 6).Draw(t, "every"), Nth: rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, -1}).Draw(t, "nth"),
			Weekdays: []time.Weekday{time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))}}
		if back, ok := advocacy.RepeatOf(r.Rule()); !ok || back.Rule() != r.Rule() {
			t.Fatalf("%s reads back as %+v", r.Rule(), back)
		}
		s := advocacy.Series{Title: "x", Kind: advocacy.KindEvent, First: first.Format(practice.Day), Until: first.AddDate(2, 0, 0).Format(practice.Day), Rule: r.Rule()}
		all := on(s.Turns(s.First, s.Until))
		from := first.AddDate(0, 0, rapid.IntRange(-40, 700).Draw(t, "from"))
		to := from.AddDate(0, 0, rapid.IntRange(0, 90).Draw(t, "length"))
		var want []string
		for _, day := range all {
			at, _ := time.Parse(practice.Day, day)
			if at.Weekday() != r.Weekdays[0] {
				t.Fatalf("%s is a %s", day, at.Weekday())
			}
			if !at.Before(from) && !at.After(to) {
				want = append(want, day)
			}
		}
		if got := on(s.Turns(from.Format(practice.Day), to.Format(practice.Day))); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
