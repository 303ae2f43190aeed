package guard

import (
	"testing"

	"goodword/assets"
)

// lists are all patterns of a rule.
func (u *rule) lists() [][]pattern {
	return [][]pattern{u.patterns, u.except, u.unless, u.unlessText, u.withText, u.withReview, u.softenText}
}

// Patterns compile when they are first asked, so a bad one would only show then.
func TestEveryPatternCompiles(t *testing.T) {
	g, err := Load(assets.FS)
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for i := range g.rules {
		for _, list := range g.rules[i].lists() {
			for _, p := range list {
				p.re()
				got++
			}
		}
	}
	for _, p := range g.words {
		p.re()
		got++
	}
	if got < 400 {
		t.Errorf("got %d patterns, want those of all packs", got)
	}
}

// The strings that a pattern needs only save time: where it matches, they are.
func TestNeedsHideNoMatch(t *testing.T) {
	if testing.Short() {
		t.Skip("many drafts, judged one after the other: the race detector finds nothing here")
	}
	g, err := Load(assets.FS)
	if err != nil {
		t.Fatal(err)
	}
	matches := 0
	check := func(text string) {
		t.Helper()
		s := sentences(fold(text).lower)
		whole := fold(text).lower
		held := g.lits.in(whole, s)
		for i := range g.rules {
			for _, list := range g.rules[i].lists() {
				for _, p := range list {
					if p.re().Match(whole) {
						matches++
						if !held.may(p.needs) {
							t.Errorf("rule %s: %q matches %q, and its needs deny that", g.rules[i].ID, p.re(), text)
						}
					}
					for _, part := range s {
						if !part.held.may(p.needs) && p.re().Match(part.text) {
							t.Errorf("rule %s: %q matches the sentence %q, and its needs deny that", g.rules[i].ID, p.re(), part.text)
						}
					}
				}
			}
		}
	}
	for i := range g.rules {
		u := &g.rules[i]
		for _, e := range append(u.Fires, u.Silent...) {
			check(e.Text)
			check(e.Review)
		}
	}
	if matches < 200 {
		t.Errorf("got %d matches, want many", matches)
	}
}
