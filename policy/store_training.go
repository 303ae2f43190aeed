package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Start returns the person's open attempt at the quiz of a module with the answers given so far, or begins a new one, shuffled anew.
func (s *Store) Start(ctx context.Context, personID int64, moduleID string) (Attempt, error) {
	if _, err := FindModule(moduleID); err != nil {
		return Attempt{}, err
	}
	if _, err := s.practices.Person(ctx, personID); err != nil {
		return Attempt{}, err
	}
	var a Attempt
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var err error
		a, err = s.start(ctx, tx, personID, moduleID)
		return err
	})
	return a, err
}

func (s *Store) start(ctx context.Context, tx *sql.Tx, personID int64, moduleID string) (Attempt, error) {
	a, err := openAttempt(ctx, tx, `person_id = ? AND module_id = ?`, personID, moduleID)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return a, err
	}
	m, err := FindModule(moduleID)
	if err != nil {
		return a, err
	}
	own, err := ownScenarios(ctx, tx, moduleID)
	if err != nil {
		return a, err
	}
	var before int64
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM training_attempts WHERE person_id = ? AND module_id = ?`, personID, moduleID).Scan(&before); err != nil {
		return a, err
	}
	a = Attempt{PersonID: personID, ModuleID: moduleID, Seed: personID*1000 + before, Answers: map[string]int{}, Started: s.moment()}
	a.Quiz = m.Quiz(a.Seed, own...)
	for _, q := range a.Quiz {
		a.Asked = append(a.Asked, q.ID)
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO training_attempts (person_id, module_id, seed, questions, started) VALUES (?, ?, ?, ?, ?)`,
		personID, moduleID, a.Seed, database.Pack(a.Asked), clock.Seconds(a.Started))
	if err != nil {
		return a, fmt.Errorf("begin the quiz: %w", err)
	}
	a.ID, err = result.LastInsertId()
	return a, err
}

func openAttempt(ctx context.Context, q database.Querier, where string, values ...any) (Attempt, error) {
	var a Attempt
	var questions, answers string
	var started int64
	err := q.QueryRowContext(ctx, `SELECT id, person_id, module_id, seed, questions, answers, started FROM training_attempts WHERE finished = 0 AND `+where, values...).
		Scan(&a.ID, &a.PersonID, &a.ModuleID, &a.Seed, &questions, &answers, &started)
	if errors.Is(err, sql.ErrNoRows) {
		return a, refusal.Because(ErrNotFound, "This quiz is not open")
	}
	if err != nil {
		return a, fmt.Errorf("read the quiz: %w", err)
	}
	a.Answers, a.Started = map[string]int{}, clock.Unix(started)
	if err := errors.Join(database.Unpack(questions, &a.Asked), database.Unpack(answers, &a.Answers)); err != nil {
		return a, err
	}
	bank, err := bank(ctx, q)
	a.Quiz = a.quizOf(bank)
	return a, err
}

// bank is every scenario that a quiz may ever have asked, ours and the practice's own.
func bank(ctx context.Context, q database.Querier) (map[string]Scenario, error) {
	own, err := ownScenarios(ctx, q, "")
	if err != nil {
		return nil, err
	}
	all := map[string]Scenario{}
	for _, s := range append(own, scenarios()...) {
		all[s.ID] = s
	}
	return all, nil
}

// Choose keeps the answer to one question, so that the quiz can be taken up again later. It is no line in the audit log: only the result counts.
func (s *Store) Choose(ctx context.Context, attemptID int64, scenarioID string, option int) (Attempt, error) {
	var a Attempt
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if a, err = openAttempt(ctx, tx, `id = ?`, attemptID); err != nil {
			return err
		}
		if _, given := a.Answers[scenarioID]; given {
			return refusal.Because(ErrStep, "This question was answered already; the first answer counts")
		}
		a.Answers[scenarioID] = option
		if err := fits(a); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE training_attempts SET answers = ? WHERE id = ?`, database.Pack(a.Answers), attemptID)
		return err
	})
	return a, err
}

// fits refuses answers to questions or with options that the quiz does not have.
func fits(a Attempt) error {
	options := map[string]int{}
	for _, q := range a.Quiz {
		options[q.ID] = len(q.Options)
	}
	for id, option := range a.Answers {
		if n, ok := options[id]; !ok || option < 0 || option >= n {
			return fmt.Errorf("The quiz of module %q has no question %q with an answer %d", a.ModuleID, id, option+1)
		}
	}
	return nil
}

// Finish grades an open attempt and keeps the result for good.
func (s *Store) Finish(ctx context.Context, attemptID int64, by audit.Actor) (Result, error) {
	var r Result
	_, err := s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		a, err := openAttempt(ctx, tx, `id = ?`, attemptID)
		if err != nil {
			return 0, audit.Line{}, err
		}
		r, err = s.finish(ctx, tx, a)
		return a.PersonID, resultLine(r, by), err
	})
	return r, err
}

// Grade takes all answers at once: it begins or takes up the quiz, stores the answers and finishes it. The options are those of the attempt's own
// shuffle, which Start shows.
func (s *Store) Grade(ctx context.Context, personID int64, moduleID string, answers map[string]int, by audit.Actor) (Result, error) {
	if _, err := FindModule(moduleID); err != nil {
		return Result{}, err
	}
	if _, err := s.practices.Person(ctx, personID); err != nil {
		return Result{}, err
	}
	var r Result
	_, err := s.write(ctx, ChangedTraining, func(tx *sql.Tx) (int64, audit.Line, error) {
		a, err := s.start(ctx, tx, personID, moduleID)
		if err != nil {
			return 0, audit.Line{}, err
		}
		for id, option := range answers {
			if _, given := a.Answers[id]; !given {
				a.Answers[id] = option
			}
		}
		if err := fits(a); err != nil {
			return 0, audit.Line{}, err
		}
		r, err = s.finish(ctx, tx, a)
		return personID, resultLine(r, by), err
	})
	return r, err
}

func (s *Store) finish(ctx context.Context, tx *sql.Tx, a Attempt) (Result, error) {
	r := Judge(a.Quiz, a.Answers)
	r.AttemptID, r.PersonID, r.ModuleID, r.At = a.ID, a.PersonID, a.ModuleID, s.moment()
	all, err := versions(ctx, tx)
	if err != nil {
		return r, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return r, err
	}
	if v, ok := Current(all, today); ok {
		r.VersionID = v.ID
	}
	_, err = tx.ExecContext(ctx, `UPDATE training_attempts SET answers = ?, finished = ?, asked = ?, right = ?, missed = ?, passed = ?, version_id = ? WHERE id = ?`,
		database.Pack(a.Answers), clock.Seconds(r.At), r.Asked, r.Right, database.Pack(r.Missed), r.Passed, known(r.VersionID), a.ID)
	if err != nil {
		return r, fmt.Errorf("save the result of the quiz: %w", err)
	}
	return r, nil
}

// didPass is the word of the audit log on a pass, by which certificates find it.
const didPass = "passed a training quiz"

func resultLine(r Result, by audit.Actor) audit.Line {
	did := "failed a training quiz"
	if r.Passed {
		did = didPass
	}
	return audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("training/%d", r.PersonID), After: database.Pack(r)}
}

// Results returns all finished attempts of everybody, newest first.
func (s *Store) Results(ctx context.Context) ([]Result, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT t.id, t.person_id, p.name, t.module_id, t.finished, t.asked, t.right, t.missed, t.passed, COALESCE(t.version_id, 0)
		FROM training_attempts t JOIN people p ON p.id = t.person_id WHERE t.finished > 0 ORDER BY t.finished DESC, t.id DESC`)
	return database.List(rows, err, "read the training results", func(row database.Row) (r Result, err error) {
		var at int64
		var missed string
		if err := row.Scan(&r.AttemptID, &r.PersonID, &r.Person, &r.ModuleID, &at, &r.Asked, &r.Right, &missed, &r.Passed, &r.VersionID); err != nil {
			return r, err
		}
		r.At = clock.Unix(at)
		if err := database.Unpack(missed, &r.Missed); err != nil {
			return r, err
		}
		return r, nil
	})
}

// Open returns the person's unfinished attempts by module.
func (s *Store) Open(ctx context.Context, personID int64) (map[string]Attempt, error) {
	open := map[string]Attempt{}
	for _, m := range modules() {
		a, err := openAttempt(ctx, s.db.Reader(), `person_id = ? AND module_id = ?`, personID, m.ID)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		open[m.ID] = a
	}
	return open, nil
}
