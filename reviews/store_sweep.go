package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// sweepEvery is how often a person goes round, where nobody chose.
const sweepEvery = 7 * 24 * time.Hour

// RoundPaces are how often a site of the round can be looked at, the usual one first.
func RoundPaces() []string {
	return []string{"Every week", "Every day", "Every two weeks", "Every month"}
}

var roundPaces = map[string]time.Duration{"Every day": 24 * time.Hour, "Every two weeks": 2 * sweepEvery, "Every month": 30 * 24 * time.Hour}

// SweepStop is one site of the weekly round.
type SweepStop struct {
	Source
	Checked time.Time `json:"checked"`      // when a person last looked; zero: never
	Last    Outcome   `json:"last"`         // what came of it
	Since   time.Time `json:"due_since"`    // since when it is due again; zero: it is not
	Reply   string    `json:"reply_page"`   // where the practice answers there
	Profile string    `json:"profile_page"` // what a person opens to look
}

// Due reports whether it is time to look again.
func (s SweepStop) Due() bool { return !s.Since.IsZero() }

// Round lists the sites of the round, the longest waiting first. Paused ones are not part of it.
func (s *Store) Round(ctx context.Context) ([]SweepStop, error) {
	list, err := s.sources(ctx, `kind = '`+KindSweep+`' AND removed = 0 AND paused = 0 ORDER BY visited, name COLLATE NOCASE, id`)
	if err != nil {
		return nil, err
	}
	stops := make([]SweepStop, len(list))
	for i, source := range list {
		stop := SweepStop{Source: source, Checked: source.Visited, Profile: source.Options["profile"], Reply: source.Options["reply"]}
		if due := source.lookAgain(); !due.After(s.now()) {
			stop.Since = due
		}
		visits, err := s.Visits(ctx, source.ID, 1)
		if err != nil {
			return nil, err
		}
		if len(visits) > 0 {
			stop.Last = visits[0].Outcome
		}
		stops[i] = stop
	}
	return stops, nil
}

// lookAgain is when a person is to look again. Whoever looks on a Friday afternoon is not sent back before the next Friday morning.
func (s Source) lookAgain() time.Time {
	every := sweepEvery
	if chosen, ok := roundPaces[s.Options["every"]]; ok {
		every = chosen
	}
	if s.Visited.IsZero() {
		return s.Added
	}
	return s.Visited.Add(every - min(12*time.Hour, every/2))
}

// Stamp is the note that a site was checked, with what it takes to take it back.
type Stamp struct {
	SourceID int64   `json:"source_id"`
	Outcome  Outcome `json:"outcome"`

	visit  int64
	before Source
	added  []int64 // mentions that came with it
}

// Checked notes that a person looked at a site and took what was new; found is empty where nothing was.
func (s *Store) Checked(ctx context.Context, sourceID int64, found []Found, by audit.Actor) (Stamp, error) {
	stamp := Stamp{SourceID: sourceID}
	err := s.recording(ctx, func(r *recording) error {
		source, err := r.stop(ctx, sourceID)
		if err != nil {
			return err
		}
		stamp.before = source
		var newest int64
		if err := r.tx.QueryRowContext(ctx, `SELECT IFNULL(MAX(id), 0) FROM mentions`).Scan(&newest); err != nil {
			return err
		}
		if stamp.Outcome, err = r.entries(ctx, source, identify(found)); err != nil {
			return fmt.Errorf("store what %s brought: %w", source.Name, err)
		}
		stamp.added = slices.DeleteFunc(slices.Clone(r.touched), func(id int64) bool { return id <= newest })
		v := Visit{SourceID: sourceID, At: r.at, Entries: len(found), Outcome: stamp.Outcome}
		after := source
		after.Visited, after.Succeeded, after.Entries, after.Brought, after.Most = r.at, r.at, len(found), source.Brought+v.New, max(source.Most, len(found))
		if v.New > 0 {
			after.Newest = r.at
		}
		after.Next = after.lookAgain()
		if err := r.saveVisit(ctx, after, v); err != nil {
			return err
		}
		if err := r.tx.QueryRowContext(ctx, `SELECT MAX(id) FROM visits WHERE source_id = ?`, sourceID).Scan(&stamp.visit); err != nil {
			return err
		}
		return s.log(ctx, r.tx, by, "checked a site", subject("source", sourceID), "", stamp.Outcome.String())
	})
	if err != nil {
		return Stamp{}, err
	}
	if o := stamp.Outcome; o.New+o.Edited+o.Duplicates > 0 {
		s.tell(ChangedMentions)
	}
	s.tell(ChangedSources, sourceID)
	return stamp, nil
}

// stop is a site of the round.
func (r *recording) stop(ctx context.Context, id int64) (Source, error) {
	source, err := scanSource(r.tx.QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE id = ? AND kind = ? AND removed = 0`, id, KindSweep))
	return source, notFound(err, "site of the round", id)
}

// errTried ends a transaction that was only tried.
var errTried = errors.New("only tried")

// TryCheck tells what Checked would make of each entry, and stores nothing: it does the same work and undoes it.
func (s *Store) TryCheck(ctx context.Context, sourceID int64, found []Found) ([]Outcome, error) {
	outcomes := make([]Outcome, len(found))
	err := s.recording(ctx, func(r *recording) error {
		source, err := r.stop(ctx, sourceID)
		if err != nil {
			return err
		}
		if source.Visited.IsZero() {
			source.Visited = r.at // by the second entry the first one is known
		}
		list := identify(found)
		r.together = keySet(list)
		for i := range list {
			if outcomes[i], err = r.entries(ctx, source, list[i:i+1]); err != nil {
				return err
			}
		}
		return errTried
	})
	if !errors.Is(err, errTried) {
		return nil, err
	}
	return outcomes, nil
}

// Uncheck takes a stamp back: the site is due as it was before, and what came with the stamp goes, unless somebody worked on it since.
func (s *Store) Uncheck(ctx context.Context, stamp Stamp, by audit.Actor) error {
	var gone []int64
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var last int64
		err := tx.QueryRowContext(ctx, `DELETE FROM visits WHERE id = ?1 AND source_id = ?2 AND id = (SELECT MAX(id) FROM visits WHERE source_id = ?2) RETURNING id`, stamp.visit, stamp.SourceID).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return refusal.Because(ErrStep, "The site was checked again since, so the earlier check cannot be taken back")
		}
		if err != nil {
			return err
		}
		if gone, err = s.takeBack(ctx, tx, stamp.added); err != nil {
			return err
		}
		b := stamp.before
		if _, err := tx.ExecContext(ctx, `UPDATE sources SET visited = ?, succeeded = ?, next = ?, newest = ?, most = ?, entries = ?, brought = brought - ? WHERE id = ?`,
			seconds(b.Visited), seconds(b.Succeeded), seconds(b.Next), seconds(b.Newest), b.Most, b.Entries, len(gone), b.ID); err != nil {
			return err
		}
		return s.log(ctx, tx, by, "took back a check", subject("source", stamp.SourceID), stamp.Outcome.String(), fmt.Sprintf("%d mentions taken back", len(gone)))
	})
	if err != nil {
		return err
	}
	if len(gone) > 0 {
		s.tell(ChangedMentions, gone...)
	}
	s.tell(ChangedSources, stamp.SourceID)
	return nil
}

// takeBack deletes those of the mentions on which nobody worked.
func (s *Store) takeBack(ctx context.Context, tx *sql.Tx, added []int64) ([]int64, error) {
	packed, err := json.Marshal(added)
	if err != nil {
		return nil, err
	}
	ids, err := column[int64](tx.QueryContext(ctx, `SELECT id FROM mentions m WHERE id IN (SELECT value FROM json_each(?)) AND hold = 0 AND assigned IS NULL AND revisions = 0 AND starred = 0
		AND status IN (?, ?, ?) AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.mention_id = m.id AND r.state <> ?)
		AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.mention_id = m.id)`, string(packed), string(New), string(Read), string(Answered), string(OnSite)))
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, `DELETE FROM mentions WHERE id = ?`, id); err != nil {
			return nil, fmt.Errorf("take the mention %d back: %w", id, err)
		}
	}
	return ids, nil
}

// Known tells which of the found entries a source brought before, by their keys.
func (s *Store) Known(ctx context.Context, sourceID int64, found []Found) (map[string]bool, error) {
	keys := make([]string, len(found))
	for i, f := range found {
		keys[i] = strings.TrimSpace(f.Key)
	}
	packed, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	list, err := column[string](s.db.Reader().QueryContext(ctx, `SELECT key FROM mentions WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))
		UNION SELECT key FROM appearances WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))`, sourceID, string(packed)))
	if err != nil {
		return nil, fmt.Errorf("look for what is known: %w", err)
	}
	known := make(map[string]bool, len(list))
	for _, key := range list {
		known[key] = true
	}
	return known, nil
}
