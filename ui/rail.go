package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

const (
	railWide   float32 = 208
	railNarrow float32 = 60
	// railBreak is the width of the window below which the rail shows icons only.
	railBreak float32 = 1080
)

// rail is the list of screens at the left of the window.
type rail struct {
	widget.BaseWidget
	items    []*railItem
	mark     *canvas.Image
	name     *kit.Label
	collapse *kit.IconButton
	narrow   bool // as drawn
	folded   bool // as the user wishes
	onFold   func(folded bool)
}

func newRail(folded bool, onFold func(folded bool)) *rail {
	r := &rail{name: kit.NewLabel("Goodword", kit.Heading), folded: folded, onFold: onFold}
	r.mark = canvas.NewImageFromResource(theme.AppIcon())
	r.mark.FillMode = canvas.ImageFillContain
	r.collapse = kit.NewIconButton(theme.IconIn("panel-left-close", theme.Secondary), "Show icons only", func() {
		r.folded = !r.narrow
		r.onFold(r.folded)
	})
	r.ExtendBaseWidget(r)
	return r
}

// width is how wide the rail is in a window of the given width.
func (r *rail) width(window float32) float32 {
	narrow := r.folded || window < railBreak
	if narrow != r.narrow {
		r.narrow = narrow
		for _, item := range r.items {
			item.narrow = narrow
			item.Refresh()
		}
		if narrow {
			r.collapse.SetIcon(theme.IconIn("panel-left-open", theme.Secondary), "Show names")
		} else {
			r.collapse.SetIcon(theme.IconIn("panel-left-close", theme.Secondary), "Show icons only")
		}
	}
	r.name.Hidden = narrow
	// A narrow window leaves no choice, so there is no button for one.
	r.collapse.Hidden = window < railBreak
	if narrow {
		return railNarrow
	}
	return railWide
}

// CreateRenderer is used by Fyne.
func (r *rail) CreateRenderer() fyne.WidgetRenderer { return newRailRenderer(r) }

type railRenderer struct {
	r    *rail
	face *canvas.Rectangle
	line *canvas.Rectangle
}

func newRailRenderer(r *rail) *railRenderer {
	re := &railRenderer{r: r, face: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	re.paint()
	return re
}

func (re *railRenderer) paint() {
	re.face.FillColor = theme.Color(theme.Sidebar)
	re.line.FillColor = theme.Color(theme.Hairline)
}

// Layout sets the mark, the items, and the last item (the settings) at the foot.
func (re *railRenderer) Layout(size fyne.Size) {
	r := re.r
	re.face.Resize(size)
	re.line.Resize(fyne.NewSize(1, size.Height))
	re.line.Move(fyne.NewPos(size.Width-1, 0))
	r.mark.Resize(fyne.NewSquareSize(28))
	r.mark.Move(fyne.NewPos(16, 14))
	name := r.name.MinSize()
	r.name.Resize(name)
	r.name.Move(fyne.NewPos(54, 14+(28-name.Height)/2))
	y := float32(64)
	height := railItemHeight()
	for i, item := range r.items {
		if i == len(r.items)-1 && len(r.items) > 1 {
			y = size.Height - height - theme.Space3
			if !r.collapse.Hidden {
				y -= 36
			}
		}
		item.Resize(fyne.NewSize(size.Width-2*theme.Space2-1, height))
		item.Move(fyne.NewPos(theme.Space2, y))
		y += height + 2
	}
	r.collapse.Resize(fyne.NewSquareSize(32))
	r.collapse.Move(fyne.NewPos(14, size.Height-32-theme.Space2))
}

// MinSize keeps all items in sight.
func (re *railRenderer) MinSize() fyne.Size {
	return fyne.NewSize(railNarrow, 64+float32(len(re.r.items))*(railItemHeight()+2)+48)
}

// Objects are the ground, the mark, the items and the button.
func (re *railRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{re.face, re.line, re.r.mark, re.r.name}
	for _, item := range re.r.items {
		objects = append(objects, item)
	}
	return append(objects, re.r.collapse)
}

// Refresh takes over the theme.
func (re *railRenderer) Refresh() {
	re.paint()
	re.Layout(re.r.Size())
	canvas.Refresh(re.r)
}

// Destroy has nothing to free.
func (re *railRenderer) Destroy() {}

func railItemHeight() float32 { return theme.Size(theme.SizeText) + 24 }

// railItem is one screen of the rail.
type railItem struct {
	widget.BaseWidget
	screen                           kit.Screen
	badge                            int
	counts                           string // what the badge counts: "urgent"
	narrow, selected, hovered, focus bool
	onTapped                         func()
}

func newRailItem(screen kit.Screen, onTapped func()) *railItem {
	i := &railItem{screen: screen, onTapped: onTapped}
	i.ExtendBaseWidget(i)
	return i
}

// AccessibilityLabel is the name of the screen and what waits there.
func (i *railItem) AccessibilityLabel() string {
	if i.badge > 0 {
		return i.screen.Title() + ", " + kit.Count(i.badge) + " " + i.counts
	}
	return i.screen.Title()
}

// AccessibilityRole is a button.
func (i *railItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railItemRenderer{
		i: i, face: canvas.NewRectangle(nil), dot: canvas.NewCircle(nil),
		icon: canvas.NewImageFromResource(i.screen.Icon()), name: canvas.NewText("", nil), count: canvas.NewText("", nil),
	}
	r.face.CornerRadius = theme.Radius
	r.paint()
	return r
}

type railItemRenderer struct {
	i           *railItem
	face        *canvas.Rectangle
	dot         *canvas.Circle
	icon        *canvas.Image
	name, count *canvas.Text
}

func (r *railItemRenderer) paint() {
	i := r.i
	r.face.Hidden = !i.selected && !i.hovered && !i.focus
	r.face.FillColor = theme.Color(theme.Hover)
	role := theme.Text
	if i.hovered {
		r.face.FillColor = theme.Color(fynetheme.ColorNameHover)
	}
	if i.selected {
		r.face.FillColor = theme.Color(theme.Selected)
		role = theme.AccentText
	}
	r.face.StrokeWidth = 0
	if i.focus {
		r.face.StrokeColor, r.face.StrokeWidth = theme.Color(theme.Focus), 2
	}
	r.icon.Resource = fynetheme.NewColoredResource(i.screen.Icon(), role)
	r.icon.Refresh()
	r.name.Text, r.name.Color = i.screen.Title(), theme.Color(role)
	r.name.TextSize, r.name.TextStyle.Bold = theme.Size(theme.SizeText), i.selected
	r.name.Hidden = i.narrow
	r.count.Text, r.count.Hidden = "", i.narrow || i.badge == 0
	if i.badge > 0 {
		r.count.Text = kit.ShortCount(i.badge)
	}
	r.count.TextSize, r.count.Color = theme.Size(theme.SizeCaption), theme.Color(theme.Secondary)
	if i.selected {
		r.count.Color = theme.Color(theme.AccentText)
	}
	r.dot.FillColor, r.dot.Hidden = theme.Color(theme.Accent), !i.narrow || i.badge == 0
}

// Layout sets icon, name and count.
func (r *railItemRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.icon.Resize(fyne.NewSquareSize(18))
	x := float32(12)
	if r.i.narrow {
		x = (size.Width - 18) / 2
	}
	r.icon.Move(fyne.NewPos(x, (size.Height-18)/2))
	name, count := r.name.MinSize(), r.count.MinSize()
	r.name.Resize(name)
	r.name.Move(fyne.NewPos(42, (size.Height-name.Height)/2))
	r.count.Resize(count)
	r.count.Move(fyne.NewPos(size.Width-count.Width-12, (size.Height-count.Height)/2))
	r.dot.Resize(fyne.NewSquareSize(8))
	r.dot.Move(fyne.NewPos(x+14, (size.Height-18)/2-3))
}

// MinSize is an icon with room around it.
func (r *railItemRenderer) MinSize() fyne.Size { return fyne.NewSize(44, railItemHeight()) }

// Objects are all parts.
func (r *railItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.face, r.icon, r.name, r.count, r.dot}
}

// Refresh takes over state and theme.
func (r *railItemRenderer) Refresh() {
	r.paint()
	r.Layout(r.i.Size())
	canvas.Refresh(r.i)
}

// Destroy has nothing to free.
func (r *railItemRenderer) Destroy() {}

// Tapped goes to the screen.
func (i *railItem) Tapped(*fyne.PointEvent) { i.onTapped() }

// Cursor is a hand.
func (i *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows the hover, and the name and what the count counts where that is not in sight.
func (i *railItem) MouseIn(*desktop.MouseEvent) {
	i.hovered = true
	i.Refresh()
	if i.narrow || i.badge > 0 {
		kit.ShowTip(i, i.AccessibilityLabel())
	}
}

// MouseMoved does nothing.
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (i *railItem) MouseOut() {
	i.hovered = false
	i.Refresh()
	kit.HideTip(i)
}

// FocusGained shows the ring.
func (i *railItem) FocusGained() { i.focus = true; i.Refresh() }

// FocusLost hides the ring.
func (i *railItem) FocusLost() { i.focus = false; i.Refresh() }

// TypedRune passes the letter on to the shell.
func (i *railItem) TypedRune(r rune) { kit.PassRune(i, r) }

// TypedKey goes to the screen by space or return.
func (i *railItem) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		i.onTapped()
		return
	}
	kit.PassKey(i, e)
}
