package reviews

import (
	"fmt"
	"slices"
	"time"

	"goodword/internal/practice"
)

// history is the age from which an entry that was never seen before is the past, not work: the first visit of a feed brings years of it.
const history = 30 * 24 * time.Hour

// Target is how long an answer to m may take, in office hours: what a rule says of this mention, else the practice's row for the site and the
// stars, else the target of the urgency. What is urgent never waits longer for a row.
func Target(m Mention, p practice.Practice) time.Duration {
	return time.Duration(targetHours(m, p)) * time.Hour
}

func targetHours(m Mention, p practice.Practice) int {
	if m.Target > 0 {
		return m.Target
	}
	hours, urgent := p.Targets.Other, true
	switch {
	case m.Urgency == "critical":
		hours = p.Targets.Critical
	case m.Urgency == "high":
		hours = p.Targets.High
	case m.Stars >= 1 && m.Stars <= 3, m.Stars == 0 && m.Sentiment == "negative":
		hours, urgent = p.Targets.Negative, false
	default:
		urgent = false
	}
	at := slices.IndexFunc(p.TargetRows, func(r practice.TargetRow) bool { return r.Fits(m.Site, m.SourceID, m.Stars) })
	switch {
	case at < 0:
		return hours
	case urgent:
		return min(hours, p.TargetRows[at].Hours)
	}
	return p.TargetRows[at].Hours
}

// Due is when an answer to m is due by the practice's hours, its pauses left out.
func Due(m Mention, owed time.Time, p practice.Practice) time.Time {
	return due(p, owed, Target(m, p), m.Pauses, p.Location())
}

func due(p practice.Practice, owed time.Time, left time.Duration, pauses []Pause, zone *time.Location) time.Time {
	from := owed
	for _, pause := range pauses {
		start := pause.Since
		if start.Before(from) {
			start = from
		}
		if !pause.Until.After(start) {
			continue
		}
		used := p.Hours.Between(from, start, zone)
		if used >= left {
			break
		}
		left, from = left-used, pause.Until
	}
	return p.Hours.Due(from, left, zone)
}

// Used is how much of the target is gone at now, in office hours without the pauses.
func Used(m Mention, now time.Time, p practice.Practice) time.Duration {
	zone, from, used := p.Location(), m.Owed, time.Duration(0)
	for _, pause := range m.Pauses {
		start, end := pause.Since, pause.Until
		if start.Before(from) {
			start = from
		}
		if !end.After(start) {
			continue
		}
		if !start.Before(now) {
			break
		}
		used, from = used+p.Hours.Between(from, start, zone), end
	}
	if from.Before(now) {
		used += p.Hours.Between(from, now, zone)
	}
	return used
}

// warnAt is the part of a target that is gone when a mention begins to warn.
const warnAt = 0.8

// Clock is how a mention stands against its target.
type Clock struct {
	Runs   bool          // an answer is owed
	Used   time.Duration // in office hours
	Target time.Duration
	Late   bool
	Soon   bool      // four fifths are gone
	Paused bool      // it waits for somebody outside
	Until  time.Time // when the pause ends
}

// ClockOf works out how a mention stands at now.
func ClockOf(m Mention, now time.Time, p practice.Practice) Clock {
	if m.Imported || m.Status.Done() || m.Owed.IsZero() {
		return Clock{}
	}
	c := Clock{Runs: true, Used: Used(m, now, p), Target: Target(m, p), Late: m.Overdue(now)}
	for _, pause := range m.Pauses {
		if !now.Before(pause.Since) && now.Before(pause.Until) {
			c.Paused, c.Until = true, pause.Until
		}
	}
	c.Soon = !c.Late && !c.Paused && float64(c.Used) >= warnAt*float64(c.Target)
	return c
}

// deadlines works out when answers are due; many mentions that came together share the walk over the calendar.
type deadlines struct {
	practice practice.Practice
	zone     *time.Location
	known    map[deadline]time.Time
}

type deadline struct {
	owed   int64
	target time.Duration
	pauses string
}

func newDeadlines(p practice.Practice) *deadlines {
	return &deadlines{practice: p, zone: p.Location(), known: map[deadline]time.Time{}}
}

// due is when an answer to m is due; zero when nothing is owed.
func (d *deadlines) due(m Mention) time.Time {
	if m.Imported || m.Status.Done() {
		return time.Time{}
	}
	key := deadline{m.Owed.Unix(), Target(m, d.practice), ""}
	if len(m.Pauses) > 0 {
		key.pauses = fmt.Sprint(m.Pauses)
	}
	at, ok := d.known[key]
	if !ok {
		at = due(d.practice, m.Owed, key.target, m.Pauses, d.zone).UTC().Truncate(time.Second)
		d.known[key] = at
	}
	return at
}
