package inbox

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// choice is one answer that a letter gives.
type choice struct {
	key   rune
	title string
	now   bool // how it stands
	run   func()
}

// chooser is a short list of answers: the letter of one gives it, as do a press, and Return on the one that the arrows reached.
type chooser struct {
	widget.BaseWidget
	choices []choice
	at      int
	focus   bool
	rows    []*canvas.Rectangle
	height  float32
	body    *fyne.Container
}

func newChooser(choices []choice) *chooser {
	c := &chooser{choices: choices, body: kit.Column(0)}
	for i, choice := range choices {
		ground := canvas.NewRectangle(color.Transparent)
		ground.CornerRadius = theme.Radius
		row := kit.Line(theme.Space3, kit.MinWidth(kit.NewKeyHint(strings.ToUpper(string(choice.key))), 32), kit.Fill(kit.NewLabel(choice.title, kit.Body)))
		if choice.now {
			row.Add(kit.NewLabel("now", kit.Caption))
		} else if c.choices[c.at].now {
			c.at = i
		}
		line := container.NewStack(ground, kit.InsetXY(row, theme.Space3, theme.Space2))
		c.height = line.MinSize().Height
		c.rows = append(c.rows, ground)
		c.body.Add(line)
	}
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

// CreateRenderer is used by Fyne.
func (c *chooser) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.body) }

func (c *chooser) paint() {
	for i, ground := range c.rows {
		ground.FillColor = color.Transparent
		if i == c.at {
			ground.FillColor = theme.Color(theme.Hover)
			if c.focus {
				ground.FillColor = theme.Color(theme.Selected)
			}
		}
		ground.Refresh()
	}
}

// AccessibilityLabel reads the answers.
func (c *chooser) AccessibilityLabel() string {
	titles := make([]string, len(c.choices))
	for i, choice := range c.choices {
		titles[i] = strings.ToUpper(string(choice.key)) + " " + choice.title
	}
	return strings.Join(titles, ", ")
}

// AccessibilityRole is a list.
func (c *chooser) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped gives the answer under the pointer.
func (c *chooser) Tapped(e *fyne.PointEvent) {
	if i := int(e.Position.Y / c.height); i >= 0 && i < len(c.choices) {
		c.choices[i].run()
	}
}

// Cursor is a hand.
func (c *chooser) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is not needed.
func (c *chooser) MouseIn(*desktop.MouseEvent) {}

// MouseOut is not needed.
func (c *chooser) MouseOut() {}

// MouseMoved marks the answer under the pointer.
func (c *chooser) MouseMoved(e *desktop.MouseEvent) {
	if i := int(e.Position.Y / c.height); i >= 0 && i < len(c.choices) && i != c.at {
		c.at = i
		c.paint()
	}
}

// FocusGained marks the answer that Return gives.
func (c *chooser) FocusGained() { c.focus = true; c.paint() }

// FocusLost weakens the mark.
func (c *chooser) FocusLost() { c.focus = false; c.paint() }

// TypedRune gives the answer of a letter.
func (c *chooser) TypedRune(letter rune) {
	for _, choice := range c.choices {
		if choice.key == unicode.ToLower(letter) {
			choice.run()
			return
		}
	}
	kit.PassRune(c, letter)
}

// TypedKey moves through the answers.
func (c *chooser) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeyUp:
		by := 1
		if e.Name == fyne.KeyUp {
			by = len(c.choices) - 1
		}
		c.at = (c.at + by) % len(c.choices)
		c.paint()
	case fyne.KeyReturn, fyne.KeyEnter:
		c.choices[c.at].run()
	default:
		kit.PassKey(c, e)
	}
}
