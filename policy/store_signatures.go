package policy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Signing is how a person signs. Shown is the hash of the text that was before their eyes; empty means that of the version.
type Signing struct {
	PersonID, VersionID int64
	Way                 Way
	Shown               string
	PIN                 string // on screen, where the person has one
	Witness             string // on paper; whoever records it, when nobody else is named
	Sheet               *Sheet // on paper, where it was scanned
}

// Sheet is a signed paper as it came from the scanner, byte for byte.
type Sheet struct {
	Hash string // SHA-256
	Name string
	Kind string // "pdf", "png" or "jpeg"
	Data []byte
}

const maxSheet = 20 << 20

// ReadSheet reads a scanned sheet and tells its kind by its first bytes, whatever its name says.
func ReadSheet(ctx context.Context, path string) (Sheet, error) {
	if err := ctx.Err(); err != nil {
		return Sheet{}, err
	}
	name := filepath.Base(path)
	file, err := os.Open(path)
	if err != nil {
		return Sheet{}, refusal.Because(ErrImport, "The file %s cannot be read", name)
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxSheet+1))
	if err != nil {
		return Sheet{}, fmt.Errorf("The file %s cannot be read to the end: %w", name, err)
	}
	if len(data) > maxSheet {
		return Sheet{}, refusal.Because(ErrImport, "%s is larger than %d MB. Scan it at a lower resolution", name, maxSheet>>20)
	}
	for _, k := range []struct{ kind, start string }{{"pdf", "%PDF-"}, {"png", "\x89PNG\r\n\x1a\n"}, {"jpeg", "\xFF\xD8\xFF"}} {
		if bytes.HasPrefix(data, []byte(k.start)) {
			sum := sha256.Sum256(data)
			return Sheet{Hash: hex.EncodeToString(sum[:]), Name: name, Kind: k.kind, Data: data}, nil
		}
	}
	return Sheet{}, refusal.Because(ErrImport, "%s is no scan. A signed sheet is a PDF, PNG or JPEG file", name)
}

// Sign records that a person signed a version that was put in force, on screen without a PIN or on paper without a scan.
func (s *Store) Sign(ctx context.Context, personID, versionID int64, way Way, by audit.Actor) (Signature, error) {
	return s.SignAs(ctx, Signing{PersonID: personID, VersionID: versionID, Way: way}, by)
}

// SignAs records that a person signed a version that was put in force. On screen only the person themselves can sign, with their PIN if they
// have one; a sheet of paper is recorded by themselves or by somebody who decides for the practice, who is its witness if nobody else is named.
func (s *Store) SignAs(ctx context.Context, how Signing, by audit.Actor) (Signature, error) {
	person, err := s.signer(ctx, how.PersonID)
	if err != nil {
		return Signature{}, err
	}
	signature := Signature{VersionID: how.VersionID, PersonID: person.ID, Person: person.Name, Way: how.Way, At: s.moment(), Recorder: by.Name}
	switch {
	case how.Way == OnScreen && by.ID != person.ID:
		return Signature{}, refusal.Because(ErrStep, "On screen only %s can sign for %s. A signed sheet can be recorded instead", person.Name, person.Name)
	case how.Way == OnScreen:
		err := s.practices.CheckPIN(ctx, person.ID, how.PIN)
		if err != nil && !errors.Is(err, practice.ErrNoPIN) {
			return Signature{}, err
		}
		signature.PIN = err == nil
	case how.Way == OnPaper:
		if signature.Witness = strings.TrimSpace(how.Witness); signature.Witness == "" {
			signature.Witness = by.Name
		}
		if how.Sheet != nil {
			signature.Scan = how.Sheet.Hash
		}
		if err := s.mayRecord(ctx, person, signature.Witness, by); err != nil {
			return Signature{}, err
		}
	default:
		return Signature{}, fmt.Errorf("A policy is signed on screen or on paper, not %q", how.Way)
	}
	signature.ID, err = s.write(ctx, ChangedSigned, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := s.signable(ctx, tx, how.VersionID, how.Shown, person)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if how.Sheet != nil && how.Way == OnPaper {
			if err := keepSheet(ctx, tx, *how.Sheet, clock.Seconds(s.now())); err != nil {
				return 0, audit.Line{}, err
			}
		}
		signature.Number, signature.TextHash, signature.Statement = v.Number, v.Hash, Acknowledgement(v)
		stored, line, err := insertSignature(ctx, tx, signature, by)
		return stored.ID, line, err
	})
	return signature, err
}

// insertSignature stores a signature, and gives it back with its number and the line for the audit log.
func insertSignature(ctx context.Context, tx *sql.Tx, g Signature, by audit.Actor) (Signature, audit.Line, error) {
	g.ID = 0
	line := audit.Line{Who: by, Did: "signed the policy", Subject: versionSubject(g.VersionID), After: database.Pack(g)}
	result, err := tx.ExecContext(ctx, `INSERT INTO signatures (version_id, person_id, text_hash, statement, way, at, witness, pin, scan, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		g.VersionID, g.PersonID, g.TextHash, g.Statement, g.Way, clock.Seconds(g.At), g.Witness, g.PIN, g.Scan, g.Recorder)
	if err != nil {
		return g, line, fmt.Errorf("save the signature: %w", err)
	}
	g.ID, err = result.LastInsertId()
	return g, line, err
}

// mayRecord refuses to record what person signed or refused when somebody else does it who does not decide for the practice, and a witness who is
// the person themselves.
func (s *Store) mayRecord(ctx context.Context, person practice.Person, witness string, by audit.Actor) error {
	if strings.EqualFold(strings.Join(strings.Fields(witness), " "), person.Name) {
		return refusal.Because(ErrStep, "The witness is another person than %s, who saw it. Name one", person.Name)
	}
	if by.ID == person.ID {
		return nil
	}
	return s.mustLead(ctx, by, "What somebody else signs or refuses is recorded")
}

// AddSheet keeps the scan of a paper that was recorded without one. A signature never changes: the bare one is struck, and stands again with its day
// and its sheet.
func (s *Store) AddSheet(ctx context.Context, signatureID int64, sheet Sheet, by audit.Actor) (Signature, error) {
	all, err := s.EverySignature(ctx)
	if err != nil {
		return Signature{}, err
	}
	at := slices.IndexFunc(all, func(g Signature) bool { return g.ID == signatureID && g.Struck.IsZero() })
	if at < 0 {
		return Signature{}, refusal.Because(ErrNotFound, "There is no such signature, or it was struck already")
	}
	g := all[at]
	switch {
	case g.Way != OnPaper:
		return g, refusal.Because(ErrStep, "%s signed on screen, so there is no sheet of paper", g.Person)
	case g.Scan != "":
		return g, refusal.Because(ErrStep, "The sheet of %s is here already. Strike the signature if it is the wrong one", g.Person)
	}
	if by.ID != g.PersonID {
		if err := s.mustLead(ctx, by, "What somebody else signs or refuses is recorded"); err != nil {
			return g, err
		}
	}
	g.Scan, g.Recorder = sheet.Hash, by.Name
	_, err = s.write(ctx, ChangedSigned, func(tx *sql.Tx) (int64, audit.Line, error) {
		if err := keepSheet(ctx, tx, sheet, clock.Seconds(s.now())); err != nil {
			return 0, audit.Line{}, err
		}
		struck, err := s.strike(ctx, tx, g.ID, "Its sheet came later; it stands again with it", by)
		if err == nil {
			err = audit.Append(ctx, tx, s.now(), struck)
		}
		if err != nil {
			return 0, audit.Line{}, err
		}
		var line audit.Line
		g, line, err = insertSignature(ctx, tx, g, by)
		return g.ID, line, err
	})
	return g, err
}

func keepSheet(ctx context.Context, tx *sql.Tx, sheet Sheet, added int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO signature_scans (hash, name, kind, data, added) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		sheet.Hash, sheet.Name, sheet.Kind, sheet.Data, added)
	if err != nil {
		return fmt.Errorf("keep the signed sheet: %w", err)
	}
	return nil
}

// Refuse records that a person will not sign a version, and why. Themselves may record it, or somebody who decides for the practice.
func (s *Store) Refuse(ctx context.Context, personID, versionID int64, reason, witness string, by audit.Actor) (Refusal, error) {
	person, err := s.signer(ctx, personID)
	if err != nil {
		return Refusal{}, err
	}
	r := Refusal{VersionID: versionID, PersonID: person.ID, Person: person.Name, Reason: strings.TrimSpace(reason), At: s.moment(),
		Witness: strings.TrimSpace(witness), Recorder: by.Name}
	if r.Reason == "" {
		return Refusal{}, refusal.Because(ErrStep, "Write down why %s does not sign. \"No reason given\" is one", person.Name)
	}
	if err := s.mayRecord(ctx, person, r.Witness, by); err != nil {
		return Refusal{}, err
	}
	r.ID, err = s.write(ctx, ChangedSigned, func(tx *sql.Tx) (int64, audit.Line, error) {
		v, err := s.signable(ctx, tx, versionID, "", person)
		if err != nil {
			return 0, audit.Line{}, err
		}
		r.Number, r.TextHash = v.Number, v.Hash
		result, err := tx.ExecContext(ctx, `INSERT INTO signature_refusals (version_id, person_id, text_hash, reason, at, witness, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			v.ID, person.ID, v.Hash, r.Reason, clock.Seconds(r.At), r.Witness, by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the refusal: %w", err)
		}
		id, err := result.LastInsertId()
		return id, audit.Line{Who: by, Did: "refused to sign the policy", Subject: versionSubject(v.ID), After: database.Pack(r)}, err
	})
	return r, err
}

// Strike takes a signature out of the count that was recorded by mistake. It stays on record with the reason, and the person can sign again.
func (s *Store) Strike(ctx context.Context, signatureID int64, why string, by audit.Actor) error {
	if why = strings.TrimSpace(why); why == "" {
		return refusal.Because(ErrStep, "Write down why the signature is struck")
	}
	if err := s.mustLead(ctx, by, "Signatures are struck"); err != nil {
		return err
	}
	_, err := s.write(ctx, ChangedSigned, func(tx *sql.Tx) (int64, audit.Line, error) {
		line, err := s.strike(ctx, tx, signatureID, why, by)
		return signatureID, line, err
	})
	return err
}

func (s *Store) strike(ctx context.Context, tx *sql.Tx, signatureID int64, why string, by audit.Actor) (audit.Line, error) {
	var version int64
	err := tx.QueryRowContext(ctx, `SELECT version_id FROM signatures WHERE id = ? AND struck = 0`, signatureID).Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		return audit.Line{}, refusal.Because(ErrNotFound, "There is no such signature, or it was struck already")
	}
	if err != nil {
		return audit.Line{}, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE signatures SET struck = ?, struck_by = ?, struck_why = ? WHERE id = ?`, clock.Seconds(s.now()), by.Name, why, signatureID); err != nil {
		return audit.Line{}, fmt.Errorf("strike the signature: %w", err)
	}
	return audit.Line{Who: by, Did: "struck a signature", Subject: versionSubject(version), Before: fmt.Sprintf("signature %d", signatureID), After: why}, nil
}

// signer is the person, who must work here.
func (s *Store) signer(ctx context.Context, id int64) (practice.Person, error) {
	person, err := s.practices.Person(ctx, id)
	if err != nil {
		return person, err
	}
	today, err := s.today(ctx)
	if err == nil && !person.Here(today) {
		err = refusal.Because(ErrStep, "%s no longer works here", person.Name)
	}
	return person, err
}

// signable is the version if the person can sign or refuse it now, and if its text is the one that was shown.
func (s *Store) signable(ctx context.Context, tx *sql.Tx, id int64, shown string, person practice.Person) (Version, error) {
	v, err := version(ctx, tx, id)
	if err != nil {
		return v, err
	}
	if v.From == "" {
		return v, refusal.Because(ErrStep, "Version %d is a draft. It can be signed when it was put in force", v.Number)
	}
	if shown != "" && shown != v.Hash {
		return v, refusal.Because(ErrStep, "The text on the screen is not that of version %d. Open it again and read it", v.Number)
	}
	var signed int
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM signatures WHERE version_id = ? AND person_id = ? AND struck = 0`, v.ID, person.ID).Scan(&signed)
	if err == nil && signed > 0 {
		err = refusal.Because(ErrStep, "%s has already signed version %d", person.Name, v.Number)
	}
	return v, err
}

// SignedSheet returns the scan of a signed paper by its hash.
func (s *Store) SignedSheet(ctx context.Context, hash string) (Sheet, error) {
	sheet := Sheet{Hash: hash}
	err := s.db.Reader().QueryRowContext(ctx, `SELECT name, kind, data FROM signature_scans WHERE hash = ?`, hash).Scan(&sheet.Name, &sheet.Kind, &sheet.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return sheet, refusal.Because(ErrNotFound, "There is no scan of this sheet")
	}
	return sheet, err
}

// RollCall tells where everybody stands today with what the version asks for. After an editorial change the signature of the version before it
// still counts.
func (s *Store) RollCall(ctx context.Context, versionID int64) ([]RollLine, error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	var lines []RollLine
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		v, err := version(ctx, tx, versionID)
		if err != nil {
			return err
		}
		all, err := versions(ctx, tx)
		if err != nil {
			return err
		}
		signed, err := signatures(ctx, tx)
		if err != nil {
			return err
		}
		refused, err := refusals(ctx, tx)
		lines = Roll(v, all, signed, refused, people, today)
		return err
	})
	return lines, err
}

// Signatures returns who of the present staff has signed what the version asks for, and who is still to sign. Who refused is in neither.
func (s *Store) Signatures(ctx context.Context, versionID int64) (signed []Signature, missing []practice.Person, err error) {
	lines, err := s.RollCall(ctx, versionID)
	for _, l := range lines {
		switch l.State {
		case RollSigned:
			signed = append(signed, *l.Signature)
		case RollOpen, RollOverdue:
			missing = append(missing, l.Person)
		}
	}
	return signed, missing, err
}

// EverySignature returns all signatures ever recorded, those that were struck among them, newest first.
func (s *Store) EverySignature(ctx context.Context) ([]Signature, error) {
	return signatures(ctx, s.db.Reader())
}

// Refusals returns all refusals ever recorded, newest first.
func (s *Store) Refusals(ctx context.Context) ([]Refusal, error) { return refusals(ctx, s.db.Reader()) }

func signatures(ctx context.Context, q database.Querier) ([]Signature, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.id, s.version_id, v.number, s.person_id, p.name, s.text_hash, s.statement, s.way, s.at, s.witness, s.pin, s.scan, s.recorded_by,
		s.struck, s.struck_by, s.struck_why FROM signatures s JOIN policy_versions v ON v.id = s.version_id JOIN people p ON p.id = s.person_id ORDER BY s.at DESC, s.id DESC`)
	return database.List(rows, err, "read the signatures", func(row database.Row) (g Signature, err error) {
		var at, struck int64
		err = row.Scan(&g.ID, &g.VersionID, &g.Number, &g.PersonID, &g.Person, &g.TextHash, &g.Statement, &g.Way, &at, &g.Witness, &g.PIN, &g.Scan, &g.Recorder,
			&struck, &g.StruckBy, &g.StruckWhy)
		g.At = clock.Unix(at)
		if struck != 0 {
			g.Struck = clock.Unix(struck)
		}
		return g, err
	})
}

func refusals(ctx context.Context, q database.Querier) ([]Refusal, error) {
	rows, err := q.QueryContext(ctx, `SELECT r.id, r.version_id, v.number, r.person_id, p.name, r.text_hash, r.reason, r.at, r.witness, r.recorded_by
		FROM signature_refusals r JOIN policy_versions v ON v.id = r.version_id JOIN people p ON p.id = r.person_id ORDER BY r.at DESC, r.id DESC`)
	return database.List(rows, err, "read the refusals", func(row database.Row) (r Refusal, err error) {
		var at int64
		err = row.Scan(&r.ID, &r.VersionID, &r.Number, &r.PersonID, &r.Person, &r.TextHash, &r.Reason, &at, &r.Witness, &r.Recorder)
		r.At = clock.Unix(at)
		return r, err
	})
}
