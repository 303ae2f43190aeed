package calendar

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showWhole names what lasts all month in one line above the grid.
func (s *Screen) showWhole() {
	var chips []fyne.CanvasObject
	var all []advocacy.Occurrence
	middle := s.sight.Format(practice.Day)
	if s.way.Selected() == asMonth {
		middle = s.sight.Format("2006-01") + "-15"
	}
	for _, i := range s.visible() {
		if !i.long() || !i.on(middle) {
			continue
		}
		chip := kit.NewChip(i.title, kit.ToneNeutral)
		chip.OnTapped = func() { s.openItem(i.id) }
		chips = append(chips, chip)
		if o := i.entry.Observance; o != nil {
			all = append(all, *o)
		}
	}
	s.whole.Objects = nil
	above := kit.Column(0)
	if banner := s.missedBanner(); banner != nil {
		above.Add(banner)
	}
	if len(chips) > 0 {
		strip := kit.Line(theme.Space3, kit.NewLabel("All month", kit.Overline), kit.Fill(kit.Flow(chips...)), kit.NewQuiet("Details", nil, func() { s.explain(all...) }))
		above.Add(kit.InsetSides(strip, theme.Space6, 0, theme.Space6, theme.Space3))
	}
	if len(above.Objects) > 0 {
		s.whole.Objects = []fyne.CanvasObject{above}
	}
	s.whole.Refresh()
}

// showDay lists what stands in the chosen day.
func (s *Screen) showDay() {
	day := s.chosen.Format(practice.Day)
	s.list.Objects = []fyne.CanvasObject{kit.NewLabel(s.chosen.Format("Monday 2 January"), kit.Heading)}
	if s.chosen.Equal(s.today) {
		s.list.Objects[0] = kit.NewLabel("Today, "+s.chosen.Format("2 January"), kit.Heading)
	}
	for _, c := range s.seen.conflicts {
		if c.Day == day {
			s.list.Add(kit.NewBanner(conflictTone(c), c.Text+"."))
		}
	}
	empty := true
	for _, i := range s.visible() {
		if i.on(day) && !i.long() {
			s.list.Add(s.cardOf(i))
			empty = false
		}
	}
	if empty {
		s.list.Add(kit.Help("Nothing is planned for this day."))
		s.list.Add(kit.Line(0, kit.NewButton("Plan something", theme.Icon("plus"), s.plan)))
	}
	s.list.Add(s.balance())
	s.list.Refresh()
}

func (s *Screen) cardOf(i item) fyne.CanvasObject {
	title := kit.NewParagraph(i.title)
	title.SetStyle(kit.Strong)
	parts := []fyne.CanvasObject{kit.Line(0, kit.NewChip(s.kindOf(i), i.tone)), title}
	if i.entry.Observance != nil {
		parts = append(parts, s.details(*i.entry.Observance)...)
	}
	if i.kind == advocacy.EntrySpotlight && !i.entry.At.IsZero() {
		parts = append(parts, kit.Help("At "+i.entry.At.In(s.zone).Format("15:04")))
	}
	if i.entry.Turn != nil {
		parts = append(parts, kit.Help(sentence(i.entry.Turn.Series.Says())+", at "+i.entry.At.In(s.zone).Format("15:04")+", until "+checkedOn(i.entry.Turn.Series.Until)+". This turn waits for its post."))
	}
	if i.kind == advocacy.EntryOther {
		parts = append(parts, kit.Help(s.otherSays(i.entry)))
	}
	var buttons []fyne.CanvasObject
	switch {
	case i.screen != "":
		buttons = append(buttons, kit.NewButton("Open", theme.Icon("arrow-right"), func() { s.openItem(i.id) }))
	case i.entry.Turn != nil:
		buttons = append(buttons, kit.NewButton("Fill or change", theme.Icon("pencil"), func() { s.openItem(i.id) }))
	}
	if i.entry.Movable() {
		buttons = append(buttons, kit.NewQuiet("Move", theme.Icon("calendar-clock"), func() { s.moveDialog(i.entry) }))
	}
	if len(buttons) > 0 {
		parts = append(parts, kit.Line(theme.Space2, buttons...))
	}
	return kit.NewCard("", kit.Column(theme.Space2, parts...))
}

func (s *Screen) kindOf(i item) string {
	switch {
	case i.kind == advocacy.EntrySpotlight && i.entry.Stage == advocacy.Published:
		return postName(i.entry) + ", published"
	case i.kind == advocacy.EntrySpotlight && i.entry.Late:
		return postName(i.entry) + ", not posted yet"
	case i.kind == advocacy.EntrySpotlight && i.entry.Stage == advocacy.Scheduled:
		return postName(i.entry) + ", scheduled"
	case i.kind == advocacy.EntrySpotlight:
		return postName(i.entry) + ", wanted for this day"
	case i.kind == advocacy.EntrySeries:
		return postName(i.entry) + ", series"
	case i.kind == advocacy.EntryOther:
		return i.entry.Calendar
	case i.kind == advocacy.EntryDeadline && i.tone == kit.ToneBad:
		return "Overdue"
	case i.kind == advocacy.EntryDeadline:
		return "Deadline"
	}
	return "Observance"
}

// details says of an observance when it is, where that comes from, and what to make of it.
func (s *Screen) details(o advocacy.Occurrence) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.Help(days(o.From, o.To) + certainty(o))}
	parts = append(parts, kit.NewParagraph("Idea: "+o.PostIdea()+"."))
	if o.Note != "" {
		parts = append(parts, kit.Help("Note: "+strings.TrimSuffix(o.Note, ".")+"."))
	}
	parts = append(parts, kit.Help("Source: "+o.Source+". "+o.HowChecked(checkedOn(o.Checked))+"."))
	var buttons []fyne.CanvasObject
	if o.Use != "education" {
		buttons = append(buttons, kit.NewButton("Nominate", theme.Icon("user-plus"), func() { s.host.Go("spotlights", "nominate") }))
	}
	if o.Use != "staff_spotlight" {
		buttons = append(buttons, kit.NewButton("Health tip", theme.Icon("plus"), s.tips))
	}
	if o.URL != "" {
		buttons = append(buttons, kit.NewQuiet("Source", theme.Icon("external-link"), func() {
			if err := s.host.Open(o.URL); err != nil {
				s.host.Fail("Opening the source", err)
			}
		}))
	}
	if len(buttons) > 0 {
		parts = append(parts, kit.Line(theme.Space2, buttons...))
	}
	return parts
}

func checkedOn(day string) string {
	if t, err := time.Parse(practice.Day, day); err == nil {
		return t.Format("2 January 2006")
	}
	return day
}

// certainty warns where the sponsor sets the date each year, or where the rule is not sure.
func certainty(o advocacy.Occurrence) string {
	switch {
	case o.Rule.Guess != "":
		return " Our guess: the sponsor announces the date (" + o.Rule.Guess + "). Check before you post."
	case o.Confidence != "high" || o.Status == "memory":
		return " Check the sponsor's page before you post."
	}
	return ""
}

// days writes a stretch of days as people do.
func days(from, to string) string {
	a, errA := time.Parse(practice.Day, from)
	b, errB := time.Parse(practice.Day, to)
	switch {
	case errA != nil || errB != nil:
		return ""
	case from == to:
		return a.Format("Monday 2 January 2006") + "."
	case a.Year() != b.Year():
		return fmt.Sprintf("%s to %s.", a.Format("2 January 2006"), b.Format("2 January 2006"))
	}
	return fmt.Sprintf("%s to %s.", a.Format("2 January"), b.Format("2 January 2006"))
}

// explain shows observances that last too long for a day's list.
func (s *Screen) explain(list ...advocacy.Occurrence) {
	all := kit.Column(theme.Space6)
	for _, o := range list {
		all.Add(kit.NewSection(o.Name, kit.Column(theme.Space2, s.details(o)...)))
	}
	s.host.Dialog("What it is", kit.MaxWidth(all, 460), kit.Button{Title: "Close", Primary: true})
}

func postName(e advocacy.Entry) string {
	if name := e.Post.Name(); name != "" {
		return name
	}
	return advocacy.KindSpotlight.Name()
}

func conflictTone(c advocacy.Conflict) kit.Tone {
	if c.Kind == advocacy.ConflictConsent {
		return kit.ToneBad
	}
	return kit.ToneWarn
}

// otherSays tells what an event of a calendar from elsewhere means here.
func (s *Screen) otherSays(e advocacy.Entry) string {
	text := days(e.From, e.To)
	if !e.At.IsZero() {
		text = "At " + e.At.In(s.zone).Format("15:04") + "."
	}
	switch e.Meaning {
	case advocacy.MeansClosed:
		return text + " The practice is closed."
	case advocacy.MeansAway:
		return text + " A colleague is away."
	}
	return text
}

func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// balance shows how many posts of each kind there are around the page in sight. It advises, and asks for nothing.
func (s *Screen) balance() fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, share := range s.seen.mix {
		if n := share.Out + share.Planned; n > 0 {
			chips = append(chips, kit.NewChip(fmt.Sprintf("%s %d", share.Kind.Name(), n), kit.ToneNeutral))
		}
	}
	if len(chips) == 0 {
		return kit.Gap(0)
	}
	parts := []fyne.CanvasObject{kit.NewLabel("Mix of posts", kit.Overline), kit.Flow(chips...)}
	if advice := advocacy.AdviseMix(s.seen.mix); advice != "" {
		parts = append(parts, kit.Help(advice))
	}
	return kit.Column(theme.Space2, parts...)
}
