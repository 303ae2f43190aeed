package proof

import (
	"context"
	"database/sql"

	"goodword/internal/audit"
	"goodword/internal/manifest"
	"goodword/reviews"
)

// The words of the audit log on an export.
const (
	didMasked   = "exported the incident folder, masked"
	didUnmasked = "exported the incident folder for counsel, unmasked"
	withNotes   = ", with the private notes"
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
		return audit.Append(ctx, tx, b.Now(), audit.Line{Who: by, Did: did, Subject: reviews.Subject(m.Mention), After: manifest.Noted + m.Hash})
	})
}
