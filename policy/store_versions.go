package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Versions returns all versions of the policy, newest first.
func (s *Store) Versions(ctx context.Context) ([]Version, error) { return versions(ctx, s.db.Reader()) }

const versionColumns = `SELECT id, number, text, hash, summary, material, in_force_from, created, created_by, put_at, put_by FROM policy_versions`

func versions(ctx context.Context, q database.Querier) ([]Version, error) {
	rows, err := q.QueryContext(ctx, versionColumns+` ORDER BY number DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the versions of the policy: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Version
	for rows.Next() {
		v, err := scanVersion(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scanVersion(row interface{ Scan(...any) error }) (Version, error) {
	var v Version
	var created, put int64
	err := row.Scan(&v.ID, &v.Number, &v.Text, &v.Hash, &v.Summary, &v.Material, &v.From, &created, &v.By, &put, &v.PutBy)
	v.Created, v.PutAt = clock.Unix(created), clock.Unix(put)
	return v, err
}

// Version returns one version, or ErrNotFound.
func (s *Store) Version(ctx context.Context, id int64) (Version, error) {
	return version(ctx, s.db.Reader(), id)
}

func version(ctx context.Context, q database.Querier, id int64) (Version, error) {
	v, err := scanVersion(q.QueryRowContext(ctx, versionColumns+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return v, refusal.Because(ErrNotFound, "There is no policy version with id %d", id)
	}
	if err != nil {
		return v, fmt.Errorf("read the policy version: %w", err)
	}
	return v, nil
}

// InForce returns the version that is in force today; ErrNotFound if there is none yet.
func (s *Store) InForce(ctx context.Context) (Version, error) {
	all, err := s.Versions(ctx)
	if err != nil {
		return Version{}, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return Version{}, err
	}
	v, ok := Current(all, today)
	if !ok {
		return Version{}, refusal.Because(ErrNotFound, "No policy is in force yet")
	}
	return v, nil
}

// SuggestedText is the policy that we suggest, with the practice's name and contact filled in.
func (s *Store) SuggestedText(ctx context.Context) (string, error) {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return "", err
	}
	return Suggested(p), nil
}

// DraftVersion begins a new version. There is one draft at a time; the first version is always material.
func (s *Store) DraftVersion(ctx context.Context, text, summary string, material bool, by audit.Actor) (Version, error) {
	id, err := s.write(ctx, ChangedVersions, func(tx *sql.Tx) (int64, audit.Line, error) {
		all, err := versions(ctx, tx)
		if err != nil {
			return 0, audit.Line{}, err
		}
		number := 1
		if len(all) > 0 {
			number = all[0].Number + 1
			if all[0].From == "" {
				return 0, audit.Line{}, refusal.Because(ErrStep, "Version %d is still a draft. Change it, put it in force or drop it first", all[0].Number)
			}
		}
		material = material || number == 1
		result, err := tx.ExecContext(ctx, `INSERT INTO policy_versions (number, text, hash, summary, material, created, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			number, text, Hash(text), strings.TrimSpace(summary), material, clock.Seconds(s.now()), by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the draft of the policy: %w", err)
		}
		id, err := result.LastInsertId()
		return id, audit.Line{Who: by, Did: "drafted a policy version", Subject: versionSubject(id), After: database.Pack(versionLine(number, text, summary, material, ""))}, err
	})
	if err != nil {
		return Version{}, err
	}
	return s.Version(ctx, id)
}

// SaveDraft changes a version that is still a draft.
func (s *Store) SaveDraft(ctx context.Context, id int64, text, summary string, material bool, by audit.Actor) (Version, error) {
	_, err := s.write(ctx, ChangedVersions, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := draft(ctx, tx, id)
		if err != nil {
			return 0, audit.Line{}, err
		}
		material = material || v.Number == 1
		_, err = tx.ExecContext(ctx, `UPDATE policy_versions SET text = ?, hash = ?, summary = ?, material = ? WHERE id = ?`,
			text, Hash(text), strings.TrimSpace(summary), material, id)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the draft of the policy: %w", err)
		}
		return id, audit.Line{Who: by, Did: "changed a policy draft", Subject: versionSubject(id),
			Before: database.Pack(versionLine(v.Number, v.Text, v.Summary, v.Material, "")), After: database.Pack(versionLine(v.Number, text, summary, material, ""))}, nil
	})
	if err != nil {
		return Version{}, err
	}
	return s.Version(ctx, id)
}

// DropDraft removes a draft; a version that was put in force is never removed.
func (s *Store) DropDraft(ctx context.Context, id int64, by audit.Actor) error {
	_, err := s.write(ctx, ChangedVersions, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := draft(ctx, tx, id)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM policy_versions WHERE id = ?`, id); err != nil {
			return 0, audit.Line{}, fmt.Errorf("drop the draft of the policy: %w", err)
		}
		return id, audit.Line{Who: by, Did: "dropped a policy draft", Subject: versionSubject(id),
			Before: database.Pack(versionLine(v.Number, v.Text, v.Summary, v.Material, ""))}, nil
	})
	return err
}

func draft(ctx context.Context, tx *sql.Tx, id int64) (Version, error) {
	v, err := version(ctx, tx, id)
	if err != nil {
		return v, err
	}
	if v.From != "" {
		return v, refusal.Because(ErrStep, "Version %d was put in force and cannot be changed. Draft a new version", v.Number)
	}
	return v, nil
}

// PutInForce puts a draft in force from a day on. From then on its text never changes; the version before it is superseded on that day.
func (s *Store) PutInForce(ctx context.Context, id int64, from string, by audit.Actor) (Version, error) {
	_, err := s.write(ctx, ChangedVersions, func(tx *sql.Tx) (int64, audit.Line, error) {
		all, err := versions(ctx, tx)
		if err != nil {
			return 0, audit.Line{}, err
		}
		v, err := version(ctx, tx, id)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if err := mayPut(v, all, from); err != nil {
			return 0, audit.Line{}, err
		}
		_, err = tx.ExecContext(ctx, `UPDATE policy_versions SET in_force_from = ?, put_at = ?, put_by = ? WHERE id = ?`,
			from, clock.Seconds(s.now()), by.Name, id)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("put the policy in force: %w", err)
		}
		return id, audit.Line{Who: by, Did: "put a policy version in force", Subject: versionSubject(id), Before: string(Draft),
			After: database.Pack(versionLine(v.Number, v.Text, v.Summary, v.Material, from))}, nil
	})
	if err != nil {
		return Version{}, err
	}
	return s.Version(ctx, id)
}

func versionSubject(id int64) string { return fmt.Sprintf("policy/%d", id) }

// versionLine is what the audit log keeps of a version: the text by its hash, since the text itself is in the table.
func versionLine(number int, text, summary string, material bool, from string) any {
	return struct {
		Number   int    `json:"number"`
		Hash     string `json:"hash"`
		Summary  string `json:"summary,omitempty"`
		Material bool   `json:"material"`
		From     string `json:"from,omitempty"`
	}{number, Hash(text), summary, material, from}
}
