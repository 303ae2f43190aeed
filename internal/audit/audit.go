// Package audit keeps the record of who did what and when. Each line carries the hash of the line before it, so that a line that was
// changed, removed or slipped in later is found.
package audit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Actor is the person who acts; ID 0 is the program itself.
type Actor struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// Program is the actor of what nobody pressed: collection, schedules, clean-up.
var Program = Actor{Name: "Goodword"}

// Line is one step that was taken. Subject names the thing as kind and id ("mention/12"); Before and After are short words or JSON.
type Line struct {
	ID      int64     `json:"id"`
	At      time.Time `json:"at"`
	Who     Actor     `json:"who"`
	Did     string    `json:"did"`
	Subject string    `json:"subject"`
	Before  string    `json:"before,omitempty"`
	After   string    `json:"after,omitempty"`
	Hash    string    `json:"hash"`
}

// ErrBroken says that the chain does not hold.
var ErrBroken = errors.New("the audit log was altered")

// Append adds a line at the end of the chain, inside the transaction of the step that it records: both are stored or neither.
func Append(ctx context.Context, tx *sql.Tx, at time.Time, line Line) error {
	previous, err := head(ctx, tx)
	if err != nil {
		return err
	}
	line.At = clock.Unix(clock.Seconds(at))
	hash, err := seal(previous, line)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (at, person_id, person, did, subject, before, after, previous, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		clock.Seconds(line.At), line.Who.ID, line.Who.Name, line.Did, line.Subject, line.Before, line.After, previous, hash)
	if err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	return nil
}

// Head is the hash of the newest line, or "" before the first. Written down elsewhere, it proves that no line at the end was cut off.
func Head(ctx context.Context, q database.Querier) (string, error) { return head(ctx, q) }

func head(ctx context.Context, q database.Querier) (string, error) {
	var hash string
	err := q.QueryRowContext(ctx, `SELECT hash FROM audit ORDER BY id DESC LIMIT 1`).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return hash, err
}

// seal hashes a line with the hash before it. The fields go in as a JSON array, so that no two different lines read the same.
func seal(previous string, line Line) (string, error) {
	text, err := json.Marshal([]any{previous, clock.Seconds(line.At), line.Who.ID, line.Who.Name, line.Did, line.Subject, line.Before, line.After})
	if err != nil {
		return "", fmt.Errorf("seal the audit line: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Verify walks the whole chain and returns how many lines hold; the error wraps ErrBroken and names the first line that does not.
func Verify(ctx context.Context, q database.Querier) (lines int, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, at, person_id, person, did, subject, before, after, previous, hash FROM audit ORDER BY id`)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	last := ""
	for rows.Next() {
		var line Line
		var at int64
		var previous string
		if err := rows.Scan(&line.ID, &at, &line.Who.ID, &line.Who.Name, &line.Did, &line.Subject, &line.Before, &line.After, &previous, &line.Hash); err != nil {
			return lines, err
		}
		line.At = clock.Unix(at)
		want, err := seal(last, line)
		if err != nil {
			return lines, err
		}
		if previous != last || line.Hash != want {
			return lines, refusal.Because(ErrBroken, "Line %d of the audit log does not fit the line before it", line.ID)
		}
		last = line.Hash
		lines++
	}
	return lines, rows.Err()
}

// List returns the lines about a subject, newest first; an empty subject means all.
func List(ctx context.Context, q database.Querier, subject string, limit int) ([]Line, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, at, person_id, person, did, subject, before, after, hash FROM audit
		WHERE ?1 = '' OR subject = ?1 ORDER BY id DESC LIMIT ?2`, subject, limit)
	return database.List(rows, err, "read the audit log", func(row database.Row) (line Line, err error) {
		var at int64
		err = row.Scan(&line.ID, &at, &line.Who.ID, &line.Who.Name, &line.Did, &line.Subject, &line.Before, &line.After, &line.Hash)
		line.At = clock.Unix(at)
		return line, err
	})
}
