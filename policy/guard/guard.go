// Package guard judges what a practice is about to say in public: a reply to
// a review or a post about its staff. Check reads a draft and answers block,
// warn or clear with the exact words, the reason, its legal or platform basis
// and a safer wording.
//
// The rules live as readable packs under assets/rules; what a pattern cannot
// say (folding of look-alike letters, conditions, names, comparison with the
// review, consent of named staff) is Go code in this package. The package
// does no input or output and knows nothing of reviews or spotlights.
package guard

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"goodword/assets"
)

// Kind says what a draft is.
type Kind string

// The kinds of draft.
const (
	Reply     Kind = "reply"     // an answer to a review
	Spotlight Kind = "spotlight" // a post about staff or the practice
)

// Verdict is the judgement on a draft, and the severity of a finding.
type Verdict string

// The verdicts, from harmless to not publishable.
const (
	Clear Verdict = "clear"
	Warn  Verdict = "warn"
	Block Verdict = "block"
)

func (v Verdict) weight() int { return strings.Index("clear warn  block", string(v)) }

// Draft is a text that is about to be published.
type Draft struct {
	Kind   Kind
	Review string   // the review that is answered, if any; see ShownAs
	Stars  int      // its rating, 1 to 5; 0: none
	Text   string   // the words as typed
	Own    Own      // what the practice itself owns
	Site   string   // where it will appear, for the site's length limit
	Recent []string // the last replies, to notice canned wording

	Private []string // what only the practice knows: its private notes
	Local   Local    // what the practice has decided about the rules
}

// Own lists what belongs to the practice: showing it is never a leak.
type Own struct {
	Phones, Emails, Addresses, Names, Websites []string

	Statements []string // about health in general, which a clinician of the practice stands behind word for word
}

// Finding is one thing that is wrong with a draft. Start and End are byte
// offsets in the text as given.
type Finding struct {
	Rule     string  `json:"rule"`
	Severity Verdict `json:"severity"`
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Quote    string  `json:"quote"`
	Why      string  `json:"why"`
	Basis    string  `json:"basis"`
	Instead  string  `json:"instead"`

	id string // the rule in the pack
}

// Opinion reports whether no single rule found it, but the comparison with drafts that careful people judged.
func (f Finding) Opinion() bool { return f.id == opinionID }

// Result is the judgement on a draft.
type Result struct {
	Verdict  Verdict   `json:"verdict"`
	Findings []Finding `json:"findings"`
	Notes    []string  `json:"notes,omitempty"` // which rules the practice has softened that fired here
}

// Guard holds the compiled rules. It is safe for concurrent use.
type Guard struct {
	ready   func() error // takes the patterns apart, once
	codes   map[string]Rule
	grave   map[string]bool // the codes that stop a draft by one of their rules; the others only warn
	rules   []rule
	lits    *literals
	words   wordLists
	kin     []pattern // lists of words for one thing that a person may disclose
	speller *speller
	usual   map[string]bool   // words that are no fact, though a private note may hold them
	signs   map[string]string // words that are of one kind share a sign
	opinion *opinion          // nil without weights

	judged   lately[key, Result]
	reviews  lately[string, reviewed]        // by the words as given
	shingled lately[string, map[string]bool] // of the last replies, by their words
}

var embedded = sync.OnceValue(func() *Guard {
	g, err := read(assets.FS)
	if err != nil {
		panic(err) // the packs are part of the program and a test loads them
	}
	return g
})

// Default returns the guard with the packs that ship with the program.
func Default() *Guard { return embedded() }

// Rules returns every rule, in the order of the packs.
func (g *Guard) Rules() []Rule {
	out := make([]Rule, len(g.rules))
	for i, r := range g.rules {
		out[i] = r.Rule
	}
	return out
}

// reading is a draft while it is judged.
type reading struct {
	Draft
	g           *Guard
	body        folded   // the words to be published
	note        string   // the drafter's routing note, folded, in lower case
	whole       string   // the body with the note, for rules that ask for context
	held        presence // the literals that the whole holds
	sentences   []sentence
	words       []word   // of the body, in lower case
	own         []string // what the practice owns, folded
	namesRead   bool
	named       []word // the people whom a post names, once read
	addressRead bool
	addressed   []vocative      // whom the draft addresses by name, once read
	ourWords    []string        // the practice's own names and addresses, folded, once asked
	ownNames    map[string]bool // the words of the practice's own names, once asked
	review      reviewed
	found       []Finding
}

// Check judges a draft. The first one waits until the patterns are ready.
func (g *Guard) Check(d Draft) Result {
	if err := g.ready(); err != nil {
		panic(err) // Load refuses such packs, and a test loads those of the program
	}
	if d.Kind == "" {
		d.Kind = Reply
	}
	d.Review = head(d.Review, longest)
	d.Text = aside(d.Text, d.Own.Statements)
	if whole := d.Text; len(whole) > longest {
		d.Text = head(whole, longest)
		return g.remembered(d).unread(whole[len(d.Text):], len(d.Text))
	}
	return g.remembered(d)
}

// longest is how many bytes of a draft are judged. No site takes a longer reply, and the time that a check takes grows faster than its text.
const longest = 16 << 10

// head is the beginning of a text, cut before a rune.
func head(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// unread blocks a draft of which the rest, that begins at a byte, was not judged.
func (r Result) unread(rest string, at int) Result {
	quote := head(rest, 60)
	r.Verdict = Block
	r.Findings = append(slices.Clone(r.Findings), Finding{Rule: "length", Severity: Block, Start: at, End: at + len(quote), Quote: quote,
		Why: "The text is so long that its end was not checked, and no site takes that much.", Basis: "Good practice; the sites' own limits",
		Instead: "Cut to two to four sentences."})
	return r
}

func (g *Guard) judge(d Draft) Result {
	r := g.read(d)
	r.applyAll()
	r.consult()
	r.addLocal()
	notes := r.soften()
	out := r.result()
	out.Notes = notes
	return out
}

// Named are the words in a text that the rules by themselves name. The opinion, which judges whole drafts and only guesses where, has no say in it: who
// covers words needs to know them.
func (g *Guard) Named(d Draft) []Finding {
	if err := g.ready(); err != nil {
		panic(err) // as in Check
	}
	if len(d.Text) > longest {
		d.Text = head(d.Text, longest)
	}
	r := g.read(d)
	r.applyAll()
	return r.result().Findings
}

// applyAll runs every rule over the draft.
func (r *reading) applyAll() {
	for i := range r.g.rules {
		r.apply(&r.g.rules[i])
	}
}

func (g *Guard) read(d Draft) *reading {
	r := &reading{Draft: d, g: g, body: fold(d.Text)}
	g.speller.mend(&r.body)
	r.splitNote()
	r.whole = r.body.lower
	if r.note != "" {
		r.whole += " " + r.note
	}
	r.sentences = sentences(r.body.lower)
	r.held = g.lits.in(r.whole, r.sentences)
	r.words = wordsOf(r.body.lower)
	r.review = g.reviews.of(d.Review, func() reviewed { return g.readReview(d.Review) })
	r.settleMood()
	return r
}

// apply runs one rule over the draft.
func (r *reading) apply(u *rule) {
	if len(u.Kinds) > 0 && !slices.Contains(u.Kinds, r.Kind) {
		return
	}
	if len(u.Moods) > 0 && !slices.Contains(u.Moods, r.review.mood) {
		return
	}
	if len(u.withText) > 0 && !slices.ContainsFunc(u.withText, func(p pattern) bool { return r.held.may(p.needs) }) {
		return
	}
	if u.Check != "" {
		checks[u.Check](r, u)
		return
	}
	switch u.Scope {
	case "note":
		if r.note != "" && match(u.patterns, r.note, r.held) && r.allowed(u) {
			r.add(u, u.Severity, 0, len(r.body.lower))
		}
	case "text":
		all := sentence{start: 0, end: len(r.body.lower), text: r.body.lower, held: r.held}
		for i := range u.patterns {
			r.scanOne(u, &u.patterns[i], all)
		}
	default:
		for i := range r.sentences {
			r.scan(u, &r.sentences[i])
		}
	}
}

// scan runs the patterns of a rule over a sentence, until one finds all that
// the rule can say of it. A sentence that another rule of the code stops is
// left alone: more would say nothing new, and take long where every sentence
// tells too much.
func (r *reading) scan(u *rule, s *sentence) {
	if u.Severity == Block && slices.Contains(s.stopped, u.Code) {
		return
	}
	for i := range u.patterns {
		if !s.held.may(u.patterns[i].needs) {
			continue
		}
		before := len(r.found)
		r.scanOne(u, &u.patterns[i], *s)
		switch found := worst(r.found[before:]); {
		case found == Block:
			s.stopped = append(s.stopped, u.Code)
			return
		case found != Clear && found == u.Severity:
			return
		}
	}
}

func (r *reading) scanOne(u *rule, p *pattern, s sentence) {
	for _, m := range p.all(s.text, s.held) {
		if overlaps(u.except, s, m) || match(u.unless, s.text, s.held) || !r.allowed(u) || r.spared(u, s) {
			continue
		}
		severity := u.Severity
		if u.Conditional != "" && s.conditional(m[0], m[1]) {
			severity = u.Conditional
		}
		if severity == Clear {
			continue
		}
		r.add(u, severity, s.start+m[0], s.start+m[1])
	}
}

// allowed asks the conditions of a rule that concern the whole draft.
func (r *reading) allowed(u *rule) bool {
	return !match(u.unlessText, r.whole, r.held) &&
		(len(u.withText) == 0 || match(u.withText, r.whole, r.held)) &&
		(len(u.withReview) == 0 || match(u.withReview, r.review.text, r.review.held))
}

// has says whether the body matches a list of the lexicon.
func (r *reading) has(list string) bool {
	return r.g.words[list].in(r.body.lower, r.held)
}

// in says whether the text, of which the literals are known, matches.
func (p *pattern) in(text string, held presence) bool {
	return held.may(p.needs) && p.re().Match(text)
}

// all finds every match in the text, of which the literals are known.
func (p *pattern) all(text string, held presence) [][]int {
	if !held.may(p.needs) {
		return nil
	}
	return p.re().All(text)
}

func match(list []pattern, text string, held presence) bool {
	for i := range list {
		if list[i].in(text, held) {
			return true
		}
	}
	return false
}

func overlaps(list []pattern, s sentence, m []int) bool {
	for i := range list {
		for _, e := range list[i].all(s.text, s.held) {
			if e[0] < m[1] && m[0] < e[1] {
				return true
			}
		}
	}
	return false
}

// ours says whether folded bytes [start, end) lie inside something that the
// practice itself owns: its address or number is never a leak.
func (r *reading) ours(start, end int) bool {
	if r.own == nil {
		for _, own := range slices.Concat(r.Own.Phones, r.Own.Emails, r.Own.Addresses, r.Own.Names, r.Own.Websites, r.Local.Words) {
			r.own = append(r.own, fold(own).lower)
		}
	}
	return slices.ContainsFunc(r.own, func(own string) bool {
		i := strings.Index(r.body.lower, own)
		return own != "" && i >= 0 && i <= start && end <= i+len(own)
	})
}

// colleague says whether the words are one name of somebody of the practice. That spares them where a name is taken for another word, as "Karen" for an
// insult; a rule about names has to ask who is meant, for a reviewer may be called the same.
func (r *reading) colleague(start, end int) bool {
	return r.capital(start) && r.isOwnName(r.body.lower[start:end])
}

// add notes a finding at folded bytes [start, end) of the body.
func (r *reading) add(u *rule, severity Verdict, start, end int) {
	if r.ours(start, end) || u.Code == "hostile-tone" && r.colleague(start, end) {
		return
	}
	if severity == Block && len(u.softenText) > 0 && match(u.softenText, r.whole, r.held) {
		severity = Warn
	}
	from, to := r.body.span(start, end)
	r.found = append(r.found, Finding{Rule: u.Code, Severity: severity, Start: from, End: to, Quote: r.Text[from:to],
		Why: u.Why, Basis: u.Basis, Instead: u.Instead, id: u.ID})
	for _, code := range u.Also {
		also := r.g.codes[code]
		r.found = append(r.found, Finding{Rule: code, Severity: severity, Start: from, End: to, Quote: r.Text[from:to],
			Why: also.Why, Basis: also.Basis, Instead: also.Instead, id: u.ID})
	}
}

// result orders the findings, drops those inside a like one, and names the
// worst.
func (r *reading) result() Result {
	out := Result{Verdict: Clear, Findings: []Finding{}}
	sort.SliceStable(r.found, func(i, j int) bool {
		a, b := r.found[i], r.found[j]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		if a.End != b.End {
			return a.End > b.End
		}
		return a.Severity.weight() > b.Severity.weight()
	})
	for i, f := range r.found {
		if f.Severity.weight() > out.Verdict.weight() {
			out.Verdict = f.Severity
		}
		covered := false
		for j, o := range r.found {
			if j == i || o.Rule != f.Rule || o.Start > f.Start || o.End < f.End || o.Severity.weight() < f.Severity.weight() {
				continue
			}
			same := o.Start == f.Start && o.End == f.End && o.Severity == f.Severity
			if !same || j < i {
				covered = true
				break
			}
		}
		if !covered {
			out.Findings = append(out.Findings, f)
		}
	}
	return out
}

// mostReasons is how many reasons one finding tells a person; one more sentence would not be read.
const mostReasons = 2

// Told are the findings as a person reads them: what stops the text comes first, and what two rules say of the very same words is told together.
func Told(findings []Finding) []Finding {
	order := slices.Clone(findings)
	slices.SortStableFunc(order, func(a, b Finding) int { return cmp.Compare(b.Severity.weight(), a.Severity.weight()) })
	var out []Finding
	reasons := map[int]int{}
	for _, f := range order {
		at := slices.IndexFunc(out, func(o Finding) bool { return o.Start == f.Start && o.End == f.End })
		switch {
		case at >= 0 && strings.Contains(out[at].Why, f.Why):
		case at >= 0 && reasons[at] < mostReasons:
			reasons[at]++
			out[at].Why += " " + f.Why
		default:
			reasons[len(out)] = 1
			out = append(out, f)
		}
	}
	return out
}
