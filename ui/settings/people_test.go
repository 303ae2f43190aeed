package settings_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/settings"
)

func (d *desk) waiting(context.Context, int64) ([]settings.Waiting, error) {
	return []settings.Waiting{{Kind: "Review", Title: "Ada on google", Why: "assigned to her"}}, nil
}

func (d *desk) handOver(_ context.Context, from, to int64, _ audit.Actor) (int, error) {
	d.heard = append(d.heard, "handed over")
	return 1, nil
}

func in[T any](t *testing.T, root fyne.CanvasObject, fits func(T) bool) T {
	t.Helper()
	for _, o := range kittest.Objects(root) {
		if o, ok := o.(T); ok && fits(o) {
			return o
		}
	}
	var none T
	t.Fatalf("there is no such %T", none)
	return none
}

func titled(title string) func(*widget.Button) bool {
	return func(b *widget.Button) bool { return b.Text == title }
}

func TestAPINIsSetAndTakenAway(t *testing.T) {
	d := open(t)
	people, err := d.store.People(ctx)
	must(t, err)
	id := people[0].ID
	d.host.PersonID, d.host.Person = id, people[0].Name
	d.Shown()
	d.Receive("people")
	table := in(t, d.Content(), func(k *kit.Table) bool { return k.OnOpened != nil })
	table.OnOpened(0)
	test.Tap(in(t, d.host.LastDialog().Content, titled("Set my PIN")))
	form := d.host.LastDialog()
	var pins []*kit.Entry
	for _, o := range kittest.Objects(form.Content) {
		if e, ok := o.(*kit.Entry); ok && e.Password {
			pins = append(pins, e)
		}
	}
	if len(pins) != 2 {
		t.Fatalf("got %d fields for PINs, want 2", len(pins))
	}
	pins[0].SetText("4071")
	pins[1].SetText("4072")
	form.Press("Set the PIN")
	if form.Closed {
		t.Error("two different PINs were taken")
	}
	pins[1].SetText("4071")
	form.Press("Set the PIN")
	must(t, d.store.CheckPIN(ctx, id, "4071"))
	in(t, d.Content(), func(k *kit.Table) bool { return k.OnOpened != nil }).OnOpened(0)
	test.Tap(in(t, d.host.LastDialog().Content, titled("Take the PIN away")))
	if have, err := d.store.HavePIN(ctx); err != nil || have[id] {
		t.Errorf("got %v, %v", have, err)
	}
	test.Tap(in(t, d.host.LastDialog().Content, titled("What waits for them")))
	if d.host.LastDialog().Title != "What waits for Dana Whitlock" {
		t.Errorf("got %q", d.host.LastDialog().Title)
	}
}

func TestAStaffListIsImported(t *testing.T) {
	d := open(t)
	file := filepath.Join(t.TempDir(), "staff.csv")
	must(t, os.WriteFile(file, []byte("Employee,Job Title,Role\nKelechi Adeyemi,dentist,clinician\nNobody,,emperor\n"), 0o600))
	d.Shown()
	d.Receive("people")
	settings.ReadStaff(d.Screen, file)
	preview := d.host.LastDialog()
	if preview.Title != "Import a staff list" {
		t.Fatalf("got %q", preview.Title)
	}
	preview.Press("Import")
	people, err := d.store.People(ctx)
	must(t, err)
	if !slices.ContainsFunc(people, func(p practice.Person) bool { return p.Name == "Kelechi Adeyemi" && p.Role == practice.Clinician }) {
		t.Errorf("got %+v", people)
	}
}

func TestTheFrontDesk(t *testing.T) {
	d := open(t)
	d.Shown()
	d.Receive("front desk")
	in(t, d.Content(), func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "Several people") }).SetChecked(true)
	in(t, d.Content(), func(s *widget.Select) bool { return s.Selected == "After 5 minutes" }).SetSelected("After 2 minutes")
	got, err := d.store.Desk(ctx)
	must(t, err)
	if want := (practice.Desk{On: true, Minutes: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
