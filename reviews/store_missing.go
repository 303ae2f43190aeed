package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/database"
)

// Whole is a part of a source that an export shows from the first review to the last, such as one location: what is missing there is gone.
type Whole struct {
	Prefix string `json:"prefix"` // with which the keys of that part begin; empty: the source as a whole
	Name   string `json:"name"`   // as people call it
	Sure   bool   `json:"-"`      // a person said that what is missing is gone, however much it is
}

// Missing says what of a part that is known an export does not show.
type Missing struct {
	Whole
	Known int `json:"known"` // that the site was last seen to show
	Gone  int `json:"gone"`  // that are not in the export
}

// Doubtful reports whether so much is missing that the export is more likely at fault than the reviews gone: nothing of what is known, or less
// than half of it.
func (m Missing) Doubtful() bool { return m.Gone > 0 && (m.Known-m.Gone)*2 < m.Known }

// Missing tells for each part what importing these entries would mark as gone. Nothing is stored.
func (s *Store) Missing(ctx context.Context, kind, address string, found []Found, wholes []Whole) ([]Missing, error) {
	if len(wholes) == 0 {
		return nil, nil
	}
	shown, err := packKeys(identify(found))
	if err != nil {
		return nil, err
	}
	list := make([]Missing, len(wholes))
	var source int64
	err = s.db.Reader().QueryRowContext(ctx, `SELECT id FROM sources WHERE kind = ? AND address = ?`, kind, address).Scan(&source)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("compare with what is known: %w", err)
	}
	for i, w := range wholes {
		if list[i], err = countMissing(ctx, s.db.Reader(), source, shown, w); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// after is the first key behind all that begin with the prefix.
func after(prefix string) string {
	if prefix == "" {
		return "\U0010ffff\U0010ffff"
	}
	return prefix[:len(prefix)-1] + string(prefix[len(prefix)-1]+1)
}

// here are the mentions that a source showed, by each of its keys: its own, and those from elsewhere that stand at the same site, for the
// alert and the export of one site tell of the same review.
const here = `WITH shown (key) AS MATERIALIZED (SELECT value FROM json_each(?1)), here (id, key, gone) AS MATERIALIZED (
	SELECT id, key, gone FROM mentions WHERE source_id = ?4 AND key >= ?2 AND key < ?3
	UNION ALL SELECT m.id, a.key, m.gone FROM appearances a JOIN mentions m ON m.id = a.mention_id
		WHERE a.source_id = ?4 AND a.key >= ?2 AND a.key < ?3 AND (a.source_id = m.source_id OR a.site = m.site)) `

func countMissing(ctx context.Context, db database.Querier, source int64, shown string, w Whole) (Missing, error) {
	m := Missing{Whole: w}
	err := db.QueryRowContext(ctx, here+`SELECT COUNT(DISTINCT id), COUNT(DISTINCT id) - COUNT(DISTINCT CASE WHEN key IN (SELECT key FROM shown) THEN id END)
		FROM here WHERE gone = 0`, shown, w.Prefix, after(w.Prefix), source).Scan(&m.Known, &m.Gone)
	if err != nil {
		return m, fmt.Errorf("compare with what is known: %w", err)
	}
	return m, nil
}

// wholes are the parts that a visit shows from the first review to the last. What was left out because of the watch words may be what is missing.
func (v Visit) wholes() []Whole {
	if v.Complete && v.Problem == "" && v.Ignored == 0 && !v.Unchanged {
		return []Whole{{}}
	}
	return nil
}

// goneFromSite is the line of the audit log on a mention that the site no longer shows, or shows again.
const goneFromSite = "gone from the site"

// missing is what a complete visit or import shows, and which of its parts may be marked.
type missing struct {
	source int64
	shown  string
	wholes []Whole
}

// missing looks, before anything is stored, which parts show enough of what is known to be believed.
func (r *recording) missing(ctx context.Context, source int64, entries []entry, wholes []Whole) (missing, error) {
	m := missing{source: source}
	if len(wholes) == 0 {
		return m, nil
	}
	var err error
	if m.shown, err = packKeys(entries); err != nil {
		return m, err
	}
	for _, w := range wholes {
		part, err := countMissing(ctx, r.tx, source, m.shown, w)
		if err != nil {
			return m, err
		}
		if w.Sure || !part.Doubtful() {
			m.wholes = append(m.wholes, w)
		}
	}
	return m, nil
}

// mark marks what is missing as gone, and what this source shows again of another source's mentions as there. Nothing is deleted.
func (r *recording) mark(ctx context.Context, m missing, by audit.Actor) (int, error) {
	total := 0
	for _, w := range m.wholes {
		gone, err := r.turn(ctx, m, w, seconds(r.at), by, here+`UPDATE mentions SET gone = ?5 WHERE gone = 0 AND id IN (SELECT id FROM here)
			AND id NOT IN (SELECT id FROM here WHERE key IN (SELECT key FROM shown)) RETURNING id`)
		if err != nil {
			return total, err
		}
		total += gone
		_, err = r.turn(ctx, m, w, 0, by, here+`UPDATE mentions SET gone = ?5 WHERE gone > 0 AND id IN (SELECT id FROM here WHERE key IN (SELECT key FROM shown)) RETURNING id`)
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// turn sets the mark on the mentions of a part, with a line in the audit log for each.
func (r *recording) turn(ctx context.Context, m missing, w Whole, gone int64, by audit.Actor, query string) (int, error) {
	ids, err := column[int64](r.tx.QueryContext(ctx, query, m.shown, w.Prefix, after(w.Prefix), m.source, gone))
	if err != nil {
		return 0, fmt.Errorf("mark what is gone: %w", err)
	}
	for _, id := range ids {
		if err := r.s.log(ctx, r.tx, by, goneFromSite, mentionSubject(id), fmt.Sprint(gone == 0), fmt.Sprint(gone > 0)); err != nil {
			return 0, err
		}
	}
	r.touched = append(r.touched, ids...)
	return len(ids), nil
}
