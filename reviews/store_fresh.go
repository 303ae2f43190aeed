package reviews

import (
	"context"
	"encoding/json"
	"fmt"
)

// Fresh tells which entries of a source the store does not have, or has with other words, so that only those need to be understood before
// they are recorded.
func (s *Store) Fresh(ctx context.Context, sourceID int64, found []Found) ([]bool, error) {
	entries := identify(found)
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.key
	}
	packed, err := json.Marshal(keys)
	if err != nil {
		return nil, fmt.Errorf("look for what is known: %w", err)
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT key, content, 0 FROM mentions WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))
		UNION ALL SELECT key, content, 1 FROM appearances WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))`, sourceID, string(packed))
	if err != nil {
		return nil, fmt.Errorf("look for what is known: %w", err)
	}
	defer func() { _ = rows.Close() }()
	known := make(map[string]seen, len(keys))
	for rows.Next() {
		var key string
		var k seen
		if err := rows.Scan(&key, &k.content, &k.elsewhere); err != nil {
			return nil, fmt.Errorf("look for what is known: %w", err)
		}
		known[key] = k
	}
	fresh := make([]bool, len(entries))
	for i, e := range entries {
		k, ok := known[e.key]
		fresh[i] = !ok || k.content != 0 && k.content != e.content // what stood elsewhere before fingerprints were kept has none
	}
	return fresh, rows.Err()
}
