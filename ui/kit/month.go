package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// DayItem is something that stands in a day of a DayGrid. ID is what OnItem is told. Moves says that it may be taken to another day.
type DayItem struct {
	ID    string
	Title string
	Tone  Tone
	Moves bool
}

// DayGrid shows the days of a month, or of one week, with what stands in each. An item that moves is taken to another day by dragging it, or
// with Alt and an arrow key; Space picks the next item of the day.
type DayGrid struct {
	widget.BaseWidget

	// OnDay is told a day that was pressed beside its items.
	OnDay func(day time.Time)
	// OnMoved is told the day that the arrow keys came to.
	OnMoved func(day time.Time)
	// OnItem opens an item.
	OnItem func(id string)
	// OnDrop is told that an item was taken to another day; the owner stores it and sets the items anew.
	OnDrop func(id string, day time.Time)

	week   bool
	first  time.Time // first day shown
	month  time.Month
	today  time.Time
	start  time.Weekday
	items  func(day time.Time) []DayItem
	chosen time.Time
	focus  bool
	picked int       // which item of the chosen day the keyboard is at
	held   string    // the item that is being dragged
	over   time.Time // the day it is held over

	size    fyne.Size
	objects []fyne.CanvasObject
	spots   []daySpot
}

type daySpot struct {
	chartCell
	id    string
	moves bool
}

// NewMonthGrid makes a grid of the month that day is in.
func NewMonthGrid(day, today time.Time, start time.Weekday) *DayGrid {
	g := &DayGrid{today: today, start: start}
	g.SetMonth(day)
	g.ExtendBaseWidget(g)
	return g
}

// NewWeekGrid makes a grid of the week that day is in.
func NewWeekGrid(day, today time.Time, start time.Weekday) *DayGrid {
	g := &DayGrid{today: today, start: start, week: true}
	g.SetMonth(day)
	g.ExtendBaseWidget(g)
	return g
}

// SetMonth shows the month (or the week) that day is in.
func (g *DayGrid) SetMonth(day time.Time) {
	g.month = day.Month()
	g.chosen, g.picked = dayOf(day), 0
	first := g.chosen
	if !g.week {
		first = first.AddDate(0, 0, 1-first.Day())
	}
	g.first = first.AddDate(0, 0, -int((first.Weekday()-g.start+7)%7))
	g.Refresh()
}

// SetItems says what stands in each day.
func (g *DayGrid) SetItems(items func(day time.Time) []DayItem) {
	g.items = items
	g.Refresh()
}

// Span is the first day shown and the day after the last.
func (g *DayGrid) Span() (from, to time.Time) {
	return g.first, g.first.AddDate(0, 0, 7*g.weeks())
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func (g *DayGrid) weeks() int {
	if g.week {
		return 1
	}
	for n := 4; n < 6; n++ {
		if g.first.AddDate(0, 0, 7*n).Month() != g.month {
			return n
		}
	}
	return 6
}

// AccessibilityLabel says which day the keyboard is at and what stands in it.
func (g *DayGrid) AccessibilityLabel() string {
	text := g.chosen.Format("Monday 2 January 2006")
	items := g.itemsOf(g.chosen)
	for i, item := range items {
		text += ", " + item.Title
		if len(items) > 1 && i == g.pick(len(items)) {
			text += " (picked)"
		}
	}
	return text
}

// AccessibilityRole is a container.
func (g *DayGrid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// pick is the picked item among as many as there are.
func (g *DayGrid) pick(many int) int { return max(0, min(g.picked, many-1)) }

func (g *DayGrid) itemsOf(day time.Time) []DayItem {
	if g.items == nil {
		return nil
	}
	return g.items(day)
}

// CreateRenderer is used by Fyne.
func (g *DayGrid) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: g, objects: func() []fyne.CanvasObject { return g.objects }, paint: func() {}, place: g.draw,
		min: func() fyne.Size { return fyne.NewSize(7*64, g.headHeight()+float32(g.weeks())*64) },
	}
}

func (g *DayGrid) headHeight() float32 { return measure("Ág", Overline).Height + theme.Space3 }

func (g *DayGrid) cell(size fyne.Size) (w, h float32) {
	return size.Width / 7, (size.Height - g.headHeight()) / float32(g.weeks())
}

func (g *DayGrid) draw(size fyne.Size) {
	g.size = size
	g.objects, g.spots = g.objects[:0], g.spots[:0]
	w, h := g.cell(size)
	head := g.headHeight()
	for i := range 7 {
		name := g.first.AddDate(0, 0, i).Format("Mon")
		g.objects = append(g.objects, drawText(name, Overline, float32(i)*w+theme.Space2, theme.Space1, w, fyne.TextAlignLeading))
	}
	for n := range 7 * g.weeks() {
		g.drawDay(g.first.AddDate(0, 0, n), float32(n%7)*w, head+float32(n/7)*h, w, h)
	}
	for n := 1; n < 7; n++ {
		g.rule(float32(n)*w, head, 1, size.Height-head)
	}
	for n := range g.weeks() + 1 {
		g.rule(0, min(head+float32(n)*h, size.Height-1), size.Width, 1)
	}
}

func (g *DayGrid) rule(x, y, w, h float32) {
	line := canvas.NewRectangle(theme.Color(theme.Hairline))
	put(line, x, y, w, h)
	g.objects = append(g.objects, line)
}

func (g *DayGrid) drawDay(day time.Time, x, y, w, h float32) {
	outside := !g.week && day.Month() != g.month
	if outside {
		face := canvas.NewRectangle(theme.Color(theme.Canvas))
		put(face, x, y, w, h)
		g.objects = append(g.objects, face)
	}
	if g.held != "" && day.Equal(g.over) {
		target := canvas.NewRectangle(theme.Color(theme.AccentSoft))
		put(target, x+1, y+1, w-1, h-1)
		g.objects = append(g.objects, target)
	}
	if g.focus && day.Equal(g.chosen) {
		ring := canvas.NewRectangle(theme.Color(theme.Hover))
		ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = theme.Color(theme.Focus), 2, 4
		put(ring, x+2, y+2, w-3, h-3)
		g.objects = append(g.objects, ring)
	}
	style := Secondary.In(theme.Text)
	if outside {
		style = Secondary
	}
	number := measure("30", style)
	if day.Equal(dayOf(g.today)) {
		style = Secondary.In(theme.OnAccent)
		style.Bold = true
		disc := canvas.NewRectangle(theme.Color(theme.Accent))
		disc.CornerRadius = (number.Height + 4) / 2
		put(disc, x+5, y+5, number.Width+10, number.Height+4)
		g.objects = append(g.objects, disc)
	}
	g.objects = append(g.objects, drawText(strconv.Itoa(day.Day()), style, x+10, y+7, number.Width, fyne.TextAlignCenter))
	g.drawItems(day, x, y+number.Height+theme.Space3+2, w, y+h)
}

func (g *DayGrid) drawItems(day time.Time, x, y, w, end float32) {
	items := g.itemsOf(day)
	height := measure("Ág", Caption).Height + 6
	letters := lettersFor(theme.Size(theme.SizeCaption), fyne.TextStyle{})
	for i, item := range items {
		last := y+2*(height+2) > end-2
		if last && i < len(items)-1 || y+height > end {
			more := "+" + strconv.Itoa(len(items)-i) + " more"
			g.objects = append(g.objects, drawText(more, Caption, x+10, min(y+2, end-height+4), w-14, fyne.TextAlignLeading))
			return
		}
		pill := canvas.NewRectangle(theme.Color(item.Tone.Soft()))
		pill.CornerRadius = 4
		put(pill, x+4, y, w-8, height)
		if g.held != "" && g.held == item.ID || g.focus && len(items) > 1 && day.Equal(g.chosen) && i == g.pick(len(items)) {
			pill.StrokeColor, pill.StrokeWidth = theme.Color(theme.Focus), 1.5
		}
		edge := canvas.NewRectangle(theme.Color(item.Tone.Mark()))
		edge.CornerRadius = 1.5
		put(edge, x+6, y+4, 3, height-8)
		title := drawText(letters.fit(item.Title, w-24), Caption.In(item.Tone.Text()), x+13, y+3, w-20, fyne.TextAlignLeading)
		g.objects = append(g.objects, pill, edge, title)
		g.spots = append(g.spots, daySpot{chartCell{x + 4, y, w - 8, height}, item.ID, item.Moves})
		y += height + 2
	}
}

func (g *DayGrid) dayAt(pos fyne.Position) (time.Time, bool) {
	w, h := g.cell(g.size)
	if pos.Y < g.headHeight() || w <= 0 || h <= 0 {
		return time.Time{}, false
	}
	column, row := int(pos.X/w), int((pos.Y-g.headHeight())/h)
	if column > 6 || row >= g.weeks() {
		return time.Time{}, false
	}
	return g.first.AddDate(0, 0, row*7+column), true
}

// Tapped opens an item or tells a day.
func (g *DayGrid) Tapped(e *fyne.PointEvent) {
	takeFocus(g)
	for _, s := range g.spots {
		if e.Position.X >= s.x && e.Position.X < s.x+s.w && e.Position.Y >= s.y && e.Position.Y < s.y+s.h {
			if g.OnItem != nil {
				g.OnItem(s.id)
			}
			return
		}
	}
	if day, ok := g.dayAt(e.Position); ok {
		g.chosen, g.picked = day, 0
		g.Refresh()
		if g.OnDay != nil {
			g.OnDay(day)
		}
	}
}

// Dragged holds an item over a day.
func (g *DayGrid) Dragged(e *fyne.DragEvent) {
	if g.held == "" {
		from := e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		for _, s := range g.spots {
			if s.moves && from.X >= s.x && from.X < s.x+s.w && from.Y >= s.y && from.Y < s.y+s.h {
				g.held = s.id
			}
		}
		if g.held == "" {
			return
		}
	}
	day, _ := g.dayAt(e.Position)
	if !day.Equal(g.over) {
		g.over = day
		g.Refresh()
	}
}

// DragEnd lets the item go.
func (g *DayGrid) DragEnd() {
	id, day := g.held, g.over
	g.held, g.over = "", time.Time{}
	if id == "" {
		return
	}
	g.Refresh()
	if !day.IsZero() && g.OnDrop != nil && !g.stands(id, day) {
		g.OnDrop(id, day)
	}
}

// stands reports whether the item is in the day already.
func (g *DayGrid) stands(id string, day time.Time) bool {
	for _, item := range g.itemsOf(day) {
		if item.ID == id {
			return true
		}
	}
	return false
}

// TypedShortcut takes the picked item to another day by Alt and an arrow key.
func (g *DayGrid) TypedShortcut(s fyne.Shortcut) {
	key, ok := s.(*desktop.CustomShortcut)
	items := g.itemsOf(g.chosen)
	step := 0
	if ok && key.Modifier == fyne.KeyModifierAlt {
		step = arrowDays(key.KeyName)
	}
	if step == 0 || len(items) == 0 {
		PassShortcut(g, s)
		return
	}
	item, to := items[g.pick(len(items))], g.chosen.AddDate(0, 0, step)
	if from, until := g.Span(); !item.Moves || to.Before(from) || !to.Before(until) || g.OnDrop == nil {
		return
	}
	g.chosen, g.picked = to, 0
	g.Refresh()
	g.OnDrop(item.ID, to)
}

func arrowDays(key fyne.KeyName) int {
	return map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -7, fyne.KeyDown: 7}[key]
}

// Cursor is a hand.
func (g *DayGrid) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the day under the keyboard.
func (g *DayGrid) FocusGained() { g.focus = true; g.Refresh() }

// FocusLost hides it.
func (g *DayGrid) FocusLost() { g.focus = false; g.Refresh() }

// TypedRune passes the letter on to the shell.
func (g *DayGrid) TypedRune(r rune) { PassRune(g, r) }

// TypedKey moves between days, picks the next item of the day by Space, and by Return opens it: the only item, the picked one, or the day.
func (g *DayGrid) TypedKey(e *fyne.KeyEvent) {
	items := g.itemsOf(g.chosen)
	step := arrowDays(e.Name)
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
	case fyne.KeySpace:
		if len(items) > 1 {
			g.picked = (g.pick(len(items)) + 1) % len(items)
			g.Refresh()
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if len(items) > 0 && g.OnItem != nil {
			g.OnItem(items[g.pick(len(items))].ID)
		} else if g.OnDay != nil {
			g.OnDay(g.chosen)
		}
		return
	default:
		PassKey(g, e)
		return
	}
	next := g.chosen.AddDate(0, 0, step)
	if from, to := g.Span(); !next.Before(from) && next.Before(to) {
		g.chosen, g.picked = next, 0
		g.Refresh()
		if g.OnMoved != nil {
			g.OnMoved(next)
		}
	}
}
