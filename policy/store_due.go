package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"goodword/internal/clock"
	"goodword/internal/practice"
)

// Needs works out how a person stands with each module today.
func (s *Store) Needs(ctx context.Context, personID int64) ([]Need, error) {
	all, err := s.records(ctx)
	if err != nil {
		return nil, err
	}
	day, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Person.ID == personID {
			return Due(r, day), nil
		}
	}
	_, err = s.practices.Person(ctx, personID) // says that there is nobody of that number
	return nil, err
}

// AllNeeds works out how everybody who works here stands with the training today, by person.
func (s *Store) AllNeeds(ctx context.Context) (map[int64][]Need, error) {
	records, err := s.records(ctx)
	if err != nil {
		return nil, err
	}
	day, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	all := map[int64][]Need{}
	for _, r := range records {
		if r.Person.Here(day) {
			all[r.Person.ID] = Due(r, day)
		}
	}
	return all, nil
}

// records gathers for all the staff what their training depends on.
func (s *Store) records(ctx context.Context) ([]Record, error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return nil, err
	}
	roles, err := s.practices.RoleHistory(ctx)
	if err != nil {
		return nil, err
	}
	results, err := s.Results(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := s.Versions(ctx)
	if err != nil {
		return nil, err
	}
	incidents, err := s.Incidents(ctx)
	if err != nil {
		return nil, err
	}
	given, err := s.Assignments(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := s.begun(ctx, p.Location())
	if err != nil {
		return nil, err
	}
	var all []Record
	for _, person := range people {
		r := Record{Person: person, Roles: roles[person.ID], Passed: map[string]string{}, Versions: versions, Incidents: incidents, Zone: p.Location(), Begun: begun}
		for _, result := range results { // newest first
			if result.PersonID == person.ID && result.Passed && r.Passed[result.ModuleID] == "" {
				r.Passed[result.ModuleID] = result.At.In(r.Zone).Format(practice.Day)
			}
		}
		r.Assigned = slices.DeleteFunc(slices.Clone(given), func(a Assignment) bool { return a.PersonID != person.ID || !a.Stands() })
		all = append(all, r)
	}
	return all, nil
}

// begun is the day of the first line of the audit log: the practice has this program since.
func (s *Store) begun(ctx context.Context, zone *time.Location) (string, error) {
	var first sql.NullInt64
	if err := s.db.Reader().QueryRowContext(ctx, `SELECT MIN(at) FROM audit`).Scan(&first); err != nil {
		return "", fmt.Errorf("read since when the program is here: %w", err)
	}
	if !first.Valid {
		return "", nil
	}
	return clock.Unix(first.Int64).In(zone).Format(practice.Day), nil
}
