package advocacy

import (
	"context"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Movable reports whether the entry may be taken to another day: a post that is not out yet, a turn of a series, the day by which a step is
// wanted.
func (e Entry) Movable() bool {
	switch e.Kind {
	case EntrySpotlight:
		return e.SpotlightID != 0 && order(e.Stage) < order(Published)
	case EntrySeries:
		return e.Turn != nil
	}
	return e.Wanted
}

// Reschedule takes an entry to another day, at the same time of the day. The rules of the thing itself hold: a post needs its consent on the
// new day too.
func (s *Store) Reschedule(ctx context.Context, e Entry, to string, by audit.Actor) error {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation(practice.Day, to, p.Location())
	switch {
	case err != nil:
		return refusal.Because(ErrStep, "%q is not a day. Write it as 2026-11-22", to)
	case !e.Movable():
		return refusal.Because(ErrStep, "This stands where it is")
	case e.Kind == EntrySeries:
		return s.MoveTurn(ctx, e.Turn.Series.ID, e.Turn.Day, to, by)
	}
	v, err := s.Find(ctx, e.SpotlightID)
	if err != nil {
		return err
	}
	if e.Wanted {
		return s.SaveCard(ctx, v.ID, v.Title, v.Reason, to, by)
	}
	clock := v.Schedule.In(p.Location())
	return s.Schedule(ctx, v.ID, time.Date(at.Year(), at.Month(), at.Day(), clock.Hour(), clock.Minute(), 0, 0, p.Location()), by)
}
