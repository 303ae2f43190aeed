package insights

import (
	"time"

	"goodword/reviews/insight"
)

// period is one entry of the period picker.
type period struct {
	title string
	span  func(today, first time.Time) (from, to time.Time) // days at midnight; to is not included
}

// ownDays is the entry that asks for two days.
const ownDays = "Choose days…"

var periods = []period{
	{"Last 30 days", func(today, _ time.Time) (time.Time, time.Time) {
		return today.AddDate(0, 0, -29), today.AddDate(0, 0, 1)
	}},
	{"Last 90 days", func(today, _ time.Time) (time.Time, time.Time) {
		return today.AddDate(0, 0, -89), today.AddDate(0, 0, 1)
	}},
	{"Last 6 months", func(today, _ time.Time) (time.Time, time.Time) {
		return month(today).AddDate(0, -5, 0), month(today).AddDate(0, 1, 0)
	}},
	{"Last 12 months", func(today, _ time.Time) (time.Time, time.Time) {
		return month(today).AddDate(0, -11, 0), month(today).AddDate(0, 1, 0)
	}},
	{"This year", func(today, _ time.Time) (time.Time, time.Time) { return year(today), year(today).AddDate(1, 0, 0) }},
	{"Last year", func(today, _ time.Time) (time.Time, time.Time) { return year(today).AddDate(-1, 0, 0), year(today) }},
	{"All time", func(today, first time.Time) (time.Time, time.Time) {
		if first.IsZero() || first.After(today) {
			first = today
		}
		return month(first), month(today).AddDate(0, 1, 0)
	}},
}

// usual is the period that the screen opens with.
const usual = "Last 12 months"

func titles() []string {
	var out []string
	for _, p := range periods {
		out = append(out, p.title)
	}
	return append(out, ownDays)
}

// scopeOf is the scope of the period with that title; first is when the oldest mention was made.
func scopeOf(title string, now, first time.Time, zone *time.Location) insight.Scope {
	today := day(now.In(zone))
	for _, p := range periods {
		if p.title == title {
			from, to := p.span(today, day(first.In(zone)))
			return insight.Scope{From: from, To: to}
		}
	}
	return scopeOf(usual, now, first, zone)
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func month(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

func year(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, t.Location()) }
