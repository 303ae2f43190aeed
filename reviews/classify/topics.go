package classify

import "slices"

// Topic is one thing that people speak of.
type Topic struct {
	ID, Label, Description, Owner string
	// Cues are all phrases that tell the topic, English first; complaints and praise among them.
	Cues    []string
	MapsTo  map[string]string // the nearest category of known patient-feedback frameworks
	Source  string
	Checked string // the day the entry was last checked
	Own     bool   // the practice made it
	Off     bool   // the practice switched it off
	alone   bool   // general praise or complaint: told only when nothing more exact is
}

// mostTopics bounds the topic list, so that a text needs no map to merge its cues.
const mostTopics = 64

// topicHits merges the cues found into topics. The feeling of a topic is that of the clauses which speak of it.
func (c *Classifier) topicHits(d *document, stars int) []TopicHit {
	var out []TopicHit
	var at [mostTopics]int8 // topic index -> position in out, plus one
	exact := false
	for i := range d.hits {
		h := &d.hits[i]
		if h.entry.role != about {
			continue
		}
		t := h.entry.topic
		span := d.span(d.words[h.start].start, d.words[h.end-1].end)
		p := polarity(d, h, stars)
		if at[t] == 0 {
			out = append(out, TopicHit{ID: c.topics[t].ID, Polarity: p, Spans: []Span{span}})
			at[t] = int8(len(out))
			exact = exact || !c.topics[t].alone
			continue
		}
		hit := &out[at[t]-1]
		hit.Polarity = merge(hit.Polarity, p)
		if last := &hit.Spans[len(hit.Spans)-1]; span.Start < last.End {
			last.End = max(last.End, span.End)
		} else {
			hit.Spans = append(hit.Spans, span)
		}
	}
	if exact {
		out = slices.DeleteFunc(out, func(h TopicHit) bool {
			t, _ := c.Topic(h.ID)
			return t.alone
		})
	}
	for i := range out {
		if out[i].Polarity == "" {
			out[i].Polarity = Mixed
		}
	}
	return out
}

// polarity is the feeling of one cue: its own if it is a complaint or praise, else that of its clause, its sentence, the
// stars; "" when nothing tells.
func polarity(d *document, h *phraseHit, stars int) Sentiment {
	at := d.words[h.start].clause
	if p := h.entry.polarity; p != 0 {
		if negated(d, h.start) {
			p = -p
		}
		return sign(float64(p))
	}
	if s := sign(d.clause[at].score); s != "" {
		return s
	}
	sum := 0.0
	for i := range d.clause {
		if d.clause[i].sentence == d.clause[at].sentence {
			sum += d.clause[i].score
		}
	}
	if s := sign(sum); s != "" {
		return s
	}
	switch {
	case stars == 1 || stars == 2:
		return Negative
	case stars >= 4:
		return Positive
	}
	return ""
}

// negated tells whether a negation stands shortly before a word.
func negated(d *document, at int32) bool {
	for i := len(d.hits) - 1; i >= 0; i-- {
		h := &d.hits[i]
		if h.start >= at || h.entry.role != negates {
			continue
		}
		if h.start < at-2 {
			return false // nearer than for feelings: a cue is a phrase of its own
		}
		if h.end <= at && sameBreath(d, h.end-1, at) {
			return true
		}
	}
	return false
}

func sign(score float64) Sentiment {
	switch {
	case score > 0.4:
		return Positive
	case score < -0.4:
		return Negative
	}
	return ""
}

// merge joins the feelings of two sentences on the same topic.
func merge(a, b Sentiment) Sentiment {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return Mixed
}
