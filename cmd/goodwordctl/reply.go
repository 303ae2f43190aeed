package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/policy/guard"
	"goodword/reviews"
)

type replyVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	Text   string `help:"The reply; without it the saved draft." placeholder:"T"`
	Posted bool   `help:"It stands on the site; from then on the mention is answered."`
	Now    string `help:"Let it out before its rest in the outbox is over, and say why." placeholder:"REASON"`
	Recall bool   `help:"Take it out of the outbox again."`
}

// Help says where the text goes.
func (replyVerb) Help() string {
	return "This releases the reply: a text that may go out is printed for pasting, or queued in the outbox where it rests first. " +
		"A text that the gate blocks is refused and kept as the draft to go on from, unless a text that may go out is saved already: that one stays. A text that needs a second person is saved; " +
		"\"ask\" asks for approval, and \"approve\" or \"send-back\" answers. To save a draft and no more, use \"draft\"."
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
			if err := v.sound(d, h, by, &row); err != nil {
				return err
			}
			if _, _, err := h.Reviews.SaveDraft(d.ctx, v.ID, v.Text, "", by); err != nil {
				return err
			}
		}
		text, err := v.letOut(d, h, by)
		if errors.Is(err, reviews.ErrResting) {
			return v.release(d, h, by, row, err)
		}
		if errors.Is(err, reviews.ErrGate) {
			return v.blocked(d, h, row, err)
		}
		if errors.Is(err, reviews.ErrGoAhead) {
			return fmt.Errorf("%w: the text is saved, and \"goodwordctl go-ahead %d\" records who agreed", err, v.ID)
		}
		if errors.Is(err, reviews.ErrRights) && strings.Contains(err.Error(), "Ask for approval") {
			return fmt.Errorf("%w: the text is saved, and \"goodwordctl ask %d\" asks", err, v.ID)
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
			return d.print(row, "%s\nNoted as posted: mention %d is answered.", text, v.ID)
		}
		return d.print(row, "%s", text)
	})
}

// sound judges the text before anything is saved. One that may not go out is kept as the draft, which nobody can copy or approve, but it replaces no
// words that may go out or are on their way.
func (v replyVerb) sound(d *desk, h *house.House, by audit.Actor, row *replied) error {
	if err := judge(d, h, v.Text, row); err != nil || row.Verdict != guard.Block {
		return err
	}
	before, err := h.Reviews.ReplyTo(d.ctx, v.ID)
	if err != nil {
		return err
	}
	keep := before.Text == "" || before.State == reviews.Draft && before.Verdict == guard.Block
	if keep {
		if before, _, err = h.Reviews.SaveDraft(d.ctx, v.ID, v.Text, "", by); err != nil {
			return err
		}
	}
	row.State = string(before.State)
	if err := d.print(row, "%s", findings(row.Findings)); err != nil {
		return err
	}
	why := "This text may not be published"
	if blocks := slices.IndexFunc(row.Findings, func(f guard.Finding) bool { return f.Severity == guard.Block }); blocks >= 0 {
		f := row.Findings[blocks]
		why = fmt.Sprintf("%s: %q. %s", why, short(f.Quote, 60), strings.TrimSuffix(f.Why, "."))
	}
	if !keep {
		return refusal.Because(reviews.ErrGate, "%s. It was not saved: the text that was there before stays", why)
	}
	return refusal.Because(reviews.ErrGate, "%s. It is kept as the draft; \"goodwordctl reply %d --text TEXT\" puts better words in its place", why, v.ID)
}

// judge puts what the gate says of a text into the row.
func judge(d *desk, h *house.House, text string, row *replied) error {
	draft, err := h.Reviews.GateDraft(d.ctx, row.Mention, text)
	if err != nil {
		return err
	}
	result := h.Gate.Check(draft)
	row.Verdict, row.Findings = result.Verdict, result.Findings
	return nil
}

// blocked says why the gate stops the saved draft.
func (v replyVerb) blocked(d *desk, h *house.House, row replied, why error) error {
	r, err := h.Reviews.ReplyTo(d.ctx, v.ID)
	if err == nil {
		row.State, err = string(r.State), judge(d, h, r.Text, &row)
	}
	return errors.Join(err, d.print(row, "%s", findings(row.Findings)), why)
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
	again := fmt.Sprintf("goodwordctl reply %d", v.ID)
	return d.print(row, "%s. It is in the outbox until %s.\n  To let it out then:     %s\n  To let it out at once:  %s --now \"REASON\"\n  To take it back:        %s --recall%s",
		why, d.local(r.Until()).Format("15:04"), again, again, again, remarks(row.Findings))
}

// remarks are the findings beneath what is said of the reply.
func remarks(list []guard.Finding) string {
	if len(list) == 0 {
		return ""
	}
	return "\n" + findings(list)
}

type closeVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	Reason string `help:"Why no public reply." required:"" placeholder:"R"`

	NotPosted bool `help:"A reply that was copied was never posted."`
}

func (v closeVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		end := h.Reviews.Close
		if v.NotPosted {
			end = h.Reviews.CloseUnposted
		}
		err := end(d.ctx, v.ID, v.Reason, by)
		if errors.Is(err, reviews.ErrCopied) {
			return fmt.Errorf("%w: \"goodwordctl reply %d --posted\", or close it with --not-posted", err, v.ID)
		}
		if err != nil {
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
