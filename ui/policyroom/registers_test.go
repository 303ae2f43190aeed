package policyroom_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"goodword/policy"
	"goodword/ui/kit"
)

func TestMayThisToolSeePatientData(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Vendors")
	ask := find(r, r.window.Content(), func(s *kit.Search) bool { return s.PlaceHolder == "Type the name of the tool" })
	ask.SetText("bright replies")
	r.sees("Yes", "As far as its task needs it.")
	ask.SetText("ChatGPT")
	r.sees("No", "This is an AI tool without an agreement")
	ask.SetText("Bright")
	r.press("Bright Replies, Inc.")
	r.sees("As far as its task needs it.")
}

func TestADrillFromTheRoom(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Incidents")
	r.press("Rehearse")
	begin := find(r, r.dialog(), func(b *widget.Button) bool { return b.Text == "Begin" })
	begin.OnTapped()
	r.sees("This is a drill", "How long it took", "Drill: A reply names a treatment")
	find(r, r.window.Content(), func(c *widget.Check) bool { return c.Text == "Keep a copy" }).SetChecked(true)
	r.sees("The aim is to have every step done within the hour.")
	if all, err := r.store.Incidents(ctx); err != nil || len(all) != 0 {
		t.Errorf("the drill is counted: %v, %v", all, err)
	}
}

func TestWeighAndTell(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Incidents")
	r.sees("60 days left", "Does not run", "45 CFR 164.404(b)", "Checked on a trade, news or law-firm page on 22 November 2026")
	find(r, r.window.Content(), func(c *widget.Check) bool { return c.Text == "Told" }).SetChecked(true)
	r.sees("Told, Dana Whitlock")
	r.press("Weigh")
	r.host.LastDialog().Press("Save")
	if !r.host.LastDialog().Closed {
		t.Error("an undecided assessment was not taken")
	}
	r.press("Write into it")
	find(r, r.dialog(), func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "What happened, or") }).SetText("The reviewer telephoned")
	r.host.LastDialog().Press("Write")
	r.sees("The reviewer telephoned")
}

func TestCrisisDuty(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Crisis plan")
	r.sees("8 duties are without a name", "We know, and look into it")
	find(r, r.window.Content(), func(table *kit.Table) bool { return table.OnOpened != nil }).OnOpened(0)
	find(r, r.dialog(), func(e *kit.Entry) bool { return e.PlaceHolder == "Name" }).SetText("Dr. Chen")
	r.host.LastDialog().Press("Save")
	r.sees("7 duties are without a name")
}

func TestOwnItemAndWhatChanged(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.press("Add an item")
	r.host.LastDialog().Press("Save")
	if r.host.LastDialog().Closed {
		t.Error("an item without words was taken")
	}
	find(r, r.dialog(), func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "What should be so") }).SetText("The notice hangs in the waiting room")
	r.host.LastDialog().Press("Save")
	r.sees("71 items", "The notice hangs in the waiting room", "Our own")
	r.run("Answer: Yes")
	r.press("What changed")
	find(r, r.dialog(), func(p *kit.Paragraph) bool { return p.Text() == "New: The notice hangs in the waiting room" })
	if item := r.item("own-1"); item.Answer != policy.Yes {
		t.Errorf("the own item was answered %q", item.Answer)
	}
}
