package reviews

import (
	"context"
	"fmt"

	"goodword/internal/clock"
)

// Saying lists the replies, sent or not, whose newest text is that of a template unchanged or says certain words, the newest change first.
func (s *Store) Saying(ctx context.Context, template, words string) ([]Reply, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, mention_id, state, text, template, author, changed FROM replies
		WHERE template = ?1 OR ?2 <> '' AND instr(text, ?2) > 0 ORDER BY changed DESC, id DESC`, template, words)
	if err != nil {
		return nil, fmt.Errorf("read where the statement was used: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Reply
	for rows.Next() {
		var r Reply
		var changed int64
		if err := rows.Scan(&r.ID, &r.MentionID, &r.State, &r.Text, &r.Template, &r.Author, &changed); err != nil {
			return nil, fmt.Errorf("read where the statement was used: %w", err)
		}
		r.Changed = clock.Unix(changed)
		list = append(list, r)
	}
	return list, rows.Err()
}
