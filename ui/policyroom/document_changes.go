package policyroom

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/paper"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// changesView compares the version in sight with another one, word by word.
type changesView struct {
	pane    *documentPane
	against int64
	whole   bool // paragraphs that stayed are shown as well
	body    *fyne.Container
}

func (c *changesView) show(v policy.Version) fyne.CanvasObject {
	others := c.others(v)
	if len(others) == 0 {
		return kit.Help("This is the first version, so there is nothing to compare it with.")
	}
	before := others[0]
	var names []string
	for _, o := range others {
		names = append(names, versionName(o))
		if o.ID == c.against {
			before = o
		}
	}
	choose := kit.NewSelect(names, nil)
	choose.SetSelected(versionName(before))
	choose.OnChanged = func(name string) {
		for _, o := range others {
			if versionName(o) == name {
				c.against = o.ID
			}
		}
		c.pane.showPart()
	}
	all := widget.NewCheck("Show what stayed as well", nil)
	all.SetChecked(c.whole)
	all.OnChanged = func(on bool) {
		c.whole = on
		c.pane.showPart()
	}
	save := kit.NewButton("Save for counsel", theme.Icon("download"), func() { c.save(before, v) })
	head := kit.Column(theme.Space3, kit.Line(theme.Space3, kit.NewLabel("Compared with", kit.Secondary), kit.MinWidth(kit.Framed(choose), 200), save), all, proposalCard(policy.Propose(before.Text, v.Text), v))
	list := kit.Column(theme.Space3)
	for _, o := range differenceBlocks(policy.Difference(before.Text, v.Text), c.whole) {
		list.Add(o)
	}
	if len(list.Objects) == 0 {
		list.Add(kit.Help("The two texts are the same."))
	}
	return kit.Column(theme.Space4, head, list)
}

// others are the versions to compare with, the one before first.
func (c *changesView) others(v policy.Version) []policy.Version {
	var before, after []policy.Version
	for _, o := range c.pane.versions {
		switch {
		case o.Number < v.Number:
			before = append(before, o)
		case o.Number > v.Number:
			after = append(after, o)
		}
	}
	return append(before, after...)
}

func versionName(v policy.Version) string {
	if v.From == "" {
		return fmt.Sprintf("Version %d, draft", v.Number)
	}
	return fmt.Sprintf("Version %d, %s", v.Number, kit.ShortDay(v.From))
}

// proposalCard says whether the change looks material, and why.
func proposalCard(p policy.Proposal, v policy.Version) fyne.CanvasObject {
	looks, tone := "Looks editorial", kit.ToneNeutral
	if p.Material {
		looks, tone = "Looks material", kit.ToneAccent
	}
	marked := "It is marked as editorial: nobody signs again."
	if v.Material {
		marked = "It is marked as material: everybody signs."
	}
	reasons := p.Reasons
	if len(reasons) > 4 {
		reasons = append(reasons[:4:4], fmt.Sprintf("And %s.", kit.Counted(len(p.Reasons)-4, "more change", "more changes")))
	}
	lines := kit.Column(theme.Space1, kit.Flow(kit.NewChip(looks, tone), kit.NewLabel(marked, kit.Secondary)))
	for _, r := range reasons {
		lines.Add(bulleted(kit.NewParagraph(r)))
	}
	return kit.NewCard("", lines)
}

// differenceBlocks draws a comparison: what came is underlined, what went is struck through. Headings stay in sight above what changed.
func differenceBlocks(blocks []policy.DifferenceBlock, whole bool) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var chapter, clause fyne.CanvasObject
	for _, b := range blocks {
		o := differenceBlock(b)
		if whole {
			out = append(out, o)
			continue
		}
		switch {
		case b.Changed():
			if chapter != nil && b.Kind != policy.ChapterLine {
				out = append(out, chapter)
			}
			if clause != nil && b.Kind != policy.ChapterLine && b.Kind != policy.ClauseLine {
				out = append(out, clause)
			}
			chapter, clause = nil, nil
			out = append(out, o)
		case b.Kind == policy.ChapterLine:
			chapter, clause = o, nil
		case b.Kind == policy.ClauseLine:
			clause = o
		}
	}
	return out
}

func differenceBlock(b policy.DifferenceBlock) fyne.CanvasObject {
	words := runsParagraph(b.Runs)
	switch b.Kind {
	case policy.TitleLine:
		words.SetStyle(kit.Title)
	case policy.ChapterLine:
		words.SetStyle(kit.Heading)
	case policy.ClauseLine:
		words.SetStyle(kit.Strong)
	case policy.Bullet:
		words.SetStyle(kit.Reading)
		return kit.InsetSides(bulleted(words), theme.Space2, 0, 0, 0)
	default:
		words.SetStyle(kit.Reading)
	}
	return words
}

func runsParagraph(runs []policy.Run) *kit.Paragraph {
	var text strings.Builder
	var marks []kit.Mark
	for _, r := range runs {
		if text.Len() > 0 {
			text.WriteString(" ")
		}
		from := text.Len()
		text.WriteString(r.Text)
		switch r.Kind {
		case policy.Put:
			marks = append(marks, kit.Mark{Start: from, End: text.Len(), Tone: kit.ToneGood, Underline: true, Tip: "Came"})
		case policy.Removed:
			marks = append(marks, kit.Mark{Start: from, End: text.Len(), Tone: kit.ToneBad, Strike: true, Tip: "Went"})
		}
	}
	p := kit.NewParagraph(text.String())
	p.SetMarks(marks)
	return p
}

func (c *changesView) save(before, after policy.Version) {
	made := c.pane.screen.deps.Now()
	c.pane.screen.savePaper("Saving the comparison", fmt.Sprintf("policy-version-%d-to-%d.docx", before.Number, after.Number),
		func() paper.Sheet { return policy.DifferenceSheet(before, after, made) })
}

// savePaper asks where to, and writes a sheet in the format of the name's ending.
func (s *Screen) savePaper(doing, name string, sheet func() paper.Sheet) {
	kit.SaveFile(s.host, doing, name, func(path string) { s.writePaper(doing, path, sheet) })
}

func (s *Screen) writePaper(doing, path string, sheet func() paper.Sheet) {
	s.do(doing, func(ctx context.Context) error {
		return paper.Save(ctx, path, sheet())
	}, func() { s.host.Toast("Saved as " + filepath.Base(path) + ".") })
}
