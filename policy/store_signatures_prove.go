package policy

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// ErrAltered says that a record differs from what the audit log says was recorded.
var ErrAltered = errors.New("a record was altered")

// Proved is how much of the policy and its signatures the audit log vouches for.
type Proved struct {
	Versions   int `json:"versions"`
	Signatures int `json:"signatures"`
	Refusals   int `json:"refusals"`
	Sheets     int `json:"sheets"`
}

// Prove compares the versions in force, the signatures, the refusals and the scanned sheets with the audit log; the error names what differs.
func (s *Store) Prove(ctx context.Context) (Proved, error) {
	var p Proved
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		all, err := versions(ctx, tx)
		if err != nil {
			return err
		}
		signed, err := signatures(ctx, tx)
		if err != nil {
			return err
		}
		refused, err := refusals(ctx, tx)
		if err != nil {
			return err
		}
		for _, v := range all {
			if v.From == "" {
				continue
			}
			if err := proveVersion(ctx, tx, v, signed, refused, &p); err != nil {
				return err
			}
		}
		return proveSheets(ctx, tx, signed, &p)
	})
	return p, err
}

// proveVersion holds one version, with all that people did about it, against its lines of the log.
func proveVersion(ctx context.Context, tx *sql.Tx, v Version, signed []Signature, refused []Refusal, p *Proved) error {
	lines, err := audit.Lines(ctx, tx, versionSubject(v.ID))
	if err != nil {
		return err
	}
	put := versionRecord{}
	signings, refusings := map[int64][]Signature{}, map[int64][]Refusal{}
	for _, line := range lines {
		switch line.Did {
		case "put a policy version in force":
			err = json.Unmarshal([]byte(line.After), &put)
		case "signed the policy":
			var g Signature
			err = json.Unmarshal([]byte(line.After), &g)
			signings[keyOf(g.PersonID, g.At.Unix())] = append(signings[keyOf(g.PersonID, g.At.Unix())], g)
		case "refused to sign the policy":
			var r Refusal
			err = json.Unmarshal([]byte(line.After), &r)
			refusings[keyOf(r.PersonID, r.At.Unix())] = append(refusings[keyOf(r.PersonID, r.At.Unix())], r)
		}
		if err != nil {
			return refusal.Because(ErrAltered, "A line of the audit log about version %d cannot be read", v.Number)
		}
	}
	if v.Hash != Hash(v.Text) || v.Hash != put.Hash || v.From != put.From || v.Material != put.Material {
		return refusal.Because(ErrAltered, "Version %d of the policy is not as it was put in force", v.Number)
	}
	p.Versions++
	for _, g := range signed {
		if g.VersionID != v.ID {
			continue
		}
		was, ok := take(signings, keyOf(g.PersonID, g.At.Unix()), func(was Signature) bool { return was.Way == g.Way && was.Scan == g.Scan })
		if !ok || was.TextHash != g.TextHash || was.Statement != g.Statement || was.Way != g.Way || was.PIN != g.PIN || was.Scan != g.Scan || was.Witness != g.Witness {
			return refusal.Because(ErrAltered, "The signature of %s under version %d is not as it was recorded", g.Person, v.Number)
		}
		p.Signatures++
	}
	for _, r := range refused {
		if r.VersionID != v.ID {
			continue
		}
		was, ok := take(refusings, keyOf(r.PersonID, r.At.Unix()), func(was Refusal) bool { return was.Reason == r.Reason })
		if !ok || was.TextHash != r.TextHash || was.Reason != r.Reason || was.Witness != r.Witness {
			return refusal.Because(ErrAltered, "The refusal of %s under version %d is not as it was recorded", r.Person, v.Number)
		}
		p.Refusals++
	}
	for _, g := range signings {
		return refusal.Because(ErrAltered, "A signature of %s under version %d is gone", g[0].Person, v.Number)
	}
	for _, r := range refusings {
		return refusal.Because(ErrAltered, "A refusal of %s under version %d is gone", r[0].Person, v.Number)
	}
	return nil
}

// take takes the first record of a key that fits out of what the log knows.
func take[T any](known map[int64][]T, key int64, fits func(T) bool) (T, bool) {
	i := slices.IndexFunc(known[key], fits)
	if i < 0 {
		var none T
		return none, false
	}
	was := known[key][i]
	if known[key] = slices.Delete(known[key], i, i+1); len(known[key]) == 0 {
		delete(known, key)
	}
	return was, true
}

// keyOf tells what one person did at one second from all else that was done about a version.
func keyOf(person, at int64) int64 { return person<<40 ^ at }

func proveSheets(ctx context.Context, tx *sql.Tx, signed []Signature, p *Proved) error {
	proven := map[string]bool{}
	rows, err := tx.QueryContext(ctx, `SELECT hash, data FROM signature_scans`)
	if err != nil {
		return fmt.Errorf("read the signed sheets: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var hash string
		var data []byte
		if err := rows.Scan(&hash, &data); err != nil {
			return fmt.Errorf("read the signed sheets: %w", err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
			return refusal.Because(ErrAltered, "A signed sheet is not as it was scanned")
		}
		proven[hash] = true
		p.Sheets++
	}
	for _, g := range signed {
		if g.Scan != "" && !proven[g.Scan] {
			return refusal.Because(ErrAltered, "The signed sheet of %s is gone", g.Person)
		}
	}
	return rows.Err()
}
