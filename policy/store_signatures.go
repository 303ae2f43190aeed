package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Sign records that a person signed a version that was put in force. On screen only the person themselves can sign; a sheet of paper is
// recorded by anybody, who is then its witness.
func (s *Store) Sign(ctx context.Context, personID, versionID int64, way Way, by audit.Actor) (Signature, error) {
	person, err := s.practices.Person(ctx, personID)
	if err != nil {
		return Signature{}, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return Signature{}, err
	}
	if !person.Here(today) {
		return Signature{}, refusal.Because(ErrStep, "%s no longer works here", person.Name)
	}
	signature := Signature{VersionID: versionID, PersonID: personID, Person: person.Name, Way: way, At: clock.Unix(clock.Seconds(s.now()))}
	switch {
	case way == OnScreen && by.ID != personID:
		return Signature{}, refusal.Because(ErrStep, "On screen only %s can sign for %s. A signed sheet can be recorded instead", person.Name, person.Name)
	case way == OnPaper:
		signature.Witness = by.Name
	case way != OnScreen:
		return Signature{}, fmt.Errorf("A policy is signed on screen or on paper, not %q", way)
	}
	signature.ID, err = s.write(ctx, ChangedSigned, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := version(ctx, tx, versionID)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if v.From == "" {
			return 0, audit.Line{}, refusal.Because(ErrStep, "Version %d is a draft. It can be signed when it was put in force", v.Number)
		}
		if err := unsigned(ctx, tx, v, person); err != nil {
			return 0, audit.Line{}, err
		}
		signature.Number, signature.TextHash, signature.Statement = v.Number, v.Hash, Acknowledgement(v)
		result, err := tx.ExecContext(ctx, `INSERT INTO signatures (version_id, person_id, text_hash, statement, way, at, witness) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			v.ID, personID, signature.TextHash, signature.Statement, way, clock.Seconds(signature.At), signature.Witness)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the signature: %w", err)
		}
		id, err := result.LastInsertId()
		return id, audit.Line{Who: by, Did: "signed the policy", Subject: versionSubject(v.ID), After: database.Pack(signature)}, err
	})
	return signature, err
}

func unsigned(ctx context.Context, tx *sql.Tx, v Version, person practice.Person) error {
	var id int64
	err := tx.QueryRowContext(ctx, `SELECT id FROM signatures WHERE version_id = ? AND person_id = ?`, v.ID, person.ID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return refusal.Because(ErrStep, "%s has already signed version %d", person.Name, v.Number)
}

// Signatures returns who of the present staff has signed what the version asks for, and who has not. After an editorial change the
// signature of the version before it still counts.
func (s *Store) Signatures(ctx context.Context, versionID int64) (signed []Signature, missing []practice.Person, err error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, nil, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		v, err := version(ctx, tx, versionID)
		if err != nil {
			return err
		}
		all, err := versions(ctx, tx)
		if err != nil {
			return err
		}
		every, err := signatures(ctx, tx)
		signed, missing = Roll(v, all, every, people, today)
		return err
	})
	return signed, missing, err
}

func signatures(ctx context.Context, q database.Querier) ([]Signature, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.id, s.version_id, v.number, s.person_id, p.name, s.text_hash, s.statement, s.way, s.at, s.witness
		FROM signatures s JOIN policy_versions v ON v.id = s.version_id JOIN people p ON p.id = s.person_id ORDER BY s.at DESC, s.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the signatures: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Signature
	for rows.Next() {
		var g Signature
		var at int64
		if err := rows.Scan(&g.ID, &g.VersionID, &g.Number, &g.PersonID, &g.Person, &g.TextHash, &g.Statement, &g.Way, &at, &g.Witness); err != nil {
			return nil, fmt.Errorf("read the signatures: %w", err)
		}
		g.At = clock.Unix(at)
		all = append(all, g)
	}
	return all, rows.Err()
}
