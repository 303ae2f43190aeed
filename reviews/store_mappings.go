package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
)

// SavedMapping is which column holds what, as a person settled it for files with these columns, and when. Nobody did: nil.
func (s *Store) SavedMapping(ctx context.Context, columns string) (map[string]string, time.Time, error) {
	var packed string
	var saved int64
	err := s.db.Reader().QueryRowContext(ctx, `SELECT mapping, saved FROM mappings WHERE columns = ?`, columns).Scan(&packed, &saved)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	var mapping map[string]string
	if err == nil {
		err = json.Unmarshal([]byte(packed), &mapping)
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("look for a saved mapping: %w", err)
	}
	return mapping, clock.Unix(saved), nil
}

// SaveMapping keeps a mapping for the next file with the same columns.
func (s *Store) SaveMapping(ctx context.Context, columns string, mapping map[string]string, by audit.Actor) error {
	packed, err := json.Marshal(mapping)
	if err != nil {
		return fmt.Errorf("save the mapping: %w", err)
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		var before string
		err := tx.QueryRowContext(ctx, `SELECT mapping FROM mappings WHERE columns = ?`, columns).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) || before == string(packed) {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO mappings (columns, mapping, saved) VALUES (?, ?, ?)
			ON CONFLICT (columns) DO UPDATE SET mapping = excluded.mapping, saved = excluded.saved`, columns, string(packed), seconds(s.now()))
		if err != nil {
			return fmt.Errorf("save the mapping: %w", err)
		}
		return s.log(ctx, tx, by, "settled the columns of an export", "mapping/"+columns, before, string(packed))
	})
}

// ImportedBefore is the address of the source, among those of imports that begin with prefix, which knows most of these entries; if none knows
// any, it is address. So the export of a tool that has changed its columns is still from the same tool.
func (s *Store) ImportedBefore(ctx context.Context, prefix, address string, found []Found) (string, error) {
	keys, contents := make([]string, len(found)), make([]int64, len(found))
	for i, e := range identify(found) {
		keys[i], contents[i] = e.key, e.content
	}
	packedKeys, err := json.Marshal(keys)
	if err != nil {
		return "", err
	}
	packedContents, err := json.Marshal(contents)
	if err != nil {
		return "", err
	}
	var known string
	// The same number in two tools is not the same review: the words have to be the same too, or the number to name its site.
	err = s.db.Reader().QueryRowContext(ctx, `SELECT s.address FROM sources s JOIN mentions m ON m.source_id = s.id AND m.key IN (SELECT value FROM json_each(?3))
		WHERE s.kind = 'import' AND substr(s.address, 1, length(?1)) = ?1 AND (m.key NOT LIKE ':%' OR m.content IN (SELECT value FROM json_each(?4)))
		GROUP BY s.id ORDER BY COUNT(*) DESC, s.address = ?2 DESC, s.id LIMIT 1`, prefix, address, string(packedKeys), string(packedContents)).Scan(&known)
	if errors.Is(err, sql.ErrNoRows) {
		return address, nil
	}
	if err != nil {
		return "", fmt.Errorf("look for what was imported before: %w", err)
	}
	return known, nil
}
