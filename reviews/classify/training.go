package classify

import "slices"

// What training needs to see of a text. The programs that make the models read texts through here, so that they see what the classifier sees.

// Features are what the sentiment model sees of a text.
type Features struct {
	Whole     Felt
	Dense     []float64
	Words     int
	Sentences []Felt
	Listed    []float64 // what the listed words of each sentence weigh
}

// Felt are the hashed features of a text or of a sentence.
type Felt struct {
	Hashed []uint32
	Halves []uint32 // those that count half
	Weight float64  // of each: the more there are, the less one counts
}

// FeaturesOf reads what the sentiment model would see of an English text.
func (c *Classifier) FeaturesOf(text string) Features {
	d := c.read(text)
	defer d.release()
	c.findPhrases(d, "en")
	var f features
	v := c.weigh(d, true)
	f.sense(c, d)
	f.feel(d, v)
	out := Features{Words: len(d.words)}
	for _, v := range f.dense {
		out.Dense = append(out.Dense, float64(v))
	}
	in := func(to []uint32, hashed []uint32) []uint32 {
		for _, h := range hashed {
			to = append(to, h%buckets)
		}
		return to
	}
	for _, s := range f.sentences {
		felt := Felt{Weight: weight(s.last-s.first+1, s.to-s.from), Halves: in(nil, f.three[s.first:s.last+1])}
		felt.Hashed = in(in(nil, f.felt[fourWays*s.first:fourWays*(s.last+1)]), f.beside[s.from:s.to])
		out.Sentences, out.Listed = append(out.Sentences, felt), append(out.Listed, s.words)
	}
	out.Whole = Felt{Weight: weight(len(f.three), len(f.beside)+len(f.closing)), Halves: in(nil, f.three)}
	out.Whole.Hashed = in(in(in(nil, f.felt), f.beside), f.closing)
	return out
}

// Pool is what the second step sees of a text: what the first made of the whole and how it leans in each sentence.
func (f Features) Pool(score [classes]float64, leans []float64) [Pooled]float64 {
	p := newPool(score)
	for i, lean := range leans {
		p.add(lean, f.Listed[i])
	}
	return p.done()
}

// Sentence is what the topic model sees of a sentence.
type Sentence struct {
	Hashed []uint32
	Meant  [Meanings]float64
	Weight float64  // of each hashed feature, and of what is meant
	Cues   []uint32 // phrases of topics; each counts whole
	Listed []string // the topics whose phrases were found
	Strong []string // those of them whose phrases speak for themselves
	Part   bool     // of the sentence before it
}

// SentencesOf reads what the topic model would see of an English text.
func (c *Classifier) SentencesOf(text string) []Sentence {
	d := c.read(text)
	defer d.release()
	c.findPhrases(d, "en")
	var f features
	f.sense(c, d)
	var out []Sentence
	hit := 0
	d.sentences(func(first, last int) {
		hear := func(from, to int) {
			s := Sentence{Part: from > first || to < last, Meant: c.meant(&f, from, to), Weight: float64(sentenceWeight(to - from + 1))}
			for _, h := range f.felt[fourWays*from : fourWays*(to+1)] {
				s.Hashed = append(s.Hashed, h%subjectBuckets)
			}
			for _, h := range d.hits[hit:] {
				if int(h.start) > to {
					break
				}
				if e := h.entry; int(h.start) >= from && e.role == about {
					s.Listed = append(s.Listed, c.topics[e.topic].ID)
					if h.trust() > 0 {
						s.Strong = append(s.Strong, c.topics[e.topic].ID)
					}
					if b := c.topics[e.topic].cue[e.polarity+1]; !slices.Contains(s.Cues, b) {
						s.Cues = append(s.Cues, b)
					}
				}
			}
			out = append(out, s)
		}
		hear(first, last)
		d.parts(first, last, func(from, to int) {
			if from > first || to < last {
				hear(from, to)
			}
		})
		for ; hit < len(d.hits) && int(d.hits[hit].start) <= last; hit++ {
		}
	})
	return out
}

// Window is what the urgency model sees of a sentence, or of two that follow each other.
type Window struct {
	Hashed []uint32
	Weight float64
}

// meant is where the words from first to last lie in the space of meanings, added up.
func (c *Classifier) meant(f *features, first, last int) (sum [Meanings]float64) {
	for _, row := range f.means[first : last+1] {
		for k, v := range c.meanings.of(row) {
			sum[k] += float64(v)
		}
	}
	return sum
}

// WindowsOf reads what the urgency model would see of a text, and the worst severity and the signals that the lists find in it.
func (c *Classifier) WindowsOf(text string) (windows []Window, listed []string) {
	d := c.read(text)
	defer d.release()
	for _, s := range c.listedSignals(d) {
		listed = append(listed, s.ID)
	}
	if len(d.words) == 0 {
		return nil, nil
	}
	var f features
	f.sense(c, d)
	next := 0
	var before []uint32
	var wordsBefore, ideasBefore int
	window := func(hashed []uint32, words, ideas int) {
		w := Window{Weight: float64(alarmWeight(words, ideas))}
		for _, h := range hashed {
			w.Hashed = append(w.Hashed, h%alarmBuckets)
		}
		windows = append(windows, w)
	}
	d.sentences(func(first, last int) {
		var ideas []uint32
		ideas, next = c.situated.ideasOf(d, next, last, nil)
		hashed := pairsOf(ideas, slices.Clone(ideas))
		for i := first; i <= last; i++ {
			hashed = append(hashed, f.felt[fourWays*i:][:alarmWays]...)
		}
		window(hashed, last-first+1, len(ideas))
		if before != nil {
			window(append(before, hashed...), wordsBefore+last-first+1, ideasBefore+len(ideas))
		}
		before, wordsBefore, ideasBefore = hashed, last-first+1, len(ideas)
	})
	return windows, listed
}
