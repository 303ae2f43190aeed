package policy_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"goodword/policy"
)

func TestProveFindsEveryTampering(t *testing.T) {
	for name, statement := range map[string]string{
		"nothing":                      ``,
		"the text of a version":        `UPDATE policy_versions SET text = 'other'`,
		"a version and its hash":       `UPDATE policy_versions SET text = 'other', hash = 'd9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa'`,
		"the day of a version":         `UPDATE policy_versions SET in_force_from = '2020-01-01'`,
		"the way of a signature":       `UPDATE signatures SET way = 'on screen'`,
		"the statement of a signature": `UPDATE signatures SET statement = 'I agree'`,
		"a signature taken away":       `DELETE FROM signatures WHERE person_id = 1`,
		"a signature slipped in":       `INSERT INTO signatures (version_id, person_id, text_hash, statement, way, at) SELECT version_id, 3, text_hash, statement, way, at FROM signatures LIMIT 1`,
		"the reason of a refusal":      `UPDATE signature_refusals SET reason = 'None'`,
		"a refusal taken away":         `DELETE FROM signature_refusals`,
		"a sheet":                      `UPDATE signature_scans SET data = x'00'`,
		"a sheet taken away":           `DELETE FROM signature_scans`,
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			dana := d.people[0].Actor()
			v, err := d.store.DraftVersion(ctx, "text", "", true, dana)
			must(t, err)
			v, err = d.store.PutInForce(ctx, v.ID, "2026-11-02", dana)
			must(t, err)
			path := filepath.Join(t.TempDir(), "sheet.pdf")
			must(t, os.WriteFile(path, []byte("%PDF-1.7"), 0o600))
			sheet, err := policy.ReadSheet(ctx, path)
			must(t, err)
			_, err = d.store.SignAs(ctx, policy.Signing{PersonID: d.people[0].ID, VersionID: v.ID, Way: policy.OnPaper, Witness: "Iris Okafor", Sheet: &sheet}, dana)
			must(t, err)
			_, err = d.store.Refuse(ctx, d.people[1].ID, v.ID, "Wants to ask first", "", dana)
			must(t, err)
			must(t, d.db.Write(ctx, func(tx *sql.Tx) error {
				for _, s := range []string{`DROP TRIGGER policy_versions_keep`, `DROP TRIGGER signatures_keep`, `DROP TRIGGER signatures_stay`, statement} {
					if _, err := tx.Exec(s); err != nil {
						return err
					}
				}
				return nil
			}))
			p, err := d.store.Prove(ctx)
			if statement == "" {
				if want := (policy.Proved{Versions: 1, Signatures: 1, Refusals: 1, Sheets: 1}); err != nil || p != want {
					t.Errorf("got %+v, %v", p, err)
				}
				return
			}
			if !errors.Is(err, policy.ErrAltered) {
				t.Errorf("got %v", err)
			}
		})
	}
}
