package advocacy_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/advocacy"
	"goodword/internal/practice"
)

// The published or researched dates of all observances, one line each.
func listedDates(t *testing.T) map[string][]string {
	t.Helper()
	file, err := os.Open("testdata/observances-2026-2028.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	dates := map[string][]string{}
	for _, row := range rows[1:] {
		dates[row[0]] = row[1:]
	}
	return dates
}

func TestObservancesGiveTheListedDates(t *testing.T) {
	listed := listedDates(t)
	all := advocacy.AllObservances()
	if got, want := len(all), 161; got != want || len(listed) != want {
		t.Fatalf("got %d observances and %d listed dates, want %d of each", got, len(listed), want)
	}
	for _, o := range all {
		for i, year := range []int{2026, 2027, 2028} {
			from, to, err := o.Rule.Dates(year)
			if err != nil {
				t.Errorf("%s %d: %v", o.ID, year, err)
				continue
			}
			got := from.Format(practice.Day) + " " + to.Format(practice.Day)
			want := listed[o.ID][2*i] + " " + listed[o.ID][2*i+1]
			if got != want {
				t.Errorf("%s %d: got %s, want %s", o.ID, year, got, want)
			}
		}
	}
}

func TestEveryObservanceSaysWhereItComesFrom(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range advocacy.AllObservances() {
		if seen[o.ID] {
			t.Errorf("%s is listed twice", o.ID)
		}
		seen[o.ID] = true
		for _, word := range []string{"from memory", "secondary", "verify"} {
			if strings.Contains(strings.ToLower(o.Source+" "+o.Note), word) {
				t.Errorf("%s: %q, %q speak of the research, not to people", o.ID, o.Source, o.Note)
			}
		}
		if said := o.HowChecked(o.Checked); o.Checked == "" || !strings.Contains(said, o.Checked) {
			t.Errorf("%s: got %q, want how far it was checked and when", o.ID, said)
		}
		if o.PostIdea() == "" {
			t.Errorf("%s has no idea for a post", o.ID)
		}
		if o.Name == "" || o.Source == "" || o.Status == "" || o.Confidence == "" || o.Region == "" || len(o.Disciplines) == 0 {
			t.Errorf("%s lacks a name, a source, a status, a confidence, a region or a discipline: %+v", o.ID, o)
		}
		if o.Status != "memory" && o.URL == "" {
			t.Errorf("%s was seen on a page but has no address", o.ID)
		}
	}
}

// Every rule gives, in every year, a stretch that begins in that year (or, moved by a shift, a week beside it), ends after it began, is as
// long as its kind says, and lies in its month.
func TestObservancesHoldTo2040(t *testing.T) {
	all := advocacy.AllObservances()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2024, 2040).Draw(t, "year")
		o := rapid.SampledFrom(all).Draw(t, "observance")
		from, to, err := o.Rule.Dates(year)
		if err != nil {
			t.Fatalf("%s %d: %v", o.ID, year, err)
		}
		days := int(to.Sub(from).Hours()/24) + 1
		if days < 1 || days > 62 {
			t.Fatalf("%s %d lasts %d days", o.ID, year, days)
		}
		if from.Year() != year {
			t.Fatalf("%s %d begins on %s", o.ID, year, from)
		}
		switch o.Kind {
		case "day":
			if days > 3 {
				t.Fatalf("%s is a day but lasts %d", o.ID, days)
			}
		case "month":
			if from.Day() == 1 && to.AddDate(0, 0, 1).Day() != 1 {
				t.Fatalf("%s is a month but ends on %s", o.ID, to)
			}
		}
		if r := o.Rule; r.Week != 0 && r.Shift == 0 {
			if int(from.Month()) != r.Month || int(to.Month()) != r.Month {
				t.Fatalf("%s %d is a whole week of month %d but runs %s to %s", o.ID, year, r.Month, from, to)
			}
		}
	})
}

func TestRuleDates(t *testing.T) {
	tests := []struct {
		name     string
		rule     advocacy.Rule
		year     int
		from, to string
	}{
		{"February of a leap year", advocacy.Rule{Month: 2}, 2028, "2028-02-01", "2028-02-29"},
		{"February of 2100, which is none", advocacy.Rule{Month: 2}, 2100, "2100-02-01", "2100-02-28"},
		{"over New Year", advocacy.Rule{First: "12-28", Last: "01-03"}, 2030, "2030-12-28", "2031-01-03"},
		{"the last day of a leap February", advocacy.Rule{Month: 2, Weekday: "tuesday", N: -1}, 2028, "2028-02-29", "2028-02-29"},
		{"five Thursdays of a leap February", advocacy.Rule{Month: 2, Weekday: "thursday", N: 5}, 2024, "2024-02-29", "2024-02-29"},
		{"last whole week that ends with the month", advocacy.Rule{Month: 2, Week: -1, Begins: "sunday"}, 2032, "2032-02-22", "2032-02-28"},
		{"last whole week of a month of four", advocacy.Rule{Month: 2, Week: -1, Begins: "sunday"}, 2026, "2026-02-22", "2026-02-28"},
		{"range from a leap day on", advocacy.Rule{First: "02-29", Last: "03-06"}, 2040, "2040-02-29", "2040-03-06"},
		{"over New Year into a leap year", advocacy.Rule{First: "12-31", Last: "02-29"}, 2039, "2039-12-31", "2040-02-29"},
		{"after Thanksgiving, which moves", advocacy.Rule{Month: 11, Weekday: "thursday", N: 4, Shift: 5}, 2034, "2034-11-28", "2034-11-28"},
		{"the Sunday of the equinox week", advocacy.Rule{Around: "03-21", Begins: "sunday"}, 2040, "2040-03-18", "2040-03-24"},
		{"leap day", advocacy.Rule{Day: "02-29"}, 2032, "2032-02-29", "2032-02-29"},
		{"leap day of a year without", advocacy.Rule{Day: "02-29"}, 2031, "", ""},
		{"last Friday", advocacy.Rule{Month: 10, Weekday: "friday", N: -1}, 2026, "2026-10-30", "2026-10-30"},
		{"last but one Friday", advocacy.Rule{Month: 10, Weekday: "friday", N: -2}, 2026, "2026-10-23", "2026-10-23"},
		{"fifth Monday there is", advocacy.Rule{Month: 3, Weekday: "monday", N: 5}, 2026, "2026-03-30", "2026-03-30"},
		{"fifth Monday there is not", advocacy.Rule{Month: 2, Weekday: "monday", N: 5}, 2026, "", ""},
		{"first whole week from Monday", advocacy.Rule{Month: 5, Week: 1, Begins: "monday"}, 2026, "2026-05-04", "2026-05-10"},
		{"last whole week from Sunday", advocacy.Rule{Month: 4, Week: -1, Begins: "sunday"}, 2026, "2026-04-19", "2026-04-25"},
		{"week that holds a Sunday", advocacy.Rule{Around: "02-14", Begins: "sunday"}, 2027, "2027-02-14", "2027-02-20"},
		{"week that holds a Saturday over New Year", advocacy.Rule{Around: "01-01", Begins: "sunday"}, 2028, "2027-12-26", "2028-01-01"},
		{"shifted part of a week", advocacy.Rule{Month: 10, Week: 3, Begins: "sunday", Shift: 1, Days: 5}, 2026, "2026-10-19", "2026-10-23"},
		{"week before a Sunday", advocacy.Rule{Month: 6, Weekday: "sunday", N: 3, Shift: -6, Days: 7}, 2026, "2026-06-15", "2026-06-21"},
		{"a day that is none", advocacy.Rule{Month: 6, Weekday: "moonday", N: 3}, 2026, "", ""},
		{"nothing", advocacy.Rule{}, 2026, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			from, to, err := test.rule.Dates(test.year)
			if test.from == "" {
				if err == nil {
					t.Fatalf("got %s to %s, want an error", from, to)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, want := from.Format(practice.Day)+" "+to.Format(practice.Day), test.from+" "+test.to; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// Any n-th weekday lies in its month, on its weekday, in its week of days.
func TestNthWeekdays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year, month := rapid.IntRange(2000, 2100).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")
		weekday := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		n := rapid.SampledFrom([]int{1, 2, 3, 4, -1, -2, -3, -4}).Draw(t, "n")
		from, _, err := advocacy.Rule{Month: month, Weekday: weekday.String(), N: n}.Dates(year)
		if err != nil {
			t.Fatal(err)
		}
		if from.Weekday() != weekday || int(from.Month()) != month || from.Year() != year {
			t.Fatalf("got %s", from.Format("Mon 2006-01-02"))
		}
		if n > 0 && (from.Day()-1)/7+1 != n {
			t.Fatalf("day %d is not number %d", from.Day(), n)
		}
		if lastDay := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); n < 0 && (lastDay-from.Day())/7+1 != -n {
			t.Fatalf("day %d is not number %d from the end", from.Day(), n)
		}
	})
}

func TestObservancesForAPractice(t *testing.T) {
	dental := advocacy.Observances(2026, []string{"Dental"}, "US")
	if len(dental) == 0 {
		t.Fatal("a dental practice has no observances")
	}
	has := map[string]bool{}
	for i, o := range dental {
		has[o.ID] = true
		if i > 0 && o.From < dental[i-1].From {
			t.Fatalf("%s comes after %s", o.ID, dental[i-1].ID)
		}
		if o.Region != "US" && o.Region != "global" {
			t.Errorf("%s is of %s", o.ID, o.Region)
		}
	}
	if !has["darw"] || has["glaucoma"] {
		t.Errorf("got assistants' week %v and glaucoma month %v, want true and false", has["darw"], has["glaucoma"])
	}
	if got, want := len(advocacy.Observances(2026, nil, "")), 161; got != want {
		t.Errorf("without discipline and country got %d, want all %d", got, want)
	}
}
