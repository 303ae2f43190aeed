package classify

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
