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

// ShowPatients notes how many patients a spotlight shows or tells of. Each needs an authorization of their own before anything is scheduled.
func (s *Store) ShowPatients(ctx context.Context, id int64, patients int, by audit.Actor) error {
	if patients < 0 || patients > 99 {
		return refusal.Because(ErrStep, "The number of patients is between 0 and 99")
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := beforeReview(step.Spotlight); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET patients = ? WHERE id = ?`, patients, id); err != nil {
			return fmt.Errorf("note the patients: %w", err)
		}
		return s.log(ctx, tx, id, by, "noted how many patients are shown or told of", fmt.Sprint(step.Spotlight.Patients), fmt.Sprint(patients))
	})
}

// Authorize stores what a patient signed. It counts from the moment its signed copy is attached.
func (s *Store) Authorize(ctx context.Context, a Authorization, by audit.Actor) (Authorization, error) {
	for _, text := range []*string{&a.Patient, &a.Describes, &a.Discloser, &a.Purpose, &a.Representative, &a.Authority} {
		*text = strings.TrimSpace(*text)
	}
	if a.Language == "" {
		a.Language = "en"
	}
	a.Given, a.By, a.Scan = s.now(), by.ID, ""
	if err := a.check(); err != nil {
		return a, err
	}
	err := s.change(ctx, a.SpotlightID, by, func(tx *sql.Tx, step Step) error {
		if step.Actor.ID != 0 && !step.Actor.Role.MayDraft() {
			return refusal.Because(ErrRights, "Authorizations of patients are recorded by the manager, by HR or by who writes the posts")
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO authorizations (spotlight_id, patient, describes, discloser, networks, purpose, until_day, signed_on,
			representative, authority, statements, language, given, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.SpotlightID, a.Patient, a.Describes, a.Discloser, packed(a.Networks), a.Purpose, a.Until, a.SignedOn, a.Representative, a.Authority,
			packed(a.Statements), a.Language, clock.Seconds(a.Given), a.By)
		if err != nil {
			return fmt.Errorf("save the authorization: %w", err)
		}
		if a.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return s.log(ctx, tx, a.SpotlightID, by, "recorded a patient's authorization", "", a.summary())
	})
	return a, err
}

// summary is the authorization in a line for the audit log, without the patient.
func (a Authorization) summary() string {
	return fmt.Sprintf("authorization/%d on %s, signed %s, until %s", a.ID, strings.Join(a.Networks, ", "), a.SignedOn, a.Until)
}

// Authorizations lists what patients allowed for a spotlight, oldest first.
func (s *Store) Authorizations(ctx context.Context, spotlightID int64) ([]Authorization, error) {
	return authorizations(ctx, s.db.Reader(), "spotlight_id = ? ORDER BY given, id", spotlightID)
}

func authorizations(ctx context.Context, q database.Querier, where string, values ...any) ([]Authorization, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, spotlight_id, patient, describes, discloser, networks, purpose, until_day, signed_on, representative, authority,
		statements, language, scan, given, by, withdrawn, withdrawn_by FROM authorizations WHERE `+where, values...)
	return database.List(rows, err, "read the authorizations", func(row database.Row) (a Authorization, err error) {
		var networks, statements string
		var given, withdrawn int64
		if err := row.Scan(&a.ID, &a.SpotlightID, &a.Patient, &a.Describes, &a.Discloser, &networks, &a.Purpose, &a.Until, &a.SignedOn, &a.Representative,
			&a.Authority, &statements, &a.Language, &a.Scan, &given, &a.By, &withdrawn, &a.WithdrawnBy); err != nil {
			return a, err
		}
		a.Given, a.Withdrawn = clock.Unix(given), clock.Unix(withdrawn)
		if err := errors.Join(database.Unpack(networks, &a.Networks), database.Unpack(statements, &a.Statements)); err != nil {
			return a, fmt.Errorf("read authorization %d: %w", a.ID, err)
		}
		return a, nil
	})
}

func authorization(ctx context.Context, q database.Querier, id int64) (Authorization, error) {
	found, err := authorizations(ctx, q, "id = ?", id)
	if err != nil {
		return Authorization{}, err
	}
	if len(found) == 0 {
		return Authorization{}, refusal.Because(ErrNotFound, "There is no authorization with number %d", id)
	}
	return found[0], nil
}

// Revoke ends a patient's authorization now. What is posted goes on the take-down list, which it returns; what is scheduled goes back.
func (s *Store) Revoke(ctx context.Context, id int64, by audit.Actor) ([]TakeDown, error) {
	h, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	var list []TakeDown
	var about int64
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		gone, err := authorization(ctx, tx, id)
		if err != nil {
			return err
		}
		if !gone.Withdrawn.IsZero() {
			return refusal.Because(ErrConsent, "This authorization was withdrawn already")
		}
		about = gone.SpotlightID
		if _, err := tx.ExecContext(ctx, `UPDATE authorizations SET withdrawn = ?, withdrawn_by = ? WHERE id = ?`, clock.Seconds(s.now()), by.ID, id); err != nil {
			return fmt.Errorf("withdraw the authorization: %w", err)
		}
		if err := s.log(ctx, tx, about, by, "noted that a patient withdrew an authorization", gone.summary(), ""); err != nil {
			return err
		}
		v, err := find(ctx, tx, about)
		if err != nil {
			return err
		}
		if _, err := s.afterWithdrawal(ctx, tx, h, []Spotlight{v}, ground{authorization: id}, by); err != nil {
			return err
		}
		list, err = takeDowns(ctx, tx, "t.authorization_id = ? AND t.done = 0", id)
		return err
	})
	if err == nil {
		s.tell(about)
	}
	return list, err
}
