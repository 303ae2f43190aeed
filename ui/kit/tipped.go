package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// tipped is a label that tells its whole text to a pointer over it.
type tipped struct {
	widget.BaseWidget
	label *Label
}

// Tipped tells the whole text of a label in a tip where the label cuts it. It is for titles, not for what stands in rows: it takes the pointer.
func Tipped(label *Label) fyne.CanvasObject {
	t := &tipped{label: label}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is used by Fyne.
func (t *tipped) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.label) }

// tip is what the label does not show, "" if it shows all.
func (t *tipped) tip() string {
	if measure(t.label.text, t.label.style).Width <= t.Size().Width {
		return ""
	}
	return t.label.text
}

// MouseIn shows the tip.
func (t *tipped) MouseIn(*desktop.MouseEvent) { ShowTip(t, t.tip()) }

// MouseMoved does nothing.
func (t *tipped) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the tip away.
func (t *tipped) MouseOut() { HideTip(t) }
