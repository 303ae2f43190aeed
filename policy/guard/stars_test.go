package guard_test

import (
	"testing"

	"goodword/policy/guard"
)

// TestStarsSayWhatTheReviewIs: whether an answer needs a way to reach somebody hangs on it.
func TestStarsSayWhatTheReviewIs(t *testing.T) {
	const answer = "We read every word that people write about us, and we talk about it as a team."
	for _, c := range []struct {
		review string
		stars  int
		want   bool // that a path is missed
	}{
		{"I was always afraid of pain and waits. Not here.", 5, false},
		{"I was always afraid of pain and waits. Not here.", 1, true},
		{"The wait was awful and the desk was rude.", 0, true},
		{"The wait was awful and the desk was rude.", 4, true},
		{"Great. Really great.", 1, true},
		{"Great. Really great.", 5, false},
	} {
		r := guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: c.review, Stars: c.stars, Text: answer})
		missed := false
		for _, f := range r.Findings {
			missed = missed || f.Rule == "missing-offline-path"
		}
		if missed != c.want {
			t.Errorf("%q with %d stars: a path is missed: %v, want %v", c.review, c.stars, missed, c.want)
		}
	}
}
