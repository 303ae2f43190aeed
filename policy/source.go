package policy

import (
	"cmp"
	"fmt"
	"time"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

// FactMonths is after how many months a fact of ours is to be looked at again that names no day of its own. Laws and pages change within a year.
const FactMonths = 12

// LookAgain is the day by which the fact is to be looked at again.
func (b Basis) LookAgain() string { return cmp.Or(b.ReviewBy, monthsOn(b.Checked, FactMonths)) }

// Stale reports whether the day by which the fact was to be looked at again has passed. What the practice decided itself does not grow stale.
func (b Basis) Stale(day string) bool {
	return b.Status != StatusPractice && b.LookAgain() != "" && day > b.LookAgain()
}

// Aged says for people how far the fact was checked, how long ago that was, and by when it is looked at again; day is today.
func (b Basis) Aged(day string) string {
	said := b.HowChecked(writtenDay(b.Checked) + ", " + Ago(b.Checked, day))
	switch {
	case b.Status == StatusPractice || b.LookAgain() == "":
		return said + "."
	case b.Stale(day):
		return fmt.Sprintf("%s. It was to be looked at again by %s and may have changed: open the source before you rely on it.", said, writtenDay(b.LookAgain()))
	default:
		return fmt.Sprintf("%s; to be looked at again by %s.", said, writtenDay(b.LookAgain()))
	}
}

// Ago says how long before a day another day was: "today", "10 days ago", "7 months ago".
func Ago(then, day string) string {
	from, err := time.Parse(practice.Day, then)
	to, err2 := time.Parse(practice.Day, day)
	if err != nil || err2 != nil {
		return "on a day that is not known"
	}
	days := int(to.Sub(from).Hours() / 24)
	months := (to.Year()-from.Year())*12 + int(to.Month()-from.Month())
	if to.Day() < from.Day() {
		months--
	}
	switch {
	case days < 0:
		return "a day to come by the clock of this computer"
	case days == 0:
		return "today"
	case days == 1:
		return "yesterday"
	case months < 3:
		return fmt.Sprintf("%d days ago", days)
	case months < 24:
		return fmt.Sprintf("%d months ago", months)
	default:
		return fmt.Sprintf("%d years ago", months/12)
	}
}

// Away says how long after a day another day is: "today", "in 30 days", "4 days ago".
func Away(then, day string) string {
	from, err := time.Parse(practice.Day, day)
	to, err2 := time.Parse(practice.Day, then)
	switch days := int(to.Sub(from).Hours() / 24); {
	case err != nil || err2 != nil || days <= 0:
		return Ago(then, day)
	case days == 1:
		return "tomorrow"
	default:
		return fmt.Sprintf("in %d days", days)
	}
}

// RuleBasis is what a rule of the speak-safe gate stands on. Its pack says in its source how far it was checked.
func RuleBasis(r guard.Rule) Basis {
	return Basis{Basis: r.Basis, Source: r.Source, URL: r.URL, Checked: r.Checked, ReviewBy: r.ReviewBy}
}

// Ground is where the page of a trusted source was noted and when.
func (t TrustedSource) Ground() Basis {
	return Basis{Basis: t.Name, Source: t.Name, URL: t.URL, Status: t.Status, Checked: t.Checked}
}

// Ground is what a statement about health stands on, with the day by which it is to be looked at again.
func (m Myth) Ground() Basis {
	b := m.Basis
	if m.Months > 0 {
		b.ReviewBy = monthsOn(b.Checked, m.Months)
	}
	return b
}

// Ground is where the rules of the doors come from: the practice's own setting once they are on, else our suggestion.
func (r DoorRules) Ground() Basis {
	if !r.On {
		return FigureOf("grace-days").Basis
	}
	return Basis{Basis: fmt.Sprintf("The practice switched the doors on with %d days before they shut", r.Grace), Source: "the setting of the practice", Status: StatusPractice, Checked: r.Since}
}
