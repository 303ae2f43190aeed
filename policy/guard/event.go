package guard

import (
	"slices"
	"strings"
)

// toldEvent finds a sentence of a reply that tells, in the past tense, of
// something in a person's care: whoever was meant, only an encounter can have
// taught it to the practice. What the practice did to its own house, and what
// it feels about the comment, is no such thing.
func toldEvent(r *reading, u *rule) {
	for _, s := range r.sentences {
		verbs := past(s.text)
		if len(verbs) == 0 || r.blocked(s) || r.spared(u, s) || match(u.unless, s.text, s.held) || r.g.words["house"].in(s.text, s.held) {
			continue
		}
		w, severity := verbs[0], u.Severity
		thing := r.g.words["care_thing"].all(s.text, s.held)
		if len(thing) == 0 {
			if s.conditional(w.start, w.end) || ourDoing(s.text[:w.start]) || r.g.words["said_of_words"].in(s.text, s.held) ||
				r.g.words["premises"].in(r.review.text, r.review.held) {
				continue
			}
			thing = [][]int{{w.start, w.end}}
		}
		if r.g.words["regret"].in(s.text, s.held) || s.conditional(w.start, w.end) {
			severity = u.Conditional
		}
		r.add(u, severity, s.start+min(w.start, thing[0][0]), s.start+max(w.end, thing[0][1]))
	}
}

// blocked says whether another rule blocks something in a sentence already.
func (r *reading) blocked(s sentence) bool {
	from, to := r.body.span(s.start, s.end)
	return slices.ContainsFunc(r.found, func(f Finding) bool { return f.Severity == Block && f.Start < to && from < f.End })
}

// ourDoing says whether the words before a verb make the practice its subject:
// what the practice did to a person is for other rules to name.
func ourDoing(before string) bool {
	words := wordsOf(before)
	for _, w := range words[max(0, len(words)-3):] {
		if w.text == "we" || w.text == "our" || w.text == "us" {
			return true
		}
	}
	return false
}

// nearby is how far, in bytes, a person and what was done to them may stand
// apart in a post.
const nearby = 90

// knownPerson finds in a post somebody the town can name ("the county clerk")
// next to a treatment, a condition or an outcome.
func knownPerson(r *reading, u *rule) {
	all := sentence{end: len(r.body.lower), text: r.body.lower, held: r.held}
	people := r.g.words["civil"].all(all.text, all.held)
	if len(people) == 0 || match(u.unless, all.text, all.held) {
		return
	}
	for _, done := range r.g.words["outcome"].all(all.text, all.held) {
		for _, p := range people {
			from, to := min(p[0], done[0]), max(p[1], done[1])
			if to-from <= nearby+p[1]-p[0]+done[1]-done[0] && !overlaps(u.except, all, p) {
				r.add(u, u.Severity, from, to)
				return
			}
		}
	}
}

// irregular are past tenses that do not end in -ed. Those that are also a
// present tense or a participle after "be" are left out or asked for below.
var irregular = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`was were did had went came took gave left told said got saw ran sent spent
		felt held brought wrote spoke began fell knew met stood lost grew broke chose ate woke hung slept heard paid rang
		bled drank drove flew froze hid rode rose sat shook sold stole stuck swore taught threw tore wore couldn't didn't
		wasn't weren't hadn't fue estuvo hubo tuvo dio hizo dijo quedo pago llego vino salio nego vencio`) {
		irregular[w] = true
	}
}

// auxiliary are past tenses that are never participles.
var auxiliary = map[string]bool{"was": true, "were": true, "did": true, "didn't": true, "wasn't": true, "weren't": true, "couldn't": true, "hadn't": true, "went": true, "came": true, "gave": true, "took": true, "saw": true}

// notPast end in -ed and are no past tense.
var notPast = map[string]bool{"need": true, "feed": true, "speed": true, "indeed": true, "hundred": true, "proceed": true, "exceed": true,
	"succeed": true, "breed": true, "bleed": true, "weed": true, "seed": true, "deed": true, "agreed": true, "related": true, "interested": true, "included": true, "guaranteed": true, "required": true, "wanted": true, "unneeded": true}

// beforeParticiple are the words after which -ed is no past tense: "is listed",
// "a crowded room".
var beforeParticiple = map[string]bool{"is": true, "are": true, "be": true, "been": true, "am": true, "being": true, "get": true, "gets": true,
	"feel": true, "feels": true, "a": true, "an": true, "our": true, "any": true, "very": true, "so": true, "not": true, "well": true, "we're": true, "more": true,
	"all": true, "every": true, "as": true, "each": true, "are:": true, "with": true, "of": true, "for": true, "seems": true, "i'm": true, "most": true, "the": true, "their": true, "your": true, "will": true, "it's": true, "that's": true, "and": false}

// participle says whether a form in -ed after these words is no past tense:
// "is listed", "are now checked", "we have added".
func participle(before []word) bool {
	n := len(before)
	last := before[n-1].text
	if beforeParticiple[last] {
		return true
	}
	for _, w := range before[max(0, n-4):] {
		if beVerb[w.text] { // "is much appreciated", "should be safe and respected"
			return true
		}
	}
	if n > 1 && witness[before[n-2].text] { // "to hear it noticed"
		return true
	}
	return n > 1 && (last == "have" || last == "has") && (before[n-2].text == "we" || before[n-2].text == "team")
}

// beVerb are forms of "be" and its kin in the present, witness the verbs that
// take an object and a participle.
var (
	beVerb  = map[string]bool{"is": true, "are": true, "be": true, "been": true, "being": true, "am": true, "feel": true, "feels": true, "stay": true, "stays": true, "remain": true}
	witness = map[string]bool{"hear": true, "see": true, "have": true, "keep": true, "get": true, "find": true, "want": true, "like": true, "read": true}
)

// past lists the verbs of a sentence in the past tense.
func past(text string) []word {
	var out []word
	words := wordsOf(text)
	for i, w := range words {
		switch {
		case irregular[w.text]:
			if i > 0 && (!auxiliary[w.text] && participle(words[:i]) || w.text == "left" && (words[i-1].text == "messages" || words[i-1].text == "the")) {
				continue
			}
			out = append(out, w)
		case len(w.text) > 4 && strings.HasSuffix(w.text, "ed") && !notPast[w.text]:
			if i == 0 || participle(words[:i]) {
				continue
			}
			out = append(out, w)
		}
	}
	return out
}

// spared says whether a sentence speaks of science, law or people at large, in
// answer to a review that speaks of nobody, or that it answers a review that
// only makes a claim ("shots cause ..."): that discloses nothing.
func (r *reading) spared(u *rule, s sentence) bool {
	if !u.General || r.g.words["oneself"].in(r.review.text, r.review.held) {
		return false
	}
	if r.claims() {
		return !r.g.words["one_person"].in(s.text, s.held)
	}
	return r.g.words["at_large"].in(s.text, s.held) && !r.g.words["one_case"].in(s.text, s.held)
}

// claims says whether the review is a claim about health in general, and not
// about anybody's care or the practice.
func (r *reading) claims() bool {
	is := func(list string) bool { return r.g.words[list].in(r.review.text, r.review.held) }
	return is("claim") && is("echo") && !is("service")
}

// kinWords finds in the reply another word for what the review disclosed:
// "loss" after "my miscarriage" says the same thing.
func kinWords(r *reading, u *rule) {
	if r.review.text == "" {
		return
	}
	for _, kin := range r.g.kin {
		if !kin.in(r.review.text, r.review.held) {
			continue
		}
		for _, s := range r.sentences {
			if r.spared(u, s) {
				continue
			}
			for _, m := range kin.all(s.text, s.held) {
				if !overlaps(u.except, s, m) && !match(u.unless, s.text, s.held) {
					r.add(u, u.Severity, s.start+m[0], s.start+m[1])
				}
			}
		}
	}
}
