package main

import (
	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
)

type askVerb struct {
	ID int64 `arg:"" help:"Number of the mention."`
}

// Run asks for approval. The private notes are opened first, since the gate compares the text with them.
func (v askVerb) Run(d *desk) error {
	return d.agree(v.ID, "The reply to mention %[1]d waits for approval. Another person agrees with \"goodwordctl approve %[1]d\".", func(h *house.House, by audit.Actor) error {
		return h.Reviews.AskApproval(d.ctx, v.ID, by)
	})
}

type approveVerb struct {
	ID int64 `arg:"" help:"Number of the mention."`
}

func (v approveVerb) Run(d *desk) error {
	return d.agree(v.ID, "The reply to mention %[1]d is approved. \"goodwordctl reply %[1]d\" lets it out.", func(h *house.House, by audit.Actor) error {
		return h.Reviews.Approve(d.ctx, v.ID, by)
	})
}

type sendBackVerb struct {
	ID   int64  `arg:"" help:"Number of the mention."`
	Note string `help:"What has to change." required:"" placeholder:"N"`
}

func (v sendBackVerb) Run(d *desk) error {
	return d.agree(v.ID, "The reply to mention %[1]d went back to its author.", func(h *house.House, by audit.Actor) error {
		return h.Reviews.SendBack(d.ctx, v.ID, v.Note, by)
	})
}

type goAheadVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	From   string `help:"Who agreed: counsel, insurer, compliance or owner." required:"" placeholder:"WHO"`
	Name   string `help:"The name of the person who said so." required:"" placeholder:"N"`
	Reason string `help:"What was agreed, and why." required:"" placeholder:"R"`
}

// Run records who agreed to a public reply where a signal of the mention asks for that.
func (v goAheadVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.GoAhead(d.ctx, v.ID, reviews.GoAhead{From: v.From, Name: v.Name, Reason: v.Reason}, by); err != nil {
			return err
		}
		g, err := h.Reviews.GoAheadFor(d.ctx, v.ID)
		if err != nil {
			return err
		}
		return d.print(g, "Recorded: %s (%s) agrees to a public reply to mention %d.", g.Name, reviews.VoiceTitle(g.From), v.ID)
	})
}

// agreed is where a reply stands after a step of its approval.
type agreed struct {
	Mention int64              `json:"mention"`
	State   reviews.ReplyState `json:"state"`
	Note    string             `json:"note,omitempty"`
}

// agree does one step of the approval of a reply and says where it stands then.
func (d *desk) agree(id int64, text string, do func(h *house.House, by audit.Actor) error) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Vault.Unlock(d.ctx); err != nil {
			return err
		}
		if err := do(h, by); err != nil {
			return err
		}
		r, err := h.Reviews.ReplyTo(d.ctx, id)
		if err != nil {
			return err
		}
		return d.print(agreed{id, r.State, r.Note}, text, id)
	})
}

type reopenVerb struct {
	ID int64 `arg:"" help:"Number of the mention."`
}

func (v reopenVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.Reopen(d.ctx, v.ID, by); err != nil {
			return err
		}
		m, err := h.Reviews.Find(d.ctx, v.ID)
		if err != nil {
			return err
		}
		return d.print(map[string]any{"mention": v.ID, "status": m.Status}, "Mention %d waits for an answer again.", v.ID)
	})
}
