package main

import (
	"fmt"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
)

type policySign struct {
	Person  string `arg:"" help:"Name or number of the colleague, who signs on screen with --as."`
	ID      int64  `help:"Number of the version; the one in force when left out."`
	PIN     string `help:"The colleague's own PIN, if they have one." name:"pin" env:"GOODWORD_PIN" placeholder:"DIGITS"`
	OnPaper bool   `help:"Signed on paper; you are the witness if nobody else is named. It needs a leading role for somebody else."`
	Scan    string `help:"The signed sheet: a PDF, PNG or JPEG file." placeholder:"FILE"`
	Witness string `help:"Who saw it signed on paper." placeholder:"NAME"`
}

func (v policySign) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, by audit.Actor) error {
		version, err := d.version(h, v.ID)
		if err != nil {
			return err
		}
		how := policy.Signing{PersonID: person.ID, VersionID: version.ID, Way: policy.OnScreen, PIN: v.PIN, Shown: version.Hash}
		if v.OnPaper || v.Scan != "" {
			how.Way, how.Witness = policy.OnPaper, v.Witness
		}
		if v.Scan != "" {
			sheet, err := policy.ReadSheet(d.ctx, v.Scan)
			if err != nil {
				return err
			}
			how.Sheet = &sheet
		}
		signature, err := h.Policy.SignAs(d.ctx, how, by)
		if err != nil {
			return err
		}
		return d.print(signature, "%s signed version %d, %s.", person.Name, version.Number, signature.How())
	})
}

type policySheet struct {
	Person string `arg:"" help:"Name or number of the colleague who signed on paper."`
	Scan   string `arg:"" help:"The signed sheet: a PDF, PNG or JPEG file." placeholder:"FILE"`
}

func (v policySheet) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, by audit.Actor) error {
		sheet, err := policy.ReadSheet(d.ctx, v.Scan)
		if err != nil {
			return err
		}
		all, err := h.Policy.EverySignature(d.ctx)
		if err != nil {
			return err
		}
		for _, g := range all { // newest first
			if g.PersonID != person.ID || !g.Struck.IsZero() || g.Way != policy.OnPaper || g.Scan != "" {
				continue
			}
			if g, err = h.Policy.AddSheet(d.ctx, g.ID, sheet, by); err != nil {
				return err
			}
			return d.print(g, "The sheet of %s is kept with version %d.", person.Name, g.Number)
		}
		return fmt.Errorf("No signature of %s on paper lacks its sheet. \"goodwordctl policy signed\" says who signed how", person.Name)
	})
}

type policyRefuse struct {
	Person  string `arg:"" help:"Name or number of the colleague."`
	Reason  string `help:"Why, in their words." required:""`
	ID      int64  `help:"Number of the version; the one in force when left out."`
	Witness string `help:"Who else was there." placeholder:"NAME"`
}

func (v policyRefuse) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, by audit.Actor) error {
		version, err := d.version(h, v.ID)
		if err != nil {
			return err
		}
		r, err := h.Policy.Refuse(d.ctx, person.ID, version.ID, v.Reason, v.Witness, by)
		if err != nil {
			return err
		}
		return d.print(r, "%s does not sign version %d. It is on record.", person.Name, version.Number)
	})
}

type policySigned struct {
	ID  int64  `help:"Number of the version; the one in force when left out."`
	Out string `help:"Write the record to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
}

type signedRow struct {
	Person string `json:"person"`
	State  string `json:"state"`
	Signed string `json:"signed,omitempty"`
	Way    string `json:"way,omitempty"`
	Due    string `json:"due,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func (v policySigned) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		version, err := d.version(h, v.ID)
		if err != nil {
			return err
		}
		lines, err := h.Policy.RollCall(d.ctx, version.ID)
		if err != nil {
			return err
		}
		if v.Out != "" {
			p, err := h.Practices.Get(d.ctx)
			if err != nil {
				return err
			}
			years, err := h.Policy.KeepFor(d.ctx)
			if err != nil {
				return err
			}
			return d.savePaper(v.Out, policy.RollSheet(p, version, lines, d.today(), years, d.now()))
		}
		for _, l := range lines {
			row := signedRow{Person: l.Person.Name, State: string(l.State)}
			words := "has not signed, due on " + l.Due
			switch {
			case l.Signature != nil:
				row.Signed, row.Way = d.dayOf(l.Signature.At), string(l.Signature.Way)
				words = "signed on " + row.Signed + ", " + l.Signature.How()
				if r := l.Refusal; r != nil {
					row.Reason = r.Reason
					words += "; refused before, on " + d.dayOf(r.At) + ": " + r.How()
				}
			case l.Refusal != nil:
				row.Reason = l.Refusal.Reason
				words = "refused on " + d.dayOf(l.Refusal.At) + ": " + l.Refusal.How()
			default:
				row.Due = l.Due
			}
			switch l.State {
			case policy.RollOverdue:
				words += ", overdue"
			case policy.RollLeft:
				words += "; left on " + l.Person.LeftOn
			}
			if err := d.print(row, "%-24s %s", l.Person.Name, words); err != nil {
				return err
			}
		}
		return nil
	})
}

type policyRemind struct {
	Person string `arg:"" optional:"" help:"One colleague; all who are still to sign when left out."`
	Out    string `help:"Write the notice for the board to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
	Sheets bool   `help:"With --out: the policy with a page to sign by hand for each."`
}

func (v policyRemind) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		version, err := d.version(h, 0)
		if err != nil {
			return err
		}
		lines, err := h.Policy.RollCall(d.ctx, version.ID)
		if err != nil {
			return err
		}
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		waiting := policy.Waiting(lines)
		if v.Person != "" {
			person, err := d.colleague(h, v.Person)
			if err != nil {
				return err
			}
			waiting = nil
			for _, l := range policy.Waiting(lines) {
				if l.Person.ID == person.ID {
					waiting = append(waiting, l)
				}
			}
		}
		if len(waiting) == 0 {
			return d.remark("Nobody is still to sign.")
		}
		switch {
		case v.Out != "" && v.Sheets:
			return d.savePaper(v.Out, policy.SigningSheet(p, version, policy.InForce, policy.People(waiting)))
		case v.Out != "":
			return d.savePaper(v.Out, policy.ReminderSheet(p, version, waiting, d.today(), d.now()))
		}
		letter := policy.ReminderForAll(p, version, waiting, d.today())
		if v.Person != "" {
			letter = policy.Reminder(p, version, waiting[0], d.today())
		}
		return d.print(letter, "Subject: %s\n\n%s", letter.Subject, letter.Body)
	})
}
