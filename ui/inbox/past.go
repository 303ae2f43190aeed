package inbox

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// elsewhere lists the other places where the same story stands.
func (s *Screen) elsewhere(list []reviews.Appearance) fyne.CanvasObject {
	chips := []fyne.CanvasObject{kit.NewLabel("Also on", kit.Secondary)}
	for _, a := range list {
		chip := kit.NewChip(s.known().site(a.Site), kit.ToneNeutral)
		if a.URL != "" {
			chip.OnTapped = func() {
				if err := s.host.Open(a.URL); err != nil {
					s.host.Fail("Opening the page", err)
				}
			}
		}
		chips = append(chips, chip)
	}
	return kit.Flow(chips...)
}

// past is how the mention read before, and what was done with it; both are folded until somebody asks.
func (r *reading) past(o opened) []fyne.CanvasObject {
	zone := r.s.known().practice.Location()
	var parts, folds []fyne.CanvasObject
	fold := func(title string, n int, open *bool) {
		if n == 0 {
			return
		}
		icon := "chevron-right"
		if *open {
			icon = "chevron-down"
		}
		folds = append(folds, kit.NewQuiet(fmt.Sprintf("%s (%d)", title, n), theme.Icon(icon), func() {
			*open = !*open
			r.render()
		}))
	}
	fold("Earlier wordings", len(o.revisions), &r.before)
	fold("What was done", len(o.history), &r.history)
	if len(folds) > 0 {
		parts = append(parts, kit.Line(theme.Space2, folds...))
	}
	if r.before {
		for _, v := range o.revisions {
			parts = append(parts, earlier(v, zone))
		}
	}
	if r.history {
		for _, line := range o.history {
			parts = append(parts, done(line, zone))
		}
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

// done is one line of the audit log.
func done(line audit.Line, zone *time.Location) fyne.CanvasObject {
	who := line.Who.Name
	if who == "" {
		who = "Somebody"
	}
	words := kit.NewParagraph(who + " " + line.Did)
	words.SetStyle(kit.Secondary)
	return kit.Line(theme.Space3, kit.NewLabel(line.At.In(zone).Format("2 Jan 2006, 15:04"), kit.Caption), kit.Fill(words))
}
