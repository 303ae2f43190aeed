package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"goodword/internal/audit"
)

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
	m, err := find(ctx, tx, id)
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
				hours, _ := strconv.Atoi(a.Value) // ready has seen that it is a number
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
		if err := s.step(ctx, tx, m, next, s.now(), d, audit.Program, r.String()); err != nil {
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

// matching lists the mentions of a span that a rule is for, in no order. It looks at no others, however many there are.
func (s *Store) matching(ctx context.Context, r Rule, within span) ([]int64, error) {
	query, err := s.queryOf(ctx, r)
	if err != nil {
		return nil, err
	}
	c, err := s.conditions(ctx, query)
	if err != nil {
		return nil, err
	}
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

// effect is what the rules make of one mention.
type effect struct {
	rules   []Rule
	stopped bool
}

// ruled is one rule with what it did.
type ruled struct {
	rule Rule
	did  []string
}

func (r ruled) String() string {
	return fmt.Sprintf("rule %q: %s", r.rule.Name, strings.Join(r.did, ", "))
}
