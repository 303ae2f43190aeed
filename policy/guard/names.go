package guard

import (
	"regexp"
	"slices"
	"strings"

	"goodword/internal/automaton"
)

var (
	properName    = `([A-Z][A-Za-z]+(?:['-][A-Z]?[a-z]+)*)`
	fullName      = properName + `(?: (?:[A-Z]\.? )?` + properName + `)?`
	greeting      = `\b(?i:thanks|thank you|thx|hi|hey|hello|dear|gracias|hola|estimad[oa]|querid[oa]|sorry|apologies|well said|bless you|congrats|congratulations|cheers|you got it|take care|mil gracias|muchas gracias)(?: (?i:so much|again|a million|a lot|there|very much|de nuevo))?,? `
	greeted       = named(`(?:` + greeting + `|, |@)` + fullName)
	greetedBefore = regexp.MustCompile(greeting + `$`)
	opening       = named(`(?:^|[.!?\n] ?)` + fullName + `(?:,| -|:) `)
	titled        = automaton.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Mister|Mx|Señora|Senora|Senor|Sr|Sra|Srta|Don|Dona|MR|MRS|MS|SRA|SR)\.? ` + fullName)
	dotted        = regexp.MustCompile(`\b(mr|mrs|ms|dr|sra?|dra)\. `)
	doctor        = regexp.MustCompile(`\bdra? +$`)
	initials      = automaton.MustCompile(`\b(?:[A-Z]\. ?[A-Z]\.)|(?:[,@] |[Tt]hanks,? |[Hh]i |[Dd]ear )(?:[A-Z]\.?[A-Z]\b\.?|[A-Z]\.)(?:[ ,!.]|$)`)
)

// naming is an expression with groups for the names in it. An automaton finds where it matches, and package regexp, which is slower, its groups in a match: it
// must not ask what lies around one.
type naming struct {
	anywhere *automaton.Automaton
	groups   *regexp.Regexp
}

func named(expression string) naming {
	return naming{automaton.MustCompile(expression), regexp.MustCompile("^(?:" + expression + ")")}
}

// all finds every match in the text, with its groups.
func (n naming) all(text string) [][]int {
	found := n.anywhere.All(text)
	for i, m := range found {
		found[i] = n.groups.FindStringSubmatchIndex(text[m[0]:m[1]])
		for k, at := range found[i] {
			if at >= 0 {
				found[i][k] = at + m[0]
			}
		}
	}
	return found
}

// shownName finds the first name that the review shows.
func shownName(r *reading, u *rule) {
	given, _ := splitShown(r.review.shown)
	if given == "" {
		return
	}
	for _, w := range r.words {
		if strings.EqualFold(strings.TrimSuffix(w.text, "'s"), given) && (r.capital(w.start) || !r.g.speller.known[w.text]) {
			r.add(u, u.Severity, w.start, w.end)
		}
	}
}

// firstName finds a greeting by a name where the review shows none.
func firstName(r *reading, u *rule) {
	if given, _ := splitShown(r.review.shown); given != "" {
		return
	}
	for _, n := range r.vocatives() {
		r.add(u, u.Severity, n.start, n.end)
	}
}

// unmaskedName finds what a display name hides, its surname or the name behind a nickname, and the full name, title or initials of whoever is greeted.
func unmaskedName(r *reading, u *rule) {
	given, rest := splitShown(r.review.shown)
	words := wordsOf(r.body.cased)
	for i, w := range words {
		for _, s := range rest {
			if strings.EqualFold(strings.TrimSuffix(w.text, "'s"), s) && (r.capital(w.start) || !r.g.speller.known[asciiLower(s)]) &&
				(len(s) > 1 || i > 0 && strings.EqualFold(words[i-1].text, given)) {
				r.add(u, u.Severity, w.start, w.end)
			}
		}
		if given != "" && strings.EqualFold(w.text, given) && i+1 < len(words) && len(rest) == 0 && r.adjoining(w, words[i+1]) && r.nameLike(words[i+1]) {
			r.add(u, u.Severity, w.start, words[i+1].end)
		}
	}
	for _, m := range r.findTitled() {
		if !r.isStaff(m[0], m[1]) && r.greets(m[0], m[1]) {
			r.add(u, u.Severity, m[0], m[1])
		}
	}
	for _, m := range r.findInitials() {
		if !r.isStaff(m[0], m[1]) && !abbreviation[strings.ToUpper(strings.Trim(r.body.cased[m[0]:m[1]], " ,!."))] {
			r.add(u, u.Severity, m[0], m[1])
		}
	}
	for _, n := range r.vocatives() {
		if !n.opens && (n.full || r.unmasks(n)) {
			r.add(u, u.Severity, n.start, n.end)
		}
	}
}

// spokenName finds names that may be the reviewer's or a colleague's: with a title, or at the head of a sentence.
func spokenName(r *reading, u *rule) {
	for _, m := range r.findTitled() {
		if !r.isStaff(m[0], m[1]) && !r.greets(m[0], m[1]) {
			r.add(u, u.Severity, m[0], m[1])
		}
	}
	for _, n := range r.vocatives() {
		if n.opens && (n.full || r.unmasks(n)) {
			r.add(u, u.Severity, n.start, n.end)
		}
	}
}

// unmasks says whether a name is another than the one that the review shows.
func (r *reading) unmasks(n vocative) bool {
	given, _ := splitShown(r.review.shown)
	return r.review.shown != "" && !strings.EqualFold(n.first, given)
}

// greets says whether a name is said to somebody: after a greeting, or at the end after a comma.
func (r *reading) greets(start, end int) bool {
	before := r.body.cased[max(0, start-30):start]
	return greetedBefore.MatchString(before) || strings.HasSuffix(before, ", ") && r.closes(end)
}

// titles are the first letters of every title, as a cheap first look.
var titles = []string{"Mr", "MR", "Ms", "MS", "Mi", "Mx", "Se", "Sr", "SR", "Do"}

func (r *reading) findTitled() [][]int {
	if !slices.ContainsFunc(titles, func(t string) bool { return strings.Contains(r.body.cased, t) }) {
		return nil
	}
	return titled.All(r.body.cased)
}

func (r *reading) findInitials() [][]int {
	if r.shouting() {
		return nil
	}
	for i := 0; i+1 < len(r.body.cased); i++ {
		if next := r.body.cased[i+1]; r.capital(i) && (next == '.' || r.capital(i+1)) {
			return initials.All(r.body.cased)
		}
	}
	return nil
}

var abbreviation = map[string]bool{"U.S": true, "P.M": true, "A.M": true, "D.C": true, "N.Y": true, "P.S": true, "P. S": true, "P.O": true, "P. O": true, "PM": true, "AM": true, "TV": true, "PT": true, "OK": true, "ER": true, "HR": true, "IT": true}

type vocative struct {
	start, end int
	first      string
	full       bool
	opens      bool // a sentence, where it may be its subject
}

// vocatives finds names by which the draft addresses someone.
func (r *reading) vocatives() []vocative {
	if !r.addressRead {
		r.addressRead, r.addressed = true, r.readVocatives()
	}
	return r.addressed
}

func (r *reading) readVocatives() []vocative {
	if r.shouting() || !slices.ContainsFunc(wordsOf(r.body.cased), r.nameLike) {
		return nil
	}
	var out []vocative
	for _, way := range []*naming{&greeted, &opening} {
		for _, m := range way.all(r.body.cased) {
			first := word{m[2], m[3], r.body.cased[m[2]:m[3]]}
			if !r.nameLike(first) || r.isStaff(first.start, m[1]) {
				continue
			}
			v := vocative{start: first.start, end: first.end, first: first.text, opens: way == &opening}
			if m[4] >= 0 {
				if last := (word{m[4], m[5], r.body.cased[m[4]:m[5]]}); r.nameLike(last) {
					v.end, v.full = last.end, true
				}
			}
			if way == &greeted && strings.HasPrefix(r.body.cased[m[0]:], ", ") && !r.closes(v.end) {
				continue
			}
			out = append(out, v)
		}
	}
	return out
}

// closes says whether the sentence ends at i, as it does after "thank you, Ann."
func (r *reading) closes(i int) bool {
	return i >= len(r.body.cased) || strings.IndexByte(".!?\n", r.body.cased[i]) >= 0
}

// shouting says whether the text is in capitals, where a capital tells nothing.
func (r *reading) shouting() bool {
	up, low := 0, 0
	for i := 0; i < len(r.body.cased); i++ {
		switch c := r.body.cased[i]; {
		case 'A' <= c && c <= 'Z':
			up++
		case 'a' <= c && c <= 'z':
			low++
		}
	}
	return up > low
}

func (r *reading) capital(i int) bool {
	c := r.body.cased[i]
	return 'A' <= c && c <= 'Z'
}

// nameLike says whether a capitalised word is likely somebody's name.
func (r *reading) nameLike(w word) bool {
	lower := asciiLower(strings.TrimSuffix(w.text, "'s"))
	if !r.capital(w.start) || len(lower) < 2 || r.g.speller.known[lower] || strings.IndexFunc(lower, func(c rune) bool { return c >= '0' && c <= '9' }) >= 0 {
		return false
	}
	from, to := r.g.words["notname"].re().Find(lower)
	return from != 0 || to != len(lower)
}

func (r *reading) adjoining(a, b word) bool {
	return b.start == a.end+1 && r.body.cased[a.end] == ' '
}

// isStaff says whether the words at [start, end) name one of the practice:
// its own list, or a role beside the name.
func (r *reading) isStaff(start, end int) bool {
	name := r.body.lower[start:end]
	for _, own := range r.Own.Names {
		f := fold(own)
		for _, w := range strings.Fields(f.lower) {
			if len(w) > 2 && strings.Contains(name, w) {
				return true
			}
		}
	}
	before := dotted.ReplaceAllString(r.body.lower[max(0, start-40):start], "$1 ")
	if i := strings.LastIndexAny(before, ".!?\n"); i >= 0 {
		before = before[i+1:]
	}
	after := r.body.lower[end:min(len(r.body.lower), end+40)]
	if i := strings.IndexAny(after, ".!?\n"); i >= 0 {
		after = after[:i]
	}
	return r.g.words["staff_role"].re().Match(before) || strings.HasPrefix(after, ",") && r.g.words["staff_role"].re().Match(after) || doctor.MatchString(before)
}

// splitShown parts a display name into its first name and the rest. A
// nickname of plain words has no first name.
func splitShown(shown string) (given string, rest []string) {
	words := strings.FieldsFunc(shown, func(c rune) bool { return c == ' ' || c == '.' || c == '_' || c == ',' })
	if len(words) == 0 {
		return "", nil
	}
	return words[0], words[1:]
}

// eponyms are names that stand for an illness, a test or a day, not for a person.
var eponyms = map[string]bool{"alzheimer": true, "parkinson": true, "crohn": true, "hashimoto": true, "bell": true, "raynaud": true, "huntington": true, "hodgkin": true,
	"graves": true, "addison": true, "cushing": true, "tourette": true, "asperger": true, "down": true, "meniere": true, "wilson": true, "lou": true, "gehrig": true,
	"dupuytren": true, "kawasaki": true, "sjogren": true, "barrett": true, "paget": true, "morton": true, "women": true, "men": true, "children": true, "kids": true}

// careVerbs say what is done to a patient.
var careVerbs = map[string]bool{"healed": true, "treated": true, "cured": true, "fixed": true, "straightened": true, "saved": true, "vaccinated": true, "delivered": true,
	"diagnosed": true, "numbed": true, "stitched": true, "operated": true, "examined": true, "adjusted": true, "healing": true, "treating": true, "curing": true}

// namedCare finds somebody named beside what was done to them: "Jenny Miller's gums", "healed Jenny". The practice's own people may be named, but not
// as patients.
func namedCare(r *reading, u *rule) {
	if r.shouting() {
		return
	}
	words := wordsOf(r.body.cased)
	for i, w := range words {
		name := asciiLower(strings.TrimSuffix(w.text, "'s"))
		if !r.nameLike(w) || eponyms[name] || r.isStaff(w.start, w.end) {
			continue
		}
		start := w.start
		if i > 0 && r.adjoining(words[i-1], w) && r.nameLike(words[i-1]) {
			start = words[i-1].start
		}
		possessed := false
		if strings.HasSuffix(w.text, "'s") {
			for n := i + 1; n < len(words) && n <= i+3 && r.adjoining(words[n-1], words[n]); n++ {
				if r.ofCare(words[n]) {
					r.add(u, u.Severity, start, words[n].end)
					possessed = true
					break
				}
			}
		}
		for before := i - 1; !possessed && before >= 0 && before >= i-2; before-- { // the name may be of two words
			if careVerbs[asciiLower(words[before].text)] {
				r.add(u, u.Severity, words[before].start, w.end)
				break
			}
		}
	}
}

// ofCare says whether a word is of the body, of treatment or of illness.
func (r *reading) ofCare(w word) bool {
	switch r.g.signs[asciiLower(w.text)] {
	case "BODY", "CARE", "ILL":
		return true
	}
	return false
}
