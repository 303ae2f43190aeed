package policy

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// ChangedMyths is the kind of Change after which another statement about health may be used.
const ChangedMyths = "myths"

// ApprovedMyth is a statement about health that a clinician of the practice stands behind.
type ApprovedMyth struct {
	Myth
	By  int64     `json:"by"`
	At  time.Time `json:"at"`
	Due time.Time `json:"due"` // when it has to be looked at again
}

// words is the hash of all that an answer takes from a myth: an approval holds for exactly these words.
func (m Myth) words() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{m.Myth, m.Correct, m.URL, m.Second, m.SecondURL}, "\n")))
	return hex.EncodeToString(sum[:8])
}

// ApproveMyth notes that a clinician of the practice stands behind a statement about health. It holds for the statement as it reads now, until the
// day on which it is due to be looked at again.
func (s *Store) ApproveMyth(ctx context.Context, id string, by audit.Actor) error {
	m, ok, err := s.mythNamed(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		return refusal.Because(ErrNotFound, "There is no statement about health called %q", id)
	}
	if err := s.clinician(ctx, by); err != nil {
		return err
	}
	_, err = s.write(ctx, ChangedMyths, func(tx *sql.Tx) (int64, audit.Line, error) {
		_, err := tx.ExecContext(ctx, `INSERT INTO myth_approvals (myth, words, by, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (myth) DO UPDATE SET words = excluded.words, by = excluded.by, at = excluded.at`, id, m.words(), by.ID, clock.Seconds(s.now()))
		return 0, audit.Line{Who: by, Did: "statement about health approved", Subject: "myth/" + id, After: "sha256:" + m.words()}, err
	})
	return err
}

// WithdrawMyth ends an approval. Any clinician may, and whoever may approve replies: it only makes less be said.
func (s *Store) WithdrawMyth(ctx context.Context, id string, by audit.Actor) error {
	person, err := s.practices.Person(ctx, by.ID)
	if err != nil {
		return err
	}
	if person.Role != practice.Clinician && !person.Role.MayApprove() {
		return refusal.Because(ErrStep, "The role %s may not take an approval back", person.Role)
	}
	_, err = s.write(ctx, ChangedMyths, func(tx *sql.Tx) (int64, audit.Line, error) {
		gone, err := tx.ExecContext(ctx, `DELETE FROM myth_approvals WHERE myth = ?`, id)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			return 0, audit.Line{}, refusal.Because(ErrStep, "Nobody has approved that statement")
		}
		return 0, audit.Line{Who: by, Did: "approval of a statement about health withdrawn", Subject: "myth/" + id}, nil
	})
	return err
}

func (s *Store) clinician(ctx context.Context, by audit.Actor) error {
	person, err := s.practices.Person(ctx, by.ID)
	if err != nil {
		return refusal.Because(ErrStep, "A clinician on the staff list approves statements about health")
	}
	if person.Role != practice.Clinician || !person.Here(s.now().UTC().Format(practice.Day)) {
		return refusal.Because(ErrStep, "Only a clinician of the practice approves statements about health; %s is entered as %s", person.Name, person.Role)
	}
	return nil
}

// Approved lists the statements that may be used today: approved by a clinician who still works here, in the words they have now, and not yet due
// for another look.
func (s *Store) Approved(ctx context.Context) ([]ApprovedMyth, error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	return approved(ctx, s.db.Reader(), people, s.now())
}

func approved(ctx context.Context, q database.Querier, people []practice.Person, now time.Time) ([]ApprovedMyth, error) {
	all, err := allMyths(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT myth, words, by, at FROM myth_approvals ORDER BY myth`)
	if err != nil {
		return nil, fmt.Errorf("read the approved statements: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []ApprovedMyth
	today := now.UTC().Format(practice.Day)
	for rows.Next() {
		var id, words string
		var by, at int64
		if err := rows.Scan(&id, &words, &by, &at); err != nil {
			return nil, fmt.Errorf("read the approved statements: %w", err)
		}
		i := slices.IndexFunc(all, func(m Myth) bool { return m.ID == id })
		if i < 0 || all[i].words() != words {
			continue
		}
		a := ApprovedMyth{Myth: all[i], By: by, At: clock.Unix(at)}
		a.Due = a.At.AddDate(0, a.Months, 0)
		here := slices.ContainsFunc(people, func(p practice.Person) bool { return p.ID == by && p.Role == practice.Clinician && p.Here(today) })
		if here && (a.Months == 0 || now.Before(a.Due)) {
			list = append(list, a)
		}
	}
	return list, rows.Err()
}

func mythByID(id string) (Myth, bool) {
	i := slices.IndexFunc(myths().Myths, func(m Myth) bool { return m.ID == id })
	if i < 0 {
		return Myth{}, false
	}
	return myths().Myths[i], true
}

// Statements are the words of answers that clinicians stand behind.
func Statements(approved []ApprovedMyth) []string {
	var all []string
	for _, a := range approved {
		all = append(all, a.Statements()...)
	}
	return all
}
