package respond

import (
	"slices"
	"strings"

	"goodword/internal/practice"
)

// Fact is one line of the fact sheet: what the practice tells everybody who asks.
type Fact struct {
	ID      string // "hours", as practice.Practice.Facts has it
	Title   string
	Example string
}

var factSheet = []Fact{
	{"hours", "Office hours", "Monday to Friday from 8 to 5."},
	{"booking", "How to book", "Booking is open online and by phone."},
	{"new patients", "New patients", "New patients are welcome; the first openings are usually within two weeks."},
	{"insurance", "Insurance", "We work with most PPO plans and have a price list for people without a plan."},
	{"parking", "Parking and the way here", "Free parking is behind the building, entrance on Mill Street."},
	{"languages", "Languages", "English and Spanish are spoken here."},
	{"records", "Copies of records", "Requests for copies of records go through a form at the front desk or on our website."},
	{"emergency", "After hours and emergencies", "A recorded message names the clinician on call. In an emergency, call 911."},
}

// FactSheet lists the lines that templates can use, in the order of a form.
func FactSheet() []Fact { return slices.Clone(factSheet) }

// variable is the name of the fact in a wording.
func (f Fact) variable() string { return "{" + strings.ReplaceAll(f.ID, " ", "_") + "}" }

// Missing are the facts that a template needs and the practice did not enter, if no wording of it can be filled without them.
func Missing(t Template, p practice.Practice, place *practice.Place) []Fact {
	if len(filled(t, p, place, t.all())) > 0 {
		return nil
	}
	values := valuesOf(t.Language, p, place)
	var out []Fact
	for _, f := range factSheet {
		needed := slices.ContainsFunc(t.all(), func(w string) bool { return strings.Contains(w, f.variable()) })
		if needed && values[f.variable()] == "" {
			out = append(out, f)
		}
	}
	return out
}
