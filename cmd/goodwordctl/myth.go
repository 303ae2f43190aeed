package main

import (
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type mythVerb struct {
	List     mythListVerb     `cmd:"" help:"List common errors about health with statements that hold."`
	Approve  mythApproveVerb  `cmd:"" help:"Stand behind a statement, as a clinician (--as)."`
	Withdraw mythWithdrawVerb `cmd:"" help:"Take an approval back."`
}

type mythListVerb struct {
	Words []string `arg:"" optional:"" help:"Only those with these words."`
}

type mythRow struct {
	ID       string     `json:"id"`
	Topic    string     `json:"topic"`
	Myth     string     `json:"myth"`
	Correct  string     `json:"correct"`
	URL      string     `json:"url"`
	Status   string     `json:"status"`
	Checked  string     `json:"checked"`
	Approved *time.Time `json:"approved,omitempty"`
}

func (v mythListVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		approved, err := h.Policy.Approved(d.ctx)
		if err != nil {
			return err
		}
		for _, m := range policy.FindMyths(strings.Join(v.Words, " ")) {
			row := mythRow{m.ID, m.Topic, m.Myth, m.Correct, m.URL, m.Status, m.Checked, nil}
			state := "not approved"
			for _, a := range approved {
				if a.ID == m.ID {
					row.Approved, state = &a.At, "approved"
				}
			}
			if err := d.print(row, "%-4s %-28s %-12s %s", m.ID, m.Topic, state, m.Myth); err != nil {
				return err
			}
		}
		return nil
	})
}

type mythApproveVerb struct {
	ID string `arg:"" help:"Id of the statement."`
}

func (v mythApproveVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Policy.ApproveMyth(d.ctx, v.ID, by); err != nil {
			return err
		}
		return d.print(map[string]any{"id": v.ID, "approved": true}, "The statement %s may be used now.", v.ID)
	})
}

type mythWithdrawVerb struct {
	ID string `arg:"" help:"Id of the statement."`
}

func (v mythWithdrawVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Policy.WithdrawMyth(d.ctx, v.ID, by); err != nil {
			return err
		}
		return d.print(map[string]any{"id": v.ID, "approved": false}, "The statement %s is not used any more.", v.ID)
	})
}
