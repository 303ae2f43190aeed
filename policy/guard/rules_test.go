package guard

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func (u *rule) fires(e example) bool {
	kind := e.Kind
	if kind == "" {
		kind = Reply
		if len(u.Kinds) > 0 {
			kind = u.Kinds[0]
		}
	}
	g := Default()
	if err := g.ready(); err != nil {
		panic(err)
	}
	r := g.read(Draft{Kind: kind, Review: e.Review, Text: e.Text})
	r.applyAll()
	found := r.found
	return slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == u.Code })
}

func TestRulesKeepTheirOwnExamples(t *testing.T) {
	for i := range Default().rules {
		u := &Default().rules[i]
		for _, e := range u.Fires {
			if !u.fires(e) {
				t.Errorf("rule %s is silent on %q, want a finding of %s", u.ID, e.Text, u.Code)
			}
		}
		for _, e := range u.Silent {
			if u.fires(e) {
				t.Errorf("rule %s: %q got a finding of %s, want none", u.ID, e.Text, u.Code)
			}
		}
		if len(u.Silent) == 0 {
			t.Errorf("rule %s has no example that must stay silent", u.ID)
		}
		if len(u.Fires) == 0 && !slices.Contains([]string{"word-count", "site-limit", "canned", "private-note"}, u.ID) {
			t.Errorf("rule %s has no example that must fire", u.ID)
		}
	}
}

func TestRulesSayWhyAndSinceWhen(t *testing.T) {
	seen := map[string]bool{}
	for _, u := range Default().Rules() {
		if seen[u.ID] {
			t.Errorf("rule id %s is used twice", u.ID)
		}
		seen[u.ID] = true
		for name, value := range map[string]string{"label": u.Label, "why": u.Why, "basis": u.Basis, "instead": u.Instead, "source": u.Source} {
			if value == "" {
				t.Errorf("rule %s has no %s", u.ID, name)
			}
		}
		if u.Severity != Block && u.Severity != Warn {
			t.Errorf("rule %s: got severity %q, want block or warn", u.ID, u.Severity)
		}
		if !strings.HasPrefix(u.URL, "https://") {
			t.Errorf("rule %s: got address %q, want https", u.ID, u.URL)
		}
		checked, err1 := time.Parse(time.DateOnly, u.Checked)
		until, err2 := time.Parse(time.DateOnly, u.ReviewBy)
		if err1 != nil || err2 != nil || !until.After(checked) {
			t.Errorf("rule %s: got dates %q and %q, want a review-by date after the checked date", u.ID, u.Checked, u.ReviewBy)
		}
	}
}

func TestEveryCodeOfTheSpecificationHasARule(t *testing.T) {
	want := strings.Fields(`patient-confirmation patient-denial phi-name phi-date phi-contact phi-id phi-health phi-family
		phi-financial phi-location medical-advice incentive review-removal-pressure legal-threat hostile-tone blame
		staff-privacy outcome-promise undisclosed-relationship fake-review quote-back missing-offline-path length
		background-patient consent-missing`)
	for _, code := range want {
		if !slices.ContainsFunc(Default().Rules(), func(u Rule) bool { return u.Code == code }) {
			t.Errorf("code %s has no rule", code)
		}
	}
	if got := len(Default().codes); got != len(want) {
		t.Errorf("got %d codes, want %d", got, len(want))
	}
}
