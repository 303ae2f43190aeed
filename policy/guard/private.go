package guard

import (
	"slices"
	"strings"

	"goodword/internal/automaton"
)

// What only the practice knows must not reach the public: the facts of its
// private notes, unless the reviewer said them or they are the practice's own.
const privateID = "private-note"

var (
	noteDate   = automaton.MustCompile(`\b(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|september|october|november|december)|\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b`)
	noteNumber = automaton.MustCompile(`\$ ?\d[\d.,]*|\b\d[\d:.,-]*\b`)
	noteClock  = automaton.MustCompile(`^\d{1,2}:\d{2}$`)
)

const (
	shortestRare   = 6 // letters of a word that may be a fact
	shortestNumber = 2 // digits of a number that may be one
)

// privateFact compares the words of a draft with those of the private notes.
func privateFact(r *reading, u *rule) {
	for _, note := range r.Private {
		f := fold(note)
		r.g.speller.mend(&f)
		for _, m := range noteDate.All(f.lower) {
			r.tell(u, "phi-date", f.lower[m[0]:m[1]])
		}
		for _, m := range noteNumber.All(f.lower) {
			number := strings.TrimRight(f.lower[m[0]:m[1]], ".,:-")
			if len(onlyDigits(number)) >= shortestNumber && !noteDate.Match(number) {
				r.tell(u, numberCode(number), number)
			}
		}
		for _, w := range wordsOf(f.cased) {
			lower := asciiLower(strings.TrimSuffix(w.text, "'s"))
			switch {
			case digits(lower):
			case r.g.healthWord(lower):
				r.tell(u, "phi-health", lower)
			case len(lower) > 2 && capitalWithin(f.cased, w) && !r.g.common(lower):
				r.tell(u, "phi-name", lower)
			case len(lower) >= shortestRare && !r.g.common(lower):
				r.tell(u, "patient-confirmation", lower)
			}
		}
	}
}

// numberCode says what a number in a note most likely is.
func numberCode(m string) string {
	switch n := len(onlyDigits(m)); {
	case strings.HasPrefix(m, "$"):
		return "phi-financial"
	case noteClock.Match(m):
		return "phi-date"
	case n == 7 || n == 10 || n == 11:
		return "phi-contact"
	}
	return "phi-id"
}

// capitalWithin says whether a word has a capital though it begins no sentence.
func capitalWithin(cased string, w word) bool {
	if c := cased[w.start]; c < 'A' || c > 'Z' {
		return false
	}
	before := strings.TrimRight(cased[:w.start], " \"'(")
	return before != "" && strings.IndexByte(".!?\n:", before[len(before)-1]) < 0
}

// common says whether a word is too usual to be a fact that only a note holds.
func (g *Guard) common(w string) bool {
	return g.speller.known[w] || g.signs[w] != "" || g.usual[w] || strings.HasSuffix(w, "s") && (g.usual[w[:len(w)-1]] || g.speller.known[w[:len(w)-1]])
}

// healthWord says whether a word by itself tells of care: a treatment or a condition.
func (g *Guard) healthWord(w string) bool {
	switch g.signs[w] {
	case "CARE", "ILL", "MED":
		return true
	}
	return false
}

// tell notes a fact of a note that stands in the draft and not in the review.
func (r *reading) tell(u *rule, code, fact string) {
	if fact == "" || holdsWord(r.review.text, fact) {
		return
	}
	for at := 0; ; {
		i := strings.Index(r.body.lower[at:], fact)
		if i < 0 {
			return
		}
		start := at + i
		end := start + len(fact)
		at = end
		if !wholeWord(r.body.lower, start, end) || r.ours(start, end) || r.ownPart(fact) {
			continue
		}
		from, to := r.body.span(start, end)
		about := r.g.codes[code]
		r.found = append(r.found, Finding{Rule: code, Severity: u.Severity, Start: from, End: to, Quote: r.Text[from:to], Why: u.Why, Basis: about.Basis, Instead: u.Instead, id: privateID})
		return
	}
}

// ownPart says whether a fact is a part of what the practice itself owns.
func (r *reading) ownPart(fact string) bool {
	for _, own := range r.own {
		if holdsWord(own, fact) {
			return true
		}
	}
	return len(onlyDigits(fact)) > 6 && slices.ContainsFunc(r.Own.Phones, func(p string) bool { return lastDigits(p) == lastDigits(fact) })
}

func holdsWord(text, w string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], w)
		if i < 0 {
			return false
		}
		if wholeWord(text, at+i, at+i+len(w)) {
			return true
		}
		at += i + len(w)
	}
}

func wholeWord(text string, start, end int) bool {
	return (start == 0 || !wordByte(text[start-1])) && (end == len(text) || !wordByte(text[end]))
}
