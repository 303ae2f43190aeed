package policy

import (
	"fmt"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// writtenDay writes a stored day as people write it.
func writtenDay(day string) string {
	if t, err := time.Parse(practice.Day, day); err == nil {
		return t.Format("2 January 2006")
	}
	return day
}

// Described says which version this is, for the head of a paper: "Version 3, in force since 1 December 2026".
func (v Version) Described(standing Standing) string {
	switch standing {
	case Draft:
		return fmt.Sprintf("Version %d, a draft that is not in force", v.Number)
	case Coming:
		return fmt.Sprintf("Version %d, in force from %s", v.Number, writtenDay(v.From))
	case InForce:
		return fmt.Sprintf("Version %d, in force since %s", v.Number, writtenDay(v.From))
	default:
		return fmt.Sprintf("Version %d, in force from %s and superseded since", v.Number, writtenDay(v.From))
	}
}

// VersionSheet is the policy on paper. With reasons, each clause of ours says why it is there, what it stands on and when that was checked.
func VersionSheet(v Version, standing Standing, reasons bool) paper.Sheet {
	s := paper.Sheet{Title: "Social media policy", Subtitle: v.Described(standing), Made: v.Created, Footer: "Fingerprint of the text (SHA-256): " + v.Hash}
	if !v.PutAt.IsZero() && v.From != "" {
		s.Made = v.PutAt
	}
	pending := Clause{}
	settle := func() {
		if pending.ID != "" && reasons {
			s.Blocks = append(s.Blocks, paper.Small{Text: fmt.Sprintf("Why: %s Stands on: %s. Source: %s. %s.", pending.Why, pending.Basis.Basis, pending.Source, pending.HowChecked(writtenDay(pending.Checked)))})
		}
		pending = Clause{}
	}
	var points []string
	list := func() {
		if len(points) > 0 {
			s.Blocks = append(s.Blocks, paper.List{Items: points})
			points = nil
		}
	}
	for i, b := range Blocks(v.Text) {
		if b.Kind != Bullet {
			list()
		}
		switch b.Kind {
		case TitleLine:
			if i == 0 {
				s.Title = b.Text
				continue
			}
			settle()
			s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: b.Text})
		case ChapterLine:
			settle()
			s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: b.Text})
		case ClauseLine:
			settle()
			s.Blocks = append(s.Blocks, paper.Heading{Level: 2, Text: b.Text})
			pending = clauseOf(b.Text)
		case Bullet:
			points = append(points, b.Text)
		default:
			s.Blocks = append(s.Blocks, paper.Text{Text: b.Text})
		}
	}
	list()
	settle()
	return s
}

// clauseOf is the clause of ours with the heading, or none.
func clauseOf(title string) Clause {
	for _, chapter := range Chapters() {
		for _, c := range chapter.Clauses {
			if strings.EqualFold(c.Title, title) {
				return c
			}
		}
	}
	return Clause{}
}

// DifferenceSheet is the comparison of two versions on paper: what came is underlined, what went is struck through.
func DifferenceSheet(before, after Version, made time.Time) paper.Sheet {
	s := paper.Sheet{Title: "Social media policy: what changed", Subtitle: fmt.Sprintf("From version %d to version %d", before.Number, after.Number), Made: made,
		Footer: fmt.Sprintf("Version %d: %s. Version %d: %s.", before.Number, short(before.Hash), after.Number, short(after.Hash))}
	proposal := Propose(before.Text, after.Text)
	s.Blocks = append(s.Blocks, paper.Text{Text: "Words that came are underlined, words that went are struck through. The rest stands as it was.", Bold: true})
	kind := "editorial: nobody is asked to sign again"
	if after.Material {
		kind = "material: everybody is asked to sign"
	}
	looks := "editorial"
	if proposal.Material {
		looks = "material"
	}
	s.Blocks = append(s.Blocks, paper.Facts{{Name: "Marked as", Value: kind}, {Name: "Looks", Value: looks + ". " + strings.Join(proposal.Reasons, " ")}})
	if after.Summary != "" {
		s.Blocks = append(s.Blocks, paper.Facts{{Name: "What is new", Value: after.Summary}})
	}
	for _, b := range Difference(before.Text, after.Text) {
		level := map[BlockKind]int{TitleLine: 1, ChapterLine: 1, ClauseLine: 2}[b.Kind]
		if level > 0 && !b.Changed() {
			s.Blocks = append(s.Blocks, paper.Heading{Level: level, Text: b.After()})
			continue
		}
		var marked paper.Marked
		if b.Kind == Bullet {
			marked = append(marked, paper.Stretch{Text: "• "})
		}
		for i, r := range b.Runs {
			text := r.Text
			if i < len(b.Runs)-1 {
				text += " "
			}
			marked = append(marked, paper.Stretch{Text: text, Put: r.Kind == Put, Gone: r.Kind == Removed, Bold: level > 0})
		}
		s.Blocks = append(s.Blocks, marked)
	}
	return s
}

func short(hash string) string { return hash[:min(len(hash), 16)] }
