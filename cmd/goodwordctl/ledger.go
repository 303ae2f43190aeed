package main

import (
	"strconv"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews/respond"
)

type ledgerVerb struct {
	Limit int `help:"How many at most; 0 for all." default:"50"`
}

func (v ledgerVerb) Run(d *desk) error {
	if v.Limit < 0 {
		return wrong("--limit %d is less than none; 0 lists all", v.Limit)
	}
	most := v.Limit
	if most == 0 {
		most = -1
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		entries, err := h.Fetch.Ledger(d.ctx, most)
		if err != nil {
			return err
		}
		for _, e := range entries {
			answer := e.Error
			if answer == "" {
				answer = strconv.Itoa(e.Status)
			}
			if err := d.print(e, "%s  %-32s %-8s sent %6d, got %8d  %s", d.clock(e.At), respond.ShortSite(e.Host, 32), e.Why, e.Sent, e.Got, answer); err != nil {
				return err
			}
		}
		if len(entries) == 0 {
			return d.remark("No request was ever made.")
		}
		return nil
	})
}
