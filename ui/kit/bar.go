package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

const barWidth float32 = 10

// bar is the scroll bar of a List.
type bar struct {
	widget.BaseWidget
	onMoved     func(share float64)
	share, part float64 // where the thumb is, and how much of the whole is in sight
	hovered     bool
}

func newBar(onMoved func(float64)) *bar {
	b := &bar{onMoved: onMoved, part: 1}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) show(share, part float64) {
	if b.share != share || b.part != part {
		b.share, b.part = share, part
		b.Refresh()
	}
}

func (b *bar) thumb(height float32) float32 {
	return max(28, height*float32(b.part))
}

// CreateRenderer is used by Fyne.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	area, thumb := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(nil)
	paint := func() {
		thumb.FillColor = theme.Color(fynetheme.ColorNameScrollBar)
		thumb.Hidden = b.part >= 1
	}
	paint()
	return &sketch{
		owner: b, objects: fixed(area, thumb), paint: paint,
		min: func() fyne.Size { return fyne.NewSize(barWidth, 28) },
		place: func(size fyne.Size) {
			area.Resize(size)
			width := float32(4)
			if b.hovered {
				width = 8
			}
			height := b.thumb(size.Height)
			thumb.CornerRadius = width / 2
			put(thumb, size.Width-width-2, (size.Height-height)*float32(b.share), width, height)
		},
	}
}

// Dragged moves the thumb.
func (b *bar) Dragged(e *fyne.DragEvent) {
	if room := b.Size().Height - b.thumb(b.Size().Height); room > 0 {
		b.onMoved(b.share + float64(e.Dragged.DY/room))
	}
}

// DragEnd does nothing.
func (b *bar) DragEnd() {}

// Tapped jumps to the place that was pressed.
func (b *bar) Tapped(e *fyne.PointEvent) {
	height := b.thumb(b.Size().Height)
	if room := b.Size().Height - height; room > 0 {
		b.onMoved(float64((e.Position.Y - height/2) / room))
	}
}

// MouseIn makes the thumb wider.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes the thumb narrow again.
func (b *bar) MouseOut() { b.hovered = false; b.Refresh() }
