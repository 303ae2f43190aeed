package reviews

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// Rule is what a practice wants done with the mentions that a search finds, as they come in. Rules run in their order.
type Rule struct {
	ID      int64    `json:"id" yaml:"-"`
	Name    string   `json:"name" yaml:"name"`
	Query   string   `json:"query" yaml:"if"` // in the words of the search box
	Actions []Action `json:"actions" yaml:"then"`
	Active  bool     `json:"active" yaml:"active"`
}

// Action is one thing that a rule does.
type Action struct {
	Do    Do     `json:"do" yaml:"do"`
	Value string `json:"value,omitempty" yaml:"value,omitempty"`
}

// Do is the kind of an action.
type Do string

// What rules can do.
const (
	DoTag    Do = "tag"    // Value is the tag
	DoAssign Do = "assign" // Value is the name of a member of staff
	DoTarget Do = "target" // Value is how many office hours an answer may take
	DoAlert  Do = "alert"  // it stands on Today until somebody has read it
	DoClose  Do = "close"  // Value is the reason why there is no public reply
	DoStop   Do = "stop"   // later rules leave the mention alone
)

// Dos are all kinds of actions, in the order in which they are offered.
var Dos = []Do{DoTag, DoAssign, DoTarget, DoAlert, DoClose, DoStop}

// longestTarget is the longest response target in office hours that a rule may set: about a quarter of a year.
const longestTarget = 500

// String says what the action does.
func (a Action) String() string {
	switch a.Do {
	case DoTag:
		return "tag " + a.Value
	case DoAssign:
		return "assign to " + a.Value
	case DoTarget:
		return "answer within " + a.Value + " office hours"
	case DoAlert:
		return "show on Today"
	case DoClose:
		return "no public reply: " + a.Value
	}
	return "no later rules"
}

// ready is the rule as it can be stored, or a sentence that says what is wrong with it.
func (r Rule) ready(now time.Time, zone *time.Location) (Rule, error) {
	r.Name, r.Query = strings.TrimSpace(r.Name), strings.TrimSpace(r.Query)
	if r.Name == "" {
		return r, refusal.Because(ErrStep, "A rule needs a name")
	}
	query, err := ParseQuery(r.Query, now, zone)
	if err != nil {
		return r, err
	}
	if query.Empty() {
		return r, refusal.Because(ErrStep, "A rule needs a search that says which mentions it is for. To mean all, write stars:none,1,2,3,4,5")
	}
	if len(r.Actions) == 0 {
		return r, refusal.Because(ErrStep, "A rule has to do something")
	}
	r.Actions = slices.Clone(r.Actions)
	for i, a := range r.Actions {
		if r.Actions[i], err = a.ready(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// does reports whether another rule has the same name and does the same.
func (r Rule) does(other Rule) bool {
	return r.Name == other.Name && r.Query == other.Query && slices.Equal(r.Actions, other.Actions)
}

func (a Action) ready() (Action, error) {
	a.Value = strings.TrimSpace(a.Value)
	switch a.Do {
	case DoTag:
		a.Value = TidyTag(a.Value)
		if a.Value == "" {
			return a, refusal.Because(ErrStep, "Say which tag the rule gives")
		}
	case DoAssign:
		if a.Value == "" {
			return a, refusal.Because(ErrStep, "Say whom the rule assigns mentions to")
		}
	case DoTarget:
		if hours, err := strconv.Atoi(a.Value); err != nil || hours < 1 || hours > longestTarget {
			return a, refusal.Because(ErrStep, "The target is a number of office hours, 1 to %d; %q is none", longestTarget, a.Value)
		}
	case DoClose:
		if a.Value == "" {
			return a, refusal.Because(ErrStep, "Give a reason why no public reply is the right answer")
		}
	case DoAlert, DoStop:
		a.Value = ""
	default:
		return a, refusal.Because(ErrStep, "A rule cannot %q; it can %s", a.Do, dos())
	}
	return a, nil
}

func dos() string {
	names := make([]string, len(Dos))
	for i, d := range Dos {
		names[i] = string(d)
	}
	return strings.Join(names, ", ")
}

// TidyTag writes a tag as all tags are written: small letters, words joined by hyphens.
func TidyTag(tag string) string {
	words := strings.FieldsFunc(strings.ToLower(tag), func(c rune) bool { return c == ' ' || c == ',' || c == '"' || c == '-' || c == '\t' || c == '\n' })
	return strings.Join(words, "-")
}
