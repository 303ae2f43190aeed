package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// TestBlankAtTheEndOfALine types at many widths, so that some blank falls exactly where a line breaks.
func TestBlankAtTheEndOfALine(t *testing.T) {
	kittest.App(t)
	const text = "We would like to listen  and to make it better, so please call us."
	for width := float32(120); width < 420; width += 3 {
		e := kit.NewMultiLine("", 4)
		kittest.Window(t, e, width, 200)
		test.Type(e, text)
		if e.Text != text {
			t.Fatalf("width %v: got %q", width, e.Text)
		}
		for range 3 {
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		}
		if want := text[:len(text)-3]; e.Text != want {
			t.Fatalf("width %v, after three backspaces: got %q, want %q", width, e.Text, want)
		}
	}
}

func TestBackspaceTakesTheBlankAtTheEndOfALine(t *testing.T) {
	kittest.App(t)
	for width := float32(120); width < 420; width += 3 {
		e := kit.NewMultiLine("", 4)
		kittest.Window(t, e, width, 200)
		test.Type(e, "We would like to listen ")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		test.Type(e, "!")
		if want := "We would like to listen!"; e.Text != want {
			t.Fatalf("width %v: got %q, want %q", width, e.Text, want)
		}
	}
}
