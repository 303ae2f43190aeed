package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/refusal"
)

// Rules lists the rules in their order.
func (s *Store) Rules(ctx context.Context) ([]Rule, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, name, query, actions, active FROM rules ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Rule
	for rows.Next() {
		var r Rule
		var actions string
		if err := rows.Scan(&r.ID, &r.Name, &r.Query, &actions, &r.Active); err != nil {
			return nil, fmt.Errorf("read the rules: %w", err)
		}
		if err := json.Unmarshal([]byte(actions), &r.Actions); err != nil {
			return nil, fmt.Errorf("read the rule %s: %w", r.Name, err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
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

func (s *Store) readyRule(ctx context.Context, r Rule) (Rule, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return r, err
	}
	if r, err = r.Ready(s.now(), p.Location()); err != nil {
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
	if err != nil {
		return nil, fmt.Errorf("read what the rules did: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Hit
	for rows.Next() {
		var h Hit
		var at int64
		if err := rows.Scan(&h.RuleID, &h.MentionID, &at, &h.Did); err != nil {
			return nil, fmt.Errorf("read what the rules did: %w", err)
		}
		h.At = clock.Unix(at)
		list = append(list, h)
	}
	return list, rows.Err()
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

// matching lists the mentions of a span that a rule is for, in no order. It looks at no others, however many there are.
func (s *Store) matching(ctx context.Context, r Rule, within span) ([]int64, error) {
	query, err := s.queryOf(ctx, r)
	if err != nil {
		return nil, err
	}
	c := s.conditions(query)
	parts, args := []string{`m.id > ? AND m.id <= ?`}, append(slices.Clone(c.args), within.after, within.upto)
	hits := func(part, match string) {
		parts, args = append(parts, part+` (`+hitsOf+` AND rowid > ? AND rowid <= ?)`), append(args, match, within.after, within.upto)
	}
	if c.match != "" {
		hits(`m.id IN`, c.match)
	}
	for _, match := range c.without {
		hits(`m.id NOT IN`, match)
	}
	return s.ids(ctx, `SELECT m.id FROM mentions m NOT INDEXED`+c.where(parts...), args...)
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

// span is the mentions after a number up to another.
type span struct{ after, upto int64 }

// everything is the span of all mentions.
var everything = span{upto: math.MaxInt64}

// ruledAtOnce is how many mentions the rules change in one transaction.
const ruledAtOnce = 200

// ApplyRules runs the active rules on what came in since they ran last, and returns how many mentions they changed. Being interrupted loses
// nothing and repeats nothing: how far it came is stored along with what it did, and the next run goes on there.
func (s *Store) ApplyRules(ctx context.Context) (int, error) {
	var fresh span
	err := s.db.Reader().QueryRowContext(ctx, `SELECT upto, (SELECT IFNULL(MAX(id), 0) FROM mentions) FROM rules_done`).Scan(&fresh.after, &fresh.upto)
	if err != nil || fresh.upto <= fresh.after {
		return 0, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	return s.apply(ctx, ruling{
		rules: slices.DeleteFunc(rules, func(r Rule) bool { return !r.Active }), span: fresh,
		begin: func(tx *sql.Tx) (done int64, err error) {
			err = tx.QueryRowContext(ctx, `SELECT upto FROM rules_done`).Scan(&done)
			return done, err
		},
		end: func(tx *sql.Tx, reached int64) error {
			_, err := tx.ExecContext(ctx, `UPDATE rules_done SET upto = ? WHERE upto < ?`, reached, reached)
			return err
		},
		progress: func(int, int) {},
	})
}

// ApplyRule runs one rule on all mentions that are there, and returns how many it changed. progress may be nil; what was done before an
// interruption stays.
func (s *Store) ApplyRule(ctx context.Context, id int64, by audit.Actor, progress func(done, total int)) (int, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	at := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		return 0, notFound(sql.ErrNoRows, "rule", id)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return s.apply(ctx, ruling{
		rules: rules[at : at+1], span: everything,
		begin: func(*sql.Tx) (int64, error) { return 0, nil },
		end: func(tx *sql.Tx, reached int64) error {
			if reached < everything.upto {
				return nil
			}
			return s.log(ctx, tx, by, "ran a rule on what is there", subject("rule", id), "", "")
		},
		progress: progress,
	})
}

// ruling is one run of rules over a span of mentions. begin says at the head of each transaction up to which mention another run came meanwhile,
// end is told at its foot how far this one came.
type ruling struct {
	rules []Rule
	span
	begin    func(tx *sql.Tx) (done int64, err error)
	end      func(tx *sql.Tx, reached int64) error
	progress func(done, total int)
}

// effects works out what rules make of the mentions that fit them as things stand before any of them ran.
func (s *Store) effects(ctx context.Context, r ruling) (map[int64]*effect, error) {
	effects := map[int64]*effect{}
	for _, rule := range r.rules {
		ids, err := s.matching(ctx, rule, r.span)
		if err != nil {
			return nil, err
		}
		stops := slices.ContainsFunc(rule.Actions, func(a Action) bool { return a.Do == DoStop })
		for _, id := range ids {
			e := effects[id]
			if e == nil {
				e = &effect{}
				effects[id] = e
			}
			if !e.stopped {
				e.rules, e.stopped = append(e.rules, rule), stops
			}
		}
	}
	return effects, nil
}

// apply runs rules, from the oldest mention on.
func (s *Store) apply(ctx context.Context, r ruling) (changed int, err error) {
	var deadlines *deadlines
	var people map[string]person
	effects := map[int64]*effect{}
	if len(r.rules) > 0 {
		p, err := s.practice(ctx)
		if err != nil {
			return 0, err
		}
		deadlines = newDeadlines(p)
		if people, err = s.staff(ctx); err != nil {
			return 0, err
		}
		if effects, err = s.effects(ctx, r); err != nil {
			return 0, err
		}
	}
	work := slices.Sorted(maps.Keys(effects))
	total := len(work)
	for first := true; first || len(work) > 0; first = false {
		part := work[:min(len(work), ruledAtOnce)]
		work = work[len(part):]
		reached := r.upto
		if len(work) > 0 {
			reached = part[len(part)-1]
		}
		n := 0
		err := s.db.Write(ctx, func(tx *sql.Tx) error {
			n = 0
			done, err := r.begin(tx)
			if err != nil {
				return err
			}
			for _, id := range part {
				if id <= done {
					continue
				}
				did, err := s.rule(ctx, tx, id, effects[id].rules, people, deadlines)
				if err != nil {
					return err
				}
				if did {
					n++
				}
			}
			return r.end(tx, reached)
		})
		if err != nil {
			if changed > 0 {
				s.tell(ChangedMentions)
			}
			return changed, fmt.Errorf("run the rules: %w", err)
		}
		changed += n
		r.progress(total-len(work), total)
	}
	if changed > 0 {
		s.tell(ChangedMentions)
	}
	return changed, nil
}

// rule does to one mention what the rules say. What is so already is not done again, and a mention that went meanwhile is left alone.
func (s *Store) rule(ctx context.Context, tx *sql.Tx, id int64, rules []Rule, people map[string]person, d *deadlines) (bool, error) {
	m, owed, err := find(ctx, tx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	changed := false
	for _, rule := range rules {
		r := ruled{rule: rule}
		next, alert := m.Status, false
		for _, a := range rule.Actions {
			did := false
			switch a.Do {
			case DoTag:
				if did = !slices.Contains(m.Tags, a.Value); did {
					m.Tags = append(m.Tags, a.Value)
				}
			case DoAssign:
				who, ok := people[strings.ToLower(a.Value)]
				if did = ok && m.Assigned != who.id; did {
					m.Assigned = who.id
				}
			case DoTarget:
				hours, _ := strconv.Atoi(a.Value) // Ready has seen that it is a number
				if did = m.Target != hours && !m.Imported; did {
					m.Target = hours
				}
			case DoAlert:
				did = m.Status == New && !m.Imported
				alert = did
			case DoClose:
				// What is history, escalated, urgent or worked on is for a person to close.
				if did = (m.Status == New || m.Status == Read) && m.Urgency == ""; did {
					next, m.Reason = NoReply, a.Value
				}
			}
			if did {
				r.did = append(r.did, a.String())
			}
		}
		if len(r.did) == 0 {
			continue
		}
		changed = true
		if _, err := tx.ExecContext(ctx, `UPDATE mentions SET tags = ?, target = ? WHERE id = ?`, pack(m.Tags), m.Target, id); err != nil {
			return false, err
		}
		if err := s.step(ctx, tx, m, next, owed, s.now(), d, audit.Program, r.String()); err != nil {
			return false, err
		}
		m.Status = next
		_, err := tx.ExecContext(ctx, `INSERT INTO rule_hits (rule_id, mention_id, at, did, alert) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (rule_id, mention_id) DO UPDATE SET at = excluded.at, did = excluded.did, alert = excluded.alert`,
			rule.ID, id, seconds(s.now()), strings.Join(r.did, ", "), alert)
		if err != nil {
			return false, err
		}
	}
	return changed, nil
}

// Tag gives a mention a tag, or takes it away.
func (s *Store) Tag(ctx context.Context, id int64, tag string, on bool, by audit.Actor) error {
	if tag = TidyTag(tag); tag == "" {
		return refusal.Because(ErrStep, "A tag is a word or two")
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention, _ time.Time) (string, string, string, error) {
		before := strings.Join(m.Tags, " ")
		m.Tags = slices.DeleteFunc(m.Tags, func(t string) bool { return t == tag })
		if on {
			m.Tags = append(m.Tags, tag)
		}
		_, err := tx.ExecContext(ctx, `UPDATE mentions SET tags = ? WHERE id = ?`, pack(m.Tags), id)
		return "tagged", before, strings.Join(m.Tags, " "), err
	})
}

// Tags lists all tags that mentions have.
func (s *Store) Tags(ctx context.Context) ([]string, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT DISTINCT t.value FROM (SELECT DISTINCT tags FROM mentions WHERE tags <> '[]') AS m, json_each(m.tags) AS t ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("list the tags: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var tag string
		if err := rows.Scan(&tag); err != nil {
			return nil, fmt.Errorf("list the tags: %w", err)
		}
		list = append(list, tag)
	}
	return list, rows.Err()
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
