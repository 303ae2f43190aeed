package policyroom_test

import "testing"

func TestProofShowsWhatIsOnRecord(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Proof/pack")
	r.sees("Proof pack", "Export a pack", "2 modules passed", "for 6 years")
	r.Receive("Proof/certificates")
	r.sees("Save the certificate", "Check a code")
	r.Receive("Proof/kept")
	r.sees("Nothing has served its time", "45 CFR 164.530(j)(2)", "Records are kept for 6 years")
	r.run("Place a legal hold")
	if r.host.LastDialog() == nil {
		t.Fatal("no dialog asked for the hold")
	}
	must(t, r.store.PlaceHold(ctx, "", "Letter of the regulator", r.people[0].Actor()))
	r.Changed("policy")
	r.Receive("Proof/kept")
	r.sees("Legal hold on everything", "Letter of the regulator", "1 hold")
	r.broken = true
	r.Changed("policy")
	r.Receive("Proof")
	r.sees("What is on record could not be read")
}
