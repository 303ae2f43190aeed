package spotlights

import (
	"context"
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// cropBox shows a picture with the part that is kept: drag it to move it, drag a corner to change its size; arrows move it, Plus and Minus
// change its size, Home brings it back to the middle.
type cropBox struct {
	widget.BaseWidget

	picture image.Image
	shape   advocacy.Shape
	crop    advocacy.Crop
	changed func()

	focused bool
	corner  int           // that is dragged; noCorner: the whole part
	start   advocacy.Crop // when the drag began
	moved   fyne.Position

	image   *canvas.Image
	shades  [4]*canvas.Rectangle
	frame   *canvas.Rectangle
	handles [4]*canvas.Rectangle
}

const (
	noCorner             = -1
	handleSize   float32 = 12
	cropStep             = 0.01
	cropLeap             = 0.05
	cropGrow             = 1.05
	cropWide     float32 = 560
	cropHigh     float32 = 360
	cropTouching float32 = 18 // how near to a corner the pointer takes hold of it
)

var (
	_ fyne.Draggable     = (*cropBox)(nil)
	_ fyne.Focusable     = (*cropBox)(nil)
	_ desktop.Mouseable  = (*cropBox)(nil)
	_ desktop.Cursorable = (*cropBox)(nil)
)

func newCropBox(picture image.Image, changed func()) *cropBox {
	b := &cropBox{picture: picture, changed: changed, corner: noCorner, image: canvas.NewImageFromImage(picture), frame: canvas.NewRectangle(nil)}
	b.image.FillMode = canvas.ImageFillStretch
	for i := range b.shades {
		b.shades[i], b.handles[i] = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	}
	b.ExtendBaseWidget(b)
	return b
}

// set shows a crop in a shape.
func (b *cropBox) set(shape advocacy.Shape, c advocacy.Crop) {
	size := b.picture.Bounds().Size()
	b.shape, b.crop = shape, c.Fitted(shape, size.X, size.Y)
	b.Refresh()
	b.changed()
}

// room is where the picture lies in the widget.
func (b *cropBox) room() (at fyne.Position, size fyne.Size) {
	whole, p := b.Size(), b.picture.Bounds().Size()
	scale := min(whole.Width/float32(p.X), whole.Height/float32(p.Y))
	size = fyne.NewSize(float32(p.X)*scale, float32(p.Y)*scale)
	floor := func(v float32) float32 { return float32(int(v)) } // so that what lies side by side meets without a seam
	size.Width, size.Height = floor(size.Width), floor(size.Height)
	return fyne.NewPos(floor((whole.Width-size.Width)/2), floor((whole.Height-size.Height)/2)), size
}

// corners are those of the part, in the widget: from the top left, clockwise.
func (b *cropBox) corners() [4]fyne.Position {
	at, size := b.room()
	x, y := at.X+float32(b.crop.X)*size.Width, at.Y+float32(b.crop.Y)*size.Height
	w, h := float32(b.crop.W)*size.Width, float32(b.crop.H)*size.Height
	x, y, w, h = float32(int(x)), float32(int(y)), float32(int(w)), float32(int(h))
	return [4]fyne.Position{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}
}

// MouseDown takes hold of a corner, or of the whole part.
func (b *cropBox) MouseDown(e *desktop.MouseEvent) {
	b.corner, b.start, b.moved = noCorner, b.crop, fyne.Position{}
	for i, c := range b.corners() {
		if near := e.Position.Subtract(c); near.X*near.X+near.Y*near.Y <= cropTouching*cropTouching {
			b.corner = i
		}
	}
}

// MouseUp lets go.
func (b *cropBox) MouseUp(*desktop.MouseEvent) {}

// Dragged moves what was taken hold of.
func (b *cropBox) Dragged(e *fyne.DragEvent) {
	b.moved = b.moved.Add(e.Dragged)
	_, size := b.room()
	dx, dy := float64(b.moved.X/size.Width), float64(b.moved.Y/size.Height)
	if b.corner == noCorner {
		c := b.start
		c.X, c.Y = c.X+dx, c.Y+dy
		b.set(b.shape, c)
		return
	}
	b.pull(dx, dy)
}

// pull moves a corner and leaves the one across where it is; the shape stays.
func (b *cropBox) pull(dx, dy float64) {
	c := b.start
	left, top := b.corner == 0 || b.corner == 3, b.corner < 2
	ratio := c.W / c.H
	if left {
		dx = -dx
	}
	if top {
		dy = -dy
	}
	w := c.W + max(dx, dy*ratio)
	roomX, roomY := 1-c.X, 1-c.Y
	if left {
		roomX = c.X + c.W
	}
	if top {
		roomY = c.Y + c.H
	}
	w = max(0.1, min(w, roomX, roomY*ratio))
	next := advocacy.Crop{X: c.X, Y: c.Y, W: w, H: w / ratio, Shape: c.Shape}
	if left {
		next.X = c.X + c.W - w
	}
	if top {
		next.Y = c.Y + c.H - w/ratio
	}
	b.set(b.shape, next)
}

// DragEnd is used by Fyne.
func (b *cropBox) DragEnd() {}

// Cursor tells that it can be taken hold of.
func (b *cropBox) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is used by Fyne.
func (b *cropBox) FocusGained() {
	b.focused = true
	b.Refresh()
}

// FocusLost is used by Fyne.
func (b *cropBox) FocusLost() {
	b.focused = false
	b.Refresh()
}

// TypedRune makes the part larger or smaller.
func (b *cropBox) TypedRune(r rune) {
	switch r {
	case '+', '=':
		b.grow(cropGrow)
	case '-':
		b.grow(1 / cropGrow)
	default:
		kit.PassRune(b, r)
	}
}

func (b *cropBox) grow(by float64) {
	c := b.crop
	w, h := min(1, c.W*by), min(1, c.H*by)
	b.set(b.shape, advocacy.Crop{X: c.X + (c.W-w)/2, Y: c.Y + (c.H-h)/2, W: w, H: h, Shape: c.Shape})
}

// TypedKey moves the part.
func (b *cropBox) TypedKey(e *fyne.KeyEvent) {
	c := b.crop
	switch e.Name {
	case fyne.KeyLeft:
		c.X -= cropStep
	case fyne.KeyRight:
		c.X += cropStep
	case fyne.KeyUp:
		c.Y -= cropStep
	case fyne.KeyDown:
		c.Y += cropStep
	case fyne.KeyPageUp:
		c.Y -= cropLeap
	case fyne.KeyPageDown:
		c.Y += cropLeap
	case fyne.KeyHome:
		c = advocacy.Crop{}
	default:
		kit.PassKey(b, e)
		return
	}
	b.set(b.shape, c)
}

// CreateRenderer is used by Fyne.
func (b *cropBox) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.image}
	for _, s := range b.shades {
		objects = append(objects, s)
	}
	objects = append(objects, b.frame)
	for _, h := range b.handles {
		objects = append(objects, h)
	}
	return &cropDrawing{box: b, objects: objects}
}

type cropDrawing struct {
	box     *cropBox
	objects []fyne.CanvasObject
}

func (d *cropDrawing) Destroy()                     {}
func (d *cropDrawing) MinSize() fyne.Size           { return fyne.NewSize(cropWide, cropHigh) }
func (d *cropDrawing) Objects() []fyne.CanvasObject { return d.objects }

func (d *cropDrawing) Refresh() {
	d.Layout(d.box.Size())
	canvas.Refresh(d.box)
}

func (d *cropDrawing) Layout(fyne.Size) {
	b := d.box
	at, size := b.room()
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	put(b.image, at.X, at.Y, size.Width, size.Height)
	c := b.corners()
	left, top, right, bottom := c[0].X, c[0].Y, c[2].X, c[2].Y
	put(b.shades[0], at.X, at.Y, size.Width, top-at.Y)
	put(b.shades[1], at.X, bottom, size.Width, at.Y+size.Height-bottom)
	put(b.shades[2], at.X, top, left-at.X, bottom-top)
	put(b.shades[3], right, top, at.X+size.Width-right, bottom-top)
	for _, s := range b.shades {
		s.FillColor = theme.Color(theme.Shade)
	}
	put(b.frame, left, top, right-left, bottom-top)
	b.frame.StrokeColor, b.frame.StrokeWidth = theme.Color(theme.Accent), 2
	if b.focused {
		b.frame.StrokeColor = theme.Color(theme.Focus)
	}
	for i, h := range b.handles {
		put(h, c[i].X-handleSize/2, c[i].Y-handleSize/2, handleSize, handleSize)
		h.FillColor, h.StrokeColor, h.StrokeWidth, h.CornerRadius = theme.Color(theme.Surface), theme.Color(theme.Accent), 2, 3
	}
}

// crop lets a person choose the part of the picture that each network shows.
func (p *picturePane) crop() {
	if p.image == nil {
		return
	}
	networks := advocacy.Networks()
	crops := map[string]advocacy.Crop{}
	for id, c := range p.c.step.Spotlight.Picture.Crops {
		crops[id] = c
	}
	at := networks[0]
	if n, ok := advocacy.NetworkByID(p.c.texts.at); ok {
		at = n
	}
	says := kit.NewLabel("", kit.Caption)
	source := kit.Help("")
	var box *cropBox
	showing := false
	box = newCropBox(p.image.Image, func() {
		part := at.Part(box.picture.Bounds(), box.crop)
		text := fmt.Sprintf("%d by %d pixels, shown at %d by %d.", part.Dx(), part.Dy(), box.shape.Width, box.shape.Height)
		if part.Dx() < box.shape.Width/2 {
			text += " So small a part looks coarse."
		}
		says.SetText(text)
		if !showing {
			crops[at.ID] = box.crop
		}
	})
	shapes := kit.NewSegmented([]string{""}, 0, nil)
	head := kit.Line(theme.Space3)
	show := func() {
		showing = true
		var names []string
		chosen := 0
		for i, s := range at.Pictures.Shapes {
			names = append(names, s.Name)
			if s.ID == at.ShapeOf(crops[at.ID]).ID {
				chosen = i
			}
		}
		shapes = kit.NewSegmented(names, chosen, func(i int) { box.set(at.Pictures.Shapes[i], crops[at.ID]) })
		head.Objects[len(head.Objects)-1] = shapes
		head.Refresh()
		source.SetText("Sizes: " + at.Pictures.Source + ". Arrows move the part, + and − change its size, Home brings it to the middle.")
		box.set(at.ShapeOf(crops[at.ID]), crops[at.ID])
		showing = false
	}
	var names []string
	for _, n := range networks {
		names = append(names, n.Name)
	}
	choose := kit.NewSelect(names, nil)
	choose.SetSelected(at.Name)
	choose.OnChanged = func(name string) {
		for _, n := range networks {
			if n.Name == name {
				at = n
			}
		}
		show()
		p.c.s.host.Focus(box)
	}
	head.Objects = []fyne.CanvasObject{kit.MinWidth(kit.Framed(choose), 220), shapes}
	everywhere := widget.NewCheck("Use this middle on all networks", nil)
	show()
	p.c.s.host.Dialog("Crop for each network", kit.Column(theme.Space3, head, box, says, source, everywhere), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Back to the middle", Stay: true, Run: func() { box.set(box.shape, advocacy.Crop{}) }},
		kit.Button{Title: "Save", Primary: true, Run: func() {
			if everywhere.Checked {
				size := box.picture.Bounds().Size()
				for _, n := range networks {
					crops[n.ID] = box.crop.Fitted(n.ShapeOf(crops[n.ID]), size.X, size.Y)
				}
			}
			p.keepCrops(crops)
		}})
	p.c.s.host.Focus(box)
}

// keepCrops stores what changed, with a way back.
func (p *picturePane) keepCrops(crops map[string]advocacy.Crop) {
	by, before := p.c.s.actor(), p.c.step.Spotlight.Picture.Crops
	set := func(to map[string]advocacy.Crop) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			for _, n := range advocacy.Networks() {
				if to[n.ID] != p.c.step.Spotlight.Picture.Crops[n.ID] {
					if err := p.c.s.deps.Store.CropPicture(ctx, p.c.id, n.ID, to[n.ID], by); err != nil {
						return err
					}
				}
			}
			return nil
		}
	}
	p.c.keep("Cropping the picture", set(crops), func() {
		p.c.s.host.ToastUndo("The picture is cropped.", func() { p.c.keep("Undoing the crop", set(before), nil) })
	})
}

// cropped says for which networks a part was chosen.
func cropped(p advocacy.Picture) string {
	var names []string
	for _, n := range advocacy.Networks() {
		if c, ok := p.Crops[n.ID]; ok {
			names = append(names, shortName(n)+" ("+strings.ToLower(n.ShapeOf(c).Name)+")")
		}
	}
	if len(names) == 0 {
		return "Each network shows the middle in its own shape."
	}
	return "Cropped for " + strings.Join(names, ", ") + ". Elsewhere the middle."
}

// cut is the part of a picture that the network shows.
func cut(picture image.Image, n advocacy.Network, c advocacy.Crop) image.Image {
	if parts, ok := picture.(interface {
		SubImage(r image.Rectangle) image.Image
	}); ok {
		return parts.SubImage(n.Part(picture.Bounds(), c))
	}
	return picture
}
