package policy_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestThePolicySetsHowLongRecordsAreKept(t *testing.T) {
	d := open(t)
	dana := d.people[0].Actor()
	if years, err := d.store.KeepFor(ctx); err != nil || years != 6 {
		t.Errorf("without a policy: got %d, %v", years, err)
	}
	q, _ := policy.FindQuestion("years")
	want := map[string]int{"six": 6, "seven": 7, "ten": 10}
	for _, o := range q.Options {
		v, _, err := d.store.BuildDraft(ctx, policy.Situation{"years": {o.ID}}, dana)
		must(t, err)
		v, err = d.store.PutInForce(ctx, v.ID, d.now.Format(practice.Day), dana)
		must(t, err)
		years, err := d.store.KeepFor(ctx)
		must(t, err)
		if years != want[o.ID] {
			t.Errorf("%s: got %d years", o.ID, years)
		}
		lines, err := d.store.RollCall(ctx, v.ID)
		must(t, err)
		var out bytes.Buffer
		must(t, paper.Write(&out, ".md", policy.RollSheet(practice.Practice{Name: "Elm Dental"}, v, lines, v.From, years, d.now)))
		if !strings.Contains(out.String(), map[int]string{6: "kept for 6 years", 7: "kept for 7 years", 10: "kept for 10 years"}[years]) {
			t.Errorf("the paper says something else than %d years", years)
		}
		d.now = d.now.AddDate(0, 0, 1)
	}
	if err := d.store.SetKeepFor(ctx, 7, dana); !errors.Is(err, policy.ErrStep) {
		t.Errorf("less than the policy says: %v", err)
	}
	must(t, d.store.SetKeepFor(ctx, 12, dana))
	if years, err := d.store.KeepFor(ctx); err != nil || years != 12 {
		t.Errorf("got %d, %v", years, err)
	}
	ground, err := d.store.KeepGround(ctx)
	must(t, err)
	if !strings.Contains(ground.Basis, "12 years") {
		t.Errorf("got %+v", ground)
	}
}
