package classify

import (
	"math"
	"slices"
)

// Topic is one thing that people speak of.
type Topic struct {
	ID, Label, Description, Owner string
	// Cues are all phrases that tell the topic, English first; complaints and praise among them.
	Cues    []string
	MapsTo  map[string]string // the nearest category of known patient-feedback frameworks
	Source  string
	Checked string    // the day the entry was last checked
	Own     bool      // the practice made it
	Off     bool      // the practice switched it off
	alone   bool      // general praise or complaint: told only when nothing more exact is
	cue     [3]uint32 // the topic model's features of a complaint, of a word, of praise
}

// mostTopics bounds the topic list, so that a text needs no map to merge its cues.
const mostTopics = 64

const (
	leastPart = 3 // words
	// PartDoubt is by how much surer the topic model has to be of a part than of a whole sentence, since it hears less there.
	PartDoubt = 1
)

// sentences calls f with the first and the last word of each sentence.
func (d *document) sentences(f func(first, last int)) {
	for first := 0; first < len(d.words); {
		last, sentence := first, d.clause[d.words[first].clause].sentence
		for last+1 < len(d.words) && d.clause[d.words[last+1].clause].sentence == sentence {
			last++
		}
		f(first, last)
		first = last + 1
	}
}

// parts calls f with the first and the last word of each part of a sentence: "the room was dirty, nobody answered the phone, and the bill was wrong"
// speaks of three things, and each is heard better by itself.
func (d *document) parts(first, last int, f func(first, last int)) {
	from := first
	for i := first + leastPart; i+leastPart <= last+1; i++ {
		if i-from >= leastPart && (d.words[i].comma || d.words[i].clause != d.words[i-1].clause) {
			f(from, i-1)
			from = i
		}
	}
	f(from, last)
}

// topicHits says what each sentence is about, and merges the sentences. In English texts the model hears the listed phrases as it hears words: it
// adds what no list has, and takes back a phrase that stands for something else.
func (c *Classifier) topicHits(d *document, f *features, stars int) []TopicHit {
	m := merger{c: c, d: d}
	d.topics, d.told = d.topics[:0], d.told[:0]
	var shares, ofPart [mostHeads]float32
	var at [mostHeads]sentencePart
	heads := len(c.subjects.ids)
	next := 0
	d.sentences(func(first, last int) {
		from := next
		for next < len(d.hits) && int(d.hits[next].start) <= last {
			next++
		}
		hits := d.hits[from:next]
		if f != nil {
			var all [mostHeads]int32
			best := false
			d.parts(first, last, func(a, b int) {
				var sum [mostHeads]int32
				d.rows = c.subjects.rows(f, a, b, d.rows[:0])
				c.subjects.add(&sum, d.rows)
				for k := range heads {
					all[k] += sum[k]
				}
				if a == first && b == last {
					return
				}
				c.shares(&sum, hits, a, b, ofPart[:heads])
				for k := range heads {
					if v := ofPart[k] - PartDoubt; !best || v > shares[k] {
						shares[k], at[k] = v, sentencePart{a, b}
					}
				}
				best = true
			})
			c.shares(&all, hits, first, last, ofPart[:heads])
			for k := range heads {
				if v := ofPart[k]; !best || v >= shares[k] {
					shares[k], at[k] = v, sentencePart{first, last}
				}
			}
		}
		var listed [mostTopics]bool
		mocked := f != nil && f.mocked(first)
		for i := range hits {
			h := &hits[i]
			if h.entry.role != about || mocked && (h.entry.polarity > 0 || inMockery(hits, h)) {
				continue
			}
			if head := c.subjects.head[h.entry.topic]; f != nil && head >= 0 && !h.entry.sure && shares[head] < c.subjects.listed[head]-h.trust() {
				continue
			}
			listed[h.entry.topic] = true
			m.add(h.entry.topic, d.span(d.words[h.start].start, d.words[h.end-1].end), polarity(d, h, f, first, last, stars))
		}
		if f == nil {
			return
		}
		for k := range heads {
			t := c.subjects.topic[k]
			if last-first+1 < leastPart && t >= 0 && !c.topics[t].alone {
				continue // a word or two, such as "loved it", are about nothing in particular
			}
			if t >= 0 && !listed[t] && shares[k] >= c.subjects.from[k] {
				a, b := c.subjects.telling(f, at[k].first, at[k].last, k)
				if c.own.leaveOut(c.topics[t].ID, string(d.folded[d.words[a].start:d.words[b].end])) {
					continue
				}
				m.add(int(t), d.span(d.words[a].start, d.words[b].end), leaning(f, first, stars))
			}
		}
	})
	return m.done()
}

// trust is how much less the model has to hear where several words are listed as complaint or praise: "the bill was wrong" speaks for itself.
func (h *phraseHit) trust() float32 {
	if h.entry.polarity != 0 && h.end-h.start > 1 {
		return StrongPhrase
	}
	return 0
}

// StrongPhrase is in scores of the topic model.
const StrongPhrase = 1.5

// sentencePart is from one word to another.
type sentencePart struct{ first, last int }

// shares scores the words from first to last for each topic of the model, by the sums of their weights and the listed phrases among them.
func (c *Classifier) shares(sum *[mostHeads]int32, hits []phraseHit, first, last int, out []float32) {
	var room [16]uint32
	cues := room[:0]
	for i := range hits {
		h := &hits[i]
		if h.entry.role != about || int(h.start) < first || int(h.start) > last {
			continue
		}
		if b := c.topics[h.entry.topic].cue[h.entry.polarity+1]; !slices.Contains(cues, b) {
			cues = append(cues, b)
		}
	}
	c.subjects.shares(sum, last-first+1, cues, out)
}

// toldTopic is a place that tells of a topic, until all are known.
type toldTopic struct {
	hit  int // which of the topics found
	span Span
}

// merger joins what the sentences are about.
type merger struct {
	c     *Classifier
	d     *document
	at    [mostTopics]int8  // topic -> position among those found, plus one
	last  [mostTopics]int32 // by position: the last place that tells of it
	alone [mostTopics]bool  // by position: general praise or complaint
	exact bool
}

func (m *merger) add(topic int, span Span, p Sentiment) {
	d, hit := m.d, int(m.at[topic])-1
	if hit < 0 {
		hit = len(d.topics)
		d.topics = append(d.topics, TopicHit{ID: m.c.topics[topic].ID, Polarity: p})
		m.at[topic] = int8(hit + 1)
		m.alone[hit] = m.c.topics[topic].alone
		m.exact = m.exact || !m.alone[hit]
	} else {
		d.topics[hit].Polarity = merge(d.topics[hit].Polarity, p)
		if last := &d.told[m.last[hit]].span; span.Start < last.End {
			last.End = max(last.End, span.End)
			return
		}
	}
	m.last[hit] = int32(len(d.told))
	d.told = append(d.told, toldTopic{hit, span})
}

// done leaves general praise or complaint away where something more exact is said.
func (m *merger) done() []TopicHit {
	d := m.d
	if len(d.topics) == 0 {
		return nil
	}
	out, places := make([]TopicHit, 0, len(d.topics)), make([]Span, 0, len(d.told))
	for i, hit := range d.topics {
		if m.exact && m.alone[i] {
			continue
		}
		from := len(places)
		for _, one := range d.told {
			if one.hit == i {
				places = append(places, one.span)
			}
		}
		hit.Spans = places[from:len(places):len(places)]
		if hit.Polarity == "" {
			hit.Polarity = Mixed
		}
		out = append(out, hit)
	}
	return out
}

// leaning is the feeling of a sentence: what the model makes of it and what its listed words weigh, else the stars.
func leaning(f *features, first, stars int) Sentiment {
	for i := range f.sentences {
		if s := &f.sentences[i]; s.first == first {
			if p := sign(3 * (s.lean + math.Tanh(s.words/2))); p != "" {
				return p
			}
		}
	}
	return byStars(stars)
}

// polarity is the feeling of one cue: its own if it is a complaint or praise, else that of its clause where a sentence turns, of its sentence,
// of the stars; "" when nothing tells.
func polarity(d *document, h *phraseHit, f *features, first, last, stars int) Sentiment {
	at := d.words[h.start].clause
	if p := h.entry.polarity; p != 0 {
		if negated(d, h.start) {
			p = -p
		}
		return sign(float64(p))
	}
	if s := sign(d.clause[at].score); s != "" && (f == nil || d.words[first].clause != d.words[last].clause) {
		return s
	}
	if f != nil {
		return leaning(f, first, stars)
	}
	sum := 0.0
	for i := d.words[first].clause; i <= d.words[last].clause; i++ {
		sum += d.clause[i].score
	}
	if s := sign(sum); s != "" {
		return s
	}
	return byStars(stars)
}

func byStars(stars int) Sentiment {
	switch {
	case stars == 1 || stars == 2:
		return Negative
	case stars >= 4:
		return Positive
	}
	return ""
}

// negated tells whether a negation stands shortly before a word.
func negated(d *document, at int32) bool {
	for i := len(d.hits) - 1; i >= 0; i-- {
		h := &d.hits[i]
		if h.start >= at || h.entry.role != negates {
			continue
		}
		if h.start < at-2 {
			return false // nearer than for feelings: a cue is a phrase of its own
		}
		if h.end <= at && sameBreath(d, h.end-1, at) {
			return true
		}
	}
	return false
}

func sign(score float64) Sentiment {
	switch {
	case score > 0.4:
		return Positive
	case score < -0.4:
		return Negative
	}
	return ""
}

// merge joins the feelings of two sentences on the same topic.
func merge(a, b Sentiment) Sentiment {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return Mixed
}
