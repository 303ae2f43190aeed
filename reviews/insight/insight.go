// Package insight works out the figures of a practice: how much is said, how it is meant, about what, where, and how fast the practice answers.
// It looks for what departs from the usual and keeps that as alerts. It reads the tables of reviews and changes nothing there; its reports hold numbers only, never a text or a name of a writer, so that they may
// leave the practice.
package insight

import (
	"fmt"
	"math"
	"time"

	"goodword/internal/practice"
)

// Scope is what the figures are about: from a moment up to, but not including, another; one place or one site if they are given.
type Scope struct {
	From, To time.Time
	PlaceID  int64  // 0: all
	Site     string // empty: all
}

// Days is the scope from one day to another, both included, in the practice's own time.
func Days(from, to string, p practice.Practice) (Scope, error) {
	zone := p.Location()
	first, err := time.ParseInLocation(practice.Day, from, zone)
	if err != nil {
		return Scope{}, fmt.Errorf("%q is not a day such as 2026-01-31", from)
	}
	last, err := time.ParseInLocation(practice.Day, to, zone)
	if err != nil {
		return Scope{}, fmt.Errorf("%q is not a day such as 2026-01-31", to)
	}
	if last.Before(first) {
		return Scope{}, fmt.Errorf("The period ends on %s, before it starts on %s", to, from)
	}
	return Scope{From: first, To: last.AddDate(0, 0, 1)}, nil
}

// Before is the period of the same length just before, in whole months where the scope is one of whole months.
func (s Scope) Before() Scope {
	b := s
	b.To = s.From
	if s.From.Day() == 1 && s.To.Day() == 1 {
		months := (s.To.Year()-s.From.Year())*12 + int(s.To.Month()-s.From.Month())
		b.From = s.From.AddDate(0, -months, 0)
		return b
	}
	days := int(math.Round(s.To.Sub(s.From).Hours() / 24))
	b.From = s.From.AddDate(0, 0, -days)
	return b
}

// Last is the last day that the scope holds.
func (s Scope) Last() time.Time { return s.To.Add(-time.Second) }

// Figures is what the reports and the screen show.
type Figures struct {
	Scope    Scope
	Previous Scope
	Now      Part
	Before   Part    // the period before, for comparison
	Step     string  // "week" or "month"
	Steps    []Slice // in order of time, empty ones too
	Topics   []Slice // most spoken of first
	Sites    []Slice // most first
	Places   []Slice // most first; mentions without a place are named as such
	Changes  []Change

	Unfinished bool // the period reaches past today, so its counts are still growing
}

// Slice is the part of the mentions that belongs to one month, topic, site or place.
type Slice struct {
	ID    string    // of the topic, site or place; empty: none was given
	Label string    // for people
	From  time.Time // of a step
	To    time.Time
	Part
}

// Part counts a set of mentions.
type Part struct {
	Mentions  int
	Stars     [6]int // by number of stars; 0: without a rating
	Positive  int
	Mixed     int
	Negative  int
	NotJudged int
	Urgent    int // critical or high
	Response  Response
}

// Response counts how the practice answered. Imported history never counts.
type Response struct {
	Owed    int // mentions that could be answered
	Handled int // answered, resolved, or left without a public reply for a reason
	Quiet   int // of them: no public reply, for a reason
	Within  int // of them: within the target of office hours
	Overdue int // not handled, and the target has passed
	Open    int // not handled, and there is still time

	Timed        int           // of those handled: known how long it took
	MedianOffice time.Duration // of them, over office hours; answers out of hours take none
	MedianWall   time.Duration // of them, by the clock
}

// Reviews is how many mentions carry a rating.
func (p Part) Reviews() int { return p.Mentions - p.Stars[0] }

// Mean is the mean rating, or NaN without one.
func (p Part) Mean() float64 {
	n, sum := 0, 0
	for stars := 1; stars <= 5; stars++ {
		n += p.Stars[stars]
		sum += stars * p.Stars[stars]
	}
	return share(sum, n)
}

// Judged is how many mentions were found positive, mixed or negative.
func (p Part) Judged() int { return p.Positive + p.Mixed + p.Negative }

// PositiveShare is the share of positive ones among those judged, or NaN without any.
func (p Part) PositiveShare() float64 { return share(p.Positive, p.Judged()) }

// NegativeShare is the share of negative ones among those judged, or NaN without any.
func (p Part) NegativeShare() float64 { return share(p.Negative, p.Judged()) }

// HandledShare is the share of what was owed that is handled, or NaN if nothing was owed.
func (r Response) HandledShare() float64 { return share(r.Handled, r.Owed) }

// Judged is how many are handled or past their time: what the share within the target is taken of.
func (r Response) Judged() int { return r.Handled + r.Overdue }

// WithinShare is the share handled within the target among those judged, or NaN without any.
func (r Response) WithinShare() float64 { return share(r.Within, r.Judged()) }

func share(part, whole int) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}

// Few is the number of mentions below which a share or a mean says little; it is shown with a note.
const Few = 10
