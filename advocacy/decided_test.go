package advocacy_test

import (
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
)

// What the practice has decided about its words holds for posts and share kits as it does for replies, from the moment of the decision on.
func TestPostsPassThePracticesOwnRules(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(24*time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	_, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor())
	d.must(t, err)

	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	word := strings.Trim(strings.Fields(v.Variants[0].Text)[0], ",.")
	rules := policy.NewStore(d.db, clock.Clock(func() time.Time { return d.now }), d.practices)
	own, err := rules.AddGateRule(ctx, policy.GateRule{What: policy.AddRule, Code: "hostile-tone", Severity: guard.Block, Words: word, Reason: "We do not say that here", ReviewOn: "2027-05-01"}, d.owner.Actor())
	d.must(t, err)
	for name, text := range map[string]func() error{
		"copied":       func() error { _, err := d.CopyVariant(ctx, v.ID, v.Variants[0].Network, d.hr.Actor()); return err },
		"handed round": func() error { _, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor()); return err },
	} {
		if err := text(); err == nil || !strings.Contains(err.Error(), "We do not say that here") {
			t.Errorf("%s: got %v, want the practice's own reason", name, err)
		}
	}
	d.must(t, rules.EndGateRule(ctx, own.ID, "We say it again", d.owner.Actor()))
	_, err = d.MakeShareKit(ctx, v.ID, d.hr.Actor())
	d.must(t, err)
}

// A statement about health is left alone in a post once a clinician of the practice stands behind it, and judged again when the approval is taken back.
func TestPostsMaySayWhatAClinicianStandsBehind(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	clinician, err := d.practices.SavePerson(ctx, practice.Person{Name: "Dr. Ada Holm", Role: practice.Clinician}, audit.Program)
	d.must(t, err)
	ada := audit.Actor{ID: clinician, Name: "Dr. Ada Holm"}
	rules := policy.NewStore(d.db, clock.Clock(func() time.Time { return d.now }), d.practices)
	m, err := rules.SaveMyth(ctx, policy.Myth{Topic: "Sealants", Myth: "Sealants are poison", Correct: "Sealants cure toothache in all children, guaranteed.",
		Basis: policy.Basis{Source: "Health agency", URL: "https://example.org/sealants"}}, ada)
	d.must(t, err)
	stands := strings.Join(m.Statements(), " ")
	said := func() guard.Verdict {
		t.Helper()
		_, result, err := d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: v.Variants[0].Network, Text: "From our team: " + stands}, d.hr.Actor())
		d.must(t, err)
		return result.Verdict
	}
	if got := said(); got == guard.Clear {
		t.Fatalf("the words %q prove nothing: the gate leaves them alone anyway", stands)
	}
	d.must(t, rules.ApproveMyth(ctx, m.ID, ada))
	if got := said(); got != guard.Clear {
		t.Errorf("approved: got %s, want clear", got)
	}
	d.must(t, rules.WithdrawMyth(ctx, m.ID, ada))
	if got := said(); got == guard.Clear {
		t.Error("withdrawn: got clear, want it judged again")
	}
}
