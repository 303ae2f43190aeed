package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/manifest"
	packs "goodword/policy/proof"
	"goodword/reviews/proof"
)

type folderVerb struct {
	ID       int64  `arg:"" help:"Number of the mention."`
	To       string `help:"Where it goes: a new folder, or a file that ends in .zip." required:"" placeholder:"PATH"`
	Unmasked bool   `help:"For counsel: names and health details stay. The audit log notes it."`
	Notes    bool   `help:"With the private notes, where they are unlocked."`
}

type foldered struct {
	Mention  int64  `json:"mention"`
	Folder   string `json:"folder"`
	Files    int    `json:"files"`
	Masked   bool   `json:"masked"`
	Manifest string `json:"manifest_sha256"`
}

func (v folderVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		m, err := h.Folders.Export(d.ctx, v.ID, v.To, proof.Choice{Unmasked: v.Unmasked, Notes: v.Notes}, by, nil)
		if err != nil {
			return err
		}
		masked := "Names and health details are masked."
		if v.Unmasked {
			masked = "Nothing is masked."
		}
		return d.print(foldered{v.ID, v.To, len(m.Files) + 1, m.Masked, m.Hash}, "Wrote the incident folder %s: %d files. %s", v.To, len(m.Files)+1, masked)
	})
}

// verifyFolder proves an incident folder or a proof pack: against the audit log where there is a database, else its files alone.
func (d *desk) verifyFolder(path string) error {
	if kind, err := manifest.KindOf(path); err == nil && kind == packs.Kind {
		return d.verifyPack(path)
	}
	r, err := proved(d, func() (proof.Report, error) { return proof.VerifyFiles(d.ctx, path) },
		func(h *house.House) (proof.Report, error) { return h.Folders.Verify(d.ctx, path) })
	if err != nil {
		return err
	}
	masked := "masked"
	if !r.Masked {
		masked = "unmasked"
	}
	return d.print(r, "The folder holds: mention %d of %s, %s, made %s by %s.\n%s", r.Mention, r.Practice, masked, d.local(r.Made).Format(time.DateOnly), r.By, d.found(r.Found))
}

// proved proves a folder against the audit log where there is a database, else its files alone. With --json, what was found is printed also when not
// all of it holds.
func proved[R any](d *desk, files func() (R, error), log func(h *house.House) (R, error)) (r R, err error) {
	if _, missing := os.Stat(d.path); d.homeless != nil || errors.Is(missing, os.ErrNotExist) {
		r, err = files()
	} else {
		h, err2 := d.open()
		if err2 != nil {
			return r, err2
		}
		defer func() { err = errors.Join(err, h.Close()) }()
		r, err = log(h)
	}
	if d.json && errors.Is(err, manifest.ErrAltered) {
		err = errors.Join(err, d.line(r))
	}
	return r, err
}

// found says with what a folder was compared.
func (d *desk) found(f manifest.Found) string {
	compared := fmt.Sprintf("The audit log noted it on %s.", d.local(f.Noted).Format(time.DateOnly))
	if !f.Asked {
		compared = "There is no database here, so that only the files were compared with the manifest."
	}
	return fmt.Sprintf("%d files and %d lines of the audit log are as they were made.\n%s", f.Files, f.Lines, compared)
}
