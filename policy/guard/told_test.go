package guard_test

import (
	"slices"
	"strings"
	"testing"

	"goodword/policy/guard"
)

// TestTheSameWordsAreToldOnce reads the findings as a person does.
func TestTheSameWordsAreToldOnce(t *testing.T) {
	list := []guard.Finding{
		{Rule: "hostile-tone", Severity: guard.Warn, Start: 0, End: 4, Quote: "Well", Why: "It argues."},
		{Rule: "phi-date", Severity: guard.Block, Start: 10, End: 24, Quote: "in May already", Why: "It tells a day."},
		{Rule: "patient-confirmation", Severity: guard.Block, Start: 10, End: 24, Quote: "in May already", Why: "It tells of a visit."},
		{Rule: "phi-health", Severity: guard.Warn, Start: 13, End: 16, Quote: "May", Why: "It may tell of health."},
	}
	got := guard.Told(list)
	if len(got) != 3 || got[0].Rule != "phi-date" || got[1].Rule != "hostile-tone" || got[2].Quote != "May" {
		t.Fatalf("told: %+v", got)
	}
	if got[0].Why != "It tells a day. It tells of a visit." {
		t.Errorf("why: %q", got[0].Why)
	}
	for _, text := range []string{"Half of it was written off in May already. 555-0128.", "Thank you for trusting us with your crown on Tuesday, Mrs. Abbott."} {
		result := guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: "Overpriced.", Text: text})
		told := guard.Told(result.Findings)
		if len(told) == 0 || told[0].Severity != result.Verdict {
			t.Errorf("%q: %s, told %+v", text, result.Verdict, told)
		}
		for _, f := range result.Findings {
			if !slices.ContainsFunc(told, func(o guard.Finding) bool { return o.Quote == f.Quote && strings.Contains(o.Why, f.Why) }) {
				t.Errorf("%q: nobody is told of %q because of %s", text, f.Quote, f.Rule)
			}
		}
	}
}
