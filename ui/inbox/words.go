package inbox

import (
	"strings"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// row is a mention as the list shows it.
func (s *Screen) row(m reviews.Mention, reply reviews.ReplyState) kit.RowData {
	now := s.deps.Now()
	age, tone := s.age(m, now)
	d := kit.RowData{ID: m.ID, Title: author(m), Meta: s.known().where(m.Site, m.SourceID), Text: firstWords(m), Stars: float64(m.Stars), Age: age, AgeTone: tone,
		Status: handled(m, s.status(m, reply)), Unread: m.Status == reviews.New, Urgent: urgent(m), Flagged: m.Starred, Mood: mood(m.Sentiment)}
	if m.Stars == 0 {
		d.Stars = -1
	}
	if place := s.known().place(m.PlaceID); place != nil {
		d.Meta += " · " + place.Name
	}
	for _, id := range m.Topics {
		d.Topics = append(d.Topics, s.known().topic(id))
	}
	return d
}

func urgent(m reviews.Mention) bool { return couldNotWait(m) && !m.Status.Done() }

func couldNotWait(m reviews.Mention) bool { return m.Urgency == "critical" || m.Urgency == "high" }

// handled says of what could not wait and is done that it was urgent: the red mark is gone then.
func handled(m reviews.Mention, status string) string {
	if couldNotWait(m) && m.Status.Done() {
		return "Was urgent · " + status
	}
	return status
}

func author(m reviews.Mention) string {
	if name := strings.TrimSpace(m.Author); name != "" {
		return name
	}
	return "Without a name"
}

// firstWords is the beginning of a mention on one line.
func firstWords(m reviews.Mention) string {
	words := strings.Join(strings.Fields(m.Title+" "+m.Text), " ")
	if words == "" && !m.Purged.IsZero() {
		return "Its words were cleared"
	}
	if words == "" {
		return "A rating without words"
	}
	return words
}

func mood(sentiment string) kit.Mood {
	switch sentiment {
	case "positive":
		return kit.MoodGood
	case "mixed":
		return kit.MoodMixed
	case "negative":
		return kit.MoodBad
	}
	return kit.MoodNone
}

// status is how far the work is, where there is something to say.
func (s *Screen) status(m reviews.Mention, reply reviews.ReplyState) string {
	switch m.Status {
	case reviews.Answering:
		switch reply {
		case reviews.Copied:
			return "Not confirmed"
		case reviews.Released:
			return "In the outbox"
		case reviews.Asked:
			return "Waits for approval"
		}
		return "Draft"
	case reviews.Answered:
		return "Answered"
	case reviews.NoReply:
		return "No reply"
	case reviews.Resolved:
		return "Resolved"
	case reviews.Escalated:
		if m.Assigned != 0 {
			return "With " + firstName(s.known().person(m.Assigned))
		}
		return "Escalated"
	}
	return ""
}

func firstName(name string) string {
	for _, word := range strings.Fields(name) {
		if !strings.HasSuffix(word, ".") {
			return word
		}
	}
	return name
}

// age is how a mention stands against its target, or else how old it is.
func (s *Screen) age(m reviews.Mention, now time.Time) (string, kit.Tone) {
	c := reviews.ClockOf(m, now, s.known().practice)
	switch {
	case !m.Snoozed.IsZero():
		return "back " + day(m.Snoozed, now, s.known().practice.Location()), kit.ToneNeutral
	case m.Overdue(now):
		return kit.Span(now.Sub(m.Due)) + " over", kit.ToneBad
	case c.Soon:
		return kit.Worked(c.Target-c.Used) + " left", kit.ToneWarn
	}
	at := m.Posted
	if at.IsZero() {
		at = m.Seen
	}
	return day(at, now, s.known().practice.Location()), kit.ToneNeutral
}

// day is a date as short as it can be understood: the time of today, the day of this year.
func day(at, now time.Time, zone *time.Location) string {
	at, now = at.In(zone), now.In(zone)
	switch {
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("2 Jan")
	}
	return at.Format("Jan 2006")
}

// moment is a date in full.
func moment(at time.Time, about bool, zone *time.Location) string {
	if at.IsZero() {
		return "date not known"
	}
	if about {
		return "about " + at.In(zone).Format("2 January 2006")
	}
	return at.In(zone).Format("Monday 2 January 2006, 15:04")
}

// due says how a mention stands against its target, in a chip.
func due(m reviews.Mention, now time.Time, zone *time.Location) (string, kit.Tone) {
	switch {
	case m.Due.IsZero():
		return "", kit.ToneNeutral
	case m.Overdue(now):
		return "Overdue by " + kit.Span(now.Sub(m.Due)), kit.ToneBad
	}
	return "Due " + m.Due.In(zone).Format("Mon 2 Jan, 15:04"), kit.ToneNeutral
}
