package database

import "context"

// ChangedElsewhere is a number that is another one after another program wrote to the file. What this program writes leaves it as it is, for
// the one connection that writes is the one that is asked.
func (db *DB) ChangedElsewhere(ctx context.Context) (version int64, err error) {
	err = db.writer.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version)
	return version, explain(db.path, err)
}
