package respond_test

import (
	"slices"
	"strings"
	"testing"

	"goodword/policy/guard"
	"goodword/reviews/respond"
)

// A draft for somebody who may be in danger names the numbers of the country that the practice is in, and its own way for emergencies where it has one.
func TestACareDraftNamesTheLinesOfTheCountry(t *testing.T) {
	table := []struct{ country, language, number, line string }{
		{"US", "en", "call 911.", "988 Lifeline"}, {"", "en", "call 911.", "988 Lifeline"}, {"usa", "es", "al 911.", "Línea 988"}, {"CA", "en", "call 911.", "988 helpline"},
		{"GB", "en", "call 999.", "116 123"}, {"DE", "en", "call 112.", "Crisis lines"}, {"EU", "es", "al 112.", "líneas de crisis"}, {"NZ", "en", "call the local emergency number.", "Crisis lines"},
		{"NZ", "es", "al número local de emergencias.", "líneas de crisis"},
	}
	for _, c := range table {
		for _, known := range []bool{true, false} {
			p := full()
			p.Country = c.country
			p.Facts["emergency es"] = "El contestador nombra a quien está de guardia"
			if !known {
				p.Facts = nil
			}
			m := mention("I cannot go on.", 1, "negative")
			m.Signals, m.Urgency, m.Language = []string{"self_harm"}, "critical", c.language
			drafts := suggest(m, p, nil, nil)
			i := slices.IndexFunc(drafts, func(s respond.Suggestion) bool { return strings.HasPrefix(s.TemplateID, "crisis-care") })
			if i < 0 {
				t.Fatalf("%s: no care draft among %+v", c.country, drafts)
			}
			text := drafts[i].Text
			if !strings.Contains(text, c.number) || !strings.Contains(text, c.line) {
				t.Errorf("%s, %s: got %q, want %q and %q", c.country, c.language, text, c.number, c.line)
			}
			path := "A recorded message names the clinician on call."
			if c.language == "es" {
				path = "El contestador nombra a quien está de guardia."
			}
			if got := strings.Contains(text, path); got != known {
				t.Errorf("%s, %s: names the practice's own way for emergencies: %v, want %v: %q", c.country, c.language, got, known, text)
			}
		}
	}
}

// Every care draft passes the gate in every country, and each entry says where it is from.
func TestCareDraftsPassTheGateInEveryCountry(t *testing.T) {
	gate, checked := guard.Default(), 0
	for _, help := range respond.Helps() {
		if help.Source == "" || help.URL == "" || help.Status == "" {
			t.Errorf("%v does not say where it is from", help.Codes)
		}
		code := "ZZ"
		if len(help.Codes) > 0 {
			code = help.Codes[0]
		}
		for _, id := range []string{"crisis-care", "crisis-care-es", "emergency-line", "question-emergency", "question-emergency-es"} {
			template, ok := respond.Default().Template(id)
			if !ok {
				t.Fatalf("there is no template %s", id)
			}
			for _, one := range each(template) {
				p := full()
				p.Country = code
				p.Facts["emergency es"] = "El contestador nombra a quien está de guardia"
				text := respond.Default().Fill(one, p, nil)
				checked++
				if got := gate.Check(guard.Draft{Kind: guard.Reply, Text: text, Own: guard.Own{Phones: []string{p.Phone}, Names: []string{p.Name, p.ContactName}}}); text == "" || got.Verdict != guard.Clear {
					t.Errorf("%s in %s: %s\n%s\n%s", id, code, got.Verdict, text, findings(got))
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d drafts were checked", checked)
	}
}
