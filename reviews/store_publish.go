package reviews

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// SaveDraft stores the wording of a reply with the judgement of the gate. template is the id of the template that the text is, or "". An empty
// text takes the reply back.
func (s *Store) SaveDraft(ctx context.Context, mentionID int64, text, template string, by audit.Actor) (Reply, guard.Result, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return Reply{}, guard.Result{}, err
	}
	d, err := s.atDesk(ctx, mentionID, &text, template, by, func(d *desk) (string, error) {
		step := StepAnswer
		if strings.TrimSpace(text) == "" {
			if d.reply.ID == 0 {
				return "", nil
			}
			step = StepWithdraw
		}
		next, err := d.mention.Status.After(step)
		if err != nil {
			return "", err
		}
		before := d.reply
		if d.reply, err = d.reply.write(text, template, d.by, d.now); err != nil {
			return "", err
		}
		if next != d.mention.Status {
			if err := s.step(ctx, d.tx, d.mention, next, s.now(), newDeadlines(p), by, string(step)); err != nil {
				return "", err
			}
		}
		if before.ID != 0 && before.State != d.reply.State {
			return "changed the reply", nil
		}
		if d.reply == before {
			return "", nil
		}
		return didSave, nil
	})
	if err != nil {
		return Reply{}, guard.Result{}, err
	}
	return d.reply, d.result, nil
}

// AskApproval asks another person to agree to the reply.
func (s *Store) AskApproval(ctx context.Context, mentionID int64, by audit.Actor) error {
	_, err := s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (did string, err error) {
		if d.reply, err = d.reply.ask(d.by, d.now); err != nil {
			return "", d.because(err)
		}
		return "asked for approval of the reply", d.seal(ctx)
	})
	return err
}

// Approve agrees to the reply of another person.
func (s *Store) Approve(ctx context.Context, mentionID int64, by audit.Actor) error {
	_, err := s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (did string, err error) {
		if d.reply, err = d.reply.approve(d.by, d.now); err != nil {
			return "", d.because(err)
		}
		return "approved the reply", nil
	})
	return err
}

// SendBack gives a reply back to its author with a note.
func (s *Store) SendBack(ctx context.Context, mentionID int64, note string, by audit.Actor) error {
	_, err := s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (did string, err error) {
		d.reply, err = d.reply.sendBack(note, d.by, d.now)
		return "sent the reply back: " + strings.TrimSpace(note), err
	})
	return err
}

// Copy lets the reply out: it judges exactly the stored text once more, against the review as it reads now, and returns it when the gate, the
// rights and its rest allow. The mention stays open until MarkPosted: nobody knows yet whether the text was pasted.
func (s *Store) Copy(ctx context.Context, mentionID int64, by audit.Actor) (string, error) {
	return s.letOut(ctx, mentionID, "", by)
}

// CopyNow lets the reply out before its rest is over. Only who may approve can decide so, and the reason goes into the audit log.
func (s *Store) CopyNow(ctx context.Context, mentionID int64, reason string, by audit.Actor) (string, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return "", refusal.Because(ErrStep, "Say why this reply goes out before its rest is over")
	}
	return s.letOut(ctx, mentionID, reason, by)
}

func (s *Store) letOut(ctx context.Context, mentionID int64, soon string, by audit.Actor) (string, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return "", err
	}
	text := ""
	var early error // why the text stays in the outbox, where its rest began anew
	_, err = s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (string, error) {
		next, err := d.mention.Status.After(StepAnswer)
		if err != nil {
			return "", err
		}
		if soon != "" && !d.by.Role.MayApprove() {
			return "", refusal.Because(ErrRights, "The role %s may not let a reply out before its rest is over; an owner, manager or compliance officer may", d.by.Role)
		}
		before := d.reply
		if d.reply, err = d.reply.copied(d.author, d.now, soon); err != nil {
			if d.reply = before.anew(d.now.At); errors.Is(err, ErrResting) && d.reply != before {
				early = err
				return "began the rest of the reply anew, because the clock was set back", nil
			}
			return "", d.because(err)
		}
		if err := d.seal(ctx); err != nil {
			return "", err
		}
		if _, err := d.tx.ExecContext(ctx, `UPDATE replies SET published = ? WHERE id = ?`, seconds(s.now()), d.reply.ID); err != nil {
			return "", err
		}
		if next != d.mention.Status {
			if err := s.step(ctx, d.tx, d.mention, next, s.now(), newDeadlines(p), by, string(StepAnswer)); err != nil {
				return "", err
			}
		}
		text = d.reply.Text
		if soon != "" && before.rested(d.now) != nil {
			return "copied the reply before its rest was over: " + soon, nil
		}
		return "copied the reply", nil
	})
	switch {
	case err != nil:
		return "", err
	case early != nil:
		return "", early
	}
	return text, nil
}

// MarkPosted notes that the reply stands on the site. The mention is answered from then on.
func (s *Store) MarkPosted(ctx context.Context, mentionID int64, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	_, err = s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (string, error) {
		next, err := d.mention.Status.After(StepPublish)
		if err != nil {
			return "", err
		}
		if d.reply, err = d.reply.posted(); err != nil {
			return "", err
		}
		if next != d.mention.Status {
			if err := s.step(ctx, d.tx, d.mention, next, s.now(), newDeadlines(p), by, string(StepPublish)); err != nil {
				return "", err
			}
		}
		if err := d.lookFor(ctx, s.now()); err != nil {
			return "", err
		}
		return "posted the reply", nil
	})
	return err
}

// MarkRejected notes that the site did not take the reply; the mention is open again.
func (s *Store) MarkRejected(ctx context.Context, mentionID int64, note string, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	_, err = s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (string, error) {
		if d.reply, err = d.reply.rejected(strings.TrimSpace(note)); err != nil {
			return "", err
		}
		if d.mention.Status.Done() {
			next, err := d.mention.Status.After(StepReopen)
			if err != nil {
				return "", err
			}
			if err := s.step(ctx, d.tx, d.mention, next, s.now(), newDeadlines(p), by, string(StepReopen)); err != nil {
				return "", err
			}
		}
		if err := d.lookFor(ctx, time.Time{}); err != nil {
			return "", err
		}
		return "the site rejected the reply", nil
	})
	return err
}

// because adds to a refusal of the gate the first words that it stopped at.
func (d *desk) because(err error) error {
	for _, f := range d.result.Findings {
		if f.Severity == guard.Block && isGate(err) {
			return refusal.Because(ErrGate, "This text may not be published: \"%s\". %s", shorten(f.Quote), f.Why)
		}
	}
	return err
}

func isGate(err error) bool {
	return errors.Is(err, ErrGate)
}

func shorten(quote string) string {
	runes := []rune(quote)
	if len(runes) <= 60 {
		return quote
	}
	return fmt.Sprintf("%s…", string(runes[:60]))
}
