package policyroom

import (
	"strings"

	"fyne.io/fyne/v2"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// basisCard shows what a statement stands on, where that can be read, how far it was checked and how long ago.
func (s *Screen) basisCard(title string, b policy.Basis, day string) fyne.CanvasObject {
	return kit.NewGroup(title, s.basisLines(b, day))
}

func (s *Screen) basisLines(b policy.Basis, day string) fyne.CanvasObject {
	lines := kit.Column(theme.Space1, kit.NewParagraph(b.Basis))
	if b.Source != "" {
		source := kit.NewParagraph("Source: " + b.Source)
		source.SetStyle(kit.Secondary)
		lines.Add(source)
	}
	lines.Add(age(b, day))
	if b.URL != "" {
		lines.Add(kit.Line(theme.Space3, kit.NewQuiet("Open the source", theme.Icon("external-link"), func() { s.openLink(b.URL) })))
	}
	return lines
}

// note is the same in one small paragraph, for numbers that stand among others.
func note(b policy.Basis, day string) *kit.Paragraph {
	return noted(kit.Capital(strings.TrimSuffix(b.Basis, "."))+". ", b, day)
}

// measured is the note on a number of ours: what it says, and what that stands on.
func measured(id, day string) *kit.Paragraph {
	f := policy.FigureOf(id)
	return noted(strings.TrimSuffix(f.Says, ".")+": "+strings.TrimSuffix(f.Basis.Basis, ".")+". ", f.Basis, day)
}

func noted(said string, b policy.Basis, day string) *kit.Paragraph {
	if b.Source != "" && b.URL != "" {
		said += "Source: " + strings.TrimSuffix(b.Source, ".") + ". "
	}
	words := age(b, day)
	words.SetText(said + words.Text())
	return words
}

// age says how far something was checked and how long ago; one past the day of its next look stands out.
func age(b policy.Basis, day string) *kit.Paragraph {
	words := kit.Help(b.Aged(day))
	if b.Stale(day) {
		words.SetStyle(kit.Caption.In(kit.ToneWarn.Text()))
	}
	return words
}
