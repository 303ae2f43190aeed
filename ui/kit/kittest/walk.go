package kittest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Objects are root and all objects in sight under it, as they are drawn. Unlike test.LaidOutObjects it makes no second renderer of a widget,
// which would leave the first one without news of a changed text or theme.
func Objects(root fyne.CanvasObject) []fyne.CanvasObject {
	if root == nil || !root.Visible() {
		return nil
	}
	all := []fyne.CanvasObject{root}
	switch o := root.(type) {
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			all = append(all, Objects(child)...)
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			all = append(all, Objects(child)...)
		}
	}
	return all
}
