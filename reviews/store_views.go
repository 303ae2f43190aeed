package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/database"
)

// View is a search that a person saved under a name.
type View struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query"`
}

// Views lists the saved views by name.
func (s *Store) Views(ctx context.Context) ([]View, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, name, query FROM views ORDER BY name COLLATE NOCASE`)
	return database.List(rows, err, "read the saved views", func(row database.Row) (v View, err error) {
		err = row.Scan(&v.ID, &v.Name, &v.Query)
		return v, err
	})
}

// SaveView keeps a search under a name; a view of the same name is replaced.
func (s *Store) SaveView(ctx context.Context, v View, by audit.Actor) (View, error) {
	v.Name, v.Query = strings.TrimSpace(v.Name), strings.TrimSpace(v.Query)
	if v.Name == "" {
		return v, errors.New("A saved view needs a name")
	}
	practice, err := s.practice(ctx)
	if err != nil {
		return v, err
	}
	if _, err := ParseQuery(v.Query, s.now(), practice.Location()); err != nil {
		return v, err
	}
	err = s.write(ctx, ChangedMentions, 0, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO views (name, query) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET query = excluded.query RETURNING id`, v.Name, v.Query).Scan(&v.ID)
		if err != nil {
			return fmt.Errorf("save the view %s: %w", v.Name, err)
		}
		return s.log(ctx, tx, by, "saved a view", subject("view", v.ID), "", v.Name+": "+v.Query)
	})
	return v, err
}

// RemoveView forgets a saved view; its mentions are not touched.
func (s *Store) RemoveView(ctx context.Context, id int64, by audit.Actor) error {
	return s.write(ctx, ChangedMentions, 0, func(tx *sql.Tx) error {
		var name, query string
		err := tx.QueryRowContext(ctx, `DELETE FROM views WHERE id = ? RETURNING name, query`, id).Scan(&name, &query)
		if err != nil {
			return notFound(err, "saved view", id)
		}
		return s.log(ctx, tx, by, "removed a view", subject("view", id), name+": "+query, "")
	})
}
