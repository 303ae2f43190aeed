package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
)

type staffVerb struct {
	List   staffList   `cmd:"" default:"1" help:"List the staff."`
	Add    staffAdd    `cmd:"" help:"Add a member of staff."`
	Remove staffRemove `cmd:"" help:"Note that somebody left; signatures, training and consents stay on record."`
	Places placesList  `cmd:"" help:"List the places of the practice."`
	Place  placeAdd    `cmd:"" help:"Add a place of the practice, as somebody who decides for it."`
	Here   staffHere   `cmd:"" help:"Say who works at this computer: oneself, or as somebody who decides for the practice."`

	Import   staffImport `cmd:"" help:"Take over a staff list in CSV."`
	ResetPIN staffReset  `cmd:"" name:"reset-pin" help:"Take away a PIN that somebody forgot."`
}

type staffList struct{}

func (staffList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		people, err := h.Practices.People(d.ctx)
		if err != nil {
			return err
		}
		for _, p := range people {
			left := p.Leaving(d.today())
			if left != "" {
				left = "  " + left
			}
			if err := d.print(p, "%3d  %-11s %-24s %s%s", p.ID, p.Role, p.Name, p.Job, left); err != nil {
				return err
			}
		}
		return nil
	})
}

type staffAdd struct {
	Name        string `arg:"" help:"Name."`
	Role        string `help:"owner, compliance, manager, hr, clinician, author or staff." default:"staff"`
	Job         string `help:"Job, as on the badge."`
	Credentials string `help:"Such as RDH."`
	Email       string `help:"E-mail address; it tells two people of one name apart."`
	Hired       string `help:"First day, such as 2026-11-22." placeholder:"D"`
}

func (v staffAdd) Run(d *desk) error {
	if !slices.Contains(practice.Roles(), practice.Role(v.Role)) {
		return wrong("There is no role %q; the roles are %s", v.Role, roles())
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		p := practice.Person{Name: v.Name, Role: practice.Role(v.Role), Job: v.Job, Credentials: v.Credentials, Email: v.Email, HiredOn: v.Hired}
		id, err := h.Practices.SavePerson(d.ctx, p, by)
		if errors.Is(err, practice.ErrDay) {
			return useError{err}
		}
		if errors.Is(err, practice.ErrName) {
			return fmt.Errorf("%w (--email ADDRESS). \"goodwordctl staff\" lists everybody, \"goodwordctl staff remove NUMBER --undo\" takes a last day away", err)
		}
		if err != nil {
			return err
		}
		if p, err = h.Practices.Person(d.ctx, id); err != nil {
			return err
		}
		return d.print(p, "Added %s with number %d.", p.Name, p.ID)
	})
}

func roles() string {
	var names []string
	for _, r := range practice.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

type staffRemove struct {
	Person string `arg:"" help:"Name or number."`
	On     string `help:"Last day; today when left out." placeholder:"D"`
	Undo   bool   `help:"They did not leave, or are back: takes the last day away."`
}

// Help says what becomes of the records.
func (staffRemove) Help() string {
	return "Nobody is deleted: what they signed, learned and allowed is proof and stays under their number. A consent goes on until it is withdrawn (\"spotlight withdraw\"); nothing new is posted of somebody who left. What waits for them is listed."
}

// leaving is somebody who left, and what waits for them.
type leaving struct {
	practice.Person
	Waits []house.Work `json:"waits"`
}

func (v staffRemove) Run(d *desk) error {
	if v.Undo && v.On != "" {
		return wrong("--undo takes the last day away and --on gives one; use one of them")
	}
	return d.about(v.Person, func(h *house.House, p practice.Person, by audit.Actor) error {
		switch {
		case v.Undo && p.LeftOn == "":
			return fmt.Errorf("%s is on the staff list without a last day", p.Name)
		case v.Undo:
			p.LeftOn = ""
			if _, err := h.Practices.SavePerson(d.ctx, p, by); err != nil {
				return err
			}
			return d.print(p, "%s is here again.", p.Name)
		case p.LeftOn != "" && v.On == "":
			return fmt.Errorf("%s %s already. Another day is given with --on, and --undo takes it away", p.Name, p.Leaving(d.today()))
		}
		if p.LeftOn = v.On; v.On == "" {
			p.LeftOn = d.today()
		}
		if _, err := h.Practices.SavePerson(d.ctx, p, by); errors.Is(err, practice.ErrDay) {
			return useError{err}
		} else if err != nil {
			return err
		}
		waits, err := h.OpenWork(d.ctx, p.ID)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("The last day of %s is %s. What they signed, learned and allowed stays on record.", p.Name, p.LeftOn)
		for _, w := range waits {
			text += fmt.Sprintf("\n  %s: %s: %s", w.Kind, w.Title, w.Why)
		}
		return d.print(leaving{p, slices.Concat([]house.Work{}, waits)}, "%s", text)
	})
}

type placesList struct{}

func (placesList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Practices.Places(d.ctx)
		if err != nil {
			return err
		}
		for _, p := range list {
			if err := d.print(p, "%3d  %-24s %-30s %s", p.ID, p.Name, strings.Trim(p.Address+", "+p.City, ", "), p.Phone); err != nil {
				return err
			}
		}
		if len(list) == 0 {
			return d.remark("No places yet. Add one with \"goodwordctl staff place NAME\".")
		}
		return nil
	})
}

type placeAdd struct {
	Name    string `arg:"" help:"Name of the place."`
	Address string `help:"Street and number."`
	City    string `help:"City."`
	Phone   string `help:"Phone number."`
}

func (v placeAdd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		p := practice.Place{Name: strings.TrimSpace(v.Name), Address: v.Address, City: v.City, Phone: v.Phone}
		var err error
		if p.ID, err = h.Practices.SavePlace(d.ctx, p, by); err != nil {
			return err
		}
		return d.print(p, "Added the place %s.", p.Name)
	})
}

type staffHere struct {
	Person string `arg:"" help:"Name or number."`
	PIN    string `help:"Their own PIN, if they have one." name:"pin" env:"GOODWORD_PIN" placeholder:"DIGITS"`
}

func (v staffHere) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, p practice.Person, by audit.Actor) error {
		if by.ID != p.ID {
			if err := d.leads(h, by, fmt.Sprintf("That %s works here is said by themselves (--as), or by the owner, the compliance officer or a manager", p.Name)); err != nil {
				return err
			}
		}
		if err := h.Practices.CheckPIN(d.ctx, p.ID, v.PIN); err != nil && !errors.Is(err, practice.ErrNoPIN) {
			return err
		}
		if err := h.Practices.SetSetting(d.ctx, practice.SettingPerson, fmt.Sprint(p.ID), by); err != nil {
			return err
		}
		return d.print(p, "%s works at this computer.", p.Name)
	})
}

type staffImport struct {
	File    string `arg:"" help:"CSV file with a line of titles." type:"existingfile"`
	Preview bool   `help:"Only say what would happen."`
}

func (v staffImport) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		in, err := os.Open(v.File)
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		roster, err := practice.ReadRoster(in)
		if err != nil {
			return err
		}
		people, err := h.Practices.People(d.ctx)
		if err != nil {
			return err
		}
		places, err := h.Practices.Places(d.ctx)
		if err != nil {
			return err
		}
		lines := roster.Read(roster.Guess(), people, places)
		for _, l := range lines {
			row := map[string]any{"line": l.Number, "name": l.Person.Name, "change": l.Change && l.Err == nil}
			switch {
			case l.Err != nil:
				row["error"] = l.Err.Error()
				err = d.print(row, "line %d: %s", l.Number, l.Err)
			case l.Known == nil:
				err = d.print(row, "line %d: %s is new", l.Number, l.Person.Name)
			case l.Change:
				err = d.print(row, "line %d: %s changes", l.Number, l.Known.Name)
			}
			if err != nil {
				return err
			}
		}
		if v.Preview {
			return nil
		}
		added, changed, err := h.Practices.ImportPeople(d.ctx, lines, by)
		if err != nil {
			return err
		}
		return d.print(map[string]int{"added": added, "changed": changed}, "%d people are new, %d changed.", added, changed)
	})
}

type staffReset struct {
	Person string `arg:"" help:"Name or number."`
}

func (v staffReset) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, p practice.Person, by audit.Actor) error {
		if err := h.Practices.ResetPIN(d.ctx, p.ID, by); err != nil {
			return err
		}
		return d.print(map[string]any{"person": p.Name}, "%s has no PIN now and can set another.", p.Name)
	})
}
