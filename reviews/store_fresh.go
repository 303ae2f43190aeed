package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// Fresh tells which entries of a source the store does not have, or has with other words, so that only those need to be understood before
// they are recorded. What it finds out goes along with the entries, so that Record need not find it out again.
func (s *Store) Fresh(ctx context.Context, source Source, found []Found) ([]bool, error) {
	entries := keyed(found)
	known := map[string]seen{}
	if !source.Visited.IsZero() {
		var err error
		if known, err = s.stored(ctx, source.ID, entries); err != nil {
			return nil, fmt.Errorf("look for what is known: %w", err)
		}
	}
	fresh := make([]bool, len(entries))
	for i := range entries {
		e := &entries[i]
		k, ok := known[e.key]
		fresh[i] = !ok || k.content != e.content && !(k.elsewhere && k.content == 0)
		if !fresh[i] && (k.elsewhere || k.answer == e.answer && !k.gone) {
			e.stored = &k
		} else {
			e.print()
		}
		found[i].identified = e
	}
	return fresh, nil
}

// Held tells which entries a source brought before. They are followed whatever they say now.
func (s *Store) Held(ctx context.Context, source Source, found []Found) ([]bool, error) {
	held := make([]bool, len(found))
	if source.Visited.IsZero() {
		return held, nil
	}
	entries := keyed(found)
	known, err := s.stored(ctx, source.ID, entries)
	if err != nil {
		return nil, fmt.Errorf("look for what is known: %w", err)
	}
	for i, e := range entries {
		_, held[i] = known[e.key]
	}
	return held, nil
}

func (s *Store) stored(ctx context.Context, source int64, entries []entry) (map[string]seen, error) {
	packed, err := packKeys(entries)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, byKey, source, packed)
	return scanSeen(rows, err, len(entries))
}

func packKeys(entries []entry) (string, error) {
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.key
	}
	packed, err := json.Marshal(keys)
	return string(packed), err
}

// scanSeen reads what byKey finds.
func scanSeen(rows *sql.Rows, err error, most int) (map[string]seen, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	known := make(map[string]seen, most)
	for rows.Next() {
		var key string
		var k seen
		if err := rows.Scan(&key, &k.id, &k.content, &k.answer, &k.gone, &k.elsewhere); err != nil {
			return nil, err
		}
		known[key] = k
	}
	return known, rows.Err()
}
