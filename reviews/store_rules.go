package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Rules lists the rules in their order.
func (s *Store) Rules(ctx context.Context) ([]Rule, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, name, query, actions, active FROM rules ORDER BY position, id`)
	return database.List(rows, err, "read the rules", func(row database.Row) (r Rule, err error) {
		var actions string
		if err := row.Scan(&r.ID, &r.Name, &r.Query, &actions, &r.Active); err != nil {
			return r, err
		}
		if err := json.Unmarshal([]byte(actions), &r.Actions); err != nil {
			return r, fmt.Errorf("read the rule %s: %w", r.Name, err)
		}
		return r, nil
	})
}

// SaveRule stores a rule, a new one at the end of the list.
func (s *Store) SaveRule(ctx context.Context, r Rule, by audit.Actor) (Rule, error) {
	r, err := s.readyRule(ctx, r)
	if err != nil {
		return r, err
	}
	err = s.write(ctx, ChangedRules, r.ID, func(tx *sql.Tx) error {
		r, err = s.saveRule(ctx, tx, r, by)
		return err
	})
	return r, err
}

// AddRules stores the rules of a file at the end of the list, all of them or none. One that is there already, by its name, its search and what it
// does, is left out.
func (s *Store) AddRules(ctx context.Context, rules []Rule, by audit.Actor) (added []Rule, err error) {
	there, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range rules {
		ready, err := s.readyRule(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("The rule %q: %w", r.Name, err)
		}
		ready.ID = 0
		if !slices.ContainsFunc(there, ready.does) {
			there, added = append(there, ready), append(added, ready)
		}
	}
	if len(added) == 0 {
		return nil, nil
	}
	err = s.write(ctx, ChangedRules, 0, func(tx *sql.Tx) error {
		for i := range added {
			if added[i], err = s.saveRule(ctx, tx, added[i], by); err != nil {
				return err
			}
		}
		return nil
	})
	return added, err
}

func (s *Store) readyRule(ctx context.Context, r Rule) (Rule, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return r, err
	}
	if r, err = r.ready(s.now(), p.Location()); err != nil {
		return r, err
	}
	people, err := s.staff(ctx)
	if err != nil {
		return r, err
	}
	for i, a := range r.Actions {
		if a.Do != DoAssign {
			continue
		}
		name, ok := people[strings.ToLower(a.Value)]
		if !ok {
			return r, refusal.Because(ErrStep, "Nobody on the staff list is called %s", a.Value)
		}
		r.Actions[i].Value = name.name
	}
	return r, nil
}

func (s *Store) saveRule(ctx context.Context, tx *sql.Tx, r Rule, by audit.Actor) (Rule, error) {
	actions, err := json.Marshal(r.Actions)
	if err != nil {
		return r, err
	}
	if r.ID == 0 {
		err = tx.QueryRowContext(ctx, `INSERT INTO rules (position, name, query, actions, active)
			SELECT IFNULL(MAX(position), 0) + 1, ?, ?, ?, ? FROM rules RETURNING id`, r.Name, r.Query, string(actions), r.Active).Scan(&r.ID)
		if err != nil {
			return r, fmt.Errorf("store the rule: %w", err)
		}
		return r, s.log(ctx, tx, by, "made a rule", subject("rule", r.ID), "", describeRule(r))
	}
	before, err := findRule(ctx, tx, r.ID)
	if err != nil {
		return r, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE rules SET name = ?, query = ?, actions = ?, active = ? WHERE id = ?`, r.Name, r.Query, string(actions), r.Active, r.ID)
	if err != nil {
		return r, fmt.Errorf("store the rule: %w", err)
	}
	return r, s.log(ctx, tx, by, "changed a rule", subject("rule", r.ID), describeRule(before), describeRule(r))
}

func findRule(ctx context.Context, tx *sql.Tx, id int64) (Rule, error) {
	r := Rule{ID: id}
	var actions string
	err := tx.QueryRowContext(ctx, `SELECT name, query, actions, active FROM rules WHERE id = ?`, id).Scan(&r.Name, &r.Query, &actions, &r.Active)
	if err != nil {
		return r, notFound(err, "rule", id)
	}
	return r, json.Unmarshal([]byte(actions), &r.Actions)
}

func describeRule(r Rule) string {
	text, err := json.Marshal(r)
	if err != nil {
		return r.Name
	}
	return string(text)
}

// RemoveRule takes a rule away with the list of what it did; what it did to mentions stays. Undo is SaveRule of the rule without its number.
func (s *Store) RemoveRule(ctx context.Context, id int64, by audit.Actor) error {
	return s.write(ctx, ChangedRules, id, func(tx *sql.Tx) error {
		before, err := findRule(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM rules WHERE id = ?`, id); err != nil {
			return fmt.Errorf("remove the rule: %w", err)
		}
		return s.log(ctx, tx, by, "removed a rule", subject("rule", id), describeRule(before), "")
	})
}

// MoveRule puts a rule at another place in the order, 0 for the first.
func (s *Store) MoveRule(ctx context.Context, id int64, place int, by audit.Actor) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	from := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if from < 0 {
		return notFound(sql.ErrNoRows, "rule", id)
	}
	rule := rules[from]
	rules = slices.Insert(slices.Delete(rules, from, from+1), max(0, min(place, len(rules)-1)), rule)
	return s.write(ctx, ChangedRules, id, func(tx *sql.Tx) error {
		for i, r := range rules {
			if _, err := tx.ExecContext(ctx, `UPDATE rules SET position = ? WHERE id = ?`, i+1, r.ID); err != nil {
				return fmt.Errorf("order the rules: %w", err)
			}
		}
		return s.log(ctx, tx, by, "moved a rule", subject("rule", id), strconv.Itoa(from+1), strconv.Itoa(place+1))
	})
}

// Hit is one thing that a rule did.
type Hit struct {
	RuleID    int64     `json:"rule_id"`
	MentionID int64     `json:"mention_id"`
	At        time.Time `json:"at"`
	Did       string    `json:"did"`
}

// Hits lists what a rule did, newest first.
func (s *Store) Hits(ctx context.Context, rule int64, limit int) ([]Hit, error) {
	return s.hits(ctx, `rule_id = ? ORDER BY at DESC, mention_id DESC LIMIT ?`, rule, limit)
}

// Alerts lists the mentions that a rule put on Today and that nobody has opened yet, newest first.
func (s *Store) Alerts(ctx context.Context, limit int) ([]Hit, error) {
	return s.hits(ctx, `alert = 1 AND mention_id IN (SELECT id FROM mentions WHERE status = 'new') ORDER BY at DESC, mention_id DESC LIMIT ?`, limit)
}

func (s *Store) hits(ctx context.Context, where string, args ...any) ([]Hit, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT rule_id, mention_id, at, did FROM rule_hits WHERE `+where, args...)
	return database.List(rows, err, "read what the rules did", func(row database.Row) (h Hit, err error) {
		var at int64
		err = row.Scan(&h.RuleID, &h.MentionID, &at, &h.Did)
		h.At = clock.Unix(at)
		return h, err
	})
}

// TryRule lists the mentions that a rule is for now, as the inbox lists them, and changes nothing.
func (s *Store) TryRule(ctx context.Context, r Rule) ([]int64, error) {
	r, err := s.readyRule(ctx, r)
	if err != nil {
		return nil, err
	}
	query, err := s.queryOf(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.IDs(ctx, query)
}

// queryOf is the condition of a rule as it reads today.
func (s *Store) queryOf(ctx context.Context, r Rule) (Query, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return Query{}, err
	}
	query, err := ParseQuery(r.Query, s.now(), p.Location())
	if err != nil {
		return Query{}, fmt.Errorf("The rule %s: %w", r.Name, err)
	}
	return query, nil
}

// person is somebody whom a rule can assign mentions to.
type person struct {
	id   int64
	name string
}

// staff are the people who work here today, by their name in small letters.
func (s *Store) staff(ctx context.Context) (map[string]person, error) {
	list, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	staff := map[string]person{}
	for _, p := range list {
		if p.LeftOn == "" {
			staff[strings.ToLower(p.Name)] = person{p.ID, p.Name}
		}
	}
	return staff, nil
}
