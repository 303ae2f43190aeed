package practice_test

import (
	"errors"
	"testing"

	"goodword/internal/audit"
	"goodword/internal/practice"
)

func TestWhoMayChangeThePracticeAndItsPeople(t *testing.T) {
	for _, c := range []struct {
		role                    practice.Role
		details, staff, manager bool
	}{
		{practice.Owner, true, true, true}, {practice.Compliance, true, true, true}, {practice.Manager, true, true, true},
		{practice.HR, false, true, false}, {practice.Clinician, false, false, false}, {practice.Author, false, false, false}, {practice.Staff, false, false, false},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			s := store(t)
			must := func(p practice.Person) practice.Person {
				var err error
				if p.ID, err = s.SavePerson(t.Context(), p, audit.Program); err != nil {
					t.Fatal(err)
				}
				return p
			}
			boss := must(practice.Person{Name: "Dana Whitlock", Role: practice.Owner})
			by := must(practice.Person{Name: "Ivo Marsh", Role: c.role}).Actor()
			check := func(what string, want bool, err error) {
				t.Helper()
				if want != (err == nil) || err != nil && !errors.Is(err, practice.ErrRights) {
					t.Errorf("%s: got %v, want allowed: %v", what, err, want)
				}
			}
			check("the details", c.details, s.Save(t.Context(), practice.Practice{Name: "Elm Dental", Phone: "555-0140"}, by))
			_, err := s.SavePlace(t.Context(), practice.Place{Name: "Lakeside"}, by)
			check("a place", c.details, err)
			_, err = s.SavePerson(t.Context(), practice.Person{Name: "Iris Okafor", Role: practice.Staff}, by)
			check("a new colleague", c.staff, err)
			_, _, err = s.ImportPeople(t.Context(), []practice.RosterLine{{Person: practice.Person{Name: "Tom Reyes", Role: practice.Author}, Change: true}}, by)
			check("an import", c.staff, err)
			_, err = s.SavePerson(t.Context(), practice.Person{Name: "Pat Doe", Role: practice.Owner}, by)
			check("a new owner", c.manager, err)
			boss.Role = practice.Staff
			_, err = s.SavePerson(t.Context(), boss, by)
			check("the owner made staff", c.manager, err)
		})
	}
}
