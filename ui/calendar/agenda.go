package calendar

import (
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// agendaDays is how far the agenda looks.
const agendaDays = 60

// showAgenda lists day by day what comes, leaving out the days with nothing.
func (s *Screen) showAgenda() {
	s.agenda.Objects = nil
	items := s.visible()
	for n := range agendaDays + 1 {
		day := s.sight.AddDate(0, 0, n)
		text := day.Format(practice.Day)
		rows := kit.Column(theme.Space2)
		for _, i := range items {
			if !i.long() && (i.from == text || n == 0 && i.on(text)) {
				rows.Add(s.agendaRow(i, day))
			}
		}
		for _, c := range s.seen.conflicts {
			if c.Day == text {
				rows.Add(kit.Help(c.Text + "."))
			}
		}
		if len(rows.Objects) > 0 {
			heading := day.Format("Monday 2 January")
			if day.Equal(s.today) {
				heading = "Today, " + heading
			}
			s.agenda.Add(kit.Column(theme.Space2, kit.NewLabel(heading, kit.Strong), kit.Hairline(), rows))
		}
	}
	if len(s.agenda.Objects) == 0 {
		s.agenda.Add(kit.EmptyState("calendar-days", "Nothing is planned", "No post, no deadline and no observance in the next weeks.", kit.NewButton("Plan something", theme.Icon("plus"), s.plan)))
	}
	s.agenda.Refresh()
}

func (s *Screen) agendaRow(i item, day time.Time) fyne.CanvasObject {
	clock := ""
	if !i.entry.At.IsZero() {
		clock = i.entry.At.In(s.zone).Format("15:04")
	}
	open := kit.NewIconButton(theme.Icon("arrow-right"), "Show “"+i.title+"”", func() {
		s.chosen = day
		s.showDay()
		if i.kind != advocacy.EntryObservance {
			s.openItem(i.id)
		}
	})
	return kit.Line(theme.Space3, kit.MinWidth(kit.NewLabel(clock, kit.Secondary), 44), kit.MinWidth(kit.Line(0, kit.NewChip(s.kindOf(i), i.tone)), 176), kit.Fill(kit.Tipped(kit.NewLabel(i.title, kit.Body).Ellipsis())), open)
}
