package ui

import (
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

const (
	paletteRows  = 9
	recentKept   = 5
	paletteWidth = 560
)

// palette finds a command by a few letters and runs it.
type palette struct {
	entry    *kit.Entry
	rows     []*paletteRow
	none     *fyne.Container
	content  fyne.CanvasObject
	commands []kit.Command
	found    []kit.Command
	first    int // index of the command in the first row
	at       int
	run      func(kit.Command)
}

// newPalette makes a palette; recent are the titles of commands used last, newest first.
func newPalette(commands []kit.Command, recent []string, run func(kit.Command)) *palette {
	p := &palette{run: run, entry: kit.NewEntry("Type a command or a place")}
	for _, title := range recent {
		for _, c := range commands {
			if c.Title == title && c.CanRun() {
				p.commands = append(p.commands, c)
			}
		}
	}
	for _, c := range commands {
		if c.CanRun() && !slices.Contains(recent, c.Title) {
			p.commands = append(p.commands, c)
		}
	}
	p.entry.OnChanged = p.find
	p.entry.OnSubmitted = func(string) { p.choose(p.at) }
	p.entry.OnKey = p.key
	list := kit.Column(0)
	for i := range paletteRows {
		row := newPaletteRow(func() { p.choose(p.first + i) }, func() { p.mark(p.first + i) })
		p.rows = append(p.rows, row)
		list.Add(row)
	}
	p.none = kit.InsetXY(kit.NewLabel("No command is called like that", kit.Secondary), theme.Space3, theme.Space2)
	list.Add(p.none)
	p.content = kit.Inset(container.NewBorder(p.entry, nil, nil, nil, kit.InsetSides(list, 0, theme.Space2, 0, 0)), theme.Space3)
	p.find("")
	return p
}

func (p *palette) find(typed string) {
	type hit struct {
		command kit.Command
		score   int
	}
	var hits []hit
	for _, c := range p.commands {
		if score, ok := match(typed, c.Title); ok {
			hits = append(hits, hit{c, score})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].score > hits[j].score })
	p.found = p.found[:0]
	for _, h := range hits {
		p.found = append(p.found, h.command)
	}
	p.first = 0
	p.mark(0)
}

// mark moves to a command and shows the rows around it.
func (p *palette) mark(index int) {
	p.at = max(0, min(index, len(p.found)-1))
	p.first = max(0, min(p.first, p.at))
	p.first = max(p.first, p.at-paletteRows+1)
	for i, row := range p.rows {
		n := p.first + i
		if n < len(p.found) {
			row.show(p.found[n], n == p.at)
		}
		row.Hidden = n >= len(p.found)
	}
	p.none.Hidden = len(p.found) > 0
	p.content.Refresh()
}

func (p *palette) choose(index int) {
	if index >= 0 && index < len(p.found) {
		p.run(p.found[index])
	}
}

func (p *palette) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		p.mark(p.at + 1)
	case fyne.KeyUp:
		p.mark(p.at - 1)
	case fyne.KeyPageDown:
		p.mark(p.at + paletteRows)
	case fyne.KeyPageUp:
		p.mark(p.at - paletteRows)
	default:
		return false
	}
	return true
}

// paletteRow is one command with its key.
type paletteRow struct {
	widget.BaseWidget
	title           *kit.Label
	key             *kit.KeyHint
	content         *fyne.Container
	face            *canvas.Rectangle
	chosen          bool
	onTapped, onWay func()
}

func newPaletteRow(onTapped, onWay func()) *paletteRow {
	r := &paletteRow{title: kit.NewLabel("", kit.Body).Ellipsis(), key: kit.NewKeyHint(""), onTapped: onTapped, onWay: onWay}
	r.content = kit.InsetXY(kit.Line(theme.Space2, kit.Fill(r.title), r.key), theme.Space3, theme.Space2)
	r.ExtendBaseWidget(r)
	return r
}

func (r *paletteRow) show(c kit.Command, chosen bool) {
	r.chosen = chosen
	r.title.SetText(c.Title)
	r.key.SetKey(keyText(c.Key))
	r.Refresh()
}

// AccessibilityLabel is the command.
func (r *paletteRow) AccessibilityLabel() string { return r.title.Text() }

// AccessibilityRole is a button.
func (r *paletteRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (r *paletteRow) CreateRenderer() fyne.WidgetRenderer {
	r.face = canvas.NewRectangle(nil)
	r.face.CornerRadius = theme.Radius
	return &paletteRowRenderer{r}
}

type paletteRowRenderer struct{ r *paletteRow }

// Layout fills the size.
func (p *paletteRowRenderer) Layout(size fyne.Size) {
	p.r.face.Resize(size)
	p.r.content.Resize(size)
}

// MinSize keeps all rows equally high, with or without a key.
func (p *paletteRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, theme.Size(theme.SizeText)+22)
}

// Objects are the face and the words.
func (p *paletteRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.r.face, p.r.content}
}

// Refresh shows whether the row is the marked one.
func (p *paletteRowRenderer) Refresh() {
	p.r.face.Hidden = !p.r.chosen
	p.r.face.FillColor = theme.Color(theme.Selected)
	p.Layout(p.r.Size())
	p.r.content.Refresh()
	canvas.Refresh(p.r)
}

// Destroy has nothing to free.
func (p *paletteRowRenderer) Destroy() {}

// Tapped runs the command.
func (r *paletteRow) Tapped(*fyne.PointEvent) { r.onTapped() }

// Cursor is a hand.
func (r *paletteRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn does nothing, so that rows under a resting pointer are not marked by typing.
func (r *paletteRow) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the row.
func (r *paletteRow) MouseMoved(*desktop.MouseEvent) {
	if !r.chosen {
		r.onWay()
	}
}

// MouseOut does nothing.
func (r *paletteRow) MouseOut() {}
