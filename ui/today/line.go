package today

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// line is one thing to do. A press, Return or Space opens the place where it is done; arrows go to its neighbours.
type line struct {
	widget.BaseWidget
	item
	onOpen         func(item)
	onSeen         func(item) // of what can be marked as seen
	onStep         func(by int)
	hovered, focus bool
	ground, disc   *canvas.Rectangle
	content        fyne.CanvasObject
}

var (
	_ fyne.Focusable     = (*line)(nil)
	_ fyne.Tappable      = (*line)(nil)
	_ desktop.Hoverable  = (*line)(nil)
	_ desktop.Cursorable = (*line)(nil)
)

func newLine(i item, onOpen, onSeen func(item), onStep func(by int)) *line {
	l := &line{item: i, onOpen: onOpen, onSeen: onSeen, onStep: onStep, ground: canvas.NewRectangle(color.Transparent),
		disc: canvas.NewRectangle(theme.Color(i.tone.Soft()))}
	l.ground.CornerRadius, l.disc.CornerRadius = theme.Radius, theme.Space2
	when := kit.NewLabel(i.when, kit.Caption)
	if i.tone == kit.ToneBad || i.tone == kit.ToneWarn {
		when.SetStyle(kit.Caption.In(i.tone.Text()))
	}
	words := kit.Column(theme.Space1/2, kit.NewLabel(i.title, kit.Strong).Ellipsis())
	if i.detail != "" {
		words.Add(kit.NewLabel(i.detail, kit.Secondary).Ellipsis())
	}
	picture := container.NewGridWrap(fyne.NewSquareSize(theme.Space8), container.NewStack(l.disc, kit.Inset(small(i.icon, i.tone.Text()), theme.Space2)))
	parts := kit.Line(theme.Space3, container.NewCenter(picture), kit.Fill(words), container.NewCenter(when))
	if i.move != 0 {
		parts.Add(container.NewCenter(kit.NewQuiet("Seen", theme.Icon("check"), func() { l.onSeen(l.item) })))
	}
	parts.Add(container.NewCenter(small("chevron-right", theme.Secondary)))
	l.content = kit.InsetXY(parts, theme.Space2, theme.Space2)
	l.ExtendBaseWidget(l)
	return l
}

func small(icon string, role fyne.ThemeColorName) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSquareSize(theme.Space4), widget.NewIcon(theme.IconIn(icon, role)))
}

// CreateRenderer is used by Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(l.ground, l.content))
}

// Refresh paints the ground and the ring anew.
func (l *line) Refresh() {
	l.ground.FillColor, l.ground.StrokeWidth = color.Transparent, 0
	if l.hovered {
		l.ground.FillColor = theme.Color(theme.Hover)
	}
	if l.focus {
		l.ground.FillColor = theme.Color(theme.Selected)
		l.ground.StrokeColor, l.ground.StrokeWidth = theme.Color(theme.Focus), 2
	}
	l.disc.FillColor = theme.Color(l.tone.Soft())
	l.disc.Refresh()
	l.ground.Refresh()
	l.BaseWidget.Refresh()
}

// AccessibilityLabel reads the line.
func (l *line) AccessibilityLabel() string {
	text := l.title
	for _, part := range []string{l.detail, l.when} {
		if part != "" {
			text += ", " + part
		}
	}
	return text
}

// AccessibilityRole is a button.
func (l *line) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped opens it.
func (l *line) Tapped(*fyne.PointEvent) { l.onOpen(l.item) }

// Cursor is a hand.
func (l *line) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn marks the line.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved is not needed.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (l *line) MouseOut() { l.hovered = false; l.Refresh() }

// FocusGained shows the ring.
func (l *line) FocusGained() { l.focus = true; l.Refresh() }

// FocusLost hides it.
func (l *line) FocusLost() { l.focus = false; l.Refresh() }

// TypedRune goes to the neighbours with J and K, marks as seen with S, and passes other letters on to the shell.
func (l *line) TypedRune(r rune) {
	switch r {
	case 'j', 'J':
		l.onStep(1)
	case 'k', 'K':
		l.onStep(-1)
	case 's', 'S':
		if l.move != 0 {
			l.onSeen(l.item)
		}
	case ' ':
	default:
		kit.PassRune(l, r)
	}
}

// TypedKey opens with Return or Space and goes to the neighbours with the arrows.
func (l *line) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.onOpen(l.item)
	case fyne.KeyDown:
		l.onStep(1)
	case fyne.KeyUp:
		l.onStep(-1)
	default:
		kit.PassKey(l, e)
	}
}
