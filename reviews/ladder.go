package reviews

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Rung is one step of the ladder: who takes a mention up there, and how long it may stand before it climbs.
type Rung struct {
	ID       string `yaml:"id" json:"id"`
	Title    string `yaml:"title" json:"title"`
	Person   int64  `yaml:"-" json:"person,omitempty"`  // 0: the first with one of the roles
	Contact  string `yaml:"-" json:"contact,omitempty"` // somebody outside the practice: name and number
	Minutes  int    `yaml:"minutes" json:"minutes"`     // in office hours
	Critical int    `yaml:"critical" json:"critical"`   // on the wall clock, day and night
	Off      bool   `yaml:"-" json:"off,omitempty"`     // this practice has no such step
	Help     string `yaml:"help" json:"-"`

	Roles []practice.Role `yaml:"roles" json:"-"`
}

// Lift says what goes onto the ladder by itself once its target has passed and nobody has begun.
type Lift string

// What can go up by itself.
const (
	LiftNone     Lift = "none"
	LiftUrgent   Lift = "urgent"   // critical and high
	LiftNegative Lift = "negative" // these and all that is negative
	LiftAll      Lift = "all"
)

// Ladder is the way of what is escalated, from the bottom.
type Ladder struct {
	Rungs []Rung `json:"rungs"`
	Lifts Lift   `json:"lifts"`
}

// ladderFile is assets/urgency/ladder.yaml.
type ladderFile struct {
	Meta struct {
		Source  string `yaml:"source"`
		Checked string `yaml:"checked"`
		Clocks  string `yaml:"clocks_note"`
	} `yaml:"meta"`
	Rungs  []Rung `yaml:"rungs"`
	Routes []struct {
		Words []string `yaml:"words"`
		Rung  string   `yaml:"rung"`
	} `yaml:"routes"`
	GoAhead []goAheadRule `yaml:"go_ahead"`
	Private []channelRule `yaml:"private"`
	Script  scriptParts   `yaml:"script"`
}

var shippedLadder = sync.OnceValue(func() ladderFile {
	text, err := assets.FS.ReadFile("urgency/ladder.yaml")
	var f ladderFile
	if err == nil {
		err = yaml.Unmarshal(text, &f)
	}
	if err == nil {
		err = f.compile()
	}
	if err != nil {
		panic(fmt.Sprintf("assets/urgency/ladder.yaml: %v", err)) // it ships inside the program, and a test reads it
	}
	return f
})

// DefaultLadder is our suggestion for a small practice; no norm sets its clocks.
func DefaultLadder() Ladder {
	return Ladder{Rungs: slices.Clone(shippedLadder().Rungs), Lifts: LiftUrgent}
}

// LadderBasis says in a sentence where the suggestion comes from and when it was checked.
func LadderBasis() string {
	m := shippedLadder().Meta
	return fmt.Sprintf("%s Checked on %s.", m.Clocks, m.Checked)
}

// The bounds of a clock of the ladder, in minutes.
const (
	shortestClock = 1
	longestClock  = 60 * practice.LongestTarget
)

// Check returns an error that says what does not fit.
func (l Ladder) Check() error {
	if !slices.Contains([]Lift{LiftNone, LiftUrgent, LiftNegative, LiftAll}, l.Lifts) {
		return refusal.Because(ErrStep, "What goes up by itself is none, urgent, negative or all; %q is none of them", l.Lifts)
	}
	on := 0
	for _, r := range l.Rungs {
		if r.Minutes < shortestClock || r.Minutes > longestClock || r.Critical < shortestClock || r.Critical > longestClock {
			return refusal.Because(ErrStep, "The clock of %q is a number of minutes from %d to %d", r.Title, shortestClock, longestClock)
		}
		if !r.Off {
			on++
		}
	}
	if on == 0 {
		return refusal.Because(ErrStep, "The ladder needs one step at least")
	}
	return nil
}

// whole puts what a practice chose into the shipped ladder, whose steps may be others by now.
func (l Ladder) whole() Ladder {
	out := DefaultLadder()
	if l.Lifts != "" {
		out.Lifts = l.Lifts
	}
	for i, r := range out.Rungs {
		at := slices.IndexFunc(l.Rungs, func(own Rung) bool { return own.ID == r.ID })
		if at < 0 {
			continue
		}
		own := l.Rungs[at]
		own.Help, own.Roles, own.Title = r.Help, r.Roles, r.Title
		out.Rungs[i] = own
	}
	return out
}

// Holder is who stands on a rung today; 0 with a contact means somebody outside, 0 without one that nobody does.
func (r Rung) Holder(people []practice.Person, day string) int64 {
	for _, p := range people {
		if p.ID == r.Person && p.Here(day) {
			return p.ID
		}
	}
	if r.Contact != "" {
		return 0
	}
	for _, role := range r.Roles {
		for _, p := range people {
			if p.Role == role && p.Here(day) {
				return p.ID
			}
		}
	}
	return 0
}

// allowed is how long something may stand on the rung from a moment on.
func (r Rung) due(since time.Time, urgency string, p practice.Practice) time.Time {
	if urgency == "critical" {
		return since.Add(time.Duration(r.Critical) * time.Minute)
	}
	return p.Hours.Due(since, time.Duration(r.Minutes)*time.Minute, p.Location())
}

// rung finds a rung by its id; the bottom one where there is none.
func (l Ladder) rung(id string) Rung {
	for _, r := range l.Rungs {
		if r.ID == id {
			return r
		}
	}
	for _, r := range l.Rungs {
		if !r.Off {
			return r
		}
	}
	return l.Rungs[0]
}

// Rung finds a step of the ladder by its id.
func (l Ladder) Rung(id string) (Rung, bool) {
	at := slices.IndexFunc(l.Rungs, func(r Rung) bool { return r.ID == id })
	if at < 0 {
		return Rung{}, false
	}
	return l.Rungs[at], true
}

// First is the step at which a mention with these signals enters the ladder: the first that their routing names and on which somebody stands, else
// the lowest on which somebody does.
func (l Ladder) First(routes []string, people []practice.Person, day string) Rung {
	for _, route := range routes {
		if r, ok := l.named(route); ok && !r.Off && r.manned(people, day) {
			return r
		}
	}
	for _, r := range l.Rungs {
		if !r.Off && r.manned(people, day) {
			return r
		}
	}
	return l.rung("")
}

func (r Rung) manned(people []practice.Person, day string) bool {
	return r.Contact != "" || r.Holder(people, day) != 0
}

func (l Ladder) named(route string) (Rung, bool) {
	route = strings.ToLower(route)
	for _, named := range shippedLadder().Routes {
		if slices.ContainsFunc(named.Words, func(w string) bool { return strings.Contains(route, w) }) {
			return l.Rung(named.Rung)
		}
	}
	return Rung{}, false
}

// Next is the step above, with somebody on it who did not have the mention already; false at the top.
func (l Ladder) Next(id string, had int64, people []practice.Person, day string) (Rung, bool) {
	at := slices.IndexFunc(l.Rungs, func(r Rung) bool { return r.ID == id })
	for _, r := range l.Rungs[at+1:] {
		holder := r.Holder(people, day)
		if !r.Off && r.manned(people, day) && (holder == 0 || holder != had) {
			return r, true
		}
	}
	return Rung{}, false
}

// Escalation is where an escalated mention stands on the ladder.
type Escalation struct {
	Mention int64     `json:"mention"`
	Rung    string    `json:"rung"`
	Person  int64     `json:"person,omitempty"` // 0: somebody outside, or nobody
	Began   time.Time `json:"began"`
	Since   time.Time `json:"since"` // on this rung
	Due     time.Time `json:"due"`   // when it climbs, if nobody takes it up
	Taken   time.Time `json:"taken,omitzero"`
	Taker   int64     `json:"taker,omitempty"`
	Climbs  int       `json:"climbs"` // by itself
	Reason  string    `json:"reason"`
	Tried   string    `json:"tried,omitempty"` // what was done already
	Avoid   string    `json:"avoid,omitempty"` // what must not be done
	Ended   time.Time `json:"ended,omitzero"`
}

// Up reports whether somebody has taken it up.
func (e Escalation) Up() bool { return !e.Taken.IsZero() }

// Waits reports whether it stands on the ladder and nobody has taken it up.
func (e Escalation) Waits() bool { return e.Mention != 0 && e.Ended.IsZero() && !e.Up() }

// lifts reports whether a mention that is late and that nobody began goes onto the ladder by itself.
func (l Ladder) lifts(m Mention) bool {
	urgent := m.Urgency == "critical" || m.Urgency == "high"
	switch l.Lifts {
	case LiftUrgent:
		return urgent
	case LiftNegative:
		return urgent || m.Sentiment == "negative" || m.Stars >= 1 && m.Stars <= 3
	case LiftAll:
		return true
	}
	return false
}
