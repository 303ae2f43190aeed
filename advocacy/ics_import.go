package advocacy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Meaning is what the days of a calendar from elsewhere say.
type Meaning string

// The meanings.
const (
	MeansShown  Meaning = "shown"  // only to be seen
	MeansClosed Meaning = "closed" // the practice is closed
	MeansAway   Meaning = "away"   // a colleague is away
)

// Calendar is one that was taken in from elsewhere, as a file. Nothing in it is ever changed or sent back.
type Calendar struct {
	ID       int64           `json:"id"`
	Name     string          `json:"name"`
	Meaning  Meaning         `json:"meaning"`
	PersonID int64           `json:"person_id,omitempty"` // who is away
	Added    time.Time       `json:"added"`
	By       int64           `json:"by"`
	Events   []CalendarEvent `json:"events"`
}

// CalendarEvent is one event of such a calendar. An all-day event begins at midnight UTC and stands for days; any other at a moment.
type CalendarEvent struct {
	UID    string    `json:"uid"`
	Title  string    `json:"title"`
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"` // exclusive
	AllDay bool      `json:"all_day,omitempty"`
	Zone   string    `json:"zone,omitempty"`
	Rule   string    `json:"rule,omitempty"`
	Except []int64   `json:"except,omitempty"` // moments at which it does not come
	Extra  []int64   `json:"extra,omitempty"`  // moments at which it comes as well
}

// The bounds of what is taken in.
const (
	calendarBytes  = 8 << 20
	calendarEvents = 20000
)

// ErrCalendar says that a file is no calendar.
var ErrCalendar = errors.New("the file is no calendar")

// windowsZones are the names that Outlook writes, for the zones that practices are likely to meet.
var windowsZones = map[string]string{
	"Eastern Standard Time": "America/New_York", "US Eastern Standard Time": "America/Indiana/Indianapolis", "Central Standard Time": "America/Chicago",
	"Mountain Standard Time": "America/Denver", "US Mountain Standard Time": "America/Phoenix", "Pacific Standard Time": "America/Los_Angeles",
	"Alaskan Standard Time": "America/Anchorage", "Hawaiian Standard Time": "Pacific/Honolulu", "Atlantic Standard Time": "America/Halifax",
	"Newfoundland Standard Time": "America/St_Johns", "SA Western Standard Time": "America/Puerto_Rico", "GMT Standard Time": "Europe/London",
	"W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris", "Central Europe Standard Time": "Europe/Budapest",
	"AUS Eastern Standard Time": "Australia/Sydney", "India Standard Time": "Asia/Kolkata", "Central America Standard Time": "America/Guatemala",
	"Central Standard Time (Mexico)": "America/Mexico_City", "UTC": "UTC",
}

// ReadCalendar reads an iCalendar file (RFC 5545). What cannot be read of it is named, event by event, and the rest is taken. Times without
// a zone are the practice's own.
func ReadCalendar(r io.Reader, home *time.Location) (name string, events []CalendarEvent, problems []string, err error) {
	data, err := io.ReadAll(io.LimitReader(r, calendarBytes+1))
	if err != nil {
		return "", nil, nil, fmt.Errorf("The file cannot be read: %w", err)
	}
	if len(data) > calendarBytes {
		return "", nil, nil, refusal.Because(ErrCalendar, "The file has more than %d MB", calendarBytes>>20)
	}
	if !bytes.Contains(bytes.ToUpper(data[:min(len(data), 4096)]), []byte("BEGIN:VCALENDAR")) {
		return "", nil, nil, refusal.Because(ErrCalendar, "The file is no calendar: it does not begin with BEGIN:VCALENDAR")
	}
	book, err := ics.ParseCalendarWithOptions(bytes.NewReader(data), ics.WithUnknownPropertyHandler(ics.AcceptUnknownPropertyHandler))
	if err != nil {
		return "", nil, nil, refusal.Because(ErrCalendar, "The file is no whole calendar: %s", strings.TrimSpace(err.Error()))
	}
	in := intake{book: book, home: home, zones: map[string]*time.Location{}}
	for _, p := range book.CalendarProperties {
		switch p.IANAToken {
		case "X-WR-CALNAME", "NAME":
			name = ics.FromText(p.Value)
		case "X-WR-TIMEZONE":
			if zone, ok := in.zone(p.Value); ok {
				in.home = zone
			}
		}
	}
	all := book.Events()
	if len(all) > calendarEvents {
		return "", nil, nil, refusal.Because(ErrCalendar, "The calendar has %d events, more than %d", len(all), calendarEvents)
	}
	for i, e := range all {
		event, err := in.event(e)
		if err != nil {
			in.problems = append(in.problems, fmt.Sprintf("Event %d (%s): %s", i+1, titleOf(e), strings.TrimSuffix(err.Error(), ".")))
			continue
		}
		if event.Title != "" {
			events = append(events, event)
		}
	}
	return name, replaced(events, in.moved), in.problems, nil
}

// intake is the reading of one file.
type intake struct {
	book     *ics.Calendar
	home     *time.Location
	zones    map[string]*time.Location
	problems []string
	moved    map[string][]int64 // turns of a recurring event that another event of the file replaces, by its UID
}

func titleOf(e *ics.VEvent) string {
	if p := e.GetProperty(ics.ComponentPropertySummary); p != nil && strings.TrimSpace(p.Value) != "" {
		return strings.Join(strings.Fields(ics.FromText(p.Value)), " ")
	}
	return "Busy"
}

// event reads one event; one that was cancelled comes back without a title.
func (in *intake) event(e *ics.VEvent) (CalendarEvent, error) {
	event := CalendarEvent{Title: titleOf(e), UID: e.Id()}
	start := e.GetProperty(ics.ComponentPropertyDtStart)
	if start == nil {
		return event, errors.New("It has no beginning")
	}
	zone := in.zoneOf(start)
	event.Zone = zone.String()
	var err error
	if event.Start, event.AllDay, err = moments(start.Value, zone); err != nil {
		return event, err
	}
	if event.End, err = in.end(e, event); err != nil {
		return event, err
	}
	if turn := e.GetProperty(ics.ComponentPropertyRecurrenceId); turn != nil {
		if at, _, err := moments(turn.Value, in.zoneOf(turn)); err == nil {
			if in.moved == nil {
				in.moved = map[string][]int64{}
			}
			in.moved[event.UID] = append(in.moved[event.UID], at.Unix())
		}
	}
	if status := e.GetProperty(ics.ComponentPropertyStatus); status != nil && strings.EqualFold(status.Value, "CANCELLED") {
		event.Title = ""
		return event, nil
	}
	if rule := e.GetProperty(ics.ComponentPropertyRrule); rule != nil {
		event.Rule = strings.ToUpper(strings.TrimSpace(rule.Value))
		if err := event.readable(); err != nil {
			return event, err
		}
	}
	event.Except = in.list(e, ics.ComponentPropertyExdate, event.Title)
	event.Extra = in.list(e, ics.ComponentPropertyRdate, event.Title)
	return event, nil
}

// end is when an event is over: by its end, by its length, or after a day or no time at all.
func (in *intake) end(e *ics.VEvent, event CalendarEvent) (time.Time, error) {
	end := event.Start
	if event.AllDay {
		end = end.AddDate(0, 0, 1)
	}
	if p := e.GetProperty(ics.ComponentPropertyDtEnd); p != nil {
		at, _, err := moments(p.Value, in.zoneOf(p))
		if err != nil {
			return end, err
		}
		if at.Before(event.Start) {
			return end, errors.New("It ends before it begins")
		}
		if at.After(end) {
			end = at
		}
	} else if p := e.GetProperty(ics.ComponentPropertyDuration); p != nil {
		length, err := duration(p.Value)
		if err != nil {
			return end, err
		}
		if at := event.Start.Add(length); at.After(end) {
			end = at
		}
	}
	return end, nil
}

// list reads the moments of EXDATE or RDATE, of which there may be several lines with several moments each.
func (in *intake) list(e *ics.VEvent, property ics.ComponentProperty, title string) []int64 {
	var list []int64
	for _, p := range e.GetProperties(property) {
		zone := in.zoneOf(p)
		for value := range strings.SplitSeq(p.Value, ",") {
			value, _, _ = strings.Cut(value, "/") // of a period its beginning
			at, _, err := moments(value, zone)
			if err != nil {
				in.problems = append(in.problems, fmt.Sprintf("%s: %s", title, err))
				continue
			}
			list = append(list, at.Unix())
		}
	}
	return list
}

// zoneOf is the time zone that a property names; an unknown one is named once and read as the practice's own.
func (in *intake) zoneOf(p *ics.IANAProperty) *time.Location {
	names := p.ICalParameters["TZID"]
	if len(names) == 0 {
		return in.home
	}
	zone, ok := in.zone(names[0])
	if !ok {
		return in.home
	}
	return zone
}

func (in *intake) zone(name string) (*time.Location, bool) {
	name = strings.Trim(strings.TrimSpace(name), `"`)
	if zone, known := in.zones[name]; known {
		return zone, true
	}
	tries := []string{name, windowsZones[name]}
	if parts := strings.Split(name, "/"); len(parts) > 2 { // "/freeassociation.sourceforge.net/America/Chicago"
		tries = append(tries, strings.Join(parts[len(parts)-2:], "/"))
	}
	for _, try := range tries {
		if zone, err := time.LoadLocation(try); err == nil && try != "" && try != "Local" {
			in.zones[name] = zone
			return zone, true
		}
	}
	if zone, ok := described(in.book, name, in.home); ok {
		in.zones[name] = zone
		return zone, true
	}
	in.zones[name] = in.home
	in.problems = append(in.problems, fmt.Sprintf("The time zone %q is not known; its times are read as the practice's own", name))
	return in.home, false
}

// moments reads "20261124", "20261124T090000" in the zone, or "20261124T150000Z".
func moments(value string, zone *time.Location) (at time.Time, allDay bool, err error) {
	value = strings.TrimSpace(value)
	switch {
	case len(value) == 8:
		at, err = time.Parse("20060102", value)
		allDay = true
	case strings.HasSuffix(value, "Z"):
		at, err = time.Parse(icsMoment, value)
	default:
		at, err = time.ParseInLocation("20060102T150405", value, zone)
	}
	if err != nil || at.Year() < 1900 || at.Year() > 2200 {
		return at, allDay, fmt.Errorf("%q is no day and no time", value)
	}
	return at.UTC(), allDay, nil
}

// duration reads "PT15M", "P1D", "P1W".
func duration(value string) (time.Duration, error) {
	var length time.Duration
	rest, number := strings.TrimPrefix(strings.TrimSpace(value), "+"), 0
	digits := false
	rest, ok := strings.CutPrefix(rest, "P")
	if !ok {
		return 0, fmt.Errorf("%q is no length of time", value)
	}
	for _, r := range rest {
		unit, known := map[rune]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}[r]
		switch {
		case r >= '0' && r <= '9' && number < 100000:
			number, digits = number*10+int(r-'0'), true
		case r == 'T' && !digits:
		case known && digits:
			length, number, digits = length+time.Duration(number)*unit, 0, false
		default:
			return 0, fmt.Errorf("%q is no length of time", value)
		}
	}
	return length, nil
}

// replaced takes out of each recurring event the turns that another event of the file stands for.
func replaced(events []CalendarEvent, moved map[string][]int64) []CalendarEvent {
	for i := range events {
		if events[i].Rule != "" {
			events[i].Except = append(events[i].Except, moved[events[i].UID]...)
		}
	}
	return events
}

// readable refuses a rule that nobody writes into a calendar by hand and that would go on without end.
func (e CalendarEvent) readable() error {
	option, err := rrule.StrToROption(e.Rule)
	if err != nil {
		return fmt.Errorf("The rule %q cannot be read", e.Rule)
	}
	if option.Freq > rrule.DAILY {
		return fmt.Errorf("The rule %q comes more than once a day", e.Rule)
	}
	option.Dtstart = e.Start
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return fmt.Errorf("The rule %q cannot be read", e.Rule)
	}
	if _, comes := rule.Iterator()(); !comes {
		return fmt.Errorf("The rule %q never comes", e.Rule)
	}
	return nil
}

// zone is the zone in which the event recurs: at nine o'clock, whatever the season.
func (e CalendarEvent) zone() *time.Location {
	if e.AllDay {
		return time.UTC
	}
	if zone, err := time.LoadLocation(e.Zone); err == nil && e.Zone != "" {
		return zone
	}
	return time.UTC
}

// Comes lists the moments at which the event begins, among those that touch the time between two moments.
func (e CalendarEvent) Comes(from, to time.Time) []time.Time {
	length := e.End.Sub(e.Start)
	from = from.Add(-length)
	var list []time.Time
	add := func(at time.Time) {
		if at = at.UTC(); !at.Before(from) && !at.After(to) && !slices.Contains(e.Except, at.Unix()) && !slices.ContainsFunc(list, at.Equal) {
			list = append(list, at)
		}
	}
	if e.Rule == "" {
		add(e.Start)
	} else if option, err := rrule.StrToROptionInLocation(e.Rule, e.zone()); err == nil {
		option.Dtstart = forward(e.Start.In(e.zone()), from, option)
		if rule, err := rrule.NewRRule(*option); err == nil {
			for _, at := range rule.Between(from.In(e.zone()), to.In(e.zone()), true) {
				add(at)
			}
		}
	}
	for _, at := range e.Extra {
		add(time.Unix(at, 0))
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

// forward moves the beginning of a rule on by whole periods, to shortly before a moment, so that old events cost no more than new ones. A rule
// that counts its turns, or whose day not every period has, begins where it begins.
func forward(start, to time.Time, option *rrule.ROption) time.Time {
	every := max(option.Interval, 1)
	if option.Count > 0 || start.Day() > 28 || !start.Before(to) {
		return start
	}
	weeks, months := int(to.Sub(start).Hours()/24/7), (to.Year()-start.Year())*12+int(to.Month()-start.Month())
	switch option.Freq {
	case rrule.DAILY:
		return start.AddDate(0, 0, max(weeks*7/every-1, 0)*every)
	case rrule.WEEKLY:
		return start.AddDate(0, 0, max(weeks/every-1, 0)*every*7)
	case rrule.MONTHLY:
		return start.AddDate(0, max(months/every-1, 0)*every, 0)
	case rrule.YEARLY:
		return start.AddDate(max(months/12/every-1, 0)*every, 0, 0)
	}
	return start
}

// entries are the event's days in a stretch of the calendar, in the practice's own time.
func (c Calendar) entries(from, to time.Time, home *time.Location) []Entry {
	var entries []Entry
	for _, e := range c.Events {
		for _, at := range e.Comes(from.AddDate(0, 0, -1), to.AddDate(0, 0, 2)) {
			entry := Entry{Kind: EntryOther, Title: e.Title, CalendarID: c.ID, Calendar: c.Name, Meaning: c.Meaning, PersonID: c.PersonID}
			last := at.Add(e.End.Sub(e.Start))
			if last.After(at) {
				last = last.Add(-time.Second)
			}
			if e.AllDay {
				entry.From, entry.To = at.Format(practice.Day), last.Format(practice.Day)
			} else {
				entry.From, entry.To, entry.At = at.In(home).Format(practice.Day), last.In(home).Format(practice.Day), at
			}
			entries = append(entries, entry)
		}
	}
	return entries
}
