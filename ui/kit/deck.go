package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Deck holds several objects and shows one of them. The others stay in the tree, hidden: Fyne tells a change of theme or of text size to what is
// in the tree only, and an object that was away at that moment would come back with the old colours.
type Deck struct {
	widget.BaseWidget
	holder *fyne.Container
}

// NewDeck makes a deck that shows its first object.
func NewDeck(objects ...fyne.CanvasObject) *Deck {
	d := &Deck{holder: container.New(topmost{}, objects...)}
	d.ExtendBaseWidget(d)
	d.ShowAt(0)
	return d
}

// ShowAt shows the object at index; an index that is not there changes nothing.
func (d *Deck) ShowAt(index int) {
	if index < 0 || index >= len(d.holder.Objects) {
		return
	}
	for i, o := range d.holder.Objects {
		if i != index {
			o.Hide()
		}
	}
	d.holder.Objects[index].Show()
	d.holder.Refresh()
}

// ShowObject shows an object of the deck, and takes it in if it is new.
func (d *Deck) ShowObject(o fyne.CanvasObject) {
	at := slices.Index(d.holder.Objects, o)
	if at < 0 {
		at = len(d.holder.Objects)
		d.holder.Add(o)
	}
	d.ShowAt(at)
}

// CreateRenderer is used by Fyne.
func (d *Deck) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.holder) }

// topmost gives all room to what is in sight and leaves the rest as it is.
type topmost struct{}

// MinSize is that of what is in sight.
func (topmost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}

// Layout gives all room to what is in sight.
func (topmost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range visible(objects) {
		put(o, 0, 0, size.Width, size.Height)
	}
}
