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

// Calendars lists the calendars that were taken in, by name.
func (s *Store) Calendars(ctx context.Context) ([]Calendar, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, name, meaning, person_id, added, by, events FROM calendars ORDER BY name, id`)
	return database.List(rows, err, "read the calendars", func(row database.Row) (c Calendar, err error) {
		var added int64
		var events string
		if err := row.Scan(&c.ID, &c.Name, &c.Meaning, &c.PersonID, &added, &c.By, &events); err != nil {
			return c, err
		}
		c.Added = clock.Unix(added)
		if err := database.Unpack(events, &c.Events); err != nil {
			return c, fmt.Errorf("read the calendar %d: %w", c.ID, err)
		}
		return c, nil
	})
}

// SaveCalendar takes a calendar in; one of the same name is replaced, so that a newer file of it may be read.
func (s *Store) SaveCalendar(ctx context.Context, c Calendar, by audit.Actor) (Calendar, error) {
	if c.Name = strings.TrimSpace(c.Name); c.Name == "" {
		return c, refusal.Because(ErrStep, "Give the calendar a name")
	}
	if c.Meaning == MeansAway {
		if _, err := s.practices.Person(ctx, c.PersonID); err != nil {
			return c, refusal.Because(ErrStep, "Say who is away on the days of this calendar")
		}
	} else {
		c.PersonID = 0
	}
	c.Added, c.By = s.now(), by.ID
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM calendars WHERE name = ?`, c.Name); err != nil {
			return fmt.Errorf("take the calendar in: %w", err)
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO calendars (id, name, meaning, person_id, added, by, events) VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?, ?)`,
			c.ID, c.Name, c.Meaning, c.PersonID, clock.Seconds(c.Added), c.By, packed(c.Events))
		if err != nil {
			return fmt.Errorf("take the calendar in: %w", err)
		}
		if c.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "took a calendar in", Subject: fmt.Sprintf("calendar/%d", c.ID), After: c.Name})
	})
	if err == nil {
		s.tell()
	}
	return c, err
}

// RemoveCalendar takes a calendar out and returns it, so that SaveCalendar can bring it back.
func (s *Store) RemoveCalendar(ctx context.Context, id int64, by audit.Actor) (Calendar, error) {
	list, err := s.Calendars(ctx)
	if err != nil {
		return Calendar{}, err
	}
	for _, c := range list {
		if c.ID != id {
			continue
		}
		err := s.db.Write(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `DELETE FROM calendars WHERE id = ?`, id); err != nil {
				return fmt.Errorf("remove the calendar: %w", err)
			}
			return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "removed a calendar", Subject: fmt.Sprintf("calendar/%d", id), Before: c.Name})
		})
		if err == nil {
			s.tell()
		}
		return c, err
	}
	return Calendar{}, refusal.Because(ErrNotFound, "There is no calendar with number %d", id)
}
