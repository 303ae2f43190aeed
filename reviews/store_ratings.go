package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// Stars is the rating on the scale of one to five.
func (r Rating) Stars() float64 {
	if r.Best <= 0 {
		return r.Value
	}
	return r.Value / r.Best * 5
}

// Ratings lists how the rating of the practice at a source went, oldest first: one for each time it was another.
func (s *Store) Ratings(ctx context.Context, sourceID int64) ([]Rating, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT at, value, best, count FROM ratings WHERE source_id = ? ORDER BY at`, sourceID)
	return database.List(rows, err, "read the ratings", func(row database.Row) (r Rating, err error) {
		var at int64
		err = row.Scan(&at, &r.Value, &r.Best, &r.Count)
		r.At = clock.Unix(at)
		return r, err
	})
}

// rating keeps what a visit saw of the rating as a whole, if it is another than the last. What may not be stored is not.
func (r *recording) rating(ctx context.Context, source Source, v Visit) error {
	if v.Rating == nil || source.Retention == NoStore {
		return nil
	}
	now, last := *v.Rating, Rating{}
	if now.At.IsZero() {
		now.At = r.at
	}
	err := r.tx.QueryRowContext(ctx, `SELECT value, best, count FROM ratings WHERE source_id = ? ORDER BY at DESC LIMIT 1`, source.ID).
		Scan(&last.Value, &last.Best, &last.Count)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the last rating of %s: %w", source.Name, err)
	}
	if last.Value == now.Value && last.Best == now.Best && last.Count == now.Count {
		return nil
	}
	_, err = r.tx.ExecContext(ctx, `INSERT INTO ratings (source_id, at, value, best, count) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET value = excluded.value, best = excluded.best, count = excluded.count`,
		source.ID, seconds(now.At), now.Value, now.Best, now.Count)
	if err != nil {
		return fmt.Errorf("keep the rating of %s: %w", source.Name, err)
	}
	return nil
}
