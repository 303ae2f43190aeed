package main

import (
	"errors"
	"fmt"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/respond"
)

type draftVerb struct {
	ID       int64  `arg:"" help:"Number of the mention."`
	Template string `help:"Use this template in place of the one that fits best." placeholder:"T"`
}

type drafted struct {
	Mention  int64    `json:"mention"`
	Template string   `json:"template"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Verdict  string   `json:"verdict"`
	Others   []string `json:"others"`
}

func (v draftVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		suggestions, err := suggest(d, h, v.ID)
		if err != nil {
			return err
		}
		chosen := suggestions[0]
		var others []string
		for _, s := range suggestions[1:] {
			others = append(others, s.TemplateID)
		}
		if v.Template != "" {
			if chosen, err = filled(d, h, v.ID, v.Template); err != nil {
				return err
			}
		}
		_, result, err := h.Reviews.SaveDraft(d.ctx, v.ID, chosen.Text, chosen.TemplateID, by)
		if err != nil {
			return err
		}
		row := drafted{v.ID, chosen.TemplateID, chosen.Title, chosen.Text, string(result.Verdict), others}
		return d.print(row, "%s (%s, %s)\n\n%s\n\nOther templates: %v", chosen.Title, chosen.TemplateID, result.Verdict, chosen.Text, others)
	})
}

func suggest(d *desk, h *house.House, id int64) ([]respond.Suggestion, error) {
	m, p, place, err := about(d, h, id)
	if err != nil {
		return nil, err
	}
	recent, err := h.Reviews.Recent(d.ctx, 30)
	if err != nil {
		return nil, err
	}
	suggestions := h.Respond.Suggest(m, p, place, recent)
	if len(suggestions) == 0 {
		return nil, fmt.Errorf("No template fits mention %d. Write the reply with \"goodwordctl reply %d --text TEXT\"", id, id)
	}
	return suggestions, nil
}

func about(d *desk, h *house.House, id int64) (reviews.Mention, practice.Practice, *practice.Place, error) {
	m, err := h.Reviews.Find(d.ctx, id)
	if err != nil {
		return m, practice.Practice{}, nil, err
	}
	p, err := h.Practices.Get(d.ctx)
	if err != nil {
		return m, p, nil, err
	}
	place, err := h.PlaceOf(d.ctx, m)
	return m, p, place, err
}

func filled(d *desk, h *house.House, id int64, template string) (respond.Suggestion, error) {
	_, p, place, err := about(d, h, id)
	if err != nil {
		return respond.Suggestion{}, err
	}
	for _, t := range h.Respond.Templates("") {
		if t.ID == template {
			return respond.Suggestion{TemplateID: t.ID, Title: t.Title, When: t.When, Text: h.Respond.Fill(t, p, place)}, nil
		}
	}
	return respond.Suggestion{}, fmt.Errorf("There is no template %q. \"goodwordctl draft %d --json\" names those that fit", template, id)
}

type replyVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	Text   string `help:"The reply; without it the saved draft." placeholder:"T"`
	Posted bool   `help:"It stands on the site; from then on the mention is answered."`
	Now    string `help:"Let it out before its rest in the outbox is over, and say why." placeholder:"REASON"`
	Recall bool   `help:"Take it out of the outbox again."`
}

type replied struct {
	Mention  int64           `json:"mention"`
	State    string          `json:"state"`
	Verdict  guard.Verdict   `json:"verdict"`
	Text     string          `json:"text,omitempty"`
	Findings []guard.Finding `json:"findings,omitempty"`
	Until    time.Time       `json:"until,omitzero"` // when its rest in the outbox is over
	Why      string          `json:"why,omitempty"`  // it rests
}

// Run saves and checks the text. A text that may go out is printed for pasting and counts as copied, with --posted as posted; one that needs another person's approval
// waits for it; one that the gate blocks is refused with its findings; one that has to rest first goes into the outbox.
func (v replyVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		row := replied{Mention: v.ID}
		if err := h.Vault.Unlock(d.ctx); err != nil {
			return err
		}
		if v.Recall {
			if err := h.Reviews.Recall(d.ctx, v.ID, by); err != nil {
				return err
			}
			row.State = string(reviews.Draft)
			return d.print(row, "The reply is out of the outbox.")
		}
		if v.Text != "" {
			_, result, err := h.Reviews.SaveDraft(d.ctx, v.ID, v.Text, "", by)
			if err != nil {
				return err
			}
			row.Verdict, row.Findings = result.Verdict, result.Findings
		}
		text, err := v.letOut(d, h, by)
		if errors.Is(err, reviews.ErrResting) {
			return v.release(d, h, by, row, err)
		}
		if errors.Is(err, reviews.ErrGate) {
			return errors.Join(d.print(row, "%s", findings(row.Findings)), err)
		}
		if err != nil {
			return err
		}
		row.State, row.Text = string(reviews.Copied), text
		if v.Posted {
			if err := h.Reviews.MarkPosted(d.ctx, v.ID, by); err != nil {
				return err
			}
			row.State = string(reviews.Posted)
		}
		return d.print(row, "%s", text)
	})
}

func (v replyVerb) letOut(d *desk, h *house.House, by audit.Actor) (string, error) {
	if v.Now != "" {
		return h.Reviews.CopyNow(d.ctx, v.ID, v.Now, by)
	}
	return h.Reviews.Copy(d.ctx, v.ID, by)
}

// release puts a reply that has to rest into the outbox; one that is in it already goes on resting.
func (v replyVerb) release(d *desk, h *house.House, by audit.Actor, row replied, why error) error {
	r, err := h.Reviews.ReplyTo(d.ctx, v.ID)
	if err == nil && r.State != reviews.Released {
		r, err = h.Reviews.Release(d.ctx, v.ID, by)
	}
	if err != nil {
		return err
	}
	row.State, row.Until, row.Why = string(r.State), r.Until(), why.Error()
	return d.print(row, "%s. It is in the outbox until %s; run \"goodwordctl reply %d\" again then, or with --recall to take it back.", why, d.local(r.Until()).Format("15:04"), v.ID)
}

type closeVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	Reason string `help:"Why no public reply." required:"" placeholder:"R"`
}

func (v closeVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.Close(d.ctx, v.ID, v.Reason, by); err != nil {
			return err
		}
		return d.print(map[string]any{"mention": v.ID, "status": reviews.NoReply, "reason": v.Reason}, "Mention %d: no public reply. It counts as handled.", v.ID)
	})
}

type resolveVerb struct {
	ID   int64  `arg:"" help:"Number of the mention."`
	Note string `help:"What was done." required:"" placeholder:"N"`
}

func (v resolveVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.Resolve(d.ctx, v.ID, v.Note, by); err != nil {
			return err
		}
		return d.print(map[string]any{"mention": v.ID, "status": reviews.Resolved}, "Mention %d is resolved.", v.ID)
	})
}
