package classify

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Kind is what sort of mention it is, which tells who looks after it.
type Kind string

// The kinds. An empty kind means that nothing tells.
const (
	Praise         Kind = "praise"
	Operational    Kind = "operational complaint"
	Clinical       Kind = "clinical complaint"
	Question       Kind = "question" // routine: hours, booking, insurance, parking
	Misinformation Kind = "misinformation"
	Spam           Kind = "spam"
	SuspectedFake  Kind = "suspected fake" // or meant for another business
	Employment     Kind = "employment"     // for whoever looks after the staff, not for the clinic
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{Praise, Operational, Clinical, Question, Misinformation, Spam, SuspectedFake, Employment}
}

// KindReason is one sentence on why a mention is of its kind, and where in the text that stands. A report that asks a site to remove a mention
// can be made of them.
type KindReason struct {
	Says  string `json:"says"`
	Words string `json:"words,omitempty"`
	Span  Span   `json:"span"`
}

// mark is a group of phrases that tell a kind.
type mark struct {
	kind Kind
	says string
	hint bool // it takes another mark beside it
}

type kindsFile struct {
	Kinds []struct {
		ID    Kind `yaml:"id"`
		Marks []struct {
			Says string   `yaml:"says"`
			Cues []string `yaml:"cues"`
			Hint bool     `yaml:"hint"`
		} `yaml:"marks"`
	} `yaml:"kinds"`
}

// loadKinds lists the phrases that tell a kind, for both languages: those who write them mix the two.
func (c *Classifier) loadKinds(fsys fs.FS) error {
	var f kindsFile
	if err := decode(fsys, "topics/kinds.yaml", &f); err != nil {
		return err
	}
	for _, k := range f.Kinds {
		if !slices.Contains(Kinds(), k.ID) {
			return fmt.Errorf("the list of kinds has %q, which is none", k.ID)
		}
		for _, m := range k.Marks {
			for _, cue := range m.Cues {
				for _, code := range []string{"en", "es"} {
					if err := c.phrases.add(cue, entry{role: marks, language: code, topic: len(c.marks)}); err != nil {
						return fmt.Errorf("the kind %s: %w", k.ID, err)
					}
				}
			}
			c.marks = append(c.marks, mark{k.ID, m.Says, m.Hint})
		}
	}
	return nil
}

// kindOf says what sort of mention it is. What is not about a visit comes first, since it is handled apart whatever it feels.
func (c *Classifier) kindOf(d *document, r *Result) (Kind, []KindReason) {
	found := map[Kind][]KindReason{}
	var firm map[Kind]int
	for i := range d.hits {
		h := &d.hits[i]
		if h.entry.role != marks {
			continue
		}
		if firm == nil {
			firm = map[Kind]int{}
		}
		m := c.marks[h.entry.topic]
		span := d.span(d.words[h.start].start, d.words[h.end-1].end)
		why := found[m.kind]
		if n := len(why); n > 0 && why[n-1].Span.End >= span.End {
			continue // within what is named already
		}
		if !m.hint {
			firm[m.kind]++
		}
		found[m.kind] = append(why, KindReason{m.says, d.text[span.Start:span.End], span})
	}
	for _, k := range []Kind{Spam, SuspectedFake, Employment, Misinformation} {
		if firm[k] > 0 && c.stands(k, firm, r) {
			return k, found[k]
		}
	}
	if firm[Question] > 0 && asks(d.text, r) {
		return Question, found[Question]
	}
	return complaintOrPraise(d.text, r)
}

// stands tells whether the marks of a kind outweigh what else the text says: one word of food in the review of a visit makes it no restaurant.
func (c *Classifier) stands(k Kind, firm map[Kind]int, r *Result) bool {
	visit := 0
	for _, t := range r.Topics {
		switch t.ID {
		case "spam_fake", "employment", "misinformation", "praise_general", "complaint_general", "recommendation", "children_family":
		default:
			visit++
		}
	}
	switch k {
	case Spam:
		return firm[k] > 1 || visit == 0
	case Employment:
		return firm[k] > 1 || visit <= 1
	case Misinformation:
		return firm[k] > 1 || visit <= 2
	}
	return firm[k] > 1 || visit <= 1
}

// asks tells whether a text is there to ask, not to complain.
func asks(text string, r *Result) bool {
	if !strings.ContainsAny(text, "?¿") {
		return r.Sentiment != Negative && len(text) < 160
	}
	marks := strings.Count(text, "?")
	ends := marks + strings.Count(text, ". ") + strings.Count(text, "! ") + 1
	return marks*3 >= ends
}

var clinicalTopics = map[string]int{"care_quality": 2, "safety_concern": 3, "pain_comfort": 2, "listening_explaining": 1}

// complaintOrPraise goes by the feeling and, for a complaint, by whether it is more about the care or about all around it.
func complaintOrPraise(text string, r *Result) (Kind, []KindReason) {
	bad := r.Sentiment == Negative
	switch {
	case r.Disagrees:
		bad = !bad // what the text says: a star can be hit by accident, and thanks can be meant badly
	case r.Sentiment == Mixed:
		bad = slices.ContainsFunc(r.Topics, func(t TopicHit) bool { return t.Polarity == Negative })
		if !bad && !slices.ContainsFunc(r.Topics, func(t TopicHit) bool { return t.Polarity == Positive }) {
			return "", nil
		}
	case r.Sentiment == NotJudged:
		return "", nil
	}
	var why []KindReason
	if !bad {
		return Praise, nil
	}
	astray := slices.ContainsFunc(r.Signals, func(s SignalHit) bool { return s.ID == "privacy_breach" })
	care, around := 0, 0
	for _, t := range r.Topics {
		if t.Polarity == Positive {
			continue
		}
		if n := clinicalTopics[t.ID]; n > 0 && !(astray && t.ID == "safety_concern") { // somebody else's papers: an error, and not one of care
			care += n
			span := t.Spans[0]
			why = append(why, KindReason{"It is about the care itself.", text[span.Start:span.End], span})
		} else if t.ID != "complaint_general" && t.ID != "recommendation" && t.ID != "children_family" {
			around++
		}
	}
	for _, s := range r.Signals {
		if astray && s.ID == "adverse_event" {
			continue
		}
		if !s.heard && (s.ID == "adverse_event" || s.ID == "infection_control") {
			care += 3
			why = append(why, KindReason{"It tells of harm.", s.Quote, s.Span})
		}
	}
	if care >= 2 && care > around {
		return Clinical, why
	}
	return Operational, nil
}
