package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// Snooze puts a mention off until a moment, when it comes back by itself. With a reason whom it waits for, the clock of its target stands still
// until then.
func (s *Store) Snooze(ctx context.Context, id int64, until time.Time, waitsFor string, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	now := s.now().UTC().Truncate(time.Second)
	until = until.UTC().Truncate(time.Second)
	switch {
	case !until.After(now):
		return refusal.Because(ErrStep, "This moment has passed. Choose a later one to come back at")
	case until.Sub(now) > longestSnooze:
		return refusal.Because(ErrStep, "A mention can be put off for a year at the most")
	}
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		e, err := escalationOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := m.MaySnooze(e); err != nil {
			return err
		}
		m = m.back(now)
		m.Snoozed = until
		did := "put off until " + until.In(p.Location()).Format("2006-01-02 15:04")
		if waitsFor = strings.TrimSpace(waitsFor); waitsFor != "" {
			m.Pauses = append(m.Pauses, Pause{Since: now, Until: until, Why: waitsFor})
			did += ", the clock stands still: " + waitsFor
		}
		return s.putOff(ctx, tx, m, newDeadlines(p), by, did)
	})
}

// Wake brings a mention that was put off back at once.
func (s *Store) Wake(ctx context.Context, id int64, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if m.Snoozed.IsZero() {
			return refusal.Because(ErrStep, "This mention is not put off")
		}
		return s.putOff(ctx, tx, m.back(s.now().UTC().Truncate(time.Second)), newDeadlines(p), by, "brought back")
	})
}

// putOff stores until when a mention is put off, and what that does to its target.
func (s *Store) putOff(ctx context.Context, tx *sql.Tx, m Mention, d *deadlines, by audit.Actor, did string) error {
	_, err := tx.ExecContext(ctx, `UPDATE mentions SET snoozed = ?, pauses = ?, due = ?, starred = ? WHERE id = ?`, seconds(m.Snoozed), packPauses(m.Pauses),
		seconds(d.due(m)), m.Starred, m.ID)
	if err != nil {
		return fmt.Errorf("store until when it is put off: %w", err)
	}
	return s.log(ctx, tx, by, did, mentionSubject(m.ID), "", "")
}

// Snoozed lists what is put off, the next to come back first.
func (s *Store) Snoozed(ctx context.Context) ([]int64, error) {
	return s.ids(ctx, `SELECT id FROM mentions WHERE snoozed <> 0 ORDER BY snoozed, id`)
}

// Soon lists what has used four fifths of its target and is not late yet.
func (s *Store) Soon(ctx context.Context) ([]int64, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return nil, err
	}
	now := s.now()
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT `+pageColumns+` FROM mentions INDEXED BY mentions_open WHERE `+open+` AND due >= ? ORDER BY due`, seconds(now))
	if err != nil {
		return nil, fmt.Errorf("look what is late soon: %w", err)
	}
	defer func() { _ = rows.Close() }()
	ids := []int64{}
	for rows.Next() {
		m, err := scanMention(rows)
		if err != nil {
			return nil, fmt.Errorf("look what is late soon: %w", err)
		}
		if ClockOf(m, now, p).Soon {
			ids = append(ids, m.ID)
		}
	}
	return ids, rows.Err()
}
