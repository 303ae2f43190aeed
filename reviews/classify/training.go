package classify

import "slices"

// What training needs to see of a text. The programs that make the models read texts through here, so that they see what the classifier sees.

// Features are what the sentiment model sees of a text.
type Features struct {
	Hashed []uint32
	Dense  []float32
	Weight float64 // of each hashed feature: the more there are, the less one counts
	Words  int
}

// FeaturesOf reads what the sentiment model would see of an English text.
func (c *Classifier) FeaturesOf(text string) Features {
	d := c.read(text)
	defer d.release()
	c.findPhrases(d, "en")
	var f features
	f.read(d)
	f.feel(d, c.weigh(d, true))
	out := Features{Dense: f.dense[:], Weight: float64(f.weight()), Words: len(d.words)}
	for _, h := range f.hashed {
		out.Hashed = append(out.Hashed, h%buckets)
	}
	return out
}

// Sentence is what the topic model sees of a sentence.
type Sentence struct {
	Hashed []uint32
	Weight float64  // of each hashed feature
	Cues   []uint32 // phrases of topics; each counts whole
	Listed []string // the topics whose phrases were found
}

// SentencesOf reads what the topic model would see of an English text.
func (c *Classifier) SentencesOf(text string) []Sentence {
	d := c.read(text)
	defer d.release()
	c.findPhrases(d, "en")
	var f features
	f.read(d)
	var out []Sentence
	hit := 0
	d.sentences(func(first, last int) {
		s := Sentence{Weight: float64(sentenceWeight(last - first + 1))}
		for _, h := range f.hashed[2*first : 2*last+2] {
			s.Hashed = append(s.Hashed, h%subjectBuckets)
		}
		var cues []uint32
		from := hit
		cues, hit = c.cues(d, hit, last, cues)
		s.Cues = cues
		for _, h := range d.hits[from:hit] {
			if h.entry.role == about {
				s.Listed = append(s.Listed, c.topics[h.entry.topic].ID)
			}
		}
		out = append(out, s)
	})
	return out
}

// Window is what the urgency model sees of a sentence, or of two that follow each other.
type Window struct {
	Hashed []uint32
	Weight float64
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
	f.read(d)
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
		hashed := append(slices.Clone(f.hashed[2*first:2*last+2]), ideas...)
		window(hashed, last-first+1, len(ideas))
		if before != nil {
			window(append(before, hashed...), wordsBefore+last-first+1, ideasBefore+len(ideas))
		}
		before, wordsBefore, ideasBefore = hashed, last-first+1, len(ideas)
	})
	return windows, listed
}
