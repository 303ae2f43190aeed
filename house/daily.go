package house

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"goodword/internal/database"
)

// kept is how many daily backups stay.
const kept = 7

// DailyBackup makes the backup of the day if there is none yet, and lets the oldest go. An empty practice needs none.
func (h *House) DailyBackup(ctx context.Context) error {
	if _, err := h.Practices.Get(ctx); err != nil {
		return nil
	}
	folder := database.BackupFolder(h.DB.Path())
	file := filepath.Join(folder, "daily-"+h.Now().Format(time.DateOnly)+".db")
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	if err := h.DB.Backup(ctx, file); err != nil {
		return err
	}
	daily, err := filepath.Glob(filepath.Join(folder, "daily-*.db"))
	if err != nil {
		return err
	}
	slices.Sort(daily)
	var errs []error
	for _, old := range daily[:max(0, len(daily)-kept)] {
		errs = append(errs, os.Remove(old))
	}
	return errors.Join(errs...)
}
