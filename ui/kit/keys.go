package kit

import "fyne.io/fyne/v2"

// Fyne gives every key to the widget that has the keyboard and to nobody else. Our widgets hand on
// what they have no use for, so that the shell's keys work wherever the focus is but in an entry.

func passRune(o fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if act := c.OnTypedRune(); act != nil {
			act(r)
		}
	}
}

func passKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if act := c.OnTypedKey(); act != nil {
			act(e)
		}
	}
}

func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// takeFocus gives the keyboard to o.
func takeFocus(o fyne.Focusable) {
	object, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(object); c != nil {
		c.Focus(o)
	}
}
