package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// How often a series comes, as the form offers it.
var rhythms = []struct {
	says   string
	repeat advocacy.Repeat
}{
	{"Every week", advocacy.Repeat{Every: 1}},
	{"Every second week", advocacy.Repeat{Every: 2}},
	{"Every third week", advocacy.Repeat{Every: 3}},
	{"Every fourth week", advocacy.Repeat{Every: 4}},
	{"The first of every month", advocacy.Repeat{Every: 1, Nth: 1}},
	{"The second of every month", advocacy.Repeat{Every: 1, Nth: 2}},
	{"The third of every month", advocacy.Repeat{Every: 1, Nth: 3}},
	{"The last of every month", advocacy.Repeat{Every: 1, Nth: -1}},
}

// seriesForm asks for a series.
type seriesForm struct {
	title, note, first, until, clock *kit.Entry
	kind, rhythm, weekday            *widget.Select
	field                            *kit.Field // the first, which shows what is wrong
	was                              advocacy.Series
}

func (s *Screen) newSeriesForm(v advocacy.Series) *seriesForm {
	f := &seriesForm{was: v, title: kit.NewEntry("Meet the team"), note: kit.NewEntry("What it is about"), first: kit.NewEntry("2026-11-24"), until: kit.NewEntry("2027-06-30"), clock: kit.NewEntry("09:00")}
	var kinds, often, weekdays []string
	for _, k := range advocacy.PostKinds() {
		kinds = append(kinds, k.Name())
	}
	for _, r := range rhythms {
		often = append(often, r.says)
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		weekdays = append(weekdays, d.String())
	}
	f.kind, f.rhythm, f.weekday = kit.NewSelect(kinds, nil), kit.NewSelect(often, nil), kit.NewSelect(weekdays, nil)
	f.title.SetText(v.Title)
	f.note.SetText(v.Note)
	f.first.SetText(v.First)
	f.until.SetText(v.Until)
	f.clock.SetText(fmt.Sprintf("%02d:%02d", v.Minute/60, v.Minute%60))
	f.kind.SetSelected(v.Kind.Name())
	if r, ok := advocacy.RepeatOf(v.Rule); ok && len(r.Weekdays) == 1 {
		f.weekday.SetSelected(r.Weekdays[0].String())
		for _, each := range rhythms {
			if each.repeat.Every == r.Every && each.repeat.Nth == r.Nth {
				f.rhythm.SetSelected(each.says)
			}
		}
	}
	f.field = kit.NewField("Title", "", f.title)
	return f
}

func (f *seriesForm) content() fyne.CanvasObject {
	beside := func(a, b fyne.CanvasObject) fyne.CanvasObject { return kit.Grid(200, theme.Space4, a, b) }
	return kit.NewForm(f.field, kit.NewField("What it is about", "", f.note),
		beside(kit.NewField("Kind", "", f.kind), kit.NewField("How often", "", f.rhythm)),
		beside(kit.NewField("On", "", f.weekday), kit.NewField("At", "", f.clock)),
		beside(kit.NewField("From", "As 2026-11-24.", f.first), kit.NewField("Until", "Every series has an end.", f.until)))
}

// read is the series as the form has it.
func (f *seriesForm) read() (advocacy.Series, error) {
	v := f.was
	v.Title, v.Note, v.First, v.Until = f.title.Text, f.note.Text, strings.TrimSpace(f.first.Text), strings.TrimSpace(f.until.Text)
	for _, k := range advocacy.PostKinds() {
		if k.Name() == f.kind.Selected {
			v.Kind = k
		}
	}
	clock, err := time.Parse("15:04", strings.TrimSpace(f.clock.Text))
	if err != nil {
		return v, errors.New("Write the time as 09:00")
	}
	v.Minute = clock.Hour()*60 + clock.Minute()
	at, often := f.weekday.SelectedIndex(), f.rhythm.SelectedIndex()
	if at < 0 || often < 0 {
		if v.Rule == "" {
			return v, errors.New("Choose how often it comes, and on which day of the week")
		}
		return v, nil // a rule that the form cannot show stays
	}
	r := rhythms[often].repeat
	r.Weekdays = []time.Weekday{time.Weekday(at)}
	v.Rule = r.Rule()
	return v, nil
}

// editSeries asks for a new series, or for changes of one; of a turn it asks whether all or only those from it on are meant.
func (s *Screen) editSeries(turn *advocacy.SeriesTurn) {
	if s.chosen.IsZero() {
		return
	}
	v := advocacy.Series{Kind: advocacy.KindSpotlight, First: s.chosen.Format(practice.Day), Until: s.chosen.AddDate(0, 6, 0).Format(practice.Day), Minute: 9 * 60,
		Rule: advocacy.Repeat{Every: 2, Weekdays: []time.Weekday{s.chosen.Weekday()}}.Rule()}
	title := "A series"
	if turn != nil {
		v, title = turn.Series, "Change “"+turn.Series.Title+"”"
	}
	form := s.newSeriesForm(v)
	by := s.actor()
	var shut func()
	store := func(save func(ctx context.Context, v advocacy.Series) (advocacy.Series, error)) {
		changed, err := form.read()
		if err != nil {
			form.field.SetError(kit.Sentence(err))
			return
		}
		s.bg.Run(func(ctx context.Context) func() {
			saved, err := save(ctx, changed)
			return func() {
				if err != nil {
					form.field.SetError(kit.Sentence(err))
					return
				}
				shut()
				s.host.Toast("“" + saved.Title + "” comes " + saved.Says() + ", until " + checkedOn(saved.Until) + ".")
				s.reload()
			}
		})
	}
	all := func() {
		store(func(ctx context.Context, v advocacy.Series) (advocacy.Series, error) {
			return s.deps.Plans.SaveSeries(ctx, v, by)
		})
	}
	buttons := []kit.Button{{Title: "Cancel"}, {Title: "Save", Primary: true, Stay: true, Run: all}}
	if turn != nil {
		buttons = []kit.Button{{Title: "Cancel"}, {Title: "Change all", Stay: true, Run: all}, {Title: "This and all that follow", Primary: true, Stay: true, Run: func() {
			store(func(ctx context.Context, v advocacy.Series) (advocacy.Series, error) {
				return s.deps.Plans.ChangeFollowing(ctx, turn.Series.ID, turn.Day, v, by)
			})
		}}}
	}
	shut = s.host.Dialog(title, kit.MinWidth(kit.MaxWidth(form.content(), 480), 480), buttons...)
	s.host.Focus(form.title)
}

// turnDialog offers what may be done with one turn of a series.
func (s *Screen) turnDialog(e advocacy.Entry) {
	turn, by := *e.Turn, s.actor()
	list := kit.Column(theme.Space2, kit.Help(sentence(turn.Series.Says())+", until "+checkedOn(turn.Series.Until)+". This turn is on "+spokenDay(turn.On)+"."))
	if turn.Series.Note != "" {
		list.Add(kit.NewParagraph(turn.Series.Note))
	}
	var shut func()
	offer := func(title, icon string, run func()) {
		b := kit.NewButton(title, theme.Icon(icon), func() { shut(); run() })
		b.Alignment = widget.ButtonAlignLeading
		list.Add(b)
	}
	if turn.Series.Kind == advocacy.KindSpotlight {
		offer("Nominate a colleague for it", "user-plus", func() { s.host.Go("spotlights", turn) })
	} else {
		offer("Make its post", "plus", func() {
			post := advocacy.Spotlight{Kind: turn.Series.Kind, Title: turn.Series.Title, Reason: turn.Series.Note, SeriesID: turn.Series.ID, SeriesDay: turn.Day}
			if e.At.After(s.deps.Now()) {
				post.Schedule = e.At
			}
			s.addPost(post, func(err error) { s.host.Fail("Making the post", err) }, func() {})
		})
	}
	offer("Move this turn", "calendar-clock", func() { s.moveDialog(e) })
	offer("Leave this turn out", "circle-minus", func() {
		s.do("Leaving the turn out", func(ctx context.Context) error { return s.deps.Plans.MoveTurn(ctx, turn.Series.ID, turn.Day, "", by) }, func() {
			s.host.ToastUndo("This turn is left out.", func() {
				s.do("Putting the turn back", func(ctx context.Context) error {
					return s.deps.Plans.MoveTurn(ctx, turn.Series.ID, turn.Day, turn.On, by)
				}, nil)
			})
		})
	})
	offer("Change the series", "pencil", func() { s.editSeries(&turn) })
	offer("Remove the series", "trash-2", func() { s.removeSeries(turn.Series.ID) })
	shut = s.host.Dialog(turn.Series.Title, kit.MaxWidth(list, 420), kit.Button{Title: "Close"})
}

func (s *Screen) removeSeries(id int64) {
	by := s.actor()
	var gone advocacy.Series
	s.do("Removing the series", func(ctx context.Context) error {
		var err error
		gone, err = s.deps.Plans.RemoveSeries(ctx, id, by)
		return err
	}, func() {
		s.host.ToastUndo("“"+gone.Title+"” is removed. Posts that were made for it stay.", func() {
			s.do("Bringing the series back", func(ctx context.Context) error { _, err := s.deps.Plans.SaveSeries(ctx, gone, by); return err }, nil)
		})
	})
}
