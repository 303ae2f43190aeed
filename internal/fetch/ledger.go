package fetch

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// Entry is one request in the network ledger. It names the host and not the whole address, which may be a secret.
type Entry struct {
	At     time.Time `json:"at"`
	Host   string    `json:"host"`
	Why    string    `json:"why"`
	Status int       `json:"status"` // 0: no answer
	Sent   int64     `json:"sent"`   // bytes, about
	Got    int64     `json:"got"`    // bytes of the answer, as they came
	Error  string    `json:"error,omitempty"`
}

// Entries wait until there are this many, or this long, so that the ledger costs a visit nothing.
const (
	ledgerBatch = 256
	ledgerDelay = 2 * time.Second
)

type ledger struct {
	db      *database.DB
	mu      sync.Mutex
	waiting []Entry
	timer   *time.Timer
	writing sync.Mutex
}

func newLedger(db *database.DB) *ledger { return &ledger{db: db} }

func (l *ledger) note(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, e)
	switch {
	case len(l.waiting) == ledgerBatch:
		l.wake(0)
	case l.timer == nil:
		l.wake(ledgerDelay)
	}
}

func (l *ledger) wake(after time.Duration) {
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer = time.AfterFunc(after, func() {
		if err := l.flush(context.Background()); err != nil {
			slog.Error("write the network ledger", "error", err)
		}
	})
}

// flush writes what waits. What cannot be written goes back to wait for the next time.
func (l *ledger) flush(ctx context.Context) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.mu.Lock()
	entries := l.waiting
	l.waiting = nil
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	l.mu.Unlock()
	if len(entries) == 0 {
		return nil
	}
	err := l.db.Write(ctx, func(tx *sql.Tx) error { return insert(ctx, tx, entries) })
	if err != nil {
		l.mu.Lock()
		l.waiting = append(entries, l.waiting...)
		l.mu.Unlock()
	}
	return err
}

func insert(ctx context.Context, tx *sql.Tx, entries []Entry) error {
	statement, err := tx.PrepareContext(ctx, `INSERT INTO ledger (at, host, why, status, sent, got, error) VALUES (?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return fmt.Errorf("write the network ledger: %w", err)
	}
	defer func() { _ = statement.Close() }()
	for _, e := range entries {
		if _, err := statement.ExecContext(ctx, clock.Seconds(e.At), e.Host, e.Why, e.Status, e.Sent, e.Got, e.Error); err != nil {
			return fmt.Errorf("write the network ledger: %w", err)
		}
	}
	return nil
}

// Note writes a request that another client made into the ledger.
func (c *Client) Note(e Entry) { c.ledger.note(e) }

// Flush writes the ledger's waiting lines. Call it before the database is closed.
func (c *Client) Flush(ctx context.Context) error { return c.ledger.flush(ctx) }

// Ledger lists the newest requests first.
func (c *Client) Ledger(ctx context.Context, limit int) ([]Entry, error) {
	if err := c.Flush(ctx); err != nil {
		return nil, err
	}
	rows, err := c.ledger.db.Reader().QueryContext(ctx, `SELECT at, host, why, status, sent, got, error FROM ledger ORDER BY id DESC LIMIT ?`, limit)
	return database.List(rows, err, "read the network ledger", func(row database.Row) (e Entry, err error) {
		var at int64
		err = row.Scan(&at, &e.Host, &e.Why, &e.Status, &e.Sent, &e.Got, &e.Error)
		e.At = clock.Unix(at)
		return e, err
	})
}
