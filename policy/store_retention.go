package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// ChangedHolds is the kind of Change after which something else is kept.
const ChangedHolds = "retention"

const settingKeep = "keep.years"

// KeepFor returns for how many years the practice keeps its records: as the setting says, and never less than the policy in force promises.
func (s *Store) KeepFor(ctx context.Context) (int, error) {
	set, promised, err := s.keeps(ctx)
	return max(set, promised, KeepYears), err
}

// keeps are the years that were set and those that the policy in force promises; 0 where nothing was said.
func (s *Store) keeps(ctx context.Context) (set, promised int, err error) {
	text, err := s.practices.Setting(ctx, settingKeep)
	if err != nil {
		return 0, 0, err
	}
	set, _ = strconv.Atoi(text)
	v, err := s.InForce(ctx)
	if errors.Is(err, ErrNotFound) {
		return set, 0, nil
	}
	return set, v.Keeps(), err
}

// KeepGround is where the number of years comes from: the rule, or the practice's own setting with its day.
func (s *Store) KeepGround(ctx context.Context) (Basis, error) {
	set, promised, err := s.keeps(ctx)
	years := max(set, promised, KeepYears)
	if err != nil || years == KeepYears {
		return KeepBasis(), err
	}
	if promised > set {
		v, err := s.InForce(ctx)
		return Basis{Basis: fmt.Sprintf("version %d of the policy says %d years; the rule asks for %d", v.Number, years, KeepYears), Source: "the policy of the practice", Status: StatusPractice, Checked: v.From}, err
	}
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return Basis{}, err
	}
	lines, err := s.history(ctx, "setting/"+settingKeep)
	if err != nil || len(lines) == 0 {
		return KeepBasis(), err
	}
	return Basis{Basis: fmt.Sprintf("%s chose %d years; the rule asks for %d", lines[0].Who.Name, years, KeepYears), Source: "the setting of the practice", Status: StatusPractice, Checked: Today(lines[0].At, p)}, nil
}

// SetKeepFor sets it. Less than six years is refused.
func (s *Store) SetKeepFor(ctx context.Context, years int, by audit.Actor) error {
	if years < KeepYears || years > mostKeepYears {
		return refusal.Because(ErrStep, "Records are kept for %d to %d years; %s asks for six", KeepYears, mostKeepYears, KeepBasis().Basis)
	}
	if err := s.mayHold(ctx, by); err != nil {
		return err
	}
	_, promised, err := s.keeps(ctx)
	if err != nil {
		return err
	}
	if years < promised {
		return refusal.Because(ErrStep, "The policy in force says %d years. Put one in force that says less first", promised)
	}
	if err := s.practices.SetSetting(ctx, settingKeep, strconv.Itoa(years), by); err != nil {
		return err
	}
	s.tell(ChangedHolds, 0)
	return nil
}

func (s *Store) mayHold(ctx context.Context, by audit.Actor) error {
	p, err := s.practices.Person(ctx, by.ID)
	if errors.Is(err, practice.ErrNotFound) {
		return refusal.Because(ErrRights, "Choose who is working first: what is kept is decided by a named person")
	}
	if err != nil {
		return err
	}
	if !p.Role.MayApprove() {
		return refusal.Because(ErrRights, "What is kept is decided by the owner, the compliance officer or a manager")
	}
	return nil
}

// Holds lists all legal holds, those that stand first.
func (s *Store) Holds(ctx context.Context) ([]Hold, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, subject, reason, since, by, ended, ended_by FROM legal_holds ORDER BY ended > 0, since DESC, id DESC`)
	return database.List(rows, err, "read the legal holds", func(row database.Row) (h Hold, err error) {
		var since, ended int64
		err = row.Scan(&h.ID, &h.Subject, &h.Reason, &since, &h.By, &ended, &h.EndedBy)
		h.Since, h.Ended = clock.Unix(since), clock.Unix(ended)
		return h, err
	})
}

// holdable are the kinds of records that a hold may name.
func holdable() []string { return []string{"person", "policy", "incident", "vendor"} }

// PlaceHold puts a legal hold on a record ("person/3"), or with an empty subject on everything.
func (s *Store) PlaceHold(ctx context.Context, subject, reason string, by audit.Actor) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return refusal.Because(ErrStep, "A legal hold needs a reason, such as the letter that asked for it")
	}
	if kind, id, found := strings.Cut(subject, "/"); subject != "" {
		if _, err := strconv.ParseInt(id, 10, 64); err != nil || !found || !slices.Contains(holdable(), kind) {
			return refusal.Because(ErrStep, "A legal hold is on everything, or on a record such as person/3. The kinds are %s", strings.Join(holdable(), ", "))
		}
	}
	if err := s.mayHold(ctx, by); err != nil {
		return err
	}
	_, err := s.write(ctx, ChangedHolds, func(tx *sql.Tx) (int64, audit.Line, error) {
		result, err := tx.ExecContext(ctx, `INSERT INTO legal_holds (subject, reason, since, by) VALUES (?, ?, ?, ?)`, subject, reason, clock.Seconds(s.now()), by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("place the legal hold: %w", err)
		}
		id, err := result.LastInsertId()
		return id, audit.Line{Who: by, Did: "placed a legal hold", Subject: fmt.Sprintf("hold/%d", id), After: Hold{Subject: subject}.On() + ": " + reason}, err
	})
	return err
}

// EndHold ends a legal hold; the record of it stays.
func (s *Store) EndHold(ctx context.Context, id int64, by audit.Actor) error {
	if err := s.mayHold(ctx, by); err != nil {
		return err
	}
	_, err := s.write(ctx, ChangedHolds, func(tx *sql.Tx) (int64, audit.Line, error) {
		done, err := tx.ExecContext(ctx, `UPDATE legal_holds SET ended = ?, ended_by = ? WHERE id = ? AND ended = 0`, clock.Seconds(s.now()), by.Name, id)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("end the legal hold: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return 0, audit.Line{}, refusal.Because(ErrNotFound, "No legal hold with number %d stands", id)
		}
		return id, audit.Line{Who: by, Did: "ended a legal hold", Subject: fmt.Sprintf("hold/%d", id)}, nil
	})
	return err
}

// Kept lists every record of conduct with the day until which it is kept, the oldest first. Nothing is ever deleted by it.
func (s *Store) Kept(ctx context.Context) ([]KeptRecord, error) {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	b := Books{Zone: p.Location()}
	var errs [9]error
	b.Years, errs[0] = s.KeepFor(ctx)
	b.Versions, errs[1] = s.Versions(ctx)
	b.Signatures, errs[2] = s.EverySignature(ctx)
	b.Refusals, errs[3] = s.Refusals(ctx)
	b.Results, errs[4] = s.Results(ctx)
	b.Vendors, errs[5] = s.Vendors(ctx)
	b.Incidents, errs[6] = s.Incidents(ctx)
	b.People, errs[7] = s.practices.People(ctx)
	b.Holds, errs[8] = s.Holds(ctx)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return Retain(b, Today(s.now(), p)), nil
}
