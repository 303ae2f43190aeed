package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Vendors lists the register by name, those whose work has ended last.
func (s *Store) Vendors(ctx context.Context) ([]Vendor, error) {
	rows, err := s.db.Reader().QueryContext(ctx, vendorColumns+` ORDER BY ended_on <> '', name`)
	if err != nil {
		return nil, fmt.Errorf("read the vendors: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Vendor
	for rows.Next() {
		v, err := scanVendor(rows)
		if err != nil {
			return nil, fmt.Errorf("read the vendors: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

const vendorColumns = `SELECT id, name, service, sees, patients, assistant, agreement, signed_on, expires_on, review_on, contact, file, file_hash, note, ended_on FROM vendors`

func scanVendor(row interface{ Scan(...any) error }) (Vendor, error) {
	var v Vendor
	err := row.Scan(&v.ID, &v.Name, &v.Service, &v.Sees, &v.Patients, &v.Assistant, &v.Agreement, &v.SignedOn, &v.ExpiresOn, &v.ReviewOn,
		&v.Contact, &v.File.Name, &v.File.Hash, &v.Note, &v.EndedOn)
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
		id, err := database.Save(ctx, tx, v.ID,
			`INSERT INTO vendors (name, service, sees, patients, assistant, agreement, signed_on, expires_on, review_on, contact, file, file_hash, note, ended_on)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			`UPDATE vendors SET name = ?, service = ?, sees = ?, patients = ?, assistant = ?, agreement = ?, signed_on = ?, expires_on = ?, review_on = ?,
			contact = ?, file = ?, file_hash = ?, note = ?, ended_on = ? WHERE id = ?`,
			v.Name, v.Service, v.Sees, v.Patients, v.Assistant, v.Agreement, v.SignedOn, v.ExpiresOn, v.ReviewOn, v.Contact, v.File.Name, v.File.Hash, v.Note, v.EndedOn)
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

const incidentColumns = `SELECT id, title, what, place, noticed, reported_by, mention_id, spotlight_id, steps, decision, lesson, closed FROM incidents`

func scanIncident(row interface{ Scan(...any) error }) (Incident, error) {
	var i Incident
	var noticed, closed int64
	var steps string
	err := row.Scan(&i.ID, &i.Title, &i.What, &i.Place, &noticed, &i.ReportedBy, &i.MentionID, &i.SpotlightID, &steps, &i.Decision, &i.Lesson, &closed)
	if err != nil {
		return i, err
	}
	i.Noticed, i.Closed, i.Steps = clock.Unix(noticed), clock.Unix(closed), map[string]Tick{}
	return i, database.Unpack(steps, &i.Steps)
}

// Incidents lists the register, open ones first, then the newest first.
func (s *Store) Incidents(ctx context.Context) ([]Incident, error) {
	rows, err := s.db.Reader().QueryContext(ctx, incidentColumns+` ORDER BY closed > 0, noticed DESC, id DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the incidents: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Incident
	for rows.Next() {
		i, err := scanIncident(rows)
		if err != nil {
			return nil, fmt.Errorf("read the incidents: %w", err)
		}
		all = append(all, i)
	}
	return all, rows.Err()
}

func incident(ctx context.Context, q database.Querier, id int64) (Incident, error) {
	i, err := scanIncident(q.QueryRowContext(ctx, incidentColumns+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return i, refusal.Because(ErrNotFound, "There is no incident with number %d", id)
	}
	return i, err
}

// SaveIncident adds an incident (ID 0) or changes its words; steps, and whether it is closed, are changed by TickStep and CloseIncident only.
func (s *Store) SaveIncident(ctx context.Context, i Incident, by audit.Actor) (Incident, error) {
	i.Title = strings.TrimSpace(i.Title)
	if i.Title == "" {
		return i, errors.New("An incident needs a title, such as \"Reply named a treatment\"")
	}
	if i.Noticed.IsZero() {
		i.Noticed = s.now()
	}
	if i.ReportedBy == "" {
		i.ReportedBy = by.Name
	}
	return s.changeIncident(ctx, i.ID, "saved an incident", by, func(old Incident) (Incident, error) {
		i.ID, i.Steps, i.Closed = old.ID, old.Steps, old.Closed
		return i, nil
	})
}

// TickStep marks a step of the playbook as done, or as not done.
func (s *Store) TickStep(ctx context.Context, id int64, step string, done bool, by audit.Actor) (Incident, error) {
	if !slices.ContainsFunc(FirstHour().Steps, func(p PlayStep) bool { return p.ID == step }) {
		return Incident{}, refusal.Because(ErrNotFound, "The playbook has no step %q", step)
	}
	return s.changeIncident(ctx, id, "ticked a step of an incident", by, func(i Incident) (Incident, error) {
		if !i.Closed.IsZero() {
			return i, refusal.Because(ErrStep, "The incident is closed")
		}
		delete(i.Steps, step)
		if done {
			i.Steps[step] = Tick{At: clock.Unix(clock.Seconds(s.now())), By: by.Name}
		}
		return i, nil
	})
}

// CloseIncident closes an incident, or opens it again. Closing asks for a decision in words.
func (s *Store) CloseIncident(ctx context.Context, id int64, closed bool, by audit.Actor) (Incident, error) {
	return s.changeIncident(ctx, id, map[bool]string{true: "closed an incident", false: "reopened an incident"}[closed], by, func(i Incident) (Incident, error) {
		if closed && strings.TrimSpace(i.Decision) == "" {
			return i, refusal.Because(ErrStep, "Before an incident is closed, write down what was decided about notice")
		}
		i.Closed = clock.Unix(0)
		if closed {
			i.Closed = clock.Unix(clock.Seconds(s.now()))
		}
		return i, nil
	})
}

func (s *Store) changeIncident(ctx context.Context, id int64, did string, by audit.Actor, change func(Incident) (Incident, error)) (Incident, error) {
	var i Incident
	_, err := s.write(ctx, ChangedIncidents, func(tx *sql.Tx) (int64, audit.Line, error) {
		old, before := Incident{Steps: map[string]Tick{}}, ""
		if id != 0 {
			var err error
			if old, err = incident(ctx, tx, id); err != nil {
				return 0, audit.Line{}, err
			}
			before = database.Pack(old)
		}
		var err error
		if i, err = change(old); err != nil {
			return 0, audit.Line{}, err
		}
		i.ID, err = database.Save(ctx, tx, i.ID,
			`INSERT INTO incidents (title, what, place, noticed, reported_by, mention_id, spotlight_id, steps, decision, lesson, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			`UPDATE incidents SET title = ?, what = ?, place = ?, noticed = ?, reported_by = ?, mention_id = ?, spotlight_id = ?, steps = ?, decision = ?, lesson = ?, closed = ? WHERE id = ?`,
			i.Title, i.What, i.Place, clock.Seconds(i.Noticed), i.ReportedBy, i.MentionID, i.SpotlightID, database.Pack(i.Steps), i.Decision, i.Lesson, clock.Seconds(i.Closed))
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the incident: %w", err)
		}
		return i.ID, audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("incident/%d", i.ID), Before: before, After: database.Pack(i)}, nil
	})
	return i, err
}

// IncidentHistory returns the timeline of an incident, newest first.
func (s *Store) IncidentHistory(ctx context.Context, id int64) ([]audit.Line, error) {
	return s.history(ctx, fmt.Sprintf("incident/%d", id))
}
