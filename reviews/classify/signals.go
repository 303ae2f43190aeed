package classify

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sync"
)

// Signal is a kind of mention that cannot wait, with the way it is to be handled. A signal never triggers a public reply.
type Signal struct {
	ID, Label           string
	Severity            Severity
	FirstLook           string // how soon a person looks
	PublicReply         string // what may be said in public, if anything
	RouteTo             []string
	Steps, DoNot        []string
	HoldingReply, Basis string
	Sources             []Source
	Status              string // how well the sources were checked
	Checked             string // the day
	Examples            []string
	FalseFriends        []string // sentences that look like the signal and are not
}

// Source says where a fact comes from.
type Source struct {
	Name string `yaml:"name"`
	URL  string `yaml:"url"`
}

// expression is a regular expression, compiled when it is first asked: most never are.
type expression func() *regexp.Regexp

func lazily(source string) expression {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}

// pattern is one wording of a signal.
type pattern struct {
	signal int
	match  expression
	after  expression // skipped when this matches the text right behind; nil for none
	full   uint8      // all bits of its required literals
}

// excuse is a wording that takes a signal back: "a heart attack when I saw the bill".
type excuse struct {
	match expression
	needs [][]byte // one of these is in every match; none when nothing is certain
}

// patternSet holds all patterns. Literals that a match must contain are looked for first, all at once, so that a regular
// expression runs only on a sentence that can match it.
type patternSet struct {
	patterns []pattern
	excuses  [][]excuse // by signal
	literals *automaton
}

func newPatternSet(signals []signalFile) (*patternSet, error) {
	p := &patternSet{literals: newAutomaton()}
	type wording struct {
		signal       int
		match, after string
	}
	var all []wording
	for i, s := range signals {
		for _, w := range append(s.Patterns, s.OwnPatterns...) {
			for _, branch := range branches(w.Match) {
				all = append(all, wording{i, branch, w.After})
			}
		}
		var own []excuse
		for _, e := range s.Excuses {
			sets, err := required(e)
			if err != nil {
				return nil, fmt.Errorf("the urgency list has an excuse for %s that cannot be read: %w", s.ID, err)
			}
			var needs [][]byte
			for _, literal := range rarest(sets) {
				needs = append(needs, []byte(literal))
			}
			own = append(own, excuse{lazily(e), needs})
		}
		p.excuses = append(p.excuses, own)
	}
	// Short wordings first: they are quick to try, and one that is found spares the long ones of its signal.
	slices.SortStableFunc(all, func(a, b wording) int { return cmp.Compare(len(a.match), len(b.match)) })
	for _, w := range all {
		if err := p.add(w.signal, w.match, w.after); err != nil {
			return nil, fmt.Errorf("the urgency list has a pattern for %s that does not work: %w", signals[w.signal].ID, err)
		}
	}
	p.literals.build()
	return p, nil
}

// add takes in one wording of a signal, with the text that takes it back when it follows ("" for none).
func (p *patternSet) add(signal int, match, after string) error {
	pat := pattern{signal: signal, match: lazily(match)}
	if after != "" {
		pat.after = lazily(after)
	}
	sets, err := required(match)
	if err != nil {
		return err
	}
	if len(sets) == 0 {
		return fmt.Errorf("%q needs at least one fixed part of %d letters", match, leastLength)
	}
	for k, set := range sets[:min(8, len(sets))] {
		pat.full |= 1 << k
		for _, literal := range set {
			p.literals.add(literal, atom{int32(len(p.patterns)), 1 << k})
		}
	}
	p.patterns = append(p.patterns, pat)
	return nil
}

// signalHits looks for urgency in every sentence, whatever its language: one hit per signal and sentence of the lists, and one more where the model
// hears something worse.
func (c *Classifier) signalHits(d *document, f *features) []SignalHit {
	if len(d.words) == 0 {
		return nil
	}
	return c.listen(d, f, c.listedSignals(d))
}

// listedSignals are those that the lists know.
func (c *Classifier) listedSignals(d *document) []SignalHit {
	var out []SignalHit
	if len(d.marks) < len(c.patterns.patterns) {
		d.marks = make([]uint8, len(c.patterns.patterns))
	}
	for first := 0; first < len(d.words); {
		last := first
		sentence := d.clause[d.words[first].clause].sentence
		for last+1 < len(d.words) && d.clause[d.words[last+1].clause].sentence == sentence {
			last++
		}
		out = c.urgentIn(d, d.words[first].start, d.words[last].end, out)
		first = last + 1
	}
	return c.situated.find(c, d, out)
}

// urgentIn tries the patterns whose literals all occur in one sentence.
func (c *Classifier) urgentIn(d *document, start, end int32, out []SignalHit) []SignalHit {
	p := c.patterns
	sentence := d.folded[start:end]
	d.urgent = p.literals.scan(sentence, d.marks, d.urgent[:0])
	slices.Sort(d.urgent)
	before := len(out)
	for _, i := range d.urgent {
		full := d.marks[i] == p.patterns[i].full
		d.marks[i] = 0
		if !full {
			continue
		}
		pat := &p.patterns[i]
		id := c.signals[pat.signal].ID
		if seen(out[before:], id) {
			continue
		}
		m := pat.match().FindIndex(sentence)
		if m == nil || m[0] == m[1] || pat.after != nil && pat.after().Match(sentence[m[1]:]) || excused(p.excuses[pat.signal], sentence, m) {
			continue
		}
		span := d.span(start+int32(m[0]), start+int32(m[1]))
		out = append(out, SignalHit{ID: id, Severity: c.signals[pat.signal].Severity, Span: span, Quote: d.text[span.Start:span.End]})
	}
	return out
}

func seen(hits []SignalHit, id string) bool {
	for _, h := range hits {
		if h.ID == id {
			return true
		}
	}
	return false
}

// excused tells whether an excuse covers part of the match.
func excused(excuses []excuse, sentence []byte, m []int) bool {
	for _, e := range excuses {
		if len(e.needs) > 0 && !slices.ContainsFunc(e.needs, func(s []byte) bool { return bytes.Contains(sentence, s) }) {
			continue
		}
		for _, x := range e.match().FindAllIndex(sentence, -1) {
			if x[0] < m[1] && m[0] < x[1] {
				return true
			}
		}
	}
	return false
}
