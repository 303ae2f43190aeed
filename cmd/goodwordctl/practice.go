package main

import (
	"fmt"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews/respond"
)

type practiceVerb struct {
	Name     *string  `help:"Name of the practice."`
	Phone    *string  `help:"Phone number for callers."`
	Email    *string  `help:"E-mail address of the practice."`
	Website  *string  `help:"Address of the practice's own site."`
	City     *string  `help:"City."`
	Region   *string  `help:"State or region, such as OR."`
	Country  *string  `help:"Country code."`
	TimeZone *string  `help:"Time zone, such as America/Chicago; empty for the computer's own."`
	Contact  *string  `help:"Who takes calls about reviews."`
	Role     *string  `help:"The role of that person."`
	Match    []string `help:"Watch words, in place of those before; give the flag once for each, or part them by commas." placeholder:"WORDS"`

	Fact map[string]string `help:"A line of the fact sheet that templates use, such as hours=\"Mon-Fri 8-5\"; an empty one is removed." placeholder:"WHAT=TEXT" mapsep:"none"`
}

func (v practiceVerb) Run(d *desk) error {
	if v.TimeZone != nil {
		if err := practice.CheckZone(*v.TimeZone); err != nil {
			return useError{err}
		}
	}
	if v.Name != nil && strings.TrimSpace(*v.Name) == "" {
		return wrong("The practice needs a name. Give --name NAME")
	}
	for id := range v.Fact {
		if !slices.ContainsFunc(respond.FactSheet(), func(f respond.Fact) bool { return f.ID == id }) {
			return wrong("The fact sheet has no line %q; the lines are %s", id, factLines())
		}
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		if v.change(&p) {
			if err := h.Practices.Save(d.ctx, p, by); err != nil {
				return err
			}
			if p, err = h.Practices.Get(d.ctx); err != nil {
				return err
			}
		}
		return d.print(p, "%s", practicePage(p))
	})
}

// change takes over what was given, and tells whether anything was.
func (v practiceVerb) change(p *practice.Practice) bool {
	given := false
	for _, c := range []struct{ from, to *string }{{v.Name, &p.Name}, {v.Phone, &p.Phone}, {v.Email, &p.Email}, {v.Website, &p.Website}, {v.City, &p.City},
		{v.Region, &p.Region}, {v.Country, &p.Country}, {v.TimeZone, &p.TimeZone}, {v.Contact, &p.ContactName}, {v.Role, &p.ContactRole}} {
		if c.from != nil {
			*c.to, given = strings.TrimSpace(*c.from), true
		}
	}
	if v.Match != nil {
		p.WatchWords, given = v.Match, true
	}
	for id, text := range v.Fact {
		given = true
		if text = strings.TrimSpace(text); text == "" {
			delete(p.Facts, id)
			continue
		}
		if p.Facts == nil {
			p.Facts = map[string]string{}
		}
		p.Facts[id] = text
	}
	return given
}

func factLines() string {
	var ids []string
	for _, f := range respond.FactSheet() {
		ids = append(ids, f.ID)
	}
	return strings.Join(ids, ", ")
}

// practicePage is the practice for a person to read; what is not set is left out.
func practicePage(p practice.Practice) string {
	contact := p.ContactName
	if p.ContactRole != "" {
		contact = strings.TrimPrefix(contact+", "+p.ContactRole, ", ")
	}
	page := p.Name
	for _, line := range []struct{ what, text string }{{"Phone", p.Phone}, {"E-mail", p.Email}, {"Website", p.Website}, {"City", p.City}, {"Region", p.Region},
		{"Country", p.Country}, {"Time zone", p.TimeZone}, {"Calls about reviews", contact}, {"Watch words", strings.Join(p.WatchWords, ", ")}} {
		if line.text != "" {
			page += fmt.Sprintf("\n%-20s %s", line.what, line.text)
		}
	}
	for _, f := range respond.FactSheet() {
		if text := p.Facts[f.ID]; text != "" {
			page += fmt.Sprintf("\n%s: %s", f.Title, text)
		}
	}
	return page
}
