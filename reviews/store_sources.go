package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

const sourceColumns = `id, kind, name, address, site, words, take_all, allow_private, paused, every, added, visited, succeeded, next,
	failing, failures, problem, brought, entries, etag, modified, hash, options, state, secret, retention, rhythm, newest, most, keeps, gap, removed`

func scanSource(row database.Row) (Source, error) {
	var s Source
	var words, options, state string
	var added, visited, succeeded, next, failing, newest, removed int64
	err := row.Scan(&s.ID, &s.Kind, &s.Name, &s.Address, &s.Site, &words, &s.All, &s.AllowPrivate, &s.Paused, &s.Every, &added, &visited,
		&succeeded, &next, &failing, &s.Failures, &s.Problem, &s.Brought, &s.Entries, &s.ETag, &s.Modified, &s.Hash,
		&options, &state, &s.Secret, &s.Retention, &s.Rhythm, &newest, &s.Most, &s.Keeps, &s.Gap, &removed)
	s.Match = unpack(words)
	s.Added, s.Visited, s.Succeeded = clock.Unix(added), clock.Unix(visited), clock.Unix(succeeded)
	s.Next, s.Failing, s.Newest = clock.Unix(next), clock.Unix(failing), clock.Unix(newest)
	s.Removed = clock.Unix(removed)
	s.Options, s.State = unpackOptions(options), unpackOptions(state)
	return s, err
}

func (s *Store) sources(ctx context.Context, where string, args ...any) ([]Source, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE `+where, args...)
	return database.List(rows, err, "read the sources", scanSource)
}

// Sources lists what mentions come from, by name.
func (s *Store) Sources(ctx context.Context) ([]Source, error) {
	return s.sources(ctx, `kind <> 'hand' AND removed = 0 ORDER BY name COLLATE NOCASE, id`)
}

// RemovedSources lists the sources that are no longer in use. What they brought is still there, and names them.
func (s *Store) RemovedSources(ctx context.Context) ([]Source, error) {
	return s.sources(ctx, `removed > 0 ORDER BY id`)
}

// Source returns one source, also a removed one; the error wraps ErrNotFound.
func (s *Store) Source(ctx context.Context, id int64) (Source, error) {
	source, err := scanSource(s.db.Reader().QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE id = ?`, id))
	return source, notFound(err, "source", id)
}

// clockSlip is how far ahead a last visit may lie before it is clear that the clock was set back.
const clockSlip = 15 * 60 // seconds

// Due lists the sources that are to be visited now, the longest waiting first. A source whose last visit lies in the future is due too: the clock
// was wrong then.
func (s *Store) Due(ctx context.Context) ([]Source, error) {
	return s.sources(ctx, `kind NOT IN ('hand', 'import', 'sweep') AND retention <> 'no-store' AND removed = 0 AND paused = 0 AND (next <= ?1 OR visited > ?1 + ?2) ORDER BY next, id`,
		seconds(s.now()), clockSlip)
}

// AddSource adds a source and gives it its number. The address of a source that was removed brings that one back with all it knows; one that is
// in use already is an error.
func (s *Store) AddSource(ctx context.Context, source Source, by audit.Actor) (Source, error) {
	source, err := source.ready()
	if err != nil {
		return source, err
	}
	err = s.write(ctx, ChangedSources, 0, func(tx *sql.Tx) error {
		source, err = s.addSource(ctx, tx, source, by)
		return err
	})
	return source, err
}

func (s Source) ready() (Source, error) {
	s.Name, s.Address = strings.TrimSpace(s.Name), strings.TrimSpace(s.Address)
	if s.Kind == "" {
		s.Kind = KindFeed
	}
	if s.Name == "" {
		s.Name = s.Address
	}
	if s.Name == "" {
		return s, errors.New("A source needs an address or a name")
	}
	if s.Address == "" {
		s.Address = s.Name
	}
	s.Every = max(s.Every, 0)
	if s.Retention == "" {
		s.Retention = Own
	}
	return s, nil
}

func (o Options) pack() string {
	if len(o) == 0 {
		return "{}"
	}
	text, err := json.Marshal(o)
	if err != nil {
		return "{}" // strings by name always have a JSON form
	}
	return string(text)
}

func unpackOptions(text string) Options {
	if text == "{}" || text == "" {
		return nil
	}
	var o Options
	if json.Unmarshal([]byte(text), &o) != nil {
		return nil
	}
	return o
}

func (s *Store) addSource(ctx context.Context, tx *sql.Tx, source Source, by audit.Actor) (Source, error) {
	var removed int64
	err := tx.QueryRowContext(ctx, `SELECT id, removed FROM sources WHERE kind = ? AND address = ?`, source.Kind, source.Address).Scan(&source.ID, &removed)
	switch {
	case err == nil && removed == 0:
		return source, refusal.Because(ErrStep, "The source %s is there already", source.Address)
	case err == nil:
		if err := updateSource(ctx, tx, source); err != nil {
			return source, err
		}
	case errors.Is(err, sql.ErrNoRows):
		source.Added = clock.Unix(seconds(s.now()))
		if source.ID, err = insertSource(ctx, tx, source); err != nil {
			return source, err
		}
	default:
		return source, err
	}
	return source, s.log(ctx, tx, by, "added a source", subject("source", source.ID), "", describe(source))
}

func insertSource(ctx context.Context, tx *sql.Tx, source Source) (int64, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO sources (kind, name, address, site, words, take_all, allow_private, paused, every, added,
		options, secret, retention, keeps, rhythm) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, source.Kind, source.Name, source.Address, source.Site,
		pack(source.Match), source.All, source.AllowPrivate, source.Paused, source.Every, seconds(source.Added), source.Options.pack(),
		source.Secret, string(source.Retention), source.Keeps, source.Rhythm)
	if err != nil {
		return 0, fmt.Errorf("add the source %s: %w", source.Name, err)
	}
	return result.LastInsertId()
}

// updateSource stores what a person may change. A source whose address or secret changed is visited anew, without the old address's validators.
func updateSource(ctx context.Context, tx *sql.Tx, source Source) error {
	_, err := tx.ExecContext(ctx, `UPDATE sources SET removed = 0, name = ?1, site = ?2, words = ?3, take_all = ?4, allow_private = ?5,
		paused = ?6, every = ?7, next = CASE WHEN address = ?8 AND secret = ?10 THEN next ELSE 0 END, etag = CASE WHEN address = ?8 THEN etag ELSE '' END,
		modified = CASE WHEN address = ?8 THEN modified ELSE '' END, hash = CASE WHEN address = ?8 THEN hash ELSE '' END, address = ?8,
		options = ?9, secret = ?10, retention = ?11, keeps = ?12 WHERE id = ?13`, source.Name, source.Site, pack(source.Match), source.All, source.AllowPrivate,
		source.Paused, source.Every, source.Address, source.Options.pack(), source.Secret, string(source.Retention), source.Keeps, source.ID)
	if err != nil {
		return fmt.Errorf("save the source %s: %w", source.Name, err)
	}
	return nil
}

// SaveSource stores what a person changed of a source.
func (s *Store) SaveSource(ctx context.Context, source Source, by audit.Actor) error {
	source, err := source.ready()
	if err != nil {
		return err
	}
	return s.changeSource(ctx, source.ID, by, "changed a source", func(tx *sql.Tx, before Source) (string, error) {
		var other int64
		err := tx.QueryRowContext(ctx, `SELECT id FROM sources WHERE kind = ? AND address = ? AND id <> ?`, before.Kind, source.Address, source.ID).Scan(&other)
		if err == nil {
			return "", refusal.Because(ErrStep, "Another source has the address %s", source.Address)
		}
		return describe(source), updateSource(ctx, tx, source)
	})
}

// RemoveSource ends the visits to a source. What it brought stays.
func (s *Store) RemoveSource(ctx context.Context, id int64, by audit.Actor) error {
	return s.changeSource(ctx, id, by, "removed a source", func(tx *sql.Tx, _ Source) (string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE sources SET removed = ? WHERE id = ?`, seconds(s.now()), id)
		return "", err
	})
}

// RestoreSource takes a removal back.
func (s *Store) RestoreSource(ctx context.Context, source Source, by audit.Actor) error {
	return s.changeSource(ctx, source.ID, by, "restored a source", func(tx *sql.Tx, before Source) (string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE sources SET removed = 0 WHERE id = ?`, source.ID)
		return describe(before), err
	})
}

// RemovedWithSecret lists the removed sources that still name a secret in the keychain.
func (s *Store) RemovedWithSecret(ctx context.Context) ([]Source, error) {
	return s.sources(ctx, `removed > 0 AND secret <> ''`)
}

// ForgetSecret takes from a source the name under which the keychain held its secret. A source that is brought back needs it anew.
func (s *Store) ForgetSecret(ctx context.Context, id int64, by audit.Actor) error {
	return s.changeSource(ctx, id, by, "forgot the secret of a source", func(tx *sql.Tx, before Source) (string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE sources SET secret = '' WHERE id = ?`, id)
		return describe(before), err
	})
}

// HideAddress stores a source whose address was found to be a secret, under the kind that knows such addresses. What it brought is known as
// before. Where that kind has the source already, this one is removed and keeps its address no more; one that was removed comes back instead of it.
func (s *Store) HideAddress(ctx context.Context, source Source, by audit.Actor) (hidden bool, err error) {
	err = s.changeSource(ctx, source.ID, by, "moved the address of a source to the keychain", func(tx *sql.Tx, _ Source) (string, error) {
		var other, removed int64
		err := tx.QueryRowContext(ctx, `SELECT id, removed FROM sources WHERE kind = ? AND address = ? AND id <> ?`, source.Kind, source.Address, source.ID).Scan(&other, &removed)
		switch {
		case err == nil:
			if hidden = removed != 0; hidden {
				if _, err := tx.ExecContext(ctx, `UPDATE sources SET removed = 0, secret = ?, next = 0 WHERE id = ?`, source.Secret, other); err != nil {
					return "", err
				}
			}
			_, err = tx.ExecContext(ctx, `UPDATE sources SET address = ?, removed = ? WHERE id = ?`, source.Address, seconds(s.now()), source.ID)
			return "", err
		case !errors.Is(err, sql.ErrNoRows):
			return "", err
		}
		hidden = true
		if _, err := tx.ExecContext(ctx, `UPDATE sources SET kind = ? WHERE id = ?`, source.Kind, source.ID); err != nil {
			return "", err
		}
		return describe(source), updateSource(ctx, tx, source)
	})
	return hidden, err
}

func (s *Store) changeSource(ctx context.Context, id int64, by audit.Actor, did string, do func(*sql.Tx, Source) (string, error)) error {
	return s.write(ctx, ChangedSources, id, func(tx *sql.Tx) error {
		before, err := scanSource(tx.QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE id = ? AND kind <> 'hand'`, id))
		if err != nil {
			return notFound(err, "source", id)
		}
		after, err := do(tx, before)
		if err != nil {
			return err
		}
		return s.log(ctx, tx, by, did, subject("source", id), describe(before), after)
	})
}

// describe is a source in the audit log: what a person set, without what the visits learned. No address: it may hold a secret.
func describe(s Source) string {
	text, err := json.Marshal(map[string]any{"name": s.Name, "site": s.Site, "match": s.Match, "all": s.All, "allow_private": s.AllowPrivate,
		"paused": s.Paused, "every": s.Every})
	if err != nil {
		return s.Name
	}
	return string(text)
}

// keptVisits is how many visits of a source are remembered.
const keptVisits = 100

// Visits lists the last visits of a source, newest first.
func (s *Store) Visits(ctx context.Context, sourceID int64, limit int) ([]Visit, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT source_id, at, took, status, entries, unchanged, problem, brought, edited, duplicates,
		same, ignored FROM visits WHERE source_id = ? ORDER BY id DESC LIMIT ?`, sourceID, limit)
	return database.List(rows, err, "read the visits", func(row database.Row) (v Visit, err error) {
		var at int64
		err = row.Scan(&v.SourceID, &at, &v.Took, &v.Status, &v.Entries, &v.Unchanged, &v.Problem, &v.New, &v.Edited, &v.Duplicates,
			&v.Outcome.Unchanged, &v.Ignored)
		v.At = clock.Unix(at)
		return v, err
	})
}
