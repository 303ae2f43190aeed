package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
)

// DidAgree stands in the audit log between who gave a go-ahead and the reason in words of a colleague.
const DidAgree = "agreed to a public reply"

// GoAhead records that counsel, the insurer or another who decides agreed to a public answer. It holds for the review as it reads now.
func (s *Store) GoAhead(ctx context.Context, mentionID int64, g GoAhead, by audit.Actor) error {
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	if err := mayGoAhead(roles.of(by.ID)); err != nil {
		return err
	}
	return s.change(ctx, mentionID, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		g, err := g.check(awaitedBy(m.Understood))
		if err != nil {
			return "", "", "", err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO go_aheads (mention_id, agreed_by, name, reason, at, recorder, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (mention_id) DO UPDATE SET agreed_by = excluded.agreed_by, name = excluded.name, reason = excluded.reason, at = excluded.at,
			recorder = excluded.recorder, revision = excluded.revision`, m.ID, g.From, g.Name, g.Reason, seconds(s.now()), by.ID, m.Revisions)
		if err != nil {
			return "", "", "", fmt.Errorf("store the go-ahead: %w", err)
		}
		return fmt.Sprintf("recorded that %s (%s) %s: %s", voices[g.From], g.Name, DidAgree, g.Reason), "", wordsHash(m), nil
	})
}

// mayGoAhead says whether a role may record a go-ahead.
func mayGoAhead(role practice.Role) error {
	if role.MayApprove() {
		return nil
	}
	return refusedRole(role, "record a go-ahead; an owner, manager or compliance officer may")
}

// GoAheadFor is the go-ahead for a public answer to a mention, for the review as it reads now; a zero one if nobody gave it.
func (s *Store) GoAheadFor(ctx context.Context, mentionID int64) (GoAhead, error) {
	m, err := s.Find(ctx, mentionID)
	if err != nil {
		return GoAhead{}, err
	}
	return goAheadFor(ctx, s.db.Reader(), m)
}

// LastGoAhead is the go-ahead that was recorded last for a public answer to a mention, even if the review was changed since; a zero one if nobody gave any.
func (s *Store) LastGoAhead(ctx context.Context, mentionID int64) (GoAhead, error) {
	return lastGoAhead(ctx, s.db.Reader(), mentionID)
}

func goAheadFor(ctx context.Context, q database.Querier, m Mention) (GoAhead, error) {
	g, err := lastGoAhead(ctx, q, m.ID)
	if err != nil || g.Revision != m.Revisions {
		return GoAhead{}, err
	}
	return g, nil
}

func lastGoAhead(ctx context.Context, q database.Querier, mentionID int64) (GoAhead, error) {
	var g GoAhead
	var at int64
	err := q.QueryRowContext(ctx, `SELECT mention_id, agreed_by, name, reason, at, recorder, revision FROM go_aheads WHERE mention_id = ?`, mentionID).Scan(
		&g.Mention, &g.From, &g.Name, &g.Reason, &at, &g.Recorder, &g.Revision)
	if errors.Is(err, sql.ErrNoRows) {
		return GoAhead{}, nil
	}
	if err != nil {
		return GoAhead{}, fmt.Errorf("read the go-ahead: %w", err)
	}
	g.At = clock.Unix(at)
	return g, nil
}

// awaited is who still has to agree to a public answer; nil: nobody.
func awaited(ctx context.Context, q database.Querier, m Mention) (*Awaited, error) {
	a := awaitedBy(m.Understood)
	if a == nil {
		return nil, nil
	}
	given, err := goAheadFor(ctx, q, m)
	if err != nil || given.Mention != 0 {
		return nil, err
	}
	return a, nil
}
