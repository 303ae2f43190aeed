package main

import (
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
)

type tipsVerb struct {
	List tipsList `cmd:"" default:"withargs" help:"List the health tips for the practice's disciplines in a month."`
	Add  tipsAdd  `cmd:"" help:"Plan a tip as a post; a clinician approves it before it is scheduled."`
}

type tipsList struct {
	Month string `help:"Month, as 2026-12; this one when left out." placeholder:"M"`
}

func (v tipsList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		month, err := d.month(v.Month)
		if err != nil {
			return err
		}
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		for _, tip := range advocacy.Tips(p.Disciplines, month) {
			source, _ := advocacy.TrustedSource(tip.Source)
			if err := d.print(tip, "%-16s %s\n%17s%s\n%17sSource: %s. %s.", tip.ID, tip.Title, "", tip.Text, "", source.Name, tip.HowChecked(tip.Checked)); err != nil {
				return err
			}
		}
		return nil
	})
}

type tipsAdd struct {
	Tip string `arg:"" help:"Which tip, by the word that the list shows."`
	On  string `help:"When it is to be posted." placeholder:"D"`
}

func (v tipsAdd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if _, ok := advocacy.TipByID(v.Tip); !ok {
			return wrong("There is no tip %q; \"goodwordctl tips\" lists them", v.Tip)
		}
		var at time.Time
		if v.On != "" {
			var err error
			if at, err = d.moment(v.On); err != nil {
				return err
			}
		}
		s, err := h.Advocacy.Plan(d.ctx, advocacy.Spotlight{Kind: advocacy.KindEducation, Education: advocacy.Education{Tip: v.Tip}, Schedule: at}, by)
		if err != nil {
			return err
		}
		return d.showSpotlight(h, s.ID)
	})
}

// month reads a month on the command line, as 2026-12; the one in which today lies when left out.
func (d *desk) month(text string) (time.Month, error) {
	if text == "" {
		text = d.today()[:7]
	}
	at, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, wrong("%q is no month; write it as 2026-12", text)
	}
	return at.Month(), nil
}
