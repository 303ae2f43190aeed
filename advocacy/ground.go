package advocacy

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
)

// ground is the paper whose end leaves a post bare: a consent or an authorization that was withdrawn or ran out.
type ground struct{ consent, authorization int64 }

func (g ground) sentence() string {
	if g.authorization != 0 {
		return "The authorization of a patient was withdrawn."
	}
	return "The consent was withdrawn."
}

// paperEnd is the end of one paper.
type paperEnd struct {
	paper ground
	at    time.Time // from which it holds no more
	last  time.Time // the last moment at which it held
}

// bare reports whether a post is up that no paper covers any more.
func (s Step) bare(v Variant) bool {
	if v.PostedAt.IsZero() || !v.TakenDown.IsZero() {
		return false
	}
	_, err := s.onPaper(v.Network, s.Now)
	return err != nil
}

// ended finds the paper whose end left the spotlight bare on the network, and since when: the last one that ended while everything was
// covered. The zero ground means that everything never was.
func (s Step) ended(network string) (ground, time.Time) {
	var ends []paperEnd
	for _, c := range s.Consents {
		ends = s.end(ends, ground{consent: c.ID}, c.Last(), c.Withdrawn)
	}
	for _, a := range s.Allowed {
		ends = s.end(ends, ground{authorization: a.ID}, a.Until, a.Withdrawn)
	}
	slices.Reverse(ends) // of those that ended in the same moment the newest
	slices.SortStableFunc(ends, func(a, b paperEnd) int { return b.at.Compare(a.at) })
	for _, e := range ends {
		if _, err := s.asOf(e.at).onPaper(network, e.last); err == nil {
			return e.paper, e.at
		}
	}
	return ground{}, time.Time{}
}

// end adds the end of a paper that has come.
func (s Step) end(ends []paperEnd, paper ground, last string, withdrawn time.Time) []paperEnd {
	e := paperEnd{paper: paper, at: withdrawn, last: withdrawn}
	day, err := time.ParseInLocation(practice.Day, last, s.Practice.Location())
	if after := day.AddDate(0, 0, 1); err == nil && (withdrawn.IsZero() || after.Before(withdrawn)) {
		e.at, e.last = after, day
	}
	if e.at.IsZero() || e.at.After(s.Now) {
		return ends
	}
	return append(ends, e)
}

// asOf is the step with the papers that were withdrawn at the moment or since still in force.
func (s Step) asOf(at time.Time) Step {
	s.Consents, s.Allowed = slices.Clone(s.Consents), slices.Clone(s.Allowed)
	for i, c := range s.Consents {
		if !c.Withdrawn.Before(at) {
			s.Consents[i].Withdrawn = time.Time{}
		}
	}
	for i, a := range s.Allowed {
		if !a.Withdrawn.Before(at) {
			s.Allowed[i].Withdrawn = time.Time{}
		}
	}
	return s
}

// fallsAfter counts the posts that a paper's end will leave bare.
func (s Step) fallsAfter(last string) int {
	day, err := time.ParseInLocation(practice.Day, last, s.Practice.Location())
	if err != nil {
		return 0
	}
	n := 0
	for _, v := range s.Spotlight.Variants {
		if v.PostedAt.IsZero() || !v.TakenDown.IsZero() || strings.TrimSpace(v.Text) == "" {
			continue
		}
		_, today := s.onPaper(v.Network, day)
		_, after := s.onPaper(v.Network, day.AddDate(0, 0, 1))
		if today == nil && after != nil {
			n++
		}
	}
	return n
}

// rests reports whether the spotlight has to do with the paper that ends.
func (s Step) rests(e Ending) bool {
	if e.AuthorizationID != 0 {
		return s.Spotlight.ID == e.SpotlightID
	}
	return s.Spotlight.PersonID == e.PersonID || slices.Contains(s.Spotlight.Picture.People, e.PersonID) ||
		slices.ContainsFunc(s.People, func(p practice.Person) bool { return p.ID == e.PersonID && s.Spotlight.names(p) })
}
