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

const versionColumns = `SELECT id, number, text, hash, summary, material, in_force_from, created, created_by, put_at, put_by, situation, composed FROM policy_versions`

func versions(ctx context.Context, q database.Querier) ([]Version, error) {
	rows, err := q.QueryContext(ctx, versionColumns+` ORDER BY number DESC`)
	return database.List(rows, err, "read the versions of the policy", scanVersion)
}

func scanVersion(row database.Row) (Version, error) {
	var v Version
	var created, put int64
	var situation string
	err := row.Scan(&v.ID, &v.Number, &v.Text, &v.Hash, &v.Summary, &v.Material, &v.From, &created, &v.By, &put, &v.PutBy, &situation, &v.Composed)
	if err == nil {
		err = database.Unpack(situation, &v.Situation)
	}
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

// DraftVersion begins a new version. There is one draft at a time; the first version is always material. What the text before it was built from
// goes along.
func (s *Store) DraftVersion(ctx context.Context, text, summary string, material bool, by audit.Actor) (Version, error) {
	return s.draft(ctx, Version{Text: text, Summary: summary, Material: material}, false, by)
}

// RestoreDraft brings a dropped draft back, with what it was built from.
func (s *Store) RestoreDraft(ctx context.Context, v Version, by audit.Actor) (Version, error) {
	return s.draft(ctx, v, true, by)
}

// BuildDraft answers the questions about the practice and writes the policy from them: into the draft, or into a new one that follows the newest
// version. Own words stay; the notes tell what became of each part.
func (s *Store) BuildDraft(ctx context.Context, situation Situation, by audit.Actor) (Version, []BuildNote, error) {
	if err := situation.Check(); err != nil {
		return Version{}, nil, err
	}
	p, err := s.practices.Get(ctx)
	if err != nil {
		return Version{}, nil, err
	}
	all, err := s.Versions(ctx)
	if err != nil {
		return Version{}, nil, err
	}
	newest := Version{}
	if len(all) > 0 {
		newest = all[0]
	}
	if err := s.mayWord(ctx, by); err != nil {
		return Version{}, nil, err
	}
	built := Rebuild(newest.Text, newest.Composed, p, situation)
	if newest.ID == 0 || newest.From != "" {
		v, err := s.draft(ctx, Version{Text: built.Text, Summary: firstSummary(newest), Material: Propose(newest.Text, built.Text).Material, Situation: situation, Composed: built.Composed}, true, by)
		return v, built.Notes, err
	}
	_, err = s.write(ctx, ChangedVersions, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := draft(ctx, tx, newest.ID)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if v.Hash != newest.Hash {
			return 0, audit.Line{}, refusal.Because(ErrStep, "Somebody changed the draft meanwhile. Answer the questions again")
		}
		if _, err := tx.ExecContext(ctx, `UPDATE policy_versions SET text = ?, hash = ?, situation = ?, composed = ? WHERE id = ?`,
			built.Text, Hash(built.Text), database.Pack(situation), built.Composed, v.ID); err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the draft of the policy: %w", err)
		}
		return v.ID, audit.Line{Who: by, Did: "built the policy draft from the questions", Subject: versionSubject(v.ID),
			Before: database.Pack(buildLine(v.Hash, v.Situation)), After: database.Pack(buildLine(Hash(built.Text), situation))}, nil
	})
	if err != nil {
		return Version{}, nil, err
	}
	v, err := s.Version(ctx, newest.ID)
	return v, built.Notes, err
}

func firstSummary(before Version) string {
	if before.ID == 0 {
		return "First version"
	}
	return ""
}

// buildLine is what the audit log keeps of a build.
func buildLine(hash string, situation Situation) any {
	return struct {
		Hash      string    `json:"hash"`
		Situation Situation `json:"situation,omitempty"`
	}{hash, situation}
}

// draft stores a new draft; own says whether it brings what it was built from along.
func (s *Store) draft(ctx context.Context, d Version, own bool, by audit.Actor) (Version, error) {
	if err := s.mayWord(ctx, by); err != nil {
		return Version{}, err
	}
	text, summary, material := d.Text, d.Summary, d.Material
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
		if !own && len(all) > 0 {
			d.Situation, d.Composed = all[0].Situation, all[0].Composed
		}
		if d.Situation == nil {
			d.Situation = Situation{}
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO policy_versions (number, text, hash, summary, material, created, created_by, situation, composed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			number, text, Hash(text), strings.TrimSpace(summary), material, clock.Seconds(s.now()), by.Name, database.Pack(d.Situation), d.Composed)
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
	if err := s.mayWord(ctx, by); err != nil {
		return Version{}, err
	}
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
	if err := s.mayWord(ctx, by); err != nil {
		return err
	}
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
	if err := s.mayWord(ctx, by); err != nil {
		return Version{}, err
	}
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
		before := Version{}
		for _, o := range all {
			if o.From != "" && o.Number < v.Number {
				before = o
				break
			}
		}
		return id, audit.Line{Who: by, Did: "put a policy version in force", Subject: versionSubject(id), Before: string(Draft),
			After: database.Pack(struct {
				versionRecord
				Proposal Proposal `json:"proposal"` // what the program thought of the change, beside what the person decided
			}{versionLine(v.Number, v.Text, v.Summary, v.Material, from), Propose(before.Text, v.Text)})}, nil
	})
	if err != nil {
		return Version{}, err
	}
	return s.Version(ctx, id)
}

// mayWord refuses whoever may not decide what the policy says.
func (s *Store) mayWord(ctx context.Context, by audit.Actor) error {
	return s.mustLead(ctx, by, "The policy is written and put in force")
}

func versionSubject(id int64) string { return fmt.Sprintf("policy/%d", id) }

// versionLine is what the audit log keeps of a version: the text by its hash, since the text itself is in the table.
func versionLine(number int, text, summary string, material bool, from string) versionRecord {
	return versionRecord{number, Hash(text), summary, material, from}
}

type versionRecord struct {
	Number   int    `json:"number"`
	Hash     string `json:"hash"`
	Summary  string `json:"summary,omitempty"`
	Material bool   `json:"material"`
	From     string `json:"from,omitempty"`
}
