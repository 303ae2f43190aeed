package inbox

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

const (
	viewsWidth = 200
	roomForAll = 880 // from this width on the views have a pane of their own; below they are a menu of the list
)

// panes sets the views at the left, where there is room for them, and the list with the mention in the rest.
type panes struct{ s *Screen }

// MinSize leaves the views out.
func (panes) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

// Layout places the panes.
func (p panes) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := size.Width >= roomForAll
	left := float32(0)
	if wide {
		left = viewsWidth + 1
	}
	o[0].Resize(fyne.NewSize(viewsWidth, size.Height))
	o[1].Resize(fyne.NewSize(size.Width-left, size.Height))
	o[1].Move(fyne.NewPos(left, 0))
	o[2].Resize(fyne.NewSize(1, size.Height))
	o[2].Move(fyne.NewPos(viewsWidth, 0))
	if menu := p.s.list.menu; o[0].Visible() != wide || menu.Visible() == wide {
		for _, own := range []fyne.CanvasObject{o[0], o[2]} {
			show(own, wide)
		}
		show(menu, !wide)
		p.s.list.content.Refresh()
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}

// viewsMenu offers the views where they have no pane.
func (s *Screen) viewsMenu() {
	items := make([]*fyne.MenuItem, 0, len(standing))
	for _, line := range s.views.all() {
		items = append(items, fyne.NewMenuItem(line.view.title, line.onTap))
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.list.menu); c != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, s.list.menu.Size().Height), s.list.menu)
	}
}

func newViewsButton(s *Screen) *kit.IconButton {
	b := kit.NewIconButton(theme.Icon("menu"), "Views", s.viewsMenu)
	b.Hide()
	return b
}
