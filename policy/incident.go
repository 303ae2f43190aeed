package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Incident is a mistake that was published, and what was done about it; or the rehearsal of one, a drill, which is never counted as one.
type Incident struct {
	ID          int64           `json:"id"`
	Title       string          `json:"title"`
	What        string          `json:"what"`
	Place       string          `json:"place"` // where it was published
	Noticed     time.Time       `json:"noticed"`
	ReportedBy  string          `json:"reported_by"`
	MentionID   int64           `json:"mention_id,omitempty"`
	SpotlightID int64           `json:"spotlight_id,omitempty"`
	Steps       map[string]Tick `json:"steps,omitempty"`
	Decision    string          `json:"decision,omitempty"`
	Lesson      string          `json:"lesson,omitempty"`
	Closed      time.Time       `json:"closed"`

	Drill    string          `json:"drill,omitempty"`  // the story that is rehearsed; empty: it happened
	People   int             `json:"people,omitempty"` // how many are concerned; 0: not known yet
	Where    []string        `json:"where,omitempty"`  // the places whose clocks run; empty: those of the practice
	Weighing Weighing        `json:"weighing"`
	Told     map[string]Tick `json:"told,omitempty"` // who was told, by the ids of the clocks
}

// Tick says who did a step of the playbook, and when.
type Tick struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// PlayStep is one step of the first hour after a mistake.
type PlayStep struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
}

// Playbook is what to do in the first hour, in order, with its basis.
type Playbook struct {
	Steps        []PlayStep `yaml:"steps" json:"steps"`
	DaysToNotify int        `yaml:"days_to_notify" json:"days_to_notify"`
	Basis        `yaml:",inline"`
}

// FirstHour returns the playbook.
var FirstHour = sync.OnceValue(func() Playbook {
	var p Playbook
	load("lessons/first_hour.yaml", &p)
	return p
})

// NotifyBy is the last day for telling the people concerned, counted from the day on which the slip was noticed.
func (i Incident) NotifyBy(zone *time.Location) string {
	return i.Noticed.In(zone).AddDate(0, 0, FirstHour().DaysToNotify).Format(practice.Day)
}

// Next is the first step of the playbook that is not done, or "" when all are.
func (i Incident) Next() string {
	for _, step := range FirstHour().Steps {
		if _, done := i.Steps[step.ID]; !done {
			return step.ID
		}
	}
	return ""
}

// OpenSteps are the titles of the steps of the playbook that are not done, in order.
func (i Incident) OpenSteps() []string {
	var open []string
	for _, step := range FirstHour().Steps {
		if _, done := i.Steps[step.ID]; !done {
			open = append(open, step.Title)
		}
	}
	return open
}

// Closable refuses to close what could not be shown to anybody: without a decision in words, or undecided whether it was a breach. The rule presumes
// a breach, so that finding one needs no factors; a low probability needs all four, and that no patient information was in it a reason. A drill may
// end at any time.
func (i Incident) Closable() error {
	switch {
	case i.IsDrill():
		return nil
	case strings.TrimSpace(i.Decision) == "":
		return refusal.Because(ErrStep, "Before an incident is closed, write down what was decided about notice")
	case i.Weighing.Finding == "":
		return refusal.Because(ErrStep, "Before an incident is closed, say whether it was a breach: weigh the four factors, or write down why no patient information was in it")
	}
	return nil
}

// IsDrill reports whether the incident is only rehearsed.
func (i Incident) IsDrill() bool { return i.Drill != "" }

// Lap is how long after the start a step of a drill was done.
type Lap struct {
	Step  PlayStep      `json:"step"`
	Done  bool          `json:"done"`
	After time.Duration `json:"after"`
	By    string        `json:"by,omitempty"`
}

// Laps is the time report of a drill, in the order of the playbook, with the time that the whole took; zero while steps are open.
func (i Incident) Laps() (laps []Lap, whole time.Duration) {
	all := true
	for _, step := range FirstHour().Steps {
		tick, done := i.Steps[step.ID]
		lap := Lap{Step: step, Done: done, By: tick.By}
		if done {
			lap.After = max(0, tick.At.Sub(i.Noticed))
			whole = max(whole, lap.After)
		}
		all = all && done
		laps = append(laps, lap)
	}
	if !all {
		whole = 0
	}
	return laps, whole
}

// Factor is one of the four things that are weighed to say whether a slip is a breach that must be told.
type Factor struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
	Low   string `yaml:"low" json:"low"`
	High  string `yaml:"high" json:"high"`
}

// Weight is how much one factor speaks for a compromise.
type Weight string

// The weights.
const (
	WeighsLow    Weight = "low"
	WeighsMedium Weight = "medium"
	WeighsHigh   Weight = "high"
)

// Weights lists the weights in the order in which a form offers them.
func Weights() []Weight { return []Weight{WeighsLow, WeighsMedium, WeighsHigh} }

// Finding is what the weighing came to.
type Finding string

// The findings; the empty one means not decided.
const (
	FindingLow    Finding = "low probability"
	FindingBreach Finding = "breach"
	FindingNone   Finding = "no patient information"
)

// Weighed is one factor with what was found about it.
type Weighed struct {
	Weight Weight `json:"weight,omitempty"`
	Words  string `json:"words,omitempty"`
}

// Weighing is the assessment of a breach by its four factors.
type Weighing struct {
	Factors map[string]Weighed `json:"factors,omitempty"`
	Finding Finding            `json:"finding,omitempty"`
	Reason  string             `json:"reason,omitempty"`
	By      string             `json:"by,omitempty"`
	At      time.Time          `json:"at"`
}

// Proposes is what the factors speak for: a low probability only where all four are weighed low, else a breach, since the rule presumes one;
// undecided while a factor is open.
func (w Weighing) Proposes() Finding {
	low := true
	for _, f := range Factors() {
		switch w.Factors[f.ID].Weight {
		case "":
			return ""
		case WeighsLow:
		default:
			low = false
		}
	}
	if low {
		return FindingLow
	}
	return FindingBreach
}

// check refuses a finding that could not be shown to anybody: a low probability needs every factor weighed, in words, and a reason.
func (w Weighing) check() error {
	for id, f := range w.Factors {
		if !slices.ContainsFunc(Factors(), func(known Factor) bool { return known.ID == id }) || f.Weight != "" && !slices.Contains(Weights(), f.Weight) {
			return refusal.Because(ErrNotFound, "The assessment has no factor %q with weight %q", id, f.Weight)
		}
	}
	switch w.Finding {
	case "", FindingBreach:
		return nil
	case FindingNone:
		if strings.TrimSpace(w.Reason) == "" {
			return refusal.Because(ErrStep, "Write down why no patient information was in it")
		}
		return nil
	case FindingLow:
	default:
		return fmt.Errorf("The finding %q is none of \"low probability\", \"breach\" and \"no patient information\"", w.Finding)
	}
	for _, f := range Factors() {
		if got := w.Factors[f.ID]; got.Weight == "" || strings.TrimSpace(got.Words) == "" {
			return refusal.Because(ErrStep, "A low probability must be shown. Weigh \"%s\" first, in words", f.Title)
		}
	}
	if strings.TrimSpace(w.Reason) == "" {
		return refusal.Because(ErrStep, "A low probability must be shown. Write down why")
	}
	return nil
}

// EntryKind says what an own entry in the timeline is.
type EntryKind string

// The kinds of entry.
const (
	EntryNote     EntryKind = "note"
	EntryDecision EntryKind = "decision"
)

// Entry is what somebody wrote into the timeline of an incident. It never changes.
type Entry struct {
	ID         int64     `json:"id"`
	IncidentID int64     `json:"incident_id"`
	Kind       EntryKind `json:"kind"`
	At         time.Time `json:"at"` // when it happened
	Text       string    `json:"text"`
	Reason     string    `json:"reason,omitempty"`
	Written    time.Time `json:"written"`
	By         string    `json:"by"`
}

// Event is one line of the whole timeline: an own entry, a step, or what the audit log knows of the linked mention or spotlight.
type Event struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Text   string    `json:"text"`
	Reason string    `json:"reason,omitempty"`
	From   string    `json:"from"` // "incident", "note", "decision", "review", "spotlight"
}
