package policy_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"goodword/policy"
)

// clearPolicy empties the versions and signatures past the triggers that protect them, for a test that begins anew on one file.
func clearPolicy(tx *sql.Tx) error {
	_, first := tx.Exec(`DROP TRIGGER IF EXISTS policy_versions_stay`)
	_, again := tx.Exec(`DROP TRIGGER IF EXISTS signatures_stay`)
	_, second := tx.Exec(`DELETE FROM signatures`)
	_, third := tx.Exec(`DELETE FROM policy_versions`)
	return errors.Join(first, again, second, third)
}

func TestTheDatabaseItselfKeepsVersions(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	v, err := d.store.DraftVersion(ctx, "text", "", true, by)
	must(t, err)
	_, err = d.store.PutInForce(ctx, v.ID, "2026-11-02", by)
	must(t, err)
	_, err = d.store.Sign(ctx, d.people[1].ID, v.ID, policy.OnPaper, by)
	must(t, err)
	for _, statement := range []string{`UPDATE policy_versions SET text = 'other'`, `DELETE FROM policy_versions`, `UPDATE signatures SET text_hash = 'other'`, `DELETE FROM signatures`} {
		err := d.db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "never") {
			t.Errorf("%s: got %v, want a refusal", statement, err)
		}
	}
}
