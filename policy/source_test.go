package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
)

func TestAgo(t *testing.T) {
	for then, want := range map[string]string{"2026-11-22": "today", "2026-11-21": "yesterday", "2026-11-12": "10 days ago", "2026-09-23": "60 days ago", "2026-08-22": "3 months ago",
		"2026-08-23": "91 days ago", "2025-11-22": "12 months ago", "2024-11-22": "2 years ago", "2026-11-23": "a day to come by the clock of this computer", "": "on a day that is not known"} {
		if got := policy.Ago(then, "2026-11-22"); got != want {
			t.Errorf("%q: got %q, want %q", then, got, want)
		}
	}
}

func TestAway(t *testing.T) {
	for then, want := range map[string]string{"2026-11-22": "today", "2026-11-23": "tomorrow", "2026-12-22": "in 30 days", "2026-11-18": "4 days ago", "": "on a day that is not known"} {
		if got := policy.Away(then, "2026-11-22"); got != want {
			t.Errorf("%q: got %q, want %q", then, got, want)
		}
	}
}

func TestAFactPastItsDaySaysSo(t *testing.T) {
	law := policy.Basis{Basis: "45 CFR 164.530", Source: "eCFR", Status: "verified", Checked: "2026-11-12"}
	tests := []struct {
		name  string
		basis policy.Basis
		day   string
		stale bool
		want  string
	}{
		{"fresh", law, "2026-11-22", false, "Checked against the official text on 12 November 2026, 10 days ago; to be looked at again by 12 November 2027."},
		{"the last day", law, "2027-11-12", false, "12 months ago; to be"},
		{"a day later", law, "2027-11-13", true, "It was to be looked at again by 12 November 2027 and may have changed"},
		{"its own day", policy.Basis{Status: "memory", Checked: "2026-11-12", ReviewBy: "2027-05-12"}, "2027-05-13", true, "was to be looked at again by 12 May 2027"},
		{"the practice's own", policy.Basis{Status: policy.StatusPractice, Checked: "2020-01-01"}, "2026-11-22", false, "Set by the practice on 1 January 2020, 6 years ago."},
		{"an old edition", policy.Basis{Status: "verified", Edition: "2007", Checked: "2026-11-22"}, "2026-11-22", false, "Checked against the official edition of 2007, not against today's, on 22 November 2026, today; to be"},
		{"ours", policy.Basis{Status: "suggested", Checked: "2026-11-22"}, "2026-11-23", false, "Noted on 22 November 2026, yesterday; to be"},
	}
	for _, test := range tests {
		if got := test.basis.Stale(test.day); got != test.stale {
			t.Errorf("%s: stale %v, want %v", test.name, got, test.stale)
		}
		if got := test.basis.Aged(test.day); !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q in it", test.name, got, test.want)
		}
	}
}

// Whatever the screens of the policy room show as a fact has a source, a day, and a day by which it is looked at again.
func TestEveryShownFactHasSourceAndAge(t *testing.T) {
	seen := 0
	check := func(what string, b policy.Basis) {
		t.Helper()
		seen++
		if b.Basis == "" || b.Source == "" && b.URL == "" {
			t.Errorf("%s: basis %q, source %q", what, b.Basis, b.Source)
		}
		if _, err := time.Parse(practice.Day, b.Checked); err != nil {
			t.Errorf("%s: checked on %q", what, b.Checked)
		}
		if b.LookAgain() <= b.Checked {
			t.Errorf("%s: checked on %q and due again on %q", what, b.Checked, b.LookAgain())
		}
		if age := b.Aged("2026-12-02"); !strings.Contains(age, "10 days ago") {
			t.Errorf("%s: %q does not tell its age", what, age)
		}
	}
	for _, f := range policy.Figures() {
		check("figure "+f.ID, f.Basis)
		if f.Says == "" {
			t.Errorf("figure %s says nothing", f.ID)
		}
	}
	for _, r := range guard.Default().Rules() {
		check("rule "+r.ID, policy.RuleBasis(r))
	}
	for _, s := range policy.TrustedSources() {
		check("trusted source "+s.ID, s.Ground())
	}
	for _, m := range policy.Myths() {
		g := m.Ground()
		g.Basis = m.Correct
		check("myth "+m.ID, g)
	}
	for _, c := range policy.Enforcement() {
		b := c.Basis
		b.Basis = c.Authority
		check("case "+c.ID, b)
	}
	for _, s := range policy.Studies() {
		check("study "+s.ID, s.Basis)
	}
	check("penalties", policy.PenaltySums().HIPAA.Basis)
	check("penalty of the review rule", policy.PenaltySums().ReviewRule.Basis)
	check("the first hour", policy.FirstHour().Basis)
	check("keeping", policy.KeepBasis())
	check("vendors", policy.VendorRule())
	check("doors off", policy.DoorRules{}.Ground())
	for _, c := range policy.Clocks() {
		check("clock "+c.ID, c.Basis)
	}
	for _, text := range []string{"", "Staff may not talk about their pay or the practice.", "Employees must write five-star reviews. A reward is paid for each review."} {
		for _, f := range policy.Lint(text).Findings {
			if f.Kind != policy.Hard && f.Kind != policy.Unfinished {
				check("lint "+f.Title, f.Basis)
			}
		}
	}
	if seen < 150 {
		t.Errorf("only %d facts were looked at", seen)
	}
	if g := (policy.DoorRules{On: true, Since: "2026-11-22", Grace: 12}).Ground(); g.Status != policy.StatusPractice || !strings.Contains(g.Basis, "12 days") {
		t.Errorf("doors that are on: got %+v", g)
	}
}

// The words of a figure say the number that the code counts with.
func TestFiguresSayTheNumbersInUse(t *testing.T) {
	for id, number := range map[string]int{"pass-mark": int(policy.PassMark * 100), "training-days": policy.FirstDays, "pass-months": policy.PassMonths, "warn-days": policy.WarnDays,
		"grace-days": policy.UsualGrace, "exception-days": policy.MostOverride, "sign-days": policy.SignWithin} {
		if f := policy.FigureOf(id); !strings.Contains(f.Says, fmt.Sprint(number)) {
			t.Errorf("%s says %q, and the number is %d", id, f.Says, number)
		}
	}
	if f := policy.FigureOf("no such figure"); f.Source != "" || f.Checked != "" {
		t.Errorf("a figure that is missing has a source: %+v", f)
	}
}
