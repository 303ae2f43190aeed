package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Series is a post that comes back by a rule until a day: "Meet the team, every second Tuesday". Its turns are places in the calendar,
// waiting for a post; nothing is written or posted by itself.
type Series struct {
	ID      int64             `json:"id"`
	Title   string            `json:"title"`
	Kind    PostKind          `json:"kind"`
	Note    string            `json:"note,omitempty"`
	First   string            `json:"first"`             // day from which the rule counts
	Until   string            `json:"until"`             // last day
	Rule    string            `json:"rule"`              // RFC 5545, as "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
	Minute  int               `json:"minute"`            // of the day
	Changes map[string]string `json:"changes,omitempty"` // a day of the rule to the day it was moved to; "" for a turn that is left out
	Created time.Time         `json:"created"`
	By      int64             `json:"by"`
}

// SeriesTurn is one time that a series comes: by the rule on Day, in truth on On.
type SeriesTurn struct {
	Series Series `json:"series"`
	Day    string `json:"day"`
	On     string `json:"on"`
}

// Moment is when the turn comes, by the clock of the place.
func (t SeriesTurn) Moment(home *time.Location) time.Time { return t.Series.moment(t.On, home) }

// Repeat is how often a series comes, as a form asks for it: every so many weeks on some weekdays, or on the n-th weekday of every so many
// months, where -1 is the last.
type Repeat struct {
	Every    int
	Weekdays []time.Weekday
	Nth      int // 0: by weeks
}

// longestSeries keeps a series within what anybody plans.
const longestSeries = 10

var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// Rule writes the repeat as RFC 5545 does.
func (r Repeat) Rule() string {
	freq, nth := "WEEKLY", ""
	if r.Nth != 0 {
		freq, nth = "MONTHLY", fmt.Sprint(r.Nth)
	}
	var days []string
	for _, d := range r.Weekdays {
		days = append(days, nth+weekdayCodes[d])
	}
	return fmt.Sprintf("FREQ=%s;INTERVAL=%d;BYDAY=%s", freq, max(r.Every, 1), strings.Join(days, ","))
}

// RepeatOf reads a rule back into a form; false for a rule that no form of ours wrote.
func RepeatOf(rule string) (Repeat, bool) {
	option, err := rrule.StrToROption(rule)
	if err != nil || option.Freq != rrule.WEEKLY && option.Freq != rrule.MONTHLY || len(option.Byweekday) == 0 {
		return Repeat{}, false
	}
	r := Repeat{Every: max(option.Interval, 1)}
	for _, d := range option.Byweekday {
		r.Weekdays = append(r.Weekdays, time.Weekday((d.Day()+1)%7))
		r.Nth = d.N()
	}
	return r, r.Rule() == rule
}

// Says puts the repeat into words: "every second Tuesday".
func (r Repeat) Says() string {
	var days []string
	for _, d := range r.Weekdays {
		days = append(days, d.String())
	}
	list := strings.Join(days, " and ")
	if len(days) > 2 {
		list = strings.Join(days[:len(days)-1], ", ") + " and " + days[len(days)-1]
	}
	every := map[bool]string{true: "every ", false: "every " + ordinal(r.Every) + " "}[r.Every <= 1]
	if r.Nth == 0 {
		return every + list
	}
	place := "last"
	if r.Nth > 0 {
		place = ordinal(r.Nth)
	}
	return "the " + place + " " + list + " of " + every + "month"
}

func ordinal(n int) string {
	if n > 0 && n < 7 {
		return []string{"first", "second", "third", "fourth", "fifth", "sixth"}[n-1]
	}
	return fmt.Sprintf("%dth", n)
}

// Says puts the rule of the series into words.
func (s Series) Says() string {
	if r, ok := RepeatOf(s.Rule); ok {
		return r.Says()
	}
	return "by the rule " + s.Rule
}

// check returns an error in a sentence when the series makes no sense.
func (s Series) check() error {
	first, errFirst := time.Parse(practice.Day, s.First)
	until, errUntil := time.Parse(practice.Day, s.Until)
	switch {
	case strings.TrimSpace(s.Title) == "":
		return refusal.Because(ErrStep, "Give the series a title")
	case !slices.Contains(PostKinds(), s.Kind):
		return refusal.Because(ErrStep, "%q is no kind of post", s.Kind)
	case errFirst != nil:
		return refusal.Because(ErrStep, "Say from which day on the series comes, as 2026-11-24")
	case errUntil != nil:
		return refusal.Because(ErrStep, "A series has an end. Say until which day it comes, as 2027-06-30")
	case until.Before(first):
		return refusal.Because(ErrStep, "The series would end on %s, before it begins on %s", s.Until, s.First)
	case until.After(first.AddDate(longestSeries, 0, 0)):
		return refusal.Because(ErrStep, "A series lasts at most %d years", longestSeries)
	case s.Minute < 0 || s.Minute >= 24*60:
		return refusal.Because(ErrStep, "The time of the series is no time of a day")
	}
	if _, err := s.days(); err != nil {
		return err
	}
	if len(s.Turns(s.First, s.Until)) == 0 && len(s.Changes) == 0 {
		return refusal.Because(ErrStep, "Between %s and %s the series never comes", s.First, s.Until)
	}
	return nil
}

// days is the rule as the library reckons it. Days are midnights in UTC, so that no change of the clocks moves one.
func (s Series) days() (*rrule.RRule, error) {
	option, err := rrule.StrToROption(s.Rule)
	if err != nil {
		return nil, refusal.Because(ErrStep, "The rule %q cannot be read", s.Rule)
	}
	if option.Freq > rrule.DAILY || option.Count != 0 || !option.Until.IsZero() {
		return nil, refusal.Because(ErrStep, "The rule %q is not one of days, weeks, months or years without an end of its own", s.Rule)
	}
	if option.Dtstart, err = time.Parse(practice.Day, s.First); err == nil {
		option.Until, err = time.Parse(practice.Day, s.Until)
	}
	if err != nil {
		return nil, refusal.Because(ErrStep, "The series needs a first and a last day")
	}
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, refusal.Because(ErrStep, "The rule %q cannot be read", s.Rule)
	}
	return rule, nil
}

// Turns lists when the series comes between two days, inclusive.
func (s Series) Turns(from, to string) []SeriesTurn {
	rule, err := s.days()
	if err != nil {
		return nil // check refuses such a series
	}
	first, errFirst := time.Parse(practice.Day, from)
	last, errLast := time.Parse(practice.Day, to)
	if errFirst != nil || errLast != nil || last.Before(first) {
		return nil
	}
	var turns []SeriesTurn
	for _, t := range rule.Between(first, last, true) {
		day := t.Format(practice.Day)
		if _, changed := s.Changes[day]; !changed {
			turns = append(turns, SeriesTurn{Series: s, Day: day, On: day})
		}
	}
	for day, on := range s.Changes {
		if on != "" && from <= on && on <= to {
			turns = append(turns, SeriesTurn{Series: s, Day: day, On: on})
		}
	}
	slices.SortFunc(turns, func(a, b SeriesTurn) int { return strings.Compare(a.On+a.Day, b.On+b.Day) })
	return turns
}

// comes reports whether the rule gives the day.
func (s Series) comes(day string) bool {
	rule, err := s.days()
	at, bad := time.Parse(practice.Day, day)
	return err == nil && bad == nil && len(rule.Between(at, at, true)) == 1
}
