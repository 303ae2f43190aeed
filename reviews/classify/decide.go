package classify

import "math"

// torn is how far the model has to lean where words stand as strong on both sides.
const torn = 0.1

// decide lets the model judge an English text. The lexicon stands beside it: its words are features of the model.
func (c *Classifier) decide(d *document, f *features, v verdict) verdict {
	f.feel(d, v)
	p := c.model.shares(f)
	lean := p[isGood] - p[isBad]
	both := v.sentiment == Mixed && len(v.reasons) > 0
	switch {
	case p[isMixed] >= max(p[isGood], p[isBad]), both && math.Abs(lean) < torn:
		v.sentiment, v.confidence = Mixed, max(p[isMixed], 1.0/classes)
	case lean > 0:
		v.sentiment, v.confidence = Positive, p[isGood]
	default:
		v.sentiment, v.confidence = Negative, p[isBad]
	}
	v.score = lean
	v.reasons = c.model.reasons(d, f, v.reasons)
	return f.unmask(d, v)
}

const (
	tells = 0.12 // what a word has to add to the model's scores, to be named as a reason
	share = 0.2  // of a lexicon's weight in these scores, about
	chain = 4    // words that are named as one
)

// reasons joins what the lexicon found with the words that moved the model by themselves. Neighbours that pull the same way are one reason.
func (m *model) reasons(d *document, f *features, listed []reason) []reason {
	unit := m.unit(len(f.three), len(f.beside)+len(f.closing)) / float64(m.heat)
	pull := func(i int32) float64 { // of a word, with half of each pair it stands in
		own := f.felt[fourWays*i:][:fourWays]
		w := 2*(m.lean(own[0])+m.lean(own[2])) + m.lean(own[1]) + m.lean(own[3])
		if int(i)+1 < len(f.three) {
			next := f.felt[fourWays*(i+1):]
			w += m.lean(next[1]) + m.lean(next[3])
		}
		return unit * float64(w)
	}
	out, next := d.reasons[:0], 0
	chained := 0
	for i := int32(0); int(i) < len(d.words); {
		if next < len(listed) && i >= listed[next].start {
			r := listed[next]
			r.weight *= share
			for ; i < r.end; i++ {
				r.weight += pull(i)
			}
			out, next, chained = append(out, r), next+1, 0
			continue
		}
		w := pull(i)
		last := len(out) - 1
		switch {
		case math.Abs(w) < tells || d.words[i].number || d.words[i].end-d.words[i].start < 2:
			chained = 0
		case chained > 0 && chained < chain && out[last].weight*w > 0 && out[last].clause == d.words[i].clause:
			out[last].end, out[last].weight = i+1, out[last].weight+w
			chained++
		default:
			out, chained = append(out, reason{i, i + 1, w, d.words[i].clause}), 1
		}
		i++
	}
	d.reasons = out
	return out
}

// lean is how far a hashed feature pulls from bad to good.
func (m *model) lean(bucket uint32) int32 {
	at := bucket % buckets * 2
	return int32(m.weights[at+1]) - int32(m.weights[at])
}
