package policy

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Clock is a deadline for telling somebody about a breach, as the law of a place sets it.
type Clock struct {
	ID           string `yaml:"id" json:"id"`
	Jurisdiction string `yaml:"jurisdiction" json:"jurisdiction"`
	Whom         string `yaml:"whom" json:"whom"`
	Text         string `yaml:"text" json:"text"`
	Hours        int    `yaml:"hours" json:"hours,omitempty"`
	Days         int    `yaml:"days" json:"days,omitempty"`
	BusinessDays int    `yaml:"business_days" json:"business_days,omitempty"`
	FromYearEnd  bool   `yaml:"from_year_end" json:"from_year_end,omitempty"`
	FromPeople   int    `yaml:"from_people" json:"from_people,omitempty"`
	BelowPeople  int    `yaml:"below_people" json:"below_people,omitempty"`
	Excused      bool   `yaml:"excused" json:"excused,omitempty"` // a low probability on record stops it
	Basis        `yaml:",inline"`
}

type clockFile struct {
	Factors []Factor `yaml:"factors"`
	Clocks  []Clock  `yaml:"clocks"`
}

var clocks = sync.OnceValue(func() clockFile {
	var file clockFile
	load("checklist/clocks.yaml", &file)
	return file
})

// Factors are the four things to weigh, in the order of the rule.
func Factors() []Factor { return clocks().Factors }

// Clocks are the deadlines of all places for which we have facts.
func Clocks() []Clock { return clocks().Clocks }

// Due is when the clock has run down for a slip that was noticed at a moment; zero where the law sets no number. A deadline in days ends with its
// last day in the zone of the practice.
func (c Clock) Due(noticed time.Time, zone *time.Location) time.Time {
	at := noticed.In(zone)
	start := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
	if c.FromYearEnd {
		start = time.Date(at.Year(), time.December, 31, 0, 0, 0, 0, zone)
	}
	switch {
	case c.Hours > 0:
		return noticed.Add(time.Duration(c.Hours) * time.Hour)
	case c.Days > 0:
		return start.AddDate(0, 0, c.Days+1).Add(-time.Second)
	case c.BusinessDays > 0:
		for n := c.BusinessDays; n > 0; {
			start = start.AddDate(0, 0, 1)
			if start.Weekday() != time.Saturday && start.Weekday() != time.Sunday {
				n--
			}
		}
		return start.AddDate(0, 0, 1).Add(-time.Second)
	default:
		return time.Time{}
	}
}

// Running is a clock as it stands for one incident.
type Running struct {
	Clock Clock     `json:"clock"`
	Due   time.Time `json:"due"`
	Told  *Tick     `json:"told,omitempty"`
	Idle  string    `json:"idle,omitempty"` // why it does not run; empty: it runs
}

// Runs reports whether somebody still has to be told.
func (r Running) Runs() bool { return r.Idle == "" && r.Told == nil }

// Late reports whether the clock ran down before anybody was told.
func (r Running) Late(now time.Time) bool { return r.Runs() && !r.Due.IsZero() && now.After(r.Due) }

// Left is the time left, in words.
func (r Running) Left(now time.Time) string {
	switch {
	case r.Told != nil:
		return "told"
	case r.Idle != "":
		return "does not run"
	case r.Due.IsZero():
		return "without delay"
	case now.After(r.Due):
		return span(now.Sub(r.Due)) + " too late"
	default:
		return span(r.Due.Sub(now)) + " left"
	}
}

// span writes a time in its two largest units.
func span(d time.Duration) string {
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	switch {
	case days > 6:
		return amount(days, "day")
	case days > 0:
		return amount(days, "day") + " " + amount(hours, "hour")
	case hours > 0:
		return amount(hours, "hour") + " " + amount(minutes, "minute")
	default:
		return amount(minutes, "minute")
	}
}

func amount(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// Clocks are the clocks of an incident in the given places (those of the practice, unless the incident names its own), those that run first and the
// nearest of them on top.
func (i Incident) Clocks(places []string, zone *time.Location) []Running {
	if len(i.Where) > 0 {
		places = i.Where
	}
	var all []Running
	for _, c := range Clocks() {
		if !HoldsIn(c.Jurisdiction, places) {
			continue
		}
		r := Running{Clock: c, Due: c.Due(i.Noticed, zone)}
		if tick, told := i.Told[c.ID]; told {
			r.Told = &tick
		}
		switch {
		case c.Excused && i.Weighing.Finding == FindingLow:
			r.Idle = "A low probability of compromise is on record."
		case c.Excused && i.Weighing.Finding == FindingNone:
			r.Idle = "No patient information was in it; the reason is on record."
		case c.FromPeople > 0 && i.People == 0:
			r.Idle = fmt.Sprintf("Runs from %d people on; how many are concerned is not known yet.", c.FromPeople)
		case c.FromPeople > 0 && i.People < c.FromPeople:
			r.Idle = fmt.Sprintf("Runs from %d people on; %d are concerned.", c.FromPeople, i.People)
		case c.BelowPeople > 0 && i.People >= c.BelowPeople:
			r.Idle = fmt.Sprintf("Holds below %d people; %d are concerned.", c.BelowPeople, i.People)
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b Running) int {
		if a.Runs() != b.Runs() {
			if a.Runs() {
				return -1
			}
			return 1
		}
		return a.Due.Compare(b.Due) // a clock without a number wants it at once, and is zero
	})
	return all
}
