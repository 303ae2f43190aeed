package kit

import "fyne.io/fyne/v2"

// Fyne gives every key to the widget that has the keyboard and to nobody else. Our widgets hand on
// what they have no use for, so that the shell's keys work wherever the focus is but in an entry.

// PassRune hands a letter that a focused widget has no use for to the shell.
func PassRune(o fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if act := c.OnTypedRune(); act != nil {
			act(r)
		}
	}
}

// PassKey hands a key that a focused widget has no use for to the shell.
func PassKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if act := c.OnTypedKey(); act != nil {
			act(e)
		}
	}
}

// PassShortcut hands a shortcut that a focused widget has no use for to the shell.
func PassShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if l := layersOf(o); l != nil && l.OnShortcut != nil {
		l.OnShortcut(s)
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
