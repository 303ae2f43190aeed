package policy

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// settingDoors is the name of the setting in which the rules of the doors are kept.
const settingDoors = "doors"

// ErrRights says that a person's role does not allow a step.
var ErrRights = errors.New("your role does not allow this")

// DoorRules returns what the practice has decided about its doors. A setting that makes no sense counts as none: shutting everybody out for it would
// help nobody.
func (s *Store) DoorRules(ctx context.Context) (DoorRules, error) {
	rules := DoorRules{Grace: UsualGrace}
	text, err := s.practices.Setting(ctx, settingDoors)
	if err != nil || text == "" {
		return rules, err
	}
	if json.Unmarshal([]byte(text), &rules) != nil {
		rules = DoorRules{Grace: UsualGrace}
	}
	return rules, nil
}

// SwitchDoors switches the doors on, with so many days before they shut to anybody, or off. The owner does, and whoever may approve where the
// staff list has no owner. No door stands before this step, so that nobody can lock themselves out for good.
func (s *Store) SwitchDoors(ctx context.Context, on bool, grace int, by audit.Actor) (DoorRules, error) {
	if grace < 0 || grace > MostGrace {
		return DoorRules{}, refusal.Because(ErrStep, "The time before the doors shut is 0 to %d days", MostGrace)
	}
	if err := s.isOwner(ctx, by, "switch the doors"); err != nil {
		return DoorRules{}, err
	}
	rules, err := s.DoorRules(ctx)
	if err != nil {
		return rules, err
	}
	day, err := s.today(ctx)
	if err != nil {
		return rules, err
	}
	if on && !rules.On {
		rules.Since = day
	}
	rules.On, rules.Grace = on, grace
	if !on {
		rules.Since = ""
	}
	if err := s.practices.SetSetting(ctx, settingDoors, database.Pack(rules), by); err != nil {
		return rules, err
	}
	s.tell(ChangedTraining, 0)
	return rules, nil
}

// isOwner refuses everybody but the owner; where there is none, whoever may approve; where nobody may, whoever sits at the computer.
func (s *Store) isOwner(ctx context.Context, by audit.Actor, what string) error {
	people, err := s.practices.People(ctx)
	if err != nil {
		return err
	}
	day, err := s.today(ctx)
	if err != nil {
		return err
	}
	here := slices.DeleteFunc(people, func(p practice.Person) bool { return !p.Here(day) })
	owner := func(p practice.Person) bool { return p.Role == practice.Owner }
	approver := func(p practice.Person) bool { return p.Role.MayApprove() }
	me := func(may func(practice.Person) bool) bool {
		return slices.ContainsFunc(here, func(p practice.Person) bool { return p.ID == by.ID && may(p) })
	}
	switch {
	case slices.ContainsFunc(here, owner):
		if !me(owner) {
			return refusal.Because(ErrRights, "Only the owner may %s", what)
		}
	case slices.ContainsFunc(here, approver):
		if !me(approver) {
			return refusal.Because(ErrRights, "The staff list has no owner, so the compliance officer or a manager may %s", what)
		}
	}
	return nil
}

// GiveOverride lets a person through a door without the training until a day, for a reason. The owner gives it, to themselves as well.
func (s *Store) GiveOverride(ctx context.Context, o Override, by audit.Actor) (Override, error) {
	door, err := FindDoor(o.Right)
	if err != nil {
		return o, err
	}
	person, err := s.practices.Person(ctx, o.PersonID)
	if err != nil {
		return o, err
	}
	if err := s.isOwner(ctx, by, "make an exception"); err != nil {
		return o, err
	}
	day, err := s.today(ctx)
	if err != nil {
		return o, err
	}
	if err := o.check(day); err != nil {
		return o, err
	}
	o.Reason, o.At, o.By = strings.TrimSpace(o.Reason), s.moment(), by.Name
	_, err = s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		result, err := tx.ExecContext(ctx, `INSERT INTO door_overrides (person_id, door, reason, until, given_at, given_by) VALUES (?, ?, ?, ?, ?, ?)`,
			o.PersonID, o.Right, o.Reason, o.Until, clock.Seconds(o.At), o.By)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("keep the exception: %w", err)
		}
		o.ID, err = result.LastInsertId()
		return person.ID, audit.Line{Who: by, Did: "made an exception at a door: " + strings.ToLower(door.Title), Subject: fmt.Sprintf("training/%d", person.ID), After: database.Pack(o)}, err
	})
	return o, err
}

// EndOverride takes an exception back before its time.
func (s *Store) EndOverride(ctx context.Context, id int64, by audit.Actor) error {
	if err := s.isOwner(ctx, by, "take an exception back"); err != nil {
		return err
	}
	_, err := s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		var person int64
		err := tx.QueryRowContext(ctx, `UPDATE door_overrides SET ended_at = ? WHERE id = ? AND ended_at = 0 RETURNING person_id`, clock.Seconds(s.now()), id).Scan(&person)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, audit.Line{}, refusal.Because(ErrNotFound, "There is no exception with number %d that still stands", id)
		}
		return person, audit.Line{Who: by, Did: "took an exception at a door back", Subject: fmt.Sprintf("training/%d", person), Before: fmt.Sprint(id)}, err
	})
	return err
}

// Overrides lists all exceptions ever made, newest first.
func (s *Store) Overrides(ctx context.Context) ([]Override, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, person_id, door, reason, until, given_at, given_by, ended_at FROM door_overrides ORDER BY id DESC`)
	return database.List(rows, err, "read the exceptions", func(row database.Row) (o Override, err error) {
		var at, ended int64
		err = row.Scan(&o.ID, &o.PersonID, &o.Right, &o.Reason, &o.Until, &at, &o.By, &ended)
		o.At, o.Ended = clock.Unix(at), clock.Unix(ended)
		return o, err
	})
}

// Passages works out how everybody who works here stands at each door today, in the order of Doors.
func (s *Store) Passages(ctx context.Context) (map[int64][]Passage, error) {
	needs, err := s.AllNeeds(ctx)
	if err != nil {
		return nil, err
	}
	rules, overrides, day, err := s.doors(ctx)
	if err != nil {
		return nil, err
	}
	all := map[int64][]Passage{}
	for person, mine := range needs {
		for _, d := range Doors() {
			all[person] = append(all[person], Pass(d, mine, rules, of(overrides, person), day))
		}
	}
	return all, nil
}

func (s *Store) doors(ctx context.Context) (rules DoorRules, overrides []Override, day string, err error) {
	if rules, err = s.DoorRules(ctx); err != nil {
		return
	}
	if overrides, err = s.Overrides(ctx); err != nil {
		return
	}
	day, err = s.today(ctx)
	return
}

func of(overrides []Override, person int64) []Override {
	return slices.DeleteFunc(slices.Clone(overrides), func(o Override) bool { return o.PersonID != person })
}

// Passage works out how a person stands at one door today.
func (s *Store) Passage(ctx context.Context, personID int64, right Right) (Passage, error) {
	door, err := FindDoor(right)
	if err != nil {
		return Passage{}, err
	}
	rules, overrides, day, err := s.doors(ctx)
	if err != nil {
		return Passage{}, err
	}
	if !rules.On {
		return Passage{Door: door, Open: true}, nil
	}
	needs, err := s.Needs(ctx, personID)
	if err != nil {
		return Passage{}, err
	}
	return Pass(door, needs, rules, of(overrides, personID), day), nil
}

// May returns nil if the training of a person lets them use a right today, and otherwise a sentence that says what opens the door. Whether the
// person's role has the right is not asked here. Nobody in particular, person 0, comes through no door that counts.
func (s *Store) May(ctx context.Context, personID int64, right Right) error {
	rules, err := s.DoorRules(ctx)
	if err != nil {
		return err
	}
	if !rules.On {
		return nil
	}
	day, err := s.today(ctx)
	if err != nil {
		return err
	}
	if !rules.Shut(day) {
		return nil
	}
	if personID == 0 {
		return refusal.Because(ErrDoor, "Choose who is working first: this practice asks for training before this step")
	}
	p, err := s.Passage(ctx, personID, right)
	if err != nil {
		return err
	}
	return p.Err()
}
