package respond

import (
	"errors"
	"fmt"
	"strings"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// ErrTemplate says that a template may not be kept as it is.
var ErrTemplate = errors.New("the template may not be kept")

// Flaw is a wording of a template that cannot stand, and why.
type Flaw struct {
	Wording string
	Text    string // as it was filled in
	Why     string
	Result  guard.Result
}

// Try fills every wording of a template in each way that the facts of a practice allow and returns the first that the gate does not call clear, or
// that uses what is no variable.
func Try(t Template, p practice.Practice, places []practice.Place, gate *guard.Guard) (Flaw, bool) {
	known := Variables()
	for _, wording := range t.all() {
		for _, name := range variable.FindAllString(wording, -1) {
			if !contains(known, name) {
				return Flaw{Wording: wording, Why: name + " is no variable of the practice"}, true
			}
		}
		if left := variable.ReplaceAllString(wording, ""); strings.ContainsAny(left, "{}[]") {
			return Flaw{Wording: wording, Why: "A bracket is left open, so it would be published"}, true
		}
		for _, c := range ways(p, places) {
			text, ok := fill(wording, valuesOf(t.Language, c.practice, c.place))
			if !ok {
				continue
			}
			facts := own(c.practice, c.place)
			facts.Statements = t.statements
			result := gate.Check(guard.Draft{Kind: guard.Reply, Text: text, Own: facts})
			if result.Verdict != guard.Clear && len(result.Findings) > 0 {
				return Flaw{Wording: wording, Text: text, Why: result.Findings[0].Why, Result: result}, true
			}
		}
	}
	return Flaw{}, false
}

// Sound is Try as an error in a sentence, with what a template needs beside its wordings.
func Sound(t Template, p practice.Practice, places []practice.Place, gate *guard.Guard) error {
	if err := (&Library{}).add(t); err != nil {
		return refusal.Because(ErrTemplate, "%s", err.Error())
	}
	for _, wording := range t.all() {
		if strings.TrimSpace(wording) == "" {
			return refusal.Because(ErrTemplate, "A wording is empty")
		}
	}
	if flaw, bad := Try(t, p, places, gate); bad {
		return refusal.Because(ErrTemplate, "%s: \"%s\"", strings.TrimSuffix(flaw.Why, "."), short(flaw.Wording))
	}
	return nil
}

func short(text string) string {
	if letters := []rune(text); len(letters) > 80 {
		return string(letters[:80]) + "…"
	}
	return text
}

func contains(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}

// way is one way in which the facts of a practice stand when a template is filled.
type way struct {
	practice practice.Practice
	place    *practice.Place
}

// ways are the practice as it is, at each of its places, and as it would be without a telephone, a named contact, or a website.
func ways(p practice.Practice, places []practice.Place) []way {
	var list []way
	for bits := range 8 {
		one := p
		if bits&1 != 0 {
			one.Phone = ""
		}
		if bits&2 != 0 {
			one.ContactName = ""
		}
		if bits&4 != 0 {
			one.Website = ""
		}
		list = append(list, way{one, nil})
		for i := range places {
			list = append(list, way{one, &places[i]})
		}
	}
	return list
}

// String says in a line what is wrong.
func (f Flaw) String() string { return fmt.Sprintf("%s: %s", f.Why, short(f.Wording)) }
