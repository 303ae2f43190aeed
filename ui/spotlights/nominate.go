package spotlights

import (
	"context"
	"errors"
	"strings"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
)

// nominate asks who is to be shown, on which occasion and why.
func (s *Screen) nominate() {
	if s.asked = s.seen.now.IsZero(); s.asked {
		return
	}
	today := s.deps.Now().Format(practice.Day)
	var here []practice.Person
	var names []string
	for _, p := range s.seen.people {
		if p.Here(today) {
			here = append(here, p)
			names = append(names, label(p))
		}
	}
	if len(here) == 0 {
		s.host.Fail("Nominating a colleague", errNobody)
		return
	}
	var titles []string
	for _, o := range advocacy.Occasions() {
		titles = append(titles, o.Name)
	}
	who, what := kit.NewSelect(names, nil), kit.NewSelect(titles, nil)
	what.SetSelected("Meet the team")
	why := kit.NewMultiLine("What makes this colleague worth showing", 3)
	whoField := kit.NewField("Colleague", "", who)
	form := kit.NewForm(whoField, kit.NewField("Occasion", "It decides the questions of the story sheet.", what),
		kit.NewField("Why", "Never name a patient here. The colleague may read it.", why))
	var shut func()
	shut = s.host.Dialog("Nominate a colleague", kit.MaxWidth(form, 440), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Nominate", Primary: true, Stay: true, Run: func() {
			if who.SelectedIndex() < 0 {
				whoField.SetError("Choose the colleague.")
				return
			}
			shut()
			s.add(here[who.SelectedIndex()], advocacy.Occasions()[what.SelectedIndex()].ID, why)
		}})
	s.host.Focus(who)
}

func (s *Screen) add(p practice.Person, occasion string, why *kit.Entry) {
	by, made := s.actor(), advocacy.Spotlight{}
	v := advocacy.Spotlight{PersonID: p.ID, Occasion: occasion, Reason: strings.TrimSpace(why.Text)}
	s.do("Nominating a colleague", func(ctx context.Context) error {
		var err error
		made, err = s.deps.Store.Nominate(ctx, v, by)
		return err
	}, func() { s.open(made.ID) })
}

// label tells people apart who share a name.
func label(p practice.Person) string {
	if p.Job == "" {
		return p.Name
	}
	return p.Name + ", " + p.Job
}

var errNobody = errors.New("there is nobody on the staff list yet. Add people in Settings first")
