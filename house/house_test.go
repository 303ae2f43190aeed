package house_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
)

func TestDailyBackupKeepsAWeek(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(t.Context(), path, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	files := func() int {
		found, _ := filepath.Glob(filepath.Join(database.BackupFolder(path), "daily-*.db"))
		return len(found)
	}
	if err := h.DailyBackup(t.Context()); err != nil || files() != 0 {
		t.Errorf("an empty database got %d backups, %v; want none", files(), err)
	}
	if err := h.Practices.Save(t.Context(), practice.Practice{Name: "Alder Street"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	for day := range 10 {
		for range 2 {
			if err := h.DailyBackup(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := files(), min(day+1, 7); got != want {
			t.Errorf("on day %d there are %d backups, want %d", day+1, got, want)
		}
		now = now.AddDate(0, 0, 1)
	}
	if last := database.LastBackup(path); filepath.Base(last) != "daily-2026-11-10.db" {
		t.Errorf("the last backup is %s", last)
	}
}

func TestVerifyFindsATamperedLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	h, err := house.Open(t.Context(), path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	if err := h.Practices.Save(t.Context(), practice.Practice{Name: "Alder Street"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	if p, err := h.Verify(t.Context()); err != nil || p.Lines != 1 || p.Head == "" {
		t.Errorf("got %+v, %v", p, err)
	}
	tamper(t, h, `UPDATE audit SET person = 'Somebody else'`)
	if _, err := h.Verify(t.Context()); !errors.Is(err, audit.ErrBroken) {
		t.Errorf("got %v, want ErrBroken", err)
	}
}
