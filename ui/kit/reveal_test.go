package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

func TestRevealBringsAFieldIntoSight(t *testing.T) {
	kittest.App(t)
	var fields []fyne.CanvasObject
	for range 30 {
		fields = append(fields, kit.NewEntry(""))
	}
	pane := kit.Scrolling(kit.Column(8, fields...))
	w := kittest.Window(t, container.NewStack(pane), 400, 300)
	top := func(i int) float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(fields[i]).Y }
	for _, i := range []int{29, 0, 15, 29, 14} {
		entry := fields[i].(*kit.Entry)
		entry.OnFocus = func() { kit.Reveal(pane, entry) }
		w.Canvas().Focus(entry)
		if y := top(i); y < 0 || y+entry.Size().Height > 300 {
			t.Errorf("field %d lies at %.0f of 300", i, y)
		}
	}
	if y := top(0); y > 0 {
		t.Errorf("the first field lies at %.0f while the 15th is in sight, so nothing was scrolled", y)
	}
	kit.Reveal(kit.Gap(1), fields[0]) // what is no scrolled pane stays as it is
}

func TestCtrlHomeAndEndMoveThroughTheWholeText(t *testing.T) {
	kittest.App(t)
	e := kit.NewMultiLine("", 4)
	kittest.Window(t, e, 400, 300)
	e.SetText("One line\nand another")
	for _, at := range []struct {
		key         fyne.KeyName
		row, column int
	}{{fyne.KeyEnd, 1, 11}, {fyne.KeyHome, 0, 0}} {
		e.TypedShortcut(&desktop.CustomShortcut{KeyName: at.key, Modifier: fyne.KeyModifierShortcutDefault})
		if e.CursorRow != at.row || e.CursorColumn != at.column {
			t.Errorf("%s leads to %d, %d; want %d, %d", at.key, e.CursorRow, e.CursorColumn, at.row, at.column)
		}
	}
}
