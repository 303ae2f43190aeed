package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

const ownColumns = `SELECT id, group_id, text, level, evidence, months, basis, added_on, added_by FROM checklist_own`

func scanOwn(row database.Row) (OwnItem, error) {
	var o OwnItem
	err := row.Scan(&o.ID, &o.GroupID, &o.Text, &o.Level, &o.Evidence, &o.Months, &o.Basis, &o.AddedOn, &o.AddedBy)
	return o, err
}

func (s *Store) ownItems(ctx context.Context) ([]OwnItem, error) {
	rows, err := s.db.Reader().QueryContext(ctx, ownColumns+` WHERE removed = 0 ORDER BY id`)
	return database.List(rows, err, "read the own items of the checklist", scanOwn)
}

// OwnItem returns an item that the practice added.
func (s *Store) OwnItem(ctx context.Context, id int64) (OwnItem, error) {
	o, err := scanOwn(s.db.Reader().QueryRowContext(ctx, ownColumns+` WHERE id = ? AND removed = 0`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return o, refusal.Because(ErrNotFound, "The checklist has no own item with number %d", id)
	}
	return o, err
}

// SaveOwnItem adds an item to the checklist (ID 0) or changes one of the practice's own.
func (s *Store) SaveOwnItem(ctx context.Context, o OwnItem, by audit.Actor) (OwnItem, error) {
	o, err := o.ready()
	if err == nil {
		err = s.mustLead(ctx, by, "The checklist is changed")
	}
	if err != nil {
		return o, err
	}
	before := ""
	if o.ID == 0 {
		if o.AddedOn, err = s.today(ctx); err != nil {
			return o, err
		}
		o.AddedBy = by.Name
	} else {
		old, err := s.OwnItem(ctx, o.ID)
		if err != nil {
			return o, err
		}
		before, o.AddedOn, o.AddedBy = database.Pack(old), old.AddedOn, old.AddedBy
	}
	o.ID, err = s.write(ctx, ChangedChecklist, func(tx *sql.Tx) (int64, audit.Line, error) {
		id, err := database.Save(ctx, tx, o.ID, `INSERT INTO checklist_own (group_id, text, level, evidence, months, basis, added_on, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			`UPDATE checklist_own SET group_id = ?, text = ?, level = ?, evidence = ?, months = ?, basis = ?, added_on = ?, added_by = ? WHERE id = ?`,
			o.GroupID, o.Text, o.Level, o.Evidence, o.Months, o.Basis, o.AddedOn, o.AddedBy)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the item %q: %w", o.Text, err)
		}
		o.ID = id
		return id, audit.Line{Who: by, Did: "saved an own item of the checklist", Subject: fmt.Sprintf("own/%d", id), Before: before, After: database.Pack(o)}, nil
	})
	return o, err
}

// RemoveOwnItem takes an own item off the checklist, or puts it back. Its answers stay on record.
func (s *Store) RemoveOwnItem(ctx context.Context, id int64, removed bool, by audit.Actor) error {
	if err := s.mustLead(ctx, by, "The checklist is changed"); err != nil {
		return err
	}
	did := map[bool]string{true: "took an own item off the checklist", false: "put an own item back on the checklist"}[removed]
	_, err := s.write(ctx, ChangedChecklist, func(tx *sql.Tx) (int64, audit.Line, error) {
		result, err := tx.ExecContext(ctx, `UPDATE checklist_own SET removed = ? WHERE id = ?`, removed, id)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("change the own items: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return 0, audit.Line{}, refusal.Because(ErrNotFound, "The checklist has no own item with number %d", id)
		}
		return id, audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("own/%d", id)}, nil
	})
	return err
}

// ChecklistSince is what changed on the checklist since the end of the given day, by the audit log.
func (s *Store) ChecklistSince(ctx context.Context, day string) (Since, error) {
	if _, err := time.Parse(practice.Day, day); err != nil {
		return Since{}, fmt.Errorf("The day %q is not a day such as 2026-11-22", day)
	}
	groups, err := s.Checklist(ctx)
	if err != nil {
		return Since{}, err
	}
	own, err := s.ownItems(ctx)
	if err != nil {
		return Since{}, err
	}
	added := map[string]string{}
	for _, o := range own {
		added[o.ItemID()] = o.AddedOn
	}
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return Since{}, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT at, person, subject, after FROM audit WHERE subject >= 'checklist/' AND subject < 'checklist0' ORDER BY id`)
	lines, err := database.List(rows, err, "read what changed on the checklist", func(row database.Row) (line audit.Line, err error) {
		var at int64
		err = row.Scan(&at, &line.Who.Name, &line.Subject, &line.After)
		line.At = clock.Unix(at)
		return line, err
	})
	if err != nil {
		return Since{}, err
	}
	return compare(groups, lines, day, Today(s.now(), p), p.Location(), added), nil
}
