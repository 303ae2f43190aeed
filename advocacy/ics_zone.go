package advocacy

import (
	"maps"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"
)

// onset is one of the clocks of a VTIMEZONE: from when it holds each year, and its distance from UTC in seconds.
type onset struct {
	rule   *rrule.RRule // nil: only once
	start  time.Time
	offset int
}

// described finds the time zone that a file describes itself, under a name that only the program knows that wrote it: the first zone whose
// clock agrees with the description in every month.
func described(book *ics.Calendar, name string, home *time.Location) (*time.Location, bool) {
	for _, zone := range book.Timezones() {
		id := zone.GetProperty(ics.ComponentPropertyTzid)
		if id == nil || strings.Trim(strings.TrimSpace(id.Value), `"`) != name {
			continue
		}
		var clocks []onset
		for _, part := range zone.SubComponents() {
			if o, ok := onsetOf(part); ok {
				clocks = append(clocks, o)
			}
		}
		return agreeing(clocks, home)
	}
	return nil, false
}

func onsetOf(part ics.Component) (onset, bool) {
	var o onset
	read := map[string]string{}
	for _, p := range part.UnknownPropertiesIANAProperties() {
		read[p.IANAToken] = strings.TrimSpace(p.Value)
	}
	start, err := time.Parse("20060102T150405", read["DTSTART"])
	to, errTo := time.Parse("-0700", read["TZOFFSETTO"])
	if err != nil || errTo != nil {
		return o, false
	}
	_, o.offset = to.Zone()
	o.start = start
	if read["RRULE"] == "" {
		return o, true
	}
	option, err := rrule.StrToROption(read["RRULE"])
	if err != nil || option.Freq != rrule.YEARLY {
		return o, false
	}
	if start.Year() < 1970 { // Outlook writes 1601, further back than the library reckons
		start = time.Date(1970, time.January, 1, start.Hour(), start.Minute(), start.Second(), 0, time.UTC)
	}
	option.Dtstart = start
	o.rule, err = rrule.NewRRule(*option)
	return o, err == nil
}

// agreeing compares the description with the practice's own zone and with those of Outlook, in the middle and at the end of every month.
func agreeing(clocks []onset, home *time.Location) (*time.Location, bool) {
	if len(clocks) == 0 {
		return nil, false
	}
	zones := []*time.Location{home}
	for _, name := range slices.Sorted(maps.Values(windowsZones)) {
		if zone, err := time.LoadLocation(name); err == nil {
			zones = append(zones, zone)
		}
	}
	const year = 2026
	for _, zone := range zones {
		same := true
		for month := time.January; same && month <= time.December; month++ {
			for _, day := range []int{15, 28} {
				_, offset := time.Date(year, month, day, 12, 0, 0, 0, zone).Zone()
				same = same && offset == offsetOn(clocks, time.Date(year, month, day, 12, 0, 0, 0, time.UTC))
			}
		}
		if same {
			return zone, true
		}
	}
	return nil, false
}

// offsetOn is the distance from UTC that the description gives on a day: that of the clock which began last.
func offsetOn(clocks []onset, at time.Time) int {
	offset, since := clocks[0].offset, time.Time{}
	for _, c := range clocks {
		began := c.start
		if c.rule != nil {
			began = c.rule.Before(at, true)
		}
		if !began.After(at) && began.After(since) {
			offset, since = c.offset, began
		}
	}
	return offset
}
