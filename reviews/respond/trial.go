package respond

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// ErrTemplate says that a template may not be kept as it is.
var ErrTemplate = errors.New("the template may not be kept")

// Trial is what the wordings of a practice are tried against: its facts, its places, and the gate with its own copy of the rules.
type Trial struct {
	Practice practice.Practice
	Places   []practice.Place
	Gate     *guard.Guard
	Local    guard.Local
}

// Flaw is a wording of a template that cannot stand, and why.
type Flaw struct {
	Tone    Tone   // "" for the tone in which the template is written first
	Wording string // as it is written, with its variables
	Text    string // as it was filled in, where the gate found something
	Why     string
	Result  guard.Result
}

// String says in a line what is wrong.
func (f Flaw) String() string { return fmt.Sprintf("%s: %s", f.Why, short(f.Wording)) }

// Flaws fills every wording of a template in each way that the facts of a practice allow, and returns the first flaw of each wording: that the gate does
// not call it clear, that it uses what is no variable, or that nothing stands there.
func (t Trial) Flaws(of Template) []Flaw {
	var all []Flaw
	for _, tone := range append([]Tone{""}, Tones()...) {
		wordings := of.Tones[tone]
		if tone == "" {
			wordings = of.Wordings
		}
		for _, wording := range wordings {
			if f, bad := t.flaw(of, wording); bad {
				f.Tone, f.Wording = tone, wording
				all = append(all, f)
			}
		}
	}
	return all
}

func (t Trial) flaw(of Template, wording string) (Flaw, bool) {
	if strings.TrimSpace(wording) == "" {
		return Flaw{Why: "A wording is empty"}, true
	}
	for _, name := range variable.FindAllString(wording, -1) {
		if !slices.Contains(Variables(), name) {
			return Flaw{Why: name + " is no variable of the practice"}, true
		}
	}
	if left := variable.ReplaceAllString(wording, ""); strings.ContainsAny(left, "{}[]") {
		return Flaw{Why: "A bracket is left open, so it would be published"}, true
	}
	for _, c := range ways(t.Practice, t.Places) {
		text, ok := fill(wording, valuesOf(of.Language, c.practice, c.place))
		if !ok {
			continue
		}
		facts := own(c.practice, c.place)
		facts.Statements = of.statements
		result := t.Gate.Check(guard.Draft{Kind: guard.Reply, Text: text, Own: facts, Local: t.Local})
		if result.Verdict != guard.Clear && len(result.Findings) > 0 {
			return Flaw{Text: text, Why: result.Findings[0].Why, Result: result}, true
		}
	}
	return Flaw{}, false
}

// Sound is Flaws as an error in a sentence, with what a template needs beside its wordings.
func (t Trial) Sound(of Template) error {
	if err := (&Library{}).add(of); err != nil {
		return refusal.Because(ErrTemplate, "%s", err.Error())
	}
	for _, f := range t.Flaws(of) {
		return refusal.Because(ErrTemplate, "%s: \"%s\"", strings.TrimSuffix(f.Why, "."), short(f.Wording))
	}
	return nil
}

func short(text string) string {
	if letters := []rune(text); len(letters) > 80 {
		return string(letters[:80]) + "…"
	}
	return text
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
