package inbox

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// past is how the mention read before, what was done with it and what the program can vouch for; all are folded until somebody asks.
func (r *reading) past(o opened) []fyne.CanvasObject {
	zone := r.s.known().practice.Location()
	var parts, folds []fyne.CanvasObject
	fold := func(title string, n int, open *bool) {
		if n > 0 {
			title += fmt.Sprintf(" (%d)", n)
		}
		icon := "chevron-right"
		if *open {
			icon = "chevron-down"
		}
		folds = append(folds, kit.NewQuiet(title, theme.Icon(icon), func() {
			*open = !*open
			r.render()
		}))
	}
	if len(o.revisions) > 0 {
		fold("Earlier wordings", len(o.revisions), &r.before)
	}
	done := deeds(o.history, r.s.known().person)
	if len(done) > 0 {
		fold("What was done", len(done), &r.history)
	}
	fold("Evidence", 0, &r.proof)
	parts = append(parts, kit.Line(theme.Space2, folds...))
	if r.before {
		for _, v := range o.revisions {
			parts = append(parts, earlier(v, zone))
		}
	}
	if r.history {
		for _, d := range done {
			parts = append(parts, d.line(zone))
		}
	}
	if r.proof {
		parts = append(parts, r.evidence(o))
	}
	return parts
}

// earlier is one wording that the author took back.
func earlier(v reviews.Revision, zone *time.Location) fyne.CanvasObject {
	text := kit.NewParagraph(strings.TrimSpace(v.Title + "\n" + v.Text))
	text.SetStyle(kit.Body.In(theme.Secondary))
	head := []fyne.CanvasObject{kit.NewLabel("Until "+moment(v.At, false, zone), kit.Caption)}
	if v.Stars > 0 {
		head = append(head, kit.NewStars(float64(v.Stars)))
	}
	return kit.NewCard("", kit.Column(theme.Space1, kit.Line(theme.Space2, head...), text))
}

// line is a deed as it stands in the pane.
func (d deed) line(zone *time.Location) fyne.CanvasObject {
	words := kit.NewParagraph(d.text())
	words.SetStyle(kit.Secondary)
	return kit.Line(theme.Space3, kit.NewLabel(d.at.In(zone).Format("2 Jan 2006, 15:04"), kit.Caption), kit.Fill(words))
}
