package inbox

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sergi/go-diff/diffmatchpatch"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/proof"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// onSite shows what the site makes of a reply, where that is not what went out.
func (r *reading) onSite(o opened) []fyne.CanvasObject {
	if !o.sighting.Differs() {
		return nil
	}
	zone := r.s.known().practice.Location()
	ours, theirs := kit.NewParagraph(o.reply.Text), kit.NewParagraph(o.sighting.Words)
	a, b := differences(o.reply.Text, o.sighting.Words)
	ours.SetMarks(a)
	theirs.SetMarks(b)
	return []fyne.CanvasObject{kit.NewCard("The site shows other words than those that went out", kit.Column(theme.Space2,
		kit.NewLabel("What went out", kit.Overline), ours, kit.NewLabel("What the site shows, seen "+moment(o.sighting.Seen, false, zone), kit.Overline), theirs))}
}

// differences marks what each of two texts has that the other has not.
func differences(before, after string) (inBefore, inAfter []kit.Mark) {
	d := diffmatchpatch.New()
	at, to := 0, 0
	for _, part := range d.DiffCleanupSemantic(d.DiffMain(before, after, false)) {
		n := len(part.Text)
		switch part.Type {
		case diffmatchpatch.DiffEqual:
			at, to = at+n, to+n
		case diffmatchpatch.DiffDelete:
			inBefore = append(inBefore, kit.Mark{Start: at, End: at + n, Tone: kit.ToneWarn, Underline: true})
			at += n
		case diffmatchpatch.DiffInsert:
			inAfter = append(inAfter, kit.Mark{Start: to, End: to + n, Tone: kit.ToneWarn, Underline: true})
			to += n
		}
	}
	return inBefore, inAfter
}

// unseen reports whether the site should show the reply by now, and does not.
func (r *reply) unseen() bool {
	return r.shown.reply.State == reviews.Posted && r.shown.sighting.Unseen()
}

// mayRefuse reports whether the site can be said to have refused the reply.
func (r *reply) mayRefuse() bool {
	s := r.shown.reply.State
	return r.id != 0 && (s == reviews.Copied || s == reviews.Posted || s == reviews.OnSite) && r.shown.reply.Author != 0
}

// seenText says since when the site shows the reply.
func seenText(o opened, zone *time.Location) string {
	if o.reply.State != reviews.OnSite || o.sighting.Seen.IsZero() {
		return ""
	}
	text := "Seen on the site " + moment(o.sighting.Seen, false, zone)
	if o.sighting.Differs() {
		text += ", but in different words"
	}
	return text
}

// deed is one line of what was done; typing that went on is one deed.
type deed struct {
	at    time.Time
	words string
	times int
}

// deeds are the lines of the audit log, newest first, in plain words.
func deeds(lines []audit.Line, name func(int64) string) []deed {
	var list []deed
	for _, line := range lines {
		who := line.Who.Name
		if who == "" {
			who = "Somebody"
		}
		words := who + " " + proof.Plain(line, name)
		if last := len(list) - 1; last >= 0 && list[last].words == words && strings.Contains(words, "saved a draft") {
			list[last].times++
			continue
		}
		list = append(list, deed{line.At, words, 1})
	}
	return list
}

func (d deed) text() string {
	if d.times > 1 {
		return fmt.Sprintf("%s, %d times", d.words, d.times)
	}
	return d.words
}
