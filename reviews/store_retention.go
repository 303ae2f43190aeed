package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
)

// Expiring is a mention whose words have to go, and what for.
type Expiring struct {
	MentionID int64     `json:"mention_id"`
	SourceID  int64     `json:"source_id"`
	Source    string    `json:"source"`
	Site      string    `json:"site"`
	Stars     int       `json:"stars"`
	Seen      time.Time `json:"seen"`
	Expires   time.Time `json:"expires"`
	Kept      bool      `json:"kept"` // another source that may be kept has the words too: they stay, as that source shows them
}

const expiring = `FROM mentions m JOIN sources s ON s.id = m.source_id WHERE m.expires <> 0 AND m.hold = 0 AND m.expires <= ?`

// Expiring lists what Purge would clear if it were a later time, the next first.
func (s *Store) Expiring(ctx context.Context, at time.Time) ([]Expiring, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT m.id, s.id, s.name, m.site, m.stars, m.seen, m.expires,
		EXISTS (SELECT 1 FROM appearances a JOIN sources o ON o.id = a.source_id WHERE a.mention_id = m.id AND a.text <> '' AND o.retention = 'own')
		`+expiring+` ORDER BY m.expires, m.id`, seconds(at))
	return database.List(rows, err, "list what has to go", func(row database.Row) (e Expiring, err error) {
		var seen, expires int64
		err = row.Scan(&e.MentionID, &e.SourceID, &e.Source, &e.Site, &e.Stars, &seen, &expires, &e.Kept)
		e.Seen, e.Expires = clock.Unix(seen), clock.Unix(expires)
		return e, err
	})
}

// clearedWords is how the line of the audit log begins that Purge writes for a source.
const clearedWords = "cleared the words of "

func mentionsOf(n int) string {
	if n == 1 {
		return "1 mention"
	}
	return fmt.Sprintf("%d mentions", n)
}

// Cleared is one time that Purge cleared words of a source.
type Cleared struct {
	Source string
	At     time.Time
	Count  int
}

// Cleared lists what Purge cleared, newest first, as the audit log tells it: for each source the newest times, up to a limit.
func (s *Store) Cleared(ctx context.Context, limit int) ([]Cleared, error) {
	sources, err := s.Sources(ctx)
	if err != nil {
		return nil, err
	}
	var list []Cleared
	for _, source := range sources {
		if source.Retention == Own {
			continue
		}
		lines, err := audit.List(ctx, s.db.Reader(), subject("source", source.ID), limit)
		if err != nil {
			return nil, fmt.Errorf("read what was cleared: %w", err)
		}
		for _, l := range lines {
			rest, ok := strings.CutPrefix(l.Did, clearedWords)
			if !ok {
				continue
			}
			number, _, _ := strings.Cut(rest, " ")
			if count, err := strconv.Atoi(number); err == nil {
				list = append(list, Cleared{Source: source.Name, At: l.At, Count: count})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Cleared) int { return b.At.Compare(a.At) })
	return list, nil
}

// purgedAtOnce is how many mentions are cleared in one transaction.
const purgedAtOnce = 200

// Purge clears the words that may not be kept any longer, and writes down for each source how many. What stays is that there was a mention: its
// stars, dates, state and the practice's own reply. A mention under legal hold stays whole. It returns how many were cleared.
func (s *Store) Purge(ctx context.Context) (int, error) {
	total := 0
	for {
		n := 0
		err := s.db.Write(ctx, func(tx *sql.Tx) error {
			bySource := map[int64]int{}
			now := s.now()
			due, err := dueToGo(ctx, tx, now)
			if err != nil {
				return err
			}
			for _, e := range due {
				if err := clearWords(ctx, tx, e.MentionID, now); err != nil {
					return err
				}
				bySource[e.SourceID]++
			}
			n = len(due)
			if err := clearPlaces(ctx, tx, now); err != nil {
				return err
			}
			for id, count := range bySource {
				if err := s.log(ctx, tx, audit.Program, clearedWords+mentionsOf(count)+": the site lets them be kept no longer",
					subject("source", id), "", ""); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return total, fmt.Errorf("clear what may not be kept: %w", err)
		}
		total += n
		if n < purgedAtOnce {
			break
		}
	}
	if total > 0 {
		s.tell(ChangedMentions)
	}
	return total, nil
}

func dueToGo(ctx context.Context, tx *sql.Tx, now time.Time) ([]Expiring, error) {
	rows, err := tx.QueryContext(ctx, `SELECT m.id, s.id `+expiring+` ORDER BY m.expires, m.id LIMIT ?`, seconds(now), purgedAtOnce)
	return database.List(rows, err, "list what goes now", func(row database.Row) (e Expiring, err error) {
		err = row.Scan(&e.MentionID, &e.SourceID)
		return e, err
	})
}

// clearWords takes the words of a mention away, or puts in their place those of another source that may be kept.
func clearWords(ctx context.Context, tx *sql.Tx, id int64, now time.Time) error {
	var author, title, text string
	purged := seconds(now)
	err := tx.QueryRowContext(ctx, `SELECT a.author, a.title, a.text FROM appearances a JOIN sources o ON o.id = a.source_id
		WHERE a.mention_id = ? AND a.text <> '' AND o.retention = 'own' ORDER BY length(a.text) DESC LIMIT 1`, id).Scan(&author, &title, &text)
	switch {
	case err == nil:
		purged = 0
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE mentions SET author = ?, title = ?, text = ?, expires = 0, purged = ? WHERE id = ?`,
		author, title, text, purged, id); err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, `UPDATE revisions SET title = '', text = '' WHERE mention_id = ?`, id); err != nil {
		return err
	}
	m, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, now, audit.Line{Who: audit.Program, Did: didClear, Subject: mentionSubject(id), After: wordsHash(m)})
}

// clearPlaces takes away what restricted sources said at the other places of a story.
func clearPlaces(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE appearances SET author = '', title = '', text = '' WHERE text <> '' AND EXISTS (SELECT 1 FROM sources s
		WHERE s.id = appearances.source_id AND s.retention = 'restricted' AND appearances.seen + 3600 * CASE s.keeps WHEN 0 THEN ?1 ELSE s.keeps END <= ?2)
		AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.id = appearances.mention_id AND m.hold <> 0)`,
		int64(shortestKeeping/time.Hour), seconds(now))
	return err
}

// Hold puts a mention under legal hold, or releases it: while it is held, nothing of it is deleted.
func (s *Store) Hold(ctx context.Context, id int64, held bool, by audit.Actor) error {
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if held == !m.Held.IsZero() {
			return nil
		}
		since, did := int64(0), "released from legal hold"
		if held {
			since, did = seconds(s.now()), "put under legal hold"
		}
		if _, err := tx.ExecContext(ctx, `UPDATE mentions SET hold = ? WHERE id = ?`, since, id); err != nil {
			return fmt.Errorf("save the legal hold: %w", err)
		}
		return s.log(ctx, tx, by, did, mentionSubject(id), "", "")
	})
}

// renew starts the clock anew for the words that a restricted source still shows.
func (r *recording) renew(ctx context.Context, source Source, list []entry) error {
	if source.Retention != Restricted || len(list) == 0 {
		return nil
	}
	packed, err := packKeys(list)
	if err != nil {
		return err
	}
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET expires = ? WHERE source_id = ? AND expires <> 0 AND key IN (SELECT value FROM json_each(?))`,
		seconds(source.expires(r.at)), source.ID, packed)
	return err
}
