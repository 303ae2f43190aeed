package spotlights

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// dayField is a day that is typed as 2026-11-22 or picked from a month.
type dayField struct {
	entry   *kit.Entry
	content fyne.CanvasObject
}

func (s *Screen) newDay(day string) *dayField {
	f := &dayField{entry: kit.NewEntry("2026-11-22")}
	f.entry.SetText(day)
	f.content = container.NewBorder(nil, nil, nil, kit.NewIconButton(theme.Icon("calendar"), "Pick a day", func() { s.pick(f) }), f.entry)
	return f
}

func (f *dayField) text() string { return strings.TrimSpace(f.entry.Text) }

// pick shows a month, with a way to the months beside it.
func (s *Screen) pick(f *dayField) {
	today := s.deps.Now()
	shown := today
	if day, err := time.ParseInLocation(practice.Day, f.text(), today.Location()); err == nil {
		shown = day
	}
	title := kit.NewLabel(shown.Format("January 2006"), kit.Heading)
	grid := kit.NewMonthGrid(shown, today, time.Sunday)
	turn := func(months int) func() {
		return func() {
			shown = time.Date(shown.Year(), shown.Month()+time.Month(months), 1, 0, 0, 0, 0, shown.Location())
			grid.SetMonth(shown)
			title.SetText(shown.Format("January 2006"))
		}
	}
	head := kit.Line(theme.Space2, kit.NewIconButton(theme.Icon("chevron-left"), "Month before", turn(-1)), kit.Fill(title),
		kit.NewIconButton(theme.Icon("chevron-right"), "Month after", turn(1)))
	var shut func()
	grid.OnDay = func(day time.Time) {
		f.entry.SetText(day.Format(practice.Day))
		shut()
	}
	room := container.NewGridWrap(fyne.NewSize(460, 340), grid)
	shut = s.host.Dialog("Pick a day", kit.Column(theme.Space3, head, room), kit.Button{Title: "Cancel"})
	s.host.Focus(grid)
}
