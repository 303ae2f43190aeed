package practice

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// RoleSince is a role that a person has or had, from a day on; the day is "" where nobody knows it any more.
type RoleSince struct {
	Role  Role   `json:"role"`
	Since string `json:"since"`
}

// noteRole writes down that a person's role changed today. The role before is kept once, from the hire on.
func (s *Store) noteRole(ctx context.Context, tx *sql.Tx, p Person, before Role) error {
	today := s.now().Format(Day)
	if _, err := tx.ExecContext(ctx, `INSERT INTO person_roles (person_id, role, since) SELECT ?1, ?2, ?3
		WHERE NOT EXISTS (SELECT 1 FROM person_roles WHERE person_id = ?1)`, p.ID, before, p.HiredOn); err != nil {
		return fmt.Errorf("keep the role before: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO person_roles (person_id, role, since) VALUES (?, ?, ?)
		ON CONFLICT (person_id, since) DO UPDATE SET role = excluded.role`, p.ID, p.Role, today); err != nil {
		return fmt.Errorf("keep the new role: %w", err)
	}
	return nil
}

// RoleHistory returns the roles of those whose role ever changed, oldest first, by person.
func (s *Store) RoleHistory(ctx context.Context) (map[int64][]RoleSince, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT person_id, role, since FROM person_roles ORDER BY person_id, since`)
	if err != nil {
		return nil, fmt.Errorf("read the roles: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := map[int64][]RoleSince{}
	for rows.Next() {
		var person int64
		var r RoleSince
		if err := rows.Scan(&person, &r.Role, &r.Since); err != nil {
			return nil, fmt.Errorf("read the roles: %w", err)
		}
		all[person] = append(all[person], r)
	}
	return all, rows.Err()
}

// MayReset reports whether the role may take away a PIN that somebody forgot.
func (r Role) MayReset() bool { return r.MayApprove() }

// Power is something that a role may do, as a table for people shows it.
type Power struct {
	Title string
	Roles []Role
}

// Powers lists what the roles may do, in the order of daily work. It is for reading: the steps themselves ask the role.
func Powers() []Power {
	having := func(may func(Role) bool) []Role {
		return slices.DeleteFunc(Roles(), func(r Role) bool { return !may(r) })
	}
	return []Power{
		{"Read reviews, learn, sign", Roles()},
		{"Write replies and posts", having(Role.MayDraft)},
		{"Approve texts, schedule spotlights", having(Role.MayApprove)},
		{"Publish without a second person", having(Role.MayApprove)},
		{"Approve statements on health", having(func(r Role) bool { return r == Clinician || r.MayApprove() })},
		{"Change policy and checklist", having(Role.MayApprove)},
		{"Change the practice's details", having(Role.MayApprove)},
		{"Keep the staff list", having(func(r Role) bool { return r == HR || r.MayApprove() })},
		{"Take away a forgotten PIN", having(Role.MayReset)},
		{"Turn near-misses into training", []Role{Compliance}},
		{"Switch doors, make exceptions", []Role{Owner}},
	}
}

// Leads reports whether the actor may decide for the practice: the owner, the compliance officer, a manager, and the program itself. Where nobody
// on the staff list may, whoever sits at the computer does, so that a list without an owner can be mended.
func (s *Store) Leads(ctx context.Context, by audit.Actor) (bool, error) {
	_, leads, err := s.standing(ctx, s.db.Reader(), by)
	return leads, err
}

// standing is the role of the actor today, "" for somebody who is not on the staff list, and whether they may decide for the practice.
func (s *Store) standing(ctx context.Context, q database.Querier, by audit.Actor) (Role, bool, error) {
	if by.ID == audit.Program.ID {
		return "", true, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT id, role, left_on FROM people`)
	if err != nil {
		return "", false, fmt.Errorf("read the roles: %w", err)
	}
	defer func() { _ = rows.Close() }()
	today := s.now().Format(Day)
	var role Role
	led := false
	for rows.Next() {
		var p Person
		if err := rows.Scan(&p.ID, &p.Role, &p.LeftOn); err != nil {
			return "", false, fmt.Errorf("read the roles: %w", err)
		}
		if !p.Here(today) {
			continue
		}
		led = led || p.Role.MayApprove()
		if p.ID == by.ID {
			role = p.Role
		}
	}
	return role, !led || role.MayApprove(), rows.Err()
}

// mayKeep refuses to let the actor save a person who has the role before and gets the role after; before is "" for somebody new. HR keeps the
// staff list, and leaves those alone who decide for the practice.
func (s *Store) mayKeep(ctx context.Context, q database.Querier, before, after Role, by audit.Actor) error {
	role, leads, err := s.standing(ctx, q, by)
	switch {
	case err != nil || leads:
		return err
	case role != HR:
		return refusal.Because(ErrRights, "The staff list is kept by the owner, the compliance officer, a manager or HR")
	case before.MayApprove() || after.MayApprove():
		return refusal.Because(ErrRights, "Owners, compliance officers and managers are named by the owner, the compliance officer or a manager")
	}
	return nil
}
