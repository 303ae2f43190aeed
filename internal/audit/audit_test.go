package audit_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func chain(t *testing.T, lines ...audit.Line) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), clock.At(noon))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, line := range lines {
		change(t, db, func(tx *sql.Tx) error { return audit.Append(t.Context(), tx, noon, line) })
	}
	return db
}

func change(t *testing.T, db *database.DB, do func(tx *sql.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

var three = []audit.Line{
	{Who: audit.Actor{ID: 1, Name: "Dana"}, Did: "read", Subject: "mention/1", Before: "new", After: "read"},
	{Who: audit.Program, Did: "collected", Subject: "source/2", After: "3 new"},
	{Who: audit.Actor{ID: 1, Name: "Dana"}, Did: "closed", Subject: "mention/1", Before: "read", After: "no reply"},
}

func TestAnUntouchedChainHolds(t *testing.T) {
	db := chain(t, three...)
	lines, err := audit.Verify(t.Context(), db.Reader())
	if err != nil || lines != 3 {
		t.Errorf("got %d, %v; want 3 lines", lines, err)
	}
	got, err := audit.List(t.Context(), db.Reader(), "mention/1", 10)
	if err != nil || len(got) != 2 || got[0].Did != "closed" || !got[0].At.Equal(noon) || got[0].Who.Name != "Dana" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestEveryKindOfTamperingIsFound(t *testing.T) {
	for name, statement := range map[string]string{
		"a changed word":     `UPDATE audit SET after = 'answered' WHERE id = 1`,
		"another person":     `UPDATE audit SET person = 'Sam' WHERE id = 2`,
		"another time":       `UPDATE audit SET at = at - 60 WHERE id = 3`,
		"a removed line":     `DELETE FROM audit WHERE id = 2`,
		"the first line":     `DELETE FROM audit WHERE id = 1`,
		"two lines swapped":  `UPDATE audit SET id = CASE id WHEN 1 THEN -1 ELSE -2 END WHERE id < 3`,
		"a line slipped in":  `INSERT INTO audit (at, person_id, person, did, subject, previous, hash) SELECT at, 9, 'Mallory', 'approved', 'mention/1', hash, 'abc' FROM audit WHERE id = 3`,
		"words moved across": `UPDATE audit SET did = 'rea', subject = 'dmention/1' WHERE id = 1`,
	} {
		db := chain(t, three...)
		change(t, db, func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err })
		if _, err := audit.Verify(t.Context(), db.Reader()); !errors.Is(err, audit.ErrBroken) {
			t.Errorf("%s was not found: %v", name, err)
		}
	}
}

func TestHeadShowsACutEnd(t *testing.T) {
	db := chain(t, three...)
	noted, err := audit.Head(t.Context(), db.Reader())
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, func(tx *sql.Tx) error { _, err := tx.Exec(`DELETE FROM audit WHERE id = 3`); return err })
	if now, _ := audit.Head(t.Context(), db.Reader()); now == noted || now == "" {
		t.Errorf("the head did not change when the last line was cut off: %s", now)
	}
}
