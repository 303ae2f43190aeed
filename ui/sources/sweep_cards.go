package sources

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// starChoices are the ratings that a review may have.
var starChoices = []string{"No stars", "1 star", "2 stars", "3 stars", "4 stars", "5 stars"}

// mostCards is how many reviews are shown to be corrected; the rest are taken as they were read.
const mostCards = 40

// cards shows what the paste was taken apart into, each part to be corrected.
func (r *sweeping) cards() {
	r.counted()
	if len(r.found) == 0 {
		r.preview.ShowEmpty("search-x", "No review in this text", "Copy whole reviews, with the name, the stars and the date. A few words without them can be entered in the inbox by hand.", nil)
		return
	}
	rows := kit.Column(theme.Space3, kit.NewLabel(r.summary(), kit.Secondary))
	for i := range r.found[:min(len(r.found), mostCards)] {
		rows.Add(r.card(i))
	}
	if rest := len(r.found) - mostCards; rest > 0 {
		rows.Add(kit.Help(fmt.Sprintf("%d more reviews are taken as they were read.", rest)))
	}
	if len(r.left) > 0 {
		text := []rune(strings.Join(r.left, " · "))
		if len(text) > 200 {
			text = append(text[:200:200], '…')
		}
		rows.Add(kit.Help("Left out, since it belongs to no review: " + string(text)))
	}
	r.preview.ShowContent(kit.Scrolling(kit.InsetSides(kit.MaxWidth(rows, 860), theme.Space4, 0, theme.Space1, theme.Space4)))
}

func (r *sweeping) summary() string {
	fresh := r.fresh()
	text := kit.Counted(fresh, "new review", "new reviews")
	if known := len(r.found) - fresh; known > 0 {
		text += fmt.Sprintf(", %d known already", known)
	}
	return text + ". Correct what was read wrongly."
}

// card is one review, each part of which can be changed.
func (r *sweeping) card(i int) fyne.CanvasObject {
	f := &r.found[i]
	name := kit.NewEntry("Name, as the site shows it")
	name.SetText(f.Author)
	name.OnChanged = func(text string) { f.Author = strings.TrimSpace(text) }
	stars := kit.NewSelect(starChoices, nil)
	stars.SetSelectedIndex(f.Stars)
	stars.OnChanged = func(string) { f.Stars = max(stars.SelectedIndex(), 0) }
	date := kit.NewEntry("2026-11-30")
	date.SetText(dateText(*f))
	day := kit.NewField("Day", "", date)
	date.OnChanged = func(text string) { day.SetError(setDay(f, text)) }
	text := kit.NewMultiLine("A rating without words", min(8, 1+strings.Count(f.Text, "\n")+(len(f.Text)+69)/70))
	text.SetText(f.Text)
	text.OnChanged = func(words string) { f.Text = strings.TrimSpace(words) }
	chips := kit.Line(theme.Space2)
	if r.known[f.Key] {
		chips.Add(kit.NewChip("Known already", kit.ToneNeutral))
	} else {
		chips.Add(kit.NewChip("New", kit.ToneAccent))
	}
	if f.About && !f.Posted.IsZero() {
		chips.Add(kit.NewChip("Date is approximate", kit.ToneNeutral))
	}
	if f.Reply != "" {
		chips.Add(kit.NewChip("Answered", kit.ToneGood))
	}
	tools := kit.Line(theme.Space1)
	if i > 0 {
		tools.Add(kit.NewQuiet("Join with the one above", nil, func() { r.join(i) }))
	}
	tools.Add(kit.NewQuiet("Split at the cursor", nil, func() { r.part(i, offsetOf(text.Text, text.CursorTextOffset())) }))
	tools.Add(kit.NewQuiet("Leave out", nil, func() { r.leave(i) }))
	fields := kit.Grid(130, theme.Space2, kit.NewField("Name", "", name), kit.NewField("Stars", "", stars), day)
	content := kit.Column(theme.Space2, chips, fields, text)
	if f.Title != "" {
		title := kit.NewEntry("Title")
		title.SetText(f.Title)
		title.OnChanged = func(words string) { f.Title = strings.TrimSpace(words) }
		content = kit.Column(theme.Space2, chips, fields, title, text)
	}
	if f.Reply != "" {
		content.Add(kit.Help("Your answer there: " + f.Reply))
	}
	content.Add(tools)
	return kit.NewCard("", content)
}

func dateText(f reviews.Found) string {
	if f.Posted.IsZero() {
		return ""
	}
	return f.Posted.Format(time.DateOnly)
}

// setDay takes a day that a person typed, or says how a day is written. Half a day typed leaves the day as it was.
func setDay(f *reviews.Found, text string) (wrong string) {
	text = strings.TrimSpace(text)
	at, err := time.Parse(time.DateOnly, text)
	switch {
	case text == "":
		f.Posted, f.About = time.Time{}, false
	case err != nil:
		return "As in 2026-11-30"
	case text != dateText(*f):
		f.Posted, f.About = at, false
	}
	return ""
}

// offsetOf is a place in a text in bytes, of its place in letters.
func offsetOf(text string, letters int) int {
	runes := []rune(text)
	return len(string(runes[:min(max(letters, 0), len(runes))]))
}

func (r *sweeping) join(i int) {
	r.found[i-1] = collect.Merge(r.found[i-1], r.found[i])
	r.found = slices.Delete(r.found, i, i+1)
	r.cards()
}

func (r *sweeping) part(i, at int) {
	if text := r.found[i].Text; at <= 0 || at >= len(text) {
		r.sweep.screen.host.Toast("Put the cursor into the words where the next review begins.")
		return
	}
	first, second := collect.Part(r.found[i], at)
	r.found[i] = first
	r.found = slices.Insert(r.found, i+1, second)
	r.cards()
}

func (r *sweeping) leave(i int) {
	out := r.found[i]
	r.found = slices.Delete(r.found, i, i+1)
	here := r.at
	r.cards()
	r.sweep.screen.host.ToastUndo("One review is left out", func() {
		if r.at == here {
			r.found = slices.Insert(r.found, min(i, len(r.found)), out)
			r.cards()
		}
	})
}
