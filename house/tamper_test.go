package house_test

import (
	"database/sql"
	"testing"

	"goodword/house"
)

// tamper does what nobody should: it changes a line of the audit log behind the program's back.
func tamper(t *testing.T, h *house.House) error {
	t.Helper()
	return h.DB.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE audit SET person = 'Somebody else'`)
		return err
	})
}
