package advocacy

import (
	"bufio"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"goodword/internal/practice"
)

// WriteICS writes the practice's own entries of the calendar and the observances as an iCalendar file (RFC 5545) that any calendar program takes in. The same entry keeps its
// identity, so taking the file in twice does not double it.
func WriteICS(w io.Writer, entries []Entry, p practice.Practice, now time.Time) error {
	out := bufio.NewWriter(w)
	line := func(name, value string) { fold(out, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Goodword//Calendar//EN")
	line("X-WR-CALNAME", escape(p.Name+" spotlights"))
	for _, e := range entries {
		if e.Kind == EntryOther {
			continue // it came from another calendar, and lives there
		}
		line("BEGIN", "VEVENT")
		line("UID", identity(e))
		line("DTSTAMP", now.UTC().Format(icsMoment))
		if e.At.IsZero() {
			line("DTSTART;VALUE=DATE", compact(e.From))
			line("DTEND;VALUE=DATE", compact(dayAfter(e.To)))
			line("TRANSP", "TRANSPARENT")
		} else {
			line("DTSTART", e.At.UTC().Format(icsMoment))
			line("DURATION", "PT15M")
		}
		line("SUMMARY", escape(e.Title))
		line("CATEGORIES", escape(string(e.Kind)))
		if o := e.Observance; o != nil {
			line("DESCRIPTION", escape(strings.TrimSpace("Source: "+o.Source+". "+o.HowChecked(o.Checked)+". "+o.Note)))
			if o.URL != "" {
				line("URL", o.URL)
			}
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return out.Flush()
}

const icsMoment = "20060102T150405Z"

// identity is stable for an entry: a spotlight or a deadline by its number, an observance by its name and year.
func identity(e Entry) string {
	if e.Observance != nil {
		return fmt.Sprintf("observance-%s-%.4s@goodword", e.Observance.ID, e.From)
	}
	if e.Turn != nil {
		return fmt.Sprintf("series-%d-%s@goodword", e.Turn.Series.ID, e.Turn.Day)
	}
	if e.SpotlightID != 0 && e.Kind == EntrySpotlight {
		return fmt.Sprintf("spotlight-%d@goodword", e.SpotlightID)
	}
	return fmt.Sprintf("%s-%d-%s-%08x@goodword", e.Kind, e.SpotlightID, e.From, crc32.ChecksumIEEE([]byte(e.Title)))
}

func compact(day string) string { return strings.ReplaceAll(day, "-", "") }

func dayAfter(day string) string {
	t, err := time.Parse(practice.Day, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, 1).Format(practice.Day)
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func escape(text string) string { return escapes.Replace(text) }

// fold breaks a line after at most 75 bytes, never inside a letter; the rest goes on after a space.
func fold(out *bufio.Writer, text string) {
	room := 75
	for len(text) > room {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		_, _ = out.WriteString(text[:cut] + "\r\n ")
		text, room = text[cut:], 74
	}
	_, _ = out.WriteString(text + "\r\n")
}
