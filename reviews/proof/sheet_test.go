package proof

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Words that nobody saw outside do not stand under the public reply.
func TestDraftsThatNeverWentOutStandByThemselves(t *testing.T) {
	for state, want := range map[string]bool{"draft": true, "approved": true, "in the outbox": true, "copied": false, "posted": false, "seen on site": false} {
		s := Story{zone: time.UTC, Reply: &Reply{State: state, Text: "Thank you.", Verdict: "clear"}}
		if got := strings.Contains(fmt.Sprint(s.answered()), "Drafts that never went out"); got != want {
			t.Errorf("%s: a heading of its own %v, want %v", state, got, want)
		}
	}
}

// The paper says of a go-ahead who gave it, when, why and for which wording, and whether it still holds.
func TestThePaperSaysWhoAllowedTheReply(t *testing.T) {
	at := time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)
	s := Story{zone: time.UTC, GoAhead: &GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line", At: at, Recorder: "Dana Whitlock", For: "revisions/01-until-2026-03-02.txt"}}
	got := fmt.Sprint(s.facts())
	for _, want := range []string{"by counsel (Ada Quist), 2 March 2026, 11:00 UTC, recorded by Dana Whitlock: one neutral line", "revisions/01-until-2026-03-02.txt. The mention was changed since"} {
		if !strings.Contains(got, want) {
			t.Errorf("the facts lack %q: %s", want, got)
		}
	}
}
