package sources

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// kindCard is one kind of source to choose: its name and what it is good for.
type kindCard struct {
	widget.BaseWidget
	kind           collect.Kind
	choose         func()
	step           func(by int) // gives the keyboard to a neighbour
	face           *canvas.Rectangle
	hovered, focus bool
}

func newKindCard(kind collect.Kind, choose func(), step func(by int)) *kindCard {
	c := &kindCard{kind: kind, choose: choose, step: step, face: canvas.NewRectangle(nil)}
	c.face.CornerRadius = theme.Radius
	c.ExtendBaseWidget(c)
	return c
}

// gist is the first sentence of what a kind says about itself.
func gist(kind collect.Kind) string {
	first, _, _ := strings.Cut(kind.Help, "\n")
	if sentence, _, more := strings.Cut(first, ". "); more {
		return sentence + "."
	}
	return first
}

// CreateRenderer is used by Fyne.
func (c *kindCard) CreateRenderer() fyne.WidgetRenderer {
	c.paint()
	words := kit.Column(theme.Space1, kit.NewLabel(c.kind.Title, kit.Strong), kit.Help(gist(c.kind)))
	return widget.NewSimpleRenderer(container.NewStack(c.face, kit.Inset(words, theme.Space3)))
}

func (c *kindCard) paint() {
	c.face.FillColor = theme.Color(theme.Surface)
	c.face.StrokeColor, c.face.StrokeWidth = theme.Color(theme.Hairline), 1
	if c.hovered {
		c.face.FillColor = theme.Color(theme.Hover)
	}
	if c.focus {
		c.face.StrokeColor, c.face.StrokeWidth = theme.Color(theme.Focus), 2
	}
}

// Refresh follows the theme.
func (c *kindCard) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

// AccessibilityLabel reads the card.
func (c *kindCard) AccessibilityLabel() string { return c.kind.Title + ". " + gist(c.kind) }

// AccessibilityRole tells that the card can be pressed.
func (c *kindCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped chooses the kind.
func (c *kindCard) Tapped(*fyne.PointEvent) { c.choose() }

// Cursor is a hand.
func (c *kindCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the card can be pressed.
func (c *kindCard) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved does nothing.
func (c *kindCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (c *kindCard) MouseOut() { c.hovered = false; c.Refresh() }

// FocusGained shows the ring.
func (c *kindCard) FocusGained() { c.focus = true; c.Refresh() }

// FocusLost hides the ring.
func (c *kindCard) FocusLost() { c.focus = false; c.Refresh() }

// TypedRune passes the letter on to the shell.
func (c *kindCard) TypedRune(r rune) { kit.PassRune(c, r) }

// TypedShortcut passes the shortcut on to the shell.
func (c *kindCard) TypedShortcut(s fyne.Shortcut) { kit.PassShortcut(c, s) }

// TypedKey chooses by space or return and moves on by the arrows.
func (c *kindCard) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.choose()
	case fyne.KeyLeft, fyne.KeyUp:
		c.step(-1)
	case fyne.KeyRight, fyne.KeyDown:
		c.step(1)
	default:
		kit.PassKey(c, e)
	}
}
