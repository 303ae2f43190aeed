package inbox

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/practice"
	"goodword/policy"
)

// What the practice has decided about a rule that fires stands at the verdict, with the name of who answers for it and the reason.
func TestASoftenedRuleSpeaksAtTheVerdict(t *testing.T) {
	r := newRoom(t, 1208, 752)
	officer := r.person("Noa Lund", "compliance", practice.Compliance)
	rules := policy.NewStore(r.db, r.deps.Now, r.practices)
	_, err := rules.AddGateRule(ctx, policy.GateRule{What: policy.SoftenRule, Rule: "your-care", Reason: "We ask first", ReviewOn: "2027-01-01"}, officer)
	r.must(err)
	r.Receive(r.say(r.source("google"), "Pat Quinn", 2, time.Hour, "The wait was long."))
	r.press("R")
	const text = "We are sorry that your appointment ran late. Call our office at 512-555-0140."
	r.typeReply(text)
	tone, said := verdict(text, r.reply.shown.choices.Result)
	if !strings.Contains(said, "Noa Lund") || !strings.Contains(said, "We ask first") {
		t.Errorf("got %q (%v), want who softened the rule and why", said, tone)
	}
	if said != r.reply.verdict {
		t.Errorf("the line says %q, want %q", r.reply.verdict, said)
	}
}
