package policy

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

// Assign gives a module to one person, with a last day and a reason. The compliance officer does; where there is none, the owner.
func (s *Store) Assign(ctx context.Context, a Assignment, by audit.Actor) (Assignment, error) {
	m, err := FindModule(a.ModuleID)
	if err != nil {
		return a, err
	}
	person, err := s.practices.Person(ctx, a.PersonID)
	if err != nil {
		return a, err
	}
	if err := s.isOfficer(ctx, by, "assigns training"); err != nil {
		return a, err
	}
	day, err := s.today(ctx)
	if err != nil {
		return a, err
	}
	if !person.Here(day) {
		return a, refusal.Because(ErrStep, "%s does not work here any more", person.Name)
	}
	a.Due, a.Reason = strings.TrimSpace(a.Due), strings.TrimSpace(a.Reason)
	if err := a.check(day); err != nil {
		return a, err
	}
	given, err := s.Assignments(ctx)
	if err != nil {
		return a, err
	}
	if slices.ContainsFunc(given, func(o Assignment) bool {
		return o.Stands() && o.PersonID == a.PersonID && o.ModuleID == a.ModuleID
	}) {
		return a, refusal.Because(ErrStep, "%s has this module assigned already. Take that back first", person.Name)
	}
	a.At, a.By = s.moment(), by.Name
	_, err = s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		result, err := tx.ExecContext(ctx, `INSERT INTO assignments (person_id, module_id, due, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)`,
			a.PersonID, a.ModuleID, a.Due, a.Reason, clock.Seconds(a.At), a.By)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("keep the assignment: %w", err)
		}
		a.ID, err = result.LastInsertId()
		return a.PersonID, audit.Line{Who: by, Did: "assigned a training module: " + m.Title, Subject: fmt.Sprintf("training/%d", a.PersonID), After: database.Pack(a)}, err
	})
	return a, err
}

// TakeAssignmentBack ends an assignment that is not passed yet. It stays on record.
func (s *Store) TakeAssignmentBack(ctx context.Context, id int64, by audit.Actor) error {
	if err := s.isOfficer(ctx, by, "takes assigned training back"); err != nil {
		return err
	}
	_, err := s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		var person int64
		err := tx.QueryRowContext(ctx, `UPDATE assignments SET removed = ?, removed_by = ? WHERE id = ? AND removed = 0 RETURNING person_id`, clock.Seconds(s.now()), by.Name, id).Scan(&person)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, audit.Line{}, refusal.Because(ErrNotFound, "There is no assignment with number %d that still stands", id)
		}
		return person, audit.Line{Who: by, Did: "took an assigned training module back", Subject: fmt.Sprintf("training/%d", person), Before: fmt.Sprint(id)}, err
	})
	return err
}

// Assignments lists all that were ever given, newest first, with when each was passed.
func (s *Store) Assignments(ctx context.Context) ([]Assignment, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, person_id, module_id, due, reason, at, by, removed, removed_by,
		COALESCE((SELECT MIN(t.finished) FROM training_attempts t WHERE t.person_id = a.person_id AND t.module_id = a.module_id AND t.passed AND t.finished >= a.at), 0)
		FROM assignments a ORDER BY id DESC`)
	return database.List(rows, err, "read the assigned training", func(row database.Row) (a Assignment, err error) {
		var at, removed, passed int64
		err = row.Scan(&a.ID, &a.PersonID, &a.ModuleID, &a.Due, &a.Reason, &at, &a.By, &removed, &a.RemovedBy, &passed)
		a.At, a.Removed, a.Passed = clock.Unix(at), clock.Unix(removed), clock.Unix(passed)
		return a, err
	})
}
