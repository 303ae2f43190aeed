package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
)

var noon = clock.At(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))

func open(t *testing.T, path string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), path, noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func set(t *testing.T, db *database.DB, name, value string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, db *database.DB, name string) string {
	t.Helper()
	var value string
	err := db.Reader().QueryRow(`SELECT value FROM settings WHERE name = ?`, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
	return value
}

func TestPathsWithSpacesAndSigns(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "per%cent.db", "que?stion#hash.db", "ümlaut 診療.db"} {
		path := filepath.Join(t.TempDir(), "folder that is new", name)
		db := open(t, path)
		set(t, db, "a", name)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: the file is not where it was asked for: %v", name, err)
		}
		if got := get(t, db, "a"); got != name {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestEveryConnectionKeepsThePragmas(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	var holders []*sql.Conn
	for range 4 {
		c, err := db.Reader().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		holders = append(holders, c)
		var keys int
		if err := c.QueryRowContext(t.Context(), `PRAGMA foreign_keys`).Scan(&keys); err != nil {
			t.Fatal(err)
		}
		if keys != 1 {
			t.Errorf("foreign_keys %d, want 1", keys)
		}
	}
	for _, c := range holders {
		_ = c.Close()
	}
	if _, err := db.Reader().Exec(`DELETE FROM settings`); err == nil {
		t.Error("the readers could write")
	}
	var mode string
	if err := db.Reader().QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("journal mode %q, %v; want wal", mode, err)
	}
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	stop := errors.New("stop")
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO settings (name, value) VALUES ('half', 'done')`); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if got := get(t, db, "half"); got != "" {
		t.Errorf("half of a failed write stayed: %q", got)
	}
}

func TestTwoProgramsWriteTheSameFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	one, two := open(t, path), open(t, path)
	var wait sync.WaitGroup
	for i, db := range []*database.DB{one, two} {
		wait.Go(func() {
			for n := range 50 {
				err := db.Write(context.Background(), func(tx *sql.Tx) error {
					var have int
					if err := tx.QueryRow(`SELECT COUNT(*) FROM settings`).Scan(&have); err != nil {
						return err
					}
					_, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?, ?)`, string(rune('a'+i))+string(rune('0'+n)), have)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	var n, different int
	if err := one.Reader().QueryRow(`SELECT COUNT(*), COUNT(DISTINCT value) FROM settings`).Scan(&n, &different); err != nil {
		t.Fatal(err)
	}
	if n != 100 || different != 100 {
		t.Errorf("got %d rows with %d counts; want 100, 100: a read-then-write overlapped", n, different)
	}
}

func TestWhatAnotherProgramWroteIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	one, two := open(t, path), open(t, path)
	version := func() int64 {
		t.Helper()
		v, err := one.ChangedElsewhere(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	set(t, one, "own", "write")
	if got := version(); got != before {
		t.Errorf("an own write is told as one of another program: %d, want %d", got, before)
	}
	set(t, two, "other", "write")
	if version() == before {
		t.Error("the write of another program is not noticed")
	}
}

func TestBackupAndRestoreBringBackWhatWas(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "a.db"), filepath.Join(folder, "kept", "monday.db")
	db := open(t, path)
	set(t, db, "who", "before")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	set(t, db, "who", "after")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := database.Restore(t.Context(), copied, path, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, open(t, path), "who"); got != "before" {
		t.Errorf("restored %q, want before", got)
	}
	if got := get(t, open(t, kept), "who"); got != "after" {
		t.Errorf("what stood there holds %q, want after", got)
	}
	if got := database.LastBackup(path); got != "" {
		t.Errorf("last backup %q, want none: what stood there may be what was damaged", got)
	}
	again, err := database.Restore(t.Context(), copied, path, noon)
	if err != nil || again == kept {
		t.Errorf("a second restore in the same second keeps %q, %v; want another name than %q", again, err, kept)
	}
	if got := get(t, open(t, kept), "who"); got != "after" {
		t.Errorf("after the second restore what stood there first holds %q, want after", got)
	}
	if _, err := database.Restore(t.Context(), path, path, noon); err == nil {
		t.Error("the database was restored from itself")
	}
}

func TestNobodyElseMayReadWhatPatientsWrote(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights elsewhere")
	}
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "a.db"), filepath.Join(folder, "b.db")
	db := open(t, path)
	set(t, db, "who", "mine")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal", copied} {
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want 0600", filepath.Base(file), info, err)
		}
	}
}

func TestARefusedCopyLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "a.db"), filepath.Join(folder, "b.db")
	db := open(t, path)
	if err := db.Backup(t.Context(), folder); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a backup onto a folder: got %v", err)
	}
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	newer := open(t, copied)
	if err := newer.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(newer.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := database.Restore(t.Context(), copied, path, noon); !errors.Is(err, database.ErrNewer) || !strings.Contains(err.Error(), copied) {
		t.Errorf("restoring a newer backup: got %v, want ErrNewer with its name", err)
	}
	for _, leftover := range []string{folder + ".part", copied + ".part", path + ".restoring"} {
		if _, err := os.Stat(leftover); err == nil {
			t.Errorf("%s was left behind", leftover)
		}
	}
}

func TestRestoreOntoANewComputer(t *testing.T) {
	folder := t.TempDir()
	db := open(t, filepath.Join(folder, "a.db"))
	set(t, db, "who", "mine")
	if err := db.Backup(t.Context(), filepath.Join(folder, "b.db")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "new", "computer", "a.db")
	kept, err := database.Restore(t.Context(), filepath.Join(folder, "b.db"), path, noon)
	if err != nil || kept != "" {
		t.Fatalf("kept %q, %v; want nothing kept", kept, err)
	}
	if got := get(t, open(t, path), "who"); got != "mine" {
		t.Errorf("got %q", got)
	}
}

func TestBackupRefusesItsOwnFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	if err := db.Backup(t.Context(), path); err == nil {
		t.Error("the backup overwrote the database")
	}
	set(t, db, "still", "here")
	if got := get(t, db, "still"); got != "here" {
		t.Errorf("got %q", got)
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.db")
	db := open(t, path)
	set(t, db, "who", "mine")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(folder, "letter.txt")
	write(t, text, []byte(strings.Repeat("Dear practice, ", 200)))
	other := filepath.Join(folder, "other.db")
	foreign, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := foreign.Exec(`CREATE TABLE recipes (id INTEGER)`); err != nil {
		t.Fatal(err)
	}
	_ = foreign.Close()
	half := filepath.Join(folder, "half.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, half, whole[:len(whole)/2])
	for _, file := range []string{text, other, half, filepath.Join(folder, "missing.db")} {
		if _, err := database.Restore(t.Context(), file, path, noon); err == nil {
			t.Errorf("%s was restored", filepath.Base(file))
		}
		again := open(t, path)
		if got := get(t, again, "who"); got != "mine" {
			t.Errorf("after refusing %s the database holds %q, want mine", filepath.Base(file), got)
		}
		_ = again.Close()
	}
}

func TestADamagedFileIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	write(t, path, []byte(strings.Repeat("this was a database once ", 400)))
	_, err := database.Open(t.Context(), path, noon)
	if !errors.Is(err, database.ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want a sentence with the path that wraps ErrDamaged", err)
	}
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	if _, err := database.Open(t.Context(), path, noon); !errors.Is(err, database.ErrNewer) {
		t.Errorf("got %v, want ErrNewer", err)
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
