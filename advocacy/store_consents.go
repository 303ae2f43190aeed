package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Record stores a consent that a member of staff gave. An empty From means from today.
func (s *Store) Record(ctx context.Context, c Consent, by audit.Actor) (Consent, error) {
	h, err := s.house(ctx)
	if err != nil {
		return c, err
	}
	person := h.person(c.PersonID)
	if person.ID == 0 {
		return c, refusal.Because(ErrNotFound, "There is no member of staff with number %d", c.PersonID)
	}
	if actor := h.person(by.ID); actor.ID != 0 && actor.ID != person.ID && !actor.Role.MayDraft() {
		return c, refusal.Because(ErrRights, "Consents are recorded by the manager, by HR or by the person themselves")
	}
	c.Given, c.By, c.Form = s.now(), by.ID, strings.TrimSpace(c.Form)
	if c.From == "" {
		c.From = day(h.practice, s.now())
	}
	if err := c.check(); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO consents (person_id, uses, networks, from_day, until_day, form, given, by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, c.PersonID, database.Pack(c.Uses), database.Pack(c.Networks), c.From, c.Until, c.Form, clock.Seconds(c.Given), c.By)
		if err != nil {
			return fmt.Errorf("save the consent: %w", err)
		}
		if c.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "recorded a consent", Subject: consentSubject(c.ID), After: c.summary()})
	})
	if err == nil {
		s.tell()
	}
	return c, err
}

func consentSubject(id int64) string { return fmt.Sprintf("consent/%d", id) }

// summary is the consent in a line for the audit log, without the person's name.
func (c Consent) summary() string {
	where, until := "all networks", "until withdrawn"
	if len(c.Networks) > 0 {
		where = strings.Join(c.Networks, ", ")
	}
	if c.Until != "" {
		until = "until " + c.Until
	}
	return fmt.Sprintf("person/%d: %s on %s from %s %s", c.PersonID, strings.Join(c.Uses, ", "), where, c.From, until)
}

// Consents lists the consents of a person, newest first; person 0 means everybody's.
func (s *Store) Consents(ctx context.Context, personID int64) ([]Consent, error) {
	return consents(ctx, s.db.Reader(), "?1 = 0 OR person_id = ?1 ORDER BY given DESC, id DESC", personID)
}

func consents(ctx context.Context, q database.Querier, where string, values ...any) (list []Consent, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, person_id, uses, networks, from_day, until_day, form, given, by, withdrawn FROM consents WHERE `+where, values...)
	if err != nil {
		return nil, fmt.Errorf("read the consents: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c Consent
		var uses, networks string
		var given, withdrawn int64
		if err := rows.Scan(&c.ID, &c.PersonID, &uses, &networks, &c.From, &c.Until, &c.Form, &given, &c.By, &withdrawn); err != nil {
			return nil, fmt.Errorf("read the consents: %w", err)
		}
		c.Given, c.Withdrawn = clock.Unix(given), clock.Unix(withdrawn)
		if err := errors.Join(database.Unpack(uses, &c.Uses), database.Unpack(networks, &c.Networks)); err != nil {
			return nil, fmt.Errorf("read consent %d: %w", c.ID, err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// Covers returns the consent that allows all the uses of the person on the network on the day, or ErrConsent.
func (s *Store) Covers(ctx context.Context, personID int64, uses []string, network, day string) (Consent, error) {
	list, err := s.Consents(ctx, personID)
	if err != nil {
		return Consent{}, err
	}
	if c, ok := covering(list, personID, uses, network, day); ok {
		return c, nil
	}
	return Consent{}, refusal.Because(ErrConsent, "No consent covers %s on %s on %s", strings.Join(uses, ", "), network, day)
}

// Withdraw ends a consent now. Every post that no other consent covers is put on the take-down list, which it returns; what was
// scheduled without another consent goes back to the stage where consent is asked.
func (s *Store) Withdraw(ctx context.Context, consentID int64, by audit.Actor) ([]TakeDown, error) {
	h, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	var list []TakeDown
	var touched []int64
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		found, err := consents(ctx, tx, "id = ?", consentID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return refusal.Because(ErrNotFound, "There is no consent with number %d", consentID)
		}
		if !found[0].Withdrawn.IsZero() {
			return refusal.Because(ErrConsent, "This consent was withdrawn already")
		}
		if _, err := tx.ExecContext(ctx, `UPDATE consents SET withdrawn = ? WHERE id = ?`, clock.Seconds(s.now()), consentID); err != nil {
			return fmt.Errorf("withdraw the consent: %w", err)
		}
		line := audit.Line{Who: by, Did: "withdrew a consent", Subject: consentSubject(consentID), Before: found[0].summary()}
		if err := audit.Append(ctx, tx, s.now(), line); err != nil {
			return err
		}
		touched, err = s.afterWithdrawal(ctx, tx, h, found[0], by)
		if err != nil {
			return err
		}
		list, err = takeDowns(ctx, tx, "t.consent_id = ? AND t.done = 0", consentID)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.tell(touched...)
	return list, nil
}

func (s *Store) afterWithdrawal(ctx context.Context, tx *sql.Tx, h house, gone Consent, by audit.Actor) ([]int64, error) {
	left, err := consents(ctx, tx, "person_id = ?", gone.PersonID)
	if err != nil {
		return nil, err
	}
	theirs, err := spotlights(ctx, tx, "person_id = ?", gone.PersonID)
	if err != nil {
		return nil, err
	}
	var touched []int64
	for _, v := range theirs {
		step := Step{Spotlight: v, Person: h.person(v.PersonID), Consents: left, Practice: h.practice, Gate: s.gate, Own: h.own, Now: s.now()}
		opened, err := s.openTakeDowns(ctx, tx, step, gone.ID, by)
		if err != nil {
			return nil, err
		}
		back := v.Stage == Scheduled && step.coverAll(v.Schedule) != nil
		if back {
			if err := s.moveTo(ctx, tx, v, ConsentAsked, "The consent was withdrawn.", by); err != nil {
				return nil, err
			}
		}
		if back || opened {
			touched = append(touched, v.ID)
		}
	}
	return touched, nil
}

// openTakeDowns puts every post of a spotlight that no live consent covers on the list, once.
func (s *Store) openTakeDowns(ctx context.Context, tx *sql.Tx, step Step, consentID int64, by audit.Actor) (bool, error) {
	opened := false
	for _, v := range step.Spotlight.Variants {
		if v.PostedAt.IsZero() || !v.TakenDown.IsZero() {
			continue
		}
		if _, err := step.covered(v.Network, step.Now); err == nil {
			continue
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO takedowns (consent_id, spotlight_id, network, url, opened) SELECT ?, ?, ?, ?, ?
			WHERE NOT EXISTS (SELECT 1 FROM takedowns WHERE spotlight_id = ? AND network = ? AND done = 0)`,
			consentID, step.Spotlight.ID, v.Network, v.PostedURL, clock.Seconds(s.now()), step.Spotlight.ID, v.Network)
		if err != nil {
			return false, fmt.Errorf("open the take-down list: %w", err)
		}
		if added, err := result.RowsAffected(); err != nil || added == 0 {
			continue
		}
		opened = true
		if err := s.log(ctx, tx, step.Spotlight.ID, by, "must be taken down from "+v.Network, v.PostedURL, ""); err != nil {
			return false, err
		}
	}
	return opened, nil
}

// TakeDowns lists what must still be taken down, oldest first.
func (s *Store) TakeDowns(ctx context.Context) ([]TakeDown, error) {
	return takeDowns(ctx, s.db.Reader(), "t.done = 0")
}

// TakeDownsOf lists all entries of one spotlight, ticked or not.
func (s *Store) TakeDownsOf(ctx context.Context, spotlightID int64) ([]TakeDown, error) {
	return takeDowns(ctx, s.db.Reader(), "t.spotlight_id = ?", spotlightID)
}

func takeDowns(ctx context.Context, q database.Querier, where string, values ...any) (list []TakeDown, err error) {
	rows, err := q.QueryContext(ctx, `SELECT t.id, t.consent_id, t.spotlight_id, s.person_id, s.title, t.network, t.url, t.opened, t.done, t.by
		FROM takedowns t JOIN spotlights s ON s.id = t.spotlight_id WHERE `+where+` ORDER BY t.opened, t.id`, values...)
	if err != nil {
		return nil, fmt.Errorf("read the take-down list: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t TakeDown
		var opened, done int64
		if err := rows.Scan(&t.ID, &t.ConsentID, &t.SpotlightID, &t.PersonID, &t.Title, &t.Network, &t.URL, &opened, &done, &t.By); err != nil {
			return nil, fmt.Errorf("read the take-down list: %w", err)
		}
		t.Opened, t.Done = clock.Unix(opened), clock.Unix(done)
		list = append(list, t)
	}
	return list, rows.Err()
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
		at, did := int64(0), "still to be taken down from "
		if done {
			at, did = clock.Seconds(s.now()), "taken down from "
		}
		spotlight = list[0].SpotlightID
		if _, err := tx.ExecContext(ctx, `UPDATE takedowns SET done = ?, by = ? WHERE id = ?`, at, by.ID, id); err != nil {
			return fmt.Errorf("tick the take-down list: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE variants SET taken_down = ? WHERE spotlight_id = ? AND network = ?`, at, spotlight, list[0].Network); err != nil {
			return fmt.Errorf("tick the take-down list: %w", err)
		}
		return s.log(ctx, tx, spotlight, by, did+list[0].Network, "", list[0].URL)
	})
	if err == nil {
		s.tell(spotlight)
	}
	return err
}
