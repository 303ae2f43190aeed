package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
)

type consentVerb struct {
	List      consentList      `cmd:"" default:"1" help:"List the consents of staff, newest first."`
	Release   consentRelease   `cmd:"" help:"Print the release that a colleague signs."`
	Attach    consentAttach    `cmd:"" help:"Keep the signed copy of a consent: PDF, PNG or JPEG."`
	Ending    consentEnding    `cmd:"" help:"List what ends within a month and is not renewed."`
	Patients  consentPatients  `cmd:"" help:"Note how many patients a spotlight shows or tells of."`
	Authorize consentAuthorize `cmd:"" help:"Record what a patient signed for a spotlight, with the signed copy."`
	Revoke    consentRevoke    `cmd:"" help:"Withdraw a patient's authorization; lists what must be taken down."`
	TakeDown  consentTakeDown  `cmd:"" help:"List what must be taken down, or tick a line of it."`
}

type consentList struct {
	Of string `help:"Name or number of the colleague; everybody when left out." placeholder:"PERSON"`
}

func (v consentList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		var id int64
		if v.Of != "" {
			person, err := d.colleague(h, v.Of)
			if err != nil {
				return err
			}
			id = person.ID
		}
		list, err := h.Advocacy.Consents(d.ctx, id)
		if err != nil {
			return err
		}
		called, err := names(d, h)
		if err != nil {
			return err
		}
		for _, c := range list {
			state := "live"
			if !c.Withdrawn.IsZero() {
				state = "withdrawn"
			} else if !c.Live(d.today()) {
				state = "not now"
			}
			if err := d.print(c, "%4d  %-10s %-22s %s to %s  %s", c.ID, state, called[c.PersonID], c.From, c.Last(), strings.Join(c.Uses, ", ")); err != nil {
				return err
			}
		}
		return nil
	})
}

// consentTerms are where and how long something of a colleague may be used.
type consentTerms struct {
	Networks []string `help:"Where; all networks when left out."`
	From     string   `help:"First day; today when left out." placeholder:"D"`
	Until    string   `help:"Last day; until withdrawn when left out." placeholder:"D"`
	AdultOn  string   `help:"18th birthday of somebody under age." placeholder:"D"`
	Language string   `help:"Of the release: en or es." default:"en"`
}

// of is the consent of a colleague to the uses, on these terms.
func (v consentTerms) of(d *desk, person practice.Person, uses []string) advocacy.Consent {
	if v.From == "" {
		v.From = d.today()
	}
	return advocacy.Consent{PersonID: person.ID, Uses: uses, Networks: v.Networks, From: v.From, Until: v.Until, AdultOn: v.AdultOn, Language: v.Language}
}

type consentRelease struct {
	Person string   `arg:"" help:"Name or number of the colleague."`
	Out    string   `help:"The file: .pdf, .docx, .html or .md." required:"" placeholder:"FILE"`
	Uses   []string `help:"What is asked for: name, photo, quote, story, credentials, video; everything when left out."`
	consentTerms
}

func (v consentRelease) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, _ audit.Actor) error {
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		asked := v.of(d, person, v.Uses)
		if err := asked.Terms(); err != nil {
			return useError{err}
		}
		if err := paper.Save(d.ctx, v.Out, advocacy.Release(p, person, asked, h.Now())); err != nil {
			return err
		}
		return d.print(map[string]string{"file": v.Out}, "Wrote the release for %s into %s.", person.Name, v.Out)
	})
}

type consentAttach struct {
	Consent int64  `arg:"" help:"Number of the consent."`
	File    string `arg:"" help:"The signed copy: PDF, PNG or JPEG."`
}

func (v consentAttach) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		return scanned(v.File, func(r io.Reader) error {
			c, err := h.Advocacy.AttachScan(d.ctx, v.Consent, r, by)
			if err != nil {
				return err
			}
			return d.print(c, "Kept the signed copy of consent %d, SHA-256 %s. It is the one shown from now on; copies attached before stay in the database.", c.ID, c.Scan)
		})
	})
}

// scanned opens a signed copy for as long as it is read.
func scanned(path string, keep func(r io.Reader) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	defer func() { _ = file.Close() }()
	return keep(file)
}

type consentEnding struct{}

func (consentEnding) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Advocacy.Endings(d.ctx)
		if err != nil {
			return err
		}
		called, err := names(d, h)
		if err != nil {
			return err
		}
		for _, e := range list {
			who := called[e.PersonID]
			if e.AuthorizationID != 0 {
				who = fmt.Sprintf("a patient, spotlight %d", e.SpotlightID)
			}
			if err := d.print(e, "%s  in %d days  %-24s posts to take down then: %d", e.Last, e.Days, who, e.Posts); err != nil {
				return err
			}
		}
		return nil
	})
}

type consentPatients struct {
	ID    int64 `arg:"" help:"Number of the spotlight."`
	Count int   `arg:"" help:"How many patients it shows or tells of."`
}

func (v consentPatients) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) error { return h.Advocacy.ShowPatients(d.ctx, v.ID, v.Count, by) })
}

type consentAuthorize struct {
	ID             int64    `arg:"" help:"Number of the spotlight."`
	Patient        string   `help:"Name, as on the paper." required:""`
	Describes      string   `help:"What may be used, exactly." required:""`
	Purpose        string   `help:"What for." required:""`
	Networks       []string `help:"Whose readers will see it." required:""`
	Signed         string   `help:"Day of the signature." required:"" placeholder:"D"`
	Until          string   `help:"Last day." required:"" placeholder:"D"`
	Discloser      string   `help:"Who may disclose it; the practice when left out."`
	Representative string   `help:"Who signed for the patient."`
	Authority      string   `help:"What gives them the right to."`
	Scan           string   `help:"The signed copy: PDF, PNG or JPEG." required:"" placeholder:"FILE"`
	Read           bool     `help:"You read the signed paper: it has every statement that 45 CFR 164.508(c)(2) asks for, and the patient has a copy."`
}

func (v consentAuthorize) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.Discloser == "" {
			p, err := h.Practices.Get(d.ctx)
			if err != nil {
				return err
			}
			v.Discloser = p.Name
		}
		a := advocacy.Authorization{SpotlightID: v.ID, Patient: v.Patient, Describes: v.Describes, Discloser: v.Discloser, Networks: v.Networks, Purpose: v.Purpose,
			Until: v.Until, SignedOn: v.Signed, Representative: v.Representative, Authority: v.Authority}
		if v.Read {
			for _, s := range advocacy.AuthorizationStatements() {
				a.Statements = append(a.Statements, s.ID)
			}
		}
		return scanned(v.Scan, func(r io.Reader) error {
			a, err := h.Advocacy.Authorize(d.ctx, a, by)
			if err != nil {
				return err
			}
			if a, err = h.Advocacy.AttachAuthorization(d.ctx, a.ID, r, by); err != nil {
				return err
			}
			return d.print(a, "Recorded authorization %d for spotlight %d, until %s.", a.ID, a.SpotlightID, a.Until)
		})
	})
}

type consentRevoke struct {
	ID int64 `arg:"" help:"Number of the authorization."`
}

func (v consentRevoke) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		down, err := h.Advocacy.Revoke(d.ctx, v.ID, by)
		if err != nil {
			return err
		}
		return d.downs(down)
	})
}

func (d *desk) downs(list []advocacy.TakeDown) error {
	for _, t := range list {
		where := t.URL
		if t.Perhaps {
			where = "perhaps posted: look"
		}
		if err := d.print(t, "%4d  %-12s %-30s %s", t.ID, t.Network, t.Title, where); err != nil {
			return err
		}
	}
	return nil
}

type consentTakeDown struct {
	Line int64 `arg:"" optional:"" help:"Number of the line that is done; without it, the open ones are listed."`
	Undo bool  `help:"It is not down after all."`
}

func (v consentTakeDown) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.Line != 0 {
			if err := h.Advocacy.TickTakeDown(d.ctx, v.Line, !v.Undo, by); err != nil {
				return err
			}
		}
		if err := h.Advocacy.Lapse(d.ctx); err != nil {
			return err
		}
		list, err := h.Advocacy.TakeDowns(d.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return d.remark("Nothing has to be taken down.")
		}
		return d.downs(list)
	})
}
