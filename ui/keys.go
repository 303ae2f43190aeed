package ui

import (
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
)

// keyOf reads "Ctrl+Enter", "Alt+Left", "J", "?" or "Delete". A key without modifier that is one
// letter or sign comes as a rune, all others as a named key.
func keyOf(text string) (letter rune, name fyne.KeyName, modifier fyne.KeyModifier) {
	parts := strings.Split(text, "+")
	if strings.HasSuffix(text, "+") && text != "" {
		parts = append(parts[:len(parts)-2], "+")
	}
	for _, part := range parts[:len(parts)-1] {
		switch strings.ToLower(part) {
		case "ctrl":
			modifier |= fyne.KeyModifierShortcutDefault
		case "alt":
			modifier |= fyne.KeyModifierAlt
		case "shift":
			modifier |= fyne.KeyModifierShift
		}
	}
	last := parts[len(parts)-1]
	if utf8.RuneCountInString(last) == 1 {
		r, _ := utf8.DecodeRuneInString(last)
		if modifier == 0 {
			return unicode.ToLower(r), "", 0
		}
		return 0, fyne.KeyName(strings.ToUpper(last)), modifier
	}
	names := map[string]fyne.KeyName{
		"enter": fyne.KeyReturn, "return": fyne.KeyReturn, "escape": fyne.KeyEscape, "delete": fyne.KeyDelete,
		"backspace": fyne.KeyBackspace, "space": fyne.KeySpace, "tab": fyne.KeyTab, "left": fyne.KeyLeft,
		"right": fyne.KeyRight, "up": fyne.KeyUp, "down": fyne.KeyDown, "home": fyne.KeyHome, "end": fyne.KeyEnd,
		"pageup": fyne.KeyPageUp, "pagedown": fyne.KeyPageDown, "insert": fyne.KeyInsert,
	}
	if known, ok := names[strings.ToLower(last)]; ok {
		return 0, known, modifier
	}
	return 0, fyne.KeyName(last), modifier // F1 and its like
}

// keyText writes a key as it stands on this computer's keyboard.
func keyText(key string) string {
	if runtime.GOOS == "darwin" {
		return strings.NewReplacer("Ctrl+", "⌘", "Alt+", "⌥", "Shift+", "⇧").Replace(key)
	}
	return key
}

// keyboard is the shell's hold on the keys of the window.
type keyboard struct {
	canvas    fyne.Canvas
	commands  func() []kit.Command // all that may run now
	shortcuts []fyne.Shortcut      // registered with the canvas
	stirred   func()               // told each key
}

// listen takes over the keys that no widget wants.
func (k *keyboard) listen(escape func()) {
	k.canvas.SetOnTypedRune(func(r rune) { k.run(unicode.ToLower(r), "", 0) })
	k.canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			escape()
			return
		}
		name := e.Name
		if name == fyne.KeyEnter {
			name = fyne.KeyReturn
		}
		k.run(0, name, 0)
	})
	// On most keyboards undo is Ctrl+Z, which Fyne hands on under a name of its own.
	k.canvas.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { k.run('z', "", 0) })
	k.canvas.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { k.run(0, fyne.KeyV, fyne.KeyModifierShortcutDefault) })
	if c, ok := k.canvas.(desktop.Canvas); ok {
		c.SetOnKeyDown(func(e *fyne.KeyEvent) { k.plain(e, escape) })
	}
}

// plain gives Fyne's own buttons, ticks and choices the two keys that they swallow: Escape leaves, Enter presses.
func (k *keyboard) plain(e *fyne.KeyEvent, escape func()) {
	focused := k.canvas.Focused()
	switch focused.(type) {
	case *widget.Button, *widget.Check, *widget.Select, *widget.Hyperlink:
	default:
		return // kit's own widgets and entries hand on what they do not use
	}
	switch e.Name {
	case fyne.KeyEscape:
		escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		if button, ok := focused.(*widget.Button); ok {
			button.Tapped(&fyne.PointEvent{})
		}
	}
}

// shortcut runs the command of a shortcut that a focused widget passed on.
func (k *keyboard) shortcut(s fyne.Shortcut) {
	if key, ok := s.(*desktop.CustomShortcut); ok {
		name := key.KeyName
		if name == fyne.KeyEnter {
			name = fyne.KeyReturn
		}
		k.run(0, name, key.Modifier)
	}
}

// refresh registers the keys with modifiers; it is called when the commands may have changed.
func (k *keyboard) refresh() {
	for _, shortcut := range k.shortcuts {
		k.canvas.RemoveShortcut(shortcut)
	}
	k.shortcuts = k.shortcuts[:0]
	for _, command := range k.commands() {
		_, name, modifier := keyOf(command.Key)
		if name == "" || modifier == 0 {
			continue
		}
		names := []fyne.KeyName{name}
		if name == fyne.KeyReturn {
			names = append(names, fyne.KeyEnter) // the one on the number pad
		}
		for _, n := range names {
			shortcut := &desktop.CustomShortcut{KeyName: n, Modifier: modifier}
			k.canvas.AddShortcut(shortcut, k.shortcut)
			k.shortcuts = append(k.shortcuts, shortcut)
		}
	}
}

// run runs the first command that has the key and can run.
func (k *keyboard) run(letter rune, name fyne.KeyName, modifier fyne.KeyModifier) {
	k.stirred()
	for _, command := range k.commands() {
		if command.Key == "" {
			continue
		}
		l, n, m := keyOf(command.Key)
		if l == letter && n == name && m == modifier && command.CanRun() {
			command.Run()
			return
		}
	}
}
