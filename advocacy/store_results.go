package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// SaveResult notes how a post was received.
func (s *Store) SaveResult(ctx context.Context, r Result, by audit.Actor) error {
	for _, figure := range []*int{r.Reach, r.Likes, r.Shares, r.Comments} {
		if figure != nil && *figure < 0 {
			return refusal.Because(ErrStep, "A figure cannot be less than nothing")
		}
	}
	if r.Reach == nil && r.Likes == nil && r.Shares == nil && r.Comments == nil {
		return refusal.Because(ErrStep, "Enter at least one figure")
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		v, err := find(ctx, tx, r.SpotlightID)
		if err != nil {
			return err
		}
		if text, ok := v.Variant(r.Network); !ok || text.PostedAt.IsZero() {
			return refusal.Because(ErrStep, "It is not posted there, so there is nothing to count")
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO results (spotlight_id, network, seen, reach, likes, shares, comments, counted, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.SpotlightID, r.Network, clock.Seconds(s.now()), r.Reach, r.Likes, r.Shares, r.Comments, r.Counted, by.ID)
		if err != nil {
			return fmt.Errorf("note the result: %w", err)
		}
		return s.log(ctx, tx, r.SpotlightID, by, "noted the result on "+r.Network, "", database.Pack(r))
	})
	if err == nil {
		s.tell(r.SpotlightID)
	}
	return err
}

// SaveOutcome notes applications, hires or bookings that named a spotlight.
func (s *Store) SaveOutcome(ctx context.Context, o Outcome, by audit.Actor) (Outcome, error) {
	if !slices.Contains(OutcomeKinds(), o.Kind) || o.Many < 1 {
		return o, refusal.Because(ErrStep, "Say how many there were, at least one")
	}
	if err := aDay(o.Day); err != nil || o.Day == "" {
		return o, refusal.Because(ErrStep, "%q is not a day. Write it as 2026-11-22", o.Day)
	}
	o.Noted, o.By = s.now(), by.ID
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := find(ctx, tx, o.SpotlightID); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO outcomes (spotlight_id, kind, many, day, noted, by) VALUES (?, ?, ?, ?, ?, ?)`,
			o.SpotlightID, o.Kind, o.Many, o.Day, clock.Seconds(o.Noted), by.ID)
		if err != nil {
			return fmt.Errorf("note what it brought: %w", err)
		}
		if o.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return s.log(ctx, tx, o.SpotlightID, by, "noted what it brought", "", count(o.Many, o.Kind))
	})
	if err == nil {
		s.tell(o.SpotlightID)
	}
	return o, err
}

// RemoveOutcome takes a line back that was noted by mistake.
func (s *Store) RemoveOutcome(ctx context.Context, o Outcome, by audit.Actor) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM outcomes WHERE id = ?`, o.ID); err != nil {
			return fmt.Errorf("take the line back: %w", err)
		}
		return s.log(ctx, tx, o.SpotlightID, by, "took back what it brought", count(o.Many, o.Kind), "")
	})
	if err == nil {
		s.tell(o.SpotlightID)
	}
	return err
}

// Results lists every post that was made, with how it was received last, and what the spotlights brought.
func (s *Store) Results(ctx context.Context) (Results, error) {
	var all Results
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		list, err := spotlights(ctx, tx, "1 = 1")
		if err != nil {
			return err
		}
		last, err := lastResults(ctx, tx)
		if err != nil {
			return err
		}
		for _, v := range list {
			for _, text := range v.Variants {
				if !text.PostedAt.IsZero() {
					all.Posts = append(all.Posts, Received{Spotlight: v, Variant: text, Last: last[fmt.Sprint(v.ID, text.Network)]})
				}
			}
		}
		slices.SortStableFunc(all.Posts, func(a, b Received) int { return b.Variant.PostedAt.Compare(a.Variant.PostedAt) })
		all.Outcomes, err = outcomes(ctx, tx)
		return err
	})
	return all, err
}

func lastResults(ctx context.Context, q database.Querier) (last map[string]Result, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, spotlight_id, network, seen, reach, likes, shares, comments, counted, by FROM results ORDER BY seen, id`)
	if err != nil {
		return nil, fmt.Errorf("read the results: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	last = map[string]Result{}
	for rows.Next() {
		var r Result
		var seen int64
		if err := rows.Scan(&r.ID, &r.SpotlightID, &r.Network, &seen, &r.Reach, &r.Likes, &r.Shares, &r.Comments, &r.Counted, &r.By); err != nil {
			return nil, fmt.Errorf("read the results: %w", err)
		}
		r.Seen = clock.Unix(seen)
		key := fmt.Sprint(r.SpotlightID, r.Network)
		if r.Reach == nil { // the networks do not tell everybody; what somebody entered stays
			r.Reach = last[key].Reach
		}
		last[key] = r
	}
	return last, rows.Err()
}

func outcomes(ctx context.Context, q database.Querier) ([]Outcome, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, spotlight_id, kind, many, day, noted, by FROM outcomes ORDER BY day DESC, id DESC`)
	return database.List(rows, err, "read what the spotlights brought", func(row database.Row) (o Outcome, err error) {
		var noted int64
		err = row.Scan(&o.ID, &o.SpotlightID, &o.Kind, &o.Many, &o.Day, &noted, &o.By)
		o.Noted = clock.Unix(noted)
		return o, err
	})
}
