package proof

import (
	"context"
	"database/sql"

	"goodword/internal/audit"
	"goodword/internal/manifest"
)

// note writes down that a pack was made.
func (b *Binder) note(ctx context.Context, m Manifest, by audit.Actor) error {
	did := "exported a proof pack: " + m.About
	if m.Choice.Unmasked {
		did += ", unmasked"
	}
	return b.DB.Write(ctx, func(tx *sql.Tx) error {
		return audit.Append(ctx, tx, b.Now(), audit.Line{Who: by, Did: did, Subject: subject, After: manifest.Noted + m.Hash})
	})
}
