package reviews

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// GoAhead is the word of counsel, of the insurer or of another who decides that a mention may be answered in public.
type GoAhead struct {
	Mention  int64     `json:"mention"`
	From     string    `json:"from"`   // counsel, insurer, compliance or owner
	Name     string    `json:"name"`   // who said so
	Reason   string    `json:"reason"` // and why
	At       time.Time `json:"at"`
	Recorder int64     `json:"recorder"` // person
	Revision int       `json:"revision"` // how often the mention had been edited then
}

// goAheadRule is a signal to which nobody answers in public before one of these has agreed.
type goAheadRule struct {
	Signal string   `yaml:"signal"`
	To     string   `yaml:"to"` // "a legal threat"
	From   []string `yaml:"from"`
}

// Awaited is who has to agree before anything is said in public to a mention.
type Awaited struct {
	To   string   `json:"to"` // what: "a legal threat"
	From []string `json:"from"`
}

// voices are those who may agree, as a sentence names them.
var voices = map[string]string{"counsel": "counsel", "insurer": "the malpractice insurer", "compliance": "the compliance officer", "owner": "the owner"}

// VoiceTitle is how a sentence names somebody who may agree: "the malpractice insurer".
func VoiceTitle(from string) string { return voices[from] }

// GoAheadSignals are the signals to which nobody answers in public before somebody has agreed.
func GoAheadSignals() []string {
	var ids []string
	for _, rule := range shippedLadder().GoAhead {
		ids = append(ids, rule.Signal)
	}
	return ids
}

// awaitedBy is who has to agree to an answer to a mention by its signals; nil: nobody.
func awaitedBy(u Understood) *Awaited {
	for _, rule := range shippedLadder().GoAhead {
		if slices.Contains(u.Signals, rule.Signal) {
			return &Awaited{rule.To, rule.From}
		}
	}
	return nil
}

// Who names those of whom one has to agree: "counsel, the malpractice insurer or the owner".
func (a *Awaited) Who() string {
	names := make([]string, len(a.From))
	for i, from := range a.From {
		names[i] = voices[from]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func (a *Awaited) refuses() error {
	if a == nil {
		return nil
	}
	return refusal.Because(ErrGoAhead, "No public reply to %s before %s agrees. Record their go-ahead first, or decide on no public reply", a.To, a.Who())
}

// check trims what was said and says what is missing.
func (g GoAhead) check(a *Awaited) (GoAhead, error) {
	g.From, g.Name, g.Reason = strings.ToLower(strings.TrimSpace(g.From)), strings.TrimSpace(g.Name), strings.TrimSpace(g.Reason)
	from := []string{"counsel", "insurer", "compliance", "owner"}
	if a != nil {
		from = a.From
	}
	switch {
	case !slices.Contains(from, g.From):
		return g, refusal.Because(ErrStep, "Say who agreed: %s", strings.Join(from, ", "))
	case g.Name == "":
		return g, refusal.Because(ErrStep, "Say the name of whom you spoke with")
	case g.Reason == "":
		return g, refusal.Because(ErrStep, "Say what was agreed, and why")
	}
	return g, nil
}
