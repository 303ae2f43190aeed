package advocacy_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
)

func TestWriteICS(t *testing.T) {
	o := advocacy.Occurrence{Observance: advocacy.Observance{ID: "waaw", Source: "WHO; campaign notes, 2024", Status: "secondary", Checked: "2026-11-22", URL: "https://example.org/a"}}
	entries := []advocacy.Entry{
		{Kind: advocacy.EntrySpotlight, SpotlightID: 7, Title: "Meet the team: Zoë, hygienist; a very long title that does not fit into one line of the file by any means", From: "2026-11-24", To: "2026-11-24",
			At: time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)},
		{Kind: advocacy.EntryObservance, Title: "World AMR Awareness Week", From: "2026-12-28", To: "2026-12-31", Observance: &o},
	}
	var out bytes.Buffer
	err := advocacy.WriteICS(&out, entries, practice.Practice{Name: "Lakeside Dental"}, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("the line is %d bytes: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(got, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "UID:spotlight-7@goodword\r\n", "DTSTART:20261124T150000Z\r\n",
		`SUMMARY:Meet the team: Zoë\, hygienist\; a very long title`, "DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270101\r\n",
		`DESCRIPTION:Source: WHO\; campaign notes\, 2024. Checked on a trade\, news or law-firm page on 2026-11-22`, "URL:https://example.org/a\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is missing in\n%s", want, whole)
		}
	}
	if a, b := strings.Count(whole, "BEGIN:VEVENT"), strings.Count(whole, "END:VEVENT"); a != 2 || b != 2 {
		t.Errorf("got %d and %d events", a, b)
	}
}
