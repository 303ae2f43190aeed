package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// TakeBackImport takes back the last import of a source, or, for 0, the last import of all: the mentions that it brought go, unless somebody worked
// on them since. What it edited or marked as gone stays. It returns how many went.
func (s *Store) TakeBackImport(ctx context.Context, sourceID int64, by audit.Actor) (int, error) {
	var gone []int64
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var began int64
		err := tx.QueryRowContext(ctx, `SELECT id, newest FROM sources WHERE kind = ?1 AND newest > 0 AND (?2 = 0 OR id = ?2) ORDER BY newest DESC, id DESC LIMIT 1`,
			KindImport, sourceID).Scan(&sourceID, &began)
		if errors.Is(err, sql.ErrNoRows) {
			return refusal.Because(ErrStep, "There is no import that could be taken back")
		}
		if err != nil {
			return fmt.Errorf("look for the import: %w", err)
		}
		added, err := column[int64](tx.QueryContext(ctx, `SELECT id FROM mentions WHERE source_id = ? AND seen >= ?`, sourceID, began))
		if err != nil {
			return fmt.Errorf("look for what the import brought: %w", err)
		}
		if gone, err = s.takeBack(ctx, tx, added); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sources SET brought = brought - ?, newest = 0 WHERE id = ?`, len(gone), sourceID); err != nil {
			return err
		}
		return s.log(ctx, tx, by, "took back an import", subject("source", sourceID), fmt.Sprintf("%d mentions", len(added)), fmt.Sprintf("%d mentions taken back", len(gone)))
	})
	if err != nil {
		return 0, err
	}
	s.tell(ChangedMentions, gone...)
	s.tell(ChangedSources, sourceID)
	return len(gone), nil
}
