package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy"
	"goodword/policy/guard"
)

// Store keeps spotlights, consents and the take-down list. Every method that changes something writes one transaction with its line in
// the audit log.
type Store struct {
	db        *database.DB
	now       clock.Clock
	practices *practice.Store
	gate      *guard.Guard

	mu        sync.Mutex
	listeners []func(Change)
	doors     Doors
	authors   Authors
	lapsed    string // the day on which papers that ran out were looked for last
}

// Doors knows which rights the training opens to a person; *policy.Store does.
type Doors interface {
	May(ctx context.Context, personID int64, right policy.Right) error
}

// AskDoors makes the store ask, besides the role, whether the training of a person lets them schedule. Without it the role is enough.
func (s *Store) AskDoors(doors Doors) { s.doors = doors }

// NewStore returns a store on an open database; gate judges every text.
func NewStore(db *database.DB, now clock.Clock, practices *practice.Store, gate *guard.Guard) *Store {
	return &Store{db: db, now: now, practices: practices, gate: gate}
}

// OnChanged calls the listener after each change, on the goroutine that made it.
func (s *Store) OnChanged(listener func(Change)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = append(s.listeners, listener)
}

func (s *Store) tell(ids ...int64) {
	s.mu.Lock()
	listeners := slices.Clone(s.listeners)
	s.mu.Unlock()
	for _, listen := range listeners {
		listen(Change{What: "spotlights", IDs: ids})
	}
}

// Filter narrows a list. The zero filter means every spotlight but the archived ones.
type Filter struct {
	Stages   []Stage // empty: all but archived
	PersonID int64
	Job      string // what is printed on the badge of who is shown
	PlaceID  int64  // where who is shown works
	Occasion string
	Archived bool   // with the archived ones
	Words    string // in the title, the reason or the person's name
}

const spotlightColumns = `id, person_id, occasion, title, reason, by, stage, note, mention_id, due, schedule, created, changed,
	answers, picture_file, picture_hash, picture_alt, picture_checked, picture_by,
	patients, picture_people, picture_crops, picture_signed, picture_signed_at, kind, education, campaign_id, series_id, series_day`

// List returns the spotlights that fit the filter: the nearest schedule first, then the newest change.
func (s *Store) List(ctx context.Context, f Filter) ([]Spotlight, error) {
	where, values := []string{"1 = 1"}, []any{}
	if len(f.Stages) > 0 {
		where = append(where, "stage IN (?"+strings.Repeat(", ?", len(f.Stages)-1)+")")
		for _, stage := range f.Stages {
			values = append(values, stage)
		}
	} else if !f.Archived {
		where, values = append(where, "stage <> ?"), append(values, Archived)
	}
	if f.PersonID != 0 {
		where, values = append(where, "person_id = ?"), append(values, f.PersonID)
	}
	var list []Spotlight
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		list, err = spotlights(ctx, tx, strings.Join(where, " AND ")+" ORDER BY schedule = 0, schedule, changed DESC, id DESC", values...)
		return err
	})
	if err != nil || !f.Any() {
		return list, err
	}
	people, err := s.practices.People(ctx)
	return f.Narrow(list, people), err
}

// Find returns one spotlight, or ErrNotFound.
func (s *Store) Find(ctx context.Context, id int64) (Spotlight, error) {
	var found Spotlight
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		found, err = find(ctx, tx, id)
		return err
	})
	return found, err
}

func find(ctx context.Context, q database.Querier, id int64) (Spotlight, error) {
	list, err := spotlights(ctx, q, "id = ?", id)
	if err != nil {
		return Spotlight{}, err
	}
	if len(list) == 0 {
		return Spotlight{}, refusal.Because(ErrNotFound, "There is no spotlight with number %d", id)
	}
	return list[0], nil
}

func spotlights(ctx context.Context, q database.Querier, where string, values ...any) ([]Spotlight, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+spotlightColumns+` FROM spotlights WHERE `+where, values...)
	list, err := database.List(rows, err, "read the spotlights", func(row database.Row) (v Spotlight, err error) {
		var schedule, created, changed, signed int64
		var answers, checked, people, crops, education string
		if err := row.Scan(&v.ID, &v.PersonID, &v.Occasion, &v.Title, &v.Reason, &v.By, &v.Stage, &v.Note, &v.MentionID, &v.Due,
			&schedule, &created, &changed, &answers, &v.Picture.File, &v.Picture.Hash, &v.Picture.Alt, &checked, &v.Picture.By,
			&v.Patients, &people, &crops, &v.Picture.Signed, &signed, &v.Kind, &education, &v.CampaignID, &v.SeriesID, &v.SeriesDay); err != nil {
			return v, err
		}
		v.Schedule, v.Created, v.Changed, v.Picture.SignedAt = clock.Unix(schedule), clock.Unix(created), clock.Unix(changed), clock.Unix(signed)
		err = errors.Join(database.Unpack(answers, &v.Answers), database.Unpack(checked, &v.Picture.Checked),
			database.Unpack(people, &v.Picture.People), database.Unpack(crops, &v.Picture.Crops), database.Unpack(education, &v.Education))
		if err != nil {
			return v, fmt.Errorf("read spotlight %d: %w", v.ID, err)
		}
		return v, nil
	})
	if err != nil {
		return nil, err
	}
	return list, addVariants(ctx, q, list)
}

// addVariants reads the texts of all the spotlights at once; a list of one reads only its own.
func addVariants(ctx context.Context, q database.Querier, list []Spotlight) (err error) {
	if len(list) == 0 {
		return nil
	}
	only := int64(0)
	if len(list) == 1 {
		only = list[0].ID
	}
	at := make(map[int64]int, len(list))
	for i := range list {
		at[list[i].ID] = i
	}
	rows, err := q.QueryContext(ctx, `SELECT spotlight_id, network, text, disclosure, verdict, author, posted_at, posted_url, posted_by,
		COALESCE(consent_id, 0), taken_down FROM variants WHERE ?1 = 0 OR spotlight_id = ?1`, only)
	if err != nil {
		return fmt.Errorf("read the texts of the spotlights: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id, posted, down int64
		var v Variant
		if err := rows.Scan(&id, &v.Network, &v.Text, &v.Disclosure, &v.Verdict, &v.Author, &posted, &v.PostedURL, &v.PostedBy, &v.ConsentID, &down); err != nil {
			return fmt.Errorf("read the texts of the spotlights: %w", err)
		}
		v.PostedAt, v.TakenDown = clock.Unix(posted), clock.Unix(down)
		if i, ok := at[id]; ok {
			list[i].Variants = append(list[i].Variants, v)
		}
	}
	for i := range list {
		slices.SortFunc(list[i].Variants, func(a, b Variant) int { return place(a.Network) - place(b.Network) })
	}
	return rows.Err()
}

// place is where a network stands in the list of networks, so that tabs never change their order.
func place(network string) int {
	return slices.IndexFunc(networks().Networks, func(n Network) bool { return n.ID == network })
}

// Nominate adds a spotlight at the first stage and credits who thought of it. One for a turn of a series takes the turn.
func (s *Store) Nominate(ctx context.Context, v Spotlight, by audit.Actor) (Spotlight, error) {
	person, err := s.practices.Person(ctx, v.PersonID)
	if err != nil {
		return v, err
	}
	occasion, ok := OccasionByID(v.Occasion)
	if !ok {
		return v, refusal.Because(ErrNotFound, "There is no occasion %q. The occasions are: %s", v.Occasion, occasionNames())
	}
	if v.Title = strings.TrimSpace(v.Title); v.Title == "" {
		v.Title = occasion.Name + ": " + person.Name
	}
	v.Reason, v.By, v.Stage, v.Kind = strings.TrimSpace(v.Reason), by.ID, Nominated, KindSpotlight
	v.Created, v.Changed = s.now(), s.now()
	h, err := s.house(ctx)
	if err != nil {
		return v, err
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		step, err := s.weigh(ctx, tx, h, v, by)
		if err != nil {
			return err
		}
		if err := step.mayPlan(v.Schedule); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO spotlights (person_id, occasion, title, reason, by, stage, mention_id, due, schedule, created, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.PersonID, v.Occasion, v.Title, v.Reason, v.By, v.Stage, v.MentionID, v.Due,
			clock.Seconds(v.Schedule), clock.Seconds(v.Created), clock.Seconds(v.Changed))
		if err != nil {
			return fmt.Errorf("save the nomination: %w", err)
		}
		if v.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		if err := s.log(ctx, tx, v.ID, by, "nominated a colleague", "", v.Title); err != nil || v.SeriesID == 0 {
			return err
		}
		return s.takeTurn(ctx, tx, v.ID, v.SeriesID, v.SeriesDay, by)
	})
	if err != nil {
		return v, err
	}
	s.tell(v.ID)
	return s.Find(ctx, v.ID)
}

// History returns what happened to a spotlight, newest first.
func (s *Store) History(ctx context.Context, id int64) ([]audit.Line, error) {
	return audit.List(ctx, s.db.Reader(), subject(id), 500)
}

// Counts are the figures of the advocacy domain for a summary.
type Counts struct {
	Stages    map[Stage]int `json:"stages"`
	Open      int           `json:"open"`   // neither published nor archived
	Missed    int           `json:"missed"` // scheduled for a moment that has passed
	TakeDowns int           `json:"take_downs"`
}

// Counts returns how many spotlights stand where.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	c := Counts{Stages: map[Stage]int{}}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT stage, COUNT(*), SUM(stage = ? AND schedule < ?) FROM spotlights GROUP BY stage`,
		Scheduled, clock.Seconds(s.now()))
	if err != nil {
		return c, fmt.Errorf("count the spotlights: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var stage Stage
		var n, missed int
		if err := rows.Scan(&stage, &n, &missed); err != nil {
			return c, err
		}
		c.Stages[stage] = n
		c.Missed += missed
		if stage != Published && stage != Archived {
			c.Open += n
		}
	}
	if err := rows.Err(); err != nil {
		return c, err
	}
	err = s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM takedowns WHERE done = 0`).Scan(&c.TakeDowns)
	return c, err
}

// Missed lists the scheduled spotlights whose moment has passed while nobody posted them.
func (s *Store) Missed(ctx context.Context) ([]Spotlight, error) {
	return spotlights(ctx, s.db.Reader(), "stage = ? AND schedule < ? ORDER BY schedule", Scheduled, clock.Seconds(s.now()))
}

func subject(id int64) string { return fmt.Sprintf("spotlight/%d", id) }

func (s *Store) log(ctx context.Context, tx *sql.Tx, id int64, by audit.Actor, did, before, after string) error {
	return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: did, Subject: subject(id), Before: before, After: after})
}

// day is a moment's day in the practice's own time.
func day(p practice.Practice, t time.Time) string { return t.In(p.Location()).Format(practice.Day) }
