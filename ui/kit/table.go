package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// TableColumn is one column of a Table. A width of 0 takes a share of the room that is left.
type TableColumn struct {
	Title string
	Width float32
	Align fyne.TextAlign
}

// Cell is one field of a Table. A cell with a tone other than neutral is drawn as a chip.
type Cell struct {
	Text      string
	Tone      Tone
	Strong    bool
	Secondary bool
	Icon      string // a name of assets/icons, before the text
}

// Table shows rows of cells under a head. The row under the keyboard or the pointer is marked;
// Return or a press opens it. All rows are drawn, so it is for hundreds of rows, not for a million.
type Table struct {
	widget.BaseWidget

	// OnOpened opens a row; nil makes the table still.
	OnOpened func(row int)
	// OnSort is told the column whose head was pressed; nil makes the heads still.
	OnSort func(column int)

	columns   []TableColumn
	rows      [][]Cell
	over      int
	chosen    int
	focus     bool
	sorted    int
	down      bool
	objects   []fyne.CanvasObject
	rowHeight float32
	size      fyne.Size
}

// NewTable makes an empty table.
func NewTable(columns ...TableColumn) *Table {
	t := &Table{columns: columns, over: -1, chosen: -1, sorted: -1}
	t.ExtendBaseWidget(t)
	return t
}

// SetRows changes the rows; each has a cell for each column.
func (t *Table) SetRows(rows [][]Cell) {
	t.rows = rows
	if t.chosen >= len(rows) {
		t.chosen = len(rows) - 1
	}
	t.Refresh()
}

// SetSorted shows an arrow at the column that the rows are sorted by; -1 shows none.
func (t *Table) SetSorted(column int, down bool) {
	t.sorted, t.down = column, down
	t.Refresh()
}

// Choose marks a row; -1 marks none.
func (t *Table) Choose(row int) {
	t.chosen = row
	t.Refresh()
}

// Marked is the row under the keyboard or opened last, -1 if there is none.
func (t *Table) Marked() int { return t.chosen }

// AccessibilityLabel says how long the table is.
func (t *Table) AccessibilityLabel() string { return Count(len(t.rows)) + " rows" }

// AccessibilityRole is a container.
func (t *Table) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is used by Fyne.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: t, objects: func() []fyne.CanvasObject { return t.objects }, paint: func() {}, place: t.draw,
		min: func() fyne.Size {
			width := float32(0)
			for _, c := range t.columns {
				width += max(72, c.Width)
			}
			return fyne.NewSize(width, t.headHeight()+float32(len(t.rows))*t.step())
		},
	}
}

func (t *Table) step() float32       { return measure("Ág", Body).Height + 18 }
func (t *Table) headHeight() float32 { return measure("Ág", Overline).Height + 14 }

func (t *Table) widths(total float32) []float32 {
	widths := make([]float32, len(t.columns))
	rest, open := total, 0
	for i, c := range t.columns {
		widths[i] = c.Width
		rest -= c.Width
		if c.Width == 0 {
			open++
		}
	}
	for i, c := range t.columns {
		if c.Width == 0 {
			widths[i] = max(72, rest/float32(open))
		}
	}
	return widths
}

func (t *Table) draw(size fyne.Size) {
	t.size, t.rowHeight = size, t.step()
	t.objects = t.objects[:0]
	widths := t.widths(size.Width)
	head := t.headHeight()
	x := float32(0)
	for i, c := range t.columns {
		title := c.Title
		if i == t.sorted {
			title += map[bool]string{true: " ↓", false: " ↑"}[t.down]
		}
		room := widths[i] - 2*theme.Space2
		letters := lettersFor(theme.Size(theme.SizeCaption), Overline.text())
		t.objects = append(t.objects, drawText(letters.fit(title, room), Overline, x+theme.Space2, 7, room, c.Align))
		x += widths[i]
	}
	t.rule(head-1, size.Width)
	for n, cells := range t.rows {
		y := head + float32(n)*t.rowHeight
		if n == t.chosen && (t.focus || t.OnOpened == nil) || n == t.over && t.OnOpened != nil {
			face := canvas.NewRectangle(theme.Color(theme.Hover))
			face.CornerRadius = theme.Radius
			if n == t.chosen && t.focus {
				face.StrokeColor, face.StrokeWidth = theme.Color(theme.Focus), 1.5
			}
			put(face, 0, y, size.Width, t.rowHeight-1)
			t.objects = append(t.objects, face)
		}
		x := float32(0)
		for i, cell := range cells {
			if i < len(widths) {
				t.cell(cell, t.columns[i].Align, x+theme.Space2, y, widths[i]-2*theme.Space2)
				x += widths[i]
			}
		}
		if n < len(t.rows)-1 {
			t.rule(y+t.rowHeight-1, size.Width)
		}
	}
}

func (t *Table) rule(y, width float32) {
	line := canvas.NewRectangle(theme.Color(theme.Hairline))
	put(line, 0, y, width, 1)
	t.objects = append(t.objects, line)
}

func (t *Table) cell(cell Cell, align fyne.TextAlign, x, y, width float32) {
	style := Body
	switch {
	case cell.Strong:
		style = Strong
	case cell.Secondary:
		style = Secondary
	}
	if cell.Tone != ToneNeutral {
		style = Caption.In(cell.Tone.Text())
	}
	if cell.Icon != "" {
		role := style.Color
		icon := canvas.NewImageFromResource(theme.IconIn(cell.Icon, role))
		put(icon, x, y+(t.rowHeight-16)/2, 16, 16)
		t.objects = append(t.objects, icon)
		x += 22
		width -= 22
	}
	height := measure("Ág", style).Height
	letters := lettersFor(theme.Size(style.Size), style.text())
	if cell.Tone != ToneNeutral && cell.Text != "" {
		text := letters.fit(cell.Text, width-16)
		w := letters.width(text) + 16
		if align == fyne.TextAlignTrailing {
			x += width - w
		}
		pill := canvas.NewRectangle(theme.Color(cell.Tone.Soft()))
		pill.CornerRadius = (height + 6) / 2
		put(pill, x, y+(t.rowHeight-height-6)/2, w, height+6)
		t.objects = append(t.objects, pill, drawText(text, style, x+8, y+(t.rowHeight-height)/2, w, fyne.TextAlignLeading))
		return
	}
	t.objects = append(t.objects, drawText(letters.fit(cell.Text, width), style, x, y+(t.rowHeight-height)/2, width, align))
}

func (t *Table) rowAt(y float32) int {
	n := int((y - t.headHeight()) / max(1, t.rowHeight))
	if y < t.headHeight() || n >= len(t.rows) {
		return -1
	}
	return n
}

// Tapped opens a row, or sorts by a column.
func (t *Table) Tapped(e *fyne.PointEvent) {
	if e.Position.Y < t.headHeight() {
		x := float32(0)
		for i, width := range t.widths(t.size.Width) {
			if x += width; e.Position.X < x {
				if t.OnSort != nil {
					t.OnSort(i)
				}
				return
			}
		}
		return
	}
	if n := t.rowAt(e.Position.Y); n >= 0 && t.OnOpened != nil {
		t.chosen = n
		t.OnOpened(n)
	}
}

// Cursor is a hand over what can be pressed.
func (t *Table) Cursor() desktop.Cursor {
	if t.OnOpened != nil && t.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn does nothing.
func (t *Table) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the row under the pointer.
func (t *Table) MouseMoved(e *desktop.MouseEvent) {
	if over := t.rowAt(e.Position.Y); over != t.over {
		t.over = over
		t.Refresh()
	}
}

// MouseOut takes the mark away.
func (t *Table) MouseOut() { t.over = -1; t.Refresh() }

// Disabled keeps a still table out of the round of the Tab key.
func (t *Table) Disabled() bool { return t.OnOpened == nil }

// Enable does nothing; a table is enabled by OnOpened.
func (t *Table) Enable() {}

// Disable does nothing; a table is disabled by having no OnOpened.
func (t *Table) Disable() {}

// FocusGained marks the row under the keyboard.
func (t *Table) FocusGained() {
	t.focus = true
	t.chosen = max(0, t.chosen)
	t.Refresh()
}

// FocusLost takes the mark away.
func (t *Table) FocusLost() { t.focus = false; t.Refresh() }

// TypedRune passes the letter on to the shell.
func (t *Table) TypedRune(r rune) { PassRune(t, r) }

// TypedKey moves the mark and opens a row.
func (t *Table) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		t.chosen = min(len(t.rows)-1, t.chosen+1)
	case fyne.KeyUp:
		t.chosen = max(0, t.chosen-1)
	case fyne.KeyHome:
		t.chosen = 0
	case fyne.KeyEnd:
		t.chosen = len(t.rows) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if t.OnOpened != nil && t.chosen >= 0 && t.chosen < len(t.rows) {
			t.OnOpened(t.chosen)
		}
	default:
		PassKey(t, e)
		return
	}
	t.Refresh()
}

// NewSmallList shows a few rows that are all in memory, with the look and the keys of List.
func NewSmallList(rows []RowData, onOpened func(RowData)) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(rows))
	for i := range rows {
		objects[i] = newLineRow(rows[i], onOpened)
	}
	return container.New(column{}, objects...)
}
