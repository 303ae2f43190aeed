package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// sketch is the renderer of our drawn widgets: a fixed set of objects and three functions that
// know how to place and colour them. It spares each widget its own renderer type.
type sketch struct {
	owner   fyne.Widget
	objects func() []fyne.CanvasObject
	min     func() fyne.Size
	place   func(fyne.Size)
	paint   func()
}

var _ fyne.WidgetRenderer = (*sketch)(nil)

// Layout places the objects within size.
func (s *sketch) Layout(size fyne.Size) { s.place(size) }

// MinSize is what the drawing needs.
func (s *sketch) MinSize() fyne.Size { return s.min() }

// Objects is what is drawn, back to front.
func (s *sketch) Objects() []fyne.CanvasObject { return s.objects() }

// Refresh takes over the state and the theme, places again and asks for a repaint.
func (s *sketch) Refresh() {
	s.paint()
	s.place(s.owner.Size())
	for _, o := range s.objects() {
		if image, ok := o.(*canvas.Image); ok {
			image.Refresh() // an image keeps its old drawing until it is told
		}
	}
	canvas.Refresh(s.owner)
}

// Destroy has nothing to free.
func (s *sketch) Destroy() {}

// fixed makes the objects function of a sketch whose objects never change.
func fixed(objects ...fyne.CanvasObject) func() []fyne.CanvasObject {
	return func() []fyne.CanvasObject { return objects }
}

// put moves and resizes an object at once.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
