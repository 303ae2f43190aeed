package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/reviews/classify"
)

// Ladder is the practice's own ladder, or the suggested one.
func (s *Store) Ladder(ctx context.Context) (Ladder, error) { return ladderIn(ctx, s.db.Reader()) }

func ladderIn(ctx context.Context, q database.Querier) (Ladder, error) {
	var l Ladder
	var rungs string
	err := q.QueryRowContext(ctx, `SELECT rungs, lifts FROM ladder WHERE id = 1`).Scan(&rungs, &l.Lifts)
	if err == nil {
		err = database.Unpack(rungs, &l.Rungs)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return l, fmt.Errorf("read the ladder: %w", err)
	}
	return l.whole(), nil
}

// SaveLadder stores the practice's own ladder. What stands on it keeps its clock until it climbs.
func (s *Store) SaveLadder(ctx context.Context, l Ladder, by audit.Actor) error {
	l = l.whole()
	if err := l.Check(); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		before, err := ladderIn(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO ladder (id, rungs, lifts) VALUES (1, ?, ?)
			ON CONFLICT (id) DO UPDATE SET rungs = excluded.rungs, lifts = excluded.lifts`, database.Pack(l.Rungs), string(l.Lifts))
		if err != nil {
			return fmt.Errorf("store the ladder: %w", err)
		}
		return s.log(ctx, tx, by, "saved the ladder", "ladder", database.Pack(before), database.Pack(l))
	})
	if err == nil {
		s.tell(ChangedRules)
	}
	return err
}

// HandOver is what goes with a mention that is given to somebody else. Rung and Person may be empty: the ladder says who.
type HandOver struct {
	Rung   string
	Person int64
	Reason string
	Tried  string
	Avoid  string
}

// Escalate gives a mention to another person; 0 means whom the ladder names.
func (s *Store) Escalate(ctx context.Context, id, person int64, reason string, by audit.Actor) error {
	return s.HandOver(ctx, id, HandOver{Person: person, Reason: reason}, by)
}

// HandOver puts a mention onto the ladder, or passes on what stands there. Whoever takes it over by the same step has taken it up.
func (s *Store) HandOver(ctx context.Context, id int64, to HandOver, by audit.Actor) error {
	to.Reason = strings.TrimSpace(to.Reason)
	if to.Reason == "" {
		return refusal.Because(ErrStep, "Say why this goes to somebody else")
	}
	c, err := s.climbing(ctx)
	if err != nil {
		return err
	}
	if r, ok := c.ladder.Rung(to.Rung); to.Rung != "" && (!ok || r.Off) {
		return refusal.Because(ErrStep, "There is no step %q on the ladder", to.Rung)
	}
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		next, err := m.Status.After(StepEscalate)
		if err != nil {
			return err
		}
		e, err := c.enter(ctx, tx, m, to, by)
		if err != nil {
			return err
		}
		m.Reason, m.Assigned = to.Reason, e.Person
		m = m.back(s.now())
		return s.step(ctx, tx, m, next, s.now(), newDeadlines(c.practice), by, string(StepEscalate)+": "+to.Reason+" ("+c.ladder.rung(e.Rung).Title+")")
	})
}

// TakeUp says "I have it": the clock of the ladder stops. What is not on the ladder is assigned to the person. What another person has is theirs: ErrTaken
// says whose.
func (s *Store) TakeUp(ctx context.Context, id int64, by audit.Actor) error {
	return s.takeUp(ctx, id, by, false)
}

// TakeOver is TakeUp also where another person has the mention, who no longer has it then.
func (s *Store) TakeOver(ctx context.Context, id int64, by audit.Actor) error {
	return s.takeUp(ctx, id, by, true)
}

// HandBack gives a mention back to the person from whom it was taken over.
func (s *Store) HandBack(ctx context.Context, id, person int64, by audit.Actor) error {
	c, err := s.climbing(ctx)
	if err != nil {
		return err
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		if m.Assigned != by.ID || by.ID == 0 {
			return "", "", "", refusal.Because(ErrStep, "You do not have this mention, so you cannot give it back")
		}
		return "gave it back", subject("person", by.ID), subject("person", person), c.give(ctx, tx, m, person)
	})
}

// holder is who has taken a mention up; 0: nobody. On the ladder somebody may be asked who has not taken it up yet.
func holder(ctx context.Context, q database.Querier, m Mention) (int64, error) {
	if m.Status != Escalated {
		return m.Assigned, nil
	}
	e, err := escalationOf(ctx, q, m.ID)
	if err != nil || !e.Up() || !e.Ended.IsZero() {
		return 0, err
	}
	return e.Taker, nil
}

// give notes that a person has a mention.
func (c climber) give(ctx context.Context, tx *sql.Tx, m Mention, person int64) error {
	if m.Status == Escalated {
		e, err := c.standing(ctx, tx, m)
		if err != nil {
			return err
		}
		e.Taken, e.Taker, e.Person = c.now, person, person
		if err := storeEscalation(ctx, tx, e); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE mentions SET assigned = ? WHERE id = ?`, orNull(person), m.ID); err != nil {
		return fmt.Errorf("note who has it: %w", err)
	}
	return nil
}

func (c climber) nameOf(id int64) string {
	for _, p := range c.people {
		if p.ID == id {
			return p.Name
		}
	}
	return "Somebody"
}

func (s *Store) takeUp(ctx context.Context, id int64, by audit.Actor, over bool) error {
	if by.ID == 0 {
		return refusal.Because(ErrRights, "Say who takes it up")
	}
	c, err := s.climbing(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, ChangedMentions, id, func(tx *sql.Tx) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if m.Status.Done() {
			return refusal.Because(ErrStep, "This mention is done (%s). There is nothing to take up", m.Status)
		}
		has, err := holder(ctx, tx, m)
		if err != nil {
			return err
		}
		did := "took it up"
		if has != 0 && has != by.ID {
			if did = "took it over"; !over {
				return refusal.Because(ErrTaken, "%s has this mention. Take it over only if you have spoken with each other", c.nameOf(has))
			}
		}
		if err := c.give(ctx, tx, m, by.ID); err != nil {
			return err
		}
		return s.log(ctx, tx, by, did, mentionSubject(id), subject("person", m.Assigned), subject("person", by.ID))
	})
}

// EscalationOf is where a mention stands on the ladder, or stood last; a zero one if it never was there.
func (s *Store) EscalationOf(ctx context.Context, id int64) (Escalation, error) {
	return escalationOf(ctx, s.db.Reader(), id)
}

func escalationOf(ctx context.Context, q database.Querier, id int64) (Escalation, error) {
	e, err := scanEscalation(q.QueryRowContext(ctx, `SELECT `+escalationColumns+` FROM escalations WHERE mention_id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Escalation{}, nil
	}
	return e, err
}

// Escalations lists what stands on the ladder: what nobody took up first, the next to climb on top.
func (s *Store) Escalations(ctx context.Context) ([]Escalation, error) {
	return escalations(ctx, s.db.Reader(), `ended = 0 ORDER BY taken <> 0, due, mention_id`)
}

func escalations(ctx context.Context, q database.Querier, where string, args ...any) ([]Escalation, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+escalationColumns+` FROM escalations WHERE `+where, args...)
	return database.List(rows, err, "read what stands on the ladder", scanEscalation)
}

const escalationColumns = `mention_id, rung, person, began, since, due, taken, taker, climbs, reason, tried, avoid, ended`

func scanEscalation(row database.Row) (Escalation, error) {
	var e Escalation
	var began, since, due, taken, ended int64
	err := row.Scan(&e.Mention, &e.Rung, &e.Person, &began, &since, &due, &taken, &e.Taker, &e.Climbs, &e.Reason, &e.Tried, &e.Avoid, &ended)
	e.Began, e.Since, e.Due, e.Taken, e.Ended = clock.Unix(began), clock.Unix(since), clock.Unix(due), clock.Unix(taken), clock.Unix(ended)
	return e, err
}

func storeEscalation(ctx context.Context, tx *sql.Tx, e Escalation) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO escalations (`+escalationColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (mention_id) DO UPDATE SET rung = excluded.rung, person = excluded.person, began = excluded.began, since = excluded.since, due = excluded.due,
		taken = excluded.taken, taker = excluded.taker, climbs = excluded.climbs, reason = excluded.reason, tried = excluded.tried, avoid = excluded.avoid,
		ended = excluded.ended`, e.Mention, e.Rung, e.Person, seconds(e.Began), seconds(e.Since), seconds(e.Due), seconds(e.Taken), e.Taker, e.Climbs,
		e.Reason, e.Tried, e.Avoid, seconds(e.Ended))
	if err != nil {
		return fmt.Errorf("store where the mention stands on the ladder: %w", err)
	}
	return nil
}

// leaveLadder ends the stay of a mention on the ladder; what was handed over stays to be read.
func leaveLadder(ctx context.Context, tx *sql.Tx, id int64, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE escalations SET ended = ? WHERE mention_id = ? AND ended = 0`, seconds(at), id); err != nil {
		return fmt.Errorf("end the escalation: %w", err)
	}
	return nil
}

// climber is what a step on the ladder needs to know.
type climber struct {
	ladder   Ladder
	practice practice.Practice
	people   []practice.Person
	now      time.Time
	day      string
}

func (s *Store) climbing(ctx context.Context) (climber, error) {
	c := climber{now: s.now().UTC().Truncate(time.Second)}
	var err error
	if c.ladder, err = s.Ladder(ctx); err != nil {
		return c, err
	}
	if c.practice, err = s.practice(ctx); err != nil {
		return c, err
	}
	c.people, err = s.practices.People(ctx)
	c.day = c.now.In(c.practice.Location()).Format(practice.Day)
	return c, err
}

// Routes are the people whom the signals of a mention name, the worst signal first.
func Routes(m Mention) []string {
	var routes []string
	worst := 0
	for _, id := range m.Signals {
		signal, ok := classify.Default().Signal(id)
		if !ok {
			continue
		}
		if rank := signal.Severity.Rank(); rank > worst {
			worst, routes = rank, append(append([]string{}, signal.RouteTo...), routes...)
		} else {
			routes = append(routes, signal.RouteTo...)
		}
	}
	return routes
}

// enter puts a mention onto the ladder, with a new clock.
func (c climber) enter(ctx context.Context, tx *sql.Tx, m Mention, to HandOver, by audit.Actor) (Escalation, error) {
	rung := c.ladder.First(Routes(m), c.people, c.day)
	if to.Rung != "" {
		rung = c.ladder.rung(to.Rung)
	} else if to.Person != 0 {
		for _, r := range c.ladder.Rungs {
			if !r.Off && r.Holder(c.people, c.day) == to.Person {
				rung = r
				break
			}
		}
	}
	e := Escalation{Mention: m.ID, Rung: rung.ID, Person: to.Person, Began: c.now, Since: c.now, Due: rung.due(c.now, m.Urgency, c.practice),
		Reason: to.Reason, Tried: strings.TrimSpace(to.Tried), Avoid: strings.TrimSpace(to.Avoid)}
	if e.Person == 0 {
		e.Person = rung.Holder(c.people, c.day)
	}
	if before, err := escalationOf(ctx, tx, m.ID); err != nil {
		return e, err
	} else if m.Status == Escalated && before.Mention != 0 {
		e.Began = before.Began
	}
	if e.Person != 0 && e.Person == by.ID {
		e.Taken, e.Taker = c.now, by.ID
	}
	return e, storeEscalation(ctx, tx, e)
}

// standing is where an escalated mention stands; one from before there was a ladder, or that was joined from another, enters it now.
func (c climber) standing(ctx context.Context, tx *sql.Tx, m Mention) (Escalation, error) {
	e, err := escalationOf(ctx, tx, m.ID)
	if err != nil || e.Mention != 0 && e.Ended.IsZero() {
		return e, err
	}
	return c.enter(ctx, tx, m, HandOver{Person: m.Assigned, Reason: m.Reason}, audit.Program)
}
