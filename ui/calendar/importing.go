package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// more lists the calendars that were taken in, and offers the files.
func (s *Screen) more() {
	s.bg.Run(func(ctx context.Context) func() {
		list, err := s.deps.Plans.Calendars(ctx)
		return func() {
			if err != nil {
				s.host.Fail("Reading the calendars", err)
				return
			}
			s.filesDialog(list)
		}
	})
}

func (s *Screen) filesDialog(calendars []advocacy.Calendar) {
	list := kit.Column(theme.Space3)
	var shut func()
	offer := func(title, help, icon string, run func()) {
		b := kit.NewButton(title, theme.Icon(icon), func() { shut(); run() })
		b.Alignment = widget.ButtonAlignLeading
		list.Add(kit.Column(theme.Space1, b, kit.Help(help)))
	}
	offer("Plan a series", "Comes back by a rule, until a day.", "refresh-cw", func() { s.editSeries(nil) })
	offer("Save as a calendar file", "The next twelve months, for any calendar program.", "download", s.export)
	offer("Take in a calendar file", "Closing days, leave, or anything to be seen beside the posts. It stays on this computer.", "upload", s.importFile)
	for _, c := range calendars {
		list.Add(kit.Spread(kit.NewLabel(fmt.Sprintf("%s, %s, %s", c.Name, kit.Counted(len(c.Events), "event", "events"), meaningSays(c.Meaning)), kit.Body).Ellipsis(),
			kit.NewIconButton(theme.Icon("trash-2"), "Take this calendar out", func() { shut(); s.removeCalendar(c.ID) })))
	}
	shut = s.host.Dialog("Series and calendar files", kit.MaxWidth(list, 460), kit.Button{Title: "Close"})
}

func meaningSays(m advocacy.Meaning) string {
	return map[advocacy.Meaning]string{advocacy.MeansClosed: "days on which the practice is closed", advocacy.MeansAway: "days on which a colleague is away", advocacy.MeansShown: "only shown"}[m]
}

func (s *Screen) removeCalendar(id int64) {
	by := s.actor()
	var gone advocacy.Calendar
	s.do("Taking the calendar out", func(ctx context.Context) error {
		var err error
		gone, err = s.deps.Plans.RemoveCalendar(ctx, id, by)
		return err
	}, func() {
		s.host.ToastUndo("“"+gone.Name+"” is taken out.", func() {
			s.do("Bringing the calendar back", func(ctx context.Context) error { _, err := s.deps.Plans.SaveCalendar(ctx, gone, by); return err }, nil)
		})
	})
}

// importFile asks for a calendar file.
func (s *Screen) importFile() {
	w := s.host.Window()
	if w == nil {
		return
	}
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			s.host.Fail("Opening the calendar file", err)
			return
		}
		if file != nil {
			s.take(file)
		}
	}, w)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".ics", ".ical", ".ICS"}))
	open.Show()
	open.Resize(fyne.NewSize(860, 560))
}

// take reads a calendar file and asks what its days mean.
func (s *Screen) take(file fyne.URIReadCloser) {
	s.bg.Run(func(ctx context.Context) func() {
		c := advocacy.Calendar{Name: strings.TrimSuffix(file.URI().Name(), file.URI().Extension()), Meaning: advocacy.MeansShown}
		name, events, problems, err := advocacy.ReadCalendar(file, s.zone)
		err = errors.Join(err, file.Close())
		people, missing := s.deps.Practices.People(ctx)
		if name != "" {
			c.Name = name
		}
		c.Events = events
		return func() {
			if err = errors.Join(err, missing); err != nil {
				s.host.Fail("Reading the calendar file", err)
				return
			}
			s.askMeaning(c, people, problems)
		}
	})
}

func (s *Screen) askMeaning(c advocacy.Calendar, people []practice.Person, problems []string) {
	name := kit.NewEntry("Name")
	name.SetText(c.Name)
	meanings := []advocacy.Meaning{advocacy.MeansShown, advocacy.MeansClosed, advocacy.MeansAway}
	names := []string{}
	for _, p := range people {
		names = append(names, p.Name)
	}
	who := kit.NewSelect(names, nil)
	whose := kit.NewField("Who is away", "", who)
	whose.Hide()
	what := kit.NewSelect([]string{"Only shown", "The practice is closed", "A colleague is away"}, nil)
	what.OnChanged = func(string) { shown(whose, what.SelectedIndex() == 2) }
	what.SetSelectedIndex(0)
	field := kit.NewField("Name", "A calendar of the same name is replaced.", name)
	form := kit.Column(theme.Space4, kit.NewForm(field, kit.NewField("What its days mean", "Posts on such days are pointed out.", what), whose), kit.Help(kit.Counted(len(c.Events), "event is", "events are")+" read."))
	if len(problems) > 0 {
		form.Add(kit.NewBanner(kit.ToneWarn, kit.Counted(len(problems), "thing", "things")+" could not be read and is left out or guessed:"))
		for i, p := range problems {
			if i == 8 {
				form.Add(kit.Help(fmt.Sprintf("And %d more.", len(problems)-i)))
				break
			}
			form.Add(kit.Help(p + "."))
		}
	}
	by := s.actor()
	var shut func()
	shut = s.host.Dialog("Take in a calendar", kit.MaxWidth(form, 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Take it in", Primary: true, Stay: true, Run: func() {
		c.Name, c.Meaning = name.Text, meanings[max(what.SelectedIndex(), 0)]
		if at := who.SelectedIndex(); at >= 0 {
			c.PersonID = people[at].ID
		}
		s.bg.Run(func(ctx context.Context) func() {
			saved, err := s.deps.Plans.SaveCalendar(ctx, c, by)
			return func() {
				if err != nil {
					field.SetError(kit.Sentence(err))
					return
				}
				shut()
				s.host.ToastUndo("“"+saved.Name+"” is taken in.", func() { s.removeCalendar(saved.ID) })
				s.reload()
			}
		})
	}})
	s.host.Focus(name)
}

func shown(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}
