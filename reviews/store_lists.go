package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
	"goodword/reviews/classify"
)

// teaching are the parts of a mention whose correction changes how others are judged.
var teaching = []string{"sentiment", "topics", "urgency", "kind"}

// OwnLists reads what the practice changed in the lists of topics.
func (s *Store) OwnLists(ctx context.Context) (classify.Lists, error) {
	var l classify.Lists
	text, err := ownLists(ctx, s.db.Reader())
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &l)
	}
	if err != nil {
		err = fmt.Errorf("read the topics of the practice: %w", err)
	}
	return l, err
}

func ownLists(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (string, error) {
	var text string
	err := q.QueryRowContext(ctx, `SELECT lists FROM own_lists`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, err
}

// SaveOwnLists stores what the practice changed in the lists of topics, in the place of what it had changed before.
func (s *Store) SaveOwnLists(ctx context.Context, l classify.Lists, by audit.Actor) (classify.Lists, error) {
	l, err := l.Ready()
	if err != nil {
		return l, refusal.Because(ErrStep, "%s", err.Error())
	}
	text, err := json.Marshal(l)
	if err != nil {
		return l, err
	}
	err = s.write(ctx, ChangedLists, 0, func(tx *sql.Tx) error {
		before, err := ownLists(ctx, tx)
		if err != nil || before == string(text) {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM own_lists`); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO own_lists (lists, saved) VALUES (?, ?)`, string(text), seconds(s.now())); err != nil {
			return fmt.Errorf("store the topics of the practice: %w", err)
		}
		return s.log(ctx, tx, by, "changed the topics", "topics", before, string(text))
	})
	return l, err
}

// Corrections lists the mentions in which a person corrected what others can be judged by, newest first.
func (s *Store) Corrections(ctx context.Context, limit int) ([]Mention, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT `+wholeColumns+` FROM mentions WHERE corrected <> '[]' AND EXISTS
		(SELECT 1 FROM json_each(corrected) WHERE value IN ('sentiment', 'topics', 'urgency', 'kind')) ORDER BY id DESC LIMIT ?`, limit)
	return database.List(rows, err, "read the corrections", scanMention)
}

// Lesson is what a corrected mention teaches.
func (m Mention) Lesson() classify.Lesson {
	l := classify.Lesson{Text: m.Words(), Stars: m.Stars}
	for _, part := range m.Corrected {
		switch part {
		case "sentiment":
			if l.Sentiment = classify.Sentiment(m.Sentiment); l.Sentiment == classify.NotJudged {
				l.Sentiment = ""
			}
		case "topics":
			l.Topics, l.ToTopics = m.Topics, true
		case "kind":
			l.Kind = classify.Kind(m.Kind)
		case "urgency":
			l.Urgency, l.ToUrgency = classify.Severity(m.Urgency), true
		}
	}
	return l
}

// Words are all the words of a mention, as they are judged: its title before its text.
func (m Mention) Words() string {
	if m.Title == "" {
		return m.Text
	}
	return m.Title + "\n" + m.Text
}

// TakeBack puts what was understood of a mention in the place of what a person corrected: what stood there before, or what the program says now.
func (s *Store) TakeBack(ctx context.Context, id int64, u Understood, by audit.Actor) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	team, err := s.Team(ctx)
	if err != nil {
		return err
	}
	err = s.change(ctx, id, by, func(tx *sql.Tx, m Mention) (string, string, string, error) {
		before := m.understanding()
		if err := s.mayCalm(ctx, by, m.Understood, u); err != nil {
			return "", "", "", err
		}
		said := slices.Contains(m.Corrected, partPeople) && !slices.Contains(u.Corrected, partPeople)
		m.Understood = u
		err := storeUnderstood(ctx, tx, m, newDeadlines(p).due(m))
		if err == nil && said {
			err = speaksOf(ctx, tx, m.ID, team.Meant(m.Words()).People, true)
		}
		return "took a correction back", before, m.understanding(), err
	})
	if err == nil {
		s.tell(ChangedLists)
	}
	return err
}

// rejudgedAtOnce is how many mentions are judged anew in one transaction: others that want to write wait no longer than that takes.
const rejudgedAtOnce = 500

// Rejudging is how far the mentions are judged by what is in force now.
type Rejudging struct {
	Done, Total int
	Changed     int
}

// Rejudge judges every mention anew, the newest first, and keeps what people corrected. stamp names what is in force: with the one of the last
// run, and the same people and places, it goes on where that stopped, or is over at once. Between its batches others can write, and a stop loses
// nothing.
func (s *Store) Rejudge(ctx context.Context, stamp string, judge func(Mention) Understood, progress func(Rejudging)) (changed int, err error) {
	p, err := s.practice(ctx)
	if err != nil {
		return 0, err
	}
	team, err := s.Team(ctx)
	if err != nil {
		return 0, err
	}
	var r Rejudging
	below, err := s.beginRejudging(ctx, stamp+team.Stamp(), &r)
	if err != nil {
		return 0, err
	}
	d := newDeadlines(p)
	for below > 0 && err == nil {
		var done int
		if below, done, err = s.rejudgeSome(ctx, below, d, team, judge, &r.Changed); err != nil {
			break
		}
		r.Done += done
		if progress != nil {
			progress(r)
		}
		err = ctx.Err()
	}
	if r.Changed > 0 {
		kept := context.WithoutCancel(ctx) // what was judged before a stop stays, and so does the line that says so
		err = errors.Join(err, s.db.Write(kept, func(tx *sql.Tx) error {
			return s.log(kept, tx, audit.Program, "judged anew", "mentions", "", fmt.Sprintf("%d changed", r.Changed))
		}))
		s.tell(ChangedMentions)
	}
	if err != nil {
		err = fmt.Errorf("judge the mentions anew: %w", err)
	}
	return r.Changed, err
}

// Rejudged reports whether all mentions are judged by what is in force.
func (s *Store) Rejudged(ctx context.Context, stamp string) (bool, error) {
	team, err := s.Team(ctx)
	if err != nil {
		return false, err
	}
	var n int
	err = s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM rejudged WHERE stamp = ? AND below = 0`, stamp+team.Stamp()).Scan(&n)
	return n > 0, err
}

// beginRejudging finds the mention below which the rest is to be judged; 0 when nothing is.
func (s *Store) beginRejudging(ctx context.Context, stamp string, r *Rejudging) (below int64, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT below FROM rejudged WHERE stamp = ?`, stamp).Scan(&below)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT IFNULL(MAX(id) + 1, 0) FROM mentions`).Scan(&below); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM rejudged`); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO rejudged (stamp, below) VALUES (?, ?)`, stamp, below)
		return err
	})
	if err != nil || below == 0 {
		return 0, err
	}
	return below, s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM mentions WHERE id < ?`, below).Scan(&r.Total)
}

func (s *Store) rejudgeSome(ctx context.Context, below int64, d *deadlines, team *classify.Team, judge func(Mention) Understood, changed *int) (next int64, done int, err error) {
	some := 0
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		batch, err := batchBelow(ctx, tx, below)
		if err != nil {
			return err
		}
		for _, m := range batch {
			if !m.Purged.IsZero() {
				continue // its words are gone; what was understood of them stays
			}
			place, others, err := lookAgain(ctx, tx, m, team)
			if err != nil {
				return err
			}
			u := judge(m).corrected(m.Understood)
			if others {
				some++
			}
			if m.understoodAs(u) && m.PlaceID == place {
				continue
			}
			m.Understood, m.PlaceID = u, place
			if err := storeUnderstood(ctx, tx, m, d.due(m)); err != nil {
				return err
			}
			if !others {
				some++
			}
		}
		done, next = len(batch), 0
		if done == rejudgedAtOnce {
			next = batch[done-1].ID
		}
		_, err = tx.ExecContext(ctx, `UPDATE rejudged SET below = ?`, next)
		return err
	})
	if err == nil {
		*changed += some
	}
	return next, done, err
}

func batchBelow(ctx context.Context, tx *sql.Tx, below int64) ([]Mention, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+wholeColumns+` FROM mentions WHERE id < ? ORDER BY id DESC LIMIT ?`, below, rejudgedAtOnce)
	return database.List(rows, err, "read the mentions to judge anew", scanMention)
}

// understoodAs reports whether that is how the mention is understood already.
func (m Mention) understoodAs(u Understood) bool {
	a, b := m.Understood, u
	for _, list := range []*[]string{&a.Topics, &b.Topics, &a.Signals, &b.Signals, &a.Corrected, &b.Corrected} {
		*list = unpack(pack(*list))
	}
	return reflect.DeepEqual(a, b)
}

// Teaches reports whether a correction of these parts changes how other mentions are judged.
func Teaches(parts []string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(teaching, p) })
}
