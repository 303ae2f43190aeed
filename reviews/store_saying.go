package reviews

import (
	"context"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// Saying lists the replies, sent or not, whose newest text is that of a template unchanged or says certain words, the newest change first.
func (s *Store) Saying(ctx context.Context, template, words string) ([]Reply, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, mention_id, state, text, template, author, changed FROM replies
		WHERE template = ?1 OR ?2 <> '' AND instr(text, ?2) > 0 ORDER BY changed DESC, id DESC`, template, words)
	return database.List(rows, err, "read where the statement was used", func(row database.Row) (r Reply, err error) {
		var changed int64
		err = row.Scan(&r.ID, &r.MentionID, &r.State, &r.Text, &r.Template, &r.Author, &changed)
		r.Changed = clock.Unix(changed)
		return r, err
	})
}
