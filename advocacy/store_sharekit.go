package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// MakeShareKit returns what staff need to share a spotlight, under the rules of any copy, and notes that it was made.
func (s *Store) MakeShareKit(ctx context.Context, id int64, by audit.Actor) (ShareKit, error) {
	v, err := s.Find(ctx, id)
	if err != nil {
		return ShareKit{}, err
	}
	var picture Rendition
	if v.Picture.File != "" {
		if picture, err = s.Render(ctx, v.Picture, shareNetwork(v)); err != nil {
			return ShareKit{}, err
		}
	}
	var kit ShareKit
	err = s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if kit, err = step.shareKit(); err != nil {
			return err
		}
		if step.Spotlight.Picture.Hash != v.Picture.Hash {
			return refusal.Because(ErrStep, "The picture was changed meanwhile. Try again")
		}
		var names []string
		for _, p := range kit.Posts {
			names = append(names, p.Network)
		}
		return s.log(ctx, tx, id, by, didKit, "", strings.Join(names, ", "))
	})
	kit.Picture = picture
	return kit, err
}

// shareNetwork is the network in whose shape the kit shows the picture.
func shareNetwork(v Spotlight) string {
	for _, text := range v.Variants {
		if n, ok := NetworkByID(text.Network); ok && !n.Practice {
			return n.ID
		}
	}
	return "facebook"
}

// SetSharer notes that a member of staff likes to share posts, or, with on false, does not any more.
func (s *Store) SetSharer(ctx context.Context, person int64, on bool, by audit.Actor) error {
	p, err := s.practices.Person(ctx, person)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		did, statement, values := "likes to share posts", `INSERT INTO sharers (person_id, since, by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, []any{person, clock.Seconds(s.now()), by.ID}
		if !on {
			did, statement, values = "does not share posts any more", `DELETE FROM sharers WHERE person_id = ?`, []any{person}
		}
		if _, err := tx.ExecContext(ctx, statement, values...); err != nil {
			return fmt.Errorf("note who shares: %w", err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "noted who shares posts", Subject: fmt.Sprintf("person/%d", person), After: p.Name + " " + did})
	})
	if err == nil {
		s.tell()
	}
	return err
}

// Sharers lists who likes to share posts and still works here.
func (s *Store) Sharers(ctx context.Context) ([]Sharer, error) {
	since := map[int64]int64{}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT person_id, since FROM sharers`)
	if err != nil {
		return nil, fmt.Errorf("read who shares: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, at int64
		if err := rows.Scan(&id, &at); err != nil {
			return nil, fmt.Errorf("read who shares: %w", err)
		}
		since[id] = at
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	h, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	var list []Sharer
	for _, p := range h.people {
		if at, ok := since[p.ID]; ok && p.Here(day(h.practice, s.now())) {
			list = append(list, Sharer{Person: p, Since: clock.Unix(at)})
		}
	}
	return list, nil
}

// SayThanks keeps a thank-you that was said to a colleague.
func (s *Store) SayThanks(ctx context.Context, t Thanks, by audit.Actor) (Thanks, error) {
	if t.Words = strings.TrimSpace(t.Words); t.Words == "" {
		return t, refusal.Because(ErrStep, "Say in a line what the thanks are for")
	}
	p, err := s.practices.Person(ctx, t.PersonID)
	if err != nil {
		return t, err
	}
	t.Said, t.By = s.now(), by.ID
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO thanks (person_id, spotlight_id, words, said, by) VALUES (?, ?, ?, ?, ?)`, t.PersonID, t.SpotlightID, t.Words, clock.Seconds(t.Said), by.ID)
		if err != nil {
			return fmt.Errorf("keep the thanks: %w", err)
		}
		if t.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "thanked " + p.Name, Subject: fmt.Sprintf("person/%d", t.PersonID), After: t.Words})
	})
	if err == nil {
		s.tell()
	}
	return t, err
}

// ThanksSaid lists the thanks, newest first.
func (s *Store) ThanksSaid(ctx context.Context, limit int) ([]Thanks, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, person_id, spotlight_id, words, said, by FROM thanks ORDER BY said DESC, id DESC LIMIT ?`, limit)
	return database.List(rows, err, "read the thanks", func(row database.Row) (t Thanks, err error) {
		var said int64
		err = row.Scan(&t.ID, &t.PersonID, &t.SpotlightID, &t.Words, &said, &t.By)
		t.Said = clock.Unix(said)
		return t, err
	})
}
