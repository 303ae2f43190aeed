package database

import (
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"goodword/internal/disk"
	"goodword/internal/refusal"
)

// ErrNewer says that a later version of the program wrote the file.
var ErrNewer = errors.New("the database is of a newer version")

// ErrDamaged says that SQLite cannot read the file as a sound database.
var ErrDamaged = errors.New("the database is damaged")

// errLocked says that the file is there but cannot be used now.
var errLocked = errors.New("the database cannot be used")

// connect is the only place that names the driver.
func connect(path, extra string) (*sql.DB, error) { return sql.Open("sqlite", dsn(path, extra)) }

// explain turns the codes of SQLite that a person can act on into a sentence.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	var known *sqlite.Error
	if !errors.As(err, &known) {
		return disk.Explain(path, err)
	}
	say := func(kind error, text string) error {
		return refusal.Because(errors.Join(kind, err), text, path)
	}
	switch known.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return say(ErrDamaged, "The file %s is not a sound Goodword database")
	case sqlite3.SQLITE_FULL:
		return disk.Explain(path, errors.Join(disk.ErrFull, err))
	case sqlite3.SQLITE_CANTOPEN:
		return say(errLocked, "The database %s cannot be opened. Check that the folder exists and may be written")
	case sqlite3.SQLITE_READONLY:
		return say(errLocked, "The database %s may only be read. Check the permissions of the file")
	case sqlite3.SQLITE_BUSY:
		return say(errLocked, "Another program is writing to %s for longer than five seconds. Close it and try again")
	}
	return err
}
