package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Record stores a consent that a member of staff gave. An empty From means from today, an empty Language English.
func (s *Store) Record(ctx context.Context, c Consent, by audit.Actor) (Consent, error) {
	h, err := s.house(ctx)
	if err != nil {
		return c, err
	}
	person := h.person(c.PersonID)
	if person.ID == 0 {
		return c, refusal.Because(ErrNotFound, "There is no member of staff with number %d", c.PersonID)
	}
	actor := h.person(by.ID)
	if actor.ID != 0 && actor.ID != person.ID && !actor.Role.MayDraft() {
		return c, refusal.Because(ErrRights, "Consents are recorded by the manager, by HR or by the person themselves")
	}
	c.Given, c.By, c.Form, c.Guardian, c.Scan = s.now(), by.ID, strings.TrimSpace(c.Form), strings.TrimSpace(c.Guardian), ""
	if c.From == "" {
		c.From = day(h.practice, s.now())
	}
	if c.Language == "" {
		c.Language = "en"
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		earlier, err := consents(ctx, tx, "person_id = ? ORDER BY given, id", c.PersonID)
		if err != nil {
			return err
		}
		if last := len(earlier) - 1; last >= 0 && earlier[last].AdultOn > c.From && actor.ID == person.ID && !actor.Role.MayDraft() {
			return refusal.Because(ErrRights, "Until %s the manager or HR records the consent of %s, with a parent or guardian", earlier[last].AdultOn, person.Name)
		}
		c = c.grownUp(earlier)
		if err := c.check(); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO consents (person_id, uses, networks, from_day, until_day, form, language, guardian, adult_on, given, by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.PersonID, database.Pack(c.Uses), packed(c.Networks), c.From, c.Until, c.Form, c.Language, c.Guardian,
			c.AdultOn, clock.Seconds(c.Given), c.By)
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

// packed is a list for a text column; none is an empty list, never null.
func packed[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return database.Pack(list)
}

// summary is the consent in a line for the audit log, without anybody's name.
func (c Consent) summary() string {
	where, until, guardian := "all networks", "until withdrawn", ""
	if len(c.Networks) > 0 {
		where = strings.Join(c.Networks, ", ")
	}
	if last := c.Last(); last != "" {
		until = "until " + last
	}
	if c.Guardian != "" {
		guardian = ", with a guardian"
	}
	return fmt.Sprintf("person/%d: %s on %s from %s %s%s", c.PersonID, strings.Join(c.Uses, ", "), where, c.From, until, guardian)
}

// Consents lists the consents of a person, newest first; person 0 means everybody's.
func (s *Store) Consents(ctx context.Context, personID int64) ([]Consent, error) {
	return consents(ctx, s.db.Reader(), "?1 = 0 OR person_id = ?1 ORDER BY given DESC, id DESC", personID)
}

func consents(ctx context.Context, q database.Querier, where string, values ...any) ([]Consent, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, person_id, uses, networks, from_day, until_day, form, language, guardian, adult_on, scan, given, by, withdrawn,
		withdrawn_by FROM consents WHERE `+where, values...)
	return database.List(rows, err, "read the consents", func(row database.Row) (c Consent, err error) {
		var uses, networks string
		var given, withdrawn int64
		if err := row.Scan(&c.ID, &c.PersonID, &uses, &networks, &c.From, &c.Until, &c.Form, &c.Language, &c.Guardian, &c.AdultOn, &c.Scan, &given, &c.By,
			&withdrawn, &c.WithdrawnBy); err != nil {
			return c, err
		}
		c.Given, c.Withdrawn = clock.Unix(given), clock.Unix(withdrawn)
		if err := errors.Join(database.Unpack(uses, &c.Uses), database.Unpack(networks, &c.Networks)); err != nil {
			return c, fmt.Errorf("read consent %d: %w", c.ID, err)
		}
		return c, nil
	})
}

func consent(ctx context.Context, q database.Querier, id int64) (Consent, error) {
	found, err := consents(ctx, q, "id = ?", id)
	if err != nil {
		return Consent{}, err
	}
	if len(found) == 0 {
		return Consent{}, refusal.Because(ErrNotFound, "There is no consent with number %d", id)
	}
	return found[0], nil
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
		gone, err := consent(ctx, tx, consentID)
		if err != nil {
			return err
		}
		if actor := h.person(by.ID); actor.ID != 0 && actor.ID != gone.PersonID && !actor.Role.MayDraft() {
			return refusal.Because(ErrRights, "A withdrawal is noted by the manager, by HR or by the person themselves")
		}
		if !gone.Withdrawn.IsZero() {
			return refusal.Because(ErrConsent, "This consent was withdrawn already")
		}
		if _, err := tx.ExecContext(ctx, `UPDATE consents SET withdrawn = ?, withdrawn_by = ? WHERE id = ?`, clock.Seconds(s.now()), by.ID, consentID); err != nil {
			return fmt.Errorf("withdraw the consent: %w", err)
		}
		line := audit.Line{Who: by, Did: "withdrew a consent", Subject: consentSubject(consentID), Before: gone.summary()}
		if err := audit.Append(ctx, tx, s.now(), line); err != nil {
			return err
		}
		shown, err := spotlights(ctx, tx, "1 = 1 ORDER BY id")
		if err != nil {
			return err
		}
		shown = slices.DeleteFunc(shown, func(v Spotlight) bool {
			return v.PersonID != gone.PersonID && !slices.Contains(v.Picture.People, gone.PersonID) && !v.names(h.person(gone.PersonID))
		})
		if touched, err = s.afterWithdrawal(ctx, tx, h, shown, ground{consent: gone.ID}, by); err != nil {
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

// afterWithdrawal looks at each spotlight that stood on what was withdrawn: what is posted goes on the take-down list, what is scheduled back
// to the stage where consent is asked, a post that shows nobody to its draft.
func (s *Store) afterWithdrawal(ctx context.Context, tx *sql.Tx, h house, stood []Spotlight, why ground, by audit.Actor) ([]int64, error) {
	var touched []int64
	for _, v := range stood {
		step, err := s.weigh(ctx, tx, h, v, by)
		if err != nil {
			return nil, err
		}
		opened, err := s.openTakeDowns(ctx, tx, step, why, by)
		if err != nil {
			return nil, err
		}
		back := v.Stage == Scheduled && step.coverAll(v.Schedule) != nil
		if back {
			to := ConsentAsked
			if v.Kind.Public() {
				to = DraftStage
			}
			if err := s.moveTo(ctx, tx, v, to, why.sentence(), by); err != nil {
				return nil, err
			}
		}
		if back || opened {
			touched = append(touched, v.ID)
		}
	}
	return touched, nil
}

// Endings lists the consents and authorizations that end within a month and that nothing follows, the nearest first, with how many posts each
// takes down.
func (s *Store) Endings(ctx context.Context) ([]Ending, error) {
	h, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	var list []Ending
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		given, err := consents(ctx, tx, "withdrawn = 0")
		if err != nil {
			return err
		}
		allowed, err := authorizations(ctx, tx, "withdrawn = 0")
		if err != nil {
			return err
		}
		today := day(h.practice, s.now())
		list = append(endingConsents(given, h.people, today), endingAuthorizations(allowed, today)...)
		slices.SortStableFunc(list, func(a, b Ending) int { return strings.Compare(a.Last, b.Last) })
		if len(list) == 0 {
			return nil
		}
		_, err = s.standing(ctx, tx, h, func(step Step) bool {
			for i, e := range list {
				if step.rests(e) {
					list[i].Posts += step.fallsAfter(e.Last)
				}
			}
			return false
		})
		return err
	})
	return list, err
}
