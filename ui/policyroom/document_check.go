package policyroom

import (
	"fmt"

	"fyne.io/fyne/v2"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// lintWords says what a kind of finding means, in the words of a heading.
func lintWords(kind policy.LintKind) (chip string, tone kit.Tone) {
	switch kind {
	case policy.Unlawful:
		return "A law forbids this", kit.ToneBad
	case policy.Overbroad:
		return "Too broad", kit.ToneBad
	case policy.Missing:
		return "Missing", kit.ToneWarn
	case policy.Short:
		return "Too short a time", kit.ToneWarn
	case policy.Unfinished:
		return "Not filled in", kit.ToneWarn
	default:
		return "Hard to read", kit.ToneNeutral
	}
}

// lintedText shows what the linter says about a text: what counts first, then how it reads.
func (s *Screen) lintedText(l policy.Linted, day string) fyne.CanvasObject {
	head := kit.NewLabel("Nothing stands out", kit.Heading)
	if n := len(l.Findings); n > 0 {
		head.SetText(kit.Counted(n, "thing to look at", "things to look at"))
	}
	body := kit.Column(theme.Space4, kit.Column(theme.Space1, head,
		kit.Help("This looks for wording that labour law forbids, for statements that a policy needs, for blanks and for hard sentences. It reads English, it is no lawyer, and its silence is no promise.")))
	if chips := lintChips(l); len(chips) > 0 {
		body.Add(kit.Flow(chips...))
	}
	for _, f := range l.Findings {
		body.Add(s.lintCard(f, day))
	}
	body.Add(readingCard(l.Reading, day))
	return body
}

func lintChips(l policy.Linted) []fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, kind := range []policy.LintKind{policy.Unlawful, policy.Overbroad, policy.Missing, policy.Short, policy.Unfinished, policy.Hard} {
		if n := l.Count(kind); n > 0 {
			words, tone := lintWords(kind)
			chips = append(chips, kit.NewChip(fmt.Sprintf("%s: %d", words, n), tone))
		}
	}
	return chips
}

func (s *Screen) lintCard(f policy.LintFinding, day string) fyne.CanvasObject {
	words, tone := lintWords(f.Kind)
	title := kit.NewParagraph(f.Title)
	title.SetStyle(kit.Strong)
	card := kit.Column(theme.Space2, kit.Flow(kit.NewChip(words, tone)), title)
	if f.Quote != "" {
		quote := kit.NewParagraph("“" + f.Quote + "”")
		quote.SetMarks([]kit.Mark{{Start: 0, End: len(quote.Text()), Tone: tone, Quiet: true}})
		card.Add(quote)
	}
	card.Add(kit.NewParagraph(f.Why))
	card.Add(kit.NewGroup("Better", kit.NewParagraph(f.Instead)))
	if f.Kind != policy.Hard && f.Kind != policy.Unfinished {
		card.Add(s.basisCard("Stands on", f.Basis, day))
	}
	return kit.NewCard("", card)
}

func readingCard(r policy.Reading, day string) fyne.CanvasObject {
	lines := kit.Column(theme.Space2, kit.NewParagraph(fmt.Sprintf("%s, about %s to read, at grade %.1f: a reader needs about that many years of school.",
		kit.Counted(r.Words, "word", "words"), kit.Counted(r.Minutes, "minute", "minutes"), r.Grade)), measured("grade", day))
	if len(r.Hardest) > 0 {
		hardest := kit.Column(theme.Space2)
		for _, p := range r.Hardest {
			hardest.Add(kit.Column(0, kit.NewParagraph(p.Text), kit.NewLabel(fmt.Sprintf("Grade %.1f, %d words", p.Grade, p.Words), kit.Caption)))
		}
		lines.Add(kit.NewGroup("The hardest sentences", hardest))
	}
	return kit.NewCard("How it reads", lines)
}
