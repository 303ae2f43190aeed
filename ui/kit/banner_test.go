package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// TestABannerKeepsItsTextReadable asks that buttons move beneath the text before they squeeze it into a column of letters.
func TestABannerKeepsItsTextReadable(t *testing.T) {
	kittest.App(t)
	const text = "Phone call by a manager within one working day. It is negative, and it is about money or how the care turned out."
	height := func(width float32, buttons ...kit.Button) float32 {
		b := kit.NewBanner(kit.ToneNeutral, text, buttons...)
		b.Resize(fyne.NewSize(width, b.MinSize().Height))
		return b.MinSize().Height
	}
	two := []kit.Button{{Title: "Call-back script", Run: func() {}}, {Title: "No public reply", Run: func() {}}}
	alone := height(360)
	if got := height(360, two...); got <= alone || got > alone+80 {
		t.Errorf("narrow: got a height of %v, want a line of buttons more than %v", got, alone)
	}
	if got, want := height(1000, two...), height(360, two...); got >= want {
		t.Errorf("wide: got a height of %v, want less than %v", got, want)
	}
}
