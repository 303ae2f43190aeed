package practice

import (
	"fmt"
	"slices"
	"time"
)

// Hours are the office hours of a week and the days on which the practice is closed all the same.
type Hours struct {
	Week   [7][]Span `json:"week"` // from Sunday, as time.Weekday counts; a lunch break makes two spans
	Closed []string  `json:"closed,omitempty"`
}

// Span is a stretch of one day in minutes after midnight; To is after From.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// DefaultHours are Monday to Friday, eight to five.
func DefaultHours() Hours {
	var h Hours
	for day := time.Monday; day <= time.Friday; day++ {
		h.Week[day] = []Span{{From: 8 * 60, To: 17 * 60}}
	}
	return h
}

// Check returns an error that names the first span that ends before it starts or overlaps the one before it.
func (h Hours) Check() error {
	for day, spans := range h.Week {
		last := -1
		for _, s := range spans {
			if s.From < 0 || s.To > 24*60 || s.From >= s.To || s.From < last {
				return fmt.Errorf("The office hours of %s do not fit: %s to %s", time.Weekday(day), clockTime(s.From), clockTime(s.To))
			}
			last = s.To
		}
	}
	return nil
}

func clockTime(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// maxDays bounds the walk over the calendar for a practice that never opens.
const maxDays = 400

// Due is the moment at which the office has been open for d since from; from itself may be outside office hours. Without any office hours the
// clock runs day and night.
func (h Hours) Due(from time.Time, d time.Duration, zone *time.Location) time.Time {
	local := noon(from, zone)
	left := d
	for range maxDays {
		for _, s := range h.on(local) {
			open, shut := at(local, s.From), at(local, s.To)
			if open.Before(from) {
				open = from
			}
			if !open.Before(shut) {
				continue
			}
			if room := shut.Sub(open); room < left {
				left -= room
				continue
			}
			return open.Add(left)
		}
		local = local.AddDate(0, 0, 1)
	}
	return from.Add(d)
}

// Between is how long the office was open from one moment to a later one; without any office hours the clock runs day and night.
func (h Hours) Between(from, to time.Time, zone *time.Location) time.Duration {
	if h.never() {
		return max(to.Sub(from), 0)
	}
	var open time.Duration
	for local := noon(from, zone); at(local, 0).Before(to); local = local.AddDate(0, 0, 1) {
		for _, s := range h.on(local) {
			start, end := at(local, s.From), at(local, s.To)
			if start.Before(from) {
				start = from
			}
			if end.After(to) {
				end = to
			}
			open += max(end.Sub(start), 0)
		}
	}
	return open
}

func (h Hours) never() bool {
	for _, spans := range h.Week {
		if len(spans) > 0 {
			return false
		}
	}
	return true
}

// Open reports whether the office is open at t.
func (h Hours) Open(t time.Time, zone *time.Location) bool {
	local := t.In(zone)
	return slices.ContainsFunc(h.on(local), func(s Span) bool {
		return !local.Before(at(local, s.From)) && local.Before(at(local, s.To))
	})
}

func (h Hours) on(day time.Time) []Span {
	if len(h.Closed) > 0 && slices.Contains(h.Closed, day.Format(Day)) {
		return nil
	}
	return h.Week[day.Weekday()]
}

// noon stands for a day: unlike midnight there is one on each day in each zone.
func noon(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, zone)
}

// at is the wall-clock time of a day, so that a day of 23 or 25 hours keeps its office hours. A time that the change of the clocks leaves out is the
// moment of the change: in some zones that is midnight.
func at(day time.Time, minutes int) time.Time {
	t := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, day.Location())
	wanted := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, time.UTC)
	shown := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	if shown.Equal(wanted) {
		return t
	}
	before, after := t.ZoneBounds()
	if shown.Before(wanted) {
		return after
	}
	return before
}

// usualStart is when a day begins where the hours do not say: in minutes after midnight.
const usualStart = 8 * 60

// Opens is the first moment from t on at which the office is open; where it never is, eight in the morning of that day.
func (h Hours) Opens(t time.Time, zone *time.Location) time.Time {
	local := noon(t, zone)
	for range maxDays {
		for _, s := range h.on(local) {
			open, shut := at(local, s.From), at(local, s.To)
			switch {
			case !open.Before(t):
				return open
			case t.Before(shut):
				return t
			}
		}
		local = local.AddDate(0, 0, 1)
	}
	return at(noon(t, zone), usualStart)
}
