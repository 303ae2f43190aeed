package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Vendors lists the register by name, those whose work has ended last.
func (s *Store) Vendors(ctx context.Context) ([]Vendor, error) {
	rows, err := s.db.Reader().QueryContext(ctx, vendorColumns+` ORDER BY ended_on <> '', name`)
	return database.List(rows, err, "read the vendors", scanVendor)
}

const vendorColumns = `SELECT id, name, service, sees, patients, assistant, agreement, signed_on, expires_on, review_on, contact, file, file_hash, note, ended_on, also FROM vendors`

func scanVendor(row database.Row) (Vendor, error) {
	var v Vendor
	err := row.Scan(&v.ID, &v.Name, &v.Service, &v.Sees, &v.Patients, &v.Assistant, &v.Agreement, &v.SignedOn, &v.ExpiresOn, &v.ReviewOn,
		&v.Contact, &v.File.Name, &v.File.Hash, &v.Note, &v.EndedOn, &v.Also)
	return v, err
}

// SaveVendor adds a vendor (ID 0) or changes one.
func (s *Store) SaveVendor(ctx context.Context, v Vendor, by audit.Actor) (Vendor, error) {
	v, err := v.ready()
	if err != nil {
		return v, err
	}
	v.ID, err = s.write(ctx, ChangedVendors, func(tx *sql.Tx) (int64, audit.Line, error) {
		before := ""
		if v.ID != 0 {
			old, err := scanVendor(tx.QueryRowContext(ctx, vendorColumns+` WHERE id = ?`, v.ID))
			if errors.Is(err, sql.ErrNoRows) {
				return 0, audit.Line{}, refusal.Because(ErrNotFound, "There is no vendor with number %d", v.ID)
			}
			if err != nil {
				return 0, audit.Line{}, err
			}
			before = database.Pack(old)
		}
		var other int64
		err := tx.QueryRowContext(ctx, `SELECT id FROM vendors WHERE name = ? AND id <> ?`, v.Name, v.ID).Scan(&other)
		if err == nil {
			return 0, audit.Line{}, fmt.Errorf("There is already a vendor named %s", v.Name)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return 0, audit.Line{}, err
		}
		if err := s.keepFile(ctx, tx, v.File); err != nil {
			return 0, audit.Line{}, err
		}
		v.File.data = ""
		id, err := database.Save(ctx, tx, v.ID,
			`INSERT INTO vendors (name, service, sees, patients, assistant, agreement, signed_on, expires_on, review_on, contact, file, file_hash, note, ended_on, also)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			`UPDATE vendors SET name = ?, service = ?, sees = ?, patients = ?, assistant = ?, agreement = ?, signed_on = ?, expires_on = ?, review_on = ?,
			contact = ?, file = ?, file_hash = ?, note = ?, ended_on = ?, also = ? WHERE id = ?`,
			v.Name, v.Service, v.Sees, v.Patients, v.Assistant, v.Agreement, v.SignedOn, v.ExpiresOn, v.ReviewOn, v.Contact, v.File.Name, v.File.Hash, v.Note, v.EndedOn, v.Also)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the vendor %s: %w", v.Name, err)
		}
		v.ID = id
		return id, audit.Line{Who: by, Did: "saved a vendor", Subject: fmt.Sprintf("vendor/%d", id), Before: before, After: database.Pack(v)}, nil
	})
	return v, err
}

// VendorHistory returns what was changed about a vendor, newest first.
func (s *Store) VendorHistory(ctx context.Context, id int64) ([]audit.Line, error) {
	return s.history(ctx, fmt.Sprintf("vendor/%d", id))
}
