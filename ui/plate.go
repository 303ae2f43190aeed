package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"goodword/ui/theme"
)

// plate draws content on a rounded ground; toasts, dialogs and the palette are plates.
type plate struct {
	owner        fyne.Widget
	role, border fyne.ThemeColorName
	face         *canvas.Rectangle
	content      fyne.CanvasObject
}

func newPlate(owner fyne.Widget, role, border fyne.ThemeColorName, radius float32, content fyne.CanvasObject) fyne.WidgetRenderer {
	p := &plate{owner: owner, role: role, border: border, face: canvas.NewRectangle(nil), content: content}
	p.face.CornerRadius = radius
	p.face.Shadow = canvas.Shadow{BlurRadius: 16, Offset: fyne.NewPos(0, 4)}
	p.paint()
	return p
}

func (p *plate) paint() {
	p.face.FillColor = theme.Color(p.role)
	p.face.Shadow.Color = theme.Color(theme.Shade)
	if p.border != "" {
		p.face.StrokeColor, p.face.StrokeWidth = theme.Color(p.border), 1
	}
}

// Layout fills the size.
func (p *plate) Layout(size fyne.Size) {
	p.face.Resize(size)
	p.content.Resize(size)
}

// MinSize is that of the content.
func (p *plate) MinSize() fyne.Size { return p.content.MinSize() }

// Objects are the face and the content.
func (p *plate) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{p.face, p.content} }

// Refresh takes over the theme.
func (p *plate) Refresh() {
	p.paint()
	p.Layout(p.owner.Size())
	canvas.Refresh(p.owner)
}

// Destroy has nothing to free.
func (p *plate) Destroy() {}
