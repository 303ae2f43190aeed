package practice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// tidy is a name without blanks around it and with single ones inside.
func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }

// Named are those of a staff list who are meant by a number or a name: several, where only their addresses tell them apart.
func Named(list []Person, wanted string) []Person {
	wanted = fold(wanted)
	if i := slices.IndexFunc(list, func(p Person) bool { return strconv.FormatInt(p.ID, 10) == wanted }); i >= 0 {
		return list[i : i+1]
	}
	var named []Person
	for _, p := range list {
		if wanted != "" && fold(p.Name) == wanted {
			named = append(named, p)
		}
	}
	return named
}

// Leaving tells the last day as one says it on the given day: "left on 2026-11-22", or "leaves on" while the person is here; "" without a last day.
func (p Person) Leaving(day string) string {
	switch {
	case p.LeftOn == "":
		return ""
	case p.Here(day):
		return "leaves on " + p.LeftOn
	}
	return "left on " + p.LeftOn
}

// follows refuses what no staff list can hold: days that are none, and a second person of one name and no address, or the same, whom nobody could tell from the first. What stood there
// before is not asked about again, so that an old list can still be worked on.
func (p Person) follows(known Person, list []Person, today string) error {
	for _, day := range []struct{ now, before string }{{p.HiredOn, known.HiredOn}, {p.LeftOn, known.LeftOn}} {
		if day.now != day.before && day.now != "" && !aDay(day.now) {
			return refusal.Because(ErrDay, "%q is no day; write it as 2026-11-22", day.now)
		}
	}
	if (p.HiredOn != known.HiredOn || p.LeftOn != known.LeftOn) && aDay(p.LeftOn) && aDay(p.HiredOn) && p.LeftOn < p.HiredOn {
		return refusal.Because(ErrDay, "The last day %s lies before the first, %s", p.LeftOn, p.HiredOn)
	}
	if known.ID != 0 && fold(known.Name) == fold(p.Name) && fold(known.Email) == fold(p.Email) {
		return nil
	}
	for _, o := range list {
		if o.ID == p.ID || fold(o.Name) != fold(p.Name) || p.Email != "" && fold(p.Email) != fold(o.Email) {
			continue
		}
		if o.Here(today) {
			there := fmt.Sprintf("number %d", o.ID)
			if o.LeftOn != "" {
				there += ", and " + o.Leaving(today)
			}
			return refusal.Because(ErrName, "%s is on the staff list already, with %s. Give this one an e-mail address to tell them apart", o.Name, there)
		}
		return refusal.Because(ErrName, "%s is on the staff list already, with number %d, and %s. Take the last day away if they are back, or give this one an e-mail address to tell them apart",
			o.Name, o.ID, o.Leaving(today))
	}
	return nil
}

func aDay(text string) bool {
	_, err := time.Parse(Day, text)
	return err == nil
}
