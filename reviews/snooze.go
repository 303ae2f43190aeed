package reviews

import (
	"encoding/json"
	"time"

	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Pause is a stretch in which the clock of a target stands still, because somebody outside has to answer first.
type Pause struct {
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	Why   string    `json:"why"`
}

// pause is a Pause as it is stored.
type pause struct {
	Since int64  `json:"s"`
	Until int64  `json:"u"`
	Why   string `json:"w,omitempty"`
}

func packPauses(list []Pause) string {
	if len(list) == 0 {
		return ""
	}
	packed := make([]pause, len(list))
	for i, p := range list {
		packed[i] = pause{seconds(p.Since), seconds(p.Until), p.Why}
	}
	text, err := json.Marshal(packed)
	if err != nil {
		return ""
	}
	return string(text)
}

// UnpackPauses reads the pauses of a mention as they are stored.
func UnpackPauses(text string) []Pause {
	if text == "" {
		return nil
	}
	var packed []pause
	if json.Unmarshal([]byte(text), &packed) != nil {
		return nil
	}
	list := make([]Pause, len(packed))
	for i, p := range packed {
		list[i] = Pause{clock.Unix(p.Since), clock.Unix(p.Until), p.Why}
	}
	return list
}

// longestSnooze is how far ahead a mention may be put off.
const longestSnooze = 366 * 24 * time.Hour

// back is the mention as it is in the inbox again at a moment: a pause that still runs ends there.
func (m Mention) back(at time.Time) Mention {
	m.Snoozed = time.Time{}
	kept := make([]Pause, 0, len(m.Pauses))
	for _, p := range m.Pauses {
		if p.Until.After(at) {
			p.Until = at
		}
		if p.Until.After(p.Since) {
			kept = append(kept, p)
		}
	}
	m.Pauses = kept
	return m
}

// MaySnooze says why a mention cannot be put off, or nothing. What may be about a life, and what nobody has taken up on the ladder, stays in sight.
func (m Mention) MaySnooze(e Escalation) error {
	switch {
	case m.Status.Done():
		return refusal.Because(ErrStep, "This mention is done (%s). There is nothing to put off", m.Status)
	case m.Status == Escalated && !e.Up():
		return refusal.Because(ErrStep, "Nobody has taken this up yet. Take it up first, then it can wait")
	case m.Urgency == "critical" && m.Status != Escalated:
		return refusal.Because(ErrStep, "A critical mention is not put off. Escalate it, and take it up")
	}
	return nil
}

// Preset is a moment to come back at that a person can choose with one key.
type Preset struct {
	Title string
	At    time.Time
}

// Presets are the usual moments to come back at, each when the office opens: tomorrow morning, Monday, in a week.
func Presets(now time.Time, p practice.Practice) []Preset {
	zone := p.Location()
	local := now.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	monday := (int(time.Monday) - int(local.Weekday()) + 7) % 7
	if monday == 0 {
		monday = 7
	}
	opens := func(days int) time.Time { return p.Hours.Opens(midnight.AddDate(0, 0, days), zone) }
	list := []Preset{{"Next office day", opens(1)}}
	for _, more := range []Preset{{"Monday", opens(monday)}, {"In a week", opens(7)}} {
		if !more.At.Equal(list[len(list)-1].At) {
			list = append(list, more)
		}
	}
	return list
}

// ReturnOn is the moment at which a mention comes back on a day: when the office opens there, or next after it.
func ReturnOn(day time.Time, p practice.Practice) time.Time {
	zone := p.Location()
	local := day.In(zone)
	return p.Hours.Opens(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone), zone)
}
