// Package theme is the look of Goodword: roles of colour in light and dark, one typeface, sizes on
// a 4-point grid that grow with the reader's text setting, and one family of outlined icons.
package theme

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"goodword/assets"
)

// Mode says whether the look is light, dark or as the computer is set.
type Mode string

// The three modes, as they are kept in the settings.
const (
	Auto  Mode = "auto"
	Light Mode = "light"
	Dark  Mode = "dark"
)

// The sizes of text. They grow with the reader's setting; spaces do not.
const (
	// SizeCaption is for chips, counts and small notes.
	SizeCaption fyne.ThemeSizeName = fynetheme.SizeNameCaptionText
	// SizeSmall is for second lines.
	SizeSmall fyne.ThemeSizeName = "goodwordSmall"
	// SizeText is for most text.
	SizeText fyne.ThemeSizeName = fynetheme.SizeNameText
	// SizeReading is for reviews and replies.
	SizeReading fyne.ThemeSizeName = "goodwordReading"
	// SizeHeading is for sections and cards.
	SizeHeading fyne.ThemeSizeName = fynetheme.SizeNameSubHeadingText
	// SizeTitle is for the name of a screen.
	SizeTitle fyne.ThemeSizeName = fynetheme.SizeNameHeadingText
	// SizeFigure is for the large numbers of tiles.
	SizeFigure fyne.ThemeSizeName = "goodwordFigure"
)

// The steps of space between things, in units.
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space6 float32 = 24
	Space8 float32 = 32
)

// Radius is the rounding of cards, rows and inputs.
const Radius float32 = 6

// Theme is the look; it is a fyne.Theme.
type Theme struct {
	mode  Mode
	scale float32
}

var _ fyne.Theme = (*Theme)(nil)

// New makes a theme. Scale is the reader's text size: 1 is normal, 1.5 half as large again; it is
// held between 0.8 and 2.
func New(mode Mode, scale float32) *Theme {
	return &Theme{mode: mode, scale: max(0.8, min(scale, 2))}
}

// IsDark tells whether the theme shows the dark roles when the computer is set to variant.
func (t *Theme) IsDark(variant fyne.ThemeVariant) bool {
	switch t.mode {
	case Light:
		return false
	case Dark:
		return true
	}
	return variant == fynetheme.VariantDark
}

// Color gives the value of a role.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	list, base := light, fynetheme.VariantLight
	if t.IsDark(variant) {
		list, base = dark, fynetheme.VariantDark
	}
	if c, ok := list[name]; ok {
		return c
	}
	return fynetheme.DefaultTheme().Color(name, base)
}

// Font gives Inter; SemiBold stands for bold.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return semiBold()
	case style.Italic:
		return italic()
	}
	return regular()
}

// Icon gives our drawing for the icons that Fyne's own widgets show.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := fyneIcons[name]; ok {
		return Icon(own)
	}
	return fynetheme.DefaultTheme().Icon(name)
}

// Size gives a size in units.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := textSizes[name]; ok {
		return size * t.scale
	}
	if size, ok := sizes[name]; ok {
		return size
	}
	return fynetheme.DefaultTheme().Size(name)
}

var textSizes = map[fyne.ThemeSizeName]float32{
	SizeCaption:                  12,
	SizeSmall:                    13,
	SizeText:                     14,
	SizeReading:                  15,
	SizeHeading:                  17,
	SizeTitle:                    22,
	SizeFigure:                   28,
	fynetheme.SizeNameInlineIcon: 18,
}

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameInnerPadding:       8,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameSplitThickness:     1,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameInputRadius:        Radius,
	fynetheme.SizeNameSelectionRadius:    4,
	fynetheme.SizeNameButtonRadius:       Radius,
	fynetheme.SizeNameCardRadius:         8,
	fynetheme.SizeNameDialogRadius:       10,
	fynetheme.SizeNamePopupRadius:        8,
	fynetheme.SizeNameMenuRadius:         8,
	fynetheme.SizeNameScrollBar:          10,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    3,
	fynetheme.SizeNameModalBlurRadius:    0,
}

var (
	regular  = font("Inter-Regular.otf")
	semiBold = font("Inter-SemiBold.otf")
	italic   = font("Inter-Italic.otf")
)

func font(name string) func() fyne.Resource {
	return sync.OnceValue(func() fyne.Resource { return resource("fonts/" + name) })
}

// resource reads an embedded file. The files are part of the program, so a missing one is a fault
// of the build and stops it at once.
func resource(path string) fyne.Resource {
	data, err := assets.FS.ReadFile(path)
	if err != nil {
		panic("theme: " + err.Error())
	}
	return fyne.NewStaticResource(path, data)
}

func current() (fyne.Theme, fyne.ThemeVariant) {
	settings := fyne.CurrentApp().Settings()
	return settings.Theme(), settings.ThemeVariant()
}

// Color gives the value of a role in the theme that is shown now.
func Color(name fyne.ThemeColorName) color.Color {
	t, variant := current()
	return t.Color(name, variant)
}

// Size gives a size in the theme that is shown now.
func Size(name fyne.ThemeSizeName) float32 {
	t, _ := current()
	return t.Size(name)
}
