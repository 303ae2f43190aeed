package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// Fyne throws away how a widget is drawn once it was out of sight for a minute, and asks for it anew when somebody touches it.
func TestAnIndexIsDrawnAnewAfterItWasOutOfSight(t *testing.T) {
	kittest.App(t)
	index := kit.NewIndex(kit.Tab{Title: "Checklist", Group: "Rules", Content: kit.Gap(1)}, kit.Tab{Title: "Training", Group: "People", Content: kit.Gap(1)})
	w := kittest.Window(t, index, 400, 200)
	drawn := 0
	for _, o := range kittest.Objects(w.Content()) {
		widget, ok := o.(fyne.Widget)
		if !ok {
			continue
		}
		renderer := widget.CreateRenderer()
		index.SetCount("Training", 3)
		renderer.Refresh()
		var words []string
		for _, part := range renderer.Objects() {
			if text, ok := part.(*canvas.Text); ok && text.Text != "" {
				words = append(words, text.Text)
			}
		}
		if slices.Contains(words, "Checklist") {
			drawn++
			if want := []string{"Checklist", "Rules", "Training", "3", "People"}; !slices.Equal(words, want) {
				t.Errorf("got %q, want %q", words, want)
			}
		}
	}
	if drawn == 0 {
		t.Error("the names were not drawn")
	}
}
