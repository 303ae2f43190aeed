package guard_test

import (
	"testing"

	"goodword/policy/guard"
)

func TestWhatAClinicianStandsBehindIsNobodysCare(t *testing.T) {
	const said = "Root canal treatment removes infection and saves the tooth."
	own := guard.Own{Statements: []string{said}}
	for _, c := range []struct {
		name, text string
		own        guard.Own
		want       guard.Verdict
	}{
		{"approved", said + " Thank you for the comment.", own, guard.Clear},
		{"not approved", said + " Your root canal went well.", guard.Own{}, guard.Block},
		{"beside a disclosure", said + " Your root canal on Tuesday went well.", own, guard.Block},
		{"a word changed", "Your root canal treatment removes infection and saves the tooth.", own, guard.Block},
		{"too short to be one", "Your root canal went well.", guard.Own{Statements: []string{"root canal"}}, guard.Block},
	} {
		if got := guard.Default().Check(guard.Draft{Kind: guard.Reply, Text: c.text, Own: c.own}); got.Verdict != c.want {
			t.Errorf("%s: got %s, want %s: %+v", c.name, got.Verdict, c.want, got.Findings)
		}
	}
}
