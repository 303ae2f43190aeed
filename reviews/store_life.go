package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/reviews/classify"
)

// Correction is what a person puts right about a mention; nil leaves a part as it is.
type Correction struct {
	Sentiment *string
	Topics    *[]string
	Urgency   *string
	Kind      *string
	Language  *string
	PlaceID   *int64
	People    *[]int64 // whom of the practice it speaks of
}

// MarkRead notes that a person opened the mention.
func (s *Store) MarkRead(ctx context.Context, id int64, by audit.Actor) error {
	return s.take(ctx, id, StepRead, by, nil)
}

// MarkUnread puts a mention back among the new ones.
func (s *Store) MarkUnread(ctx context.Context, id int64, by audit.Actor) error {
	return s.take(ctx, id, StepUnread, by, nil)
}

// Close records the decision not to answer in public, which is as good as an answer.
func (s *Store) Close(ctx context.Context, id int64, reason string, by audit.Actor) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refusal.Because(ErrStep, "Give a reason why no public reply is the right answer")
	}
	return s.take(ctx, id, StepClose, by, func(m *Mention) string {
		m.Reason = reason
		return reason
	})
}

// Resolve ends an escalation. Whoever took it up does so, or a person who leads.
func (s *Store) Resolve(ctx context.Context, id int64, note string, by audit.Actor) error {
	if err := s.mayResolve(ctx, id, by); err != nil {
		return err
	}
	return s.take(ctx, id, StepResolve, by, func(*Mention) string { return strings.TrimSpace(note) })
}

// mayResolve refuses whoever neither took the mention up nor leads. Where nobody has taken it up, the person with whom it stands may.
func (s *Store) mayResolve(ctx context.Context, id int64, by audit.Actor) error {
	roles, err := s.roles(ctx)
	if err != nil || roles.of(by.ID).MayApprove() {
		return err
	}
	e, err := s.EscalationOf(ctx, id)
	if err != nil || e.Mention == 0 || !e.Ended.IsZero() {
		return err
	}
	if by.ID != 0 && (by.ID == e.Taker || !e.Up() && by.ID == e.Person) {
		return nil
	}
	return refusal.Because(ErrRights, "An escalation is resolved by the person who took it up, or by an owner, manager or compliance officer")
}

// CloseUnposted is Close for a mention whose reply was copied: a person says that it was never posted.
func (s *Store) CloseUnposted(ctx context.Context, id int64, reason string, by audit.Actor) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refusal.Because(ErrStep, "Give a reason why no public reply is the right answer")
	}
	_, err := s.atDesk(ctx, id, nil, "", by, func(d *desk) (string, error) {
		if d.reply.State != Copied {
			return "", nil
		}
		if _, err := d.tx.ExecContext(ctx, `UPDATE replies SET published = 0 WHERE id = ?`, d.reply.ID); err != nil {
			return "", err
		}
		if d.reply.State = Draft; d.reply.Approver != 0 {
			d.reply.State = Approved
		}
		return "said that the copied reply was not posted", nil
	})
	if err != nil {
		return err
	}
	return s.Close(ctx, id, reason, by)
}

// unposted refuses to say that there is no public reply where one was copied, and perhaps posted.
func unposted(ctx context.Context, tx *sql.Tx, id int64) error {
	r, err := replyTo(ctx, tx, id)
	if err != nil {
		return err
	}
	switch r.State {
	case Copied:
		return refusal.Because(ErrCopied, "The reply was copied. Was it posted? Mark it as posted, or say that it was not")
	case Posted, OnSite:
		return refusal.Because(ErrStep, "A reply was posted, so this is no decision for none")
	}
	return nil
}

// Reopen takes a decision back: the mention waits for an answer again, with the target that it had.
func (s *Store) Reopen(ctx context.Context, id int64, by audit.Actor) error {
	return s.take(ctx, id, StepReopen, by, func(m *Mention) string {
		m.Reason = ""
		return ""
	})
}

// take takes one step of the life of a mention; change sets what goes with it and returns a note for the audit log.
func (s *Store) take(ctx context.Context, id int64, step Step, by audit.Actor, change func(*Mention) string) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	moved := false
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		next, err := m.Status.After(step)
		if err != nil {
			return err
		}
		if next == m.Status && change == nil {
			return nil
		}
		if step == StepClose {
			if err := unposted(ctx, tx, id); err != nil {
				return err
			}
		}
		if step == StepReopen {
			if next, err = reopened(ctx, tx, id, next); err != nil {
				return err
			}
		}
		moved = true
		did := string(step)
		if change != nil {
			if note := change(&m); note != "" {
				did += ": " + note
			}
		}
		return s.step(ctx, tx, m, next, s.now(), newDeadlines(p), by, did)
	})
	if err == nil && moved {
		s.tell(ChangedMentions, id)
	}
	return err
}

// reopened is where a reopened mention stands: at the reply, if one was begun and has not gone out.
func reopened(ctx context.Context, tx *sql.Tx, id int64, next Status) (Status, error) {
	r, err := replyTo(ctx, tx, id)
	if err != nil {
		return next, err
	}
	if slices.Contains([]ReplyState{Draft, Asked, Approved, SentBack, Released}, r.State) && r.Text != "" {
		return next.After(StepAnswer)
	}
	return next, nil
}

// step stores the new state with what follows from it, and its line of the audit log.
func (s *Store) step(ctx context.Context, tx *sql.Tx, m Mention, next Status, at time.Time, d *deadlines, by audit.Actor, did string) error {
	before := m.Status
	m.Status = next
	switch {
	case !next.Done():
		m.Handled = time.Time{}
	case !before.Done():
		m.Handled = at
	}
	if next.Done() {
		m = m.back(at)
	}
	_, err := tx.ExecContext(ctx, `UPDATE mentions SET status = ?, reason = ?, assigned = ?, handled = ?, due = ?, snoozed = ?, pauses = ? WHERE id = ?`,
		string(next), m.Reason, orNull(m.Assigned), seconds(m.Handled), seconds(d.due(m)), seconds(m.Snoozed), packPauses(m.Pauses), m.ID)
	if err != nil {
		return fmt.Errorf("store the step: %w", err)
	}
	if next.Done() {
		if err := s.emptyOutbox(ctx, tx, m.ID, true, "the mention is done"); err != nil {
			return err
		}
	}
	if before == Escalated && next != Escalated {
		if err := leaveLadder(ctx, tx, m.ID, at); err != nil {
			return err
		}
	}
	return s.log(ctx, tx, by, did, mentionSubject(m.ID), string(before), string(next)+", "+wordsHash(m))
}

// change alters a mention without a step of its life.
func (s *Store) change(ctx context.Context, id int64, by audit.Actor, do func(tx *sql.Tx, m Mention) (did, before, after string, err error)) error {
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		did, before, after, err := do(tx, m)
		if err != nil {
			return err
		}
		return s.log(ctx, tx, by, did, mentionSubject(id), before, after)
	})
}

// Assign says who takes care of a mention; person 0 means nobody.
func (s *Store) Assign(ctx context.Context, id, person int64, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE mentions SET assigned = ? WHERE id = ?`, orNull(person), id)
		return "assigned", subject("person", m.Assigned), subject("person", person), err
	})
}

// Flag marks a mention to come back to, or takes the mark away.
func (s *Store) Flag(ctx context.Context, id int64, on bool, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE mentions SET starred = ? WHERE id = ?`, on, id)
		return "flagged", fmt.Sprint(m.Starred), fmt.Sprint(on), err
	})
}

// MarkGone notes that the site no longer shows a mention, or that it does again. It stays in the inbox, marked.
func (s *Store) MarkGone(ctx context.Context, id int64, gone bool, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		at := int64(0)
		if gone {
			at = seconds(s.now())
		}
		_, err := tx.ExecContext(ctx, `UPDATE mentions SET gone = ? WHERE id = ?`, at, id)
		return "gone from the site", fmt.Sprint(!m.Gone.IsZero()), fmt.Sprint(gone), err
	})
}

// critical is the urgency of what may put somebody in danger.
const critical = "critical"

// mayCalm says whether somebody may call a critical mention less urgent, by which a reply to it goes out without a second person, or say that it is no
// matter for a go-ahead, such as a legal threat, by which a reply goes out without one.
func (s *Store) mayCalm(ctx context.Context, by audit.Actor, from, to Understood) error {
	calmed, a := from.Urgency == critical && to.Urgency != critical, awaitedBy(from)
	if lifted := a != nil && awaitedBy(to) == nil; !calmed && !lifted {
		return nil
	}
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	role := roles.of(by.ID)
	switch {
	case role.MayApprove():
		return nil
	case !calmed:
		return refusal.Because(ErrRights, "The role %s may not say that this is not %s; an owner, manager or compliance officer may", role, a.To)
	}
	return refusal.Because(ErrRights, "The role %s may not call a critical mention less urgent; an owner, manager or compliance officer may", role)
}

// Correct puts a person's judgement in place of the program's, where it stays whatever the program thinks later. The target follows the urgency.
// What is critical, or waits for a go-ahead, stays so until somebody who may approve says otherwise.
func (s *Store) Correct(ctx context.Context, id int64, c Correction, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	err = s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		before, understood := m.understanding(), m.Understood
		if err := m.correct(c); err != nil {
			return "", "", "", err
		}
		if err := s.mayCalm(ctx, by, understood, m.Understood); err != nil {
			return "", "", "", err
		}
		due := m.Due
		if !due.IsZero() || c.Urgency != nil || c.Sentiment != nil {
			due = newDeadlines(p).due(m)
		}
		err := storeUnderstood(ctx, tx, m, due)
		if err == nil && c.People != nil {
			err = speaksOf(ctx, tx, m.ID, *c.People, true)
		}
		return "corrected", before, m.understanding(), err
	})
	if err == nil && (c.Sentiment != nil || c.Topics != nil || c.Urgency != nil || c.Kind != nil) {
		s.tell(ChangedLists)
	}
	return err
}

func (m *Mention) correct(c Correction) error {
	mark := func(part string) {
		if !slices.Contains(m.Corrected, part) {
			m.Corrected = append(slices.Clone(m.Corrected), part)
		}
	}
	if c.Sentiment != nil {
		score, ok := map[string]float64{"negative": -1, "mixed": 0, "positive": 1, "not judged": 0}[*c.Sentiment]
		if !ok {
			return refusal.Because(ErrStep, "The sentiment can be negative, mixed, positive or not judged")
		}
		m.Sentiment, m.Score = *c.Sentiment, score
		mark("sentiment")
	}
	if c.Topics != nil {
		m.Topics = slices.Clone(*c.Topics)
		mark("topics")
	}
	if c.Urgency != nil {
		if !slices.Contains([]string{"", "medium", "high", "critical"}, *c.Urgency) {
			return refusal.Because(ErrStep, "The urgency can be critical, high, medium or none")
		}
		if m.Urgency = *c.Urgency; m.Urgency == "" {
			m.Signals = nil
		}
		mark("urgency")
	}
	if c.Kind != nil {
		if *c.Kind != "" && !slices.Contains(classify.Kinds(), classify.Kind(*c.Kind)) {
			return refusal.Because(ErrStep, "There is no kind of mention called %q", *c.Kind)
		}
		m.Kind = *c.Kind
		mark("kind")
	}
	if c.Language != nil {
		m.Language = *c.Language
		mark("language")
	}
	if c.PlaceID != nil {
		m.PlaceID = *c.PlaceID
		mark(partPlace)
	}
	if c.People != nil {
		mark(partPeople)
	}
	return nil
}

func (m Mention) understanding() string {
	return fmt.Sprintf("%s, topics %s, urgency %q, language %s, place %d", m.Sentiment, strings.Join(m.Topics, " "), m.Urgency, m.Language, m.PlaceID)
}

func storeUnderstood(ctx context.Context, tx *sql.Tx, m Mention, due time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE mentions SET language = ?, sentiment = ?, score = ?, topics = ?, urgency = ?, signals = ?, kind = ?, confidence = ?,
		disagrees = ?, corrected = ?, place_id = ?, due = ? WHERE id = ?`, m.Language, m.Sentiment, m.Score, pack(m.Topics), m.Urgency, pack(m.Signals), m.Kind, m.Confidence, m.Disagrees, pack(m.Corrected),
		orNull(m.PlaceID), seconds(due), m.ID)
	if err != nil {
		return fmt.Errorf("store what the mention means: %w", err)
	}
	return nil
}

// MarkAllRead notes all new mentions that fit as read, and says how many there were.
func (s *Store) MarkAllRead(ctx context.Context, q Query, by audit.Actor) (int, error) {
	unread := Query{Terms: []Term{{Field: "status", Values: []string{string(New)}}}}
	c, err := s.conditions(ctx, q.And(unread))
	if err != nil {
		return 0, err
	}
	where, args := c.whole()
	var n int64
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE mentions SET status = 'read' WHERE id IN (SELECT m.id FROM mentions m`+where+`)`, args...)
		if err != nil {
			return fmt.Errorf("mark as read: %w", err)
		}
		if n, err = result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return s.log(ctx, tx, by, "marked all as read", "mentions", "", fmt.Sprintf("%d", n))
	})
	if err == nil && n > 0 {
		s.tell(ChangedMentions)
	}
	return int(n), err
}
