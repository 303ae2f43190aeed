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
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// Propose keeps a near-miss as a candidate for the training, or the new words of one that is not decided yet. draft and names are compared with the
// words and not kept. A draft gives one near-miss.
func (s *Store) Propose(ctx context.Context, n NearMiss, draft string, names []string, by audit.Actor) (NearMiss, error) {
	if !Teaches(n.Rule) {
		return n, refusal.Because(ErrStep, "A finding of the kind %q makes no question", n.Rule)
	}
	n.Text = strings.TrimSpace(n.Text)
	if err := Identifying(n.Text, draft, names); err != nil {
		return n, err
	}
	n.Status, n.Made, n.MadeBy = MissCandidate, s.moment(), by.Name
	_, err := s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		err := tx.QueryRowContext(ctx, `INSERT INTO near_misses (draft_id, rule, text, status, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (draft_id) DO UPDATE SET text = excluded.text, made_at = excluded.made_at, made_by = excluded.made_by WHERE status = 'candidate'
			RETURNING id`, n.DraftID, n.Rule, n.Text, n.Status, clock.Seconds(n.Made), n.MadeBy).Scan(&n.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, audit.Line{}, refusal.Because(ErrStep, "This near-miss was decided already")
		}
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("keep the near-miss: %w", err)
		}
		return 0, audit.Line{Who: by, Did: "proposed a near-miss for the training", Subject: fmt.Sprintf("near-miss/%d", n.ID), After: database.Pack(n)}, nil
	})
	return n, err
}

// missSteps are the statuses from which a near-miss comes to another.
var missSteps = map[MissStatus][]MissStatus{
	MissApproved:  {MissCandidate, MissDeclined, MissWithdrawn},
	MissDeclined:  {MissCandidate},
	MissWithdrawn: {MissApproved},
}

// Decide lets a near-miss into the training, keeps it out, or takes it out again. The compliance officer decides; where there is none, the owner.
// Nobody decides on their own proposal while there is somebody else who could.
func (s *Store) Decide(ctx context.Context, id int64, to MissStatus, note string, by audit.Actor) (NearMiss, error) {
	n, err := s.nearMiss(ctx, id)
	if err != nil {
		return n, err
	}
	if !slices.Contains(missSteps[to], n.Status) {
		return n, refusal.Because(ErrStep, "A near-miss that is %s cannot become %s", n.Status, to)
	}
	if err := s.isOfficer(ctx, by, "decides what becomes an example"); err != nil {
		return n, err
	}
	before := n.Status
	n.Status, n.By, n.Note, n.Decided = to, by.Name, strings.TrimSpace(note), s.moment()
	_, err = s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		_, err := tx.ExecContext(ctx, `UPDATE near_misses SET status = ?, decided_at = ?, decided_by = ?, note = ? WHERE id = ?`, n.Status, clock.Seconds(n.Decided), n.By, n.Note, id)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("decide on the near-miss: %w", err)
		}
		return 0, audit.Line{Who: by, Did: "decided on a near-miss: " + string(to), Subject: fmt.Sprintf("near-miss/%d", id), Before: string(before), After: database.Pack(n)}, nil
	})
	return n, err
}

// isOfficer refuses everybody but the compliance officer, and the owner where there is none; does is what the officer does, as "assigns training".
func (s *Store) isOfficer(ctx context.Context, by audit.Actor, does string) error {
	people, err := s.practices.People(ctx)
	if err != nil {
		return err
	}
	day, err := s.today(ctx)
	if err != nil {
		return err
	}
	officer := false
	mine := practice.Staff
	for _, p := range people {
		if !p.Here(day) {
			continue
		}
		officer = officer || p.Role == practice.Compliance
		if p.ID == by.ID {
			mine = p.Role
		}
	}
	if mine == practice.Compliance || mine == practice.Owner && !officer {
		return nil
	}
	if !officer {
		return refusal.Because(ErrRights, "The owner %s, as there is no compliance officer", does)
	}
	return refusal.Because(ErrRights, "The compliance officer %s", does)
}

// NearMisses lists all near-misses, those to decide first and then the newest.
func (s *Store) NearMisses(ctx context.Context) ([]NearMiss, error) {
	return nearMisses(ctx, s.db.Reader(), `1 ORDER BY status <> 'candidate', id DESC`)
}

func (s *Store) nearMiss(ctx context.Context, id int64) (NearMiss, error) {
	all, err := nearMisses(ctx, s.db.Reader(), `id = ?`, id)
	if err != nil {
		return NearMiss{}, err
	}
	if len(all) == 0 {
		return NearMiss{}, refusal.Because(ErrNotFound, "There is no near-miss with number %d", id)
	}
	return all[0], nil
}

func nearMisses(ctx context.Context, q database.Querier, where string, values ...any) ([]NearMiss, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, draft_id, rule, text, status, made_at, made_by, decided_at, decided_by, note FROM near_misses WHERE `+where, values...)
	return database.List(rows, err, "read the near-misses", func(row database.Row) (n NearMiss, err error) {
		var made, decided int64
		err = row.Scan(&n.ID, &n.DraftID, &n.Rule, &n.Text, &n.Status, &made, &n.MadeBy, &decided, &n.By, &n.Note)
		n.Made, n.Decided = clock.Unix(made), clock.Unix(decided)
		return n, err
	})
}

// ownScenarios are the practice's own questions for a module, those of approved near-misses. An empty module asks for all that were ever
// approved, for a quiz that has begun goes on with what it asked.
func ownScenarios(ctx context.Context, q database.Querier, moduleID string) ([]Scenario, error) {
	where := `status = 'approved' ORDER BY id`
	if moduleID == "" {
		where = `status IN ('approved', 'withdrawn') ORDER BY id`
	} else if !slices.Contains(nearModules, moduleID) {
		return nil, nil
	}
	all, err := nearMisses(ctx, q, where)
	if err != nil {
		return nil, err
	}
	var own []Scenario
	for _, n := range all {
		if Teaches(n.Rule) {
			own = append(own, n.Scenario(ruleOf(n.Rule)))
		}
	}
	return own, nil
}

// ruleOf is the gate's rule of a code, the first that has it.
func ruleOf(code string) guard.Rule {
	rules := guard.Default().Rules()
	if i := slices.IndexFunc(rules, func(r guard.Rule) bool { return r.Code == code }); i >= 0 {
		return rules[i]
	}
	return guard.Rule{Code: code}
}
