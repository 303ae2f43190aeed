package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

func TestACountStandsBehindTheTitleOfItsTab(t *testing.T) {
	kittest.App(t)
	tabs := kit.NewTabs(kit.Tab{Title: "Checklist", Content: kit.Gap(1)}, kit.Tab{Title: "Vendors", Content: kit.Gap(1)})
	w := kittest.Window(t, tabs, 400, 200)
	inSight := func() []string {
		var all []string
		for _, o := range kittest.Objects(w.Content()) {
			if text, ok := o.(*canvas.Text); ok && text.Visible() && text.Text != "" {
				all = append(all, text.Text)
			}
		}
		return all
	}
	tabs.SetCount("Nowhere", 7)
	if want := []string{"Checklist", "Vendors"}; !slices.Equal(inSight(), want) {
		t.Errorf("got %q, want %q", inSight(), want)
	}
	tabs.SetCount("vendors", 3)
	if want := []string{"Checklist", "Vendors  3"}; !slices.Equal(inSight(), want) {
		t.Errorf("got %q, want %q", inSight(), want)
	}
}
