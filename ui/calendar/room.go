package calendar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// room asks for a size on behalf of a content that scrolls.
type room struct{ size fyne.Size }

func newRoom(o fyne.CanvasObject, size fyne.Size) fyne.CanvasObject {
	return container.New(room{size}, o)
}

// MinSize is the size that was asked for.
func (r room) MinSize([]fyne.CanvasObject) fyne.Size { return r.size }

// Layout gives the content all of it.
func (r room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}
