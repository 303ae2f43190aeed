package policyroom

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// entry is one row of a ledger: a mark, a line of text, a second line, a few words at the right. A heading groups the rows beneath it.
type entry struct {
	id      string
	icon    string
	role    fyne.ThemeColorName
	title   string
	note    string
	right   string
	tone    kit.Tone
	heading bool
	strong  bool
}

// ledger is the list of a tab: short, grouped, moved through with J, K and the arrow keys. OnOpened is told each row that the user comes to;
// onLetter may take other letters.
type ledger struct {
	widget.BaseWidget

	onOpened    func(id string)
	onLetter    func(r rune) bool
	onActivated func(id string)

	scroll *container.Scroll
	rows   *ledgerRows
}

var _ fyne.Focusable = (*ledger)(nil)

func newLedger(onOpened func(id string)) *ledger {
	l := &ledger{onOpened: onOpened}
	l.rows = &ledgerRows{owner: l, over: -1}
	l.rows.ExtendBaseWidget(l.rows)
	l.scroll = container.NewVScroll(l.rows)
	l.ExtendBaseWidget(l)
	return l
}

// set shows entries; the row that was open stays open if it is still there. It reports whether it is.
func (l *ledger) set(entries []entry) bool {
	l.rows.entries = entries
	l.rows.build()
	l.scroll.Refresh()
	return l.rows.at(l.rows.open) >= 0
}

// mark opens a row without telling onOpened.
func (l *ledger) mark(id string) {
	l.rows.open = id
	l.rows.Refresh()
	l.reveal()
}

func (l *ledger) opened() string { return l.rows.open }

// first opens the first row that is no heading.
func (l *ledger) first() {
	for i, e := range l.rows.entries {
		if !e.heading {
			l.choose(i)
			return
		}
	}
}

func (l *ledger) choose(i int) {
	l.rows.open = l.rows.entries[i].id
	l.rows.Refresh()
	l.reveal()
	if l.onOpened != nil {
		l.onOpened(l.rows.open)
	}
}

// step moves by n rows over headings; it reports whether there was a row to go to.
func (l *ledger) step(n int) bool {
	for i := l.rows.at(l.rows.open) + n; i >= 0 && i < len(l.rows.entries); i += n {
		if !l.rows.entries[i].heading {
			l.choose(i)
			return true
		}
	}
	return false
}

func (l *ledger) reveal() {
	i := l.rows.at(l.rows.open)
	if i < 0 || l.scroll.Size().Height == 0 {
		return
	}
	top := l.rows.top(i)
	bottom := top + l.rows.height(i)
	if i > 0 && l.rows.entries[i-1].heading {
		top = l.rows.top(i - 1)
	}
	view := l.scroll.Size().Height
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > l.scroll.Offset.Y+view:
		l.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
}

// CreateRenderer is used by Fyne.
func (l *ledger) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.scroll) }

// MinSize leaves room for a few rows.
func (l *ledger) MinSize() fyne.Size { return fyne.NewSize(220, 120) }

// FocusGained shows the ring.
func (l *ledger) FocusGained() { l.rows.focus = true; l.rows.Refresh() }

// FocusLost hides the ring.
func (l *ledger) FocusLost() { l.rows.focus = false; l.rows.Refresh() }

// TypedRune moves by J and K, offers other letters to the tab, and passes the rest on to the shell.
func (l *ledger) TypedRune(r rune) {
	switch {
	case r == 'j' || r == 'J':
		l.step(1)
	case r == 'k' || r == 'K':
		l.step(-1)
	case l.onLetter != nil && l.onLetter(r):
	default:
		passRune(l, r)
	}
}

// TypedKey moves by the arrow keys.
func (l *ledger) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyHome:
		l.first()
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.onActivated != nil && l.rows.open != "" {
			l.onActivated(l.rows.open)
		}
	default:
		passKey(l, e)
	}
}

// ledgerRows draws the rows.
type ledgerRows struct {
	widget.BaseWidget
	owner   *ledger
	entries []entry
	drawn   []drawnRow
	open    string
	over    int
	focus   bool
}

type drawnRow struct {
	face               *canvas.Rectangle
	icon               *canvas.Image
	title, note, right *kit.Label
}

var _ desktop.Hoverable = (*ledgerRows)(nil)

func (r *ledgerRows) at(id string) int {
	for i, e := range r.entries {
		if e.id == id && !e.heading && id != "" {
			return i
		}
	}
	return -1
}

func (r *ledgerRows) build() {
	r.drawn = make([]drawnRow, len(r.entries))
	for i, e := range r.entries {
		style := kit.Body
		switch {
		case e.heading:
			style = kit.Overline
		case e.strong:
			style = kit.Strong
		}
		d := drawnRow{face: canvas.NewRectangle(nil), icon: &canvas.Image{}, title: kit.NewLabel(e.title, style).Ellipsis(),
			note: kit.NewLabel(e.note, kit.Caption).Ellipsis(), right: kit.NewLabel(e.right, kit.Caption.In(toneRole(e.tone))).Align(fyne.TextAlignTrailing).Ellipsis()}
		d.face.CornerRadius = theme.Radius
		r.drawn[i] = d
	}
	r.Refresh()
}

func toneRole(t kit.Tone) fyne.ThemeColorName {
	if t == kit.ToneNeutral {
		return theme.Secondary
	}
	return t.Text()
}

func (r *ledgerRows) height(i int) float32 {
	text := fyne.MeasureText("Ág", theme.Size(theme.SizeText), fyne.TextStyle{}).Height
	small := fyne.MeasureText("Ág", theme.Size(theme.SizeCaption), fyne.TextStyle{}).Height
	switch e := r.entries[i]; {
	case e.heading:
		return small + theme.Space6
	case e.note == "":
		return text + theme.Space4
	default:
		return text + small + theme.Space4 + 3
	}
}

func (r *ledgerRows) top(i int) float32 {
	var y float32
	for n := range i {
		y += r.height(n)
	}
	return y
}

// CreateRenderer is used by Fyne.
func (r *ledgerRows) CreateRenderer() fyne.WidgetRenderer { return &ledgerRenderer{rows: r} }

type ledgerRenderer struct{ rows *ledgerRows }

// Layout places each row.
func (g *ledgerRenderer) Layout(size fyne.Size) {
	r := g.rows
	var y float32
	for i, d := range r.drawn {
		e, height := r.entries[i], r.height(i)
		put(d.face, theme.Space2, y+1, size.Width-2*theme.Space2, height-2)
		left := theme.Space4
		if e.heading {
			line := d.title.MinSize().Height
			put(d.title, left, y+height-line-theme.Space1, size.Width-2*left, line)
			y += height
			continue
		}
		if e.icon != "" {
			put(d.icon, left, y+theme.Space2+1, 18, 18)
			left += 18 + theme.Space3
		}
		right := float32(0)
		if e.right != "" {
			right = min(d.right.MinSize().Width, size.Width/3)
			right = max(right, min(fyne.MeasureText(e.right, theme.Size(theme.SizeCaption), fyne.TextStyle{}).Width+2, size.Width/3))
			put(d.right, size.Width-theme.Space4-right, y+theme.Space2+2, right, d.right.MinSize().Height)
			right += theme.Space3
		}
		line := d.title.MinSize().Height
		put(d.title, left, y+theme.Space2, max(0, size.Width-left-right-theme.Space4), line)
		put(d.note, left, y+theme.Space2+line+3, max(0, size.Width-left-theme.Space4), d.note.MinSize().Height)
		y += height
	}
}

// MinSize is all rows.
func (g *ledgerRenderer) MinSize() fyne.Size {
	var height float32
	for i := range g.rows.entries {
		height += g.rows.height(i)
	}
	return fyne.NewSize(200, height+theme.Space2)
}

// Refresh takes over the state and the theme.
func (g *ledgerRenderer) Refresh() {
	for i, d := range g.rows.drawn {
		e := g.rows.entries[i]
		d.face.FillColor, d.face.StrokeWidth = nil, 0
		switch open := e.id == g.rows.open && !e.heading && e.id != ""; {
		case open:
			d.face.FillColor = theme.Color(theme.Selected)
			if g.rows.focus {
				d.face.StrokeColor, d.face.StrokeWidth = theme.Color(theme.Focus), 1.5
			}
		case i == g.rows.over && !e.heading:
			d.face.FillColor = theme.Color(theme.Hover)
		}
		if e.icon != "" {
			d.icon.Resource = theme.IconIn(e.icon, e.role)
			d.icon.FillMode = canvas.ImageFillContain
			d.icon.Refresh()
		}
		d.title.Refresh()
		d.note.Refresh()
		d.right.Refresh()
		d.face.Refresh()
	}
	g.Layout(g.rows.Size())
	canvas.Refresh(g.rows)
}

// Objects is what is drawn, back to front.
func (g *ledgerRenderer) Objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i, d := range g.rows.drawn {
		all = append(all, d.face, d.title)
		if g.rows.entries[i].icon != "" {
			all = append(all, d.icon)
		}
		if !g.rows.entries[i].heading {
			all = append(all, d.note, d.right)
		}
	}
	return all
}

// Destroy has nothing to free.
func (g *ledgerRenderer) Destroy() {}

func (r *ledgerRows) rowAt(y float32) int {
	for i := range r.entries {
		if y -= r.height(i); y < 0 {
			return i
		}
	}
	return -1
}

// Tapped opens a row.
func (r *ledgerRows) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.owner); c != nil {
		c.Focus(r.owner)
	}
	if i := r.rowAt(e.Position.Y); i >= 0 && !r.entries[i].heading {
		r.owner.choose(i)
	}
}

// MouseIn does nothing.
func (r *ledgerRows) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows the row under the pointer.
func (r *ledgerRows) MouseMoved(e *desktop.MouseEvent) {
	if i := r.rowAt(e.Position.Y); i != r.over {
		r.over = i
		r.Refresh()
	}
}

// MouseOut takes the hover away.
func (r *ledgerRows) MouseOut() { r.over = -1; r.Refresh() }

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// passRune and passKey hand on what a widget with the keyboard has no use for, so that the keys of the shell work.
func passRune(o fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

func passKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}
