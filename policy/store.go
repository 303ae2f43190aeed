package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
)

// Store keeps what the practice has answered, decided and signed.
type Store struct {
	db        *database.DB
	now       clock.Clock
	practices *practice.Store

	mu    sync.Mutex
	heard []func(Change)

	soundMyth func(ctx context.Context, m Myth) error
}

// Change tells what was changed; IDs are of versions, people, vendors or incidents, and empty for the checklist.
type Change struct {
	What string
	IDs  []int64
}

// The kinds of change.
const (
	ChangedChecklist = "checklist"
	ChangedVersions  = "versions"
	ChangedSigned    = "signatures"
	ChangedTraining  = "training"
	ChangedVendors   = "vendors"
	ChangedIncidents = "incidents"
	ChangedGate      = "gate rules"
)

// NewStore returns a store on an open database.
func NewStore(db *database.DB, now clock.Clock, practices *practice.Store) *Store {
	return &Store{db: db, now: now, practices: practices}
}

// OnChanged calls heard after each change that was stored.
func (s *Store) OnChanged(heard func(Change)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, heard)
}

// write stores one step with its line in the audit log, and then tells of it.
func (s *Store) write(ctx context.Context, what string, do func(tx *sql.Tx) (id int64, line audit.Line, err error)) (int64, error) {
	var changed int64
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		id, line, err := do(tx)
		if err != nil {
			return err
		}
		changed = id
		return audit.Append(ctx, tx, s.now(), line)
	})
	if err != nil {
		return 0, err
	}
	s.tell(what, changed)
	return changed, nil
}

func (s *Store) tell(what string, id int64) {
	change := Change{What: what}
	if id != 0 {
		change.IDs = []int64{id}
	}
	s.mu.Lock()
	heard := s.heard
	s.mu.Unlock()
	for _, hear := range heard {
		hear(change)
	}
}

// moment is now as it can be stored: to the second, in UTC.
func (s *Store) moment() time.Time { return clock.Unix(clock.Seconds(s.now())) }

// today is the day in the practice's own zone; before the set-up the computer's.
func (s *Store) today(ctx context.Context) (string, error) {
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return "", err
	}
	return Today(s.now(), p), nil
}

// history returns the audit lines about a subject, newest first.
func (s *Store) history(ctx context.Context, subject string) ([]audit.Line, error) {
	lines, err := audit.List(ctx, s.db.Reader(), subject, 200)
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", subject, err)
	}
	return lines, nil
}

// known turns a missing id into NULL.
func known(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }
