package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/reviews"
)

type backupVerb struct {
	File    string `arg:"" help:"Where the copy goes."`
	Replace bool   `help:"Write over the file that stands there."`
}

func (v backupVerb) Run(d *desk) (err error) {
	if info, err := os.Lstat(v.File); err == nil && !info.IsDir() && !v.Replace {
		return fmt.Errorf("There is a file at %s already. Choose another name, or write over it with --replace", v.File)
	}
	h, err := d.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.DB.Backup(d.ctx, v.File); err != nil {
		return err
	}
	return d.print(map[string]string{"backup": v.File}, "Wrote and checked the backup %s.", v.File)
}

type restoreVerb struct {
	File string `arg:"" help:"The backup."`
}

func (v restoreVerb) Run(d *desk) error {
	if d.homeless != nil {
		return d.homeless
	}
	kept, err := database.Restore(d.ctx, v.File, d.path, d.now)
	if err != nil {
		return err
	}
	text := "Restored " + d.path + "."
	if kept != "" {
		text += " What stood there is kept as " + kept + "."
	}
	return d.print(map[string]string{"restored": d.path, "kept": kept}, "%s", text)
}

type verifyVerb struct {
	Folder      string `help:"Prove this incident folder, proof pack or .zip in place of the database." placeholder:"PATH"`
	Certificate string `help:"Look whether a certificate with this code holds." placeholder:"CODE"`
}

func (v verifyVerb) Run(d *desk) (err error) {
	if v.Folder != "" {
		return d.verifyFolder(v.Folder)
	}
	if v.Certificate != "" {
		return d.verifyCertificate(v.Certificate)
	}
	h, err := d.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	p, err := h.Verify(d.ctx)
	if err != nil {
		return err
	}
	return d.print(p, "All holds: the database (schema %d), %d lines of the audit log, %d texts that it vouches for, %d files.\nHead of the audit log: %s", p.Schema, p.Lines, p.Texts.Total(), p.Files, p.Head)
}

type statusVerb struct{}

type standing struct {
	Mentions   int    `json:"mentions"`
	New        int    `json:"new"`
	Open       int    `json:"open"`
	Overdue    int    `json:"overdue"`
	Urgent     int    `json:"urgent"`
	Escalated  int    `json:"escalated"`
	Waiting    int    `json:"waiting"` // escalated, and nobody has taken it up
	Snoozed    int    `json:"snoozed"`
	Moves      int    `json:"moves"` // that nobody has looked at
	Sources    int    `json:"sources"`
	Failing    int    `json:"failing"`
	Silent     int    `json:"silent"`
	Empty      int    `json:"empty"`
	Spotlights int    `json:"spotlights"`
	Checklist  int    `json:"checklist_answered"`
	Bytes      int64  `json:"database_bytes"`
	Schema     int64  `json:"schema"`
	LastBackup string `json:"last_backup,omitempty"`
	Version    string `json:"version"`
}

func (statusVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		counts, err := h.Reviews.Counts(d.ctx)
		if err != nil {
			return err
		}
		spotlights, err := h.Advocacy.Counts(d.ctx)
		if err != nil {
			return err
		}
		progress, err := h.Policy.Progress(d.ctx)
		if err != nil {
			return err
		}
		schema, err := h.DB.Version(d.ctx)
		if err != nil {
			return err
		}
		sources, err := h.Reviews.Sources(d.ctx)
		if err != nil {
			return err
		}
		moves, err := h.Insight.OpenMoves(d.ctx)
		if err != nil {
			return err
		}
		s := standing{Moves: len(moves), Mentions: counts.Mentions, New: counts.New, Open: counts.Open, Overdue: counts.Overdue, Urgent: counts.Urgent, Escalated: counts.Escalated, Waiting: counts.Waiting, Snoozed: counts.Snoozed, Sources: counts.Sources,
			Failing: howMany(sources, reviews.HealthFailing, d.now()), Silent: howMany(sources, reviews.HealthSilent, d.now()), Empty: howMany(sources, reviews.HealthEmpty, d.now()),
			Spotlights: total(spotlights.Stages), Checklist: answered(progress.All), Schema: schema, LastBackup: database.LastBackup(d.path), Version: house.Version}
		if info, err := os.Stat(d.path); err == nil {
			s.Bytes = info.Size()
		}
		return d.print(s, "Mentions    %d (%d new, %d open, %d urgent, %d overdue)\nMoves       %d\nSources     %d (%d failing, %d silent, %d empty)\nSpotlights  %d\nDatabase    %s, %d bytes, schema %d",
			s.Mentions, s.New, s.Open, s.Urgent, s.Overdue, s.Moves, s.Sources, s.Failing, s.Silent, s.Empty, s.Spotlights, d.path, s.Bytes, s.Schema)
	})
}

// howMany counts the sources that "source list" shows in a state.
func howMany(sources []reviews.Source, state reviews.HealthState, now time.Time) int {
	n := 0
	for _, s := range sources {
		if reviews.HealthOf(s, now).State == state {
			n++
		}
	}
	return n
}

func total(stages map[advocacy.Stage]int) int {
	sum := 0
	for _, n := range stages {
		sum += n
	}
	return sum
}

type reportVerb struct {
	From string `help:"First day." required:"" placeholder:"D"`
	To   string `help:"Last day." required:"" placeholder:"D"`
	Out  string `help:"The file; its ending says what it becomes: .pdf, .html, .csv or .xlsx." required:"" placeholder:"FILE"`
}

func (v reportVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		from, err := d.day(v.From)
		if err != nil {
			return err
		}
		last, err := d.day(v.To)
		if err != nil {
			return err
		}
		if last.Before(from) {
			return wrong("The last day %s lies before the first day %s", v.To, v.From)
		}
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		if err := h.Insight.Write(d.ctx, v.Out, from, last.AddDate(0, 0, 1).Add(-time.Second), p); err != nil {
			return err
		}
		return d.print(map[string]string{"report": v.Out}, "Wrote the report %s.", v.Out)
	})
}

type versionVerb struct{}

func (versionVerb) Run(d *desk) error {
	return d.print(map[string]string{"version": house.Version}, "goodwordctl %s", house.Version)
}
