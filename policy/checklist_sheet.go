package policy

import (
	"fmt"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// SaidOf is an answer as people read it.
func SaidOf(a Answer) string {
	if a == Unanswered {
		return "Not answered"
	}
	return strings.ToUpper(string(a[:1])) + string(a[1:])
}

// ChecklistSheet is the checklist on paper: the score with the law first, what changed, and each item with its answer, evidence and basis. names
// are the people by their ids; since may be nil.
func ChecklistSheet(p practice.Practice, groups []Group, places []string, names map[int64]string, since *Since, made time.Time) paper.Sheet {
	day := Today(made, p)
	progress := Measure(groups, day)
	s := paper.Sheet{Title: "Checklist of the social media policy", Subtitle: p.Name + ", " + writtenDay(day), Made: made, Footer: p.Name + ", checklist of " + writtenDay(day)}
	var titles []string
	for _, id := range places {
		titles = append(titles, PlaceTitle(id))
	}
	rows := [][]string{}
	for _, share := range append(append([]Share{}, progress.Levels...), Share{Name: "All in all"}) {
		if share.Level == "" {
			share = progress.All
			share.Name = "All in all"
		}
		rows = append(rows, []string{share.Name, fmt.Sprintf("%.0f %%", 100*share.Done()), fmt.Sprint(share.Yes), fmt.Sprint(share.Partly), fmt.Sprint(share.No), fmt.Sprint(share.Open), fmt.Sprint(share.Without), fmt.Sprint(share.Overdue)})
	}
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "The score"},
		paper.Table{Head: []string{"Who asks", "Done", "Yes", "Partly", "No", "Open", "Not appl.", "Overdue"}, Rows: rows, Widths: []float64{0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}},
		paper.Small{Text: "Done counts a yes as one and a partly as half, of the items that apply. Rules of: " + strings.Join(titles, ", ") + ". Not legal advice."})
	if since != nil {
		s.Blocks = append(s.Blocks, sinceBlocks(*since)...)
	}
	for _, g := range groups {
		s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: g.Title})
		for _, i := range g.Items {
			s.Blocks = append(s.Blocks, paper.Text{Text: i.Text, Bold: true})
			facts := paper.Facts{{Name: "Answer", Value: answerLine(i, p.Location())}, {Name: "Who asks", Value: i.Level.Words()}}
			for _, f := range []paper.Fact{{Name: "Evidence", Value: i.Note}, {Name: "Link", Value: i.Link}, {Name: "File", Value: fileLine(i.File)}, {Name: "Sees to it", Value: names[i.OwnerID]}, {Name: "Due", Value: writtenDay(i.Due)},
				{Name: "Look again", Value: writtenDay(i.NextLook())}} {
				if f.Value != "" {
					facts = append(facts, f)
				}
			}
			s.Blocks = append(s.Blocks, facts, paper.Small{Text: fmt.Sprintf("Stands on: %s. Source: %s. %s.", i.Basis.Basis, i.Source, i.HowChecked(writtenDay(i.Checked)))})
		}
	}
	return s
}

func answerLine(i Item, zone *time.Location) string {
	said := SaidOf(i.Answer)
	if !i.At.IsZero() {
		said += ", " + i.By + " on " + i.At.In(zone).Format("2 January 2006")
	}
	return said
}

func fileLine(f File) string {
	if f.Name == "" {
		return ""
	}
	return f.Name + ", SHA-256 " + f.Hash
}

func sinceBlocks(since Since) []paper.Block {
	blocks := []paper.Block{paper.Heading{Level: 1, Text: "What changed since " + writtenDay(since.Day)}}
	var rows [][]string
	for n, level := range since.Now.Levels {
		rows = append(rows, []string{level.Name, fmt.Sprintf("%.0f %%", 100*since.Before.Levels[n].Done()), fmt.Sprintf("%.0f %%", 100*level.Done())})
	}
	blocks = append(blocks, paper.Table{Head: []string{"Who asks", "Then", "Now"}, Rows: rows, Widths: []float64{0.6, 0.2, 0.2}})
	var moved []string
	for _, m := range since.Moves {
		moved = append(moved, fmt.Sprintf("%s: %s, before %s", m.Item.Text, SaidOf(m.Item.Answer), strings.ToLower(SaidOf(m.From))))
	}
	for _, i := range since.Added {
		moved = append(moved, i.Text+": new")
	}
	if len(moved) == 0 {
		return append(blocks, paper.Text{Text: fmt.Sprintf("No answer changed; %d were looked at again.", len(since.Looked))})
	}
	return append(blocks, paper.List{Items: moved})
}
