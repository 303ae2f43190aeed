package main

import (
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type crisisVerb struct {
	Show crisisShow `cmd:"" default:"withargs" help:"Show the crisis plan, or write it to a file."`
	Tree crisisTree `cmd:"" help:"Print the phone tree: who calls whom."`
	Set  crisisSet  `cmd:"" help:"Say who has a duty, or change it."`
	Add  crisisAdd  `cmd:"" help:"Add a duty of the practice's own."`
}

type crisisShow struct {
	Out string `help:"Write it to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
}

func (v crisisShow) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		plan, err := h.Policy.CrisisPlan(d.ctx)
		if err != nil {
			return err
		}
		if v.Out != "" {
			p, err := h.Practices.Get(d.ctx)
			if err != nil {
				return err
			}
			choice, err := h.Policy.PlaceChoice(d.ctx)
			if err != nil {
				return err
			}
			return d.savePaper(v.Out, policy.CrisisSheet(p, plan, choice.Places(), d.now()))
		}
		if d.json {
			return d.line(plan)
		}
		for _, duty := range plan.Duties {
			if err := d.duty(duty, 0); err != nil {
				return err
			}
		}
		for _, s := range plan.Statements {
			if err := d.print(s, "\n%s (%s)\n  %s", s.Title, s.ID, s.Text); err != nil {
				return err
			}
		}
		if n := plan.Open(); n > 0 {
			return d.remark(fmt.Sprintf("\nDuties that nobody has: %d. \"goodwordctl crisis set DUTY --person NAME\" gives one to somebody.", n))
		}
		return nil
	})
}

// duty prints one duty, depth calls away from whoever noticed.
func (d *desk) duty(duty policy.Duty, depth int) error {
	who, second := duty.Person, strings.TrimSpace(duty.Deputy+" "+duty.Second)
	if who == "" {
		who = "not named yet"
	}
	if second != "" {
		second = "else " + second
	}
	return d.print(duty, "%s", strings.TrimRight(fmt.Sprintf("%-11s %-34s %-22s %-14s %s", duty.ID, strings.Repeat("  ", depth)+duty.Duty, who, duty.Phone, second), " "))
}

type crisisTree struct{}

// call is one line of the phone tree for machines.
type call struct {
	policy.Duty
	Depth int `json:"depth"`
}

func (crisisTree) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		plan, err := h.Policy.CrisisPlan(d.ctx)
		if err != nil {
			return err
		}
		for _, c := range plan.Tree() {
			if d.json {
				err = d.line(call{c.Duty, c.Depth})
			} else {
				err = d.duty(c.Duty, c.Depth)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// dutyWords are what can be said about a duty; what is not given stays.
type dutyWords struct {
	Person   *string `help:"Who has it; empty for nobody."`
	Phone    *string `help:"Their telephone."`
	Deputy   *string `help:"Who is called if they do not answer."`
	Second   *string `help:"The telephone of the deputy." name:"deputy-phone"`
	CalledBy *string `help:"The duty that calls this one; empty: whoever notices." placeholder:"DUTY"`
}

// on takes over what was given, and tells whether anything was.
func (v dutyWords) on(duty *policy.Duty) bool {
	given := false
	for _, c := range []struct{ from, to *string }{{v.Person, &duty.Person}, {v.Phone, &duty.Phone}, {v.Deputy, &duty.Deputy}, {v.Second, &duty.Second}, {v.CalledBy, &duty.Called}} {
		if c.from != nil {
			*c.to, given = strings.TrimSpace(*c.from), true
		}
	}
	return given
}

type crisisSet struct {
	Duty string  `arg:"" help:"The duty, such as lead; \"goodwordctl crisis\" lists them."`
	Name *string `help:"What it is called from now on."`
	dutyWords
}

func (v crisisSet) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		plan, err := h.Policy.CrisisPlan(d.ctx)
		if err != nil {
			return err
		}
		for _, duty := range plan.Duties {
			if duty.ID != strings.ToLower(v.Duty) {
				continue
			}
			given := v.on(&duty)
			if v.Name != nil {
				duty.Duty, given = *v.Name, true
			}
			if !given {
				return wrong("Say what changes about the duty, such as --person NAME")
			}
			return d.saveDuty(h, duty, by)
		}
		return fmt.Errorf("The crisis plan has no duty %q. \"goodwordctl crisis\" lists them", v.Duty)
	})
}

type crisisAdd struct {
	Name string `arg:"" help:"What the duty is, such as \"Speaks with the landlord\"."`
	dutyWords
}

func (v crisisAdd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		duty := policy.Duty{Duty: v.Name}
		v.on(&duty)
		return d.saveDuty(h, duty, by)
	})
}

func (d *desk) saveDuty(h *house.House, duty policy.Duty, by audit.Actor) error {
	duty, err := h.Policy.SaveDuty(d.ctx, duty, by)
	if err != nil {
		return err
	}
	return d.duty(duty, 0)
}
