package guard

import (
	"fmt"
	"slices"
	"strings"
)

// Local is what a practice has decided about the rules: those it softens or
// has switched off, its own additions, and words that are its own.
type Local struct {
	Changes []Change
	Added   []Addition
	Words   []string // the practice's own, such as a public event or a nickname in the team: never a leak
}

// Change softens a rule to a warning or, at Clear, switches it off. Someone
// has answered for it, and the judgement says so wherever the rule fired.
type Change struct {
	Rule   string  `json:"rule"`
	To     Verdict `json:"to"`
	Reason string  `json:"reason"`
	By     string  `json:"by"`
	Since  string  `json:"since"` // a date
}

// Addition is a rule of the practice: words that may not be published, or not without a second look.
type Addition struct {
	ID, Code, Why string
	Words         string // each line is a word or phrase of its own
	Severity      Verdict
	Kind          Kind   // "": replies and posts
	Language      string // "en" or "es"; "": any
	Source        string

	Fires, Silent []string // texts that it must and must not stop
}

// IsCore says whether a code guards what the law protects. A rule of such a
// code can be softened, never switched off.
func IsCore(code string) bool {
	return strings.HasPrefix(code, "phi-") || slices.Contains([]string{"patient-confirmation", "patient-denial", "staff-privacy", "background-patient", "consent-missing"}, code)
}

// addLocal finds the practice's own words that may not be published.
func (r *reading) addLocal() {
	for _, a := range r.Local.Added {
		if a.Kind != "" && a.Kind != r.Kind || a.Severity != Block && a.Severity != Warn || !r.mayBe(a.Language) {
			continue
		}
		for phrase := range strings.SplitSeq(a.Words, "\n") {
			if words := strings.TrimSpace(fold(phrase).lower); words != "" {
				r.addWords(a, words)
			}
		}
	}
}

// addWords notes every place at which folded words of an addition stand.
func (r *reading) addWords(a Addition, words string) {
	about, basis := r.g.codes[a.Code], "A rule of the practice"
	if a.Source != "" {
		basis += ": " + a.Source
	}
	for at := 0; ; {
		i := strings.Index(r.body.lower[at:], words)
		if i < 0 {
			return
		}
		start, end := at+i, at+i+len(words)
		if at = end; wholeWord(r.body.lower, start, end) {
			from, to := r.body.span(start, end)
			r.found = append(r.found, Finding{Rule: a.Code, Severity: a.Severity, Start: from, End: to, Quote: r.Text[from:to],
				Why: a.Why, Basis: basis, Instead: about.Instead, id: a.ID})
		}
	}
}

// The small words by which English and Spanish are told apart.
var smallWords = map[string][]string{
	"en": {"the", "and", "of", "to", "is", "are", "you", "your", "we", "our", "for", "with", "this", "that", "please", "thank", "not"},
	"es": {"el", "la", "los", "las", "de", "que", "y", "es", "son", "usted", "su", "nos", "nuestra", "nuestro", "para", "con", "por", "una", "un", "gracias", "no"},
}

// mayBe reports whether the draft may be in a language: only one that clearly reads as another is not.
func (r *reading) mayBe(language string) bool {
	if language == "" {
		return true
	}
	counts := map[string]int{}
	for _, w := range r.words {
		for name, small := range smallWords {
			if slices.Contains(small, w.text) {
				counts[name]++
			}
		}
	}
	for name, n := range counts {
		if name != language && n > counts[language] {
			return false
		}
	}
	return true
}

// Prove tries an addition on its own examples. The error names the first that it judges otherwise than it says.
func (g *Guard) Prove(a Addition) error {
	if err := g.ready(); err != nil {
		return err
	}
	for _, text := range a.Fires {
		if !g.stops(a, text) {
			return fmt.Errorf("The rule must stop this example and does not: %q", text)
		}
	}
	for _, text := range a.Silent {
		if g.stops(a, text) {
			return fmt.Errorf("The rule must leave this example alone and stops it: %q", text)
		}
	}
	return nil
}

func (g *Guard) stops(a Addition, text string) bool {
	kind := a.Kind
	if kind == "" {
		kind = Reply
	}
	r := g.read(Draft{Kind: kind, Text: head(text, longest), Local: Local{Added: []Addition{a}}})
	r.addLocal()
	return len(r.found) > 0
}

// soften applies what the practice has decided, and says so: in the finding, and in the notes beside the verdict.
func (r *reading) soften() []string {
	var notes []string
	for _, c := range r.Local.Changes {
		at := slices.IndexFunc(r.g.rules, func(u rule) bool { return u.ID == c.Rule })
		if at < 0 || c.Reason == "" || c.Rule == privateID {
			continue
		}
		u, to, fired := &r.g.rules[at], c.To, false
		if to == Clear && IsCore(u.Code) {
			to = Warn
		}
		said := fmt.Sprintf("The rule “%s” is softened here by %s since %s: %s", u.Label, c.By, c.Since, c.Reason)
		if to == Clear {
			said = fmt.Sprintf("The rule “%s” was switched off here by %s on %s: %s", u.Label, c.By, c.Since, c.Reason)
		}
		for i := range r.found {
			f := &r.found[i]
			if f.id != c.Rule || f.Severity.weight() <= to.weight() {
				continue
			}
			f.Severity, fired = to, true
			f.Why += " " + said + "."
		}
		if fired {
			notes = append(notes, said)
		}
	}
	r.found = slices.DeleteFunc(r.found, func(f Finding) bool { return f.Severity == Clear })
	return notes
}

// texts are all that the judgement depends on, in words.
func (l Local) texts() []string {
	var out []string
	for _, c := range l.Changes {
		out = append(out, c.Rule, string(c.To), c.Reason, c.By, c.Since)
	}
	for _, a := range l.Added {
		out = append(out, a.ID, a.Code, a.Words, a.Why, string(a.Severity), string(a.Kind), a.Language, a.Source)
	}
	return out
}

// Examples are drafts that a rule fires on, and drafts that it is silent on.
func (g *Guard) Examples(id string) (fires, silent []string) {
	for i := range g.rules {
		if u := &g.rules[i]; u.ID == id {
			for _, e := range u.Fires {
				fires = append(fires, e.Text)
			}
			for _, e := range u.Silent {
				silent = append(silent, e.Text)
			}
		}
	}
	return fires, silent
}
