package settings_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
)

func TestARuleIsSoftenedOnlyWithAReason(t *testing.T) {
	d := open(t)
	id, err := d.store.SavePerson(ctx, practice.Person{Name: "Noa Lund", Role: practice.Compliance}, audit.Program)
	must(t, err)
	d.host.PersonID, d.host.Person = id, "Noa Lund"
	store := policy.NewStore(d.db, func() time.Time { return d.at }, d.store)
	d.Receive("gate")
	table := find(d, d.window.Content(), func(*kit.Table) bool { return true })
	table.OnOpened(0)
	d.host.LastDialog().Press("Soften")
	form := d.host.LastDialog()
	form.Press("Save")
	all, err := store.GateRules(ctx)
	must(t, err)
	if len(all) != 0 {
		t.Fatalf("got %+v without a reason, want nothing kept", all)
	}
	reason := find(d, form.Content, func(e *kit.Entry) bool { return e.PlaceHolder == "Why, in a sentence" })
	reason.SetText("The board has seen it")
	form.Press("Save")
	all, err = store.GateRules(ctx)
	must(t, err)
	if len(all) != 1 || all[0].By.Name != "Noa Lund" || all[0].Reason != "The board has seen it" {
		t.Fatalf("got %+v, want the decision with who and why", all)
	}
	d.picture("settings-gate")
}

func TestARuleOfOnesOwnIsProvedEditedSoftenedAndSwitchedOff(t *testing.T) {
	d := open(t)
	id, err := d.store.SavePerson(ctx, practice.Person{Name: "Noa Lund", Role: practice.Compliance}, audit.Program)
	must(t, err)
	d.host.PersonID, d.host.Person = id, "Noa Lund"
	store := policy.NewStore(d.db, func() time.Time { return d.at }, d.store)
	holding := func() []policy.GateRule {
		t.Helper()
		all, err := store.GateRules(ctx)
		must(t, err)
		return slices.DeleteFunc(all, func(g policy.GateRule) bool { return !g.Ended.IsZero() })
	}
	field := func(hint string) *kit.Entry {
		t.Helper()
		return find(d, d.window.Content(), func(e *kit.Entry) bool { return e.PlaceHolder == hint })
	}
	d.Receive("gate")
	d.press("Add a rule")
	d.picture("settings-gate-new")
	field("snowflake").SetText("snowflake\nKaren")
	field("We do not call people names").SetText("We do not call people names")
	field("Staff meeting of 3 March, a page, a letter").SetText("Staff meeting")
	field("Every snowflake may call our office.").SetText("Call our office.")
	field("We are open when it snows.").SetText("We are open when it snows.")
	d.sees("must stop this example and does not")
	d.press("Save")
	if got := holding(); len(got) != 0 {
		t.Fatalf("a rule that misses its own example was kept: %+v", got)
	}
	field("Every snowflake may call our office.").SetText("Every snowflake may call.\nDear Karen, call us.")
	d.sees("It judges all 3 examples as you say")
	find(d, d.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Quote back") }).SetSelected("Quote back")
	d.picture("settings-gate-form")
	d.press("Save")
	if got := holding(); len(got) != 1 || got[0].Code != "quote-back" || got[0].Severity != guard.Block || len(got[0].Fires) != 2 || got[0].Source != "Staff meeting" {
		t.Fatalf("got %+v, want the rule as it was typed", got)
	}
	d.host.Undo()
	if got := holding(); len(got) != 0 {
		t.Fatalf("undone: got %+v, want none", got)
	}
	again, err := store.AddGateRule(ctx, policy.GateRule{What: policy.AddRule, Code: "quote-back", Severity: guard.Block, Words: "snowflake", Reason: "No names", ReviewOn: "2027-05-22"}, audit.Actor{ID: id, Name: "Noa Lund"})
	must(t, err)
	d.Shown()
	ours := func() {
		t.Helper()
		find(d, d.window.Content(), func(s *kit.Segmented) bool { return strings.Contains(s.AccessibilityLabel(), "rules") }).OnChanged(1)
		d.table().OnOpened(0)
	}
	ours()
	find(d, d.window.Content(), func(s *kit.Segmented) bool { return strings.Contains(s.AccessibilityLabel(), "Blocks") }).OnChanged(1)
	field("We do not call people names").SetText("")
	d.press("Save")
	if got := holding(); got[0].Severity != guard.Block {
		t.Fatalf("it was softened without a reason: %+v", got)
	}
	field("We do not call people names").SetText("A joke of the season")
	d.press("Save")
	if got := holding(); len(got) != 1 || got[0].Severity != guard.Warn || got[0].InsteadOf != again.ID {
		t.Fatalf("got %+v, want it softened in the place of the old one", got)
	}
	d.picture("settings-gate-decisions")
	d.table().OnOpened(0)
	d.press("Switch off")
	form := d.host.LastDialog()
	form.Press("Switch off")
	if got := holding(); len(got) != 1 {
		t.Fatal("it was switched off without a reason")
	}
	find(d, form.Content, func(e *kit.Entry) bool { return true }).SetText("Nobody says it")
	form.Press("Switch off")
	if got := holding(); len(got) != 0 {
		t.Fatalf("got %+v, want it switched off", got)
	}
	d.host.Undo()
	if got := holding(); len(got) != 1 || got[0].Words != "snowflake" {
		t.Fatalf("undone: got %+v, want it back", got)
	}
}
