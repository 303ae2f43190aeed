package advocacy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
)

// EntryKind says what an entry of the calendar is.
type EntryKind string

// The kinds of entries.
const (
	EntrySpotlight  EntryKind = "spotlight"
	EntryObservance EntryKind = "observance"
	EntryDeadline   EntryKind = "deadline"
	EntrySeries     EntryKind = "series" // a turn of a series that has no post yet
	EntryOther      EntryKind = "other"  // of a calendar that was taken in
)

// Entry is one thing in the calendar. From and To are days, inclusive, in the practice's own time.
type Entry struct {
	Kind        EntryKind   `json:"kind"`
	SpotlightID int64       `json:"spotlight_id,omitempty"`
	Title       string      `json:"title"`
	From        string      `json:"from"`
	To          string      `json:"to"`
	At          time.Time   `json:"at"`              // the moment of a scheduled spotlight
	Stage       Stage       `json:"stage,omitempty"` // of a spotlight
	Late        bool        `json:"late,omitempty"`  // the moment has passed and the work is not done
	Observance  *Occurrence `json:"observance,omitempty"`

	Post       PostKind    `json:"post,omitempty"` // of a post or of a turn
	PersonID   int64       `json:"person_id,omitempty"`
	Wanted     bool        `json:"wanted,omitempty"` // the day by which the next step of a card is wanted
	Turn       *SeriesTurn `json:"turn,omitempty"`
	CalendarID int64       `json:"calendar_id,omitempty"`
	Calendar   string      `json:"calendar,omitempty"` // its name
	Meaning    Meaning     `json:"meaning,omitempty"`
}

// On reports whether the entry touches the day.
func (e Entry) On(day string) bool { return e.From <= day && day <= e.To }

// Month returns what the calendar shows for a month: spotlights, observances and deadlines that touch it, by day.
func (s *Store) Month(ctx context.Context, year int, month time.Month) ([]Entry, error) {
	first := date(year, month, 1)
	return s.Between(ctx, first, first.AddDate(0, 1, -1))
}

// Between is Month for any stretch of days, for a week or for the days of the neighbouring months that a month's page shows.
func (s *Store) Between(ctx context.Context, first, last time.Time) ([]Entry, error) {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	from, to := first.Format(practice.Day), last.Format(practice.Day)
	var entries []Entry
	for year := first.Year() - 1; year <= last.Year(); year++ { // the year before may run over New Year
		for _, o := range Observances(year, p.Disciplines, p.Country) {
			entries = append(entries, Entry{Kind: EntryObservance, Title: o.Name, From: o.From, To: o.To, Observance: &o})
		}
	}
	own, err := s.ownEntries(ctx, p, from, to)
	if err != nil {
		return nil, err
	}
	entries = append(entries, own...)
	calendars, err := s.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range calendars {
		entries = append(entries, c.entries(first, last, p.Location())...)
	}
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.To < from || e.From > to })
	slices.SortStableFunc(entries, compareEntries)
	return entries, nil
}

// ownEntries are the practice's own: schedules, days by which a step is wanted, consents that run out, and what must come down.
func (s *Store) ownEntries(ctx context.Context, p practice.Practice, first, last string) ([]Entry, error) {
	list, err := s.List(ctx, Filter{})
	if err != nil {
		return nil, err
	}
	today, people := day(p, s.now()), map[int64]string{}
	var entries []Entry
	for _, v := range list {
		if at := shownAt(v); !at.IsZero() {
			on := day(p, at)
			entries = append(entries, Entry{Kind: EntrySpotlight, SpotlightID: v.ID, Title: v.Title, From: on, To: on, At: at,
				Stage: v.Stage, Late: v.Stage == Scheduled && at.Before(s.now()), Post: v.Kind, PersonID: v.PersonID})
		}
		if v.Due != "" && order(v.Stage) < order(Published) {
			entries = append(entries, Entry{Kind: EntryDeadline, SpotlightID: v.ID, Title: "Next step: " + v.Title, From: v.Due, To: v.Due, Late: v.Due < today,
				Stage: v.Stage, Post: v.Kind, PersonID: v.PersonID, Wanted: true})
		}
	}
	series, err := s.SeriesList(ctx)
	if err != nil {
		return nil, err
	}
	takes, err := s.taken(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range series {
		for _, turn := range v.Turns(first, last) {
			if takes[turnOf{v.ID, turn.Day}] {
				continue
			}
			entries = append(entries, Entry{Kind: EntrySeries, Title: v.Title, From: turn.On, To: turn.On, At: v.moment(turn.On, p.Location()), Post: v.Kind, Turn: &turn})
		}
	}
	staff, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, person := range staff {
		people[person.ID] = person.Name
	}
	consents, err := s.Consents(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, c := range consents {
		if last := c.Last(); last != "" && c.Withdrawn.IsZero() {
			entries = append(entries, Entry{Kind: EntryDeadline, Title: "Consent ends: " + people[c.PersonID], From: last, To: last})
		}
	}
	downs, err := s.TakeDowns(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range downs {
		n, _ := NetworkByID(t.Network)
		on := day(p, t.Opened)
		entries = append(entries, Entry{Kind: EntryDeadline, SpotlightID: t.SpotlightID, Title: fmt.Sprintf("Take down from %s: %s", n.Name, t.Title),
			From: on, To: on, Late: on < today})
	}
	return entries, nil
}

// turnOf names a turn of a series.
type turnOf struct {
	series int64
	day    string
}

// moment is when the series comes on a day.
func (v Series) moment(day string, home *time.Location) time.Time {
	at, err := time.ParseInLocation(practice.Day, day, home)
	if err != nil {
		return time.Time{}
	}
	return time.Date(at.Year(), at.Month(), at.Day(), v.Minute/60, v.Minute%60, 0, 0, home)
}

// shownAt is the moment that a spotlight has in the calendar: when it was first posted, or else when it is to be.
func shownAt(v Spotlight) time.Time {
	at := time.Time{}
	for _, variant := range v.Variants {
		if p := variant.PostedAt; !p.IsZero() && (at.IsZero() || p.Before(at)) {
			at = p
		}
	}
	if at.IsZero() {
		return v.Schedule
	}
	return at
}

// compareEntries puts the practice's own work before the observances of a day, and short ones before whole months.
func compareEntries(a, b Entry) int {
	rank := map[EntryKind]int{EntrySpotlight: 0, EntrySeries: 1, EntryDeadline: 2, EntryOther: 3, EntryObservance: 4}
	if c := strings.Compare(a.From, b.From); c != 0 {
		return c
	}
	if c := rank[a.Kind] - rank[b.Kind]; c != 0 {
		return c
	}
	if c := strings.Compare(a.To, b.To); c != 0 {
		return c
	}
	return strings.Compare(a.Title, b.Title)
}
