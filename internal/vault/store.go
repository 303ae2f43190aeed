package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/clock"
)

// record is the vault as the database has it: nothing in it opens anything by itself.
type record struct {
	name                 string
	proof, wrapped, salt []byte
}

// fits reports whether a key is the one of the vault.
func (r record) fits(key *[keySize]byte) bool {
	plain, ok := unseal(r.proof, key)
	return ok && string(plain) == string(known)
}

func (v *Vault) read(ctx context.Context) (r record, there bool, err error) {
	err = v.db.Reader().QueryRowContext(ctx, `SELECT name, proof, wrapped, salt FROM vault WHERE id = 1`).Scan(&r.name, &r.proof, &r.wrapped, &r.salt)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("read the vault: %w", err)
	}
	return r, true, nil
}

// write stores the vault. The proof of one that is there already is never written over: with it went all the notes.
func (v *Vault) write(ctx context.Context, r record, did string, by audit.Actor) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO vault (id, name, proof, wrapped, salt, made) VALUES (1, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped, salt = excluded.salt WHERE proof = excluded.proof`,
			r.name, r.proof, r.wrapped, r.salt, clock.Seconds(v.now()))
		if err != nil {
			return fmt.Errorf("store the vault: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrThere)
		}
		return audit.Append(ctx, tx, v.now(), audit.Line{Who: by, Did: did, Subject: "vault"})
	})
}

// note puts a line into the audit log.
func (v *Vault) note(ctx context.Context, did string, by audit.Actor) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		return audit.Append(ctx, tx, v.now(), audit.Line{Who: by, Did: did, Subject: "vault"})
	})
}
