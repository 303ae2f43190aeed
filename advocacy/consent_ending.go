package advocacy

import (
	"slices"
	"time"

	"goodword/internal/practice"
)

// How many days before its end a consent is spoken of, and from when it is pressing.
const (
	endingDays = 30
	soonDays   = 7
)

// Ending is a consent, or a patient's authorization, that ends soon and that nothing follows.
type Ending struct {
	ConsentID       int64  `json:"consent_id,omitempty"`
	AuthorizationID int64  `json:"authorization_id,omitempty"`
	PersonID        int64  `json:"person_id,omitempty"`
	SpotlightID     int64  `json:"spotlight_id,omitempty"` // of an authorization
	Last            string `json:"last"`                   // its last day
	Days            int    `json:"days"`                   // from today; 0: it ends today
	Soon            bool   `json:"soon"`                   // a week or less
	Posts           int    `json:"posts,omitempty"`        // how many posts must come down after it
}

// days counts the days from one to another.
func days(from, to string) (int, bool) {
	a, errA := time.Parse(practice.Day, from)
	b, errB := time.Parse(practice.Day, to)
	return int(b.Sub(a).Hours() / 24), errA == nil && errB == nil
}

func ending(today, last string) (Ending, bool) {
	n, ok := days(today, last)
	return Ending{Last: last, Days: n, Soon: n <= soonDays}, ok && n >= 0 && n <= endingDays
}

// endingConsents leaves out who has left, and what another consent carries on without a gap.
func endingConsents(consents []Consent, people []practice.Person, today string) []Ending {
	var list []Ending
	for _, c := range consents {
		here := slices.ContainsFunc(people, func(p practice.Person) bool { return p.ID == c.PersonID && p.Here(today) })
		e, soon := ending(today, c.Last())
		if !here || !soon || !c.Live(today) || slices.ContainsFunc(consents, c.carriedOnBy) {
			continue
		}
		e.ConsentID, e.PersonID = c.ID, c.PersonID
		list = append(list, e)
	}
	return list
}

// carriedOnBy reports whether another consent allows at least as much and holds longer, beginning at the latest the day after this one ends.
func (c Consent) carriedOnBy(other Consent) bool {
	if other.ID == c.ID || other.PersonID != c.PersonID || !other.Withdrawn.IsZero() {
		return false
	}
	last := other.Last()
	if last != "" && (last < c.Last() || last == c.Last() && other.ID < c.ID) {
		return false
	}
	if gap, ok := days(c.Last(), other.From); !ok || gap > 1 {
		return false
	}
	wide := len(other.Networks) == 0 || len(c.Networks) > 0 && within(c.Networks, other.Networks)
	return wide && within(c.Uses, other.Uses)
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func endingAuthorizations(list []Authorization, today string) []Ending {
	var out []Ending
	for _, a := range list {
		if e, soon := ending(today, a.Until); soon && a.Live(today) {
			e.AuthorizationID, e.SpotlightID = a.ID, a.SpotlightID
			out = append(out, e)
		}
	}
	return out
}
