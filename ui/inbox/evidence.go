package inbox

import (
	"encoding/hex"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// evidence is what the program can vouch for: when it saw what where, and the hash of what the site sent.
func (r *reading) evidence(o opened) fyne.CanvasObject {
	zone := r.s.known().practice.Location()
	m := o.mention
	posted := onDay(m.Posted, m.About, zone)
	if m.Posted.IsZero() {
		posted = "The site gives no date"
	}
	facts := []fyne.CanvasObject{fact("Author as shown", orNone(m.Author, "None")), fact("Rating", rating(m.Stars)), fact("Posted", posted),
		fact("Seen", exactly(m.Seen, zone)), fact("Address", orNone(m.URL, "None")), fact("Hash of what was sent", hash(m.Payload))}
	if !m.Gone.IsZero() {
		facts = append(facts, fact("No longer shown", exactly(m.Gone, zone)))
	}
	for i := len(o.revisions) - 1; i >= 0; i-- {
		v := o.revisions[i]
		facts = append(facts, fact("Changed", exactly(v.At, zone)+", before: "+hash(v.Payload)))
	}
	for _, a := range o.appearances {
		facts = append(facts, fact(r.s.placeName(a), "Seen "+exactly(a.Seen, zone)+", "+hash(a.Payload)))
	}
	return kit.NewCard("", kit.Column(theme.Space1, facts...))
}

// fact is a name with what stands for it; long ones wrap.
func fact(name, text string) fyne.CanvasObject {
	words := kit.NewParagraph(text)
	words.SetStyle(kit.Secondary)
	return kit.Line(theme.Space3, kit.MinWidth(kit.NewLabel(name, kit.Caption), 150), kit.Fill(words))
}

// hash is the beginning of a hash, which is enough to compare two by eye.
func hash(payload reviews.Payload) string {
	if len(payload) == 0 {
		return "none kept"
	}
	text := hex.EncodeToString(payload)
	return "SHA-256 " + text[:min(16, len(text))] + "…"
}

func exactly(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2 January 2006, 15:04:05 MST")
}

func onDay(at time.Time, about bool, zone *time.Location) string {
	text := at.In(zone).Format("2 January 2006")
	if about {
		return "about " + text
	}
	return text
}

func orNone(text, none string) string {
	if strings.TrimSpace(text) == "" {
		return none
	}
	return text
}

func rating(stars int) string {
	if stars == 0 {
		return "None"
	}
	return kit.StarsText(float64(stars))
}
