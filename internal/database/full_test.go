package database_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"goodword/internal/database"
	"goodword/internal/disk"
)

// tiny is a disk of so many kilobytes. Only Linux and its administrator can make one.
func tiny(t *testing.T, kilobytes int) string {
	t.Helper()
	folder := t.TempDir()
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only the administrator of a Linux computer may mount a small disk")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dk", kilobytes), "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v, %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("the small disk stays mounted: %v, %s", err, out)
		}
	})
	return folder
}

// wantsFull expects one sentence that names the file, in our own words.
func wantsFull(t *testing.T, err error, file string) {
	t.Helper()
	if !errors.Is(err, disk.ErrFull) {
		t.Fatalf("got %v, want a full disk", err)
	}
	if text := err.Error(); !strings.Contains(text, "no room for "+file) || strings.Contains(text, "\n") || strings.Contains(text, "SQLITE") || strings.Contains(text, "no space") {
		t.Errorf("got %q, want one plain sentence with %s", text, file)
	}
}

func content(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A full disk gets a sentence, and what was there stays as it was.
func TestAFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	set(t, db, "long", strings.Repeat("a year of reviews ", 200_000))
	whole := filepath.Join(t.TempDir(), "whole.db")
	if err := db.Backup(t.Context(), whole); err != nil {
		t.Fatal(err)
	}

	for _, size := range []int{4, 64, 1024, 3000} {
		small := tiny(t, size)
		copied := filepath.Join(small, "monday.db")
		wantsFull(t, db.Backup(t.Context(), copied), copied)
		if left := content(t, small); len(left) != 0 {
			t.Errorf("%d kB: the failed backup left %v", size, left)
		}

		target := filepath.Join(small, "b.db")
		_, err := database.Restore(t.Context(), whole, target, noon)
		wantsFull(t, err, target)
		if left := content(t, small); len(left) != 0 {
			t.Errorf("%d kB: the failed restore left %v", size, left)
		}
	}

	fresh := filepath.Join(tiny(t, 40), "c.db")
	_, err := database.Open(t.Context(), fresh, noon)
	wantsFull(t, err, fresh)
	if left := content(t, filepath.Dir(fresh)); len(left) != 0 {
		t.Errorf("the database that could not be made left %v", left)
	}

	// over a database that is there: it stays
	small := tiny(t, 1500)
	target := filepath.Join(small, "b.db")
	there := open(t, target)
	set(t, there, "name", "before")
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = database.Restore(t.Context(), whole, target, noon)
	wantsFull(t, err, target)
	again := open(t, target)
	if got := get(t, again, "name"); got != "before" {
		t.Errorf("after the failed restore the database holds %q, want \"before\"", got)
	}
	err = nil
	for n := 0; n < 100 && err == nil; n++ {
		err = again.Write(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?, ?)`, fmt.Sprint(n), strings.Repeat("more ", 10_000))
			return err
		})
	}
	wantsFull(t, err, target)
	if got := get(t, again, "name"); got != "before" {
		t.Errorf("after the failed write the database holds %q, want \"before\"", got)
	}
}
