package spotlights

import (
	"context"
	"errors"
	"slices"
	"strings"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
)

// nomination is what is known before somebody is nominated: a mention that praises people, or a suggestion.
type nomination struct {
	people   []int64             // whom it may be about; the first is chosen
	occasion string              // empty: meet the team
	mention  int64               // the praise that started it
	words    string              // of the praise, without names of patients and words on health
	turn     advocacy.SeriesTurn // of a series, which the spotlight takes
}

// nominate asks who is to be shown, on which occasion and why.
func (s *Screen) nominate() { s.nominateFrom(nomination{}) }

// nominateFrom asks the same, with what is known filled in.
func (s *Screen) nominateFrom(known nomination) {
	if s.seen.now.IsZero() {
		s.asked = func() { s.nominateFrom(known) }
		return
	}
	today := s.deps.Now().Format(practice.Day)
	var here []practice.Person
	for _, p := range s.seen.people {
		if p.Here(today) {
			here = append(here, p)
		}
	}
	if len(here) == 0 {
		s.host.Fail("Nominating a colleague", errNobody)
		return
	}
	// Those the praise speaks of stand first.
	slices.SortStableFunc(here, func(a, b practice.Person) int { return rank(known.people, a.ID) - rank(known.people, b.ID) })
	var names, titles []string
	for _, p := range here {
		names = append(names, label(p))
	}
	meet := "Meet the team"
	for _, o := range advocacy.Occasions() {
		titles = append(titles, o.Name)
		if o.ID == known.occasion {
			meet = o.Name
		}
	}
	who, what := kit.NewSelect(names, nil), kit.NewSelect(titles, nil)
	what.SetSelected(meet)
	if len(known.people) > 0 && here[0].ID == known.people[0] {
		who.SetSelectedIndex(0)
	}
	why := kit.NewMultiLine("What makes this colleague worth showing", 3)
	help := "Never name a patient here. The colleague may read it."
	if known.mention != 0 {
		help = "From the mention, without names of patients and without a word on health. Read it once more: the colleague may read it too."
		if known.words != "" {
			why.SetText("A patient wrote: “" + known.words + "”")
		}
	}
	whoField := kit.NewField("Colleague", "", who)
	v := advocacy.Spotlight{MentionID: known.mention}
	if t := known.turn; t.Series.ID != 0 {
		v.SeriesID, v.SeriesDay = t.Series.ID, t.Day
		if at := t.Moment(s.seen.practice.Location()); at.After(s.deps.Now()) {
			v.Schedule = at
		}
		whoField = kit.NewField("Colleague", "For “"+t.Series.Title+"” on "+longDay(t.On)+". The turn is then taken.", who)
	}
	form := kit.NewForm(whoField, kit.NewField("Occasion", "It decides the questions of the story sheet.", what), kit.NewField("Why", help, why))
	var shut func()
	shut = s.host.Dialog("Nominate a colleague", kit.MinWidth(kit.MaxWidth(form, 480), 400), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Nominate", Primary: true, Stay: true, Run: func() {
			if who.SelectedIndex() < 0 {
				whoField.SetError("Choose the colleague.")
				return
			}
			v.PersonID, v.Occasion, v.Reason = here[who.SelectedIndex()].ID, advocacy.Occasions()[what.SelectedIndex()].ID, strings.TrimSpace(why.Text)
			s.add(v, func(err error) { whoField.SetError(said(err)) }, func() { shut() })
		}})
	s.host.Focus(who)
}

// rank is the place of a person among those that are known, after all of them for anybody else.
func rank(known []int64, id int64) int {
	if i := slices.Index(known, id); i >= 0 {
		return i
	}
	return len(known)
}

// add nominates; the way back puts the card into the archive, and a turn of a series waits again.
func (s *Screen) add(v advocacy.Spotlight, refused func(error), done func()) {
	by := s.actor()
	s.bg.Run(func(ctx context.Context) func() {
		made, err := s.deps.Store.Nominate(ctx, v, by)
		return func() {
			if err != nil {
				refused(err)
				return
			}
			done()
			s.reload()
			s.open(made.ID)
			s.host.ToastUndo("Nominated.", func() {
				s.do("Taking the nomination back", func(ctx context.Context) error { return s.deps.Store.Move(ctx, made.ID, advocacy.Archived, by) }, s.back)
			})
		}
	})
}

// label tells people apart who share a name.
func label(p practice.Person) string {
	if p.Job == "" {
		return p.Name
	}
	return p.Name + ", " + p.Job
}

var errNobody = errors.New("there is nobody on the staff list yet. Add people in Settings first")
