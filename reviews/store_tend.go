package reviews

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/database"
)

// Tended is what moved by itself.
type Tended struct {
	Returned []int64 `json:"returned,omitempty"` // was put off until now
	Climbed  []int64 `json:"climbed,omitempty"`  // nobody took it up in time
	Lifted   []int64 `json:"lifted,omitempty"`   // late, and nobody had begun
	Retimed  int     `json:"retimed,omitempty"`  // have another due time, since the hours or targets were changed
}

// Any reports whether anything moved.
func (t Tended) Any() bool {
	return len(t.Returned)+len(t.Climbed)+len(t.Lifted) > 0 || t.Retimed > 0
}

// Tend does what is due without a person: what was put off comes back, what nobody took up climbs, what is late goes onto the ladder. Nothing is
// sent anywhere; it is shown. It is called at the start, after each collection and each minute, and does nothing twice.
func (s *Store) Tend(ctx context.Context) (Tended, error) {
	var done Tended
	c, err := s.climbing(ctx)
	if err != nil {
		return done, err
	}
	t := tending{s, c, newDeadlines(c.practice), &done}
	if done.Retimed, err = s.retime(ctx, c); err != nil {
		return done, err
	}
	idle, err := t.idle(ctx)
	if err != nil || idle {
		if err == nil && done.Any() {
			s.tell(ChangedMentions)
		}
		return done, err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		for _, do := range []func(context.Context, *sql.Tx) error{t.wake, t.settle, t.climb, t.lift} {
			if err := do(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Tended{}, fmt.Errorf("see to what is due: %w", err)
	}
	if done.Any() {
		s.tell(ChangedMentions, slices.Concat(done.Returned, done.Climbed, done.Lifted)...)
	}
	return done, nil
}

type tending struct {
	s         *Store
	c         climber
	deadlines *deadlines
	done      *Tended
}

const (
	dueBack  = `snoozed <> 0 AND (snoozed <= ?1 OR urgency = 'critical' AND status <> 'escalated')`
	unplaced = `status = 'escalated' AND id NOT IN (SELECT mention_id FROM escalations WHERE ended = 0)`
	toClimb  = `ended = 0 AND taken = 0 AND (due <= ?1 OR since > ?1)`
	toLift   = `status IN ('new', 'read') AND due > 0 AND due < ?1 AND snoozed = 0`
)

// idle asks without writing whether there is anything to do, as there is not in most minutes.
func (t tending) idle(ctx context.Context) (bool, error) {
	var any bool
	err := t.s.db.Reader().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM mentions WHERE `+dueBack+`) OR EXISTS (SELECT 1 FROM mentions WHERE `+unplaced+`)
		OR EXISTS (SELECT 1 FROM escalations WHERE `+toClimb+`) OR EXISTS (SELECT 1 FROM mentions INDEXED BY mentions_open WHERE `+open+` AND `+toLift+`)`,
		seconds(t.c.now)).Scan(&any)
	return !any, err
}

func (t tending) mentions(ctx context.Context, tx *sql.Tx, where string) ([]Mention, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+wholeColumns+` FROM mentions WHERE `+where+` ORDER BY id`, seconds(t.c.now))
	return database.List(rows, err, "read what has its time", scanMention)
}

// wake brings back what was put off, flagged.
func (t tending) wake(ctx context.Context, tx *sql.Tx) error {
	list, err := t.mentions(ctx, tx, dueBack)
	for _, m := range list {
		was := m.Snoozed
		m = m.back(t.c.now)
		m.Starred = true
		did := "came back"
		if was.After(t.c.now) {
			did = "came back, because it is critical"
		}
		if err := t.s.putOff(ctx, tx, m, t.deadlines, audit.Program, did); err != nil {
			return err
		}
		t.done.Returned = append(t.done.Returned, m.ID)
	}
	return err
}

// settle gives what is escalated and stands nowhere its place on the ladder.
func (t tending) settle(ctx context.Context, tx *sql.Tx) error {
	list, err := t.mentions(ctx, tx, unplaced+` AND ?1 > 0`)
	for _, m := range list {
		if _, err := t.c.standing(ctx, tx, m); err != nil {
			return err
		}
	}
	return err
}

// climb takes what nobody took up in time one step up, with a new clock: a computer that was off over night does not run through all steps at once.
func (t tending) climb(ctx context.Context, tx *sql.Tx) error {
	list, err := escalations(ctx, tx, toClimb, seconds(t.c.now))
	if err != nil {
		return err
	}
	for _, e := range list {
		m, err := find(ctx, tx, e.Mention)
		if err != nil {
			return err
		}
		if e.Since.After(t.c.now) { // the clock of the computer was wrong then
			e.Since = t.c.now
			e.Due = t.c.ladder.rung(e.Rung).due(e.Since, m.Urgency, t.c.practice)
			if err := storeEscalation(ctx, tx, e); err != nil {
				return err
			}
			continue
		}
		next, ok := t.c.ladder.Next(e.Rung, e.Person, t.c.people, t.c.day)
		if !ok {
			continue
		}
		from := t.c.ladder.rung(e.Rung)
		e.Rung, e.Person, e.Since, e.Climbs = next.ID, next.Holder(t.c.people, t.c.day), t.c.now, e.Climbs+1
		e.Due = next.due(t.c.now, m.Urgency, t.c.practice)
		if err := storeEscalation(ctx, tx, e); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE mentions SET assigned = ? WHERE id = ?`, orNull(e.Person), m.ID); err != nil {
			return err
		}
		if err := t.s.log(ctx, tx, audit.Program, "climbed, because nobody took it up in time", mentionSubject(m.ID), from.Title, next.Title); err != nil {
			return err
		}
		t.done.Climbed = append(t.done.Climbed, m.ID)
	}
	return nil
}

// lift puts onto the ladder what is late and nobody has begun.
func (t tending) lift(ctx context.Context, tx *sql.Tx) error {
	if t.c.ladder.Lifts == LiftNone {
		return nil
	}
	list, err := t.mentions(ctx, tx, open+` AND `+toLift+` AND (?1 > 0)`)
	if err != nil {
		return err
	}
	for _, m := range list {
		if !t.c.ladder.lifts(m) {
			continue
		}
		const why = "The target has passed and nobody has begun"
		to := HandOver{Reason: why, Person: m.Assigned}
		e, err := t.c.enter(ctx, tx, m, to, audit.Program)
		if err != nil {
			return err
		}
		next, err := m.Status.After(StepEscalate)
		if err != nil {
			return err
		}
		m.Reason, m.Assigned = why, e.Person
		if err := t.s.step(ctx, tx, m, next, t.c.now, t.deadlines, audit.Program, string(StepEscalate)+": "+why); err != nil {
			return err
		}
		t.done.Lifted = append(t.done.Lifted, m.ID)
	}
	return nil
}

// retimed is how many mentions get their due time in one transaction.
const retimed = 1000

// retime works the due times out anew once the hours, the zone or the targets are others than those they were worked out with.
func (s *Store) retime(ctx context.Context, c climber) (int, error) {
	sum := sha256.Sum256([]byte(database.Pack([]any{c.practice.Hours, c.practice.Targets, c.practice.TargetRows, c.practice.TimeZone})))
	want := hex.EncodeToString(sum[:])
	var have string
	err := s.db.Reader().QueryRowContext(ctx, `SELECT IFNULL((SELECT clock FROM ladder WHERE id = 1), '')`).Scan(&have)
	if err != nil || have == want {
		return 0, err
	}
	changed, d := 0, newDeadlines(c.practice)
	for after, more := int64(0), true; more; {
		err := s.db.Write(ctx, func(tx *sql.Tx) error {
			list, err := openAfter(ctx, tx, after)
			if err != nil {
				return err
			}
			if more = len(list) == retimed; len(list) > 0 {
				after = list[len(list)-1].ID
			}
			for _, m := range list {
				at := d.due(m)
				if at.Equal(m.Due) {
					continue
				}
				if _, err := tx.ExecContext(ctx, `UPDATE mentions SET due = ? WHERE id = ?`, seconds(at), m.ID); err != nil {
					return err
				}
				changed++
			}
			return nil
		})
		if err != nil {
			return changed, fmt.Errorf("work the targets out anew: %w", err)
		}
	}
	return changed, s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO ladder (id, rungs, lifts, clock) VALUES (1, '[]', '', ?) ON CONFLICT (id) DO UPDATE SET clock = excluded.clock`, want)
		if err != nil || changed == 0 {
			return err
		}
		return s.log(ctx, tx, audit.Program, "worked the targets out anew", "mentions", "", fmt.Sprint(changed))
	})
}

func openAfter(ctx context.Context, tx *sql.Tx, after int64) ([]Mention, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+pageColumns+` FROM mentions NOT INDEXED WHERE id > ? AND due > 0 AND `+open+` ORDER BY id LIMIT ?`, after, retimed)
	return database.List(rows, err, "read whose target may have moved", scanMention)
}
