package classify

import (
	"fmt"
	"math"
	"slices"
)

// No list knows every wording of what cannot wait. Beside the patterns and the situations a linear model listens to each sentence, and to each
// sentence with the one after it: its words, their stems, its pairs of words and the ideas in it. It has a head for each signal, and one for each severity, which
// learned from all signals that are at least so severe. A severity head says that something cannot wait; the signals' heads say what it is. The model
// only adds to what the lists found. Its weights lie in assets/urgency, made by reviews/classify/train of wordings that people labelled.
type alarmModel struct {
	*subjectModel
	signal [mostHeads]int16 // by head: the place of its signal in the list, -1 for a severity
	level  [mostHeads]int   // by head: the rank of its severity
	levels [4]int           // by rank: the head of the severity
}

const (
	alarmBuckets = 1 << 15
	alarmMagic   = "GWURGE03"
	alarmWays    = 3 // a word, the pair that it ends, and its stem
	// Below this score what the lists call critical is only high. When it was chosen, a third of the ordinary texts that they call so scored less in
	// cross-validation, and one in forty-five of the others.
	doubtedAlarm = -4.4
	neverDoubted = "self_harm" // a few plain words may be all that is said
)

// AlarmShare is what the head of the likeliest signal adds to the head of a severity.
const AlarmShare = 0.6

// AlarmBuckets is how many hashed features the urgency model has.
const AlarmBuckets = alarmBuckets

// join finds the signals of the list that the model knows.
func (m *alarmModel) join(signals []Signal) error {
	for k, id := range m.ids {
		at := slices.IndexFunc(signals, func(s Signal) bool { return s.ID == id })
		m.signal[k] = int16(at)
		if at >= 0 {
			m.level[k] = signals[at].Severity.Rank()
		} else {
			m.level[k] = Severity(id).Rank()
			m.levels[m.level[k]] = k
		}
		if m.level[k] == 0 {
			return fmt.Errorf("the urgency model knows %q, which is no signal", id)
		}
	}
	return nil
}

// ideaBucket is the feature of an idea. It goes by the name, so that the list may change its order.
func ideaBucket(name string, denied bool) uint32 {
	h := hashWord([]byte(name))
	if denied {
		h ^= 0x2545f491
	}
	return mix(h*0x9e3779b9 + 1)
}

// ideasOf appends the features of the ideas of one sentence, each once, and tells where the next sentence's ideas start.
func (s *situations) ideasOf(d *document, next, last int, out []uint32) ([]uint32, int) {
	for ; next < len(d.ideas) && int(d.ideas[next].start) <= last; next++ {
		h := &d.ideas[next]
		b := s.buckets[h.idea][0]
		if h.denied {
			b = s.buckets[h.idea][1]
		}
		if !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	return out, next
}

// besides is with how many ideas before it in a sentence an idea makes a pair.
const besides = 32

// pairsOf appends the features of ideas that stand in one sentence: what neither says alone, both may say together.
func pairsOf(ideas, out []uint32) []uint32 {
	for i, a := range ideas {
		for _, b := range ideas[max(0, i-besides):i] {
			out = append(out, mix(min(a, b)*0x01000193^max(a, b)*0x85ebca6b))
		}
	}
	return out
}

// greeting are too few for the model to hear anything in: a greeting is no alarm. The lists know the short cries.
const greeting = 4

// listen adds what the model hears beyond the signals found. The ideas of the document have to be seen before.
func (c *Classifier) listen(d *document, f *features, out []SignalHit) []SignalHit {
	if len(d.words) < greeting {
		return out
	}
	m := c.alarms
	heads := len(m.ids)
	var found [4]struct {
		score       float32
		head        int
		first, last int
	}
	rank := 0
	for _, s := range out {
		rank = max(rank, s.Severity.Rank())
	}
	dire := float32(math.Inf(-1)) // the most that any window says for what is critical
	var before, now [mostHeads]int32
	var score [mostHeads]float32
	var room [32]uint32
	var firstBefore, ideasBefore, next int
	weigh := func(sum *[mostHeads]int32, first, last, ideas int) {
		x := m.scale * alarmWeight(last-first+1, ideas)
		for k := range m.ids {
			score[k] = m.bias[k] + x*float32(sum[k])
		}
		for level := len(found) - 1; level > min(rank, High.Rank()); level-- {
			best, worst := -1, -1 // of the severity; of it or beyond
			for k := range heads {
				if m.signal[k] < 0 || m.level[k] < level {
					continue
				}
				if worst < 0 || score[k] > score[worst] {
					worst = k
				}
				if m.level[k] == level && (best < 0 || score[k] > score[best]) {
					best = k
				}
			}
			sure := score[m.levels[level]] + AlarmShare*score[worst]
			if level == Critical.Rank() {
				dire = max(dire, sure)
			}
			over := sure - m.from[m.levels[level]]
			if over < 0 || found[level].last > 0 && over <= found[level].score {
				continue
			}
			found[level].score, found[level].head, found[level].first, found[level].last = over, best, first, last+1
		}
	}
	d.sentences(func(first, last int) {
		var ideas []uint32
		ideas, next = c.situated.ideasOf(d, next, last, room[:0])
		clear(now[:heads])
		d.rows = m.rows(f, first, last, d.rows[:0])
		m.add(&now, d.rows)
		d.pairs = pairsOf(ideas, append(d.pairs[:0], ideas...))
		for i := range d.pairs {
			d.pairs[i] &= m.mask
		}
		m.add(&now, d.pairs)
		weigh(&now, first, last, len(ideas))
		if first > 0 {
			for k := range heads {
				before[k] += now[k]
			}
			weigh(&before, firstBefore, last, ideasBefore+len(ideas))
		}
		before, firstBefore, ideasBefore = now, first, len(ideas)
	})
	for i := range out {
		if out[i].Severity == Critical && dire < doubtedAlarm && out[i].ID != neverDoubted {
			out[i].Severity = High // still seen today, with all its routing
		}
	}
	for level := len(found) - 1; level > rank; level-- {
		if at := found[level]; at.last > 0 {
			s := &c.signals[m.signal[at.head]]
			first, last := m.loudest(f, at.first, at.last-1, at.head, m.levels[level])
			span := d.span(d.words[first].start, d.words[last].end)
			return append(out, SignalHit{ID: s.ID, Severity: s.Severity, Span: span, Quote: d.text[span.Start:span.End], heard: true})
		}
	}
	return out
}

// alarmWeight is what one feature counts: the more there are, the less.
func alarmWeight(words, ideas int) float32 {
	return float32(1 / math.Sqrt(float64(alarmWays*words+ideas+1)))
}

// loudest is the run of words that spoke most for two heads: those that speak more for them than the words of the sentence do on average.
func (m *alarmModel) loudest(f *features, first, last, a, b int) (from, to int) {
	pull := func(i int) int32 {
		oneA, pairA := m.word(f, i, a)
		oneB, pairB := m.word(f, i, b)
		return oneA + pairA + oneB + pairB
	}
	total := int32(0)
	for i := first; i <= last; i++ {
		total += pull(i)
	}
	usual := max(0, total/int32(last-first+1))
	best, run, start := int32(math.MinInt32), int32(0), first
	for i := first; i <= last; i++ {
		if run <= 0 {
			run, start = 0, i
		}
		if run += pull(i) - usual; run > best {
			best, from, to = run, start, i
		}
	}
	return from, to
}
