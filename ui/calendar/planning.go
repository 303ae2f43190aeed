package calendar

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func (s *Screen) actor() audit.Actor {
	id, name := s.host.Who()
	return audit.Actor{ID: id, Name: name}
}

// do runs a change in the background and reads the page anew.
func (s *Screen) do(doing string, work func(ctx context.Context) error, then func()) {
	s.bg.Run(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
			} else if then != nil {
				then()
			}
			s.reload()
		}
	})
}

// drop takes an item of the grid to another day, with a way back.
func (s *Screen) drop(id string, day time.Time) {
	for _, i := range s.items {
		if i.id == id {
			s.chosen = day
			s.move(i.entry, day.Format(practice.Day))
			return
		}
	}
}

func (s *Screen) move(e advocacy.Entry, to string) {
	by := s.actor()
	s.do("Moving it", func(ctx context.Context) error { return s.deps.Plans.Reschedule(ctx, e, to, by) }, func() {
		s.host.ToastUndo("Moved to "+spokenDay(to)+".", func() {
			s.do("Moving it back", func(ctx context.Context) error { return s.deps.Plans.Reschedule(ctx, e, e.From, by) }, nil)
		})
	})
}

func spokenDay(day string) string {
	if t, err := time.Parse(practice.Day, day); err == nil {
		return t.Format("Monday 2 January")
	}
	return day
}

// moveDialog asks for the new day.
func (s *Screen) moveDialog(e advocacy.Entry) {
	day := kit.NewEntry("2026-11-24")
	day.SetText(e.From)
	field := kit.NewField("New day", "Year, month, day. The time of the day stays.", day)
	var shut func()
	save := func() {
		to := strings.TrimSpace(day.Text)
		if _, err := time.Parse(practice.Day, to); err != nil {
			field.SetError("Write the day as 2026-11-24.")
			return
		}
		shut()
		s.move(e, to)
	}
	day.OnSubmitted = func(string) { save() }
	shut = s.host.Dialog("Move “"+e.Title+"”", kit.MaxWidth(field, 420), kit.Button{Title: "Cancel"}, kit.Button{Title: "Move", Primary: true, Stay: true, Run: save})
	s.host.Focus(day)
}

// plan offers what may be put on the chosen day.
func (s *Screen) plan() {
	if s.chosen.IsZero() {
		return
	}
	list := kit.Column(theme.Space2)
	var shut func()
	offer := func(title, help, icon string, run func()) {
		b := kit.NewButton(title, theme.Icon(icon), func() { shut(); run() })
		b.Alignment = widget.ButtonAlignLeading
		list.Add(kit.Column(theme.Space1, b, kit.Help(help)))
	}
	offer("Spotlight of a colleague", "Begins with a nomination and their consent.", "user-plus", func() { s.host.Go("spotlights", "nominate") })
	offer("Health tip or reminder", "Ready-made, with a trusted source. A clinician approves it before it is scheduled.", "badge-check", s.tips)
	offer("Event", "An open day, closing times, a thank-you.", "calendar-days", func() { s.planPost(advocacy.KindEvent) })
	offer("Open position", "Whom you look for, and how to apply.", "megaphone", func() { s.planPost(advocacy.KindHiring) })
	offer("Series", "Comes back by a rule, until a day: every second Tuesday.", "refresh-cw", func() { s.editSeries(nil) })
	shut = s.host.Dialog("Plan for "+s.chosen.Format("Monday 2 January"), kit.MaxWidth(list, 440), kit.Button{Title: "Cancel"})
}

// at is the chosen day at nine, or no moment when that has passed.
func (s *Screen) at() time.Time {
	at := time.Date(s.chosen.Year(), s.chosen.Month(), s.chosen.Day(), 9, 0, 0, 0, s.zone)
	if at.Before(s.deps.Now()) {
		return time.Time{}
	}
	return at
}

func (s *Screen) planPost(kind advocacy.PostKind) {
	title, words := kit.NewEntry("Open house on 12 December"), kit.NewMultiLine("A few lines. They can be changed for every network on the card.", 5)
	field := kit.NewField("Title", "", title)
	form := kit.NewForm(field, kit.NewField("What it says", "It speaks to everybody. Never name a patient; a colleague only with their consent.", words))
	post := advocacy.Spotlight{Kind: kind, Schedule: s.at()}
	var shut func()
	save := func() {
		post.Title, post.Reason = title.Text, words.Text
		s.addPost(post, func(err error) { field.SetError(kit.Sentence(err)) }, func() { shut() })
	}
	shut = s.host.Dialog(kind.Name(), kit.MaxWidth(form, 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Plan", Primary: true, Stay: true, Run: save})
	s.host.Focus(title)
}

// addPost plans a post and opens its card.
func (s *Screen) addPost(post advocacy.Spotlight, refused func(error), done func()) {
	by := s.actor()
	s.bg.Run(func(ctx context.Context) func() {
		v, err := s.deps.Plans.Plan(ctx, post, by)
		return func() {
			if err != nil {
				refused(err)
				return
			}
			done()
			s.host.Go("spotlights", v.ID)
		}
	})
}

// tips offers the ready-made health tips of the chosen month.
func (s *Screen) tips() {
	s.bg.Run(func(ctx context.Context) func() {
		p, err := s.deps.Practices.Get(ctx)
		return func() {
			if err != nil {
				s.host.Fail("Reading the tips", err)
				return
			}
			s.tipDialog(advocacy.Tips(p.Disciplines, s.chosen.Month()))
		}
	})
}

func (s *Screen) tipDialog(tips []advocacy.Tip) {
	list := kit.Column(theme.Space4, kit.Help("Our own words, one statement each. Somebody reads the page behind it, and a clinician of the practice approves the text, before it can be scheduled."))
	var shut func()
	trouble := kit.NewBanner(kit.ToneBad, "")
	trouble.Hide()
	list.Add(trouble)
	for _, tip := range tips {
		source, _ := advocacy.TrustedSource(tip.Source)
		chip := "Health tip"
		if tip.Reminder {
			chip = "Reminder of the season"
		}
		use := kit.NewButton("Use", theme.Icon("plus"), func() {
			s.addPost(advocacy.Spotlight{Kind: advocacy.KindEducation, Schedule: s.at(), Education: advocacy.Education{Tip: tip.ID}},
				func(err error) { trouble.Set(kit.ToneBad, kit.Sentence(err)); trouble.Show() }, func() { shut() })
		})
		list.Add(kit.NewCard(tip.Title, kit.Column(theme.Space2, kit.NewParagraph(tip.Text),
			kit.Help("Source: "+source.Name+". "+tip.HowChecked(checkedOn(tip.Checked))+"."), kit.Line(theme.Space2, use, kit.NewChip(chip, kit.ToneNeutral)))))
	}
	own := kit.NewButton("Write an own one", theme.Icon("pencil"), func() { shut(); s.planPost(advocacy.KindEducation) })
	list.Add(kit.Line(0, own))
	shut = s.host.Dialog(fmt.Sprintf("Health tips for %s", s.chosen.Format("January")), tall(list), kit.Button{Title: "Cancel"})
}

// tall gives a long list in a dialog room to scroll.
func tall(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.MinWidth(newRoom(kit.Scrolling(kit.InsetSides(o, 0, 0, theme.Space4, 0)), fyne.NewSize(560, 460)), 560)
}
