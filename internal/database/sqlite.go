package database

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNewer says that a later version of the program wrote the file.
var ErrNewer = errors.New("the database is of a newer version")

// ErrDamaged says that SQLite cannot read the file as a sound database.
var ErrDamaged = errors.New("the database is damaged")

// ErrFull says that the disk has no room left.
var ErrFull = errors.New("the disk is full")

// connect is the only place that names the driver.
func connect(path, extra string) (*sql.DB, error) { return sql.Open("sqlite", dsn(path, extra)) }

// explain turns the codes of SQLite that a person can act on into a sentence.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	var known *sqlite.Error
	if !errors.As(err, &known) {
		return err
	}
	switch known.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("The file %s is not a sound Goodword database. Restore the last backup with \"goodwordctl restore FILE\": %w (%v)", path, ErrDamaged, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("The disk that holds %s is full. Nothing was lost; make room and try again: %w (%v)", path, ErrFull, err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("The database %s cannot be opened. Check that the folder exists and may be written: %w", path, err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("The database %s may only be read. Check the permissions of the file: %w", path, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("Another program is writing to %s for longer than five seconds. Close it and try again: %w", path, err)
	}
	return err
}
