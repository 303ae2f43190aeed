package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// Tag gives a mention a tag, or takes it away.
func (s *Store) Tag(ctx context.Context, id int64, tag string, on bool, by audit.Actor) error {
	if tag = TidyTag(tag); tag == "" {
		return refusal.Because(ErrStep, "A tag is a word or two")
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		before := strings.Join(m.Tags, " ")
		m.Tags = slices.DeleteFunc(m.Tags, func(t string) bool { return t == tag })
		if on {
			m.Tags = append(m.Tags, tag)
		}
		_, err := tx.ExecContext(ctx, `UPDATE mentions SET tags = ? WHERE id = ?`, pack(m.Tags), id)
		return "tagged", before, strings.Join(m.Tags, " "), err
	})
}

// Tags lists all tags that mentions have.
func (s *Store) Tags(ctx context.Context) ([]string, error) {
	list, err := column[string](s.db.Reader().QueryContext(ctx, `SELECT DISTINCT t.value FROM (SELECT DISTINCT tags FROM mentions WHERE tags <> '[]') AS m, json_each(m.tags) AS t ORDER BY 1`))
	if err != nil {
		return nil, fmt.Errorf("list the tags: %w", err)
	}
	return list, nil
}
