package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// grab is how wide the area is in which the pointer takes hold of a hairline.
const grab float32 = 6

// Split sets two panes side by side, or one above the other, with a hairline between them that can
// be moved. The first pane keeps its size when the window grows, unless the split was made with a
// size for the second.
type Split struct {
	widget.BaseWidget

	// MinFirst and MinSecond are the least sizes of the panes.
	MinFirst, MinSecond float32
	// OnMoved is told the new size of the pane that keeps its size.
	OnMoved func(size float32)

	first, second fyne.CanvasObject
	upright       bool // first above second
	size          float32
	fromEnd       bool // size is that of the second pane
	handle        *handle
}

// NewSplit sets first at the left, width wide, and second at the right.
func NewSplit(first, second fyne.CanvasObject, width float32) *Split {
	return newSplit(&Split{first: first, second: second, size: width})
}

// NewRightSplit sets second at the right, width wide, and first in the rest.
func NewRightSplit(first, second fyne.CanvasObject, width float32) *Split {
	return newSplit(&Split{first: first, second: second, size: width, fromEnd: true})
}

// NewVSplit sets bottom below, height high, and top in the rest.
func NewVSplit(top, bottom fyne.CanvasObject, height float32) *Split {
	return newSplit(&Split{first: top, second: bottom, size: height, fromEnd: true, upright: true})
}

func newSplit(s *Split) *Split {
	s.MinFirst, s.MinSecond = 120, 120
	s.handle = &handle{split: s}
	s.handle.ExtendBaseWidget(s.handle)
	s.ExtendBaseWidget(s)
	return s
}

// SetSize moves the hairline.
func (s *Split) SetSize(size float32) {
	s.size = size
	s.Refresh()
}

// PaneSize is the size of the pane that keeps its size.
func (s *Split) PaneSize() float32 { return s.size }

// CreateRenderer is used by Fyne.
func (s *Split) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner:   s,
		objects: func() []fyne.CanvasObject { return []fyne.CanvasObject{s.first, s.second, s.handle} },
		min: func() fyne.Size {
			a, b := s.first.MinSize(), s.second.MinSize()
			if s.upright {
				return fyne.NewSize(max(a.Width, b.Width), max(a.Height, s.MinFirst)+1+max(b.Height, s.MinSecond))
			}
			return fyne.NewSize(max(a.Width, s.MinFirst)+1+max(b.Width, s.MinSecond), max(a.Height, b.Height))
		},
		place: s.place,
		paint: func() { s.handle.Refresh() },
	}
}

func (s *Split) place(size fyne.Size) {
	length := size.Width
	leastFirst, leastSecond := max(s.MinFirst, s.first.MinSize().Width), max(s.MinSecond, s.second.MinSize().Width)
	if s.upright {
		length = size.Height
		leastFirst, leastSecond = max(s.MinFirst, s.first.MinSize().Height), max(s.MinSecond, settle(s.second, size.Width))
	}
	at := s.size
	if s.fromEnd {
		at = length - s.size - 1
	}
	at = min(at, length-leastSecond-1)
	at = max(at, leastFirst)
	if s.upright {
		put(s.first, 0, 0, size.Width, at)
		put(s.second, 0, at+1, size.Width, max(0, length-at-1))
		put(s.handle, 0, at-(grab-1)/2, size.Width, grab)
		return
	}
	put(s.first, 0, 0, at, size.Height)
	put(s.second, at+1, 0, max(0, length-at-1), size.Height)
	put(s.handle, at-(grab-1)/2, 0, grab, size.Height)
}

func (s *Split) move(by float32) {
	length, seen := s.Size().Width, s.first.Size().Width
	if s.upright {
		length, seen = s.Size().Height, s.first.Size().Height
	}
	at := seen + by
	if s.fromEnd {
		at = length - at - 1
	}
	s.size = max(0, min(at, length))
	s.place(s.Size())
	// What is kept is what is seen, so that the handle never runs ahead of the hairline.
	s.size = s.first.Size().Width
	if s.upright {
		s.size = s.first.Size().Height
	}
	if s.fromEnd {
		s.size = length - s.size - 1
	}
	if s.OnMoved != nil {
		s.OnMoved(s.size)
	}
}

// handle is the hairline of a Split and the area around it that can be grabbed.
type handle struct {
	widget.BaseWidget
	split          *Split
	hovered, focus bool
}

// CreateRenderer is used by Fyne.
func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	area, line := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(nil)
	paint := func() {
		line.FillColor = theme.Color(theme.Hairline)
		if h.hovered || h.focus {
			line.FillColor = theme.Color(theme.Focus)
		}
	}
	paint()
	return &sketch{
		owner: h, objects: fixed(area, line), paint: paint,
		min: func() fyne.Size { return fyne.NewSquareSize(grab) },
		place: func(size fyne.Size) {
			area.Resize(size)
			width := float32(1)
			if h.hovered || h.focus {
				width = 2
			}
			if h.split.upright {
				put(line, 0, (grab-1)/2, size.Width, width)
			} else {
				put(line, (grab-1)/2, 0, width, size.Height)
			}
		},
	}
}

// Dragged moves the hairline.
func (h *handle) Dragged(e *fyne.DragEvent) {
	if h.split.upright {
		h.split.move(e.Dragged.DY)
		return
	}
	h.split.move(e.Dragged.DX)
}

// DragEnd does nothing.
func (h *handle) DragEnd() {}

// Cursor is a double arrow.
func (h *handle) Cursor() desktop.Cursor {
	if h.split.upright {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

// MouseIn shows that the hairline can be moved.
func (h *handle) MouseIn(*desktop.MouseEvent) { h.hovered = true; h.Refresh() }

// MouseMoved does nothing.
func (h *handle) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (h *handle) MouseOut() { h.hovered = false; h.Refresh() }

// FocusGained shows the ring.
func (h *handle) FocusGained() { h.focus = true; h.Refresh() }

// FocusLost hides the ring.
func (h *handle) FocusLost() { h.focus = false; h.Refresh() }

// TypedRune passes the letter on to the shell.
func (h *handle) TypedRune(r rune) { PassRune(h, r) }

// TypedKey moves the hairline by the arrow keys.
func (h *handle) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		h.split.move(-16)
	case fyne.KeyRight, fyne.KeyDown:
		h.split.move(16)
	default:
		PassKey(h, e)
	}
}
