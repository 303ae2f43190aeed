package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		typed, title string
		want         bool
	}{
		{"", "Anything", true},
		{"inb", "Go to Inbox", true},
		{"gti", "Go to Inbox", true},
		{"GO IN", "Go to Inbox", true},
		{"xob", "Go to Inbox", false},
		{"inboxx", "Go to Inbox", false},
		{"é", "Café", true},
	}
	for _, test := range tests {
		if _, got := match(test.typed, test.title); got != test.want {
			t.Errorf("match(%q, %q): got %v, want %v", test.typed, test.title, got, test.want)
		}
	}
	better := []struct{ typed, title, than string }{
		{"in", "Insights", "Go to Inbox"},
		{"inb", "Go to Inbox", "Sign up neighbours"},
		{"gs", "Go to Settings", "Delete all rights"},
	}
	for _, test := range better {
		a, _ := match(test.typed, test.title)
		b, _ := match(test.typed, test.than)
		if a <= b {
			t.Errorf("%q: %q scores %d, %q %d; want the first higher", test.typed, test.title, a, test.than, b)
		}
	}
}

func TestKeyOf(t *testing.T) {
	ctrl := fyne.KeyModifierShortcutDefault
	tests := []struct {
		text     string
		letter   rune
		name     fyne.KeyName
		modifier fyne.KeyModifier
	}{
		{"J", 'j', "", 0},
		{"?", '?', "", 0},
		{"Ctrl+Enter", 0, fyne.KeyReturn, ctrl},
		{"Ctrl+K", 0, fyne.KeyK, ctrl},
		{"Ctrl+1", 0, fyne.Key1, ctrl},
		{"Ctrl+Shift+P", 0, fyne.KeyP, ctrl | fyne.KeyModifierShift},
		{"Alt+Left", 0, fyne.KeyLeft, fyne.KeyModifierAlt},
		{"Delete", 0, fyne.KeyDelete, 0},
		{"F5", 0, fyne.KeyF5, 0},
		{"Ctrl++", 0, "+", ctrl},
	}
	for _, test := range tests {
		letter, name, modifier := keyOf(test.text)
		if letter != test.letter || name != test.name || modifier != test.modifier {
			t.Errorf("%s: got %q %q %d, want %q %q %d", test.text, letter, name, modifier, test.letter, test.name, test.modifier)
		}
	}
}
