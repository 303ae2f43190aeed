package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// openTakeDowns puts every post of a spotlight that no paper covers any more on the list, once, with the moment from which it is bare. Where
// no paper ended under it, the one it was posted under is named. A text that left the program and of which nobody noted that it was posted may be
// up too, so it is on the list for somebody to look.
func (s *Store) openTakeDowns(ctx context.Context, tx *sql.Tx, step Step, under ground, by audit.Actor) (bool, error) {
	opened := false
	gone, err := s.gone(ctx, tx, step.Spotlight.ID)
	if err != nil {
		return false, err
	}
	for _, v := range step.Spotlight.Variants {
		up, perhaps := v.PostedAt, step.perhapsBare(v, gone)
		if perhaps {
			up = gone[v.Network]
		} else if !step.bare(v) {
			continue
		}
		why, since := step.ended(v.Network)
		if why == (ground{}) {
			why, since = under, s.now()
		}
		if why == (ground{}) {
			continue // it never stood on any paper
		}
		if since.Before(up) {
			since = up
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO takedowns (consent_id, authorization_id, spotlight_id, network, url, opened)
			SELECT NULLIF(?, 0), NULLIF(?, 0), ?, ?, ?, ?
			WHERE NOT EXISTS (SELECT 1 FROM takedowns WHERE spotlight_id = ? AND network = ? AND (done = 0 OR ?) AND opened >= ?)`,
			why.consent, why.authorization, step.Spotlight.ID, v.Network, v.PostedURL, clock.Seconds(since), step.Spotlight.ID, v.Network, perhaps, clock.Seconds(up))
		if err != nil {
			return false, fmt.Errorf("open the take-down list: %w", err)
		}
		if added, err := result.RowsAffected(); err != nil || added == 0 {
			continue
		}
		opened = true
		did := "must be taken down from "
		if perhaps {
			did = "is perhaps posted, to be looked for on "
		}
		if err := s.log(ctx, tx, step.Spotlight.ID, by, did+v.Network, v.PostedURL, ""); err != nil {
			return false, err
		}
	}
	return opened, nil
}

// What the history says of texts that left the program.
const (
	didCopy = "copied the text for "
	didKit  = "made the share kit"
)

// gone tells, by network, when the text of a spotlight last left the program: copied, or in a share kit.
func (s *Store) gone(ctx context.Context, q database.Querier, id int64) (map[string]time.Time, error) {
	lines, err := audit.List(ctx, q, subject(id), 500)
	if err != nil {
		return nil, err
	}
	left := map[string]time.Time{}
	for _, line := range slices.Backward(lines) { // the newest comes last, and stays
		if network, copied := strings.CutPrefix(line.Did, didCopy); copied {
			left[network] = line.At
		}
		if line.Did == didKit {
			for _, network := range strings.Split(line.After, ", ") {
				left[network] = line.At
			}
		}
	}
	return left, nil
}

// perhapsBare reports whether a text that nobody noted as posted left the program, and no paper covers it any more.
func (s Step) perhapsBare(v Variant, gone map[string]time.Time) bool {
	if !v.PostedAt.IsZero() || gone[v.Network].IsZero() {
		return false
	}
	_, err := s.onPaper(v.Network, s.Now)
	return err != nil
}

// postedBare notes a post that was made of a text which had left the program before its paper ended: it is up, so it must come down.
func (s *Store) postedBare(ctx context.Context, tx *sql.Tx, step Step, network, url string, by audit.Actor) (bool, error) {
	gone, err := s.gone(ctx, tx, step.Spotlight.ID)
	if err != nil {
		return false, err
	}
	v, ok := step.Spotlight.Variant(network)
	if !ok || !step.perhapsBare(v, gone) {
		return false, nil
	}
	why, _ := step.ended(network)
	if why == (ground{}) {
		return false, nil
	}
	at, under := clock.Seconds(s.now()), int64(0)
	for _, c := range step.ConsentsOf(step.Spotlight.Shows()) { // the one that ended, or the last that the person gave
		if under = c.ID; c.ID == why.consent {
			break
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE variants SET posted_at = ?, posted_url = ?, posted_by = ?, consent_id = NULLIF(?, 0), taken_down = 0
		WHERE spotlight_id = ? AND network = ?`, at, url, by.ID, under, step.Spotlight.ID, network)
	if err == nil { // who was to look has found it
		_, err = tx.ExecContext(ctx, `UPDATE takedowns SET url = ?, opened = MAX(opened, ?) WHERE spotlight_id = ? AND network = ? AND done = 0`, url, at, step.Spotlight.ID, network)
	}
	if err != nil {
		return false, fmt.Errorf("note the post: %w", err)
	}
	if err := s.log(ctx, tx, step.Spotlight.ID, by, "posted on "+network, "", url); err != nil {
		return false, err
	}
	if step.Spotlight, err = find(ctx, tx, step.Spotlight.ID); err != nil {
		return false, err
	}
	_, err = s.openTakeDowns(ctx, tx, step, why, by)
	return true, err
}

// Lapse puts the posts whose consent or authorization ran out on the take-down list, as a withdrawal does at once. It looks once a day, on the
// first call of the day.
func (s *Store) Lapse(ctx context.Context) error {
	h, err := s.house(ctx)
	if err != nil {
		return err
	}
	today := day(h.practice, s.now())
	s.mu.Lock()
	done := s.lapsed == today
	s.mu.Unlock()
	if done {
		return nil
	}
	var stood []Spotlight
	err = s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		stood, err = s.standing(ctx, tx, h, func(step Step) bool { return slices.ContainsFunc(step.Spotlight.Variants, step.bare) })
		return err
	})
	if err != nil {
		return err
	}
	var touched []int64
	if len(stood) > 0 {
		err = s.db.Write(ctx, func(tx *sql.Tx) (err error) {
			touched, err = s.listBare(ctx, tx, h, stood)
			return err
		})
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.lapsed = today
	s.mu.Unlock()
	if len(touched) > 0 {
		s.tell(touched...)
	}
	return nil
}

func (s *Store) listBare(ctx context.Context, tx *sql.Tx, h house, stood []Spotlight) ([]int64, error) {
	var touched []int64
	for _, v := range stood {
		now, err := find(ctx, tx, v.ID)
		if err != nil {
			return nil, err
		}
		step, err := s.weigh(ctx, tx, h, now, audit.Program)
		if err != nil {
			return nil, err
		}
		opened, err := s.openTakeDowns(ctx, tx, step, ground{}, audit.Program)
		if err != nil {
			return nil, err
		}
		if opened {
			touched = append(touched, v.ID)
		}
	}
	return touched, nil
}

// standing lists the spotlights with a post that is up and of which the rules say what is asked.
func (s *Store) standing(ctx context.Context, q database.Querier, h house, fits func(step Step) bool) ([]Spotlight, error) {
	list, err := spotlights(ctx, q, "id IN (SELECT spotlight_id FROM variants WHERE posted_at > 0 AND taken_down = 0) ORDER BY id")
	if err != nil {
		return nil, err
	}
	var fit []Spotlight
	for _, v := range list {
		step, err := s.weigh(ctx, q, h, v, audit.Program)
		if err != nil {
			return nil, err
		}
		if fits(step) {
			fit = append(fit, v)
		}
	}
	return fit, nil
}

// TakeDowns lists what must still be taken down, oldest first.
func (s *Store) TakeDowns(ctx context.Context) ([]TakeDown, error) {
	return takeDowns(ctx, s.db.Reader(), "t.done = 0")
}

// TakeDownsOf lists all entries of one spotlight, ticked or not.
func (s *Store) TakeDownsOf(ctx context.Context, spotlightID int64) ([]TakeDown, error) {
	return takeDowns(ctx, s.db.Reader(), "t.spotlight_id = ?", spotlightID)
}

func takeDowns(ctx context.Context, q database.Querier, where string, values ...any) ([]TakeDown, error) {
	rows, err := q.QueryContext(ctx, `SELECT t.id, IFNULL(t.consent_id, 0), IFNULL(t.authorization_id, 0), t.spotlight_id, s.person_id, s.title, t.network, t.url,
		t.opened, t.done, t.by, COALESCE(c.withdrawn, a.withdrawn) = 0,
		NOT EXISTS (SELECT 1 FROM variants v WHERE v.spotlight_id = t.spotlight_id AND v.network = t.network AND v.posted_at > 0) FROM takedowns t JOIN spotlights s ON s.id = t.spotlight_id
		LEFT JOIN consents c ON c.id = t.consent_id LEFT JOIN authorizations a ON a.id = t.authorization_id WHERE `+where+` ORDER BY t.opened, t.id`, values...)
	return database.List(rows, err, "read the take-down list", func(row database.Row) (t TakeDown, err error) {
		var opened, done int64
		err = row.Scan(&t.ID, &t.ConsentID, &t.Authorized, &t.SpotlightID, &t.PersonID, &t.Title, &t.Network, &t.URL, &opened, &done, &t.By, &t.Lapsed, &t.Perhaps)
		t.Opened, t.Done = clock.Unix(opened), clock.Unix(done)
		return t, err
	})
}

// TickTakeDown notes that a post was taken down, or, with done false, that it was not after all.
func (s *Store) TickTakeDown(ctx context.Context, id int64, done bool, by audit.Actor) error {
	var spotlight int64
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		list, err := takeDowns(ctx, tx, "t.id = ?", id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return refusal.Because(ErrNotFound, "There is no line %d on the take-down list", id)
		}
		line := list[0]
		spotlight = line.SpotlightID
		if done == !line.Done.IsZero() {
			return nil // ticked twice
		}
		at, did, who := int64(0), "still to be taken down from ", int64(0)
		if done {
			at, did, who = clock.Seconds(s.now()), "taken down from ", by.ID
		}
		if _, err := tx.ExecContext(ctx, `UPDATE takedowns SET done = ?, by = ? WHERE id = ?`, at, who, id); err != nil {
			return fmt.Errorf("tick the take-down list: %w", err)
		}
		// A post that was made after this line was opened is another one: an old tick says nothing of it.
		_, err = tx.ExecContext(ctx, `UPDATE variants SET taken_down = ? WHERE spotlight_id = ? AND network = ? AND posted_at BETWEEN 1 AND ?`,
			at, spotlight, line.Network, clock.Seconds(line.Opened))
		if err != nil {
			return fmt.Errorf("tick the take-down list: %w", err)
		}
		return s.log(ctx, tx, spotlight, by, did+line.Network, "", line.URL)
	})
	if err == nil {
		s.tell(spotlight)
	}
	return err
}
