package classify

import "math"

const (
	even      = 0.02 // closer together than this, good and bad are even
	unfounded = 0.2 // without a single word of feeling the model has to be surer than this
	torn      = 0.15  // as strong words on both sides count as mixed, unless the model leans further
)

// decide lets the model judge an English text. The lexicon stands beside it: its words are features of the model, it says where there is nothing
// to feel at all, and where strong words stand on both sides. Texts in other languages keep the answer of the lexicon.
func (c *Classifier) decide(d *document, language string, v verdict) verdict {
	if language != "en" || c.model == nil {
		return v
	}
	f := featuresPool.Get().(*features)
	defer featuresPool.Put(f)
	f.fill(d, v)
	p := c.model.shares(f)
	lean := p[isGood] - p[isBad]
	mixed := v.sentiment == Mixed && len(v.reasons) > 0
	switch {
	case p[isMixed] >= max(p[isGood], p[isBad]), math.Abs(lean) < even,
		len(v.reasons) == 0 && math.Abs(lean) < unfounded,
		mixed && math.Abs(lean) < torn:
		v.sentiment, v.confidence = Mixed, max(p[isMixed], 1-math.Abs(lean))
	case lean > 0:
		v.sentiment, v.confidence = Positive, p[isGood]
	default:
		v.sentiment, v.confidence = Negative, p[isBad]
	}
	v.score = lean
	return v
}
