package advocacy

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
	"goodword/policy"
	"goodword/policy/guard"
)

// house is what a step needs to know from outside this domain.
type house struct {
	practice practice.Practice
	people   []practice.Person
	own      guard.Own
}

func (s *Store) house(ctx context.Context) (house, error) {
	var h house
	p, err := s.practices.Get(ctx)
	if err != nil {
		return h, err
	}
	people, err := s.practices.People(ctx)
	if err != nil {
		return h, err
	}
	places, err := s.practices.Places(ctx)
	if err != nil {
		return h, err
	}
	return house{practice: p, people: people, own: policy.OwnOf(p, places, people)}, nil
}

func (h house) person(id int64) practice.Person {
	for _, p := range h.people {
		if p.ID == id {
			return p
		}
	}
	return practice.Person{}
}

// change loads a spotlight with all that the rules weigh, lets do change it, and notes the moment, all in one transaction.
func (s *Store) change(ctx context.Context, id int64, by audit.Actor, do func(tx *sql.Tx, step Step) error) error {
	h, err := s.house(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		v, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		step, err := s.weigh(ctx, tx, h, v, by)
		if err != nil {
			return err
		}
		if err := do(tx, step); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE spotlights SET changed = ? WHERE id = ?`, clock.Seconds(s.now()), id)
		return err
	})
	if err == nil {
		s.tell(id)
	}
	return err
}

// Step returns what the rules would weigh if the actor moved the spotlight now, so that a screen can say beforehand what is missing.
func (s *Store) Step(ctx context.Context, id int64, by audit.Actor) (Step, error) {
	h, err := s.house(ctx)
	if err != nil {
		return Step{}, err
	}
	var step Step
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		v, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		step, err = s.weigh(ctx, tx, h, v, by)
		return err
	})
	return step, err
}

// weigh gathers all that the rules look at.
func (s *Store) weigh(ctx context.Context, q database.Querier, h house, v Spotlight, by audit.Actor) (Step, error) {
	step := Step{Spotlight: v, Person: h.person(v.PersonID), People: h.people, Actor: h.person(by.ID), Practice: h.practice,
		Gate: s.gate, Now: s.now()}
	var err error
	if step.Blank, err = policy.Decided(ctx, q, guard.Draft{Kind: guard.Spotlight, Own: h.own}, h.people, step.Now); err != nil {
		return step, err
	}
	if s.authors != nil {
		asked := context.WithoutCancel(ctx) // a screen judges words long after it got the step
		step.Wrote = func(names []string) ([]string, error) { return s.authors.Wrote(asked, names) }
	}
	step.Consents, err = consents(ctx, q, "1 = 1 ORDER BY given, id") // a text may name anybody
	if err != nil {
		return step, err
	}
	step.Allowed, err = authorizations(ctx, q, "spotlight_id = ? ORDER BY given, id", v.ID)
	if s.doors != nil {
		step.Untrained = s.doors.May(ctx, by.ID, policy.RightSchedule)
	}
	return step, err
}

// Move takes a spotlight to another stage if everything that the stage needs is there; otherwise the error says what is missing.
func (s *Store) Move(ctx context.Context, id int64, to Stage, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := step.Allows(to); err != nil {
			return err
		}
		return s.moveTo(ctx, tx, step.Spotlight, to, "", by)
	})
}

func (s *Store) moveTo(ctx context.Context, tx *sql.Tx, v Spotlight, to Stage, note string, by audit.Actor) error {
	if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET stage = ?, note = ? WHERE id = ?`, to, note, v.ID); err != nil {
		return fmt.Errorf("move the spotlight: %w", err)
	}
	after := string(to)
	if note != "" {
		after += ": " + note
	}
	return s.log(ctx, tx, v.ID, by, "moved the spotlight", string(v.Stage), after)
}

// SendBack returns a spotlight from review, or from the schedule, to its draft, with a note that says why.
func (s *Store) SendBack(ctx context.Context, id int64, note string, by audit.Actor) error {
	if note = strings.TrimSpace(note); note == "" {
		return refusal.Because(ErrStep, "Say in a line what should change")
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if stage := step.Spotlight.Stage; stage != ReviewStage && stage != Scheduled {
			return refusal.Because(ErrStep, "Only what is in review or scheduled can be sent back")
		}
		if posted(step.Spotlight) {
			return refusal.Because(ErrStep, "It is posted already")
		}
		return s.moveTo(ctx, tx, step.Spotlight, DraftStage, note, by)
	})
}

// Archive puts a spotlight away, from any stage.
func (s *Store) Archive(ctx context.Context, id int64, by audit.Actor) error {
	return s.Move(ctx, id, Archived, by)
}

// SaveStory stores the answers of the story sheet.
func (s *Store) SaveStory(ctx context.Context, id int64, answers []Answer, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := beforeReview(step.Spotlight); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET answers = ? WHERE id = ?`, database.Pack(answers), id); err != nil {
			return fmt.Errorf("save the story sheet: %w", err)
		}
		return s.log(ctx, tx, id, by, "filled in the story sheet", database.Pack(step.Spotlight.Answers), database.Pack(answers))
	})
}

// SaveCard stores the title, the reason and the day by which the next step is wanted.
func (s *Store) SaveCard(ctx context.Context, id int64, title, reason, due string, by audit.Actor) error {
	if strings.TrimSpace(title) == "" {
		return refusal.Because(ErrStep, "A spotlight needs a title")
	}
	if _, err := time.Parse(practice.Day, due); due != "" && err != nil {
		return refusal.Because(ErrStep, "%q is not a day. Write it as 2026-11-22", due)
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET title = ?, reason = ?, due = ? WHERE id = ?`, title, reason, due, id); err != nil {
			return fmt.Errorf("save the card: %w", err)
		}
		v := step.Spotlight
		return s.log(ctx, tx, id, by, "changed the card", database.Pack([]string{v.Title, v.Reason, v.Due}), database.Pack([]string{title, reason, due}))
	})
}

// beforeReview refuses changes to what a reviewer has approved or readers have seen.
func beforeReview(v Spotlight) error {
	if order(v.Stage) >= order(Scheduled) {
		return refusal.Because(ErrStep, "It is approved as it stands. Send it back to the draft to change it")
	}
	return nil
}

// SaveVariant stores the text for one network and returns it with what the gate says of it. A text may be saved with faults; it cannot
// go to review with any that block.
func (s *Store) SaveVariant(ctx context.Context, id int64, v Variant, by audit.Actor) (Variant, guard.Result, error) {
	var result guard.Result
	if _, ok := NetworkByID(v.Network); !ok {
		return v, result, unknownNetwork(v.Network)
	}
	err := s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if stage := step.Spotlight.Stage; stage != DraftStage && stage != ReviewStage {
			if err := beforeReview(step.Spotlight); err != nil {
				return err
			}
			return refusal.Because(ErrStep, "Texts are written at the stage \"draft\", after consent and story")
		}
		if step.Actor.ID != 0 && !step.Actor.Role.MayDraft() && step.Actor.ID != step.Person.ID {
			return refusal.Because(ErrRights, "Your role does not write posts. Ask the manager or HR")
		}
		before, _ := step.Spotlight.Variant(v.Network)
		result = step.Judge(v)
		v.Verdict, v.Author = result.Verdict, by.ID
		_, err := tx.ExecContext(ctx, `INSERT INTO variants (spotlight_id, network, text, disclosure, verdict, author) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (spotlight_id, network) DO UPDATE SET text = excluded.text, disclosure = excluded.disclosure,
			verdict = excluded.verdict, author = excluded.author`, id, v.Network, v.Text, v.Disclosure, v.Verdict, v.Author)
		if err != nil {
			return fmt.Errorf("save the text: %w", err)
		}
		if step.Spotlight.Stage == ReviewStage && !step.Actor.Role.MayApprove() {
			// what is under review is what the reviewer reads
			if err := s.moveTo(ctx, tx, step.Spotlight, DraftStage, "The text was changed during the review.", by); err != nil {
				return err
			}
		}
		return s.log(ctx, tx, id, by, "wrote the text for "+v.Network, before.Text, v.Text)
	})
	return v, result, err
}

// RemoveVariant drops the text for one network.
func (s *Store) RemoveVariant(ctx context.Context, id int64, network string, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := beforeReview(step.Spotlight); err != nil {
			return err
		}
		before, ok := step.Spotlight.Variant(network)
		if !ok {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM variants WHERE spotlight_id = ? AND network = ?`, id, network); err != nil {
			return fmt.Errorf("remove the text: %w", err)
		}
		return s.log(ctx, tx, id, by, "removed the text for "+network, before.Text, "")
	})
}

// Schedule sets the moment at which the spotlight is to be posted, which must lie ahead and within the consents on record; the zero time
// clears it.
func (s *Store) Schedule(ctx context.Context, id int64, at time.Time, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		stage := step.Spotlight.Stage
		if stage == Published || stage == Archived {
			return refusal.Because(ErrStep, "It is %s, so its date stands", stage)
		}
		if stage == Scheduled && at.IsZero() {
			return refusal.Because(ErrStep, "A scheduled spotlight needs a date. Send it back to the draft to take it off the calendar")
		}
		if err := step.mayPlan(at); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET schedule = ? WHERE id = ?`, clock.Seconds(at), id); err != nil {
			return fmt.Errorf("save the date: %w", err)
		}
		return s.log(ctx, tx, id, by, "chose the date", moment(step.Spotlight.Schedule), moment(at))
	})
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// CopyVariant returns the text for the clipboard, exactly as the gate has just judged it, and notes that it was copied.
func (s *Store) CopyVariant(ctx context.Context, id int64, network string, by audit.Actor) (string, error) {
	text := ""
	err := s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := step.MayCopy(network); err != nil {
			return err
		}
		v, _ := step.Spotlight.Variant(network)
		text = v.Whole(step.Practice)
		return s.log(ctx, tx, id, by, didCopy+network, "", text)
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// MarkPosted notes that the text was posted, and where. The last network that had a text makes the spotlight published. What was posted after its
// paper ended, from a text copied before, is noted all the same and stands on the take-down list.
func (s *Store) MarkPosted(ctx context.Context, id int64, network, url string, by audit.Actor) error {
	if url = strings.TrimSpace(url); url != "" && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return errors.New("The address of the post starts with https://")
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		consent, err := step.MayPost(network)
		if err != nil {
			if noted, failed := s.postedBare(ctx, tx, step, network, url, by); noted || failed != nil {
				return failed
			}
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE variants SET posted_at = ?, posted_url = ?, posted_by = ?, consent_id = NULLIF(?, 0), taken_down = 0
			WHERE spotlight_id = ? AND network = ?`, clock.Seconds(s.now()), url, by.ID, consent.ID, id, network)
		if err != nil {
			return fmt.Errorf("note the post: %w", err)
		}
		if err := s.log(ctx, tx, id, by, "posted on "+network, "", url); err != nil {
			return err
		}
		now, err := find(ctx, tx, id)
		if err != nil || now.Stage != Scheduled || !allPosted(now) {
			return err
		}
		return s.moveTo(ctx, tx, now, Published, "", by)
	})
}
