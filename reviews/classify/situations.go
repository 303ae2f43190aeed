package classify

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// The patterns of a signal know its usual wordings. People in need write in other words, and name what happens: a rope, a child who does not
// wake, a rash that spreads. A situation is a few ideas that stand close together, in any order, each of which may be said in many ways.

// situationsFile is assets/urgency/situations.yaml.
type situationsFile struct {
	Ideas      map[string]string `yaml:"ideas"` // phrases with commas between them; @name stands for another idea
	Situations []situationFile   `yaml:"situations"`
}

type situationFile struct {
	Signal string   `yaml:"signal"`
	All    []string `yaml:"all"`    // the first must not be denied
	Not    []string `yaml:"not"`    // takes it back when it stands in the same sentence
	Within int      `yaml:"within"` // so many words hold them all
	Across int      `yaml:"across"` // and they may stand so many sentences apart
}

// situation is one way in which a signal shows.
type situation struct {
	signal int
	all    []int32
	not    []int32
	within int32
	across int32
}

// situations finds the ideas of a text in one pass over its words, and then the situations that they make up.
type situations struct {
	ideas *trie
	all   []situation
	by    [][]int32 // situations by the first idea
	// by idea: its features for the model, said and denied
	buckets [][2]uint32
	// by 16 bits of a word's hash: whether an idea may have the word; most words are of none
	words [1 << 16]bool
	names []string
}

const usualWithin = 12

// loadSituations reads the list.
func loadSituations(fsys fs.FS, signals []Signal) (*situations, error) {
	const name = "urgency/situations.yaml"
	var f situationsFile
	if err := decode(fsys, name, &f); err != nil {
		return nil, err
	}
	s := &situations{ideas: newTrie()}
	numbers := map[string]int32{}
	for i, idea := range slices.Sorted(maps.Keys(f.Ideas)) {
		numbers[idea] = int32(i)
		s.buckets = append(s.buckets, [2]uint32{ideaBucket(idea, false), ideaBucket(idea, true)})
		s.names = append(s.names, idea)
	}
	for _, idea := range slices.Sorted(maps.Keys(numbers)) { // in one order, so that training makes the same again
		number := numbers[idea]
		for _, phrase := range phrasesOf(f.Ideas, idea, 0) {
			if err := s.ideas.add(phrase, entry{language: "en", topic: int(number)}); err != nil {
				return nil, fmt.Errorf("the list %s has an idea %s that does not work: %w", name, idea, err)
			}
		}
	}
	s.words[hashNumber&0xffff] = true
	for word := range s.ideas.words.all() {
		s.words[hashWord([]byte(word))&0xffff] = true
	}
	s.by = make([][]int32, len(f.Ideas))
	for _, one := range f.Situations {
		signal := slices.IndexFunc(signals, func(g Signal) bool { return g.ID == one.Signal })
		if signal < 0 || len(one.All) == 0 || len(one.All) > mostIdeas {
			return nil, fmt.Errorf("the list %s has a situation of %q with %d ideas", name, one.Signal, len(one.All))
		}
		made := situation{signal: signal, within: int32(one.Within), across: int32(one.Across)}
		if made.within == 0 {
			made.within = usualWithin
		}
		for _, list := range []struct {
			names []string
			to    *[]int32
		}{{one.All, &made.all}, {one.Not, &made.not}} {
			for _, idea := range list.names {
				number, known := numbers[idea]
				if !known {
					return nil, fmt.Errorf("the list %s speaks of %q, which is no idea of it", name, idea)
				}
				*list.to = append(*list.to, number)
			}
		}
		s.by[made.all[0]] = append(s.by[made.all[0]], int32(len(s.all)))
		s.all = append(s.all, made)
	}
	return s, nil
}

// phrasesOf gives the phrases of an idea, those of the ideas that it takes in among them.
func phrasesOf(ideas map[string]string, idea string, depth int) []string {
	var out []string
	for phrase := range strings.SplitSeq(ideas[idea], ",") {
		phrase = strings.TrimSpace(phrase)
		if other, ok := strings.CutPrefix(phrase, "@"); ok && depth < 4 {
			out = append(out, phrasesOf(ideas, other, depth+1)...)
		} else if phrase != "" {
			out = append(out, phrase)
		}
	}
	return out
}

// mostIdeas is how many ideas a situation may have.
const mostIdeas = 4

// ideaHit is an idea found in a document, in words.
type ideaHit struct {
	idea, start, end, sentence int32
	denied                     bool
}

// find adds the situations of a text to what the patterns found.
func (s *situations) find(c *Classifier, d *document, out []SignalHit) []SignalHit {
	d.seeIdeas(s)
	for i, first := range d.ideas {
		if first.denied {
			continue
		}
		for _, at := range s.by[first.idea] {
			one := &s.all[at]
			id := c.signals[one.signal].ID
			if seen(out, id) {
				continue
			}
			start, end, ok := one.around(d, i)
			if !ok {
				continue
			}
			span := d.span(d.words[start].start, d.words[end-1].end)
			out = append(out, SignalHit{ID: id, Severity: c.signals[one.signal].Severity, Span: span, Quote: d.text[span.Start:span.End]})
		}
	}
	return out
}

// seeIdeas fills ideas.
func (d *document) seeIdeas(s *situations) {
	d.ideas = d.ideas[:0]
	d.known = d.known[:0]
	for _, w := range d.words {
		id, text := int32(0), d.folded[w.start:w.end]
		if s.words[w.hash&0xffff] || bytes.IndexByte(text, '\'') >= 0 {
			hash := w.hash
			if w.number {
				hash = hashWord(text)
			}
			id, _ = s.ideas.lookup(text, hash)
		}
		d.known = append(d.known, id)
	}
	for i, id := range d.known {
		if s.ideas.first[id] != 0 {
			s.walk(d, i, i, 0)
		}
	}
}

// walk notes the ideas whose phrases begin at one word.
func (s *situations) walk(d *document, from, i int, node int32) {
	to := s.ideas.child(node, d.known[i])
	if to == 0 {
		return
	}
	sentence := d.clause[d.words[i].clause].sentence
	for k := range s.ideas.entries[to] {
		d.ideas = append(d.ideas, ideaHit{int32(s.ideas.entries[to][k].topic), int32(from), int32(i + 1), sentence, d.denied(from)})
	}
	if i+1 < len(d.words) && d.clause[d.words[i+1].clause].sentence == sentence {
		s.walk(d, from, i+1, to)
	}
}

// denied tells whether "no", "not" or "without" stands right before a word.
func (d *document) denied(i int) bool {
	for back := i - 1; back >= max(0, i-2) && !d.words[back+1].comma; back-- {
		if d.words[back].clause != d.words[i].clause {
			return false
		}
		switch string(d.folded[d.words[back].start:d.words[back].end]) {
		case "no", "not", "never", "without", "zero", "nor", "isn't", "wasn't", "didn't", "don't", "doesn't", "didnt", "dont", "doesnt", "isnt", "wasnt", "sin", "nunca":
			return true
		}
	}
	return false
}

// around looks for the other ideas beside the first: the nearest of each, and all within the words allowed.
func (s *situation) around(d *document, at int) (start, end int32, ok bool) {
	first := d.ideas[at]
	start, end = first.start, first.end
	for _, idea := range s.all[1:] {
		best, found := int32(1<<30), -1
		for _, step := range [2]int{-1, 1} {
			for k := at + step; k >= 0 && k < len(d.ideas); k += step {
				h := d.ideas[k]
				far := max(h.start-first.end, first.start-h.end, 0)
				if far > s.within || max(h.sentence-first.sentence, first.sentence-h.sentence) > s.across {
					break
				}
				// An idea may not be told by the very words of the first.
				if h.idea == idea && far < best && (h.end <= first.start || h.start >= first.end) {
					best, found = far, k
				}
			}
		}
		if found < 0 {
			return 0, 0, false
		}
		start, end = min(start, d.ideas[found].start), max(end, d.ideas[found].end)
	}
	if end-start > s.within {
		return 0, 0, false
	}
	for _, not := range s.not {
		for _, h := range d.ideas {
			if h.idea == not && h.sentence == first.sentence {
				return 0, 0, false
			}
		}
	}
	return start, end, true
}
