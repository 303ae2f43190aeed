package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
)

// The times that the training is measured by. They are our suggestion: the Privacy Rule asks for training within a reasonable time after the hire
// and after a material change, and the year is practice.
const (
	FirstDays  = 30 // from the hire, a new role, a material version or an incident
	PassMonths = 12 // a pass counts
	WarnDays   = 14 // before a module is due, its people hear of it
)

// Trigger is what makes a module due.
type Trigger string

// The triggers of training.
const (
	TriggerHire     Trigger = "hire"
	TriggerRole     Trigger = "role"
	TriggerMaterial Trigger = "material"
	TriggerYear     Trigger = "year"
	TriggerIncident Trigger = "incident"
	TriggerAssigned Trigger = "assigned"
)

// Reason is one reason why a module is due: what happened, when, and the last day to take it.
type Reason struct {
	Trigger Trigger `json:"trigger"`
	On      string  `json:"on,omitempty"`
	By      string  `json:"by"`
	Text    string  `json:"text"`
}

// Record is everything about a person that decides which training they need.
type Record struct {
	Person    practice.Person
	Roles     []practice.RoleSince // oldest first; may be empty
	Passed    map[string]string    // module: the day of the newest pass
	Versions  []Version
	Incidents []Incident
	Assigned  []Assignment // to this person, those that stand
	Zone      *time.Location
	Begun     string // the day on which the practice began with this program; nothing was due here before
}

// Need is how a person stands with a module.
type Need struct {
	Module  Module   `json:"module"`
	Wanted  bool     `json:"wanted"`           // by the person's role, or assigned to them
	Passed  string   `json:"passed,omitempty"` // the day of the newest pass
	By      string   `json:"by,omitempty"`     // the day after which the pass no longer counts, or by which it is to be passed for the first time
	Reasons []Reason `json:"reasons,omitempty"`
}

// Late reports whether the day by which the module was due has passed.
func (n Need) Late(day string) bool { return n.By != "" && day > n.By }

// Counts reports whether the person has passed and the pass still holds on the day.
func (n Need) Counts(day string) bool { return n.Passed != "" && !n.Late(day) }

// Soon reports whether a pass that holds runs out within the time of warning.
func (n Need) Soon(day string) bool { return n.Counts(day) && daysOn(day, WarnDays) >= n.By }

// Assigned reports whether the compliance officer gave the module to the person, and they have not passed it since.
func (n Need) Assigned() bool {
	return slices.ContainsFunc(n.Reasons, func(r Reason) bool { return r.Trigger == TriggerAssigned })
}

// Open reports whether the person has something to do about the module: their role asks for it or it was assigned, and they have not passed, or soon
// not any more.
func (n Need) Open(day string) bool {
	return n.Wanted && (!n.Counts(day) || n.Soon(day) || n.Assigned())
}

// Due works out how the person stands with each module on the day; what is most pressing comes first.
func Due(r Record, day string) []Need {
	var all []Need
	for _, m := range modules() {
		all = append(all, r.need(m, day))
	}
	slices.SortStableFunc(all, func(a, b Need) int {
		if d := btoi(b.Open(day)) - btoi(a.Open(day)); d != 0 {
			return d
		}
		if !a.Open(day) {
			return btoi(b.Wanted) - btoi(a.Wanted)
		}
		return cmp.Compare(a.By, b.By)
	})
	return all
}

func (r Record) need(m Module, day string) Need {
	n := Need{Module: m, Wanted: m.Wants(r.Person.Role), Passed: r.Passed[m.ID]}
	if n.Passed == "" {
		if n.Wanted {
			n.Reasons = []Reason{r.first(m)}
		}
	} else {
		n.Reasons = r.again(m, n.Passed, day)
	}
	for _, a := range r.Assigned {
		if a.ModuleID == m.ID && a.Stands() {
			on := a.At.In(r.zone()).Format(practice.Day)
			n.Wanted = true
			n.Reasons = append(n.Reasons, Reason{TriggerAssigned, on, a.Due, fmt.Sprintf("assigned by %s on %s: %s", a.By, on, strings.TrimSuffix(a.Reason, "."))})
		}
	}
	for _, reason := range n.Reasons {
		if n.By == "" || reason.By < n.By {
			n.By = reason.By
		}
	}
	return n
}

// first is why a module is due that was never passed: the hire, or a later role that was the first to want it.
func (r Record) first(m Module) Reason {
	since, trigger := r.Person.HiredOn, TriggerHire
	for i, role := range r.Roles {
		if m.Wants(role.Role) {
			continue
		}
		if i+1 < len(r.Roles) && m.Wants(r.Roles[i+1].Role) {
			since, trigger = r.Roles[i+1].Since, TriggerRole
		}
	}
	by := daysOn(max(since, r.Begun), FirstDays)
	switch {
	case since == "":
		return Reason{trigger, "", "", "never passed"}
	case trigger == TriggerRole:
		return Reason{trigger, since, by, fmt.Sprintf("the role is new since %s", since)}
	case since < r.Begun:
		return Reason{trigger, since, by, fmt.Sprintf("here since %s; the training came on %s, and is not passed yet", since, r.Begun)}
	}
	return Reason{trigger, since, by, fmt.Sprintf("here since %s and not passed yet", since)}
}

// again is why a module that was passed is due once more.
func (r Record) again(m Module, passed, day string) []Reason {
	year := monthsOn(passed, PassMonths)
	reasons := []Reason{{TriggerYear, passed, year, fmt.Sprintf("passed on %s; a pass counts for %d months", passed, PassMonths)}}
	if slices.Contains(m.Again, TriggerMaterial) {
		for _, v := range r.Versions {
			// The first version is nothing new to anybody: there was no training on another before it.
			if v.Material && v.Number > 1 && v.From > passed && v.From <= day {
				reasons = append(reasons, Reason{TriggerMaterial, v.From, daysOn(v.From, FirstDays), fmt.Sprintf("version %d of the policy changed what it asks, on %s", v.Number, v.From)})
			}
		}
	}
	if slices.Contains(m.Again, TriggerIncident) {
		for _, i := range r.Incidents {
			if i.Closed.IsZero() || i.IsDrill() {
				continue // a drill teaches those who take part; nothing happened that everybody hears of
			}
			if on := i.Closed.In(r.zone()).Format(practice.Day); on > passed {
				reasons = append(reasons, Reason{TriggerIncident, on, daysOn(on, FirstDays), "an incident was closed on " + on + "; everybody hears what it taught"})
			}
		}
	}
	return reasons
}

func (r Record) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

func daysOn(day string, days int) string {
	t, err := time.Parse(practice.Day, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(practice.Day)
}

func monthsOn(day string, months int) string {
	t, err := time.Parse(practice.Day, day)
	if err != nil {
		return ""
	}
	return after(t, months)
}
