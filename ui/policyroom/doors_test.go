package policyroom_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
)

func TestDoorsAreSwitchedAndAnExceptionMade(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Doors")
	r.sees("The doors are open", "Who comes through")
	r.press("Switch the doors on")
	r.host.LastDialog().Press("Switch on")
	r.sees("The doors shut from 22 December 2026")
	r.now = r.now.AddDate(0, 0, 40)
	r.Changed(kit.ChangedPolicy)
	r.sees("The doors are on")
	r.run("Make an exception at a door")
	form := r.dialog()
	find(r, form, func(s *widget.Select) bool { return len(s.Options) == 4 }).SetSelected("Iris Okafor")
	r.host.LastDialog().Press("Make the exception")
	if r.host.LastDialog().Closed {
		t.Error("an exception without reason and day was made")
	}
	find(r, form, func(e *kit.Entry) bool { return e.PlaceHolder == "2027-01-01" }).SetText("2027-01-20")
	find(r, form, func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "Why it") }).SetText("She is alone at the desk this week")
	r.host.LastDialog().Press("Make the exception")
	r.sees("Exceptions", "She is alone at the desk this week. Given by Dana Whitlock on 1 Jan 2027.")
	must(t, r.store.May(ctx, r.people[1].ID, policy.RightDraft))
	r.press("Take it back")
	if err := r.store.May(ctx, r.people[1].ID, policy.RightDraft); err == nil {
		t.Error("the exception still stands")
	}
	r.host.Undo()
	must(t, r.store.May(ctx, r.people[1].ID, policy.RightDraft))
	r.press("Switch the doors off")
	r.sees("The doors are open")
}

func TestANearMissBecomesAnExample(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Near-misses")
	r.sees("Nothing was stopped yet")
	r.stopped = []policy.Stopped{{DraftID: 7, MentionID: 3, Rule: "phi-health", Label: "Health or treatment tied to a person", Proposal: "Dear (a name), so glad that your root canal on (a day) went well."}}
	r.Changed(kit.ChangedPolicy)
	r.sees("Stopped by the gate", "Health or treatment tied to a person")
	r.press("Retell it")
	words := find(r, r.dialog(), func(e *kit.Entry) bool { return e.MultiLine })
	words.SetText("So glad that your root canal was fine, Maria.")
	r.host.LastDialog().Press("Propose it")
	if r.host.LastDialog().Closed {
		t.Error("a retelling with a name was taken")
	}
	words.SetText("Good to hear that the nerve treatment turned out well.")
	r.host.LastDialog().Press("Propose it")
	r.sees("To decide", "“Good to hear that the nerve treatment turned out well.”")
	r.press("Use it in the training")
	if len(r.host.Failures) != 1 || !strings.Contains(r.host.Failures[0], "owner decides") {
		t.Errorf("a manager decided: %v", r.host.Failures)
	}
	_, err := r.roster.SavePerson(ctx, practice.Person{ID: r.people[0].ID, Name: "Dana Whitlock", Role: practice.Compliance}, r.people[0].Actor())
	must(t, err)
	r.press("Use it in the training")
	r.sees("In the training", "Decided by Dana Whitlock on 22 Nov 2026.")
}
