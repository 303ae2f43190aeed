// Package sample fills a database with an invented practice, so that every screen can be looked at full of work: three places, fourteen
// people, four hundred mentions over eighteen months, spotlights at every stage, a half-done checklist. The same moment makes the same
// practice. All of it goes through the doors of the domains, with a clock that walks from the first day to the present one.
package sample

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
)

// Span is how far back the sample practice goes.
const Span = 18 * 30 * 24 * time.Hour

// maker is the work in progress: the house with its walking clock, and whom it has met so far.
type maker struct {
	ctx    context.Context
	h      *house.House
	now    time.Time // the walking clock
	end    time.Time
	chance *rand.Rand

	people  map[string]practice.Person
	places  map[string]practice.Place
	sources map[string]int64
	weights []sourceEntry
	ids     map[string]int64 // mention by the key of its entry
}

// Fill makes the sample practice in the database at path, as it stands at end. The database must not hold a practice yet.
func Fill(ctx context.Context, path string, end time.Time) (err error) {
	end = end.Truncate(time.Minute)
	m := &maker{ctx: ctx, now: end.Add(-Span), end: end, chance: rand.New(rand.NewPCG(2026, 11)),
		people: map[string]practice.Person{}, places: map[string]practice.Place{}, sources: map[string]int64{}, ids: map[string]int64{}}
	m.h, err = house.Open(ctx, path, clock.Clock(func() time.Time { return m.now }))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.h.Close()) }()
	if _, err := m.h.Practices.Get(ctx); err == nil {
		return fmt.Errorf("The sample practice needs an empty database. %w", practice.ErrThere)
	} else if !errors.Is(err, practice.ErrNone) {
		return err
	}
	for _, step := range []func() error{m.practice, m.mentions, m.spotlights, m.policy} {
		if err := step(); err != nil {
			return fmt.Errorf("make the sample practice: %w", err)
		}
	}
	return nil
}

type practiceFile struct {
	Practice struct {
		Name, Phone, Email, Website, City, Region, Country, Apology string
		ContactName                                                 string `yaml:"contact_name"`
		ContactRole                                                 string `yaml:"contact_role"`
		Disciplines                                                 []string
		WatchWords                                                  []string `yaml:"watch_words"`
		Facts                                                       map[string]string
	} `yaml:"practice"`
	Places []struct{ Name, Address, City, Phone string }
	People []struct {
		Name, Job, Credentials, Place, Hired string
		Role                                 practice.Role
	}
	Sources []sourceEntry
}

type sourceEntry struct {
	Site, Name, Kind, Address, Failing string
	Weight                             int
}

// read decodes one embedded file; a file that does not fit its form is a fault of ours, found by the first test.
func read[T any](name string) (T, error) {
	var into T
	text, err := fs.ReadFile(assets.FS, "sample/"+name)
	if err != nil {
		return into, err
	}
	if err := yaml.Unmarshal(text, &into); err != nil {
		return into, fmt.Errorf("read sample/%s: %w", name, err)
	}
	return into, nil
}

func (m *maker) practice() error {
	file, err := read[practiceFile]("practice.yaml")
	if err != nil {
		return err
	}
	raw := file.Practice
	p := practice.Practice{Name: raw.Name, Phone: raw.Phone, Email: raw.Email, Website: raw.Website, City: raw.City, Region: raw.Region,
		Country: raw.Country, ContactName: raw.ContactName, ContactRole: raw.ContactRole, Apology: practice.Apology(raw.Apology),
		Disciplines: raw.Disciplines, WatchWords: raw.WatchWords, Facts: raw.Facts, Sample: true}
	if err := m.h.Practices.Save(m.ctx, p, audit.Program); err != nil {
		return err
	}
	for _, entry := range file.Places {
		place := practice.Place{Name: entry.Name, Address: entry.Address, City: entry.City, Phone: entry.Phone,
			Pages: map[string]string{"google": "https://business.google.com/reviews", "yelp": "https://biz.yelp.com"}}
		if place.ID, err = m.h.Practices.SavePlace(m.ctx, place, audit.Program); err != nil {
			return err
		}
		m.places[place.Name] = place
	}
	for _, entry := range file.People {
		person := practice.Person{Name: entry.Name, Role: entry.Role, Job: entry.Job, Credentials: entry.Credentials, HiredOn: entry.Hired,
			PlaceID: m.places[entry.Place].ID}
		if person.ID, err = m.h.Practices.SavePerson(m.ctx, person, audit.Program); err != nil {
			return err
		}
		m.people[person.Name] = person
	}
	if err := m.h.Practices.SetSetting(m.ctx, practice.SettingPerson, fmt.Sprint(m.people["Dana Whitlock"].ID), audit.Program); err != nil {
		return err
	}
	// Its sources are as invented as itself, so nothing of it asks the network for anything.
	if err := m.h.Practices.SetSetting(m.ctx, practice.SettingOffline, "yes", audit.Program); err != nil {
		return err
	}
	return m.addSources(file.Sources)
}

func (m *maker) actor(name string) audit.Actor { return m.people[name].Actor() }

// pick takes one of several.
func pick[T any](m *maker, from []T) T { return from[m.chance.IntN(len(from))] }
