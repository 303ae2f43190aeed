package practice

import (
	"strings"
	"time"

	"goodword/internal/refusal"
)

// tidy is a name without blanks around it and with single ones inside.
func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }

// follows refuses what no staff list can hold: days that are none, and a second person whom nobody could tell from the first. What stood there
// before is not asked about again, so that an old list can still be worked on.
func (p Person) follows(known Person, list []Person) error {
	for _, day := range []struct{ now, before string }{{p.HiredOn, known.HiredOn}, {p.LeftOn, known.LeftOn}} {
		if day.now != day.before && day.now != "" && !aDay(day.now) {
			return refusal.Because(ErrDay, "%q is no day; write it as 2026-11-22", day.now)
		}
	}
	if p.LeftOn != known.LeftOn && aDay(p.LeftOn) && aDay(p.HiredOn) && p.LeftOn < p.HiredOn {
		return refusal.Because(ErrDay, "The last day %s lies before the first, %s", p.LeftOn, p.HiredOn)
	}
	if known.ID != 0 && fold(known.Name) == fold(p.Name) {
		return nil
	}
	for _, o := range list {
		if o.ID == p.ID || fold(o.Name) != fold(p.Name) || p.Email != "" && fold(p.Email) != fold(o.Email) {
			continue
		}
		if o.LeftOn != "" {
			return refusal.Because(ErrName, "%s is on the staff list already, with number %d, and left on %s. Take the last day away if they are back, or give this one an e-mail address to tell them apart",
				o.Name, o.ID, o.LeftOn)
		}
		return refusal.Because(ErrName, "%s is on the staff list already, with number %d. Give this one an e-mail address to tell them apart", o.Name, o.ID)
	}
	return nil
}

func aDay(text string) bool {
	_, err := time.Parse(Day, text)
	return err == nil
}
