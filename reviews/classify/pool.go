package classify

import "math"

// A review is more than the sum of its words: one that tells of three good things and one bad is praise with a wish, and one that is calm for
// five sentences and says in the last "never again" is not. So for texts of that length a second small classifier looks at what the first made
// of the whole and of each sentence.

// Pooled is how many things the second step looks at.
const Pooled = 15

const (
	reviewWords     = 25
	reviewSentences = 2
	strongly        = 0.3 // a sentence that leans further says something
)

// LikeReview tells whether a text is long enough for the second step.
func LikeReview(words, sentences int) bool {
	return words >= reviewWords && sentences >= reviewSentences
}

// spread is how the sentences of a text lie on one scale from bad to good.
type spread struct {
	sum, least, most, first, last float64
	bad, good                     float64 // how many lean strongly
	n                             float64
}

func (s *spread) add(v float64) {
	if s.n == 0 {
		s.first, s.least, s.most = v, v, v
	}
	s.sum, s.least, s.most, s.last, s.n = s.sum+v, min(s.least, v), max(s.most, v), v, s.n+1
	switch {
	case v < -strongly:
		s.bad++
	case v > strongly:
		s.good++
	}
}

// pool gathers what the second step looks at.
type pool struct {
	score        [classes]float64
	model, words spread
}

func newPool(score [classes]float64) pool { return pool{score: score} }

// add takes in a sentence: how the model leans, and what its listed words weigh.
func (p *pool) add(lean, words float64) {
	p.model.add(math.Tanh(lean))
	p.words.add(math.Tanh(words / 2))
}

func (p *pool) done() [Pooled]float64 {
	m, w := &p.model, &p.words
	return [Pooled]float64{
		p.score[isGood] - p.score[isBad], p.score[isMixed] - (p.score[isGood]+p.score[isBad])/2,
		m.sum / m.n, m.least, m.most, m.last, m.first, math.Log1p(m.n),
		w.sum / w.n, w.least, w.most, w.last,
		4 * m.bad * m.good / (m.n * m.n), max(0, m.most) * max(0, -m.least), math.Abs(m.sum / m.n),
	}
}
