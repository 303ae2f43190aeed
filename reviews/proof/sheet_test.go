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
