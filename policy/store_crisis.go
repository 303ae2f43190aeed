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

// ErrGate says that the speak-safe gate stops a text.
var ErrGate = errors.New("the speak-safe gate stops this text")

// CrisisPlan returns the plan for a crisis: what ships, as the practice has filled and changed it.
func (s *Store) CrisisPlan(ctx context.Context) (Plan, error) {
	return crisisPlan(ctx, s.db.Reader())
}

func crisisPlan(ctx context.Context, q database.Querier) (Plan, error) {
	plan := Plan{Duties: slices.Clone(crisis().Duties), Statements: slices.Clone(crisis().Statements)}
	rows, err := q.QueryContext(ctx, `SELECT id, place, duty, person, phone, deputy, second, called FROM crisis_duties`)
	duties, err := database.List(rows, err, "read the crisis plan", func(row database.Row) (d Duty, err error) {
		err = row.Scan(&d.ID, &d.Place, &d.Duty, &d.Person, &d.Phone, &d.Deputy, &d.Second, &d.Called)
		return d, err
	})
	if err != nil {
		return plan, err
	}
	for _, d := range duties {
		if at := slices.IndexFunc(plan.Duties, func(known Duty) bool { return known.ID == d.ID }); at >= 0 {
			plan.Duties[at] = d
		} else {
			plan.Duties = append(plan.Duties, d)
		}
	}
	slices.SortStableFunc(plan.Duties, func(a, b Duty) int { return a.Place - b.Place })
	rows, err = q.QueryContext(ctx, `SELECT id, text, changed, changed_by FROM crisis_statements`)
	changed, err := database.List(rows, err, "read the holding statements", func(row database.Row) (st Statement, err error) {
		var at int64
		err = row.Scan(&st.ID, &st.Text, &at, &st.By)
		st.Changed = clock.Unix(at)
		return st, err
	})
	for _, st := range changed {
		if i := slices.IndexFunc(plan.Statements, func(known Statement) bool { return known.ID == st.ID }); i >= 0 {
			plan.Statements[i].Text, plan.Statements[i].By, plan.Statements[i].Changed = st.Text, st.By, st.Changed
		}
	}
	return plan, err
}

// SaveDuty stores who has a duty in a crisis; an empty id adds a duty of the practice's own.
func (s *Store) SaveDuty(ctx context.Context, d Duty, by audit.Actor) (Duty, error) {
	if err := s.mustLead(ctx, by, "The duties of a crisis are given"); err != nil {
		return d, err
	}
	_, err := s.write(ctx, ChangedIncidents, func(tx *sql.Tx) (int64, audit.Line, error) {
		plan, err := crisisPlan(ctx, tx)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if d, err = d.ready(plan); err != nil {
			return 0, audit.Line{}, err
		}
		before := ""
		if old, ok := plan.duty(d.ID); ok {
			before, d.Place = database.Pack(old), old.Place
		} else {
			last := 0
			for _, known := range plan.Duties {
				last = max(last, known.Place)
			}
			d.Place = last + 1
			d.ID = fmt.Sprintf("own-%d", d.Place)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO crisis_duties (id, place, duty, person, phone, deputy, second, called) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET duty = excluded.duty, person = excluded.person, phone = excluded.phone, deputy = excluded.deputy,
			second = excluded.second, called = excluded.called`, d.ID, d.Place, d.Duty, d.Person, d.Phone, d.Deputy, d.Second, d.Called)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the duty %s: %w", d.Duty, err)
		}
		return 0, audit.Line{Who: by, Did: "changed the crisis plan", Subject: "crisis/" + d.ID, Before: before, After: database.Pack(d)}, nil
	})
	return d, err
}

// SaveStatement stores the practice's own words of a holding statement. The gate must let them through; an empty text brings ours back.
func (s *Store) SaveStatement(ctx context.Context, id, text string, by audit.Actor) error {
	if err := s.mustLead(ctx, by, "Holding statements are worded"); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	at := slices.IndexFunc(crisis().Statements, func(st Statement) bool { return st.ID == id })
	if at < 0 {
		return refusal.Because(ErrNotFound, "There is no holding statement %q", id)
	}
	if text == "" {
		text = crisis().Statements[at].Text
	}
	result, err := s.GateStatement(ctx, text)
	if err != nil {
		return err
	}
	if result.Verdict == guard.Block {
		return refusal.Because(ErrGate, "The gate stops these words: %s", why(result))
	}
	_, err = s.write(ctx, ChangedIncidents, func(tx *sql.Tx) (int64, audit.Line, error) {
		_, err := tx.ExecContext(ctx, `INSERT INTO crisis_statements (id, text, changed, changed_by) VALUES (?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET text = excluded.text, changed = excluded.changed, changed_by = excluded.changed_by`, id, text, clock.Seconds(s.now()), by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the statement: %w", err)
		}
		return 0, audit.Line{Who: by, Did: "changed a holding statement", Subject: "crisis/" + id, After: text}, nil
	})
	return err
}

// GateStatement is what the gate says of a holding statement, by the practice's own rules too.
func (s *Store) GateStatement(ctx context.Context, text string) (guard.Result, error) {
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return guard.Result{}, err
	}
	local, err := Local(ctx, s.db.Reader())
	if err != nil {
		return guard.Result{}, err
	}
	return CheckStatement(text, p, local), nil
}

func why(r guard.Result) string {
	for _, f := range r.Findings {
		if f.Severity == guard.Block {
			return strings.TrimSuffix(f.Why, ".")
		}
	}
	return "they are not safe to publish"
}
