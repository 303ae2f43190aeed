package policy_test

import (
	"errors"
	"testing"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestWhoMayChangeThePolicy(t *testing.T) {
	for role, may := range map[practice.Role]bool{practice.Owner: true, practice.Compliance: true, practice.Manager: true,
		practice.HR: false, practice.Clinician: false, practice.Author: false, practice.Staff: false} {
		t.Run(string(role), func(t *testing.T) {
			d := open(t)
			boss := practice.Person{Name: "Olive Boss", Role: practice.Owner}
			_, err := d.practices.SavePerson(ctx, boss, audit.Program)
			must(t, err)
			p := practice.Person{Name: "Ivo Marsh", Role: role}
			p.ID, err = d.practices.SavePerson(ctx, p, audit.Program)
			must(t, err)
			v, err := d.store.DraftVersion(ctx, "text", "", true, audit.Program)
			must(t, err)
			steps := map[string]func() error{
				"save":  func() error { _, err := d.store.SaveDraft(ctx, v.ID, "other", "", true, p.Actor()); return err },
				"drop":  func() error { return d.store.DropDraft(ctx, v.ID, p.Actor()) },
				"draft": func() error { v, err = d.store.DraftVersion(ctx, "text", "", true, p.Actor()); return err },
				"put":   func() error { _, err := d.store.PutInForce(ctx, v.ID, "2026-12-01", p.Actor()); return err },
			}
			for _, name := range []string{"save", "drop", "draft", "put"} {
				if err := steps[name](); may != (err == nil) || err != nil && !errors.Is(err, policy.ErrRights) {
					t.Errorf("%s: got %v, want allowed: %v", name, err, may)
				}
			}
		})
	}
}
