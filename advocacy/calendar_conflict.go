package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
)

// ConflictKind says what does not go together.
type ConflictKind string

// The kinds of conflicts.
const (
	ConflictCrowded ConflictKind = "crowded" // two posts on a day
	ConflictClosed  ConflictKind = "closed"  // nobody is there to post or to answer
	ConflictAway    ConflictKind = "away"    // the colleague is away
	ConflictConsent ConflictKind = "consent" // no consent covers that day
)

// Conflict is something about a day that a person may want to change. Nothing is forbidden by it; the consent alone is.
type Conflict struct {
	Kind         ConflictKind `json:"kind"`
	Day          string       `json:"day"`
	Text         string       `json:"text"`
	SpotlightIDs []int64      `json:"spotlight_ids,omitempty"`
}

// Conflicts finds what does not go together among entries of the calendar that are still to come.
func (s *Store) Conflicts(ctx context.Context, entries []Entry) ([]Conflict, error) {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	list := conflicts(p, people, entries, day(p, s.now()))
	uncovered, err := s.uncovered(ctx, entries)
	if err != nil {
		return nil, err
	}
	list = append(list, uncovered...)
	slices.SortStableFunc(list, func(a, b Conflict) int { return strings.Compare(a.Day, b.Day) })
	return list, nil
}

// conflicts are those that the calendar itself shows.
func conflicts(p practice.Practice, people []practice.Person, entries []Entry, today string) []Conflict {
	var list []Conflict
	posts := map[string][]Entry{}
	for _, e := range entries {
		if e.From >= today && (e.Kind == EntrySpotlight && order(e.Stage) < order(Published) || e.Kind == EntrySeries) {
			posts[e.From] = append(posts[e.From], e)
		}
	}
	for day, there := range posts {
		if len(there) > 1 {
			list = append(list, Conflict{Kind: ConflictCrowded, Day: day, SpotlightIDs: numbers(there), Text: fmt.Sprintf("%d posts on one day. Readers see each more often on a day of its own", len(there))})
		}
		if why := shut(p, entries, day); why != "" {
			list = append(list, Conflict{Kind: ConflictClosed, Day: day, SpotlightIDs: numbers(there), Text: why + ". Nobody may be there to post or to answer comments"})
		}
		for _, e := range there {
			if name := away(people, entries, e, day); name != "" {
				list = append(list, Conflict{Kind: ConflictAway, Day: day, SpotlightIDs: numbers([]Entry{e}), Text: name})
			}
		}
	}
	return list
}

func numbers(entries []Entry) []int64 {
	var ids []int64
	for _, e := range entries {
		if e.SpotlightID != 0 {
			ids = append(ids, e.SpotlightID)
		}
	}
	return ids
}

// shut says why the practice is closed on a day, or "".
func shut(p practice.Practice, entries []Entry, day string) string {
	if slices.Contains(p.Hours.Closed, day) {
		return "The practice is closed on this day"
	}
	for _, e := range entries {
		if e.Kind == EntryOther && e.Meaning == MeansClosed && e.On(day) {
			return "The practice is closed: " + e.Title
		}
	}
	t, err := time.Parse(practice.Day, day)
	open := slices.ContainsFunc(p.Hours.Week[:], func(spans []practice.Span) bool { return len(spans) > 0 })
	if err == nil && open && len(p.Hours.Week[t.Weekday()]) == 0 {
		return "The practice has no office hours on " + t.Weekday().String() + "s"
	}
	return ""
}

// away says in a sentence that the one whom a post shows is not there on its day, or "".
func away(people []practice.Person, entries []Entry, e Entry, day string) string {
	if e.Post != KindSpotlight || e.PersonID == 0 {
		return ""
	}
	name := "The colleague"
	for _, p := range people {
		if p.ID != e.PersonID {
			continue
		}
		name = p.Name
		if !p.Here(day) {
			return fmt.Sprintf("%s leaves on %s, before the post", p.Name, p.LeftOn)
		}
	}
	for _, o := range entries {
		if o.Kind == EntryOther && o.Meaning == MeansAway && o.PersonID == e.PersonID && o.On(day) {
			return fmt.Sprintf("%s is away on this day (%s), and may not see what is said", name, o.Title)
		}
	}
	return ""
}

// uncovered asks of every post that has a day and a text whether its consent reaches that day.
func (s *Store) uncovered(ctx context.Context, entries []Entry) ([]Conflict, error) {
	var list []Conflict
	planned := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return e.Kind != EntrySpotlight || order(e.Stage) >= order(Published) || e.Late
	})
	if len(planned) == 0 {
		return nil, nil
	}
	h, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		for _, e := range planned {
			v, err := find(ctx, tx, e.SpotlightID)
			if err != nil {
				return err
			}
			step, err := s.weigh(ctx, tx, h, v, audit.Program)
			if err != nil {
				return err
			}
			if err := step.coverAll(e.At); err != nil {
				list = append(list, Conflict{Kind: ConflictConsent, Day: e.From, SpotlightIDs: []int64{v.ID}, Text: err.Error()})
			}
		}
		return nil
	})
	return list, err
}
