// Package database opens the one SQLite file of a practice: pragmas, pools, migrations, backup and restore.
// It knows no domain; each domain keeps its own SQL in its own store.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"goodword/internal/clock"
	"goodword/internal/disk"
)

// DB is an open database: one connection that writes, several that read.
type DB struct {
	path   string
	writer *sql.DB
	reader *sql.DB
}

// Querier is what reads need: a *sql.DB of readers or a *sql.Tx.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readers is how many reads may run beside the one writer; two cores gain nothing from more.
const readers = 4

// Open opens the file at path, makes it if it is missing, and brings its schema up to date; before a schema change it
// leaves a copy beside the file. The error is ErrNewer when a later program wrote the file and ErrDamaged when SQLite
// cannot read it; both are wrapped in a sentence for the user.
func Open(ctx context.Context, path string, now clock.Clock) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("The folder for the database %s cannot be made: %w", path, err)
	}
	db := &DB{path: path}
	fresh := !isThere(path)
	err := claim(path)
	if err != nil {
		return nil, disk.Explain(path, err)
	}
	if db.writer, err = connect(path, "_txlock=immediate"); err != nil {
		return nil, explain(path, err)
	}
	db.writer.SetMaxOpenConns(1)
	if err := db.prepare(ctx, now); err != nil {
		err = errors.Join(explain(path, err), db.writer.Close())
		if fresh && errors.Is(err, disk.ErrFull) {
			err = errors.Join(err, removeAll(path)) // nothing is in it yet
		}
		return nil, err
	}
	if db.reader, err = connect(path, "mode=ro"); err != nil {
		return nil, errors.Join(explain(path, err), db.writer.Close())
	}
	db.reader.SetMaxOpenConns(readers)
	db.reader.SetMaxIdleConns(readers)
	return db, nil
}

// claim makes a missing file before SQLite does, for nobody but its owner to read; the log beside it gets the same rights.
func claim(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		return file.Close()
	case errors.Is(err, fs.ErrExist):
		return nil
	}
	return fmt.Errorf("The database %s cannot be made. Check that the folder may be written: %w", path, err)
}

func (db *DB) prepare(ctx context.Context, now clock.Clock) error {
	if err := quickCheck(ctx, db.writer); err != nil {
		return err
	}
	return db.migrate(ctx, now)
}

// Path is the file that is open.
func (db *DB) Path() string { return db.path }

// Close ends all connections.
func (db *DB) Close() error { return errors.Join(db.reader.Close(), db.writer.Close()) }

// Reader is the pool for reads; it refuses writes and never waits for the writer.
func (db *DB) Reader() *sql.DB { return db.reader }

// Write runs do in one short write transaction and commits it, or rolls all of it back when do returns an error.
func (db *DB) Write(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(db.path, err)
	}
	if err := do(tx); err != nil {
		return explain(db.path, errors.Join(err, ignoreDone(tx.Rollback())))
	}
	return explain(db.path, tx.Commit())
}

// Read runs do in one read transaction, so that several queries see the same moment.
func (db *DB) Read(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(db.path, err)
	}
	defer func() { _ = tx.Rollback() }()
	return do(tx)
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// dsn names the pragmas with the file: set by Exec they would reach one connection of a pool only.
func dsn(path, extra string) string {
	pragmas := "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-20000)"
	if extra == "mode=ro" {
		pragmas = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)" +
			"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-4000)"
	}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return file.String() + "?" + pragmas + "&" + extra
}
