package insight

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// MoveState is what became of an alert.
type MoveState string

// The states of a move.
const (
	MoveOpen  MoveState = "open"
	MoveSeen  MoveState = "seen"  // somebody looked at it; it is still going on
	MoveEnded MoveState = "ended" // the days are ordinary again
)

// Move is one event: raised once, brought up to date while it lasts, ended when the days are ordinary again.
type Move struct {
	ID int64 `json:"id"`
	Signal
	About   string    `json:"about,omitempty"` // the topic, as the practice calls it
	State   MoveState `json:"state"`
	Opened  time.Time `json:"opened"`
	Updated time.Time `json:"updated"`        // the last day on which it was seen
	Ended   time.Time `json:"ended,omitzero"` // when the days were ordinary again
}

// rest is how many days without a signal end an event: those of one burst, for it may go on after a weekend; weeks of a rating, which wavers.
var rest = map[MoveKind]int{MoveNegatives: 5, MoveTopic: 7, MoveWord: 7, MoveDown: 21, MoveUp: 21}

// Settle makes events of the signals of a day. known are the events that have not ended; those that changed come back, new ones without an ID.
func Settle(known []Move, signals []Signal, today time.Time) []Move {
	var changed []Move
	heard := map[int64]bool{}
	for _, s := range signals {
		at := slices.IndexFunc(known, func(m Move) bool { return m.goesOn(s) })
		if at < 0 {
			changed = append(changed, Move{Signal: s, State: MoveOpen, Opened: today, Updated: today})
			continue
		}
		if m := known[at]; !heard[m.ID] {
			heard[m.ID] = true
			m.take(s, today)
			changed = append(changed, m)
		}
	}
	for _, m := range known {
		if !heard[m.ID] && (m.takenBack(today) || !m.Updated.AddDate(0, 0, rest[m.Kind]).After(today)) {
			m.State, m.Ended = MoveEnded, today
			changed = append(changed, m)
		}
	}
	return changed
}

// takenBack reports whether what was seen on this very day is seen no more: its mentions were judged anew. Days only gain mentions of themselves.
func (m Move) takenBack(today time.Time) bool {
	return (m.Kind == MoveNegatives || m.Kind == MoveTopic) && m.Updated.Equal(today)
}

// goesOn reports whether a signal is of this event. A rumour may be found by another of its words tomorrow.
func (m Move) goesOn(s Signal) bool {
	if m.Kind != s.Kind {
		return false
	}
	return m.Subject == s.Subject || m.Kind == MoveWord && overlap(m.Mentions, s.Mentions)
}

// take brings an event up to date. Its name, and how sure it ever was, stay.
func (m *Move) take(s Signal, today time.Time) {
	s.Subject, s.Chance = m.Subject, min(m.Chance, s.Chance)
	if m.Since.Before(s.Since) {
		if s.Kind == MoveNegatives || s.Kind == MoveTopic {
			s.Usual *= dayCount(m.Since, today) / dayCount(s.Since, today)
		}
		s.Since = m.Since
	}
	for _, id := range m.Mentions {
		if !slices.Contains(s.Mentions, id) {
			s.Mentions = append(s.Mentions, id)
		}
	}
	slices.Sort(s.Mentions)
	if s.Kind != MoveDown && s.Kind != MoveUp {
		s.Count = max(s.Count, len(s.Mentions))
	}
	m.Signal, m.Updated = s, today
}

// dayCount is how many days there are from one to another, both included.
func dayCount(from, to time.Time) float64 { return math.Round(to.Sub(from).Hours()/24) + 1 }

// Says is the move in one line for a person; today is midnight where the practice is.
func (m Move) Says(today time.Time) string {
	switch m.Kind {
	case MoveNegatives:
		return fmt.Sprintf("%s %s, %s", counted(m.Count, "negative mention"), m.when(today), usually(m.Usual))
	case MoveTopic:
		return fmt.Sprintf("%s: %s %s, %s", m.About, counted(m.Count, "mention"), m.when(today), usually(m.Usual))
	case MoveWord:
		return fmt.Sprintf("New: “%s” in %s %s, hardly ever before", m.Subject, counted(m.Count, "mention"), m.when(today))
	}
	verb := "falls"
	if m.Kind == MoveUp {
		verb = "rises"
	}
	return fmt.Sprintf("The rating %s: %.1f of %s %s, %.1f before", verb, m.Now, counted(m.Count, "rating"), m.when(today), m.Usual)
}

// Sure says how sure it is that this is not by chance.
func (m Move) Sure() string {
	years := 1 / (max(m.Chance, 1e-9) * 365)
	switch {
	case years < 3:
		return "Probably not by chance: on ordinary days this is seen once in a few years"
	case years < 30:
		return "Hardly by chance: on ordinary days this is seen less than once in three years"
	}
	return "Almost surely not by chance: on ordinary days this is seen less than once in thirty years"
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

func usually(x float64) string {
	switch n := math.Round(x); {
	case x < 0.5:
		return "fewer than 1 is usual"
	case n == 1:
		return "1 is usual"
	default:
		return fmt.Sprintf("%.0f are usual", n)
	}
}

// when is the time of a move: "since yesterday" while it goes on, then its days.
func (m Move) when(today time.Time) string {
	since, until := m.Since.In(today.Location()), m.Updated.In(today.Location())
	if until.Before(today) && since.Format(time.DateOnly) == until.Format(time.DateOnly) {
		return dayName(since, today, "on ")
	}
	if until.Before(today) {
		return "from " + dayName(since, today, "") + " to " + dayName(until, today, "")
	}
	if since.Equal(today) {
		return "today"
	}
	return "since " + dayName(since, today, "")
}

func dayName(day, today time.Time, before string) string {
	switch n := dayCount(day, today) - 1; {
	case n == 0:
		return "today"
	case n == 1:
		return "yesterday"
	case n < 7:
		return before + day.Format("Monday")
	case day.Year() == today.Year():
		return before + day.Format("2 January")
	}
	return before + day.Format("2 January 2006")
}
