package main

import (
	"fmt"
	"io"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
)

type sweepVerb struct {
	List    sweepList    `cmd:"" default:"1" help:"List the sites of the round, the longest waiting first."`
	Paste   sweepPaste   `cmd:"" help:"Take the reviews of a pasted text, and note that the site was checked."`
	Nothing sweepNothing `cmd:"" help:"Note that a site was checked and had nothing new."`
}

type sweepList struct{}

func (sweepList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		stops, err := h.Reviews.Round(d.ctx)
		if err != nil {
			return err
		}
		if len(stops) == 0 {
			return d.remark("No site is in the round yet. Add one with \"goodwordctl source add --kind sweep\".")
		}
		for _, s := range stops {
			state, checked := "checked", "never"
			if s.Due() {
				state = "due"
			}
			if !s.Checked.IsZero() {
				checked = d.clock(s.Checked)
			}
			if err := d.print(s, "%4d  %-8s %-24s last %-16s  %4d brought  %s", s.ID, state, short(s.Name, 24), checked, s.Brought, s.Profile); err != nil {
				return err
			}
		}
		return nil
	})
}

type sweepPaste struct {
	Source  int64  `arg:"" help:"Number of the site."`
	File    string `arg:"" optional:"" default:"-" help:"File with the pasted text; - reads standard input."`
	Preview bool   `help:"Show what the text is taken apart into, and store nothing."`
}

// taken is a review as it would be taken.
type taken struct {
	reviews.Found
	Known bool   `json:"known"`
	State string `json:"state"` // "new", "edited", "duplicate" or "known"
}

func stateOf(o reviews.Outcome) string {
	switch {
	case o.New > 0:
		return "new"
	case o.Edited > 0:
		return "edited"
	case o.Duplicates > 0:
		return "duplicate"
	}
	return "known"
}

func (v sweepPaste) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		text, err := v.read(d)
		if err != nil {
			return err
		}
		p, err := h.Collect.Split(d.ctx, text)
		if err != nil {
			return err
		}
		if len(p.Found) == 0 {
			return fmt.Errorf("There is no review in this text. If the site has nothing new, say so with \"goodwordctl sweep nothing %d\"", v.Source)
		}
		if v.Preview {
			return v.show(d, h, p)
		}
		stamp, err := h.Collect.Take(d.ctx, v.Source, p.Found, by)
		if err != nil {
			return err
		}
		o := stamp.Outcome
		return d.print(stamp, "Took %d new, %d edited, %d duplicates, %d unchanged.", o.New, o.Edited, o.Duplicates, o.Unchanged)
	})
}

func (v sweepPaste) read(d *desk) (string, error) {
	from, done, err := d.input(v.File)
	if err != nil {
		return "", err
	}
	defer done()
	text, err := io.ReadAll(io.LimitReader(from, 1<<20))
	if err != nil {
		return "", fmt.Errorf("The text could not be read: %w", err)
	}
	return string(text), nil
}

func (v sweepPaste) show(d *desk, h *house.House, p collect.Pasted) error {
	outcomes, err := h.Collect.Try(d.ctx, v.Source, p.Found)
	if err != nil {
		return err
	}
	for i, f := range p.Found {
		state := stateOf(outcomes[i])
		if err := d.print(taken{f, state != "new", state}, "%-9s  %-10s  %s  %-20s %s", state, d.dayOf(f.Posted), stars(f.Stars), short(f.Author, 20), short(f.Text, 60)); err != nil {
			return err
		}
	}
	for _, left := range p.Left {
		if err := d.print(map[string]string{"left": left}, "left out: %s", short(left, 80)); err != nil {
			return err
		}
	}
	return nil
}

type sweepNothing struct {
	Source int64 `arg:"" help:"Number of the site."`
}

func (v sweepNothing) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		stamp, err := h.Collect.Take(d.ctx, v.Source, nil, by)
		if err != nil {
			return err
		}
		return d.print(stamp, "Noted: nothing new at site %d.", v.Source)
	})
}
