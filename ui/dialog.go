package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// modal is a plate over the shaded window. It lies in the canvas's overlays, so the keyboard stays
// within it.
type modal struct {
	widget.BaseWidget
	shade   *canvas.Rectangle
	card    *modalCard
	width   float32
	top     bool // near the upper edge, as the palette
	onAside func()
}

func newModal(content fyne.CanvasObject, width float32, onAside func()) *modal {
	m := &modal{shade: canvas.NewRectangle(nil), width: width, onAside: onAside}
	m.card = &modalCard{content: content}
	m.card.ExtendBaseWidget(m.card)
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer is used by Fyne.
func (m *modal) CreateRenderer() fyne.WidgetRenderer {
	m.shade.FillColor = theme.Color(theme.Shade)
	return &modalRenderer{m}
}

// Tapped beside the card closes what may be closed that way.
func (m *modal) Tapped(*fyne.PointEvent) {
	if m.onAside != nil {
		m.onAside()
	}
}

type modalRenderer struct{ m *modal }

// Layout sets the card in the middle.
func (r *modalRenderer) Layout(size fyne.Size) {
	r.m.shade.Resize(size)
	card := r.m.card
	width := min(max(r.m.width, card.MinSize().Width), size.Width-2*theme.Space4)
	card.Resize(fyne.NewSize(width, card.MinSize().Height))
	height := min(card.MinSize().Height, size.Height-2*theme.Space6)
	y := (size.Height - height) * 0.4
	if r.m.top {
		y = min(96, y)
	}
	card.Resize(fyne.NewSize(width, height))
	card.Move(fyne.NewPos((size.Width-width)/2, y))
}

// MinSize is that of the card.
func (r *modalRenderer) MinSize() fyne.Size { return r.m.card.MinSize() }

// Objects are the shade and the card.
func (r *modalRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.m.shade, r.m.card}
}

// Refresh takes over the theme and the height of the card.
func (r *modalRenderer) Refresh() {
	r.m.shade.FillColor = theme.Color(theme.Shade)
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}

// Destroy has nothing to free.
func (r *modalRenderer) Destroy() {}

// modalCard is the plate of a modal; presses on it go no further.
type modalCard struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// CreateRenderer is used by Fyne.
func (c *modalCard) CreateRenderer() fyne.WidgetRenderer {
	return newPlate(c, theme.Surface, theme.Hairline, 10, c.content)
}

// Tapped keeps the press.
func (c *modalCard) Tapped(*fyne.PointEvent) {}

// dialogLayout stacks a title, what the dialog is about, and its buttons. Where the window is too
// low, the middle part is scrolled.
type dialogLayout struct{ about fyne.CanvasObject }

// newDialogContent makes the inside of a dialog.
func newDialogContent(title string, about fyne.CanvasObject, buttons []fyne.CanvasObject) fyne.CanvasObject {
	// The margins at the sides lie within the scrolled part, so that it cuts off no focus ring.
	side := func(o fyne.CanvasObject) fyne.CanvasObject { return kit.InsetXY(o, theme.Space6, 0) }
	about = side(about)
	foot := kit.Line(theme.Space2, append([]fyne.CanvasObject{kit.Fill(nil)}, buttons...)...)
	parts := container.New(dialogLayout{about}, side(kit.NewLabel(title, kit.Heading).Ellipsis()), kit.Scrolling(about), side(foot))
	return kit.InsetXY(parts, 0, theme.Space6)
}

// MinSize stacks the three parts.
func (d dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	title, about, foot := o[0].MinSize(), d.about.MinSize(), o[2].MinSize()
	return fyne.NewSize(max(title.Width, about.Width, foot.Width), title.Height+about.Height+foot.Height+2*theme.Space4)
}

// Layout gives the middle part what height is left.
func (d dialogLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	title, foot := o[0].MinSize().Height, o[2].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, title))
	o[1].Move(fyne.NewPos(0, title+theme.Space4))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-title-foot-2*theme.Space4)))
	o[2].Move(fyne.NewPos(0, size.Height-foot))
	o[2].Resize(fyne.NewSize(size.Width, foot))
}

// dialogButton is a button that lets Escape through.
type dialogButton struct {
	widget.Button
}

func newDialogButton(b kit.Button, run func()) *dialogButton {
	d := &dialogButton{}
	d.ExtendBaseWidget(d)
	d.Text, d.OnTapped = b.Title, run
	switch {
	case b.Danger:
		d.Importance = widget.DangerImportance
	case b.Primary:
		d.Importance = widget.HighImportance
	}
	return d
}

// TypedKey presses by Return too and passes Escape on.
func (d *dialogButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Tapped(nil)
	case fyne.KeyEscape:
		if c := fyne.CurrentApp().Driver().CanvasForObject(d); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	default:
		d.Button.TypedKey(e)
	}
}
