package classify

import "slices"

// "Another two hour wait, fantastic job!" has no unkind word in it. What gives it away is praise in the same breath as a plain failure, and no word
// such as "but" or "worth" that keeps the two apart. These are short lists in assets/languages; all else is left to the model.

// ironyFile is the part of a language's list that tells irony.
type ironyFile struct {
	Praise  []string `yaml:"praise"`  // what people say who mock
	Failure []string `yaml:"failure"` // what nobody praises
	Sincere []string `yaml:"sincere"` // what takes the mockery out of both
}

// What an entry of irony is.
const (
	mockPraise = iota
	plainFailure
	sincere
)

const (
	aside      = 5    // words of a sentence that says no more than "Fantastic job!"
	ironyScore = -0.4 // of a text that is mostly mockery
	ironySure  = 0.6
)

// mocks finds the sentences that praise a failure, counts them as complaints and tells how many there are.
func (f *features) mocks(d *document) (ironic int) {
	next, failed := 0, false
	for i := range f.sentences {
		s := &f.sentences[i]
		praised, fails, meant := false, false, false
		for ; next < len(d.hits) && int(d.hits[next].start) <= s.last; next++ {
			switch h := &d.hits[next]; {
			case h.entry.role != irony:
			case h.entry.topic == mockPraise:
				praised = true
			case h.entry.topic == plainFailure:
				fails = fails || !d.denied(int(h.start))
			default:
				meant = true
			}
		}
		meant = meant || slices.ContainsFunc(d.clause[d.words[s.first].clause:d.words[s.last].clause+1], func(c clause) bool { return c.contrast })
		if praised && !meant && (fails || failed && s.last-s.first < aside) {
			s.lean, s.words, s.ironic = -1, -1, true
			ironic++
		}
		failed = fails && !meant
	}
	return ironic
}

// unmask turns the verdict on a text that mocks more than it praises.
func (f *features) unmask(d *document, v verdict) verdict {
	ironic := f.mocks(d)
	if ironic == 0 {
		return v
	}
	for i := range v.reasons {
		r := &v.reasons[i]
		if r.weight > 0 && slices.ContainsFunc(f.sentences, func(s sentenceFelt) bool { return s.ironic && int(r.start) >= s.first && int(r.start) <= s.last }) {
			r.weight = -r.weight
		}
	}
	kind := 0
	for _, s := range f.sentences {
		if !s.ironic && s.lean > strongly {
			kind++
		}
	}
	if kind > ironic || v.sentiment == Negative {
		return v
	}
	v.sentiment, v.score, v.confidence = Negative, min(v.score, ironyScore), ironySure
	return v
}

// mocked tells whether a sentence praises a failure, so that its praise is of nothing.
func (f *features) mocked(first int) bool {
	return slices.ContainsFunc(f.sentences, func(s sentenceFelt) bool { return s.ironic && s.first == first })
}

// inMockery tells whether a phrase stands within one that mocks: the "job" of "fantastic job" is nobody's work here.
func inMockery(hits []phraseHit, h *phraseHit) bool {
	return slices.ContainsFunc(hits, func(o phraseHit) bool {
		return o.entry.role == irony && o.entry.topic == mockPraise && o.start <= h.start && h.end <= o.end
	})
}
