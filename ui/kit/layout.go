package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// The layouts here give each child its width before they ask for its height, so a wrapped text is
// right in the first frame and nothing jumps.

// settle gives o the width and returns the height it then needs.
func settle(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	return o.MinSize().Height
}

type column struct{ gap float32 }

// Column stacks objects from top to bottom at full width with a gap between.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

// MinSize is the widest child and all heights.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		count++
	}
	size.Height += c.gap * float32(max(0, count-1))
	return size
}

// Layout stacks the children.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y, fillers, used float32
	for _, o := range objects {
		if o.Visible() {
			used += c.gap
			if _, ok := o.(*filler); ok {
				fillers++
				continue
			}
			used += settle(o, size.Width)
		}
	}
	spare := max(0, size.Height-used+c.gap)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		if _, ok := o.(*filler); ok {
			height = spare / fillers
		}
		put(o, 0, y, size.Width, height)
		y += height + c.gap
	}
}

type line struct {
	gap float32
	top bool
}

// Line sets objects side by side at their own width, centred upright, with a gap between. A Fill
// takes the room that is left.
func Line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap}, objects...)
}

// MinSize is all widths and the tallest child.
func (l line) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		size.Width += m.Width
		count++
	}
	size.Width += l.gap * float32(max(0, count-1))
	return size
}

// Layout sets the children side by side.
func (l line) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare := size.Width - l.MinSize(objects).Width
	var fillers float32
	for _, o := range objects {
		if _, ok := o.(*filler); ok && o.Visible() {
			fillers++
		}
	}
	var x float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		width, height := m.Width, m.Height
		if f, ok := o.(*filler); ok {
			width += max(0, spare) / fillers
			if f.content != nil {
				height = settle(f, width)
			}
		}
		y := (size.Height - height) / 2
		if l.top {
			y = 0
		}
		put(o, x, y, width, height)
		x += width + l.gap
	}
}

// filler is the child of a Line or Column that takes the room left over.
type filler struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// Fill makes an object take the room that is left in a Line or Column; nil is empty room.
func Fill(content fyne.CanvasObject) fyne.CanvasObject {
	f := &filler{content: content}
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer is used by Fyne.
func (f *filler) CreateRenderer() fyne.WidgetRenderer {
	if f.content == nil {
		return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
	}
	return widget.NewSimpleRenderer(f.content)
}

// Spread sets left at the left edge and right at the right edge of one line.
func Spread(left, right fyne.CanvasObject) *fyne.Container {
	return Line(theme.Space3, Fill(left), right)
}

type inset struct{ left, top, right, bottom float32 }

// Inset keeps a margin around an object on all sides.
func Inset(o fyne.CanvasObject, margin float32) *fyne.Container {
	return container.New(inset{margin, margin, margin, margin}, o)
}

// InsetXY keeps a margin of x at the sides and y above and below.
func InsetXY(o fyne.CanvasObject, x, y float32) *fyne.Container {
	return container.New(inset{x, y, x, y}, o)
}

// InsetSides keeps four margins of their own.
func InsetSides(o fyne.CanvasObject, left, top, right, bottom float32) *fyne.Container {
	return container.New(inset{left, top, right, bottom}, o)
}

// MinSize is the child and the margins.
func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(i.left+i.right, i.top+i.bottom)
}

// Layout keeps the margins.
func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		put(o, i.left, i.top, size.Width-i.left-i.right, size.Height-i.top-i.bottom)
	}
}

type maxWidth struct {
	width  float32
	centre bool
}

// MaxWidth keeps an object from growing wider than width; it stays at the left.
func MaxWidth(o fyne.CanvasObject, width float32) *fyne.Container {
	return container.New(maxWidth{width: width}, o)
}

// Centered keeps an object at most width wide and in the middle.
func Centered(o fyne.CanvasObject, width float32) *fyne.Container {
	return container.New(maxWidth{width: width, centre: true}, o)
}

// MinSize is that of the child.
func (m maxWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return inset{}.MinSize(objects)
}

// Layout holds the width.
func (m maxWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, m.width)
	x := float32(0)
	if m.centre {
		x = (size.Width - width) / 2
	}
	for _, o := range objects {
		put(o, x, 0, width, size.Height)
	}
}

type minWidth float32

// MinWidth keeps an object from growing narrower than width.
func MinWidth(o fyne.CanvasObject, width float32) *fyne.Container {
	return container.New(minWidth(width), o)
}

// MinSize is that of the child, at least so wide while the child is in sight.
func (m minWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !objects[0].Visible() {
		return fyne.Size{}
	}
	return objects[0].MinSize().Max(fyne.NewSize(float32(m), 0))
}

// Layout fills the size.
func (m minWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put(objects[0], 0, 0, size.Width, size.Height)
}

// grid is equal columns, as many as fit.
type grid struct {
	least, gap float32
	width      float32 // as last laid out, so that MinSize knows the rows
}

// Grid sets objects in as many equal columns of at least the given width as fit.
func Grid(least, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{least: least, gap: gap}, objects...)
}

func (g *grid) columns(width float32, count int) int {
	return max(1, min(count, int((width+g.gap)/(g.least+g.gap))))
}

// MinSize is one column wide and as high as at the last width.
func (g *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	shown := visible(objects)
	columns := g.columns(g.width, len(shown))
	var size fyne.Size
	size.Width = g.least
	for i := 0; i < len(shown); i += columns {
		var height float32
		for _, o := range shown[i:min(i+columns, len(shown))] {
			height = max(height, o.MinSize().Height)
		}
		size.Height += height
		if i > 0 {
			size.Height += g.gap
		}
	}
	return size
}

// Layout sets the children row by row.
func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	shown := visible(objects)
	columns := g.columns(size.Width, len(shown))
	width := (size.Width - g.gap*float32(columns-1)) / float32(columns)
	var y float32
	for i := 0; i < len(shown); i += columns {
		row := shown[i:min(i+columns, len(shown))]
		var height float32
		for _, o := range row {
			height = max(height, settle(o, width))
		}
		for n, o := range row {
			put(o, float32(n)*(width+g.gap), y, width, height)
		}
		y += height + g.gap
	}
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}

// flow sets objects like words: side by side, and over several lines where they do not fit.
type flow struct {
	gap   float32
	width float32
}

// Flow sets objects like words, over as many lines as they need.
func Flow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: theme.Space2}, objects...)
}

func (f *flow) each(objects []fyne.CanvasObject, width float32, do func(o fyne.CanvasObject, x, y float32, size fyne.Size)) float32 {
	var x, y, height float32
	for _, o := range visible(objects) {
		m := o.MinSize()
		m.Width = min(m.Width, width)
		if x > 0 && x+m.Width > width {
			x, y, height = 0, y+height+f.gap, 0
		}
		if do != nil {
			do(o, x, y, m)
		}
		x += m.Width + f.gap
		height = max(height, m.Height)
	}
	return y + height
}

// MinSize is the widest child and the height at the last width.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range visible(objects) {
		size.Width = max(size.Width, min(o.MinSize().Width, 160))
	}
	size.Height = f.each(objects, max(f.width, size.Width), nil)
	return size
}

// Layout sets the children.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.each(objects, size.Width, func(o fyne.CanvasObject, x, y float32, m fyne.Size) {
		put(o, x, y, m.Width, m.Height)
	})
}

// leastBeside is the room that a text needs to be read beside something else.
const leastBeside = 280

// beside sets its second child to the right of the first, or beneath it where the first would get too little room.
type beside struct{ gap, width float32 }

func (b *beside) below(objects []fyne.CanvasObject) bool {
	return b.width > 0 && b.width-objects[1].MinSize().Width-b.gap < leastBeside
}

// MinSize is the wider child, and the height at the last width.
func (b *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	one, other := objects[0].MinSize(), objects[1].MinSize()
	size := one.Max(other)
	if b.below(objects) {
		size.Height = one.Height + b.gap + other.Height
	}
	return size
}

// Layout sets the two children.
func (b *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	other := objects[1].MinSize()
	if b.below(objects) {
		height := settle(objects[0], size.Width)
		put(objects[0], 0, 0, size.Width, height)
		put(objects[1], 0, height+b.gap, other.Width, other.Height)
		return
	}
	width := size.Width - other.Width - b.gap
	height := settle(objects[0], width)
	put(objects[0], 0, (size.Height-height)/2, width, height)
	put(objects[1], size.Width-other.Width, (size.Height-other.Height)/2, other.Width, other.Height)
}

// ground is a coloured area that follows the theme.
type ground struct {
	widget.BaseWidget
	role   fyne.ThemeColorName
	border fyne.ThemeColorName
	radius float32
	least  fyne.Size
}

func newGround(role fyne.ThemeColorName) *ground {
	g := &ground{role: role}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is used by Fyne.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	area := canvas.NewRectangle(theme.Color(g.role))
	paint := func() {
		area.FillColor = theme.Color(g.role)
		area.CornerRadius = g.radius
		if g.border != "" {
			area.StrokeColor, area.StrokeWidth = theme.Color(g.border), 1
		}
	}
	paint()
	return &sketch{
		owner: g, objects: fixed(area), paint: paint,
		min:   func() fyne.Size { return g.least },
		place: func(size fyne.Size) { area.Resize(size) },
	}
}

// Ground sets an object on an area in the colour of a role.
func Ground(role fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newGround(role), o)
}

// Hairline parts what is above from what is below.
func Hairline() fyne.CanvasObject {
	g := newGround(theme.Hairline)
	g.least = fyne.NewSize(1, 1)
	return g
}

// VHairline parts left from right; give it the height of what it stands in.
func VHairline() fyne.CanvasObject {
	return Hairline()
}

// Gap is empty room of n units both ways.
func Gap(n float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSquareSize(n))
	return r
}

// scrolling is a vertical scroll whose content gets its width before its height is asked.
type scrolling struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// Scrolling lets content that is too high be scrolled.
func Scrolling(content fyne.CanvasObject) fyne.CanvasObject {
	s := &scrolling{scroll: container.NewVScroll(content)}
	s.ExtendBaseWidget(s)
	return s
}

// Reveal scrolls what Scrolling made as little as it takes to bring an object within it into sight.
func Reveal(within, o fyne.CanvasObject) {
	s, ok := within.(*scrolling)
	if !ok {
		return
	}
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	view, top := s.scroll.Size().Height, place(o).Y-place(s.scroll).Y
	offset := s.scroll.Offset.Y
	if below := top + o.Size().Height + theme.Space4 - view; below > 0 {
		offset += min(below, top-theme.Space8)
	} else if top < theme.Space8 {
		offset += top - theme.Space8
	}
	offset = max(0, min(offset, s.scroll.Content.Size().Height-view))
	s.scroll.ScrollToOffset(fyne.NewPos(s.scroll.Offset.X, offset))
}

// revealAcross scrolls sideways as little as it takes to bring a stretch of the content wholly into sight.
func revealAcross(s *container.Scroll, left, width float32) {
	offset := s.Offset
	offset.X = max(min(offset.X, left), left+width-s.Size().Width)
	s.ScrollToOffset(offset)
}

// CreateRenderer is used by Fyne.
func (s *scrolling) CreateRenderer() fyne.WidgetRenderer {
	place := func(size fyne.Size) {
		if size.Width > 0 {
			settle(s.scroll.Content, size.Width)
		}
		if s.scroll.Size() == size {
			s.scroll.Refresh()
			return
		}
		s.scroll.Resize(size)
	}
	return &sketch{
		owner: s, objects: fixed(s.scroll), place: place,
		min:   func() fyne.Size { return fyne.NewSize(s.scroll.Content.MinSize().Width, 32) },
		paint: func() {},
	}
}
