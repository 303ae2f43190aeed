package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// cover lies over everything in the window and lets nothing through, neither looks nor presses.
type cover struct {
	widget.BaseWidget
	face    *canvas.Rectangle
	content fyne.CanvasObject
	stirred func()
}

var _ desktop.Cursorable = (*cover)(nil)

func newCover(content fyne.CanvasObject, stirred func()) *cover {
	c := &cover{face: canvas.NewRectangle(nil), content: content, stirred: stirred}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is used by Fyne.
func (c *cover) CreateRenderer() fyne.WidgetRenderer { return &coverRenderer{c} }

// Tapped takes presses beside the content and does nothing.
func (c *cover) Tapped(*fyne.PointEvent) {}

// Cursor is asked at each move of the pointer, which is how the shell hears of it.
func (c *cover) Cursor() desktop.Cursor { c.stirred(); return desktop.DefaultCursor }

type coverRenderer struct{ c *cover }

// Layout gives everything the whole window.
func (r *coverRenderer) Layout(size fyne.Size) {
	r.c.face.Resize(size)
	r.c.content.Resize(size)
}

// MinSize is that of the content.
func (r *coverRenderer) MinSize() fyne.Size { return r.c.content.MinSize() }

// Objects are the ground and the content.
func (r *coverRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.face, r.c.content}
}

// Refresh takes over the theme.
func (r *coverRenderer) Refresh() {
	r.c.face.FillColor = theme.Color(theme.Background)
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

// Destroy has nothing to free.
func (r *coverRenderer) Destroy() {}

// Cover hides everything in the window, dialogs and toasts as well, behind content until Uncover. Keys run nothing meanwhile but commands.
func (s *Shell) Cover(content fyne.CanvasObject, commands ...kit.Command) {
	overlays := s.config.Window.Canvas().Overlays()
	if s.cover != nil {
		overlays.Remove(s.cover)
	}
	s.cover, s.coverCommands = newCover(content, s.stir), commands
	s.root.Hide() // so that nothing of it is drawn, read aloud or found
	s.toasts.layer.Hide()
	s.onTop()
	s.keys.refresh()
}

// onTop puts the cover over whatever came after it.
func (s *Shell) onTop() {
	if s.cover == nil {
		return
	}
	canvas := s.config.Window.Canvas()
	canvas.Overlays().Remove(s.cover)
	canvas.Overlays().Add(s.cover)
	s.cover.Resize(canvas.Size())
	s.cover.Refresh()
}

// Uncover shows the window again as it was.
func (s *Shell) Uncover() {
	if s.cover == nil {
		return
	}
	s.config.Window.Canvas().Overlays().Remove(s.cover)
	s.cover, s.coverCommands = nil, nil
	s.root.Show()
	s.toasts.layer.Show()
	s.stir()
	s.keys.refresh()
}

// Covered reports whether the window is hidden behind a cover.
func (s *Shell) Covered() bool { return s.cover != nil }

// stir notes that somebody touched the pointer or the keyboard.
func (s *Shell) stir() {
	if s.config.OnStir != nil {
		s.config.OnStir()
	}
}

// Typed is a mark that changes when somebody types, even into an entry, which keeps its keys to itself.
func (s *Shell) Typed() string {
	switch entry := s.config.Window.Canvas().Focused().(type) {
	case *kit.Entry:
		return entry.Text
	case *kit.Search:
		return entry.Text
	}
	return ""
}
