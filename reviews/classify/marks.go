package classify

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// The kinds of marks.
const (
	MarkName   = "name"   // of a person, whether of the practice or not
	MarkHealth = "health" // tells something of somebody's health or treatment
)

// Mark is a part of a mention that nobody may repeat: a name, or a health detail.
type Mark struct {
	Kind string `json:"kind"`
	Span Span   `json:"span"`
}

// healthFile is assets/languages/health.yaml; phrases have commas between them.
type healthFile struct {
	Alone  string `yaml:"alone"`
	Ailing string `yaml:"ailing"`
	After  string `yaml:"after"`
	Body   string `yaml:"body"`
	Other  string `yaml:"other"`
}

// What a phrase of the health words is.
const (
	healthAlone = iota
	healthAiling
	healthAfter
	healthBody
	healthOther // a health word that is none: filling in the forms
)

// loadHealth lists the health words.
func loadHealth(fsys fs.FS) (*trie, error) {
	const name = "languages/health.yaml"
	var f healthFile
	if err := decode(fsys, name, &f); err != nil {
		return nil, err
	}
	t := newTrie()
	for part, list := range []string{healthAlone: f.Alone, healthAiling: f.Ailing, healthAfter: f.After, healthBody: f.Body, healthOther: f.Other} {
		for phrase := range strings.SplitSeq(list, ",") {
			if strings.TrimSpace(phrase) == "" {
				continue
			}
			if err := t.add(phrase, entry{language: "en", topic: part}); err != nil {
				return nil, fmt.Errorf("the list %s: %w", name, err)
			}
		}
	}
	return t, nil
}

// Marks finds the names and the health details in a text, in its order; none overlaps another. The team of the practice is known by name, so that
// its unusual names are found too; it may be nil.
func (c *Classifier) Marks(text string, team *Team) []Mark {
	if text == "" {
		return nil
	}
	d := c.read(text)
	defer d.release()
	marks := c.health(d)
	for _, span := range c.names.find(text, team) {
		marks = append(marks, Mark{MarkName, span})
	}
	slices.SortFunc(marks, func(a, b Mark) int { return a.Span.Start - b.Span.Start })
	apart := marks[:0]
	for _, m := range marks {
		if last := len(apart) - 1; last >= 0 && m.Span.Start < apart[last].Span.End {
			apart[last].Span.End = max(apart[last].Span.End, m.Span.End)
			if m.Kind == MarkName {
				apart[last].Kind = MarkName
			}
			continue
		}
		apart = append(apart, m)
	}
	return apart
}

// health finds the longest health words.
func (c *Classifier) health(d *document) []Mark {
	var out []Mark
	d.ideas, d.known = d.ideas[:0], d.known[:0]
	for _, w := range d.words {
		word := d.folded[w.start:w.end]
		id, _ := c.ill.lookup(word, hashWord(word))
		d.known = append(d.known, id)
	}
	for i := range d.words {
		d.phrasesAt(c.ill, i, i, 0)
	}
	mark := func(start, end int32) {
		span := d.span(d.words[start].start, d.words[end-1].end)
		if last := len(out) - 1; last >= 0 && span.Start < out[last].Span.End {
			out[last].Span.End = max(out[last].Span.End, span.End)
			return
		}
		out = append(out, Mark{MarkHealth, span})
	}
	other := func(h ideaHit) bool {
		return slices.ContainsFunc(d.ideas, func(o ideaHit) bool { return o.idea == healthOther && o.start <= h.start && h.end <= o.end })
	}
	for i, h := range d.ideas {
		if other(h) {
			continue
		}
		switch h.idea {
		case healthAlone:
			mark(h.start, h.end)
		case healthAiling, healthBody:
			for _, next := range d.ideas[i+1:] {
				if next.start > h.end+1 || next.sentence != h.sentence {
					break
				}
				if next.start >= h.end && (h.idea == healthAiling && next.idea == healthBody || h.idea == healthBody && (next.idea == healthAfter || next.idea == healthAiling)) {
					mark(h.start, next.end)
					break
				}
			}
		}
	}
	for i, w := range d.words { // words of medicine by how they end: bursitis, tonsillectomy
		word := string(d.folded[w.start:w.end])
		if len(word) > 7 && d.known[i] == 0 && slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(word, e) }) {
			mark(int32(i), int32(i+1))
		}
	}
	return out
}

var endings = []string{"itis", "ectomy", "ostomy", "oscopy", "plasty", "emia", "algia", "cillin", "mycin", "statin", "prazole", "opathy", "osclerosis"}

// phrasesAt notes the listed phrases that begin at one word.
func (d *document) phrasesAt(t *trie, from, i int, node int32) {
	to := t.child(node, d.known[i])
	if to == 0 {
		return
	}
	sentence := d.clause[d.words[i].clause].sentence
	for k := range t.entries[to] {
		d.ideas = append(d.ideas, ideaHit{int32(t.entries[to][k].topic), int32(from), int32(i + 1), sentence, false})
	}
	if i+1 < len(d.words) && d.clause[d.words[i+1].clause].sentence == sentence {
		d.phrasesAt(t, from, i+1, to)
	}
}

// Mask writes a text with its marks covered, for whatever leaves the practice.
func Mask(text string, marks []Mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m.Span.Start < at || m.Span.End > len(text) {
			continue
		}
		b.WriteString(text[at:m.Span.Start])
		b.WriteString("[" + m.Kind + "]")
		at = m.Span.End
	}
	b.WriteString(text[at:])
	return b.String()
}
