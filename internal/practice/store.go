package practice

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Store keeps the practice, its places, people and settings.
type Store struct {
	db  *database.DB
	now clock.Clock
}

// NewStore returns a store on an open database.
func NewStore(db *database.DB, now clock.Clock) *Store { return &Store{db: db, now: now} }

// Get returns the practice, or ErrNone before the set-up.
func (s *Store) Get(ctx context.Context) (Practice, error) { return get(ctx, s.db.Reader()) }

func get(ctx context.Context, q database.Querier) (Practice, error) {
	var p Practice
	var disciplines, words, facts, hours, targets, rows string
	err := q.QueryRowContext(ctx, `SELECT name, phone, email, website, city, region, country, time_zone, contact_name, contact_role,
		apology, disciplines, watch_words, facts, hours, targets, target_rows, sample FROM practice WHERE id = 1`).Scan(
		&p.Name, &p.Phone, &p.Email, &p.Website, &p.City, &p.Region, &p.Country, &p.TimeZone, &p.ContactName, &p.ContactRole,
		&p.Apology, &disciplines, &words, &facts, &hours, &targets, &rows, &p.Sample)
	if errors.Is(err, sql.ErrNoRows) {
		return p, ErrNone
	}
	if err != nil {
		return p, fmt.Errorf("read the practice: %w", err)
	}
	return p, errors.Join(database.Unpack(disciplines, &p.Disciplines), database.Unpack(words, &p.WatchWords), database.Unpack(facts, &p.Facts),
		database.Unpack(hours, &p.Hours), database.Unpack(targets, &p.Targets), database.Unpack(rows, &p.TargetRows))
}

// Save stores the practice, the first time and every time after. Missing hours and targets take the defaults.
func (s *Store) Save(ctx context.Context, p Practice, by audit.Actor) error {
	return s.save(ctx, p, by, false)
}

// Create stores the practice of a database that has none yet. Where there is one by now, which another program may have made meanwhile, it stays
// as it is and the error is ErrThere.
func (s *Store) Create(ctx context.Context, p Practice, by audit.Actor) error {
	return s.save(ctx, p, by, true)
}

func (s *Store) save(ctx context.Context, p Practice, by audit.Actor, first bool) error {
	p, err := p.ready()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		before, err := get(ctx, tx)
		if err != nil && !errors.Is(err, ErrNone) {
			return err
		}
		if first && err == nil {
			return ErrThere
		}
		_, leads, err := s.standing(ctx, tx, by)
		if err != nil {
			return err
		}
		if !leads {
			return refusal.Because(ErrRights, "The details of the practice are changed by the owner, the compliance officer or a manager")
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO practice (id, name, phone, email, website, city, region, country, time_zone,
			contact_name, contact_role, apology, disciplines, watch_words, facts, hours, targets, target_rows, sample)
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, email = excluded.email, website = excluded.website,
			city = excluded.city, region = excluded.region, country = excluded.country, time_zone = excluded.time_zone,
			contact_name = excluded.contact_name, contact_role = excluded.contact_role, apology = excluded.apology,
			disciplines = excluded.disciplines, watch_words = excluded.watch_words, facts = excluded.facts, hours = excluded.hours,
			targets = excluded.targets, target_rows = excluded.target_rows, sample = excluded.sample`,
			p.Name, p.Phone, p.Email, p.Website, p.City, p.Region, p.Country, p.TimeZone, p.ContactName, p.ContactRole, p.Apology,
			database.Pack(p.Disciplines), database.Pack(p.WatchWords), database.Pack(p.Facts), database.Pack(p.Hours), database.Pack(p.Targets), database.Pack(p.TargetRows), p.Sample)
		if err != nil {
			return fmt.Errorf("save the practice: %w", err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "saved the practice", Subject: "practice", Before: database.Pack(before), After: database.Pack(p)})
	})
}

func (p Practice) ready() (Practice, error) {
	p.Name = strings.TrimSpace(p.Name)
	if p.Name == "" {
		return p, errors.New("The practice needs a name")
	}
	if p.Apology == "" {
		p.Apology = Regret
	}
	country, err := countryCode(p.Country)
	if err != nil {
		return p, err
	}
	p.Country = country
	if p.Targets == (Targets{}) {
		p.Targets = DefaultTargets
	}
	empty := true
	for _, spans := range p.Hours.Week {
		empty = empty && len(spans) == 0
	}
	if empty {
		p.Hours.Week = DefaultHours().Week
	}
	for _, row := range p.TargetRows {
		if err := row.Check(); err != nil {
			return p, err
		}
	}
	return p, p.Hours.Check()
}

// countryCode is the two letters of a country (ISO 3166-1), by which laws, help lines and ways to write a date are found; without one, the United States.
func countryCode(given string) (string, error) {
	given = strings.TrimSpace(given)
	if given == "" {
		return "US", nil
	}
	region, err := language.ParseRegion(given)
	if err != nil || !region.IsCountry() {
		return "", fmt.Errorf("There is no country %q. Give its two letters, such as US, CA or GB", given)
	}
	return region.Canonicalize().String(), nil
}

// Places lists the locations by name.
func (s *Store) Places(ctx context.Context) ([]Place, error) { return places(ctx, s.db.Reader()) }

func places(ctx context.Context, q database.Querier) ([]Place, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, address, city, phone, pages FROM places ORDER BY name`)
	return database.List(rows, err, "read the places", func(row database.Row) (p Place, err error) {
		var pages string
		if err := row.Scan(&p.ID, &p.Name, &p.Address, &p.City, &p.Phone, &pages); err != nil {
			return p, err
		}
		err = database.Unpack(pages, &p.Pages)
		return p, err
	})
}

// SavePlace adds a place (ID 0) or changes one, and returns its id. Who decides for the practice does.
func (s *Store) SavePlace(ctx context.Context, p Place, by audit.Actor) (int64, error) {
	if p.Name = tidy(p.Name); p.Name == "" {
		return 0, errors.New("A place needs a name")
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		_, leads, err := s.standing(ctx, tx, by)
		if err != nil {
			return err
		}
		if !leads {
			return refusal.Because(ErrRights, "The places of the practice are kept by the owner, the compliance officer or a manager")
		}
		list, err := places(ctx, tx)
		if err != nil {
			return err
		}
		same := func(o Place) bool { return fold(o.Name) == fold(p.Name) }
		kept := slices.ContainsFunc(list, func(o Place) bool { return o.ID == p.ID && same(o) })
		for _, other := range list {
			if other.ID != p.ID && same(other) && !kept {
				return refusal.Because(ErrName, "There is a place called %s already. Give this one a name of its own", other.Name)
			}
		}
		p.ID, err = database.Save(ctx, tx, p.ID,
			`INSERT INTO places (name, address, city, phone, pages) VALUES (?, ?, ?, ?, ?)`,
			`UPDATE places SET name = ?, address = ?, city = ?, phone = ?, pages = ? WHERE id = ?`,
			p.Name, p.Address, p.City, p.Phone, database.Pack(p.Pages))
		if err != nil {
			return fmt.Errorf("save the place %s: %w", p.Name, err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "saved a place", Subject: fmt.Sprintf("place/%d", p.ID), After: database.Pack(p)})
	})
	return p.ID, err
}

// People lists the staff by name, those who left at the end.
func (s *Store) People(ctx context.Context) ([]Person, error) { return people(ctx, s.db.Reader()) }

func people(ctx context.Context, q database.Querier) ([]Person, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, role, job, credentials, email, COALESCE(place_id, 0), hired_on, left_on
		FROM people ORDER BY left_on <> '', name`)
	return database.List(rows, err, "read the staff list", func(row database.Row) (p Person, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.Role, &p.Job, &p.Credentials, &p.Email, &p.PlaceID, &p.HiredOn, &p.LeftOn)
		return p, err
	})
}

// Person returns one member of staff, or ErrNotFound.
func (s *Store) Person(ctx context.Context, id int64) (Person, error) {
	people, err := s.People(ctx)
	if err != nil {
		return Person{}, err
	}
	for _, p := range people {
		if p.ID == id {
			return p, nil
		}
	}
	return Person{}, refusal.Because(ErrNotFound, "There is no member of staff with number %d", id)
}

// SavePerson adds a member of staff (ID 0) or changes one, and returns the id. Nobody is ever taken off the list, since signatures, training and
// consents stand under their number: whoever leaves gets a last day.
func (s *Store) SavePerson(ctx context.Context, p Person, by audit.Actor) (int64, error) {
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		p.ID, err = s.savePerson(ctx, tx, p, by)
		return err
	})
	return p.ID, err
}

func (s *Store) savePerson(ctx context.Context, tx *sql.Tx, p Person, by audit.Actor) (int64, error) {
	if p.Name = tidy(p.Name); p.Name == "" {
		return 0, errors.New("A member of staff needs a name")
	}
	if p.Role == "" {
		p.Role = Staff
	}
	p.Email = strings.TrimSpace(p.Email)
	list, err := people(ctx, tx)
	if err != nil {
		return 0, err
	}
	var known Person
	if i := slices.IndexFunc(list, func(o Person) bool { return o.ID == p.ID }); i >= 0 {
		known = list[i]
	}
	before := string(known.Role)
	if err := s.mayKeep(ctx, tx, known.Role, p.Role, by); err != nil {
		return 0, err
	}
	if err := p.follows(known, list, s.now().Format(Day)); err != nil {
		return 0, err
	}
	place := sql.NullInt64{Int64: p.PlaceID, Valid: p.PlaceID != 0}
	p.ID, err = database.Save(ctx, tx, p.ID,
		`INSERT INTO people (name, role, job, credentials, email, place_id, hired_on, left_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		`UPDATE people SET name = ?, role = ?, job = ?, credentials = ?, email = ?, place_id = ?, hired_on = ?, left_on = ? WHERE id = ?`,
		p.Name, p.Role, p.Job, p.Credentials, p.Email, place, p.HiredOn, p.LeftOn)
	if err != nil {
		return 0, fmt.Errorf("save the person: %w", err)
	}
	if before != "" && before != string(p.Role) {
		if err := s.noteRole(ctx, tx, p, Role(before)); err != nil {
			return 0, err
		}
	}
	return p.ID, audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "saved a person", Subject: fmt.Sprintf("person/%d", p.ID), Before: before, After: database.Pack(p)})
}

// Setting returns a setting of the program, or "" if it was never set.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.db.Reader().QueryRowContext(ctx, `SELECT value FROM settings WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting stores a setting of the program.
func (s *Store) SetSetting(ctx context.Context, name, value string, by audit.Actor) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		if err != nil {
			return fmt.Errorf("save the setting %s: %w", name, err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "changed a setting", Subject: "setting/" + name, After: value})
	})
}

// The names of the settings.
const (
	SettingOffline = "offline" // "yes": no request leaves the computer
	SettingPerson  = "person"  // id of the person who works at this computer
)
