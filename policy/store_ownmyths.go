package policy

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

const ownMythPrefix = "own-"

// Own reports whether the practice wrote the statement itself.
func (m Myth) Own() bool { return strings.HasPrefix(m.ID, ownMythPrefix) }

// JudgeMyths sets what proves that an answer with a statement of the practice's own passes the gate.
func (s *Store) JudgeMyths(sound func(ctx context.Context, m Myth) error) { s.soundMyth = sound }

// AllMyths returns the errors about health that ship and the practice's own, the own ones last.
func (s *Store) AllMyths(ctx context.Context) ([]Myth, error) {
	return allMyths(ctx, s.db.Reader())
}

func allMyths(ctx context.Context, q database.Querier) ([]Myth, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, content FROM own_myths WHERE ended = 0 ORDER BY id`)
	own, err := database.List(rows, err, "read the practice's own statements", func(row database.Row) (m Myth, err error) {
		var id int64
		var content string
		if err := row.Scan(&id, &content); err != nil {
			return m, err
		}
		err = database.Unpack(content, &m)
		m.ID = ownMythPrefix + strconv.FormatInt(id, 10)
		return m, err
	})
	return append(Myths(), own...), err
}

// SaveMyth adds a statement of the practice's own (no ID) or changes one. Whoever saves it has read the page today. An approval of other words
// lapses by itself.
func (s *Store) SaveMyth(ctx context.Context, m Myth, by audit.Actor) (Myth, error) {
	if err := s.mayWriteMyths(ctx, by); err != nil {
		return m, err
	}
	m, err := m.ready()
	if err != nil {
		return m, err
	}
	if m.Checked, err = s.today(ctx); err != nil {
		return m, err
	}
	m.Status = StatusRead
	if s.soundMyth != nil {
		if err := s.soundMyth(ctx, m); err != nil {
			return m, err
		}
	}
	number, err := ownNumber(m.ID)
	if err != nil {
		return m, err
	}
	_, err = s.write(ctx, ChangedMyths, func(tx *sql.Tx) (int64, audit.Line, error) {
		number, err = database.Save(ctx, tx, number, `INSERT INTO own_myths (content, changed, by) VALUES (?, ?, ?)`, `UPDATE own_myths SET content = ?, changed = ?, by = ? WHERE id = ?`,
			database.Pack(m), clock.Seconds(s.now()), by.Name)
		m.ID = ownMythPrefix + strconv.FormatInt(number, 10)
		return 0, audit.Line{Who: by, Did: "saved a statement about health", Subject: "myth/" + m.ID, After: database.Pack(m)}, err
	})
	return m, err
}

func (s *Store) mayWriteMyths(ctx context.Context, by audit.Actor) error {
	person, err := s.practices.Person(ctx, by.ID)
	if err != nil || person.Role != practice.Clinician && !person.Role.MayApprove() {
		return refusal.Because(ErrRights, "Statements about health are written by a clinician, the owner, the compliance officer or a manager")
	}
	return nil
}

// EndMyth puts a statement of the practice's own out of use. It stays on record, and RestoreMyth brings it back.
func (s *Store) EndMyth(ctx context.Context, id string, by audit.Actor) error {
	return s.useMyth(ctx, id, "put a statement about health out of use", `UPDATE own_myths SET ended = ? WHERE id = ? AND ended = 0`, clock.Seconds(s.now()), by)
}

// RestoreMyth brings a statement back into use that was put out of it. An approval of the same words counts again.
func (s *Store) RestoreMyth(ctx context.Context, id string, by audit.Actor) error {
	return s.useMyth(ctx, id, "brought a statement about health back into use", `UPDATE own_myths SET ended = ? WHERE id = ? AND ended <> 0`, 0, by)
}

func (s *Store) useMyth(ctx context.Context, id, did, query string, ended int64, by audit.Actor) error {
	number, err := ownNumber(id)
	if err != nil || number == 0 {
		return refusal.Because(ErrStep, "Only a statement of the practice's own is put out of use; of the others the approval is taken back")
	}
	if err := s.mayWriteMyths(ctx, by); err != nil {
		return err
	}
	_, err = s.write(ctx, ChangedMyths, func(tx *sql.Tx) (int64, audit.Line, error) {
		done, err := tx.ExecContext(ctx, query, ended, number)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("change the use of the statement: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return 0, audit.Line{}, refusal.Because(ErrNotFound, "There is no statement about health called %q", id)
		}
		return 0, audit.Line{Who: by, Did: did, Subject: "myth/" + id}, nil
	})
	return err
}

func ownNumber(id string) (int64, error) {
	if id == "" {
		return 0, nil
	}
	number, err := strconv.ParseInt(strings.TrimPrefix(id, ownMythPrefix), 10, 64)
	if err != nil || !strings.HasPrefix(id, ownMythPrefix) {
		return 0, refusal.Because(ErrStep, "What ships with the program is not changed. Write a statement of your own")
	}
	return number, nil
}

// ready refuses a statement that could not be cited.
func (m Myth) ready() (Myth, error) {
	for _, field := range []*string{&m.Topic, &m.Myth, &m.Correct, &m.Source, &m.URL, &m.Second, &m.SecondURL} {
		*field = strings.TrimSpace(*field)
	}
	if m.Topic == "" || m.Myth == "" || m.Correct == "" || m.Source == "" {
		return m, refusal.Because(ErrStep, "A statement needs its subject, what is said, what holds, and the source")
	}
	links := []string{m.URL}
	if m.Contested {
		if m.Second == "" {
			return m, refusal.Because(ErrStep, "Where agencies and medical societies differ, two sources are named")
		}
		links = append(links, m.SecondURL)
	}
	for _, link := range links {
		if page, err := url.Parse(link); err != nil || page.Scheme != "https" || page.Host == "" {
			return m, refusal.Because(ErrStep, "%q is no address of a page. It begins with https://", link)
		}
	}
	if len(m.Disciplines) == 0 {
		m.Disciplines = []string{"own"}
	}
	if m.Months == 0 {
		m.Months = 12
		if m.Contested {
			m.Months = 3
		}
	}
	return m, nil
}

// mythNamed finds a statement by its id, ours or the practice's own.
func (s *Store) mythNamed(ctx context.Context, id string) (Myth, bool, error) {
	if m, ok := mythByID(id); ok {
		return m, true, nil
	}
	all, err := s.AllMyths(ctx)
	i := slices.IndexFunc(all, func(m Myth) bool { return m.ID == id })
	if err != nil || i < 0 {
		return Myth{}, false, err
	}
	return all[i], true, nil
}
