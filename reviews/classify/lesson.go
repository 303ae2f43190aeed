package classify

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// What a practice corrects teaches: an overlay of its own on lists and model, worked out anew from the list of all corrections, so that one
// taken back leaves no trace. It only looks at words that stand together, and two corrections have to agree before anything else changes,
// or a whole phrase has to be the same; so one mistake turns nothing over.

// Lesson is one mention with what a person corrected in it; an empty part was not corrected.
type Lesson struct {
	Text      string
	Stars     int
	Sentiment Sentiment
	Topics    []string
	ToTopics  bool // the topics were corrected, perhaps to none
	Urgency   Severity
	ToUrgency bool // the urgency was corrected, perhaps to none
	Kind      Kind
}

// The parts of a Result that lessons may change, as Result.Learned names them.
const (
	LearnedSentiment = "sentiment"
	LearnedTopics    = "topics"
	LearnedUrgency   = "urgency"
	LearnedKind      = "kind"
)

const (
	agreeing   = 2 // corrections that must agree on a pair of words
	agreeAlone = 3 // and on a single word that no list knows
	outvotes   = 3 // how many times more they must be than those that say otherwise
	mostLearnt = 2000
)

// taught is what the lessons come to.
type taught struct {
	feelings map[uint64]pull     // words that lean a text somewhere
	topics   map[uint64][]int    // words that tell a topic
	unsaid   map[uint64][]int    // words that do not tell a topic, whatever the lists say
	urgent   map[uint64]Severity // words that cannot wait
	calm     map[uint64]bool     // words of a signal that can
	kinds    map[uint64]Kind     // words that tell the kind
}

// pull leans a text towards a feeling, by a share of the way.
type pull struct {
	to    float64
	share float64
}

func (t *taught) empty() bool {
	return t == nil || len(t.feelings)+len(t.topics)+len(t.unsaid)+len(t.urgent)+len(t.calm)+len(t.kinds) == 0
}

// example is a lesson as it is learned from.
type example struct {
	Lesson
	traits map[uint64]trait
	before Result // what is said of it without any lesson
	text   Sentiment
	quotes map[uint64]bool // of signals that are not critical
}

// learn works out what the lessons come to; nil for none.
func (c *Classifier) learn(lessons []Lesson) *taught {
	if len(lessons) == 0 {
		return nil
	}
	if len(lessons) > mostLearnt {
		lessons = lessons[:mostLearnt]
	}
	plain := *c
	plain.taught = nil
	examples := make([]example, len(lessons))
	for i, l := range lessons {
		examples[i] = plain.study(l)
	}
	t := &taught{feelings: map[uint64]pull{}, topics: map[uint64][]int{}, unsaid: map[uint64][]int{}, urgent: map[uint64]Severity{}, calm: map[uint64]bool{}, kinds: map[uint64]Kind{}}
	for _, to := range []Sentiment{Negative, Mixed, Positive} {
		votes := elect(examples, func(e *example) vote {
			return vote{said: e.Sentiment != "", yes: e.Sentiment == to, news: e.text != to}
		}, feelingTrait)
		for key, n := range votes {
			p := pull{0, min(0.95, 0.6+0.15*float64(n))} // to the middle it is only half as far
			if to != Mixed {
				p = pull{map[Sentiment]float64{Negative: -1, Positive: 1}[to], min(0.9, 0.35+0.15*float64(n))}
			}
			if other, ok := t.feelings[key]; !ok || p.share > other.share {
				t.feelings[key] = p
			}
		}
	}
	for i := range c.topics {
		id := c.topics[i].ID
		has := func(e *example) bool { return slices.Contains(e.Topics, id) }
		had := func(e *example) bool {
			return slices.ContainsFunc(e.before.Topics, func(h TopicHit) bool { return h.ID == id })
		}
		for key := range elect(examples, func(e *example) vote { return vote{said: e.ToTopics, yes: has(e), news: !had(e)} }, topicTrait) {
			t.topics[key] = append(t.topics[key], i)
		}
		for key := range elect(examples, func(e *example) vote { return vote{said: e.ToTopics, yes: !has(e), news: had(e)} }, topicTrait) {
			t.unsaid[key] = append(t.unsaid[key], i)
		}
	}
	for _, to := range []Severity{Medium, High, Critical} {
		for key := range elect(examples, func(e *example) vote {
			return vote{said: e.ToUrgency, yes: e.Urgency.Rank() >= to.Rank(), news: e.before.Urgency.Rank() < to.Rank()}
		}, topicTrait) {
			t.urgent[key] = to
		}
	}
	t.calm = calmed(examples)
	for _, to := range Kinds() {
		for key := range elect(examples, func(e *example) vote { return vote{said: e.Kind != "", yes: e.Kind == to, news: e.before.Kind != to} }, feelingTrait) {
			t.kinds[key] = to
		}
	}
	return t
}

// study reads a lesson.
func (c *Classifier) study(l Lesson) example {
	e := example{Lesson: l, before: c.Judge(l.Text, l.Stars), text: c.Judge(l.Text, 0).Sentiment, traits: map[uint64]trait{}, quotes: map[uint64]bool{}}
	d := c.read(l.Text)
	defer d.release()
	if c.findPhrases(d, e.before.Language); len(d.words) == 0 {
		return e
	}
	c.eachTrait(d, func(t trait) {
		if before, seen := e.traits[t.key]; seen {
			t = t.with(before)
		}
		e.traits[t.key] = t
	})
	for _, s := range e.before.Signals {
		if s.Severity != Critical {
			e.quotes[quoted(s)] = true
		}
	}
	return e
}

// vote is what one example says on a question: whether it says anything, yes or no, and whether the yes is news to the lists.
type vote struct{ said, yes, news bool }

// elect finds the words that carry a yes: enough examples agree, hardly any says otherwise, and for one of them at least it was news.
func elect(examples []example, of func(*example) vote, fits func(trait, int) bool) map[uint64]int {
	type tally struct {
		trait trait
		yes   int
		news  bool
	}
	tallies := map[uint64]*tally{}
	for i := range examples {
		v := of(&examples[i])
		if !v.said || !v.yes {
			continue
		}
		for key, t := range examples[i].traits {
			n := tallies[key]
			if n == nil {
				n = &tally{trait: t}
				tallies[key] = n
			}
			n.trait = n.trait.with(t)
			n.yes++
			n.news = n.news || v.news
		}
	}
	maps.DeleteFunc(tallies, func(_ uint64, t *tally) bool { return !t.news || !fits(t.trait, t.yes) })
	no := map[uint64]int{}
	for i := range examples {
		if v := of(&examples[i]); v.said && !v.yes && len(tallies) > 0 {
			for key := range examples[i].traits {
				no[key]++
			}
		}
	}
	chosen := map[uint64]int{}
	for key, t := range tallies {
		if n := t.yes - no[key]; no[key] == 0 || t.yes >= outvotes*no[key] && fits(t.trait, n) {
			chosen[key] = n
		}
	}
	return chosen
}

// topicTrait reports whether so many corrections that agree on the words are enough to tell a topic by them.
func topicTrait(t trait, n int) bool {
	switch {
	case t.covered || t.felt || !t.strong:
		return false // the words have a meaning in the lists already, or none of their own
	case t.words == 1:
		return t.unlisted && n >= agreeAlone
	case t.words == 2:
		return n >= agreeing
	}
	return n >= 1
}

// feelingTrait is the same for a feeling, where words that only name a thing need more votes than those that feel.
func feelingTrait(t trait, n int) bool {
	switch {
	case t.covered || t.words == 1 || !t.strong && !t.touched:
		return false
	case t.words == 2 && !t.unlisted && !t.touched:
		return n >= agreeAlone
	case t.words == 2:
		return n >= agreeing
	}
	return n >= 1
}

// calmed are the words of signals that people called not urgent time and again. What is critical stays critical: to miss one is worse.
func calmed(examples []example) map[uint64]bool {
	calm, kept := map[uint64]int{}, map[uint64]bool{}
	for i := range examples {
		for quote := range examples[i].quotes {
			switch e := &examples[i]; {
			case e.ToUrgency && e.Urgency == "":
				calm[quote]++
			case e.ToUrgency:
				kept[quote] = true
			}
		}
	}
	out := map[uint64]bool{}
	for quote, n := range calm {
		if n >= agreeAlone && !kept[quote] {
			out[quote] = true
		}
	}
	return out
}

func quoted(s SignalHit) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.ID + "\x00" + bare(s.Quote)))
	return h.Sum64()
}

// found is what the lessons say of a text.
type found struct {
	pull    pull
	at      phraseHit // the words that pull
	urgency Severity
	told    bool // of a topic
	kind    Kind
	unsaid  []phraseHit // with the topic in entry
}

// learned names the parts that the lessons have a say in.
func (f found) learned(leaned bool) []string {
	var parts []string
	if leaned {
		parts = append(parts, LearnedSentiment)
	}
	if f.told || len(f.unsaid) > 0 {
		parts = append(parts, LearnedTopics)
	}
	if f.urgency != "" {
		parts = append(parts, LearnedUrgency)
	}
	if f.kind != "" {
		parts = append(parts, LearnedKind)
	}
	return parts
}

// recall finds what was taught in a text. The topics it tells join the phrases found, in their order.
func (c *Classifier) recall(d *document) found {
	var f found
	t := c.taught
	if t.empty() {
		return f
	}
	told := len(d.hits)
	c.eachTrait(d, func(tr trait) {
		at := phraseHit{start: tr.start, end: tr.end}
		if p, ok := t.feelings[tr.key]; ok && p.share > f.pull.share {
			f.pull, f.at = p, at
		}
		for _, topic := range t.topics[tr.key] {
			at.entry = &entry{role: about, topic: topic, sure: true}
			d.hits = append(d.hits, at)
		}
		for _, topic := range t.unsaid[tr.key] {
			at.entry = &entry{role: about, topic: topic}
			f.unsaid = append(f.unsaid, at)
		}
		if kind := t.kinds[tr.key]; kind != "" && f.kind == "" {
			f.kind = kind
		}
		if u := t.urgent[tr.key]; u.Rank() > f.urgency.Rank() {
			f.urgency = u
		}
	})
	if len(d.hits) > told {
		f.told = true
		slices.SortStableFunc(d.hits, func(a, b phraseHit) int { return cmp.Compare(a.start, b.start) })
	}
	return f
}

// lean moves what the text says towards what was taught, by as much of it as the taught sentence takes up.
func (f found) lean(d *document, v verdict) (verdict, bool) {
	if f.pull.share == 0 || !v.judged {
		return v, false
	}
	sentence, in := d.clause[d.words[f.at.start].clause].sentence, 0
	for i := range d.words {
		if d.clause[d.words[i].clause].sentence == sentence {
			in++
		}
	}
	share := f.pull.share * math.Sqrt(float64(in)/float64(len(d.words)))
	moved := share * (f.pull.to - v.score)
	if math.Abs(moved) < decided {
		return v, false
	}
	before := v.sentiment
	v.score += moved
	to := Mixed
	switch {
	case v.score >= decided:
		to = Positive
	case v.score <= -decided:
		to = Negative
	}
	if to == Mixed || to == sign(f.pull.to) { // never away from what was taught
		v.sentiment, v.confidence = to, 0.5+0.3*share
	}
	v.reasons = append(v.reasons, reason{f.at.start, f.at.end, moved * 3, d.words[f.at.start].clause})
	return v, v.sentiment != before
}

// unsay drops the topics that were taught not to be told by words of the text, unless a listed phrase tells them elsewhere in it.
func (f found) unsay(d *document, hits []TopicHit, topics []Topic) []TopicHit {
	return slices.DeleteFunc(hits, func(h TopicHit) bool {
		of := func(p phraseHit) bool { return p.entry.role == about && topics[p.entry.topic].ID == h.ID }
		if !slices.ContainsFunc(f.unsaid, of) {
			return false
		}
		return !slices.ContainsFunc(d.hits, func(p phraseHit) bool {
			return of(p) && !slices.ContainsFunc(f.unsaid, func(u phraseHit) bool { return of(u) && u.start < p.end && p.start < u.end })
		})
	})
}

// settle drops the signals that were called not urgent.
func (c *Classifier) settle(hits []SignalHit) []SignalHit {
	t := c.taught
	if t == nil || len(t.calm) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(s SignalHit) bool { return s.Severity != Critical && t.calm[quoted(s)] })
}

// stamp tells one state of what was taught from another.
func (t *taught) stamp() uint64 {
	h := fnv.New64a()
	put := func(values ...uint64) {
		var b []byte
		for _, v := range values {
			b = binary.LittleEndian.AppendUint64(b, v)
		}
		_, _ = h.Write(b)
	}
	if t.empty() {
		return 0
	}
	for _, key := range slices.Sorted(maps.Keys(t.feelings)) {
		put(1, key, math.Float64bits(t.feelings[key].to), math.Float64bits(t.feelings[key].share))
	}
	for n, lists := range []map[uint64][]int{t.topics, t.unsaid} {
		for _, key := range slices.Sorted(maps.Keys(lists)) {
			put(uint64(2+n), key)
			for _, topic := range lists[key] {
				put(uint64(topic))
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(t.urgent)) {
		put(4, key, uint64(t.urgent[key].Rank()))
	}
	for _, key := range slices.Sorted(maps.Keys(t.calm)) {
		put(5, key)
	}
	for _, key := range slices.Sorted(maps.Keys(t.kinds)) {
		put(6, key, uint64(slices.Index(Kinds(), t.kinds[key])))
	}
	return h.Sum64()
}
