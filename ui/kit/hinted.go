package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Hinted takes a button out of use and says why in a tip; where there is no reason the button stays as it is.
func Hinted(button *widget.Button, why string) fyne.CanvasObject {
	if why == "" {
		return button
	}
	button.Disable()
	v := &veil{why: why}
	v.ExtendBaseWidget(v)
	return container.NewStack(button, v)
}

// veil lies over a button that cannot be pressed, for a disabled button tells a pointer nothing.
type veil struct {
	widget.BaseWidget
	why string
}

// CreateRenderer is used by Fyne.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// AccessibilityLabel is the reason.
func (v *veil) AccessibilityLabel() string { return v.why }

// AccessibilityRole is text.
func (v *veil) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MouseIn shows the reason.
func (v *veil) MouseIn(*desktop.MouseEvent) { ShowTip(v, v.why) }

// MouseMoved does nothing.
func (v *veil) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the reason away.
func (v *veil) MouseOut() { HideTip(v) }
