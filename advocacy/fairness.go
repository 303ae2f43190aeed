package advocacy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
)

// Fairness is how the posts of a practice are spread over its people: who was shown, who never was, and who could be next. It looks at the
// people who are here, and at what was really posted.
type Fairness struct {
	People  []Showing
	Roles   []Spread // by the kind of work
	Places  []Spread // empty where the practice has one place
	Months  []Month  // the last twelve, oldest first
	Next    []Suggestion
	Between int // days in which everybody has a turn at the present pace; 0: nothing was posted in the last year
}

// Showing is how often one person was shown.
type Showing struct {
	Person   practice.Person
	Shown    int       // posts that were made
	Last     time.Time // zero: never shown
	UnderWay int       // spotlights that are on their way
	OpenID   int64     // one of those on their way; 0: none
	Declined bool      // withdrew every consent, so nobody suggests them
}

// Never reports whether a person was neither shown nor is about to be.
func (t Showing) Never() bool { return t.Shown == 0 && t.UnderWay == 0 }

// Spread is how often a group was shown, beside how many people it has.
type Spread struct {
	Name   string
	People int
	Shown  int     // posts about people of the group in the last year
	Fair   float64 // the posts that a share by heads would give it
}

// Month is how many posts a month had.
type Month struct {
	Start time.Time
	Shown int
}

// Suggestion is somebody whose turn it could be, on which occasion, and why.
type Suggestion struct {
	Person   practice.Person
	Occasion string
	Why      string
}

// suggestions is how many turns are suggested at once: a short list is read.
const suggestions = 5

// FairnessOf works out how fairly the spotlights are spread. Consents are those of everybody.
func FairnessOf(list []Spotlight, people []practice.Person, places []practice.Place, consents []Consent, p practice.Practice, now time.Time) Fairness {
	var f Fairness
	today, zone := day(p, now), p.Location()
	year := now.AddDate(-1, 0, 0)
	turns := map[int64]*Showing{}
	for _, person := range people {
		if person.Here(today) && (person.HiredOn == "" || person.HiredOn <= today) {
			f.People = append(f.People, Showing{Person: person, Declined: declined(consents, person.ID)})
		}
	}
	for i := range f.People {
		turns[f.People[i].Person.ID] = &f.People[i]
	}
	first := time.Date(now.In(zone).Year(), now.In(zone).Month(), 1, 0, 0, 0, 0, zone)
	for i := 11; i >= 0; i-- {
		f.Months = append(f.Months, Month{Start: first.AddDate(0, -i, 0)})
	}
	recent := map[int64]int{}
	posts := 0
	for _, v := range list {
		who := v.Shows()
		if who == 0 {
			continue
		}
		at := v.FirstPosted()
		turn := turns[who]
		if at.IsZero() {
			if turn != nil && v.Stage != Archived {
				turn.UnderWay++
				turn.OpenID = v.ID
			}
			continue
		}
		if turn != nil {
			turn.Shown++
			if at.After(turn.Last) {
				turn.Last = at
			}
		}
		if at.After(year) {
			recent[who]++
			posts++
		}
		for i := range f.Months {
			if m := &f.Months[i]; !at.Before(m.Start) && at.Before(m.Start.AddDate(0, 1, 0)) {
				m.Shown++
			}
		}
	}
	if posts > 0 {
		f.Between = len(f.People) * 365 / posts
	}
	slices.SortStableFunc(f.People, func(a, b Showing) int {
		return cmp.Or(cmp.Compare(a.Shown, b.Shown), a.Last.Compare(b.Last), strings.Compare(a.Person.HiredOn, b.Person.HiredOn), strings.Compare(a.Person.Name, b.Person.Name))
	})
	f.Roles = shares(f.People, recent, func(person practice.Person) string { return group(person.Job) })
	if len(places) > 1 {
		names := map[int64]string{}
		for _, place := range places {
			names[place.ID] = place.Name
		}
		f.Places = shares(f.People, recent, func(person practice.Person) string { return cmp.Or(names[person.PlaceID], "No place entered") })
	}
	f.Next = f.suggest(today, zone)
	return f
}

// FirstPosted is the moment of the first post, zero while there is none. A post that was taken down since counts: the turn was had.
func (s Spotlight) FirstPosted() time.Time {
	var first time.Time
	for _, v := range s.Variants {
		if !v.PostedAt.IsZero() && (first.IsZero() || v.PostedAt.Before(first)) {
			first = v.PostedAt
		}
	}
	return first
}

// declined reports whether somebody gave consent and took all of it back.
func declined(consents []Consent, person int64) bool {
	some := false
	for _, c := range consents {
		if c.PersonID == person {
			if some = true; c.Withdrawn.IsZero() {
				return false
			}
		}
	}
	return some
}

// group is the kind of work of a job: "Front desk" for a receptionist; a job that is of no kind we know stands for itself.
func group(job string) string {
	if r, ok := roleOf(job); ok {
		return r.Name
	}
	return cmp.Or(capital(job), "No job entered")
}

// shares counts posts by group, the group that is furthest behind its heads first.
func shares(people []Showing, recent map[int64]int, group func(practice.Person) string) []Spread {
	var list []Spread
	posts := 0
	for _, t := range people {
		name := group(t.Person)
		i := slices.IndexFunc(list, func(s Spread) bool { return strings.EqualFold(s.Name, name) })
		if i < 0 {
			i, list = len(list), append(list, Spread{Name: name})
		}
		list[i].People++
		list[i].Shown += recent[t.Person.ID]
		posts += recent[t.Person.ID]
	}
	for i := range list {
		list[i].Fair = float64(posts) * float64(list[i].People) / float64(len(people))
	}
	slices.SortStableFunc(list, func(a, b Spread) int {
		return cmp.Or(cmp.Compare(float64(a.Shown)-a.Fair, float64(b.Shown)-b.Fair), strings.Compare(a.Name, b.Name))
	})
	return list
}

// Behind reports whether a group was shown by a whole post less than its heads would give it.
func (s Spread) Behind() bool { return s.Fair-float64(s.Shown) >= 1 }

// suggest names whose turn it could be: those who are shown least, with an occasion that fits the calendar. Nobody is suggested who is on
// the way already, was shown in the last three months, or took a consent back.
func (f Fairness) suggest(today string, zone *time.Location) []Suggestion {
	now, err := time.ParseInLocation(practice.Day, today, zone)
	if err != nil {
		return nil
	}
	var list []Suggestion
	for _, t := range f.People {
		if t.UnderWay > 0 || t.Declined || t.Last.After(now.AddDate(0, -3, 0)) {
			continue
		}
		s := Suggestion{Person: t.Person, Occasion: "meet the team"}
		since := "Never shown."
		if !t.Last.IsZero() {
			since = "Last shown in " + t.Last.In(zone).Format("January 2006") + "."
		}
		hired, errHired := time.ParseInLocation(practice.Day, t.Person.HiredOn, zone)
		switch next := nextYearDay(hired, now); {
		case errHired != nil:
			s.Why = since
		case hired.After(now.AddDate(0, -3, 0)):
			s.Occasion, s.Why = "new colleague", since+" Here since "+hired.Format("2 January")+"."
		case next.Before(now.AddDate(0, 0, 45)):
			s.Occasion, s.Why = "anniversary", fmt.Sprintf("%s %s on %s.", since, capital(years(t.Person.HiredOn, next.Format(practice.Day))), next.Format("2 January"))
		default:
			s.Why = since + " Here since " + hired.Format("2006") + "."
		}
		list = append(list, s)
	}
	// An occasion that passes comes first among those who were shown equally often.
	turns := map[int64]int{}
	for _, t := range f.People {
		turns[t.Person.ID] = t.Shown
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(turns[a.Person.ID], turns[b.Person.ID]), boolInt(a.Occasion == "meet the team")-boolInt(b.Occasion == "meet the team"))
	})
	return list[:min(suggestions, len(list))]
}

// nextYearDay is the next day of the year on which somebody was hired, today included. The 29th of February is kept on the 1st of March.
func nextYearDay(hired, now time.Time) time.Time {
	next := hired.AddDate(now.Year()-hired.Year(), 0, 0)
	if next.Before(now) {
		next = hired.AddDate(now.Year()-hired.Year()+1, 0, 0)
	}
	return next
}
