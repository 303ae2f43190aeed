// Package kittest helps the tests of screens: a Host that remembers what was asked of it.
package kittest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Host is a kit.Host that remembers. Confirm runs the step if Yes is set.
type Host struct {
	Yes      bool  // what Confirm is answered
	PersonID int64 // what Who answers
	Person   string
	Win      fyne.Window

	Toasts   []string
	Undo     func() // of the last ToastUndo
	Failures []string
	Asked    []string // titles of Confirm
	Dialogs  []Shown
	Went     []Place
	Copied   []string
	Opened   []string
	Focused  []fyne.Focusable
	Status   string
	Progress float64
}

// Place is a call of Go.
type Place struct {
	Screen string
	Arg    any
}

// Shown is a call of Dialog. Press runs one of its buttons.
type Shown struct {
	Title   string
	Content fyne.CanvasObject
	Buttons []kit.Button
	Closed  bool
}

// Press runs the button with a title and reports whether there is one.
func (s *Shown) Press(title string) bool {
	for _, b := range s.Buttons {
		if b.Title == title {
			if b.Run != nil {
				b.Run()
			}
			s.Closed = s.Closed || !b.Stay
			return true
		}
	}
	return false
}

var _ kit.Host = (*Host)(nil)

// App starts a test app in Goodword's light theme for the length of a test.
func App(t testing.TB) fyne.App {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	return app
}

// Window shows content in a window of the given size.
func Window(t testing.TB, content fyne.CanvasObject, width, height float32) fyne.Window {
	w := test.NewTempWindow(t, kit.NewLayers(kit.Ground(theme.Background, content), nil))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// Toast remembers.
func (h *Host) Toast(text string) { h.Toasts = append(h.Toasts, text) }

// ToastUndo remembers.
func (h *Host) ToastUndo(text string, undo func()) {
	h.Toasts = append(h.Toasts, text)
	h.Undo = undo
}

// Fail remembers.
func (h *Host) Fail(doing string, err error) {
	h.Failures = append(h.Failures, doing+": "+err.Error())
}

// Confirm remembers, and runs the step if Yes is set.
func (h *Host) Confirm(title, _, _ string, then func()) {
	h.Asked = append(h.Asked, title)
	if h.Yes {
		then()
	}
}

// Dialog remembers.
func (h *Host) Dialog(title string, content fyne.CanvasObject, buttons ...kit.Button) func() {
	h.Dialogs = append(h.Dialogs, Shown{Title: title, Content: content, Buttons: buttons})
	at := len(h.Dialogs) - 1
	return func() { h.Dialogs[at].Closed = true }
}

// LastDialog is the dialog shown last, nil if there was none.
func (h *Host) LastDialog() *Shown {
	if len(h.Dialogs) == 0 {
		return nil
	}
	return &h.Dialogs[len(h.Dialogs)-1]
}

// Go remembers.
func (h *Host) Go(screen string, arg any) { h.Went = append(h.Went, Place{screen, arg}) }

// Copy remembers.
func (h *Host) Copy(text string) { h.Copied = append(h.Copied, text) }

// Open remembers links that are safe and refuses others, as the shell does.
func (h *Host) Open(link string) error {
	if _, err := kit.SafeLink(link); err != nil {
		return err
	}
	h.Opened = append(h.Opened, link)
	return nil
}

// Window is Win.
func (h *Host) Window() fyne.Window { return h.Win }

// Focus remembers.
func (h *Host) Focus(target fyne.Focusable) { h.Focused = append(h.Focused, target) }

// Who answers PersonID and Person.
func (h *Host) Who() (int64, string) { return h.PersonID, h.Person }

// SetStatus remembers.
func (h *Host) SetStatus(text string, progress float64, _ func()) {
	h.Status, h.Progress = text, progress
}
