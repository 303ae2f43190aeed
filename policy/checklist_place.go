package policy

import (
	"slices"
	"strings"

	"goodword/internal/practice"
)

// Place is where a rule holds: a country, or a state of it.
type Place struct {
	ID    string `json:"id"` // as an item names it: "US", "US-TX", "UK"
	Title string `json:"title"`
}

// Places lists the places for which we have facts, the countries first.
func Places() []Place {
	return []Place{{"US", "United States, federal"}, {"UK", "United Kingdom"}, {"Canada", "Canada"}, {"EU", "European Union"},
		{"US-CA", "California"}, {"US-FL", "Florida"}, {"US-TX", "Texas"}}
}

// union are the countries in which the law of the European Union holds.
const union = " AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE "

// stateCodes turns the name of a state into its letters, for the states of which we have facts.
var stateCodes = map[string]string{"california": "CA", "florida": "FL", "texas": "TX"}

// PlacesOf are the places whose rules a practice falls under by its address. A country that we do not know has none: a list of another country's
// law would mislead.
func PlacesOf(p practice.Practice) []string {
	country := strings.ToUpper(strings.TrimSpace(p.Country))
	switch country {
	case "", "US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA":
		places := []string{"US"}
		region := strings.TrimSpace(p.Region)
		if code := stateCodes[strings.ToLower(region)]; code != "" {
			region = code
		}
		if state := "US-" + strings.ToUpper(region); slices.ContainsFunc(Places(), func(p Place) bool { return p.ID == state }) {
			places = append(places, state)
		}
		return places
	case "GB", "UK", "UNITED KINGDOM", "GREAT BRITAIN", "ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND":
		return []string{"UK"}
	case "CA", "CANADA":
		return []string{"Canada"}
	}
	if len(country) == 2 && strings.Contains(union, " "+country+" ") || country == "EU" {
		return []string{"EU"}
	}
	return nil
}

// HoldsIn reports whether something with a jurisdiction as our lists write it ("US", "UK/EU") holds in one of the places. An empty one holds
// everywhere.
func HoldsIn(jurisdiction string, places []string) bool {
	if jurisdiction == "" {
		return true
	}
	return slices.ContainsFunc(strings.Split(jurisdiction, "/"), func(j string) bool { return slices.Contains(places, j) })
}

// In keeps the items that hold in the places, and the groups that still have any.
func In(groups []Group, places []string) []Group {
	var kept []Group
	for _, g := range groups {
		var items []Item
		for _, i := range g.Items {
			if HoldsIn(i.Jurisdiction, places) {
				items = append(items, i)
			}
		}
		if len(items) > 0 {
			g.Items = items
			kept = append(kept, g)
		}
	}
	return kept
}

// PlaceChoice is under which rules the practice counts itself. Chosen is nil while the address decides.
type PlaceChoice struct {
	ByAddress []string `json:"by_address"`
	Chosen    []string `json:"chosen,omitempty"`
}

// Places are the places that count.
func (c PlaceChoice) Places() []string {
	if c.Chosen != nil {
		return c.Chosen
	}
	return c.ByAddress
}

// PlaceTitle is a place as people read it.
func PlaceTitle(id string) string {
	for _, p := range Places() {
		if p.ID == id {
			return p.Title
		}
	}
	return id
}
