package reviews

import (
	"time"

	"goodword/internal/practice"
)

// history is the age from which an entry that was never seen before is the past, not work: the first visit of a feed brings years of it.
const history = 30 * 24 * time.Hour

// Target is how long an answer to m may take, in office hours.
func Target(m Mention, t practice.Targets) time.Duration {
	hours := t.Other
	switch {
	case m.Target > 0:
		hours = m.Target
	case m.Urgency == "critical":
		hours = t.Critical
	case m.Urgency == "high":
		hours = t.High
	case m.Stars >= 1 && m.Stars <= 3, m.Stars == 0 && m.Sentiment == "negative":
		hours = t.Negative
	}
	return time.Duration(hours) * time.Hour
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
}

func newDeadlines(p practice.Practice) *deadlines {
	return &deadlines{practice: p, zone: p.Location(), known: map[deadline]time.Time{}}
}

// due is when an answer to m is due if it is owed since the given time; zero when nothing is owed.
func (d *deadlines) due(m Mention, owed time.Time) time.Time {
	if m.Imported || m.Status.Done() {
		return time.Time{}
	}
	key := deadline{owed.Unix(), Target(m, d.practice.Targets)}
	at, ok := d.known[key]
	if !ok {
		at = d.practice.Hours.Due(owed, key.target, d.zone).UTC().Truncate(time.Second)
		d.known[key] = at
	}
	return at
}
