package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"goodword/internal/clock"
	"goodword/internal/disk"
	"goodword/internal/refusal"
)

// BackupFolder is where copies of the database at path are kept: beside it.
func BackupFolder(path string) string { return filepath.Join(filepath.Dir(path), "backups") }

// Backup writes a copy of the open database to file while the program goes on working. The copy appears under its name only
// when it is whole and has been checked.
func (db *DB) Backup(ctx context.Context, file string) error {
	if same, _ := samePath(file, db.path); same {
		return fmt.Errorf("A backup cannot be written over the database itself: %s", file)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Errorf("The name %s is a folder. Name the file in it that the backup becomes", file)
	}
	part := file + ".part"
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("The folder for the backup cannot be made: %w", disk.Explain(file, err))
	}
	if err := errors.Join(removeAll(part), claim(part)); err != nil {
		return disk.Explain(file, err)
	}
	if err := vacuumInto(ctx, db.reader, part); err != nil {
		return errors.Join(explain(file, err), removeAll(part))
	}
	if err := CheckFile(ctx, part); err != nil {
		return errors.Join(explain(file, err), removeAll(part))
	}
	if err := os.Rename(part, file); err != nil {
		return errors.Join(fmt.Errorf("The backup %s cannot be written: %w", file, err), removeAll(part))
	}
	return nil
}

// replaced begins the name of what a restore moved aside: it is kept, but it is no backup, for it may be what was damaged.
const replaced = "replaced-"

// LastBackup is the newest copy in the backup folder of the database at path, or "" if there is none.
func LastBackup(path string) string {
	files, _ := filepath.Glob(filepath.Join(BackupFolder(path), "*.db"))
	files = slices.DeleteFunc(files, func(file string) bool { return strings.HasPrefix(filepath.Base(file), replaced) })
	sort.Slice(files, func(i, j int) bool { return modified(files[i]) < modified(files[j]) })
	if len(files) == 0 {
		return ""
	}
	return files[len(files)-1]
}

func modified(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.ModTime().UnixNano()
}

// Restore puts the backup in file in the place of the database at path, which must not be open. The backup is copied, opened, brought up
// to date and checked before anything is replaced; what stood at path is kept in the backup folder, and its name is returned.
func Restore(ctx context.Context, file, path string, now clock.Clock) (kept string, err error) {
	if same, _ := samePath(file, path); same {
		return "", fmt.Errorf("The file %s is the database itself. Name the backup to restore", file)
	}
	if err := CheckFile(ctx, file); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("The folder for the database cannot be made: %w", disk.Explain(path, err))
	}
	fresh := path + ".restoring"
	if err := removeAll(fresh); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, removeAll(fresh)) }()
	if err := prove(ctx, file, fresh, now); err != nil {
		return "", disk.Explain(path, err)
	}
	if kept, err = SetAside(path, now); err != nil {
		return "", disk.Explain(path, err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return "", errors.Join(fmt.Errorf("The database %s cannot be put in its place: %w", path, err), putBack(kept, path))
	}
	return kept, nil
}

// prove makes fresh a copy of the backup that is up to date and sound.
func prove(ctx context.Context, file, fresh string, now clock.Clock) error {
	if err := copyFile(file, fresh); err != nil {
		return fmt.Errorf("The backup %s cannot be copied: %w", file, err)
	}
	proof, err := Open(ctx, fresh, now)
	if err != nil {
		return err
	}
	return errors.Join(proof.Check(ctx), proof.settle(ctx), proof.Close())
}

// putBack undoes SetAside.
func putBack(kept, path string) error {
	if kept == "" {
		return nil
	}
	return move(kept, path)
}

// tails are the files that SQLite keeps beside a database: the log and its index belong to the file and must move with it.
var tails = []string{"", "-wal", "-shm", "-journal"}

// SetAside moves the database at path, which must not be open, into the backup folder and returns where it is kept; "" if there is none.
func SetAside(path string, now clock.Clock) (kept string, err error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err := os.MkdirAll(BackupFolder(path), 0o700); err != nil {
		return "", fmt.Errorf("The folder for backups cannot be made: %w", err)
	}
	name := filepath.Join(BackupFolder(path), replaced+now().UTC().Format("20060102-150405"))
	kept = name + ".db"
	for n := 2; isThere(kept); n++ {
		kept = fmt.Sprintf("%s-%d.db", name, n)
	}
	if err := move(path, kept); err != nil {
		return "", fmt.Errorf("The present database cannot be moved aside. Close Goodword and try again: %w", err)
	}
	return kept, nil
}

// move renames a database with what SQLite keeps beside it.
func move(from, to string) error {
	for _, tail := range tails {
		if err := os.Rename(from+tail, to+tail); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// settle writes the log back into the file, so that the file alone is the whole database.
func (db *DB) settle(ctx context.Context) error {
	_, err := db.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return explain(db.path, err)
}

// Check reads the whole open database and returns ErrDamaged, wrapped, if a page, an index or a reference does not hold.
func (db *DB) Check(ctx context.Context) error {
	if err := pragmaIsOK(ctx, db.reader, `PRAGMA integrity_check(5)`); err != nil {
		return explain(db.path, err)
	}
	rows, err := db.reader.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return explain(db.path, err)
	}
	defer func() { _ = rows.Close() }()
	if rows.Next() {
		return refusal.Because(ErrDamaged, "A record in %s points to one that is missing", db.path)
	}
	return rows.Err()
}

// CheckFile proves that file is a sound Goodword database without changing it.
func CheckFile(ctx context.Context, file string) error {
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return refusal.Because(err, "There is no file %s", file)
	} else if err != nil {
		return fmt.Errorf("The file %s cannot be read: %w", file, err)
	}
	db, err := connect(file, "mode=ro")
	if err != nil {
		return explain(file, err)
	}
	defer func() { _ = db.Close() }()
	if err := pragmaIsOK(ctx, db, `PRAGMA integrity_check(5)`); err != nil {
		return explain(file, err)
	}
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&tables); err != nil {
		return explain(file, err)
	}
	if tables == 0 {
		return fmt.Errorf("The file %s is a database, but not one of Goodword's", file)
	}
	return knownSchema(ctx, db, file)
}

// knownSchema refuses a file that a later program wrote.
func knownSchema(ctx context.Context, db *sql.DB, file string) error {
	latest, err := Latest()
	if err != nil {
		return err
	}
	var have int64
	if err := db.QueryRowContext(ctx, `SELECT IFNULL(MAX(version_id), 0) FROM goose_db_version WHERE is_applied = 1`).Scan(&have); err != nil {
		return explain(file, err)
	}
	if have > latest {
		return tooNew(file, have, latest)
	}
	return nil
}

func tooNew(file string, have, latest int64) error {
	return refusal.Because(ErrNewer, "The database %s was written by a newer Goodword (schema %d, this program knows %d). Install the newer program",
		file, have, latest)
}

func quickCheck(ctx context.Context, db *sql.DB) error {
	return pragmaIsOK(ctx, db, `PRAGMA schema_version`)
}

func pragmaIsOK(ctx context.Context, db *sql.DB, pragma string) error {
	var answer string
	if err := db.QueryRowContext(ctx, pragma).Scan(&answer); err != nil {
		return err
	}
	if strings.HasPrefix(pragma, "PRAGMA integrity_check") && answer != "ok" {
		return refusal.Because(ErrDamaged, "The database is not sound (%s). Restore the last backup", answer)
	}
	return nil
}

func vacuumInto(ctx context.Context, db *sql.DB, file string) error {
	_, err := db.ExecContext(ctx, `VACUUM INTO ?`, file)
	return err
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return errors.Join(err, out.Close())
	}
	return errors.Join(out.Sync(), out.Close())
}

func removeIfThere(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// removeAll removes a database with what SQLite keeps beside it.
func removeAll(path string) error {
	var errs []error
	for _, tail := range tails {
		errs = append(errs, removeIfThere(path+tail))
	}
	return errors.Join(errs...)
}

func isThere(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func samePath(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	if err != nil {
		return false, err
	}
	return os.SameFile(x, y), nil
}
