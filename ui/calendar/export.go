package calendar

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"goodword/advocacy"
	"goodword/ui/kit"
)

// export asks for a file and writes a year of the calendar into it.
func (s *Screen) export() {
	w := s.host.Window()
	if w == nil {
		return
	}
	save := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err != nil {
			s.host.Fail("Saving the calendar", err)
			return
		}
		if file != nil {
			s.write(file)
		}
	}, w)
	save.SetFileName("goodword-calendar.ics")
	save.Show()
	save.Resize(fyne.NewSize(860, 560))
}

func (s *Screen) write(file fyne.URIWriteCloser) {
	first := time.Date(s.sight.Year(), s.sight.Month(), 1, 0, 0, 0, 0, time.UTC)
	s.bg.Run(func(ctx context.Context) func() {
		entries, err := s.deps.Store.Between(ctx, first, first.AddDate(1, 0, -1))
		if err == nil {
			p, missing := s.deps.Practices.Get(ctx)
			err = errors.Join(missing, advocacy.WriteICS(file, entries, p, s.deps.Now()))
		}
		err = errors.Join(err, file.Close())
		return func() {
			if err != nil {
				s.host.Fail("Saving the calendar", err)
				return
			}
			s.host.Toast(kit.Count(len(entries)) + " entries are saved. Open the file with any calendar program.")
		}
	})
}
