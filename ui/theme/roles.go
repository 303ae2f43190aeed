package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The roles of colour. A widget asks for a role, never for a value, so that light and dark are the
// same drawing with two lists of values.
const (
	// Background is behind what is read: lists, texts, forms.
	Background fyne.ThemeColorName = fynetheme.ColorNameBackground
	// Sidebar is behind the rail and side panes.
	Sidebar fyne.ThemeColorName = "goodwordSidebar"
	// Canvas is behind cards, a shade off Background.
	Canvas fyne.ThemeColorName = "goodwordCanvas"
	// Surface is the face of cards, dialogs and menus.
	Surface fyne.ThemeColorName = "goodwordSurface"
	// Hairline parts panes and rows.
	Hairline fyne.ThemeColorName = fynetheme.ColorNameSeparator
	// Outline is the border of inputs and cards' controls.
	Outline fyne.ThemeColorName = fynetheme.ColorNameInputBorder
	// Hover is behind a row or cell under the pointer.
	Hover fyne.ThemeColorName = "goodwordHover"
	// Selected is behind the row that is open, with Text and Secondary on it.
	Selected fyne.ThemeColorName = "goodwordSelected"

	// Marked is behind words that are selected.
	Marked fyne.ThemeColorName = fynetheme.ColorNameSelection

	// Text is for what is read.
	Text fyne.ThemeColorName = fynetheme.ColorNameForeground
	// Secondary is for what accompanies: dates, help, captions.
	Secondary fyne.ThemeColorName = fynetheme.ColorNamePlaceHolder
	// Accent is the one colour that says "act here" or "new".
	Accent fyne.ThemeColorName = fynetheme.ColorNamePrimary
	// OnAccent is text on Accent.
	OnAccent fyne.ThemeColorName = fynetheme.ColorNameForegroundOnPrimary
	// Focus is the ring around what has the keyboard.
	Focus fyne.ThemeColorName = "goodwordFocus"

	// Good, Warn, Bad and Neutral are text of a tone; with Soft they are the pale ground it stands
	// on, with Mark a shape of the tone. A tone never stands without a word or a shape.
	Good        fyne.ThemeColorName = fynetheme.ColorNameSuccess
	GoodSoft    fyne.ThemeColorName = "goodwordGoodSoft"
	GoodMark    fyne.ThemeColorName = "goodwordGoodMark"
	Warn        fyne.ThemeColorName = fynetheme.ColorNameWarning
	WarnSoft    fyne.ThemeColorName = "goodwordWarnSoft"
	WarnMark    fyne.ThemeColorName = "goodwordWarnMark"
	Bad         fyne.ThemeColorName = fynetheme.ColorNameError
	BadSoft     fyne.ThemeColorName = "goodwordBadSoft"
	BadMark     fyne.ThemeColorName = "goodwordBadMark"
	Neutral     fyne.ThemeColorName = "goodwordNeutral"
	NeutralSoft fyne.ThemeColorName = "goodwordNeutralSoft"
	NeutralMark fyne.ThemeColorName = "goodwordNeutralMark"
	AccentSoft  fyne.ThemeColorName = "goodwordAccentSoft"
	AccentText  fyne.ThemeColorName = "goodwordAccentText"

	// Shade lies over the window behind a dialog.
	Shade fyne.ThemeColorName = fynetheme.ColorNameShadow
	// Inverse and OnInverse are the toast and the tool tip: dark on light, light on dark.
	Inverse   fyne.ThemeColorName = "goodwordInverse"
	OnInverse fyne.ThemeColorName = "goodwordOnInverse"
	// InverseAccent is a word to press on Inverse.
	InverseAccent fyne.ThemeColorName = "goodwordInverseAccent"
)

// roles is one list of values.
type roles map[fyne.ThemeColorName]color.NRGBA

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func clear(v uint32, alpha uint8) color.NRGBA {
	c := hex(v)
	c.A = alpha
	return c
}

var light = roles{
	Background: hex(0xffffff),
	Sidebar:    hex(0xf3f6f6),
	Canvas:     hex(0xf7f9f9),
	Surface:    hex(0xffffff),
	Hairline:   hex(0xe3e9ea),
	Outline:    hex(0x87959c),
	Hover:      hex(0xeef3f3),
	Selected:   hex(0xdcf0ed),
	Text:       hex(0x1b2a30),
	Secondary:  hex(0x54646c),
	Accent:     hex(0x0b6e69),
	OnAccent:   hex(0xffffff),
	Focus:      hex(0x14877f),

	Good: hex(0x1c6b41), GoodSoft: hex(0xe1f3e8), GoodMark: hex(0x2f9a63),
	Warn: hex(0x7d4e00), WarnSoft: hex(0xfcf0d8), WarnMark: hex(0xc98712),
	Bad: hex(0xa12a20), BadSoft: hex(0xfce7e4), BadMark: hex(0xcf4a3b),
	Neutral: hex(0x44535b), NeutralSoft: hex(0xe9eef0), NeutralMark: hex(0x8b9aa2),
	AccentSoft: hex(0xdcf0ed), AccentText: hex(0x0a625d),

	Shade:   clear(0x0f1f25, 0x5c),
	Inverse: hex(0x22333a), OnInverse: hex(0xf4f8f8), InverseAccent: hex(0x7fd8cd),

	fynetheme.ColorNameButton:              hex(0xe9eff0),
	fynetheme.ColorNameDisabledButton:      hex(0xeef2f3),
	fynetheme.ColorNameDisabled:            hex(0x6b7980),
	fynetheme.ColorNameFocus:               clear(0x0b6e69, 0x4d),
	fynetheme.ColorNameForegroundOnError:   hex(0xffffff),
	fynetheme.ColorNameForegroundOnSuccess: hex(0xffffff),
	fynetheme.ColorNameForegroundOnWarning: hex(0xffffff),
	fynetheme.ColorNameHeaderBackground:    hex(0xf3f6f6),
	fynetheme.ColorNameHover:               clear(0x0f2a30, 0x12),
	fynetheme.ColorNameHyperlink:           hex(0x0a625d),
	fynetheme.ColorNameInputBackground:     hex(0xffffff),
	fynetheme.ColorNameMenuBackground:      hex(0xffffff),
	fynetheme.ColorNameOverlayBackground:   hex(0xffffff),
	fynetheme.ColorNamePressed:             clear(0x0f2a30, 0x26),
	fynetheme.ColorNameScrollBar:           clear(0x22333a, 0x59),
	fynetheme.ColorNameScrollBarBackground: clear(0x22333a, 0x08),
	fynetheme.ColorNameSelection:           hex(0xc4e5e0),
}

var dark = roles{
	Background: hex(0x161c1f),
	Sidebar:    hex(0x101517),
	Canvas:     hex(0x12181a),
	Surface:    hex(0x1c2427),
	Hairline:   hex(0x2a3438),
	Outline:    hex(0x637279),
	Hover:      hex(0x1f282b),
	Selected:   hex(0x173b39),
	Text:       hex(0xe4ebec),
	Secondary:  hex(0xa0b0b6),
	Accent:     hex(0x4fc0b4),
	OnAccent:   hex(0x06231f),
	Focus:      hex(0x5fd0c4),

	Good: hex(0x7fd3a2), GoodSoft: hex(0x173326), GoodMark: hex(0x46b07a),
	Warn: hex(0xeabd66), WarnSoft: hex(0x382c14), WarnMark: hex(0xd39c3a),
	Bad: hex(0xf59a8d), BadSoft: hex(0x42211d), BadMark: hex(0xe06a5b),
	Neutral: hex(0xb8c5ca), NeutralSoft: hex(0x2a3438), NeutralMark: hex(0x74848b),
	AccentSoft: hex(0x173b39), AccentText: hex(0x76d3c8),

	Shade:   clear(0x000000, 0x8c),
	Inverse: hex(0xe4ebec), OnInverse: hex(0x1b2a30), InverseAccent: hex(0x0a625d),

	fynetheme.ColorNameButton:              hex(0x2a3438),
	fynetheme.ColorNameDisabledButton:      hex(0x20292c),
	fynetheme.ColorNameDisabled:            hex(0x87979e),
	fynetheme.ColorNameFocus:               clear(0x4fc0b4, 0x59),
	fynetheme.ColorNameForegroundOnError:   hex(0x2b0d09),
	fynetheme.ColorNameForegroundOnSuccess: hex(0x06231f),
	fynetheme.ColorNameForegroundOnWarning: hex(0x2a1c00),
	fynetheme.ColorNameHeaderBackground:    hex(0x101517),
	fynetheme.ColorNameHover:               clear(0xffffff, 0x12),
	fynetheme.ColorNameHyperlink:           hex(0x76d3c8),
	fynetheme.ColorNameInputBackground:     hex(0x12181a),
	fynetheme.ColorNameMenuBackground:      hex(0x1c2427),
	fynetheme.ColorNameOverlayBackground:   hex(0x1c2427),
	fynetheme.ColorNamePressed:             clear(0xffffff, 0x26),
	fynetheme.ColorNameScrollBar:           clear(0xe4ebec, 0x59),
	fynetheme.ColorNameScrollBarBackground: clear(0xe4ebec, 0x08),
	fynetheme.ColorNameSelection:           hex(0x1f4f4b),
}
