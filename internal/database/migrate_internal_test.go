package database

import (
	"path/filepath"
	"testing"
	"time"

	"goodword/internal/clock"
)

// A practice may come from any version that was ever released, so each is made and opened.
func TestEveryPastVersionOpens(t *testing.T) {
	latest, err := Latest()
	if err != nil {
		t.Fatal(err)
	}
	now := clock.At(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	for version := int64(1); version <= latest; version++ {
		path := filepath.Join(t.TempDir(), "old.db")
		old, err := connect(path, "_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		steps, err := provider(old)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := steps.UpTo(t.Context(), version); err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		if _, err := old.Exec(`INSERT INTO settings (name, value) VALUES ('made by', 'an old version')`); err != nil {
			t.Fatal(err)
		}
		_ = old.Close()
		db, err := Open(t.Context(), path, now)
		if err != nil {
			t.Fatalf("open version %d: %v", version, err)
		}
		got, err := db.Version(t.Context())
		if err != nil || got != latest {
			t.Errorf("version %d became %d (%v), want %d", version, got, err, latest)
		}
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("version %d: %v", version, err)
		}
		var value string
		if err := db.Reader().QueryRow(`SELECT value FROM settings`).Scan(&value); err != nil || value != "an old version" {
			t.Errorf("version %d lost its rows: %q, %v", version, value, err)
		}
		_ = db.Close()
		copies, _ := filepath.Glob(filepath.Join(BackupFolder(path), "before-schema-*.db"))
		if want := version < latest; (len(copies) == 1) != want {
			t.Errorf("version %d: %d copies before the change, want one: %v", version, len(copies), want)
		}
	}
}
