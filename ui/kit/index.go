package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// NewIndex makes tabs whose names stand one beneath the other at the left, under the headings of their groups: for more panes than a row of
// names can hold.
func NewIndex(panes ...Tab) *Tabs {
	index := &sideIndex{over: -1, counts: make([]int, len(panes))}
	t := newTabs(index, panes)
	index.choose = t.chosen
	for _, pane := range panes {
		index.titles, index.groups = append(index.titles, pane.Title), append(index.groups, pane.Group)
	}
	index.ExtendBaseWidget(index)
	index.scroll = container.NewVScroll(InsetXY(index, theme.Space3, theme.Space3))
	t.content = container.NewBorder(nil, nil, container.NewBorder(nil, nil, nil, VHairline(), index.scroll), nil, t.deck)
	t.ExtendBaseWidget(t)
	return t
}

// The measures of an index.
const (
	indexWidth float32 = 184
	indexRow   float32 = 30
	indexHead  float32 = 34
)

// sideIndex is the list of names.
type sideIndex struct {
	widget.BaseWidget

	choose         func(i int)
	titles, groups []string
	counts         []int
	selected, over int
	focus          bool
	scroll         *container.Scroll

	ground, hover, ring *canvas.Rectangle
	words, tallies      []*canvas.Text
	heads               map[int]*canvas.Text // before the pane of this number
}

func (x *sideIndex) current() int { return x.selected }

// SetSelected chooses without telling anybody.
func (x *sideIndex) SetSelected(i int) {
	x.selected = i
	x.Refresh()
}

func (x *sideIndex) setCount(i, count int) {
	x.counts[i] = count
	x.Refresh()
}

// reveal brings the name of the pane in sight into sight.
func (x *sideIndex) reveal() {
	if x.scroll == nil || x.selected < 0 {
		return
	}
	top := x.top(x.selected)
	switch height := x.scroll.Size().Height; {
	case top < x.scroll.Offset.Y:
		x.scroll.ScrollToOffset(fyne.NewPos(0, top-theme.Space3))
	case top+indexRow+2*theme.Space3 > x.scroll.Offset.Y+height:
		x.scroll.ScrollToOffset(fyne.NewPos(0, top+indexRow+2*theme.Space3-height))
	}
}

// opens reports whether a heading stands above the name of this number.
func (x *sideIndex) opens(i int) bool {
	return x.groups[i] != "" && (i == 0 || x.groups[i] != x.groups[i-1])
}

func (x *sideIndex) scale() float32 { return max(1, measure("Ág", Body).Height/18) }

func (x *sideIndex) top(i int) float32 {
	var y float32
	for n := range i + 1 {
		if x.opens(n) {
			y += indexHead * x.scale()
		}
		if n < i {
			y += indexRow * x.scale()
		}
	}
	return y
}

// CreateRenderer is used by Fyne.
func (x *sideIndex) CreateRenderer() fyne.WidgetRenderer {
	x.ground, x.hover, x.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	x.words, x.tallies = nil, nil // Fyne asks again for what was long out of sight
	x.heads = map[int]*canvas.Text{}
	objects := []fyne.CanvasObject{x.hover, x.ground}
	for i := range x.titles {
		word, tally := canvas.NewText("", nil), canvas.NewText("", nil)
		x.words, x.tallies = append(x.words, word), append(x.tallies, tally)
		objects = append(objects, word, tally)
		if x.opens(i) {
			x.heads[i] = canvas.NewText("", nil)
			objects = append(objects, x.heads[i])
		}
	}
	x.paint()
	return &sketch{
		owner: x, objects: fixed(append(objects, x.ring)...), paint: x.paint, place: x.place,
		min: func() fyne.Size {
			return fyne.NewSize(indexWidth*x.scale(), x.top(len(x.titles)-1)+indexRow*x.scale())
		},
	}
}

func (x *sideIndex) paint() {
	x.ground.FillColor, x.hover.FillColor = theme.Color(theme.AccentSoft), theme.Color(theme.NeutralSoft)
	x.ground.CornerRadius, x.hover.CornerRadius, x.ring.CornerRadius = theme.Radius, theme.Radius, theme.Radius
	x.hover.Hidden = x.over < 0 || x.over == x.selected
	x.ring.Hidden = !x.focus
	x.ring.StrokeColor, x.ring.StrokeWidth = theme.Color(theme.Focus), 2
	for i, word := range x.words {
		style := Body.In(theme.Secondary)
		if i == x.selected {
			style = Strong.In(theme.AccentText)
		} else if i == x.over {
			style = Body
		}
		style.paint(word)
		word.Text = x.titles[i]
		Caption.paint(x.tallies[i])
		x.tallies[i].Alignment = fyne.TextAlignTrailing
		x.tallies[i].Text = ""
		if x.counts[i] > 0 {
			x.tallies[i].Text = ShortCount(x.counts[i])
		}
		if head, ok := x.heads[i]; ok {
			Caption.paint(head)
			head.Text = x.groups[i]
		}
	}
}

func (x *sideIndex) place(size fyne.Size) {
	line, caption := measure("Ág", Body).Height, measure("Ág", Caption).Height
	height := indexRow * x.scale()
	for i, word := range x.words {
		y := x.top(i)
		if head, ok := x.heads[i]; ok {
			put(head, theme.Space3, y-caption-theme.Space1, size.Width, caption)
		}
		put(word, theme.Space3, y+(height-line)/2, size.Width-2*theme.Space3, line)
		put(x.tallies[i], size.Width-theme.Space3-40, y+(height-caption)/2, 40, caption)
		if i == x.selected {
			put(x.ground, 0, y, size.Width, height)
			put(x.ring, 0, y, size.Width, height)
		}
		if i == x.over {
			put(x.hover, 0, y, size.Width, height)
		}
	}
}

func (x *sideIndex) at(y float32) int {
	for i := range x.titles {
		if top := x.top(i); y >= top && y < top+indexRow*x.scale() {
			return i
		}
	}
	return -1
}

func (x *sideIndex) take(i int) {
	if i < 0 || i >= len(x.titles) || i == x.selected {
		return
	}
	x.SetSelected(i)
	x.choose(i)
}

// AccessibilityLabel says what is chosen.
func (x *sideIndex) AccessibilityLabel() string {
	if x.selected < 0 || x.selected >= len(x.titles) {
		return ""
	}
	if n := x.counts[x.selected]; n > 0 {
		return x.titles[x.selected] + "  " + ShortCount(n) + ", chosen"
	}
	return x.titles[x.selected] + ", chosen"
}

// AccessibilityRole is a button.
func (x *sideIndex) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped chooses.
func (x *sideIndex) Tapped(e *fyne.PointEvent) { x.take(x.at(e.Position.Y)) }

// Cursor is a hand.
func (x *sideIndex) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn does nothing.
func (x *sideIndex) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows what would be chosen.
func (x *sideIndex) MouseMoved(e *desktop.MouseEvent) {
	if over := x.at(e.Position.Y); over != x.over {
		x.over = over
		x.Refresh()
	}
}

// MouseOut takes the hover away.
func (x *sideIndex) MouseOut() { x.over = -1; x.Refresh() }

// FocusGained shows the ring.
func (x *sideIndex) FocusGained() { x.focus = true; x.Refresh() }

// FocusLost hides the ring.
func (x *sideIndex) FocusLost() { x.focus = false; x.Refresh() }

// TypedRune passes the letter on to the shell.
func (x *sideIndex) TypedRune(r rune) { PassRune(x, r) }

// TypedKey chooses by the arrow keys.
func (x *sideIndex) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		x.take(x.selected - 1)
	case fyne.KeyDown:
		x.take(x.selected + 1)
	case fyne.KeyHome:
		x.take(0)
	case fyne.KeyEnd:
		x.take(len(x.titles) - 1)
	default:
		PassKey(x, e)
	}
}
