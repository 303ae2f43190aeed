package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/ui/theme"
)

func TestOnlyACutTitleHasATip(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	const title = "Why a thank-you can be a disclosure"
	shown := Tipped(NewLabel(title, Title).Ellipsis()).(*tipped)
	for width, want := range map[float32]string{120: title, 900: ""} {
		shown.Resize(fyne.NewSize(width, 30))
		if got := shown.tip(); got != want {
			t.Errorf("at %.0f: got the tip %q, want %q", width, got, want)
		}
	}
}
