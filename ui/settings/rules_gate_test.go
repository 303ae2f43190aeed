package settings_test

import (
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
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
