package settings_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews/respond/model"
	"goodword/ui/kit"
)

// models is a language model that a house would know.
type models struct{ kept model.Settings }

func (m *models) ModelSettings(context.Context) (model.Settings, error) { return m.kept, nil }

func (m *models) SaveModelSettings(_ context.Context, s model.Settings, _ audit.Actor) error {
	if _, err := model.CheckAddress(s.Address); s.On && err != nil {
		return err
	}
	m.kept = s
	return nil
}

func (m *models) Models(_ context.Context, address string) ([]string, error) {
	if _, err := model.CheckAddress(address); err != nil {
		return nil, err
	}
	return []string{"llama-small"}, nil
}

func TestTheLanguageModelStaysOnThisComputer(t *testing.T) {
	d := open(t)
	d.Receive("language model")
	on := find(d, d.window.Content(), func(c *widget.Check) bool {
		return c.Text == "A language model on this computer may be asked for a draft"
	})
	if on.Checked {
		t.Error("it is on before anybody switched it on")
	}
	on.SetChecked(true)
	address := entry(d, d.window.Content(), "http://127.0.0.1:11434")
	address.SetText("https://api.example.com")
	d.press("Save")
	d.sees("is not on this computer")
	d.press("Look what is there")
	d.sees("is not on this computer")
	address.SetText("http://localhost:1234")
	d.press("Look what is there")
	if which := find(d, d.window.Content(), func(*widget.SelectEntry) bool { return true }); which.Text != "llama-small" {
		t.Errorf("got the model %q", which.Text)
	}
	d.press("Save")
	if len(d.host.Failures) != 0 {
		t.Errorf("failures: %v", d.host.Failures)
	}
}

func TestAClinicianStandsBehindAStatement(t *testing.T) {
	d := open(t)
	rae, err := d.store.SavePerson(ctx, practice.Person{Name: "Rae Lindqvist", Role: practice.Clinician}, audit.Program)
	must(t, err)
	d.Receive("health claims")
	table := find(d, d.window.Content(), func(*kit.Table) bool { return true })
	table.OnOpened(0)
	d.host.LastDialog().Press("I stand behind it")
	if len(d.host.Failures) != 1 {
		t.Fatalf("a manager approved it: %v", d.host.Failures)
	}
	d.host.Failures, d.host.PersonID, d.host.Person = nil, rae, "Rae Lindqvist"
	table.OnOpened(0)
	d.host.LastDialog().Press("I stand behind it")
	approved, err := policy.NewStore(d.db, func() time.Time { return d.at }, d.store).Approved(ctx)
	must(t, err)
	if len(approved) != 1 || approved[0].By != rae || len(d.host.Failures) != 0 {
		t.Errorf("got %+v, %v", approved, d.host.Failures)
	}
	table.OnOpened(0)
	d.host.LastDialog().Press("Take the approval back")
}
