package inbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// snoozeDialog asks when a mention comes back, and whether its clock stands still meanwhile.
func (s *Screen) snoozeDialog() {
	o := s.reading.shown
	known := s.known()
	zone := known.practice.Location()
	if err := o.mention.MaySnooze(o.escalation); err != nil {
		s.host.Toast(kit.Sentence(err))
		return
	}
	presets := reviews.Presets(s.deps.Now(), known.practice)
	waits := kit.NewEntry("Such as: the patient calls back")
	day := kit.NewEntry(s.deps.Now().In(zone).AddDate(0, 0, 14).Format(practice.Day))
	dayField := kit.NewField("On a day of your own", "As 2026-12-01. It comes back when the office opens.", day)
	var closeIt func()
	until := func(at time.Time) {
		closeIt()
		reason := waits.Text
		s.act("Putting it off", func(ctx context.Context, id int64, by actor) error {
			return s.deps.Life.Snooze(ctx, id, at, reason, by)
		}, func(id int64) {
			s.host.ToastUndo("Comes back "+at.In(zone).Format("Monday 2 January, 15:04"), func() { s.wake(id) })
			s.list.reload()
			s.views.reload()
		})
	}
	own := func() {
		at, err := time.ParseInLocation(practice.Day, day.Text, zone)
		if err != nil {
			dayField.SetErr(errDate)
			return
		}
		until(reviews.ReturnOn(at, known.practice))
	}
	day.OnSubmitted = func(string) { own() }
	var first fyne.Focusable
	choices := kit.Flow()
	for _, p := range presets {
		b := kit.NewButton(p.Title+", "+p.At.In(zone).Format("Mon 2 Jan 15:04"), theme.Icon("calendar-clock"), func() { until(p.At) })
		if first == nil {
			first = b
		}
		choices.Add(b)
	}
	form := kit.Column(theme.Space3, choices, dayField,
		kit.NewField("Waits for", "With words here the clock of its target stands still until then. They go into the record.", waits))
	closeIt = s.host.Dialog("Come back to it", kit.MinWidth(form, 520), kit.Button{Title: "On this day", Primary: true, Stay: true, Run: own}, kit.Button{Title: "Cancel"})
	if first != nil {
		s.host.Focus(first)
	}
}

// wake brings a mention back at once.
func (s *Screen) wake(id int64) {
	by := s.by()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Life.Wake(ctx, id, by)
		return func() {
			if err != nil {
				s.host.Fail("Bringing it back", err)
				return
			}
			s.reading.refresh()
			s.list.reload()
			s.views.reload()
		}
	})
}

// putOff puts the open mention off, or brings it back.
func (s *Screen) putOff() {
	if s.reading.shown.mention.Snoozed.IsZero() {
		s.snoozeDialog()
		return
	}
	s.wake(s.reading.id)
}
