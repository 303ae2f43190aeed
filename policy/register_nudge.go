package policy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"goodword/internal/practice"
)

// Nudge is something of the registers that wants to be seen to: an agreement, a review of a vendor, a clock of an incident.
type Nudge struct {
	Title  string
	Detail string
	Late   bool
	Arg    string // where the policy room shows it
	Due    time.Time
}

// Nudges lists what vendors and incidents want today, what is late first.
func (s *Store) Nudges(ctx context.Context) ([]Nudge, error) {
	vendors, err := s.Vendors(ctx)
	if err != nil {
		return nil, err
	}
	incidents, err := s.Incidents(ctx)
	if err != nil {
		return nil, err
	}
	choice, err := s.PlaceChoice(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return nil, err
	}
	now := s.now()
	day := Today(now, p)
	var all []Nudge
	for _, i := range incidents {
		if !i.Closed.IsZero() {
			continue
		}
		for _, r := range i.Clocks(choice.Places(), p.Location()) {
			if r.Runs() {
				all = append(all, Nudge{Title: i.Title, Detail: r.Clock.Whom + ": " + r.Left(now), Late: r.Late(now), Arg: fmt.Sprintf("Incidents/%d", i.ID), Due: r.Due})
				break // the nearest clock says it for the incident
			}
		}
	}
	for _, v := range vendors {
		if worry := v.Worry(day); worry != "" {
			all = append(all, Nudge{Title: v.Name, Detail: worry, Late: true, Arg: fmt.Sprintf("Vendors/%d", v.ID)})
		} else if ahead := v.Ahead(day); ahead != "" {
			all = append(all, Nudge{Title: v.Name, Detail: ahead, Arg: fmt.Sprintf("Vendors/%d", v.ID)})
		}
	}
	slices.SortStableFunc(all, func(a, b Nudge) int {
		if a.Late != b.Late {
			if a.Late {
				return -1
			}
			return 1
		}
		return 0
	})
	return all, nil
}
