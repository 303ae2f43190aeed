package today

import (
	"fyne.io/fyne/v2"

	"goodword/ui/theme"
)

// sideWidth is the least width of the figures beside the list, and wide the width from which they stand there.
const (
	sideWidth float32 = 360
	wide      float32 = 860
)

// beside sets the list at the left and the figures at the right, or the figures beneath where there is no room. Each child gets its
// width before its height is asked, so that wrapped texts are right at once.
type beside struct{ width float32 }

// MinSize is as high as at the last width.
func (b *beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right := o[0].MinSize(), o[1].MinSize()
	if b.width >= wide {
		return fyne.NewSize(320, max(left.Height, right.Height))
	}
	return fyne.NewSize(320, left.Height+theme.Space4+right.Height)
}

// Layout places the two.
func (b *beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	if size.Width < wide {
		top := settle(o[0], 0, 0, size.Width)
		settle(o[1], 0, top+theme.Space4, size.Width)
		return
	}
	side := max(sideWidth, min(size.Width*0.32, 460))
	settle(o[0], 0, 0, size.Width-side-theme.Space4)
	settle(o[1], size.Width-side, 0, side)
}

func settle(o fyne.CanvasObject, x, y, width float32) (height float32) {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	height = o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	o.Move(fyne.NewPos(x, y))
	return height
}
