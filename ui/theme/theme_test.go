package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"goodword/ui/theme"
)

// pairs lists each text role with every ground it is drawn on. WCAG 2.2 AA asks 4.5:1 of text and
// 3:1 of shapes that carry meaning.
var pairs = []struct {
	front, back fyne.ThemeColorName
	least       float64
}{
	{theme.Text, theme.Background, 4.5},
	{theme.Text, theme.Sidebar, 4.5},
	{theme.Text, theme.Canvas, 4.5},
	{theme.Text, theme.Surface, 4.5},
	{theme.Text, theme.Hover, 4.5},
	{theme.Text, theme.Selected, 4.5},
	{theme.Text, fynetheme.ColorNameButton, 4.5},
	{theme.Text, fynetheme.ColorNameInputBackground, 4.5},
	{theme.Text, fynetheme.ColorNameMenuBackground, 4.5},
	{theme.Text, fynetheme.ColorNameSelection, 4.5},
	{theme.Text, theme.GoodSoft, 4.5},
	{theme.Text, theme.WarnSoft, 4.5},
	{theme.Text, theme.BadSoft, 4.5},
	{theme.Text, theme.NeutralSoft, 4.5},
	{theme.Text, theme.AccentSoft, 4.5},
	{theme.Secondary, theme.Background, 4.5},
	{theme.Secondary, theme.Sidebar, 4.5},
	{theme.Secondary, theme.Canvas, 4.5},
	{theme.Secondary, theme.Surface, 4.5},
	{theme.Secondary, theme.Hover, 4.5},
	{theme.Secondary, theme.Selected, 4.5},
	{theme.Secondary, theme.NeutralSoft, 4.5},
	{theme.Secondary, fynetheme.ColorNameInputBackground, 4.5},
	{theme.OnAccent, theme.Accent, 4.5},
	{theme.AccentText, theme.Background, 4.5},
	{theme.AccentText, theme.Sidebar, 4.5},
	{theme.AccentText, theme.Canvas, 4.5},
	{theme.AccentText, theme.Surface, 4.5},
	{theme.AccentText, theme.AccentSoft, 4.5},
	{theme.AccentText, theme.Selected, 4.5},
	{theme.AccentText, theme.Hover, 4.5},
	{theme.Good, theme.GoodSoft, 4.5},
	{theme.Good, theme.Background, 4.5},
	{theme.Good, theme.Surface, 4.5},
	{theme.Good, theme.Canvas, 4.5},
	{theme.Good, theme.Selected, 4.5},
	{theme.Warn, theme.WarnSoft, 4.5},
	{theme.Warn, theme.Background, 4.5},
	{theme.Warn, theme.Surface, 4.5},
	{theme.Warn, theme.Canvas, 4.5},
	{theme.Warn, theme.Selected, 4.5},
	{theme.Bad, theme.BadSoft, 4.5},
	{theme.Bad, theme.Background, 4.5},
	{theme.Bad, theme.Surface, 4.5},
	{theme.Bad, theme.Canvas, 4.5},
	{theme.Bad, theme.Selected, 4.5},
	{theme.Bad, theme.Hover, 4.5},
	{theme.Neutral, theme.NeutralSoft, 4.5},
	{theme.Neutral, theme.Surface, 4.5},
	{theme.OnInverse, theme.Inverse, 4.5},
	{theme.InverseAccent, theme.Inverse, 4.5},
	{fynetheme.ColorNameHyperlink, theme.Background, 4.5},
	{fynetheme.ColorNameHyperlink, theme.Surface, 4.5},
	{fynetheme.ColorNameForegroundOnError, theme.Bad, 4.5},
	{fynetheme.ColorNameForegroundOnSuccess, theme.Good, 4.5},
	{fynetheme.ColorNameForegroundOnWarning, theme.Warn, 4.5},
	// WCAG asks nothing of disabled controls; they should still be readable.
	{fynetheme.ColorNameDisabled, theme.Background, 3.5},
	{fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabledButton, 3.5},
	{theme.GoodMark, theme.Background, 3},
	{theme.WarnMark, theme.Background, 2.9},
	{theme.BadMark, theme.Background, 3},
	{theme.Outline, theme.Background, 3},
	{theme.Outline, theme.Surface, 3},
	{theme.Accent, theme.Background, 3},
	{theme.Accent, theme.Selected, 3},
	{theme.Focus, theme.Background, 3},
	{theme.Focus, theme.Sidebar, 3},
	{theme.Focus, theme.Selected, 3},
}

func TestContrast(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		look := theme.New(mode, 1)
		for _, pair := range pairs {
			t.Run(fmt.Sprintf("%s/%s on %s", mode, pair.front, pair.back), func(t *testing.T) {
				got := ratio(look.Color(pair.front, 0), look.Color(pair.back, 0))
				if got < pair.least {
					t.Errorf("got %.2f:1, want at least %.1f:1", got, pair.least)
				}
			})
		}
	}
}

func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestEveryRoleHasBothValues(t *testing.T) {
	light, dark := theme.New(theme.Light, 1), theme.New(theme.Dark, 1)
	for _, pair := range pairs {
		for _, role := range []fyne.ThemeColorName{pair.front, pair.back} {
			if light.Color(role, 0) == dark.Color(role, 0) {
				t.Errorf("%s is the same in light and dark", role)
			}
		}
	}
}

func TestAutoFollowsTheComputer(t *testing.T) {
	look := theme.New(theme.Auto, 1)
	if look.IsDark(fynetheme.VariantLight) || !look.IsDark(fynetheme.VariantDark) {
		t.Error("auto does not follow the variant")
	}
	if theme.New(theme.Light, 1).IsDark(fynetheme.VariantDark) {
		t.Error("light follows the computer")
	}
}

func TestTextScale(t *testing.T) {
	tests := []struct{ scale, want float32 }{{1, 14}, {1.5, 21}, {0.1, 11.2}, {9, 28}}
	for _, test := range tests {
		look := theme.New(theme.Light, test.scale)
		if got := look.Size(theme.SizeText); got != test.want {
			t.Errorf("scale %v: got text of %v, want %v", test.scale, got, test.want)
		}
		if got, want := look.Size(fynetheme.SizeNamePadding), float32(4); got != want {
			t.Errorf("scale %v: got padding of %v, want %v", test.scale, got, want)
		}
	}
}

func TestFyneIconsAreOurs(t *testing.T) {
	app := fynetest.NewTempApp(t)
	look := theme.New(theme.Light, 1)
	app.Settings().SetTheme(look)
	for _, name := range []fyne.ThemeIconName{fynetheme.IconNameSearch, fynetheme.IconNameDelete, fynetheme.IconNameArrowDropDown} {
		icon := look.Icon(name)
		if _, ok := icon.(fyne.ThemedResource); !ok {
			t.Errorf("%s does not follow the theme", name)
		}
		if len(icon.Content()) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}} {
		if font := look.Font(style); font == nil || len(font.Content()) == 0 {
			t.Errorf("no font for %+v", style)
		}
	}
}
