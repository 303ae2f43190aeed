package classify

import (
	"cmp"
	"math"
	"slices"
)

// The lexicon rule. A listed word or idiom carries a weight; words before it turn, strengthen or weaken it; what follows
// "but" weighs more than what stands before it. Nothing outside this file knows how the text's feeling is found.

const (
	reach            = 3    // how many words back a negation or an intensifier works
	turnedGood       = -0.8 // "not good" is nearly as bad as "bad"
	turnedBad        = -0.4 // "not bad" is only a little good
	afterBut         = 1.4
	beforeBut        = 0.6
	shoutFactor      = 1.2
	flattening       = 12.0 // how fast many words saturate the score
	decided          = 0.12 // a score beyond this is an answer
	parted           = 0.3  // a text beyond this against its stars disagrees with them: four of five that say the opposite, in cross-validation
	partedConfidence = 0.5  // of what the stars say against the text
	cueWeight        = 1.2  // what a complaint or praise cue of a topic weighs when the lexicon has no word there
)

// verdict is what the text says by itself.
type verdict struct {
	judged     bool
	sentiment  Sentiment
	score      float64
	confidence float64
	reasons    []reason
}

// reason is a Reason still in folded words.
type reason struct {
	start, end int32
	weight     float64
	clause     int32
}

// findPhrases fills the document's hits with every phrase of the language, longest first at each word.
func (c *Classifier) findPhrases(d *document, language string) {
	d.hits = d.hits[:0]
	if !judgedLanguage(language) {
		return
	}
	for i := range d.words {
		if d.words[i].id == 0 && d.words[i].base == 0 {
			continue
		}
		from := len(d.hits)
		d.hits = c.phrases.find(d, i, 0, int32(i), d.hits)
		kept := from
		for k := from; k < len(d.hits); k++ {
			if d.hits[k].entry.language == language {
				d.hits[kept] = d.hits[k]
				kept++
			}
		}
		d.hits = d.hits[:kept]
	}
}

// weigh judges the text by its words and leaves each clause with its own score.
func (c *Classifier) weigh(d *document, judged bool) verdict {
	if !judged {
		return verdict{sentiment: NotJudged}
	}
	v := verdict{judged: true, reasons: feelings(d)}
	for i := range v.reasons {
		r := &v.reasons[i]
		if d.words[r.start].shouted && d.shouts*2 < len(d.words) {
			r.weight *= shoutFactor
		}
		d.clause[r.clause].score += r.weight
		switch next := int(r.clause) + 1; {
		case d.clause[r.clause].contrast:
			r.weight *= afterBut
		case next < len(d.clause) && d.clause[next].contrast:
			r.weight *= beforeBut
		}
	}
	var sum, good, bad float64
	for _, r := range v.reasons {
		sum += r.weight
		if r.weight > 0 {
			good += r.weight
		} else {
			bad -= r.weight
		}
	}
	if sum != 0 {
		sum += math.Copysign(min(float64(d.bangs), 3)*0.2, sum)
	}
	v.score = sum / math.Sqrt(sum*sum+flattening)
	switch {
	case len(v.reasons) == 0:
		v.sentiment = Mixed
	case min(good, bad) >= 2 && min(good, bad) > 0.6*max(good, bad):
		v.sentiment, v.confidence = Mixed, 0.5
	case v.score >= decided:
		v.sentiment = Positive
	case v.score <= -decided:
		v.sentiment = Negative
	default:
		v.sentiment = Mixed
	}
	if v.confidence == 0 {
		v.confidence = 0.3 + 0.65*math.Abs(v.score)
		if len(v.reasons) == 0 {
			v.confidence = 0.2
		}
	}
	return v
}

// feelings walks the words once: the longest phrase of the lexicon at each place speaks, the words before it modify.
func feelings(d *document) []reason {
	out := d.listed[:0]
	h := 0
	type modifier struct {
		at     int32
		value  float64
		negate bool
	}
	var recent [2 * reach]modifier
	n := 0
	for i := int32(0); int(i) < len(d.words); {
		var best *phraseHit
		for ; h < len(d.hits) && d.hits[h].start <= i; h++ {
			hit := &d.hits[h]
			if hit.start < i || hit.entry.role >= marks || hit.entry.role == about && hit.entry.polarity == 0 {
				continue
			}
			if best == nil || hit.end > best.end || hit.end == best.end && hit.entry.role < best.entry.role {
				best = hit
			}
		}
		if best == nil {
			i++
			continue
		}
		switch best.entry.role {
		case negates, boosts:
			recent[n%len(recent)] = modifier{best.end - 1, best.entry.value, best.entry.role == negates}
			n++
		case feels, about:
			weight := best.entry.value
			if best.entry.role == about {
				weight = cueWeight * float64(best.entry.polarity)
			}
			turned := false
			start := best.start
			for k := max(0, n-len(recent)); k < n; k++ {
				m := recent[k%len(recent)]
				if i-m.at > reach || !sameBreath(d, m.at, i) {
					continue
				}
				if m.negate {
					turned = !turned
					start = min(start, m.at)
				} else {
					weight *= 1 + m.value
				}
			}
			if turned {
				if weight > 0 {
					weight *= turnedGood
				} else {
					weight *= turnedBad
				}
			}
			n = 0
			if weight != 0 { // phrases listed with no weight keep a word in them from speaking: "would like", "as well"
				out = append(out, reason{start, best.end, weight, d.words[i].clause})
			}
		}
		i = best.end
	}
	d.listed = out
	return out
}

// sameBreath tells whether no pause or contrast stands between two words.
func sameBreath(d *document, from, to int32) bool {
	if d.words[from].clause != d.words[to].clause {
		return false
	}
	for k := from + 1; k <= to; k++ {
		if d.words[k].comma {
			return false
		}
	}
	return true
}

// withStars lets the stars speak where there are stars, and tells whether the text says the opposite.
func withStars(v verdict, stars int) (s Sentiment, score, confidence float64, disagrees bool) {
	if stars < 1 || stars > 5 {
		return v.sentiment, v.score, v.confidence, false
	}
	score = float64(stars-3) / 2
	confidence = 0.7 + 0.25*math.Abs(score)
	switch {
	case stars <= 2:
		s, disagrees = Negative, v.judged && v.score > parted
	case stars >= 4:
		s, disagrees = Positive, v.judged && v.score < -parted
	default:
		s, confidence = Mixed, 0.6
	}
	if disagrees {
		confidence = partedConfidence
	}
	return s, score, confidence, disagrees
}

// complains tells whether a text complains of several things more than it praises: with many stars that is worth a look, kind words or not.
func complains(topics []TopicHit) bool {
	more := 0
	for _, t := range topics {
		switch t.Polarity {
		case Negative:
			more++
		case Positive:
			more--
		}
	}
	return more > 1
}

// withAlarm counts an undecided text as negative when it speaks of danger to somebody: "I want to end my life" has no word of complaint, and yet
// nobody may find it among the neutral ones. It errs to the safe side, so what reads clearly as praise stays praise.
// A short text is mostly the alarm itself.
func withAlarm(s Sentiment, score float64, words int) (Sentiment, float64) {
	if s == Mixed || s == Positive && score < 0.6 && words < 20 {
		return Negative, min(score, -decided)
	}
	return s, score
}

// why turns the strongest reasons into words of the text, strongest first.
func (v verdict) why(d *document) []Reason {
	if len(v.reasons) == 0 {
		return nil
	}
	const shown = 8
	slices.SortStableFunc(v.reasons, func(a, b reason) int { return cmp.Compare(math.Abs(b.weight), math.Abs(a.weight)) })
	out := make([]Reason, 0, min(shown, len(v.reasons)))
	for _, r := range v.reasons[:cap(out)] {
		span := d.span(d.words[r.start].start, d.words[r.end-1].end)
		out = append(out, Reason{d.text[span.Start:span.End], math.Round(r.weight*100) / 100, span})
	}
	return out
}
