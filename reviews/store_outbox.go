package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// settingLeaving is the name of the setting that says how replies leave.
const settingLeaving = "leaving"

// Leaving is how the practice lets its replies out.
func (s *Store) Leaving(ctx context.Context) (Leaving, error) {
	text, err := s.practices.Setting(ctx, settingLeaving)
	if err != nil {
		return UsualLeaving, fmt.Errorf("read how replies leave: %w", err)
	}
	return unpackLeaving(text), nil
}

// SetLeaving decides how replies leave. Who may approve texts decides it.
func (s *Store) SetLeaving(ctx context.Context, l Leaving, by audit.Actor) error {
	if !l.valid() {
		return refusal.Because(ErrStep, "A rest takes 0 to %d minutes", longestRest)
	}
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	if role := roles.of(by.ID); !role.MayApprove() {
		return refusedRole(role, "decide how replies leave; an owner, manager or compliance officer may")
	}
	if err := s.practices.SetSetting(ctx, settingLeaving, l.pack(), by); err != nil {
		return err
	}
	s.tell(ChangedMentions)
	return nil
}

// Release puts the reply into the outbox, where its rest begins. Nothing leaves the outbox by itself: when the rest is over, a person copies.
func (s *Store) Release(ctx context.Context, mentionID int64, by audit.Actor) (Reply, error) {
	d, err := s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (string, error) {
		if _, err := d.mention.Status.After(StepAnswer); err != nil {
			return "", err
		}
		var err error
		if d.reply, err = d.reply.release(d.by, d.author, d.now); err != nil {
			return "", d.because(err)
		}
		return "put the reply into the outbox", d.seal(ctx)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.reply, nil
}

// Recall takes the reply out of the outbox again.
func (s *Store) Recall(ctx context.Context, mentionID int64, by audit.Actor) error {
	_, err := s.atDesk(ctx, mentionID, nil, "", by, func(d *desk) (did string, err error) {
		d.reply, err = d.reply.recall(d.by)
		return "recalled the reply from the outbox", err
	})
	return err
}

// storeRest keeps what rests in step with the state of the reply.
func storeRest(ctx context.Context, tx *sql.Tx, r Reply) error {
	query, args := `DELETE FROM outbox WHERE reply_id = ?`, []any{r.ID}
	if r.State == Released {
		query = `INSERT INTO outbox (reply_id, since, seconds, words) VALUES (?, ?, ?, ?) ON CONFLICT (reply_id) DO UPDATE SET since = excluded.since,
			seconds = excluded.seconds, words = excluded.words`
		args = append(args, seconds(r.Since), int64(r.Rest.Seconds()), r.words)
	}
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("store the rest of the reply: %w", err)
	}
	return nil
}

// emptyOutbox takes the reply to a mention out of the outbox for a reason that is not a person's recall. An approval holds only while the review
// reads as it did.
func (s *Store) emptyOutbox(ctx context.Context, tx *sql.Tx, mentionID int64, keepApproval bool, why string) error {
	before, err := replyTo(ctx, tx, mentionID)
	if err != nil || before.State != Released {
		return err
	}
	after := before.out()
	if after.State = Draft; keepApproval && before.Approver != 0 {
		after.State = Approved
	} else {
		after.Approver = 0
	}
	_, err = tx.ExecContext(ctx, `UPDATE replies SET state = ?, approver = ?, changed = ? WHERE id = ?`, string(after.State), after.Approver, seconds(s.now()), after.ID)
	if err = errors.Join(err, storeRest(ctx, tx, after)); err != nil {
		return fmt.Errorf("take the reply out of the outbox: %w", err)
	}
	return s.log(ctx, tx, audit.Program, "took the reply out of the outbox, because "+why, mentionSubject(mentionID), replyState(before), replyState(after))
}

// moveReply gives a reply to another mention. One that has not gone out was written for other words: it is as stale there as after a change of
// the review, and has to be read again.
const moveReply = `UPDATE replies SET mention_id = ?1, revision = CASE WHEN state IN ('copied', 'posted', 'seen on site', 'rejected by site') THEN revision ELSE -1 END
	WHERE id = ?2 AND mention_id = ?3`
