package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"

	"goodword/internal/clock"
)

//go:embed migrations/*.sql
var migrations embed.FS

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files)
}

// Latest is the schema version that this program writes.
func Latest() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	return int64(len(files)), err
}

// migrate brings the schema to the latest version; goose commits each step with its record. A file of a later version is refused
// untouched, and a file of an earlier one is copied first.
func (db *DB) migrate(ctx context.Context, now clock.Clock) error {
	steps, err := provider(db.writer)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	have, want, err := steps.GetVersions(ctx)
	if err != nil {
		return err
	}
	switch {
	case have > want:
		return tooNew(db.path, have, want)
	case have == want:
		return nil
	case have > 0:
		if err := db.copyBefore(ctx, have, now); err != nil {
			return err
		}
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("bring the database from schema %d to %d: %w", have, want, err)
	}
	return nil
}

// copyBefore leaves a copy named for the version and the moment, so that a bad step can be gone back on.
func (db *DB) copyBefore(ctx context.Context, version int64, now clock.Clock) error {
	name := fmt.Sprintf("before-schema-%d-%s.db", version, now().UTC().Format("20060102-150405"))
	folder := BackupFolder(db.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("The folder for backups %s cannot be made: %w", folder, err)
	}
	return vacuumInto(ctx, db.writer, filepath.Join(folder, name))
}

// Version is the schema version of the open file.
func (db *DB) Version(ctx context.Context) (int64, error) {
	var version int64
	err := db.reader.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied = 1`).Scan(&version)
	return version, err
}
