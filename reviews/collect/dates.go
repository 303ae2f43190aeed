package collect

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are the ways in which exports and feeds write a date, the unmistakable ones first. Where day and month may be taken for
// each other, the column as a whole decides (see dayFirst).
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999 -0700 MST",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04 MST", "2006-01-02 3:04:05 PM", "2006-01-02 3:04 PM", "2006/01/02 15:04:05", "2006/01/02 15:04", "2006/01/02", "2006.01.02 15:04",
	"2006.01.02", "20060102T150405Z", "20060102", time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006",
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04", "2 Jan 2006", "2 January 2006 15:04", "2 January 2006", "2 January 2006 15:04:05", "2 January 2006 3:04 PM", "2 Jan 2006 3:04 PM", "2-Jan-2006", "2-Jan-2006 15:04:05", "2-Jan-2006 15:04", "02-Jan-06",
	"January 2, 2006 3:04:05 PM", "January 2, 2006 3:04 PM MST", "Jan 2, 2006 3:04 PM MST", "Monday, January 2, 2006 3:04 PM", "Monday, 2 January 2006",
	"January 2, 2006 3:04 PM", "January 2, 2006 15:04", "January 2, 2006", "Jan 2, 2006, 3:04:05 PM", "Jan 2, 2006 3:04:05 PM", "Jan 2, 2006 3:04 PM", "Jan 2, 2006 15:04", "Jan 2, 2006",
	"Monday, January 2, 2006", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan _2 15:04:05 -0700 2006", time.RFC850, "2006-01", "January 2006", "Jan 2006",
}

var (
	slashed = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})\b[, ]*(.*)$`)
	clocks  = []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04PM", "15:04:05 -0700", "15:04:05 -07:00", "15:04 -0700", "15:04 -07:00", "15:04:05 MST", "15:04 MST", "3:04:05 PM MST", "3:04 PM MST",
		"15:04:05.999999999", "15:04:05Z07:00"}
	ago = regexp.MustCompile(`(?i)^(?:about |over |almost |edited )?(an?|\d+)\s+(minute|hour|day|week|month|year)s?\s+ago$`)
)

// dated is a date as it was understood.
type dated struct {
	at    time.Time
	about bool // only the day, the month or "2 weeks ago" was known
}

// readDate reads a date in one of many layouts. Without a zone it is in zone; dayFirst says how to take 03/04/2026.
func readDate(text string, zone *time.Location, dayFirst bool, now time.Time) (dated, bool) {
	text = strings.Join(strings.Fields(strings.TrimSpace(text)), " ")
	if text == "" {
		return dated{}, false
	}
	if d, ok := serial(text, zone); ok {
		return d, true
	}
	if found := slashed.FindStringSubmatch(text); found != nil {
		return readSlashed(found, zone, dayFirst)
	}
	if d, ok := readLayouts(text, zone); ok {
		return d, true
	}
	if d, ok := readAgo(text, now); ok {
		return d, true
	}
	if plain := plainDate(text); plain != text {
		if found := slashed.FindStringSubmatch(plain); found != nil {
			return readSlashed(found, zone, dayFirst)
		}
		return readLayouts(plain, zone)
	}
	return dated{}, false
}

func readLayouts(text string, zone *time.Location) (dated, bool) {
	for _, layout := range layouts {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil && sensible(at) {
			return dated{zoned(at, zone).UTC(), !strings.Contains(layout, "04")}, true
		}
	}
	return dated{}, false
}

// serial reads seconds or milliseconds since 1970 and the day numbers of a spreadsheet.
func serial(text string, zone *time.Location) (dated, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return dated{}, false
	}
	switch {
	case n >= 20000 && n < 80000: // days since 1899-12-30: 1954 to 2119
		days, part := int(n), n-float64(int(n))
		at := time.Date(1899, 12, 30+days, 0, 0, int(part*24*3600+0.5), 0, zone)
		return dated{at.UTC(), part == 0}, true
	case n >= 3e8 && n < 5e9:
		return dated{time.Unix(int64(n), 0).UTC(), false}, true
	case n >= 3e11 && n < 5e12:
		return dated{time.UnixMilli(int64(n)).UTC(), false}, true
	case n >= 3e14 && n < 5e15:
		return dated{time.UnixMicro(int64(n)).UTC(), false}, true
	}
	return dated{}, false
}

func readSlashed(found []string, zone *time.Location, dayFirst bool) (dated, bool) {
	a, _ := strconv.Atoi(found[1])
	b, _ := strconv.Atoi(found[3])
	year, _ := strconv.Atoi(found[4])
	if len(found[4]) == 2 {
		if year += 2000; year > 2079 {
			year -= 100
		}
	}
	month, day := a, b
	if dayFirst && b <= 12 || a > 12 || found[2] == "." {
		month, day = b, a
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return dated{}, false
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
	if at.Day() != day || !sensible(at) {
		return dated{}, false
	}
	rest := strings.ToUpper(strings.TrimSpace(found[5]))
	for _, layout := range clocks {
		if clock, err := time.ParseInLocation(layout, rest, zone); err == nil {
			at = time.Date(year, time.Month(month), day, clock.Hour(), clock.Minute(), clock.Second(), 0, clock.Location())
			return dated{zoned(at, zone).UTC(), false}, true
		}
	}
	return dated{at.UTC(), true}, rest == ""
}

func readAgo(text string, now time.Time) (dated, bool) {
	switch strings.ToLower(text) {
	case "today", "just now":
		return dated{now.UTC(), true}, true
	case "yesterday":
		return dated{now.AddDate(0, 0, -1).UTC(), true}, true
	}
	found := ago.FindStringSubmatch(text)
	if found == nil {
		return dated{}, false
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		n = 1
	}
	if n > 1000 {
		return dated{}, false
	}
	at := now
	switch strings.ToLower(found[2]) {
	case "minute":
		at = now.Add(-time.Duration(n) * time.Minute)
	case "hour":
		at = now.Add(-time.Duration(n) * time.Hour)
	case "day":
		at = now.AddDate(0, 0, -n)
	case "week":
		at = now.AddDate(0, 0, -7*n)
	case "month":
		at = now.AddDate(0, -n, 0)
	case "year":
		at = now.AddDate(-n, 0, 0)
	}
	return dated{at.UTC(), true}, true
}

func sensible(t time.Time) bool { return t.Year() >= 1980 && t.Year() <= 2100 }

// daysFirst reports whether a column of dates writes the day before the month, and whether it does both. One date that can only be read one way
// decides. Without one, no review is of tomorrow, exports stand in order of their dates, and at last the practice's country tells.
func (r reading) daysFirst(rows [][]string, cell func(row []string) string) (first, mixed bool) {
	days, months, orders := 0, 0, [2]ordered{}
	for _, row := range rows {
		found := slashed.FindStringSubmatch(cell(row))
		if found == nil || found[2] == "." {
			continue
		}
		a, _ := strconv.Atoi(found[1])
		b, _ := strconv.Atoi(found[3])
		switch {
		case a > 12 && b <= 12:
			days++
		case b > 12 && a <= 12:
			months++
		}
		for i := range orders {
			if d, ok := readSlashed(found, r.zone, i == 1); ok {
				orders[i].add(d.at, r.now)
			}
		}
	}
	monthFirst, dayFirst := orders[0], orders[1]
	switch {
	case days > 0 || months > 0:
		return days > months, days > 0 && months > 0
	case monthFirst.ahead != dayFirst.ahead:
		return dayFirst.ahead < monthFirst.ahead, false
	case monthFirst.breaks() != dayFirst.breaks():
		return dayFirst.breaks() < monthFirst.breaks(), false
	}
	return !monthsFirst[strings.ToLower(strings.TrimSpace(r.country))], false
}

// monthsFirst are the countries that write the month before the day. A practice that named none is taken for one of them.
var monthsFirst = map[string]bool{"": true, "us": true, "usa": true, "united states": true, "united states of america": true, "u.s.": true, "u.s.a.": true, "puerto rico": true, "ph": true, "philippines": true}

// ordered counts how often a column of dates goes up and down, and how many dates lie ahead.
type ordered struct {
	last              time.Time
	ups, downs, ahead int
}

func (o *ordered) add(at, now time.Time) {
	if !now.IsZero() && at.After(now.Add(36*time.Hour)) {
		o.ahead++
	}
	if !o.last.IsZero() {
		switch {
		case at.After(o.last):
			o.ups++
		case at.Before(o.last):
			o.downs++
		}
	}
	o.last = at
}

// breaks is how often the column leaves its order, whichever that is.
func (o ordered) breaks() int { return min(o.ups, o.downs) }
