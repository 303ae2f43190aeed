package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// choice is a row of words of which one is chosen; Segmented and Tabs draw it in two ways.
type choice struct {
	widget.BaseWidget

	// OnChanged is told which one the user chose.
	OnChanged func(index int)

	self           fyne.Widget // what embeds the choice, and what Fyne knows
	titles         []string
	counts         []int
	selected, over int
	focus          bool
	tabs           bool

	track, thumb, ring *canvas.Rectangle
	words              []*canvas.Text
	edges              []float32 // right edge of each word's cell
}

// Segmented chooses one of a few words that stand side by side.
type Segmented struct{ choice }

// NewSegmented makes a choice; onChanged is told what the user chooses.
func NewSegmented(titles []string, selected int, onChanged func(index int)) *Segmented {
	s := &Segmented{choice{OnChanged: onChanged, titles: titles, selected: selected, over: -1}}
	s.self = s
	s.ExtendBaseWidget(s)
	return s
}

// Selected is the index of the chosen word.
func (c *choice) Selected() int { return c.selected }

// SetSelected chooses without telling OnChanged.
func (c *choice) SetSelected(index int) {
	c.selected = index
	c.Refresh()
}

func (c *choice) choose(index int) {
	index = max(0, min(index, len(c.titles)-1))
	if index == c.selected {
		return
	}
	c.SetSelected(index)
	if c.OnChanged != nil {
		c.OnChanged(index)
	}
}

func (c *choice) title(i int) string {
	if i < len(c.counts) && c.counts[i] > 0 {
		return c.titles[i] + "  " + ShortCount(c.counts[i])
	}
	return c.titles[i]
}

func (c *choice) style(i int) Style {
	switch {
	case i == c.selected && c.tabs:
		return Strong.In(theme.AccentText)
	case i == c.selected:
		return Strong
	}
	return Body.In(theme.Secondary)
}

// AccessibilityLabel says what is chosen.
func (c *choice) AccessibilityLabel() string {
	if c.selected < 0 || c.selected >= len(c.titles) {
		return ""
	}
	return c.title(c.selected) + ", chosen"
}

// AccessibilityRole is a button.
func (c *choice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	c.track, c.thumb, c.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	objects := []fyne.CanvasObject{c.track, c.thumb}
	c.words = make([]*canvas.Text, len(c.titles))
	c.edges = make([]float32, len(c.titles))
	for i := range c.titles {
		c.words[i] = canvas.NewText("", nil)
		objects = append(objects, c.words[i])
	}
	objects = append(objects, c.ring)
	c.paint()
	return &sketch{
		owner: c.self, objects: fixed(objects...), paint: c.paint, place: c.place,
		min: func() fyne.Size {
			var width float32
			for i := range c.titles {
				width += c.cell(i)
			}
			return fyne.NewSize(width, measure("Ág", Strong).Height+14)
		},
	}
}

func (c *choice) cell(i int) float32 { return measure(c.title(i), Strong).Width + 2*theme.Space3 }

func (c *choice) paint() {
	c.track.FillColor = theme.Color(theme.NeutralSoft)
	c.thumb.FillColor = theme.Color(theme.Surface)
	c.track.CornerRadius, c.thumb.CornerRadius, c.ring.CornerRadius = theme.Radius, theme.Radius-2, theme.Radius
	c.thumb.StrokeColor, c.thumb.StrokeWidth = theme.Color(theme.Outline), 1
	if c.tabs {
		c.track.FillColor = theme.Color(theme.Hairline)
		c.track.CornerRadius = 0
		c.thumb.FillColor, c.thumb.StrokeWidth, c.thumb.CornerRadius = theme.Color(theme.Accent), 0, 1
	}
	c.ring.Hidden = !c.focus
	c.ring.StrokeColor, c.ring.StrokeWidth = theme.Color(theme.Focus), 2
	for i, word := range c.words {
		style := c.style(i)
		if i == c.over && i != c.selected {
			style = style.In(theme.Text)
		}
		style.paint(word)
		word.Text = c.title(i)
		word.Alignment = fyne.TextAlignCenter
	}
}

func (c *choice) place(size fyne.Size) {
	height := measure("Ág", Strong).Height
	var x float32
	for i, word := range c.words {
		width := c.cell(i)
		put(word, x, (size.Height-height)/2, width, height)
		if i == c.selected {
			if c.tabs {
				put(c.thumb, x+theme.Space3, size.Height-2, width-2*theme.Space3, 2)
			} else {
				put(c.thumb, x+2, 2, width-4, size.Height-4)
			}
			put(c.ring, x, 0, width, size.Height)
		}
		x += width
		c.edges[i] = x
	}
	if c.tabs {
		put(c.track, 0, size.Height-1, size.Width, 1)
	} else {
		put(c.track, 0, 0, x, size.Height)
	}
	c.thumb.Hidden = c.selected < 0 || c.selected >= len(c.titles)
}

func (c *choice) at(x float32) int {
	for i, edge := range c.edges {
		if x < edge {
			return i
		}
	}
	return -1
}

// Tapped chooses.
func (c *choice) Tapped(e *fyne.PointEvent) {
	if i := c.at(e.Position.X); i >= 0 {
		c.choose(i)
	}
}

// Cursor is a hand.
func (c *choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn does nothing.
func (c *choice) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows what would be chosen.
func (c *choice) MouseMoved(e *desktop.MouseEvent) {
	if over := c.at(e.Position.X); over != c.over {
		c.over = over
		c.Refresh()
	}
}

// MouseOut takes the hover away.
func (c *choice) MouseOut() { c.over = -1; c.Refresh() }

// FocusGained shows the ring.
func (c *choice) FocusGained() { c.focus = true; c.Refresh() }

// FocusLost hides the ring.
func (c *choice) FocusLost() { c.focus = false; c.Refresh() }

// TypedRune passes the letter on to the shell.
func (c *choice) TypedRune(r rune) { PassRune(c.self, r) }

// TypedKey chooses by the arrow keys.
func (c *choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		c.choose(c.selected - 1)
	case fyne.KeyRight:
		c.choose(c.selected + 1)
	default:
		PassKey(c.self, e)
	}
}
