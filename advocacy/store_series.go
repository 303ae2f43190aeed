package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// SeriesList lists the series, those that began first at the top.
func (s *Store) SeriesList(ctx context.Context) ([]Series, error) {
	return allSeries(ctx, s.db.Reader(), "1 = 1 ORDER BY first_day, id")
}

func allSeries(ctx context.Context, q database.Querier, where string, values ...any) ([]Series, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, title, kind, note, first_day, until_day, rule, minute, changes, created, by FROM series WHERE `+where, values...)
	return database.List(rows, err, "read the series", func(row database.Row) (v Series, err error) {
		var changes string
		var created int64
		if err := row.Scan(&v.ID, &v.Title, &v.Kind, &v.Note, &v.First, &v.Until, &v.Rule, &v.Minute, &changes, &created, &v.By); err != nil {
			return v, err
		}
		v.Created = clock.Unix(created)
		if err := database.Unpack(changes, &v.Changes); err != nil {
			return v, fmt.Errorf("read series %d: %w", v.ID, err)
		}
		return v, nil
	})
}

func findSeries(ctx context.Context, q database.Querier, id int64) (Series, error) {
	list, err := allSeries(ctx, q, "id = ?", id)
	if err == nil && len(list) == 0 {
		err = refusal.Because(ErrNotFound, "There is no series with number %d", id)
	}
	if err != nil {
		return Series{}, err
	}
	return list[0], nil
}

// mayArrange asks that whoever writes posts arranges them: series and campaigns.
func (s *Store) mayArrange(ctx context.Context, by audit.Actor) error {
	people, err := s.practices.People(ctx)
	if err != nil {
		return err
	}
	if actor := (house{people: people}).person(by.ID); actor.ID != 0 && !actor.Role.MayDraft() {
		return refusal.Because(ErrRights, "Series and campaigns are arranged by the manager, by HR or by who writes the posts")
	}
	return nil
}

// SaveSeries adds a series, or changes all of one. Changes of single turns stay where the new rule still gives their day. A number that is
// not there any more brings a removed series back.
func (s *Store) SaveSeries(ctx context.Context, v Series, by audit.Actor) (Series, error) {
	v.Title, v.Note = strings.TrimSpace(v.Title), strings.TrimSpace(v.Note)
	if err := v.check(); err != nil {
		return v, err
	}
	maps.DeleteFunc(v.Changes, func(day, _ string) bool { return !v.comes(day) })
	if v.Created.IsZero() {
		v.Created, v.By = s.now(), by.ID
	}
	if err := s.mayArrange(ctx, by); err != nil {
		return v, err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error { return s.writeSeries(ctx, tx, &v, by, "saved a series") })
	if err == nil {
		s.tell()
	}
	return v, err
}

func (s *Store) writeSeries(ctx context.Context, tx *sql.Tx, v *Series, by audit.Actor, did string) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO series (id, title, kind, note, first_day, until_day, rule, minute, changes, created, by) VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, note = excluded.note, first_day = excluded.first_day, until_day = excluded.until_day,
		rule = excluded.rule, minute = excluded.minute, changes = excluded.changes`,
		v.ID, v.Title, v.Kind, v.Note, v.First, v.Until, v.Rule, v.Minute, packedChanges(v.Changes), clock.Seconds(v.Created), v.By)
	if err != nil {
		return fmt.Errorf("save the series: %w", err)
	}
	if v.ID == 0 {
		if v.ID, err = result.LastInsertId(); err != nil {
			return err
		}
	}
	return s.logSeries(ctx, tx, v.ID, by, did, "", v.Title+", "+v.Says()+" until "+v.Until)
}

func packedChanges(changes map[string]string) string {
	if len(changes) == 0 {
		return "{}"
	}
	return database.Pack(changes)
}

func (s *Store) logSeries(ctx context.Context, tx *sql.Tx, id int64, by audit.Actor, did, before, after string) error {
	return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("series/%d", id), Before: before, After: after})
}

// MoveTurn takes one turn of a series, named by the day that the rule gives, to another day; the day itself puts it back, no day leaves the
// turn out.
func (s *Store) MoveTurn(ctx context.Context, id int64, day, to string, by audit.Actor) error {
	return s.editSeries(ctx, id, by, func(tx *sql.Tx, v Series) error {
		if !v.comes(day) {
			return refusal.Because(ErrStep, "The series does not come on %s", day)
		}
		if _, err := time.Parse(practice.Day, to); err != nil && to != "" {
			return refusal.Because(ErrStep, "%q is not a day. Write it as 2026-11-22", to)
		}
		before := day
		if on, ok := v.Changes[day]; ok {
			before = on
		}
		if v.Changes == nil {
			v.Changes = map[string]string{}
		}
		v.Changes[day] = to
		if to == day {
			delete(v.Changes, day)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE series SET changes = ? WHERE id = ?`, packedChanges(v.Changes), id); err != nil {
			return fmt.Errorf("move the turn: %w", err)
		}
		return s.logSeries(ctx, tx, id, by, "moved one turn of a series", before, to)
	})
}

// ChangeFollowing ends a series before one of its turns and lets another take its place from that day on. What was before stays as it was.
func (s *Store) ChangeFollowing(ctx context.Context, id int64, day string, next Series, by audit.Actor) (Series, error) {
	next.ID, next.Changes, next.Created, next.By = 0, nil, s.now(), by.ID
	if next.First < day {
		next.First = day
	}
	if err := next.check(); err != nil {
		return next, err
	}
	err := s.editSeries(ctx, id, by, func(tx *sql.Tx, old Series) error {
		if !old.comes(day) {
			return refusal.Because(ErrStep, "The series does not come on %s", day)
		}
		if err := s.writeSeries(ctx, tx, &next, by, "changed a series from a day on"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET series_id = ? WHERE series_id = ? AND series_day >= ?`, next.ID, id, day); err != nil {
			return fmt.Errorf("hand the posts over: %w", err)
		}
		if old.First >= day { // nothing is left of it
			_, err := tx.ExecContext(ctx, `DELETE FROM series WHERE id = ?`, id)
			return err
		}
		at, err := time.Parse(practice.Day, day)
		if err != nil {
			return err
		}
		maps.DeleteFunc(old.Changes, func(turn, _ string) bool { return turn >= day })
		old.Until = at.AddDate(0, 0, -1).Format(practice.Day)
		return s.writeSeries(ctx, tx, &old, by, "ended a series")
	})
	return next, err
}

// RemoveSeries takes a series out of the calendar and returns it, so that SaveSeries can bring it back. Posts that were made for its turns
// stay.
func (s *Store) RemoveSeries(ctx context.Context, id int64, by audit.Actor) (Series, error) {
	var gone Series
	err := s.editSeries(ctx, id, by, func(tx *sql.Tx, v Series) error {
		gone = v
		if _, err := tx.ExecContext(ctx, `DELETE FROM series WHERE id = ?`, id); err != nil {
			return fmt.Errorf("remove the series: %w", err)
		}
		return s.logSeries(ctx, tx, id, by, "removed a series", v.Title, "")
	})
	return gone, err
}

func (s *Store) editSeries(ctx context.Context, id int64, by audit.Actor, do func(tx *sql.Tx, v Series) error) error {
	if err := s.mayArrange(ctx, by); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		v, err := findSeries(ctx, tx, id)
		if err != nil {
			return err
		}
		return do(tx, v)
	})
	if err == nil {
		s.tell()
	}
	return err
}

// takeTurn says that a post is the one for a turn of a series, whose place in the calendar it takes.
func (s *Store) takeTurn(ctx context.Context, tx *sql.Tx, spotlightID, seriesID int64, day string, by audit.Actor) error {
	v, err := findSeries(ctx, tx, seriesID)
	if err != nil {
		return err
	}
	if !v.comes(day) {
		return refusal.Because(ErrStep, "The series does not come on %s", day)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET series_id = ?, series_day = ? WHERE id = ?`, seriesID, day, spotlightID); err != nil {
		return fmt.Errorf("take the turn: %w", err)
	}
	return s.log(ctx, tx, spotlightID, by, "took the turn of a series", "", v.Title+" on "+day)
}

// taken are the turns that have their post. One without a day, or that was put away without being posted, leaves its turn open.
func (s *Store) taken(ctx context.Context) (turns map[turnOf]bool, err error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT series_id, series_day FROM spotlights s WHERE series_id <> 0
		AND (stage <> ? AND schedule <> 0 OR EXISTS (SELECT 1 FROM variants v WHERE v.spotlight_id = s.id AND v.posted_at > 0))`, Archived)
	if err != nil {
		return nil, fmt.Errorf("read the turns that are taken: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	turns = map[turnOf]bool{}
	for rows.Next() {
		var t turnOf
		if err := rows.Scan(&t.series, &t.day); err != nil {
			return nil, fmt.Errorf("read the turns that are taken: %w", err)
		}
		turns[t] = true
	}
	return turns, rows.Err()
}
