package policyroom_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// find returns the first object in sight that fits.
func find[T any](r *room, root fyne.CanvasObject, fits func(T) bool) T {
	r.t.Helper()
	for _, o := range kittest.Objects(root) {
		if o, ok := o.(T); ok && fits(o) {
			return o
		}
	}
	var none T
	r.t.Fatalf("no %T in sight fits", none)
	return none
}

func (r *room) press(title string) {
	r.t.Helper()
	test.Tap(find(r, r.window.Content(), func(b *widget.Button) bool { return b.Text == title }))
}

// list is the list of the tab in sight, with the keyboard.
func (r *room) list() fyne.Focusable {
	r.t.Helper()
	list := find(r, r.window.Content(), func(f fyne.Focusable) bool { return fmt.Sprintf("%T", f) == "*policyroom.ledger" })
	r.window.Canvas().Focus(list)
	return list
}

func (r *room) entry(placeholder string) *kit.Entry {
	r.t.Helper()
	return find(r, r.window.Content(), func(e *kit.Entry) bool { return e.PlaceHolder == placeholder })
}

// dialog shows the last dialog in a window of its own, so that its inputs can be found.
func (r *room) dialog() fyne.CanvasObject {
	r.t.Helper()
	d := r.host.LastDialog()
	if d == nil {
		r.t.Fatal("no dialog was shown")
	}
	w := test.NewTempWindow(r.t, d.Content)
	w.Resize(fyne.NewSize(700, 700))
	return d.Content
}

func (r *room) item(id string) policy.Item {
	r.t.Helper()
	groups, err := r.store.Checklist(ctx)
	must(r.t, err)
	for _, g := range groups {
		for _, i := range g.Items {
			if i.ID == id {
				return i
			}
		}
	}
	r.t.Fatalf("no item %s", id)
	return policy.Item{}
}

func TestAnswerByOneKey(t *testing.T) {
	r := open(t)
	r.Shown()
	r.sees("A privacy official is named in writing", "45 CFR 164.530(a)(1)(i), (a)(2)", "22 November 2026")
	list := r.list()
	for _, key := range "yPn" {
		list.TypedRune(key)
	}
	for id, want := range map[string]policy.Answer{"gov1": policy.Yes, "gov2": policy.Partly, "gov3": policy.No, "gov4": policy.Unanswered} {
		if got := r.item(id).Answer; got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	r.host.Undo()
	if got := r.item("gov3").Answer; got != policy.Unanswered {
		t.Errorf("after undo: got %q, want none", got)
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	list.TypedRune('a')
	if got := r.item("gov2").Answer; got != policy.NotApplicable {
		t.Errorf("after going up: got %q, want not applicable", got)
	}
	r.sees("1 of 69")
}

func TestNobodyChosenAnswersNothing(t *testing.T) {
	r := open(t)
	r.host.PersonID = 0
	r.Shown()
	r.run("Answer: Yes")
	if got := r.item("gov1").Answer; got != policy.Unanswered || len(r.host.Toasts) == 0 {
		t.Errorf("got %q with toasts %v, want no answer and a hint", got, r.host.Toasts)
	}
}

func TestFilterAndFind(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.sees("70 items")
	choice := find(r, r.window.Content(), func(s *widget.Select) bool { return s.Selected == "All items" })
	choice.SetSelected("Overdue")
	groups, err := r.store.Checklist(ctx)
	must(t, err)
	overdue := policy.Measure(groups, "2026-11-22").All.Overdue
	if overdue == 0 {
		t.Fatal("the sample has nothing overdue")
	}
	r.sees(fmt.Sprintf("%d items", overdue))
	choice.SetSelected("All items")
	search := find(r, r.window.Content(), func(s *kit.Search) bool { return s.PlaceHolder == "Find in the checklist" })
	search.SetText("yelp left")
	r.sees("1 item", "Yelp is left out of every request for reviews")
	search.SetText("no such words here")
	r.sees("No item fits")
}

func TestTypedEvidenceIsNotLost(t *testing.T) {
	r := open(t)
	r.Shown()
	note := r.entry("Where the proof is, what is still missing")
	note.SetText("Letter of 3 May in the blue folder")
	r.entry("2026-12-31").SetText("2026-12-15")
	r.Changed(kit.ChangedPolicy)
	if note.Text != "Letter of 3 May in the blue folder" {
		t.Errorf("typed text was lost: %q", note.Text)
	}
	find(r, r.window.Content(), func(s *widget.Select) bool { return len(s.Options) == 5 && s.Options[0] == "Nobody yet" }).SetSelected("Iris Okafor")
	r.run("Save the evidence")
	got := r.item("gov1").Answered
	if got.Note != "Letter of 3 May in the blue folder" || got.Due != "2026-12-15" || got.OwnerID != r.people[1].ID {
		t.Errorf("got %+v", got)
	}
	r.entry("2026-12-31").SetText("soon")
	r.run("Save the evidence")
	if len(r.host.Failures) != 1 || !strings.Contains(r.host.Failures[0], "not a day") {
		t.Errorf("got failures %v", r.host.Failures)
	}
	r.sees("noted: Letter of 3 May in the blue folder")
}

func TestPolicyFromSuggestionToSignature(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Document")
	r.press("Begin with our suggestion")
	r.sees("Social media policy of Elm Street Dental", "Version 1, draft")
	r.press("Put in force")
	r.dialog()
	if !r.host.LastDialog().Press("Put in force") {
		t.Fatal("the dialog has no button")
	}
	r.sees("Version 1, in force since 22 November 2026")
	if len(r.host.Failures) > 0 {
		t.Fatal(r.host.Failures)
	}
	find(r, r.window.Content(), func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "Show why") }).SetChecked(true)
	r.sees("That a person received care is protected health information by itself.")
	r.run("Sign the policy")
	r.host.LastDialog().Press("Sign")
	versions, err := r.store.Versions(ctx)
	must(t, err)
	signed, missing, err := r.store.Signatures(ctx, versions[0].ID)
	must(t, err)
	if len(signed) != 1 || len(missing) != 3 || signed[0].Way != policy.OnScreen {
		t.Errorf("got %d signed, %d missing", len(signed), len(missing))
	}
	r.Receive("Signatures")
	r.sees("1 of 4 have signed version 1")
	r.run("Copy a reminder to those who have not signed")
	if len(r.host.Copied) != 1 || !strings.Contains(r.host.Copied[0], "Tom Reyes") || strings.Contains(r.host.Copied[0], "missing: Dana") {
		t.Errorf("got %q", r.host.Copied)
	}
	find(r, r.window.Content(), func(table *kit.Table) bool { return table.OnOpened != nil }).OnOpened(0)
	r.host.LastDialog().Press("Record")
	r.sees("2 of 4 have signed version 1")
}

func TestTheCountOfMissingSignaturesFalls(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	counted := func(want string) {
		t.Helper()
		name := false // the count stands right after the name of its pane
		tally := find(r, r.window.Content(), func(o *canvas.Text) bool {
			after := name
			name = o.Text == "Signatures"
			return after
		})
		if tally.Text != want {
			t.Errorf("got %q, want %q", tally.Text, want)
		}
	}
	counted("2")
	r.Receive("Document")
	r.run("Sign the policy")
	r.host.LastDialog().Press("Sign")
	counted("1")
	versions, err := r.store.Versions(ctx)
	must(t, err)
	_, err = r.store.Sign(ctx, r.people[2].ID, versions[0].ID, policy.OnScreen, r.people[2].Actor())
	must(t, err)
	r.Changed(kit.ChangedPolicy)
	counted("")
}

func TestThePolicyIsChangedByThoseWhoMay(t *testing.T) {
	r := open(t)
	r.busy()
	r.host.PersonID, r.host.Person = r.people[3].ID, r.people[3].Name
	r.Shown()
	r.Receive("Document")
	r.sees("The policy is changed by the owner, the compliance officer or a manager.")
	if b := find(r, r.window.Content(), func(b *widget.Button) bool { return b.Text == "New version" }); !b.Disabled() {
		t.Error("an assistant may press New version")
	}
	for _, c := range r.Commands() {
		if c.Title == "Draft a new version" && c.CanRun() {
			t.Error("an assistant may draft a new version by the palette")
		}
	}
}

func TestChangeAndDropADraft(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Document")
	r.press("New version")
	r.sees("Version 2, draft")
	r.press("Change")
	text := find(r, r.window.Content(), func(e *kit.Entry) bool { return e.MultiLine })
	text.SetText(text.Text + "\n### A new clause\n\nNobody posts at night.\n")
	r.entry("What is new, in a sentence").SetText("Night rule")
	r.Changed(kit.ChangedPolicy)
	r.sees("Version 2, draft")
	r.list().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	r.sees("Version 1, in force since 2 June 2026")
	r.list().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	r.press("Change")
	if got := r.entry("What is new, in a sentence").Text; got != "Night rule" {
		t.Errorf("what was typed was lost: got %q", got)
	}
	r.press("Save draft")
	r.sees("Night rule. Material: everybody signs.", "Nobody posts at night.")
	r.run("Drop the draft")
	if versions, _ := r.store.Versions(ctx); len(versions) != 1 {
		t.Fatalf("got %d versions, want 1", len(versions))
	}
	r.host.Undo()
	versions, err := r.store.Versions(ctx)
	must(t, err)
	if len(versions) != 2 || versions[0].Summary != "Night rule" {
		t.Errorf("undo did not bring the draft back: %d versions", len(versions))
	}
}

// pad is what has the keyboard in the quiz.
func (r *room) pad() fyne.Focusable {
	r.t.Helper()
	if len(r.host.Focused) == 0 {
		r.t.Fatal("nothing got the keyboard")
	}
	return r.host.Focused[len(r.host.Focused)-1]
}

func TestQuizByKeyboard(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Training/m7")
	r.sees("Vendors, tools and AI", "A vendor that can see, keep or send patient information")
	r.run("Take the quiz")
	attempts, err := r.store.Open(ctx, r.people[0].ID)
	must(t, err)
	quiz := attempts["m7"].Quiz
	r.sees("Question 1 of 5", quiz[0].Situation)
	r.pad().TypedRune(rune('1' + quiz[0].Right()))
	r.sees("Right.", quiz[0].Why, quiz[0].Basis.Basis)
	r.pad().TypedRune('1')
	r.pad().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	r.sees("1 of 5", "Go on with the quiz")
	r.press("Go on with the quiz")
	r.sees("Question 2 of 5")
	for _, q := range quiz[1:] {
		r.pad().TypedRune(rune('1' + q.Right()))
		r.pad().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	r.sees("Passed", "5 of 5 right")
	results, err := r.store.Results(ctx)
	must(t, err)
	if len(results) != 1 || !results[0].Passed || results[0].PersonID != r.people[0].ID {
		t.Errorf("got %+v", results)
	}
}

func TestFailedQuizExplains(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Training/m7")
	r.run("Take the quiz")
	attempts, err := r.store.Open(ctx, r.people[0].ID)
	must(t, err)
	for _, q := range attempts["m7"].Quiz {
		r.run(fmt.Sprintf("Quiz: answer %d", (q.Right()+1)%len(q.Options)+1))
		r.sees("Not quite.")
		r.run("Quiz: next question")
	}
	r.sees("Not passed yet", "0 of 5 right", "Worth another look")
	r.press("Back to the lesson")
	r.sees("Take the quiz again", "Try again")
}

func TestVendorForm(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Vendors")
	r.press("Add a vendor")
	form := r.dialog()
	name := find(r, form, func(e *kit.Entry) bool { return e.PlaceHolder == "Bright Replies, Inc." })
	r.host.LastDialog().Press("Save")
	if r.host.LastDialog().Closed {
		t.Error("a vendor without a name was taken")
	}
	name.SetText("Sage Assistant")
	find(r, form, func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "It can see") }).SetChecked(true)
	r.host.LastDialog().Press("Save")
	if !r.host.LastDialog().Closed {
		t.Error("the form stayed open after it was saved")
	}
	vendors, err := r.store.Vendors(ctx)
	must(t, err)
	if len(vendors) != 1 || vendors[0].Name != "Sage Assistant" || !vendors[0].Patients {
		t.Errorf("got %+v", vendors)
	}
	find(r, r.window.Content(), func(table *kit.Table) bool { return table.OnOpened != nil }).OnOpened(0)
	if d := r.host.LastDialog(); d.Title != "Sage Assistant" {
		t.Errorf("got the dialog %q", d.Title)
	}
}

func TestIncidentFromReportToClosed(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Incidents")
	r.press("Report a slip")
	find(r, r.dialog(), func(e *kit.Entry) bool { return e.PlaceHolder == "A reply named a treatment" }).SetText("A reply named a birthday")
	r.host.LastDialog().Press("Report")
	r.sees("A reply named a birthday", "Keep a copy", "21 January 2027")
	r.entry("What let it through, and what is changed").SetText("Nobody read it twice")
	find(r, r.window.Content(), func(c *widget.Check) bool { return c.Text == "Keep a copy" }).SetChecked(true)
	if got := r.entry("What let it through, and what is changed").Text; got != "Nobody read it twice" {
		t.Errorf("what was typed was lost by a tick: got %q", got)
	}
	incidents, err := r.store.Incidents(ctx)
	must(t, err)
	if incidents[0].Next() != "down" {
		t.Errorf("next step: got %q, want down", incidents[0].Next())
	}
	r.press("Close the incident")
	if len(r.host.Failures) != 1 || !strings.Contains(r.host.Failures[0], "decided about notice") {
		t.Errorf("got failures %v", r.host.Failures)
	}
	r.entry("Who is told, or why the probability of compromise is low").SetText("Low: seen by staff only")
	r.press("Close the incident")
	if len(r.host.Failures) != 2 || !strings.Contains(r.host.Failures[1], "four factors") {
		t.Errorf("closed with nothing weighed: %v", r.host.Failures)
	}
	_, err = r.store.Weigh(ctx, incidents[0].ID, policy.Weighing{Finding: policy.FindingNone, Reason: "It spoke of the parking only"}, r.people[0].Actor())
	must(t, err)
	r.press("Close the incident")
	r.sees("Closed on 22 Nov 2026.")
	r.press("Reopen")
	incidents, err = r.store.Incidents(ctx)
	must(t, err)
	if !incidents[0].Closed.IsZero() || incidents[0].Decision != "Low: seen by staff only" {
		t.Errorf("got %+v", incidents[0])
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	r := open(t)
	r.broken = true
	r.Shown()
	for _, tab := range tabs[:6] {
		r.Receive(tab)
		r.sees("could not be read", "Try again")
	}
}

func TestLinksOpenTheSource(t *testing.T) {
	r := open(t)
	r.Shown()
	r.press("Open the source")
	if len(r.host.Opened) != 1 || !strings.HasPrefix(r.host.Opened[0], "https://www.ecfr.gov/") {
		t.Errorf("got %v", r.host.Opened)
	}
	for _, c := range r.Commands() {
		if c.Title == "" || c.Run == nil {
			t.Errorf("a command without title or work: %+v", c)
		}
	}
	if r.ID() != "policy" || r.Title() == "" || r.Icon() == nil {
		t.Error("the screen says who it is")
	}
}
