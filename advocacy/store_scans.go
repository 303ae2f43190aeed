package advocacy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// maxScan is how large a scanned paper may be.
const maxScan = 20 << 20

// Scan is a signed paper as it came from the scanner, but for what a camera adds to a photo of it.
type Scan struct {
	Hash string // SHA-256
	Kind string // "pdf", "png" or "jpeg"; also the ending of its file
	Data []byte
}

// readScan reads a paper and tells its kind by its first bytes, whatever its name says.
func readScan(r io.Reader) (Scan, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxScan+1))
	if err != nil {
		return Scan{}, fmt.Errorf("The signed copy cannot be read: %w", err)
	}
	if len(data) > maxScan {
		return Scan{}, refusal.Because(ErrPicture, "The signed copy is larger than %d MB. Scan it at a lower resolution", maxScan>>20)
	}
	kinds := []struct{ kind, start string }{{"pdf", "%PDF-"}, {"png", "\x89PNG\r\n\x1a\n"}, {"jpeg", "\xFF\xD8\xFF"}}
	for _, k := range kinds {
		if bytes.HasPrefix(data, []byte(k.start)) {
			data = withoutMetadata(k.kind, data)
			sum := sha256.Sum256(data)
			return Scan{Hash: hex.EncodeToString(sum[:]), Kind: k.kind, Data: data}, nil
		}
	}
	return Scan{}, refusal.Because(ErrPicture, "The signed copy must be a PDF, PNG or JPEG file")
}

// AttachScan keeps the signed copy of a consent. A copy that was attached before stays in the database, and the audit log names both.
func (s *Store) AttachScan(ctx context.Context, consentID int64, r io.Reader, by audit.Actor) (Consent, error) {
	var c Consent
	scan, err := readScan(r)
	if err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if c, err = consent(ctx, tx, consentID); err != nil {
			return err
		}
		if err := s.keepScan(ctx, tx, scan, "consents", consentID, by); err != nil {
			return err
		}
		line := audit.Line{Who: by, Did: "attached the signed copy", Subject: consentSubject(consentID), Before: c.Scan, After: scan.Hash}
		c.Scan = scan.Hash
		return audit.Append(ctx, tx, s.now(), line)
	})
	if err == nil {
		s.tell()
	}
	return c, err
}

// AttachAuthorization keeps the signed copy of a patient's authorization, which counts from then on.
func (s *Store) AttachAuthorization(ctx context.Context, id int64, r io.Reader, by audit.Actor) (Authorization, error) {
	var a Authorization
	scan, err := readScan(r)
	if err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if a, err = authorization(ctx, tx, id); err != nil {
			return err
		}
		if err := s.keepScan(ctx, tx, scan, "authorizations", id, by); err != nil {
			return err
		}
		before := a.Scan
		a.Scan = scan.Hash
		return s.log(ctx, tx, a.SpotlightID, by, "attached the signed copy of a patient's authorization", before, scan.Hash)
	})
	if err == nil {
		s.tell(a.SpotlightID)
	}
	return a, err
}

func (s *Store) keepScan(ctx context.Context, tx *sql.Tx, scan Scan, table string, id int64, by audit.Actor) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO scans (hash, kind, data, added, by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		scan.Hash, scan.Kind, scan.Data, clock.Seconds(s.now()), by.ID)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE `+table+` SET scan = ? WHERE id = ?`, scan.Hash, id)
	}
	if err != nil {
		return fmt.Errorf("keep the signed copy: %w", err)
	}
	return nil
}

// ReadScan returns a signed copy after proving that it is the one that was attached.
func (s *Store) ReadScan(ctx context.Context, hash string) (Scan, error) {
	scan := Scan{Hash: hash}
	err := s.db.Reader().QueryRowContext(ctx, `SELECT kind, data FROM scans WHERE hash = ?`, hash).Scan(&scan.Kind, &scan.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return scan, refusal.Because(ErrNotFound, "The signed copy is missing. Attach it again")
	}
	if err != nil {
		return scan, fmt.Errorf("read the signed copy: %w", err)
	}
	if sum := sha256.Sum256(scan.Data); hex.EncodeToString(sum[:]) != hash {
		return scan, refusal.Because(ErrPicture, "A signed copy was changed outside Goodword (%.12s)", hash)
	}
	return scan, nil
}

// verifyScans proves every signed copy that is kept or named by a record, and returns how many there are.
func (s *Store) verifyScans(ctx context.Context) (proven int, err error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT hash FROM scans UNION SELECT scan FROM consents WHERE scan <> ''
		UNION SELECT scan FROM authorizations WHERE scan <> ''`)
	hashes, err := database.List(rows, err, "read the signed copies", database.Value[string])
	if err != nil {
		return 0, err
	}
	for _, hash := range hashes {
		if _, err := s.ReadScan(ctx, hash); err != nil {
			return proven, err
		}
		proven++
	}
	return proven, nil
}
