package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
	packs "goodword/policy/proof"
)

type policyPack struct {
	To       string `help:"Where it goes: a new folder, or a file that ends in .zip." required:"" placeholder:"PATH"`
	Person   string `help:"Only about this colleague (name or number)."`
	Version  int64  `help:"Only about the version with this number." placeholder:"ID"`
	From     string `help:"Only from this day on." placeholder:"D"`
	Until    string `help:"Only until this day." placeholder:"D"`
	Unmasked bool   `help:"For counsel: the words of incidents stay as they are. The audit log notes it."`
}

type packed struct {
	About    string `json:"about"`
	Pack     string `json:"pack"`
	Files    int    `json:"files"`
	Manifest string `json:"manifest_sha256"`
}

func (v policyPack) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		c := packs.Choice{Version: v.Version, From: v.From, To: v.Until, Unmasked: v.Unmasked}
		if v.Person != "" {
			person, err := d.colleague(h, v.Person)
			if err != nil {
				return err
			}
			c.Person = person.ID
		}
		m, err := h.Packs.Export(d.ctx, c, v.To, by, nil)
		if err != nil {
			return err
		}
		return d.print(packed{m.About, v.To, len(m.Files) + 1, m.Hash}, "Wrote the proof pack %s, about %s: %d files. Read index.pdf first.", v.To, m.About, len(m.Files)+1)
	})
}

// verifyPack proves a proof pack: against the audit log where there is a database, else its files alone.
func (d *desk) verifyPack(path string) error {
	r, err := proved(d, func() (packs.Report, error) { return packs.VerifyFiles(d.ctx, path) },
		func(h *house.House) (packs.Report, error) { return h.Packs.Verify(d.ctx, path) })
	if err != nil {
		return err
	}
	return d.print(r, "The proof pack holds: %s, about %s, made %s by %s.\n%s", r.Practice, r.About, d.local(r.Made).Format(time.DateOnly), r.By, d.found(r.Found))
}

// verifyCertificate finds a certificate by its code.
func (d *desk) verifyCertificate(code string) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		c, err := h.Policy.CheckCertificate(d.ctx, code)
		if err != nil {
			return err
		}
		return d.print(c, "The certificate %s holds: %s passed \"%s\" on %s with %d of %d. It is line %d of the audit log.", c.Code, c.Person.Name, c.Module.Title,
			d.local(c.Result.At).Format(time.DateOnly), c.Result.Right, c.Result.Asked, c.Line)
	})
}

type policyCertificate struct {
	Person string `arg:"" help:"Name or number of the colleague."`
	To     string `help:"Folder for the papers; without it they are listed." placeholder:"FOLDER"`
}

func (v policyCertificate) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, _ audit.Actor) error {
		all, err := h.Policy.Certificates(d.ctx, person.ID)
		if err != nil {
			return err
		}
		if v.To != "" {
			if err := os.MkdirAll(v.To, 0o700); err != nil {
				return fmt.Errorf("The folder %s cannot be made: %w", v.To, err)
			}
		}
		for _, c := range all {
			if v.To != "" {
				if err := paper.Save(d.ctx, filepath.Join(v.To, c.FileName()), c.Sheet()); err != nil {
					return err
				}
			}
			if err := d.print(c, "%s  %s  %s", c.Code, d.local(c.Result.At).Format(time.DateOnly), c.Module.Title); err != nil {
				return err
			}
		}
		return nil
	})
}

type policyKept struct {
	MayGo bool `help:"Only what has served its time and is under no legal hold. Nothing is deleted."`
}

func (v policyKept) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		kept, err := h.Policy.Kept(d.ctx)
		if err != nil {
			return err
		}
		for _, r := range kept {
			if v.MayGo && !r.MayGo(d.today()) {
				continue
			}
			until := "in effect"
			if r.Until != "" {
				until = "until " + r.Until
			}
			if r.Held != "" {
				until += ", held: " + r.Held
			}
			if err := d.print(r, "%-15s %-50s %s", r.Kind, r.Title, until); err != nil {
				return err
			}
		}
		return nil
	})
}
