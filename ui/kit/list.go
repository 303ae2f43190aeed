package kit

import (
	"context"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// List shows the rows of a Pager, smoothly at a million of them. The row under the keyboard is the
// one that is open: arrow keys and J and K open what they come to, as a mail program does.
//
// What is open is kept by id, so that a new mention does not move the reader's place. It is not
// built on Fyne's list, which opens rows by Space only, tells hovering as highlighting, and counts
// its offset in 32-bit floats, too coarse at the far end of a million rows.
type List struct {
	widget.BaseWidget

	// OnOpened is told the row the user came to.
	OnOpened func(row RowData)
	// OnActivated is told the row on which the user pressed Return.
	OnActivated func(row RowData)
	// IndexOf finds an id again after a reload, when it is far from what is loaded; it returns a
	// negative index if the id is gone. It runs in the background and may be nil.
	IndexOf func(ctx context.Context, id int64) (int, error)

	pager    *Pager[RowData]
	height   float32 // of a row
	offset   float64 // of the first unit in sight from the top of row 0
	open     int64
	openAt   int // index of the open row, -1 if none or not known
	wanted   int // index of a row to open as soon as it is loaded, -1 if none
	focus    bool
	visible  map[int]*row
	spare    []*row
	content  *fyne.Container
	clip     *container.Clip
	bar      *bar
	reloaded bool
	filling  bool
}

// NewList makes a list over a pager; the pager's Reload fills it. The list takes over the pager's
// OnChanged.
func NewList(pager *Pager[RowData]) *List {
	l := &List{pager: pager, openAt: -1, wanted: -1, visible: map[int]*row{}}
	l.content = container.NewWithoutLayout()
	l.clip = container.NewClip(l.content)
	l.bar = newBar(func(share float64) { l.ScrollTo(share * l.farthest()) })
	before := pager.OnChanged
	pager.OnChanged = func() {
		l.follow()
		if before != nil {
			before()
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// Reload asks the pager for everything anew; the open row and the reader's place are kept.
func (l *List) Reload() {
	l.reloaded = true
	l.pager.Reload()
}

// Open is the id of the open row, 0 if none is.
func (l *List) Open() int64 { return l.open }

// Close leaves no row open.
func (l *List) Close() {
	l.open, l.openAt, l.wanted = 0, -1, -1
	l.fill()
}

// SelectID marks the row with id as the open one without telling OnOpened, and brings it into
// sight where its place is known.
func (l *List) SelectID(id int64) {
	l.open, l.openAt, l.wanted = id, -1, -1
	if index, ok := l.pager.Find(func(d RowData) bool { return d.ID == id }); ok {
		l.openAt = index
		l.reveal(index)
	} else {
		l.seek(id, true)
	}
	l.fill()
}

// OpenAt opens the row at index and tells OnOpened, at once or as soon as it is loaded.
func (l *List) OpenAt(index int) {
	index = max(0, min(index, l.pager.Len()-1))
	if l.pager.Len() == 0 {
		return
	}
	l.wanted, l.openAt = index, index
	l.reveal(index)
	l.takeWanted()
	l.fill()
}

// Next opens the row below the open one.
func (l *List) Next() {
	if l.openAt+1 < l.pager.Len() {
		l.OpenAt(l.openAt + 1)
	}
}

// Previous opens the row above the open one.
func (l *List) Previous() {
	if l.openAt > 0 {
		l.OpenAt(l.openAt - 1)
	}
}

// ScrollTo brings a distance from the top of the first row to the top of the list.
func (l *List) ScrollTo(offset float64) {
	l.offset = math.Max(0, math.Min(offset, l.farthest()))
	l.fill()
}

// Offset is the distance that the list is scrolled down by.
func (l *List) Offset() float64 { return l.offset }

// RowHeight is the height of each row.
func (l *List) RowHeight() float32 {
	if l.height == 0 {
		l.height = rowHeight()
	}
	return l.height
}

func (l *List) farthest() float64 {
	return math.Max(0, float64(l.pager.Len())*float64(l.RowHeight())-float64(l.Size().Height))
}

func (l *List) takeWanted() {
	if l.wanted < 0 {
		return
	}
	data, ok := l.pager.At(l.wanted)
	if !ok || l.wanted < 0 { // asking may have brought the row, and opened it, at once
		return
	}
	l.wanted = -1
	l.open = data.ID
	if l.OnOpened != nil {
		l.OnOpened(data)
	}
}

// follow takes over what the pager learned.
func (l *List) follow() {
	reloaded := l.reloaded
	l.reloaded = false
	if reloaded && l.open != 0 {
		if index, ok := l.pager.Find(func(d RowData) bool { return d.ID == l.open }); ok {
			l.moved(index)
		} else {
			l.seek(l.open, false)
		}
	}
	l.takeWanted()
	l.offset = math.Min(l.offset, l.farthest())
	l.fill()
}

// moved keeps the open row where it stands on the screen although its place in the list changed.
func (l *List) moved(index int) {
	if l.openAt >= 0 && l.offset > 0 {
		l.offset = math.Max(0, l.offset+float64(index-l.openAt)*float64(l.RowHeight()))
	}
	l.openAt = index
}

// seek asks for the place of an id that is not loaded.
func (l *List) seek(id int64, show bool) {
	if l.IndexOf == nil || id == 0 {
		return
	}
	l.pager.background.Run(func(ctx context.Context) func() {
		index, err := l.IndexOf(ctx, id)
		return func() {
			if err != nil || id != l.open {
				return
			}
			if index < 0 {
				l.openAt = -1
			} else if show {
				l.openAt = index
				l.reveal(index)
			} else {
				l.moved(index)
			}
			l.fill()
		}
	})
}

// reveal scrolls as little as it takes to bring a row wholly into sight.
func (l *List) reveal(index int) {
	top := float64(index) * float64(l.RowHeight())
	bottom := top + float64(l.RowHeight())
	height := float64(l.Size().Height)
	switch {
	case top < l.offset:
		l.offset = top
	case bottom > l.offset+height && height > 0:
		l.offset = bottom - height
	}
	l.offset = math.Max(0, math.Min(l.offset, l.farthest()))
}

// fill puts rows where they are in sight, reusing those that stay.
func (l *List) fill() {
	size := l.Size()
	if size.Height <= 0 || size.Width <= 0 || l.filling {
		return
	}
	// A pager whose background answers at once tells of new rows while they are asked for.
	l.filling = true
	defer func() { l.filling = false }()
	height := float64(l.RowHeight())
	first := int(l.offset / height)
	last := min(l.pager.Len()-1, int((l.offset+float64(size.Height))/height))
	for index, r := range l.visible {
		if index < first || index > last {
			delete(l.visible, index)
			l.spare = append(l.spare, r)
		}
	}
	l.content.Objects = l.content.Objects[:0]
	for index := first; index <= last; index++ {
		r, ok := l.visible[index]
		if !ok {
			r = l.take()
			l.visible[index] = r
			r.state.hovered = false
		}
		data, loaded := l.pager.At(index)
		if loaded && data.ID == l.open && l.openAt != index && l.wanted < 0 {
			l.openAt = index
		}
		open := loaded && data.ID == l.open && l.open != 0
		r.onTapped = func() {
			takeFocus(l)
			l.OpenAt(index)
		}
		put(r, 0, float32(float64(index)*height-l.offset), size.Width, float32(height))
		r.show(index, data, rowState{loaded: loaded, selected: open, hovered: r.state.hovered, focus: l.focus})
		l.content.Objects = append(l.content.Objects, r)
	}
	share, part := 0.0, 1.0
	if far := l.farthest(); far > 0 {
		share, part = l.offset/far, float64(size.Height)/(float64(l.pager.Len())*height)
	}
	l.bar.show(share, part)
	l.content.Refresh()
}

func (l *List) take() *row {
	if n := len(l.spare); n > 0 {
		r := l.spare[n-1]
		l.spare = l.spare[:n-1]
		return r
	}
	return newRow()
}

// CreateRenderer is used by Fyne.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: l, objects: fixed(l.clip, l.bar),
		min: func() fyne.Size { return fyne.NewSize(220, 2*l.RowHeight()) },
		place: func(size fyne.Size) {
			l.clip.Resize(size)
			put(l.bar, size.Width-barWidth, 0, barWidth, size.Height)
			l.offset = math.Min(l.offset, l.farthest())
			l.fill()
		},
		paint: func() {
			// The theme or the size of text may have changed: rows stay at their place, drawn anew.
			at := l.offset / float64(l.RowHeight())
			l.height = rowHeight()
			l.offset = at * float64(l.height)
			for _, r := range l.visible {
				r.Refresh()
			}
			l.spare = nil
			l.bar.Refresh()
		},
	}
}

// Scrolled moves the rows.
func (l *List) Scrolled(e *fyne.ScrollEvent) {
	l.ScrollTo(l.offset - float64(e.Scrolled.DY))
}

// FocusGained shows the ring.
func (l *List) FocusGained() { l.focus = true; l.fill() }

// FocusLost hides the ring.
func (l *List) FocusLost() { l.focus = false; l.fill() }

// TypedRune moves by J and K and passes other letters on to the shell.
func (l *List) TypedRune(r rune) {
	switch r {
	case 'j', 'J':
		l.Next()
	case 'k', 'K':
		l.Previous()
	default:
		PassRune(l, r)
	}
}

// TypedKey moves by the arrow keys and their like.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/l.RowHeight())-1)
	switch e.Name {
	case fyne.KeyDown:
		l.Next()
	case fyne.KeyUp:
		l.Previous()
	case fyne.KeyPageDown:
		l.OpenAt(l.openAt + page)
	case fyne.KeyPageUp:
		l.OpenAt(l.openAt - page)
	case fyne.KeyHome:
		l.OpenAt(0)
	case fyne.KeyEnd:
		l.OpenAt(l.pager.Len() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if data, ok := l.pager.At(l.openAt); ok && l.OnActivated != nil {
			l.OnActivated(data)
		}
	default:
		PassKey(l, e)
	}
}

// AccessibilityLabel says how long the list is.
func (l *List) AccessibilityLabel() string { return Count(l.pager.Len()) + " rows" }

// AccessibilityRole is a container.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
