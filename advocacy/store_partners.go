package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// SavePartner stores a partner, a new one when its number is 0. Checks carry the name of who made them, so nobody makes them unnamed.
func (s *Store) SavePartner(ctx context.Context, p Partner, by audit.Actor) (Partner, error) {
	p.Name, p.Link, p.Disclosure = strings.TrimSpace(p.Name), strings.TrimSpace(p.Link), strings.TrimSpace(p.Disclosure)
	if err := p.check(); err != nil {
		return p, err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var before Partner
		if p.ID != 0 {
			list, err := partners(ctx, tx, "id = ?", p.ID)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return refusal.Because(ErrNotFound, "There is no partner with number %d", p.ID)
			}
			before = list[0]
			p.CheckedBy, p.CheckedAt, p.Added, p.By = before.CheckedBy, before.CheckedAt, before.Added, before.By
		} else {
			p.Added, p.By = s.now(), by.ID
		}
		if !slices.Equal(before.Checks, p.Checks) {
			if by.ID == 0 && len(p.Checks) > 0 {
				return refusal.Because(ErrRights, "Choose who is working first: the checks carry a name")
			}
			p.CheckedBy, p.CheckedAt = by.ID, s.now()
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO partners (id, name, kind, link, checks, checked_by, checked_at, disclosure, gets, from_day, until_day, note, ended, added, by)
			VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, link = excluded.link, checks = excluded.checks, checked_by = excluded.checked_by,
			checked_at = excluded.checked_at, disclosure = excluded.disclosure, gets = excluded.gets, from_day = excluded.from_day, until_day = excluded.until_day,
			note = excluded.note, ended = excluded.ended`, p.ID, p.Name, p.Kind, p.Link, packed(p.Checks), p.CheckedBy, clock.Seconds(p.CheckedAt), p.Disclosure, p.Gets,
			p.From, p.Until, p.Note, clock.Seconds(p.Ended), clock.Seconds(p.Added), p.By)
		if err != nil {
			return fmt.Errorf("save the partner: %w", err)
		}
		line := audit.Line{Who: by, Did: "changed a partner", Before: database.Pack(before), After: database.Pack(p)}
		if p.ID == 0 {
			if p.ID, err = result.LastInsertId(); err != nil {
				return err
			}
			line.Did, line.Before = "added a partner", ""
		}
		line.Subject = fmt.Sprintf("partner/%d", p.ID)
		return audit.Append(ctx, tx, s.now(), line)
	})
	if err == nil {
		s.tell()
	}
	return p, err
}

// Partners lists the partners by name, those that are closed last.
func (s *Store) Partners(ctx context.Context) ([]Partner, error) {
	return partners(ctx, s.db.Reader(), "1 = 1 ORDER BY ended > 0, name COLLATE NOCASE, id")
}

func partners(ctx context.Context, q database.Querier, where string, values ...any) ([]Partner, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, kind, link, checks, checked_by, checked_at, disclosure, gets, from_day, until_day, note, ended, added, by
		FROM partners WHERE `+where, values...)
	return database.List(rows, err, "read the partners", func(row database.Row) (p Partner, err error) {
		var checks string
		var checked, ended, added int64
		if err := row.Scan(&p.ID, &p.Name, &p.Kind, &p.Link, &checks, &p.CheckedBy, &checked, &p.Disclosure, &p.Gets, &p.From, &p.Until, &p.Note, &ended, &added, &p.By); err != nil {
			return p, err
		}
		if err := database.Unpack(checks, &p.Checks); err != nil {
			return p, fmt.Errorf("read partner %d: %w", p.ID, err)
		}
		p.CheckedAt, p.Ended, p.Added = clock.Unix(checked), clock.Unix(ended), clock.Unix(added)
		return p, nil
	})
}
