package practice

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
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
		{"Take away a forgotten PIN", having(Role.MayReset)},
		{"Turn near-misses into training", []Role{Compliance}},
		{"Switch doors, make exceptions", []Role{Owner}},
	}
}
