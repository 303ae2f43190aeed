package policy_test

import (
	"bytes"
	"math"
	"os/exec"
	"strings"
	"testing"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestTheBriefIsHonestAboutSmallNumbers(t *testing.T) {
	p := practice.Practice{Name: "Alder Street Dental", TimeZone: "America/Chicago"}
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	small := policy.BriefFigures{From: "2025-11-23", To: "2026-11-22", Mentions: 9, Owed: 9, Handled: 7, Within: 3, Judged: 7, Timed: 4, Median: 90 * time.Minute, Reviews: 6, Mean: 4.5, MeanBefore: math.NaN()}
	large := policy.BriefFigures{From: "2025-11-23", To: "2026-11-22", Mentions: 240, Owed: 200, Handled: 180, Quiet: 12, Within: 150, Judged: 190, Timed: 120, Median: 3 * time.Hour, Reviews: 210, ReviewsBefore: 150,
		Mean: 4.42, MeanBefore: 4.21, Topics: []policy.BriefTopic{{Label: "Waiting time", Mentions: 61, Positive: 9, Negative: 40}}, Asked: 14, Signed: 11}
	quick := large
	quick.Median = 2 * time.Minute
	costs := policy.BriefCosts{HoursAWeek: 2.5, AnHour: 40, AYear: 300, Currency: "USD"}
	for _, tc := range []struct {
		name    string
		figures policy.BriefFigures
		costs   policy.BriefCosts
		want    []string
		not     []string
	}{
		{"none", policy.BriefFigures{From: "2025-11-23", To: "2026-11-22", Mean: math.NaN(), MeanBefore: math.NaN()}, policy.BriefCosts{}, []string{"none yet", "not known yet", "not typed in yet"}, []string{"NaN"}},
		{"small", small, costs, []string{"7 of 9 (too few for a share)", "only 4 answers were timed", "4.5 stars from 6 ratings (too few to say much)"}, []string{"NaN", "78%"}},
		{"quick", quick, costs, []string{"half within 2 minutes of office time"}, []string{"0.0 office hours"}},
		{"large", large, costs, []string{"180 of 200 (90%)", "4.4 stars from 210 ratings; 4.2 from 150", "Waiting time", "USD 4,900", "11 of 14 (79%)", "counted on 22 November 2026", "Checked against the official text", "Not yet checked against any page"}, nil},
	} {
		var text, pdf bytes.Buffer
		sheet := policy.Brief(p, tc.figures, tc.costs, now)
		if err := paper.WriteMarkdown(&text, sheet); err != nil {
			t.Fatal(err)
		}
		for _, want := range tc.want {
			if !strings.Contains(strings.ReplaceAll(text.String(), "\\", ""), want) {
				t.Errorf("%s: the brief does not say %q:\n%s", tc.name, want, text.String())
			}
		}
		for _, not := range tc.not {
			if strings.Contains(text.String(), not) {
				t.Errorf("%s: the brief says %q", tc.name, not)
			}
		}
		if err := paper.WritePDF(&pdf, sheet); err != nil {
			t.Fatal(err)
		}
		reader, err := exec.LookPath("pdftotext")
		if err != nil {
			continue
		}
		run := exec.Command(reader, "-", "-")
		run.Stdin = &pdf
		out, err := run.Output()
		if err != nil {
			t.Fatal(err)
		}
		if pages := bytes.Count(out, []byte("\f")); pages > 2 {
			t.Errorf("%s: the brief has %d pages, want two", tc.name, pages)
		}
	}
}
