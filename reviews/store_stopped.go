package reviews

import (
	"context"
	"fmt"
	"slices"

	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/policy/guard"
)

// Stopped is a wording that the gate did not let through, and the reply that it belonged to.
type Stopped struct {
	ReplyDraft
	MentionID int64  `json:"mention_id"`
	Reviewer  string `json:"-"` // the name that a retelling must not have
}

// Stopped lists the newest wordings that the gate stopped.
func (s *Store) Stopped(ctx context.Context, limit int) ([]Stopped, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT d.id, d.reply_id, d.at, d.author, d.text, d.verdict, d.rules, m.id, m.author FROM reply_drafts d
		JOIN replies r ON r.id = d.reply_id JOIN mentions m ON m.id = r.mention_id WHERE d.verdict = ? ORDER BY d.id DESC LIMIT ?`, string(guard.Block), limit)
	return database.List(rows, err, "read what the gate stopped", func(row database.Row) (d Stopped, err error) {
		var at int64
		var rules string
		err = row.Scan(&d.ID, &d.ReplyID, &at, &d.Author, &d.Text, &d.Verdict, &rules, &d.MentionID, &d.Reviewer)
		d.At, d.Rules = clock.Unix(at), unpack(rules)
		return d, err
	})
}

// OpenOf lists the mentions that wait for a person: those assigned to them that are not closed, and those whose reply they have begun.
func (s *Store) OpenOf(ctx context.Context, personID int64) ([]Mention, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT m.id FROM mentions m LEFT JOIN replies r ON r.mention_id = m.id
		WHERE m.status IN ('new', 'read', 'answering', 'escalated') AND (m.assigned = ?1 OR r.author = ?1 AND r.published = 0) ORDER BY m.id DESC LIMIT 500`, personID)
	if err != nil {
		return nil, fmt.Errorf("read the open work: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read the open work: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return s.Page(ctx, slices.Clip(ids))
}
