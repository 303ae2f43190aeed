// Package classify understands one mention: the language it is written in, what it feels, what it is about and what in it
// cannot wait. It is a pure leaf: it loads its lists once and then only reads text, so that a window, a command and a test
// all get the same answer and every answer can point at the words that decided it.
package classify

import "slices"

// Sentiment is what a mention feels.
type Sentiment string

// The four answers. Mixed also stands for neutral, since neither asks for an apology nor for thanks alone.
const (
	Negative  Sentiment = "negative"
	Mixed     Sentiment = "mixed"
	Positive  Sentiment = "positive"
	NotJudged Sentiment = "not judged"
)

// Severity is how soon a person must look.
type Severity string

// The three severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
)

// Rank orders severities: 3 for critical, 2 for high, 1 for medium, 0 for none.
func (s Severity) Rank() int {
	switch s {
	case Critical:
		return 3
	case High:
		return 2
	case Medium:
		return 1
	}
	return 0
}

// Span is a part of the text in bytes of UTF-8.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// TopicHit is a topic that the text speaks of, with the feeling of the sentences that do, merged.
type TopicHit struct {
	ID       string    `json:"id"`
	Polarity Sentiment `json:"polarity"`
	Spans    []Span    `json:"spans"`
}

// SignalHit is an urgency signal found in the text, with its words.
type SignalHit struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Span     Span     `json:"span"`
	Quote    string   `json:"quote"`

	heard bool // by the model alone: no listed wording says it
}

// Reason is one piece of the text that moved the sentiment, and by how much.
type Reason struct {
	Words  string  `json:"words"`
	Weight float64 `json:"weight"`
	Span   Span    `json:"span"`
}

// Result is all that is known of one text.
type Result struct {
	Language   string       `json:"language"` // "en", "es", another code, or "und"
	Sentiment  Sentiment    `json:"sentiment"`
	Score      float64      `json:"score"`      // -1 to 1; the stars' score where there are stars
	Confidence float64      `json:"confidence"` // 0 to 1
	Topics     []TopicHit   `json:"topics"`
	Signals    []SignalHit  `json:"signals"`
	Urgency    Severity     `json:"urgency"` // the worst signal, "" if there is none
	Why        []Reason     `json:"why"`
	Disagrees  bool         `json:"disagrees"` // the stars say one thing, the text the other
	Kind       Kind         `json:"kind"`
	KindWhy    []KindReason `json:"kind_why,omitempty"`
	Learned    []string     `json:"learned,omitempty"` // which parts the practice's own corrections decided
}

// Classifier judges texts by the lists it was loaded with. It never changes after Load, so it may be used by many goroutines.
type Classifier struct {
	topics    []Topic
	marks     []mark
	signals   []Signal
	phrases   *trie
	spellings map[string]string
	misspelt  []bool // by the first three letters: whether a misspelling begins so
	languages *languages
	patterns  *patternSet
	situated  *situations
	names     *names
	ill       *trie // health words
	meanings  *meanings
	model     *model
	subjects  *subjectModel
	alarms    *alarmModel
	own       Lists   // what the practice changed in the topics
	taught    *taught // what the corrections of the practice come to; nil: nothing
}

// Judge reads a text and the stars that came with it (0 for none). The stars speak where there are stars; the text is
// judged all the same, and Disagrees tells when the two part.
func (c *Classifier) Judge(text string, stars int) Result {
	d := c.read(text)
	defer d.release()

	res := Result{Language: c.languages.detect(d)}
	c.findPhrases(d, res.Language)
	v := c.weigh(d, judgedLanguage(res.Language))
	f := featuresPool.Get().(*features)
	defer featuresPool.Put(f)
	f.sense(c, d)
	known := f
	if res.Language == "en" {
		v = c.decide(d, f, v)
	} else {
		known = nil // the models of feelings and topics know English only
	}
	own := c.recall(d)
	v, leaned := own.lean(d, v)
	res.Sentiment, res.Score, res.Confidence, res.Disagrees = withStars(v, stars)
	res.Why = v.why(d)
	res.Learned = own.learned(leaned && stars == 0)
	res.Topics = own.unsay(d, c.own.keep(c.topicHits(d, known, stars)), c.topics)
	if stars >= 4 && v.score < 0 && complains(res.Topics) {
		res.Disagrees, res.Confidence = true, partedConfidence
	}
	res.Signals = c.settle(c.signalHits(d, f))
	for _, s := range res.Signals {
		if s.Severity.Rank() > res.Urgency.Rank() {
			res.Urgency = s.Severity
		}
	}
	if own.urgency.Rank() > res.Urgency.Rank() {
		res.Urgency = own.urgency
	}
	if res.Urgency == Critical { // "Goodbye everyone" thanks nobody
		res.Topics = slices.DeleteFunc(res.Topics, func(t TopicHit) bool { return t.ID == "praise_general" })
	}
	if stars == 0 && res.Urgency == Critical {
		res.Sentiment, res.Score = withAlarm(res.Sentiment, res.Score, len(d.words))
	}
	if res.Kind, res.KindWhy = c.kindOf(d, &res); res.Kind == Question && res.Urgency != Critical && len(d.words) <= routine {
		res.unhear(own.urgency)
	}
	if stars >= 4 && v.score > 0 && res.Urgency != Critical {
		res.unhear(own.urgency)
	}
	if own.kind != "" && own.kind != res.Kind {
		res.Kind, res.KindWhy = own.kind, nil
	}
	return res
}

// routine is how many words a question has at most that asks for nothing but hours or a plan; a longer one may tell what happened.
const routine = 14

// unhear drops what only the model heard in a routine question or in praise with four stars or five: who asks for the opening hours or for Medicaid,
// or thanks the one who "picked up on the second ring and knew the answer", complains of nothing.
func (r *Result) unhear(taught Severity) {
	r.Signals = slices.DeleteFunc(r.Signals, func(s SignalHit) bool { return s.heard })
	r.Urgency = taught
	for _, s := range r.Signals {
		if s.Severity.Rank() > r.Urgency.Rank() {
			r.Urgency = s.Severity
		}
	}
}

// Topics lists the topics in the order of the list, without those that the practice switched off.
func (c *Classifier) Topics() []Topic {
	return slices.DeleteFunc(slices.Clone(c.topics), func(t Topic) bool { return t.Off })
}

// Topic finds a topic by its id.
func (c *Classifier) Topic(id string) (Topic, bool) {
	i := slices.IndexFunc(c.topics, func(t Topic) bool { return t.ID == id })
	if i < 0 {
		return Topic{}, false
	}
	return c.topics[i], true
}

// Signals lists the urgency signals in the order of the list.
func (c *Classifier) Signals() []Signal { return slices.Clone(c.signals) }

// Signal finds an urgency signal by its id.
func (c *Classifier) Signal(id string) (Signal, bool) {
	i := slices.IndexFunc(c.signals, func(s Signal) bool { return s.ID == id })
	if i < 0 {
		return Signal{}, false
	}
	return c.signals[i], true
}

// judgedLanguage tells whether the program has words for the language.
func judgedLanguage(code string) bool { return code == "en" || code == "es" }
