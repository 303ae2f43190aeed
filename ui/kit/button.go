package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// NewButton makes a plain button; icon may be nil.
func NewButton(title string, icon fyne.Resource, run func()) *widget.Button {
	return widget.NewButtonWithIcon(title, icon, run)
}

// NewPrimary makes the one button of a place that goes forward.
func NewPrimary(title string, icon fyne.Resource, run func()) *widget.Button {
	b := NewButton(title, icon, run)
	b.Importance = widget.HighImportance
	return b
}

// NewQuiet makes a button without a face until the pointer is over it.
func NewQuiet(title string, icon fyne.Resource, run func()) *widget.Button {
	b := NewButton(title, icon, run)
	b.Importance = widget.LowImportance
	return b
}

// IconButton is a square button with a drawing and a tool tip that says what it does.
type IconButton struct {
	widget.DisableableWidget

	// OnTapped is what the button does.
	OnTapped func()

	icon           fyne.Resource
	tip            string
	hovered, focus bool
}

// NewIconButton makes a button; tip is also what a screen reader says.
func NewIconButton(icon fyne.Resource, tip string, run func()) *IconButton {
	b := &IconButton{icon: icon, tip: tip, OnTapped: run}
	b.ExtendBaseWidget(b)
	return b
}

// SetIcon changes the drawing and what it is called.
func (b *IconButton) SetIcon(icon fyne.Resource, tip string) {
	b.icon, b.tip = icon, tip
	b.Refresh()
}

// AccessibilityLabel is the tool tip.
func (b *IconButton) AccessibilityLabel() string { return b.tip }

// AccessibilityRole is a button.
func (b *IconButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	face, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	image := canvas.NewImageFromResource(b.icon)
	paint := func() {
		face.CornerRadius, ring.CornerRadius = theme.Radius, theme.Radius
		face.FillColor = theme.Color(theme.Hover)
		face.Hidden = !b.hovered || b.Disabled()
		ring.Hidden = !b.focus
		ring.FillColor = nil
		ring.StrokeColor, ring.StrokeWidth = theme.Color(theme.Focus), 2
		image.Resource = b.icon
		image.Translucency = 0
		if b.Disabled() {
			image.Translucency = 0.6
		}
	}
	paint()
	return &sketch{
		owner: b, objects: fixed(face, image, ring), paint: paint,
		min: func() fyne.Size { return fyne.NewSquareSize(32) },
		place: func(size fyne.Size) {
			face.Resize(size)
			ring.Resize(size)
			put(image, (size.Width-18)/2, (size.Height-18)/2, 18, 18)
		},
	}
}

// Tapped presses the button.
func (b *IconButton) Tapped(*fyne.PointEvent) {
	HideTip(b)
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// Cursor is a hand.
func (b *IconButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows the face and the tool tip.
func (b *IconButton) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	ShowTip(b, b.tip)
}

// MouseMoved does nothing.
func (b *IconButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the face and the tool tip.
func (b *IconButton) MouseOut() {
	b.hovered = false
	b.Refresh()
	HideTip(b)
}

// FocusGained shows the ring.
func (b *IconButton) FocusGained() { b.focus = true; b.Refresh() }

// FocusLost hides the ring.
func (b *IconButton) FocusLost() { b.focus = false; b.Refresh() }

// TypedRune passes the letter on to the shell.
func (b *IconButton) TypedRune(r rune) { PassRune(b, r) }

// TypedKey presses the button by space or return.
func (b *IconButton) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		b.Tapped(nil)
		return
	}
	PassKey(b, e)
}

// KeyHint shows a key as a small keycap, as beside a command.
type KeyHint struct {
	widget.BaseWidget
	key string
}

// NewKeyHint makes a keycap; several keys as in "Ctrl+K" stand on one cap.
func NewKeyHint(key string) *KeyHint {
	k := &KeyHint{key: key}
	k.ExtendBaseWidget(k)
	return k
}

// SetKey changes what is on the cap; empty hides it.
func (k *KeyHint) SetKey(key string) {
	k.key = key
	k.Refresh()
}

// CreateRenderer is used by Fyne.
func (k *KeyHint) CreateRenderer() fyne.WidgetRenderer {
	cap, word := canvas.NewRectangle(nil), canvas.NewText("", nil)
	paint := func() {
		cap.FillColor = theme.Color(theme.NeutralSoft)
		cap.CornerRadius = 4
		Caption.In(theme.Neutral).paint(word)
		word.Text = k.key
		cap.Hidden = k.key == ""
	}
	paint()
	least := func() fyne.Size {
		if k.key == "" {
			return fyne.Size{}
		}
		return measure(k.key, Caption).AddWidthHeight(12, 4)
	}
	return &sketch{
		owner: k, objects: fixed(cap, word), paint: paint, min: least,
		place: func(size fyne.Size) {
			m := least()
			y := (size.Height - m.Height) / 2
			put(cap, 0, y, m.Width, m.Height)
			put(word, 6, y+2, m.Width-12, m.Height-4)
		},
	}
}
