package policyroom_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"goodword/policy"
	"goodword/policy/guard"
)

var (
	lawCited = regexp.MustCompile(`\b\d+ (?:CFR|FR) |U\.S\.C\.|GDPR|PIPEDA`)
	ofOurs   = regexp.MustCompile(`\b\d+ %|\b\d+ (?:days|months|years) (?:from|at most|have|until)|\bPassed with`)
	ageSaid  = regexp.MustCompile(`\d{1,2} [A-Z][a-z]+ \d{4}[^.;]*, (?:today|yesterday|\d+ \w+ ago)`)
)

// pages are all places of the room that show facts.
func pages() []string {
	all := append([]string{"Crisis plan", "Near-misses", "Training/team", "Myths/how", "Incidents/penalties", "Proof/pack", "Proof/certificates", "Proof/kept", "Proof/brief"}, tabs...)
	for _, g := range policy.List() {
		all = append(all, "Checklist/"+g.Items[0].ID)
	}
	for _, m := range policy.Modules() {
		all = append(all, "Training/"+m.ID)
	}
	for n, r := range guard.Default().Rules() {
		if n%20 == 0 {
			all = append(all, "Rules/"+r.ID)
		}
	}
	for n, m := range policy.Myths() {
		if n%6 == 0 {
			all = append(all, "Myths/"+m.ID)
		}
	}
	for _, c := range policy.Enforcement() {
		all = append(all, "Incidents/case/"+c.ID)
	}
	return all
}

// Wherever the room cites a law or shows a number of ours, the same page says where it comes from and how old that is.
func TestEveryPageSaysSourceAndAge(t *testing.T) {
	r := open(t)
	r.busy()
	r.stopped = []policy.Stopped{{DraftID: 7, Rule: "phi-health", Label: "Health", Proposal: "A draft"}}
	r.now = r.now.AddDate(0, 0, 10)
	r.Shown()
	for _, page := range pages() {
		r.Receive(page)
		words := r.texts()
		if (lawCited.MatchString(words) || ofOurs.MatchString(words)) && !ageSaid.MatchString(words) {
			t.Errorf("%s shows %q and %q without source and age:\n%s", page, lawCited.FindString(words), ofOurs.FindString(words), words)
		}
	}
	for page, want := range map[string]string{
		"Vendors": "164.504(e)", "Doors": "no norm says what it opens", "Training/m1": "our suggestion; the Privacy Rule asks", "Proof/kept": "45 CFR 164.530(j)(2)",
		"Proof/certificates": "sets no mark", "Signatures": "no law sets the number", "Myths/how": "Not yet checked against any page; noted on 22 November 2026, 10 days ago", "Crisis plan": "the official edition of 2007",
		"Near-misses": "stricter than the list of identifiers", "Rules": "to be looked at again by 22 May 2027", "Proof/brief": "What research it cites", "Incidents/1": "45 CFR 164.402(2)"} {
		r.Receive(page)
		if words := r.texts(); !strings.Contains(strings.ToLower(words), strings.ToLower(want)) || !strings.Contains(words, "10 days ago") {
			t.Errorf("%s: %q or its age is missing:\n%s", page, want, words)
		}
	}
}

func TestARulePastItsDayStandsOut(t *testing.T) {
	r := open(t)
	r.now = time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC)
	r.Shown()
	r.Receive("Rules")
	r.sees("Look again", "It was to be looked at again by 22 May 2027 and may have changed")
	r.Receive("Vendors")
	r.sees("to be looked at again by 22 November 2027")
}

func TestTheDoorsNameThePracticesOwnSetting(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Doors")
	r.sees("the practice chooses the number when it switches the doors on", "its people hear of it: our suggestion, so that a module")
	r.press("Switch the doors on")
	r.host.LastDialog().Press("Switch on")
	r.sees("The practice switched the doors on with 30 days before they shut. Set by the practice on 22 November 2026, today.")
	must(t, r.store.SetKeepFor(ctx, 8, r.people[0].Actor()))
	r.Receive("Proof/kept")
	r.sees("Dana Whitlock chose 8 years; the rule asks for 6. Set by the practice on 22 November 2026, today.")
}
