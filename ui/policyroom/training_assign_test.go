package policyroom_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/ui/kit"
)

func TestAModuleIsAssignedAndTakenBack(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Training/team")
	r.press("Assign a module")
	form := r.dialog()
	r.host.LastDialog().Press("Assign")
	if r.host.LastDialog().Closed {
		t.Error("a module was assigned to nobody")
	}
	find(r, form, func(s *widget.Select) bool { return len(s.Options) == 4 }).SetSelected("Tom Reyes")
	find(r, form, func(s *widget.Select) bool { return len(s.Options) == 10 }).SetSelectedIndex(9)
	find(r, form, func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "Why, in") }).SetText("He stands in for the manager.")
	r.host.LastDialog().Press("Assign")
	if r.host.LastDialog().Closed {
		t.Error("a manager assigned training")
	}
	_, err := r.roster.SavePerson(ctx, practice.Person{ID: r.people[0].ID, Name: "Dana Whitlock", Role: practice.Compliance}, r.people[0].Actor())
	must(t, err)
	r.host.LastDialog().Press("Assign")
	r.sees("Assigned by Dana Whitlock on 22 Nov 2026.", "Tom Reyes: ", "by 22 December 2026, in 30 days")
	r.host.PersonID, r.host.Person = r.people[3].ID, r.people[3].Name
	r.Changed(kit.ChangedPolicy)
	r.Receive("Training/m10")
	r.sees("Assigned, by 22 Dec 2026", "Assigned to you. Due by 22 December 2026, in 30 days.", "Assigned by Dana Whitlock on 22 November 2026: He stands in for the manager.")
	r.host.PersonID, r.host.Person = r.people[0].ID, r.people[0].Name
	r.Receive("Training/team")
	r.press("Take it back")
	r.sees("taken back by Dana Whitlock on 22 Nov 2026")
	r.host.Undo()
	if given, err := r.store.Assignments(ctx); err != nil || len(given) != 2 || !given[0].Stands() || given[1].Stands() {
		t.Errorf("got %+v, %v", given, err)
	}
	if len(r.host.Failures) > 0 {
		t.Error(r.host.Failures)
	}
}
