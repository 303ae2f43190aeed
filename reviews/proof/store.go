package proof

import (
	"context"
	"database/sql"
	"errors"

	"goodword/internal/audit"
	"goodword/reviews"
)

// The words of the audit log on an export.
const (
	didMasked   = "exported the incident folder, masked"
	didUnmasked = "exported the incident folder for counsel, unmasked"
	withNotes   = ", with the private notes"
	manifestIn  = "manifest sha256:"
)

// note writes down that a folder was made.
func (b *Binder) note(ctx context.Context, m Manifest, by audit.Actor) error {
	did := didMasked
	if !m.Masked {
		did = didUnmasked
	}
	if m.Notes {
		did += withNotes
	}
	return b.DB.Write(ctx, func(tx *sql.Tx) error {
		return audit.Append(ctx, tx, b.Now(), audit.Line{Who: by, Did: did, Subject: reviews.Subject(m.Mention), After: manifestIn + m.Hash})
	})
}

var errFound = errors.New("found")

// exported finds the line of the audit log on a folder by the hash of its manifest.
func (b *Binder) exported(ctx context.Context, hash string) (line audit.Line, ok bool, err error) {
	err = audit.Walk(ctx, b.DB.Reader(), "", func(l audit.Sealed) error {
		if l.After == manifestIn+hash {
			line, ok = l.Line, true
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return line, ok, err
}

// knows reports whether the audit log has a line with this number and hash.
func (b *Binder) knows(ctx context.Context, line audit.Sealed) (bool, error) {
	own, ok, err := audit.Numbered(ctx, b.DB.Reader(), line.ID)
	return ok && own.Hash == line.Hash && own.Fits(), err
}
