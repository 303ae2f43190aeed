package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// Sealed is a line with the hash of the line before it: all that is needed to prove the line by itself, also far from the database.
type Sealed struct {
	Line
	Previous string `json:"previous"`
}

// Fits reports whether the line's own hash is that of its words.
func (s Sealed) Fits() bool {
	want, err := seal(s.Previous, s.Line)
	return err == nil && want == s.Hash
}

const sealedColumns = `SELECT id, at, person_id, person, did, subject, before, after, previous, hash FROM audit `

func scanSealed(row interface{ Scan(...any) error }) (Sealed, error) {
	var s Sealed
	var at int64
	err := row.Scan(&s.ID, &at, &s.Who.ID, &s.Who.Name, &s.Did, &s.Subject, &s.Before, &s.After, &s.Previous, &s.Hash)
	s.At = clock.Unix(at)
	return s, err
}

// Walk hands over the lines of the whole chain, or of one subject, from the oldest on, until see returns an error.
func Walk(ctx context.Context, q database.Querier, subject string, see func(Sealed) error) error {
	rows, err := q.QueryContext(ctx, sealedColumns+`WHERE ?1 = '' OR subject = ?1 ORDER BY id`, subject)
	if err != nil {
		return fmt.Errorf("read the audit log: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		line, err := scanSealed(rows)
		if err != nil {
			return fmt.Errorf("read the audit log: %w", err)
		}
		if err := see(line); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Lines returns all lines about a subject, oldest first, each with what proves it.
func Lines(ctx context.Context, q database.Querier, subject string) ([]Sealed, error) {
	var lines []Sealed
	err := Walk(ctx, q, subject, func(s Sealed) error {
		lines = append(lines, s)
		return nil
	})
	return lines, err
}

// Numbered returns the line with a number, and false when the log has none.
func Numbered(ctx context.Context, q database.Querier, id int64) (Sealed, bool, error) {
	line, err := scanSealed(q.QueryRowContext(ctx, sealedColumns+`WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Sealed{}, false, nil
	}
	return line, err == nil, err
}
