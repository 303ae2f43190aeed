package guard

import (
	"regexp"
	"slices"
	"strings"

	"goodword/internal/automaton"
)

var (
	nameAt    = `(?:[A-Z]\. )?([A-Z][A-Za-z]+(?:['-][A-Z]?[a-z]+)*)`
	titledPro = named(`\b(?:Dr|Dra|Doctor|Doctora|Nurse|Hygienist|Therapist|Mr|Mrs|Ms|Miss)\.? ` + nameAt)
	ourName   = named(`\b[Oo]ur (?:[a-z-]+,? |PA |RN |MA |NP |RDH ){0,5}` + nameAt)
	possessed = named(nameAt + `'s (?:first|last|fifth|tenth|\w+th|\w+ anniversary|work|birthday|retirement|desk|smile|promotion)`)
	startName = named(`(?:^|[.!?:\n]"? ?)` + nameAt + `(?: ` + nameAt + `)?,? `)
)

// names finds the people whom a post names.
func (r *reading) names() []word {
	if !r.namesRead {
		r.namesRead, r.named = true, r.readNames()
	}
	return r.named
}

func (r *reading) readNames() []word {
	cased := r.body.cased
	var out []word
	take := func(start, end int) {
		w := word{start, end, cased[start:end]}
		if r.nameLike(w) && !acronym(w.text) && !placeAfter.MatchString(cased[end:]) {
			out = append(out, w)
		}
	}
	for _, m := range titledPro.all(cased) {
		take(m[2], m[3])
	}
	for _, m := range ourName.all(cased) {
		if !placeAfter.MatchString(cased[m[3]:]) && !preposition.MatchString(cased[m[0]:m[2]]) {
			take(m[2], m[3])
		}
	}
	for _, m := range possessed.all(cased) {
		take(m[2], m[3])
	}
	for _, m := range r.g.words["introduce"].all(r.body.lower, r.held) {
		r.nameAfter(m[1], take)
	}
	for _, m := range r.g.words["staff_role"].all(r.body.lower, r.held) {
		if n := nextName.FindStringSubmatchIndex(cased[m[1]:]); n != nil {
			take(m[1]+n[2], m[1]+n[3])
		}
	}
	for _, m := range r.g.words["credential"].all(r.body.lower, r.held) {
		if n := nameBefore.FindStringSubmatchIndex(cased[:m[0]]); n != nil {
			take(n[2], n[3])
		}
	}
	personal := r.has("pronoun")
	for _, m := range startName.all(cased) {
		rest := r.body.lower[m[1]:min(len(cased), m[1]+40)]
		if at, _ := r.g.words["staff_verb"].re().Find(rest); at == 0 || personal && verbLike.MatchString(rest) {
			take(m[2], m[3])
		}
	}
	return out
}

// acronym says whether a word is of capitals alone, as CPR is.
func acronym(w string) bool { return len(w) > 1 && strings.ToUpper(w) == w }

var (
	placeAfter  = regexp.MustCompile(`^(?: [A-Z][A-Za-z]+)* (?:(?i:office|clinic|location|branch|site|lot|campus|community|county|city|town|valley|school|high|park|library|university|hospital|bank|health|dental|pediatrics|pharmacy|lane|road|drive|square|elementary|league|club|street|center|building|avenue|team|day|week|drive|fair))`)
	verbLike    = regexp.MustCompile(`^(?:[a-z]+(?:s|ed)|can|will|just|never|always|and|who|from|swam|ran|won|made|built|wrote|taught|got|took|knew|went|came|gave|found) `)
	preposition = regexp.MustCompile(` (?:on|at|for|in|to|of|with|from|and|by|near|the|a|an) `)
	nextName    = regexp.MustCompile(`^,? ` + nameAt)
	nameBefore  = regexp.MustCompile(`([A-Z][A-Za-z]+(?:['-][A-Z]?[a-z]+)*), $`)
	nameSoon    = regexp.MustCompile(`^[,:]?(?: [a-z0-9'-]+,?){0,6} ` + nameAt)
)

// nameAfter looks for a name a few words after an introduction.
func (r *reading) nameAfter(i int, take func(int, int)) {
	if n := nameSoon.FindStringSubmatchIndex(r.body.cased[i:]); n != nil {
		take(i+n[2], i+n[3])
	}
}

// staffConsent asks whether a post that features a named person shows that
// person's consent.
func staffConsent(r *reading, u *rule) {
	if r.g.words["consent"].in(r.whole, r.held) || r.has("animal") || firstPerson.Match(r.body.lower) {
		return
	}
	if r.shouting() {
		return
	}
	if names := r.names(); len(names) > 0 {
		r.add(u, u.Severity, names[0].start, names[0].end)
	}
}

var firstPerson = automaton.MustCompile(`\b(?:i am|i'm|i work|soy|trabajo como)\b`)

// staffSecret judges a worker's health, discipline, pay or union activity:
// blocked, or a warning when the text states consent to tell just that.
func staffSecret(r *reading, u *rule) {
	if r.Kind == Spotlight && !r.has("pronoun") && !r.has("staff_role") && !slices.ContainsFunc(wordsOf(r.body.cased), r.nameLike) {
		return // it speaks of no one
	}
	for i := range u.patterns {
		for _, s := range r.sentences {
			for _, m := range u.patterns[i].all(s.text, s.held) {
				if overlaps(u.except, s, m) || match(u.unless, s.text, s.held) || !r.allowed(u) {
					continue
				}
				severity := u.Severity
				if r.g.words["special_consent"].in(r.whole, r.held) {
					severity = Warn
				}
				r.add(u, severity, s.start+m[0], s.start+m[1])
			}
		}
	}
}
