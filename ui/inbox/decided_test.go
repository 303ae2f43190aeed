package inbox

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
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
	if said := r.reply.editor.Verdict(); !strings.Contains(said, "Noa Lund") || !strings.Contains(said, "We ask first") {
		t.Errorf("the line says %q, want who softened the rule and why", said)
	}
}

// The clocks of the open mention go on by themselves, and what is being typed stays.
func TestTheClocksTick(t *testing.T) {
	r, bad, _ := usual(t)
	r.deps.Tick = time.Nanosecond
	back := &later{}
	r.bg = back
	r.reading.open(bad)
	r.tick()
	tick := back.queue[len(back.queue)-1]
	back.queue = back.queue[:len(back.queue)-1]
	back.drain()
	chips := func() string {
		var all []string
		each(r.reading.body.Objects[0], func(o fyne.CanvasObject) {
			if c, ok := o.(*kit.Chip); ok {
				all = append(all, c.Text())
			}
		})
		return strings.Join(all, "|")
	}
	before, rest := chips(), r.reading.body.Objects[1]
	r.at = r.at.Add(26 * time.Hour)
	(*tick)()
	if after := chips(); after == before {
		t.Errorf("after a day the chips still say %s", after)
	}
	if r.reading.body.Objects[1] != rest {
		t.Error("more than the head was set anew")
	}
	if len(back.queue) == 0 {
		t.Error("the clock stands still after the first minute")
	}
}
