package guard

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// A trait is one property of a draft as the opinion sees it, hashed to a
// number: words in a row, the kinds of words in a row or near each other, what
// is repeated from the review, and which word lists match.
type trait = uint32

// classes are the word lists whose words share a sign, the first list that
// holds a word wins: "crown", "filling" and "braces" are all treatment.
var classes = []struct{ list, sign string }{
	{"child", "KID"}, {"relative", "KIN"}, {"dayname", "DAY"}, {"month", "MON"}, {"credential", "CRED"}, {"pro", "PRO"}, {"treat", "CARE"}, {"condition", "ILL"},
	{"clin_es", "CARE"}, {"event", "EVENT"}, {"record", "REC"}, {"money", "MONEY"}, {"body", "BODY"}, {"animal", "PET"}, {"civil", "CIVIL"},
	{"staff_role", "ROLE"}, {"premises", "HOUSE"}, {"reward", "GIFT"}, {"posting", "POST"}, {"care_es", "CARE"}, {"praise", "GOOD"}, {"complaint", "BAD"},
}

// lexical are the lists that a whole draft is asked for.
var lexical = []string{"consent", "special_consent", "authorization", "insider", "insider_text", "path", "at_large", "one_case", "general_frame", "regret", "joy",
	"animal", "introduce", "pronoun", "house", "said_of_words", "outcome", "civil", "worker", "reward", "posting", "staff_role", "credential"}

// signsOf gives the sign of each word of the lists.
func signsOf(r *reader, kinds map[string]string) map[string]string {
	out := map[string]string{}
	for _, c := range classes {
		for _, phrase := range spelled(r.lists[r.list(c.list)-firstSign].parsed) {
			phrase = strings.Trim(phrase, "\x00")
			if len(phrase) > 2 && out[phrase] == "" && !plainWords[phrase] && !strings.ContainsAny(phrase, " \x00") {
				out[phrase] = c.sign
			}
		}
	}
	for sign, words := range kinds {
		for _, w := range strings.Fields(words) {
			out[w] = sign
		}
	}
	return out
}

// mostSpelled bounds the strings of one way through a pattern.
const mostSpelled = 400

// spelled lists the strings that a pattern matches, as far as they can be listed.
func spelled(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpBeginText, syntax.OpEndText:
		return []string{""}
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture:
		return spelled(re.Sub[0])
	case syntax.OpQuest:
		return append(spelled(re.Sub[0]), "")
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 4 {
				return nil
			}
			for c := re.Rune[i]; c <= re.Rune[i+1]; c++ {
				out = append(out, string(c))
			}
		}
		return out
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			out = append(out, spelled(sub)...)
		}
		return out
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			set := spelled(sub)
			if len(set) == 0 || len(out)*len(set) > mostSpelled && len(out) > 1 {
				return nil
			}
			out = cross(out, set)
		}
		return out
	}
	return nil
}

// plainWords stand for themselves though a list holds them.
var plainWords = map[string]bool{"like": true, "case": true, "plan": true, "file": true, "form": true, "book": true, "light": true, "point": true,
	"the": true, "and": true, "for": true, "all": true, "back": true, "here": true, "they": true, "one": true, "his": true, "her": true, "out": true}

const (
	traitBits = 22
	traitSize = 1 << traitBits
)

// traits collects the traits of a draft.
type traits struct {
	kind   uint64
	seen   [traitSize / 64]uint64
	list   []trait  // of the whole draft, each once
	each   []trait  // of its sentences, one after the other, as often as they stand there
	ends   []int    // where each sentence ends in each
	pieces []trait  // of the clauses of long sentences, one after the other
	cuts   []clause // where each clause ends in pieces, and what it is of
	shared []trait  // of what lies around all sentences
	also   *[]trait // where a trait goes beside the list: each, shared, pieces or nowhere
	apart  bool     // and not into the list
	mine   []token  // of the sentence that is read
	own    []uint64
	sign   []uint64

	seenLetters [letterSize / 64]uint64
	letters     []trait // how the words of the draft are spelled, each once; of the review its words, and the kind
}

// reset makes ready for another draft of a kind.
func (t *traits) reset(kind Kind) {
	for _, n := range t.list {
		t.seen[n>>6] = 0
	}
	for _, n := range t.letters {
		t.seenLetters[n>>6] = 0
	}
	t.letters = t.letters[:0]
	t.list, t.each, t.ends, t.shared, t.also = t.list[:0], t.each[:0], t.ends[:0], t.shared[:0], nil
	t.pieces, t.cuts = t.pieces[:0], t.cuts[:0]
	t.kind = hashed(string(kind))
}

// ofSentence are the traits of a sentence, without those it shares with all.
func (t *traits) ofSentence(i int) []trait {
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.each[from:t.ends[i]]
}

// both notes a trait twice: for any draft, and for one of this kind.
func (t *traits) both(h uint64) {
	t.put(h)
	t.put(mix(h, t.kind))
}

func (t *traits) put(h uint64) {
	n := number(h)
	if t.also != nil {
		*t.also = append(*t.also, n)
	}
	if t.apart {
		return
	}
	if bit := uint64(1) << (n & 63); t.seen[n>>6]&bit == 0 {
		t.seen[n>>6] |= bit
		t.list = append(t.list, n)
	}
}

// number is the trait that a hash stands for.
func number(h uint64) trait { return trait((h ^ h>>31 ^ h>>47) % traitSize) }

// The numbers of FNV-1a.
const (
	hashStart  uint64 = 14695981039346656037
	hashFactor uint64 = 1099511628211
)

// hashed is FNV-1a.
func hashed(s string) uint64 {
	h := hashStart
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * hashFactor
	}
	return h
}

func mix(a, b uint64) uint64 {
	h := (a ^ b*0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9
	return h ^ h>>29
}

// token is a word as the traits read it: itself and its sign, hashed.
type token struct {
	start, end int // in the text it was read from
	class      bool
	long       bool
	word, sign uint64
}

var (
	startToken = token{word: hashed("^"), sign: hashed("^")}
	endToken   = token{word: hashed("$"), sign: hashed("$")}
	phoneStart = hashed("000")
	phoneEnd   = hashed("0000")
	phoneSign  = hashed("PHONE")
)

// tokens reads the words of a text, which begins at a byte of the body or, at
// less than zero, is no part of it.
func (r *reading) tokens(text string, at int, out []token) []token {
	for i := 0; i < len(text); {
		if !wordByte(text[i]) {
			i++
			continue
		}
		start := i
		number := false
		for i < len(text) && (wordByte(text[i]) || text[i] == '\'' && i+1 < len(text) && wordByte(text[i+1])) {
			number = number || digit(text[i])
			i++
		}
		if at >= 0 && len(r.Own.Names)+len(r.Own.Addresses) > 0 {
			if end := r.ownWords(at + start); end > at+i {
				i = min(len(text), end-at)
				out = append(out, token{start: start, end: i, class: true, word: ownPractice, sign: hashed("TEAM")})
				continue
			}
		}
		w := text[start:i]
		t := token{start: start, end: i, long: len(w) > 3}
		own := at >= 0 && len(r.Own.Names) > 0 && r.isOwnName(w) && r.capital(at+start) && !r.shows(w)
		if sign, ok := r.g.signs[w]; ok && !own {
			t.word, t.sign, t.class = hashed(w), hashed(sign), true
		} else if number {
			t.word = hashed(zeroed(w[:min(len(w), 5)]))
			t.sign = t.word
			if start > 0 && text[start-1] == '$' {
				t.word, t.sign, t.class = hashed("$0"), hashed("PAID"), true
			}
		} else {
			if own {
				w = "manager" // whoever it is, the practice says so itself
			}
			t.word = hashed(w)
			t.sign, t.class = r.form(w, at+start, at >= 0 && len(out) > 0)
		}
		if n := len(out) - 1; n >= 0 && t.word == phoneEnd && out[n].word == phoneStart {
			out[n] = token{start: out[n].start, end: i, class: true, word: phoneSign, sign: phoneSign}
			continue
		}
		out = append(out, t)
	}
	return out
}

// ownWords is where a name of several words or an address that the practice calls its own ends, or 0 where none begins.
func (r *reading) ownWords(at int) int {
	if r.ourWords == nil {
		for _, words := range slices.Concat(r.Own.Names, r.Own.Addresses) {
			r.ourWords = append(r.ourWords, fold(words).lower)
		}
	}
	for _, words := range r.ourWords {
		if words != "" && strings.HasPrefix(r.body.lower[at:], words) && wholeWord(r.body.lower, at, at+len(words)) {
			return at + len(words)
		}
	}
	return 0
}

// shows says whether a word is in the name that the review shows: then nobody knows which of the two is meant.
func (r *reading) shows(w string) bool {
	given, rest := splitShown(r.review.shown)
	return strings.EqualFold(w, given) || slices.ContainsFunc(rest, func(name string) bool { return strings.EqualFold(w, name) })
}

// isOwnName says whether a word is in a name that the practice calls its own.
func (r *reading) isOwnName(w string) bool {
	if r.ownNames == nil {
		r.ownNames = map[string]bool{}
		for _, name := range r.Own.Names {
			for _, part := range wordsOf(fold(name).lower) {
				r.ownNames[part.text] = len(part.text) > 2
			}
		}
	}
	return r.ownNames[w]
}

// form is the sign of a word that no list holds, by its shape.
func (r *reading) form(w string, at int, within bool) (uint64, bool) {
	switch {
	case within && r.capital(at) && !r.g.speller.known[w]:
		return hashed("Name"), true
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		return hashed("-ed"), false
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		return hashed("-ing"), false
	case len(w) > 4 && strings.HasSuffix(w, "ly"):
		return hashed("-ly"), false
	case len(w) < 5:
		return hashed(w), false
	}
	return hashed("x"), false
}

// The tags tell one family of traits from another.
const (
	tagWord = iota + 1
	tagSign
	tagWords
	tagSigns
	tagThreeWords
	tagThreeSigns
	tagNear
	tagReview
	tagReviewSign
	tagAnswer
	tagEcho
	tagNew
	tagList
	tagMood
	tagOpens
	tagNote
	tagSize
)

const nearSigns = 6 // how far apart two signs are still noted together

// sentence notes what stands in one sentence.
func (t *traits) sentence(toks []token) {
	n := len(toks)
	at := func(i int) *token {
		switch {
		case i < 0:
			return &startToken
		case i >= n:
			return &endToken
		}
		return &toks[i]
	}
	for i := -1; i < n; i++ {
		a, b := at(i), at(i+1)
		if i >= 0 {
			t.both(mix(tagWord, a.word))
			t.both(mix(tagSign, a.sign))
		}
		words, signs := mix(a.word, b.word), mix(a.sign, b.sign)
		t.both(mix(tagWords, words))
		t.both(mix(tagSigns, signs))
		if i+1 < n {
			c := at(i + 2)
			t.put(mix(tagThreeWords, mix(words, c.word)))
			t.both(mix(tagThreeSigns, mix(signs, c.sign)))
		}
		for j := i + 2; j < min(n, i+nearSigns); j++ {
			t.put(mix(tagNear, mix(a.sign, toks[j].sign)))
		}
	}
}

// once appends a hash that a short list does not hold yet.
func once(list []uint64, h uint64) []uint64 {
	for _, x := range list {
		if x == h {
			return list
		}
	}
	return append(list, h)
}

// of collects the traits of a whole draft: its sentences, the review, what is
// repeated of it, the lists that match, the note and the length.
func (t *traits) of(r *reading) {
	t.reset(r.Kind)
	theirs := r.tokens(r.review.text, -1, nil)
	t.sign = t.sign[:0]
	for _, w := range theirs {
		t.put(mix(tagReview, w.word))
		t.put(mix(tagReviewSign, w.sign))
		t.letter(mix(tagReview, w.word))
		t.sign = once(t.sign, w.sign)
	}
	t.letter(t.kind)
	mood := hashed(string(r.review.mood))
	t.also = &t.shared
	t.both(mix(tagMood, mood))
	t.around(r, mood)
	t.also = &t.each
	t.own = t.own[:0]
	for _, s := range r.sentences {
		t.mine = r.tokens(s.text, s.start, t.mine[:0])
		t.sentence(t.mine)
		t.lettersOf(s.text, t.mine)
		for i, w := range t.mine {
			t.own = once(t.own, w.sign)
			if i == 0 {
				t.put(mix(tagOpens, mix(mood, w.sign)))
			}
			switch {
			case !w.long:
			case repeats(theirs, w.word):
				t.both(mix(tagEcho, w.sign))
			case len(theirs) > 0 && w.class:
				t.put(mix(tagNew, w.sign))
			}
		}
		t.ends = append(t.ends, len(t.each))
		t.clauses(s)
	}
	t.also = nil
	for _, theirs := range t.sign {
		for _, own := range t.own {
			t.put(mix(tagAnswer, mix(theirs, own)))
		}
	}
}

// clause is a stretch of a long sentence.
type clause struct{ end, from, to int } // of its traits in pieces; its bytes in the body

const (
	longSentence = 6 // words from which a sentence is also read clause by clause
	leastClause  = 2 // words
)

// clauses notes what stands in each clause of a long sentence: an aside that tells too much weighs little among thirty harmless words.
func (t *traits) clauses(s sentence) {
	toks := t.mine
	if len(toks) < longSentence {
		return
	}
	t.also, t.apart = &t.pieces, true
	from := 0
	cut := func(to int) {
		if from == 0 && to == len(toks) {
			return
		}
		t.sentence(toks[from:to])
		t.cuts = append(t.cuts, clause{len(t.pieces), s.start + toks[from].start, s.start + toks[to-1].end})
		from = to
	}
	for i := leastClause; i+leastClause <= len(toks); i++ {
		if i-from >= leastClause && opensClause(s.text, toks[i-1].end, toks[i]) {
			cut(i)
		}
	}
	cut(len(toks))
	t.also, t.apart = &t.each, false
}

// opensClause says whether a word begins a clause, by what stands between it and the word before, which ends at a byte of the text, or by itself.
func opensClause(text string, before int, word token) bool {
	between := text[before:word.start]
	return strings.ContainsAny(between, ",;:()\"\u2013\u2014") || strings.Contains(between, " -") || joins[text[word.start:word.end]]
}

// joins are words that begin a clause.
var joins = map[string]bool{"and": true, "but": true, "so": true, "because": true, "since": true, "while": true, "though": true, "although": true, "which": true, "who": true,
	"when": true, "like": true, "as": true, "y": true, "pero": true, "porque": true, "aunque": true, "cuando": true, "como": true}

// ofClause are the traits of a clause, without those it shares with all.
func (t *traits) ofClause(i int) []trait {
	from := 0
	if i > 0 {
		from = t.cuts[i-1].end
	}
	return t.pieces[from:t.cuts[i].end]
}

func repeats(theirs []token, word uint64) bool {
	for i := range theirs {
		if theirs[i].word == word {
			return true
		}
	}
	return false
}

// around notes what lies around the sentences: the lists that match, numbers,
// the note, and the length.
func (t *traits) around(r *reading, mood uint64) {
	lists := func(name string) {
		t.both(mix(tagList, hashed(name)))
		t.put(mix(tagMood, mix(hashed(name), mood)))
	}
	for _, name := range lexical {
		if r.held.may(r.g.words[name].needs) { // its strings are there: to match the list itself would take long
			lists(name)
		}
	}
	if len(r.numbers()) > 0 {
		lists("phone")
	}
	if r.review.shown != "" {
		lists("shown")
	}
	if r.note != "" {
		t.mine = r.tokens(r.note, -1, t.mine[:0])
		for _, w := range t.mine {
			t.put(mix(tagNote, w.word))
			t.put(mix(tagNote, w.sign))
		}
	}
	t.put(mix(tagSize, uint64(min(len(r.sentences), 5))))
	t.put(mix(tagSize, 10+uint64(min(len(r.words)/8, 12))))
}
