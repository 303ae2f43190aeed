package advocacy_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/advocacy"
	"goodword/internal/practice"
)

var chicago = mustZone("America/Chicago")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func book(events ...string) string {
	text := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Elsewhere//EN\nX-WR-CALNAME:Office\n"
	for _, e := range events {
		text += "BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n" + e + "\nEND:VEVENT\n"
	}
	return strings.ReplaceAll(text+"END:VCALENDAR\n", "\n", "\r\n")
}

func TestACalendarFromElsewhere(t *testing.T) {
	tests := []struct {
		name, event string
		want        []string // in Chicago
		problem     string
	}{
		{"all day", "UID:1\nSUMMARY:Closed\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", []string{"2026-12-24 00:00 all day"}, ""},
		{"a moment in UTC", "UID:1\nSUMMARY:Call\nDTSTART:20261124T150000Z\nDTEND:20261124T153000Z", []string{"2026-11-24 09:00"}, ""},
		{"a moment elsewhere", "UID:1\nSUMMARY:Call\nDTSTART;TZID=America/New_York:20261124T090000\nDURATION:PT30M", []string{"2026-11-24 08:00"}, ""},
		{"a zone of Outlook's", "UID:1\nSUMMARY:Call\nDTSTART;TZID=\"Pacific Standard Time\":20261124T090000", []string{"2026-11-24 11:00"}, ""},
		{"no zone", "UID:1\nSUMMARY:Call\nDTSTART:20261124T090000", []string{"2026-11-24 09:00"}, ""},
		{"an unknown zone", "UID:1\nSUMMARY:Call\nDTSTART;TZID=Moon/Base:20261124T090000", []string{"2026-11-24 09:00"}, `The time zone "Moon/Base" is not known`},
		{"weekly over the change of the clocks", "UID:1\nSUMMARY:Call\nDTSTART;TZID=America/Chicago:20261026T090000\nRRULE:FREQ=WEEKLY;COUNT=3", []string{"2026-10-26 09:00", "2026-11-02 09:00", "2026-11-09 09:00"}, ""},
		{"without one of them", "UID:1\nSUMMARY:Call\nDTSTART;TZID=America/Chicago:20261102T090000\nRRULE:FREQ=WEEKLY;UNTIL=20261117T000000Z\nEXDATE;TZID=America/Chicago:20261109T090000", []string{"2026-11-02 09:00", "2026-11-16 09:00"}, ""},
		{"and one more", "UID:1\nSUMMARY:Call\nDTSTART;VALUE=DATE:20261102\nRDATE;VALUE=DATE:20261105,20261106", []string{"2026-11-02 00:00 all day", "2026-11-05 00:00 all day", "2026-11-06 00:00 all day"}, ""},
		{"cancelled", "UID:1\nSUMMARY:Call\nSTATUS:CANCELLED\nDTSTART:20261124T150000Z", nil, ""},
		{"without a beginning", "UID:1\nSUMMARY:Call", nil, "Event 1 (Call): It has no beginning"},
		{"with a broken day", "UID:1\nSUMMARY:Call\nDTSTART:2026-11-24", nil, `Event 1 (Call): "2026-11-24" is no day and no time`},
		{"that ends first", "UID:1\nSUMMARY:Call\nDTSTART:20261124T150000Z\nDTEND:20261123T150000Z", nil, "It ends before it begins"},
		{"every second", "UID:1\nSUMMARY:Call\nDTSTART:20261124T150000Z\nRRULE:FREQ=SECONDLY", nil, "more than once a day"},
		{"with a broken rule", "UID:1\nSUMMARY:Call\nDTSTART:20261124T150000Z\nRRULE:FREQ=OFTEN", nil, `The rule "FREQ=OFTEN" cannot be read`},
		{"escaped words", "UID:1\nSUMMARY:Lunch\\, all\\; come\nDTSTART:20261124T150000Z", []string{"2026-11-24 09:00"}, ""},
	}
	from, to := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name, events, problems, err := advocacy.ReadCalendar(strings.NewReader(book(test.event)), chicago)
			if err != nil || name != "Office" {
				t.Fatalf("got %q, %v", name, err)
			}
			var got []string
			for _, e := range events {
				for _, at := range e.Comes(from, to) {
					if e.AllDay {
						got = append(got, at.Format("2006-01-02 15:04")+" all day")
					} else {
						got = append(got, at.In(chicago).Format("2006-01-02 15:04"))
					}
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if said := strings.Join(problems, "\n"); test.problem == "" && said != "" || !strings.Contains(said, test.problem) {
				t.Errorf("got the problems %q, want %q", said, test.problem)
			}
		})
	}
}

func TestATurnThatAnotherEventReplaces(t *testing.T) {
	_, events, problems, err := advocacy.ReadCalendar(strings.NewReader(book(
		"UID:1\nSUMMARY:Call\nDTSTART;TZID=America/Chicago:20261102T090000\nRRULE:FREQ=WEEKLY;COUNT=3",
		"UID:1\nSUMMARY:Call, later\nRECURRENCE-ID;TZID=America/Chicago:20261109T090000\nDTSTART;TZID=America/Chicago:20261110T100000")), chicago)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	var got []string
	for _, e := range events {
		for _, at := range e.Comes(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)) {
			got = append(got, at.In(chicago).Format("01-02 15:04 ")+e.Title)
		}
	}
	if want := []string{"11-02 09:00 Call", "11-16 09:00 Call", "11-10 10:00 Call, later"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAFileThatIsNoCalendar(t *testing.T) {
	for _, text := range []string{"", "BEGIN:VCARD", "hello", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\n"} {
		if _, _, _, err := advocacy.ReadCalendar(strings.NewReader(text), chicago); err == nil {
			t.Errorf("%q is taken for a calendar", text)
		}
	}
}

// What is written is read back by somebody else's reader as it was meant.
func TestOurOwnFileIsReadBack(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	d.scheduled(t)
	_, err := d.SaveSeries(ctx, tuesdays, d.hr.Actor())
	d.must(t, err)
	entries, err := d.Between(ctx, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC))
	d.must(t, err)
	var file bytes.Buffer
	d.must(t, advocacy.WriteICS(&file, entries, practice.Practice{Name: "Lakeside"}, d.now))
	_, events, problems, err := advocacy.ReadCalendar(&file, chicago)
	if err != nil || len(problems) > 0 || len(events) != len(entries) {
		t.Fatalf("got %d events of %d entries, %v, %v", len(events), len(entries), problems, err)
	}
	for i, e := range events {
		on := e.Start.Format(practice.Day)
		if !e.AllDay {
			on = e.Start.In(chicago).Format(practice.Day)
		}
		if e.Title != entries[i].Title || on != entries[i].From {
			t.Errorf("got %q on %s, want %q on %s", e.Title, on, entries[i].Title, entries[i].From)
		}
	}
}

func FuzzReadCalendar(f *testing.F) {
	f.Add(book("UID:1\nSUMMARY:Call\nDTSTART;TZID=America/Chicago:20261102T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261109T150000Z"))
	f.Add(book("UID:1\nDTSTART;VALUE=DATE:20261102\nDURATION:P1W\nRDATE:20261105T090000Z/PT1H"))
	f.Fuzz(func(t *testing.T, text string) {
		_, events, _, err := advocacy.ReadCalendar(strings.NewReader(text), chicago)
		if err != nil {
			return
		}
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for _, e := range events {
			if e.Title == "" || e.End.Before(e.Start) {
				t.Fatalf("%+v", e)
			}
			for _, at := range e.Comes(from, from.AddDate(0, 1, 0)) {
				if at.Add(e.End.Sub(e.Start)).Before(from) {
					t.Fatalf("%s is not in January", at)
				}
			}
		}
	})
}

// An event that began long ago comes on the same days as the rule itself gives.
func TestOldEventsComeAsTheirRuleSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		freq := rapid.SampledFrom([]string{"DAILY", "WEEKLY", "WEEKLY;BYDAY=MO,TH", "MONTHLY", "MONTHLY;BYDAY=-1FR", "MONTHLY;BYMONTHDAY=31", "YEARLY", "YEARLY;BYMONTH=11;BYDAY=4TH"}).Draw(t, "freq")
		e := advocacy.CalendarEvent{Title: "x", Zone: "America/Chicago", Rule: "FREQ=" + freq + ";INTERVAL=" + rapid.SampledFrom([]string{"1", "2", "3", "5"}).Draw(t, "interval"),
			Start: time.Date(2016, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 15, 0, 0, 0, time.UTC)}
		e.End = e.Start
		from := time.Date(2026, time.Month(rapid.IntRange(1, 24).Draw(t, "from")), 1, 0, 0, 0, 0, time.UTC)
		to := from.AddDate(0, rapid.IntRange(1, 14).Draw(t, "months"), 0)
		var want []time.Time
		for _, at := range e.Comes(e.Start, to) { // from its beginning on nothing is skipped
			if !at.Before(from) {
				want = append(want, at)
			}
		}
		if got := e.Comes(from, to); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// A file as Outlook exports it: CRLF, folded lines, zones by Microsoft's names with a VTIMEZONE each, an all-day event with a busy marker,
// and an event that somebody typed elsewhere without any zone.
const outlook = "BEGIN:VCALENDAR\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n" +
	"X-WR-CALNAME:Otto Frane\r\nX-MS-OLK-FORCEINSPECTOROPEN:TRUE\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:Eastern Standard Time\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:16011104T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:16010311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n" +
	"END:VTIMEZONE\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n" +
	"END:VTIMEZONE\r\n" +
	"BEGIN:VEVENT\r\nCLASS:PUBLIC\r\nUID:040000008200E00074C5B7101A82E008\r\nSUMMARY;LANGUAGE=en-us:Call with the\r\n  laboratory\r\n" +
	"DTSTART;TZID=\"Eastern Standard Time\":20260302T090000\r\nDTEND;TZID=\"Eastern Standard Time\":20260302T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO\r\n" +
	"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Lunch\r\nDTSTART:20260302T120000\r\nDTEND:20260302T130000\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Leave\r\nDTSTART;VALUE=DATE:20260309\r\nDTEND;VALUE=DATE:20260311\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Webinar\r\nDTSTART;TZID=Customized Time Zone:20260330T150000\r\nDTEND;TZID=Customized Time Zone:20260330T160000\r\n" +
	"RRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestACalendarOfOutlookKeepsItsTimeZones(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	name, events, problems, err := advocacy.ReadCalendar(strings.NewReader(outlook), chicago)
	if err != nil || name != "Otto Frane" || len(problems) != 0 || len(events) != 4 {
		t.Fatalf("got %q, %d events, %v, %v", name, len(events), problems, err)
	}
	want := map[string][]string{
		"Call with the laboratory": {"2026-03-02 08:00", "2026-03-09 08:00", "2026-03-16 08:00"}, // nine in New York, also after the change of the clocks
		"Lunch":                    {"2026-03-02 12:00"},                                         // floating: noon wherever the practice is
		"Webinar":                  {"2026-03-30 08:00", "2026-04-06 08:00"},                     // three in the afternoon at +02:00, by the rules in the file itself
	}
	for _, e := range events {
		var got []string
		for _, at := range e.Comes(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
			got = append(got, at.In(chicago).Format("2006-01-02 15:04"))
		}
		if w, ok := want[e.Title]; ok && !slices.Equal(got, w) {
			t.Errorf("%s: got %v, want %v", e.Title, got, w)
		}
		if e.Title == "Leave" && (!e.AllDay || e.Start.Format(time.DateOnly) != "2026-03-09" || e.End.Format(time.DateOnly) != "2026-03-11") {
			t.Errorf("whole days stay whole days: got %+v", e)
		}
	}
}
