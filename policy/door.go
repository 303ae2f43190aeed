package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Right is something that training opens to a person whose role has it.
type Right string

// The rights behind doors.
const (
	RightDraft    Right = "draft"
	RightApprove  Right = "approve"
	RightSchedule Right = "schedule"
)

// ErrDoor says that a right is shut to a person until a module is passed.
var ErrDoor = errors.New("training opens this")

// Door is a right and the modules that open it.
type Door struct {
	Right   Right    `json:"right"`
	Title   string   `json:"title"`
	Does    string   `json:"does"` // as the end of "... before you may"
	Modules []string `json:"modules"`
}

// Doors lists the doors. Which module opens which is our suggestion; no norm sets it.
func Doors() []Door {
	return []Door{
		{RightDraft, "Writing replies", "write replies", []string{"m1", "m2"}},
		{RightApprove, "Approving", "approve texts", []string{"m1", "m3", "m10"}},
		{RightSchedule, "Scheduling spotlights", "schedule spotlights", []string{"m1", "m4"}},
	}
}

// FindDoor returns the door of a right, or ErrNotFound.
func FindDoor(right Right) (Door, error) {
	for _, d := range Doors() {
		if d.Right == right {
			return d, nil
		}
	}
	return Door{}, refusal.Because(ErrNotFound, "There is no door %q", right)
}

// DoorRules is what the practice has decided about its doors. They are open until somebody switches them on.
type DoorRules struct {
	On    bool   `json:"on"`
	Since string `json:"since,omitempty"` // the day on which they were switched on
	Grace int    `json:"grace"`           // days after that in which nobody is shut out
}

// UsualGrace is how many days a practice gets to train everybody before the doors shut, and MostGrace the most that it may take.
const (
	UsualGrace = 30
	MostGrace  = 180
)

// From is the day on which the doors begin to shut, "" while they are switched off.
func (r DoorRules) From() string {
	if !r.On {
		return ""
	}
	return daysOn(r.Since, r.Grace)
}

// Shut reports whether the doors count on the day.
func (r DoorRules) Shut(day string) bool { return r.On && day >= r.From() }

// Override lets a person through a door without the training, for a reason and a time.
type Override struct {
	ID       int64     `json:"id"`
	PersonID int64     `json:"person_id"`
	Right    Right     `json:"right"`
	Reason   string    `json:"reason"`
	Until    string    `json:"until"` // the last day
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Ended    time.Time `json:"ended"` // taken back before its time
}

// MostOverride is how many days an override may last. It bridges a gap; it does not take the place of the training.
const MostOverride = 92

// Stands reports whether the override opens its door on the day.
func (o Override) Stands(day string) bool { return o.Ended.IsZero() && day <= o.Until }

func (o Override) check(day string) error {
	if strings.TrimSpace(o.Reason) == "" {
		return refusal.Because(ErrStep, "An exception needs a reason: it stays on record")
	}
	if _, err := time.Parse(practice.Day, o.Until); err != nil {
		return refusal.Because(ErrStep, "An exception needs its last day, such as %s", daysOn(day, WarnDays))
	}
	if o.Until < day {
		return refusal.Because(ErrStep, "The last day of the exception, %s, has passed", o.Until)
	}
	if o.Until > daysOn(day, MostOverride) {
		return refusal.Because(ErrStep, "An exception lasts %d days at most: until %s", MostOverride, daysOn(day, MostOverride))
	}
	return nil
}

// Passage is how one person stands at one door.
type Passage struct {
	Door     Door      `json:"door"`
	Open     bool      `json:"open"`    // the person may go through today
	Trained  bool      `json:"trained"` // every module of the door is passed and counts
	Missing  []Need    `json:"missing,omitempty"`
	Until    string    `json:"until,omitempty"`   // the last day on which the door is open as things stand; "" if nothing shuts it
	Warning  string    `json:"warning,omitempty"` // that it shuts soon, in a sentence
	Override *Override `json:"override,omitempty"`
}

// Pass works out whether a door is open to a person: the doors are off or in their grace, the modules are passed and count, or an override stands.
func Pass(d Door, needs []Need, rules DoorRules, overrides []Override, day string) Passage {
	p := Passage{Door: d, Trained: true}
	for _, id := range d.Modules {
		i := slices.IndexFunc(needs, func(n Need) bool { return n.Module.ID == id })
		if i < 0 {
			continue
		}
		n := needs[i]
		if !n.Counts(day) {
			p.Trained = false
			p.Missing = append(p.Missing, n)
			continue
		}
		if p.Until == "" || n.By < p.Until {
			p.Until = n.By
		}
	}
	if !p.Trained {
		p.Until = ""
	}
	for _, o := range overrides {
		if o.Right == d.Right && o.Stands(day) && o.Until > p.Until {
			p.Until, p.Override = o.Until, &o
		}
	}
	p.Open = !rules.Shut(day) || p.Trained || p.Override != nil
	switch {
	case !rules.On:
		p.Until = ""
	case !rules.Shut(day) && p.Until < rules.From(): // "" is before every day
		p.Until = daysOn(rules.From(), -1)
	}
	if p.Open && p.Until != "" && p.Until <= daysOn(day, WarnDays) {
		p.Warning = p.warning(needs)
	}
	return p
}

func (p Passage) warning(needs []Need) string {
	titles := p.titles()
	if len(p.Missing) == 0 {
		for _, n := range needs {
			if slices.Contains(p.Door.Modules, n.Module.ID) && n.By == p.Until {
				titles = append(titles, "\""+n.Module.Title+"\"")
			}
		}
	}
	return fmt.Sprintf("After %s you may not %s any more, unless you pass %s.", p.Until, p.Door.Does, strings.Join(titles, " and "))
}

func (p Passage) titles() []string {
	var titles []string
	for _, n := range p.Missing {
		titles = append(titles, "\""+n.Module.Title+"\"")
	}
	return titles
}

// Err is nil where the door is open, and otherwise the sentence that says what opens it.
func (p Passage) Err() error {
	if p.Open {
		return nil
	}
	lapsed := slices.ContainsFunc(p.Missing, func(n Need) bool { return n.Passed != "" })
	again := ""
	if lapsed {
		again = " (a pass counts for a time)"
	}
	return refusal.Because(ErrDoor, "Pass the training %s%s before you may %s; it is under Policy, Training. The owner can make an exception", strings.Join(p.titles(), " and "), again, p.Door.Does)
}
