package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Bar is one bar of a BarChart. Note is said beside the value, as "12 of 40".
type Bar struct {
	Label string
	Value float64
	Note  string
	Tone  Tone
}

// BarChart compares values. Each bar can be opened, by pointer or by arrow keys and Return.
type BarChart struct {
	widget.BaseWidget

	// OnTapped opens what a bar stands for.
	OnTapped func(index int)
	// Format writes a value; nil writes it with at most one digit behind the point.
	Format func(float64) string
	// Horizontal sets the bars side on, with long labels at their left.
	Horizontal bool

	bars         []Bar
	over, chosen int
	focus        bool
	objects      []fyne.CanvasObject
	cells        []chartCell
}

type chartCell struct{ x, y, w, h float32 }

// NewBarChart makes a chart of upright bars.
func NewBarChart(bars []Bar) *BarChart {
	c := &BarChart{bars: bars, over: -1}
	c.ExtendBaseWidget(c)
	return c
}

// SetBars changes what is compared.
func (c *BarChart) SetBars(bars []Bar) {
	c.bars = bars
	c.chosen = max(0, min(c.chosen, len(bars)-1))
	c.Refresh()
}

// AccessibilityLabel reads the values.
func (c *BarChart) AccessibilityLabel() string {
	text := ""
	for _, bar := range c.bars {
		text += bar.Label + " " + c.write(bar.Value) + ". "
	}
	return text
}

// AccessibilityRole is text.
func (c *BarChart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (c *BarChart) write(v float64) string { return writeValue(c.Format, v) }

func writeValue(format func(float64) string, v float64) string {
	if format != nil {
		return format(v)
	}
	if v == math.Trunc(v) {
		return Count(int(v))
	}
	return trimNumber(v)
}

// CreateRenderer is used by Fyne.
func (c *BarChart) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: c, objects: func() []fyne.CanvasObject { return c.objects }, paint: func() {},
		min: func() fyne.Size {
			if c.Horizontal {
				return fyne.NewSize(220, max(80, float32(len(c.bars))*barStep()))
			}
			return fyne.NewSize(160, 160)
		},
		place: c.draw,
	}
}

func barStep() float32 { return measure("Ág", Secondary).Height + 14 }

func (c *BarChart) draw(size fyne.Size) {
	c.objects, c.cells = c.objects[:0], c.cells[:0]
	top := 0.0
	for _, bar := range c.bars {
		top = max(top, bar.Value)
	}
	if len(c.bars) == 0 || top <= 0 && c.allZero() {
		c.objects = append(c.objects, nothingYet(size))
		return
	}
	if c.Horizontal {
		c.drawSideways(size, top)
		return
	}
	low, line := measure("Á", Caption).Height, theme.Color(theme.Hairline)
	ground := size.Height - low - theme.Space2
	room := ground - low - theme.Space1
	base := canvas.NewRectangle(line)
	put(base, 0, ground, size.Width, 1)
	c.objects = append(c.objects, base)
	cell := size.Width / float32(len(c.bars))
	width := min(48, cell*0.62)
	letters := lettersFor(theme.Size(theme.SizeCaption), fyne.TextStyle{})
	every := 1 // how many bars share a label where labels are too wide
	for i := range c.bars {
		if w := letters.width(c.bars[i].Label) + 6; w > cell {
			every = max(every, int(math.Ceil(float64(w/cell))))
		}
	}
	every = min(every, 12)
	for i, bar := range c.bars {
		height := max(1, room*float32(bar.Value/top))
		x := float32(i)*cell + (cell-width)/2
		c.cells = append(c.cells, chartCell{float32(i) * cell, 0, cell, size.Height})
		c.objects = append(c.objects, c.bar(i, x, ground-height, width, height, false))
		if cell >= letters.width(c.write(bar.Value))+2 {
			c.objects = append(c.objects, drawText(c.write(bar.Value), Caption.In(theme.Text), float32(i)*cell, ground-height-low-2, cell, fyne.TextAlignCenter))
		}
		if i%every == 0 {
			label := letters.fit(bar.Label, cell*float32(every))
			c.objects = append(c.objects, drawText(label, Caption, float32(i)*cell-cell*float32(every-1)/2, ground+theme.Space1, cell*float32(every), fyne.TextAlignCenter))
		}
	}
}

func (c *BarChart) allZero() bool {
	for _, bar := range c.bars {
		if bar.Value != 0 {
			return false
		}
	}
	return true
}

func (c *BarChart) drawSideways(size fyne.Size, top float64) {
	letters := lettersFor(theme.Size(theme.SizeSmall), fyne.TextStyle{})
	small := lettersFor(theme.Size(theme.SizeCaption), fyne.TextStyle{})
	var label, value float32
	for _, bar := range c.bars {
		label = max(label, letters.width(bar.Label))
		value = max(value, small.width(c.note(bar)))
	}
	label = min(label+1, size.Width*0.4)
	room := max(20, size.Width-label-value-2*theme.Space3)
	high, low, step := measure("Á", Secondary).Height, measure("Á", Caption).Height, barStep()
	for i, bar := range c.bars {
		y := float32(i) * step
		c.cells = append(c.cells, chartCell{0, y, size.Width, step})
		width := max(2, room*float32(bar.Value/top))
		style := Secondary.In(theme.Text)
		c.objects = append(c.objects,
			drawText(letters.fit(bar.Label, label), style, 0, y+(step-high)/2, label, fyne.TextAlignLeading),
			c.bar(i, label+theme.Space3, y+5, width, step-10, true),
			drawText(c.note(bar), Caption, label+theme.Space3+width+theme.Space2, y+(step-low)/2, value, fyne.TextAlignLeading))
	}
}

func (c *BarChart) note(bar Bar) string {
	if bar.Note != "" {
		return bar.Note
	}
	return c.write(bar.Value)
}

func (c *BarChart) bar(i int, x, y, w, h float32, sideways bool) *canvas.Rectangle {
	tone := c.bars[i].Tone
	r := canvas.NewRectangle(theme.Color(tone.Mark()))
	if tone == ToneNeutral {
		r.FillColor = theme.Color(theme.Accent)
	}
	if c.OnTapped != nil && (c.over == i || c.focus && c.chosen == i) {
		r.StrokeColor, r.StrokeWidth = theme.Color(theme.Focus), 2
		r.FillColor = theme.Color(theme.AccentText)
	}
	if sideways {
		r.TopRightCornerRadius, r.BottomRightCornerRadius = 3, 3
	} else {
		r.TopLeftCornerRadius, r.TopRightCornerRadius = 3, 3
	}
	put(r, x, y, w, h)
	return r
}

func drawText(text string, style Style, x, y, w float32, align fyne.TextAlign) *canvas.Text {
	t := canvas.NewText(text, nil)
	style.paint(t)
	t.Alignment = align
	put(t, x, y, w, measure("Ág", style).Height)
	return t
}

func nothingYet(size fyne.Size) *canvas.Text {
	height := measure("Ág", Secondary).Height
	return drawText("Nothing to show yet", Secondary, 0, (size.Height-height)/2, size.Width, fyne.TextAlignCenter)
}

func (c *BarChart) at(pos fyne.Position) int {
	for i, cell := range c.cells {
		if pos.X >= cell.x && pos.X < cell.x+cell.w && pos.Y >= cell.y && pos.Y < cell.y+cell.h {
			return i
		}
	}
	return -1
}

// Tapped opens a bar.
func (c *BarChart) Tapped(e *fyne.PointEvent) {
	if i := c.at(e.Position); i >= 0 && c.OnTapped != nil {
		c.chosen = i
		c.OnTapped(i)
	}
}

// Cursor is a hand where a bar can be opened.
func (c *BarChart) Cursor() desktop.Cursor {
	if c.OnTapped != nil && c.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn does nothing.
func (c *BarChart) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows which bar would be opened.
func (c *BarChart) MouseMoved(e *desktop.MouseEvent) {
	if over := c.at(e.Position); over != c.over {
		c.over = over
		c.Refresh()
	}
}

// MouseOut takes the hover away.
func (c *BarChart) MouseOut() { c.over = -1; c.Refresh() }

// Disabled keeps a chart that opens nothing out of the round of the Tab key.
func (c *BarChart) Disabled() bool { return c.OnTapped == nil }

// Enable does nothing; a chart is enabled by OnTapped.
func (c *BarChart) Enable() {}

// Disable does nothing; a chart is disabled by having no OnTapped.
func (c *BarChart) Disable() {}

// FocusGained shows the bar under the keyboard.
func (c *BarChart) FocusGained() { c.focus = true; c.Refresh() }

// FocusLost hides it.
func (c *BarChart) FocusLost() { c.focus = false; c.Refresh() }

// TypedRune passes the letter on to the shell.
func (c *BarChart) TypedRune(r rune) { PassRune(c, r) }

// TypedKey moves between bars and opens one.
func (c *BarChart) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		c.chosen = max(0, c.chosen-1)
	case fyne.KeyRight, fyne.KeyDown:
		c.chosen = min(len(c.bars)-1, c.chosen+1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if c.OnTapped != nil && c.chosen < len(c.bars) {
			c.OnTapped(c.chosen)
		}
	default:
		PassKey(c, e)
		return
	}
	c.Refresh()
}
