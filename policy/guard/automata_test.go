package guard

import (
	"reflect"
	"regexp"
	"testing"

	"goodword/assets"
	"goodword/internal/automaton"
)

// The gate reads patterns as package regexp does, only faster: here both read what the rules' own examples say.
func TestPatternsFindWhatRegexpFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("many drafts, judged one after the other: the race detector finds nothing here")
	}
	g, err := Load(assets.FS)
	if err != nil {
		t.Fatal(err)
	}
	slow := map[*automaton.Automaton]*regexp.Regexp{}
	compared := 0
	compare := func(p *pattern, text string, held presence) {
		if !held.may(p.needs) {
			return
		}
		re := p.re()
		if slow[re] == nil {
			slow[re] = regexp.MustCompile(re.String())
		}
		got, want := re.All(text), slow[re].FindAllStringIndex(text, -1)
		if compared++; !reflect.DeepEqual(got, want) {
			t.Errorf("%s in %q: got %v, want %v", re, text, got, want)
		}
	}
	for i := range g.rules {
		for _, e := range append(g.rules[i].Fires, g.rules[i].Silent...) {
			text := fold(e.Text).lower
			parts := sentences(text)
			parts = append(parts, sentence{text: text, held: g.lits.in(text, parts)})
			for k := range g.rules {
				for _, list := range g.rules[k].lists() {
					for n := range list {
						for _, s := range parts {
							compare(&list[n], s.text, s.held)
						}
					}
				}
			}
			for _, p := range g.words {
				for _, s := range parts {
					compare(p, s.text, s.held)
				}
			}
		}
	}
	if compared < 1000 {
		t.Errorf("got %d comparisons, want many", compared)
	}
}

func TestNamesKeepTheirGroups(t *testing.T) {
	text := "Thank you so much, Ann Lee. Joe, we agree. Hi Bob O'Hara! @Zed"
	for _, n := range []naming{greeted, opening} {
		whole := regexp.MustCompile(n.anywhere.String())
		got, want := n.all(text), whole.FindAllStringSubmatchIndex(text, -1)
		if len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", whole, got, want)
		}
	}
}
