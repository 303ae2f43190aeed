package policyroom_test

import (
	"context"
	"testing"
	"time"

	"goodword/policy"
	"goodword/ui/kit"
)

// turning runs everything at once. Once it is set going, the clock goes on by a step before each piece of work, and after so many pieces the rest is
// cancelled.
type turning struct {
	room *room
	step time.Duration
	left int
}

func (b *turning) Run(work func(context.Context) func()) (cancel func()) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if b.step > 0 {
		b.room.now = b.room.now.Add(b.step)
		if b.left--; b.left < 0 {
			stop()
		}
	}
	if show := work(ctx); show != nil {
		show()
	}
	return func() {}
}

func (b *turning) turn(step time.Duration, pieces int) {
	b.step, b.left = step, pieces
	b.room.Shown()
	b.step = 0
}

func TestCountdownsRunWhileInSight(t *testing.T) {
	back := &turning{}
	r := openWith(t, back, time.Millisecond)
	back.room = r
	r.busy()
	must(t, r.store.ChoosePlaces(ctx, []string{"EU"}, r.people[0].Actor()))
	r.Receive("Incidents")
	r.sees("3 days 0 hours left", "As of 22 Nov 2026, 09:00.")
	back.turn(time.Minute, 31)
	r.sees("2 days 23 hours left: tell", "As of 22 Nov 2026, 09:31.")
	back.turn(time.Hour, 13)
	r.sees("2 days 10 hours left", "As of 22 Nov 2026, 22:32.")
	back.turn(time.Hour, 4) // past midnight, everything is read anew
	r.Receive("Checklist")
	r.sees("as of today, 23 Nov 2026")

	r.Content().Hide() // the shell does, when another screen is shown
	before := r.now
	back.turn(time.Minute, 500)
	if turned := r.now.Sub(before); turned > 10*time.Minute {
		t.Errorf("out of sight the countdowns turned on for %v", turned)
	}
}

func TestDoorsAndTrainingCountTheDays(t *testing.T) {
	r := open(t)
	r.busy()
	_, err := r.store.SwitchDoors(ctx, true, policy.UsualGrace, r.people[0].Actor())
	must(t, err)
	r.Shown()
	r.Receive("Doors")
	r.sees("The doors shut from 22 December 2026, in 30 days")
	r.now = r.now.AddDate(0, 0, 29)
	r.Changed(kit.ChangedPolicy)
	r.sees("The doors shut from 22 December 2026, tomorrow")
	r.now = r.now.AddDate(0, 10, 27)
	r.Receive("Training/m1")
	r.Changed(kit.ChangedPolicy)
	r.sees("Due again by 22 November 2027, in")
}
