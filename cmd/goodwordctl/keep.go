package main

import (
	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
)

type purgeVerb struct {
	Preview bool `help:"Only list what has to go and when."`
	Days    int  `help:"With --preview: what has to go within so many days." default:"0"`
}

func (v purgeVerb) Run(d *desk) error {
	if v.Days != 0 && !v.Preview {
		return wrong("--days says how far ahead to look; it goes with --preview")
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		if !v.Preview {
			n, err := h.Reviews.Purge(d.ctx)
			if err != nil {
				return err
			}
			return d.print(struct {
				Cleared int `json:"cleared"`
			}{n}, "Cleared the words of mentions: %d.", n)
		}
		list, err := h.Reviews.Expiring(d.ctx, d.now().AddDate(0, 0, v.Days))
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := d.print(e, "%6d  %s  %s  its words go on %s%s", e.MentionID, e.Source, e.Site, d.clock(e.Expires), stays(e)); err != nil {
				return err
			}
		}
		if len(list) == 0 {
			return d.remark("Nothing has to go.")
		}
		return nil
	})
}

func stays(e reviews.Expiring) string {
	if e.Kept {
		return ", those of another source stay"
	}
	return ""
}

type holdVerb struct {
	ID      int64 `arg:"" help:"Number of the mention."`
	Release bool  `help:"End the hold."`
}

func (v holdVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.Hold(d.ctx, v.ID, !v.Release, by); err != nil {
			return err
		}
		m, err := h.Reviews.Find(d.ctx, v.ID)
		if err != nil {
			return err
		}
		if v.Release {
			return d.print(whole(m), "Mention %d is released from legal hold.", v.ID)
		}
		return d.print(whole(m), "Mention %d is under legal hold: nothing of it is deleted.", v.ID)
	})
}
