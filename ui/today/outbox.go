package today

import (
	"context"
	"fmt"
	"sort"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// inOutbox is the search that shows what rests in the outbox.
const inOutbox = "is:outbox"

// mostResting is how many replies in the outbox are read by name.
const mostResting = 50

// outbox reads what the replies in the outbox answer.
func (d Deps) outbox(ctx context.Context, f *facts) error {
	sort.SliceStable(f.resting, func(i, j int) bool { return f.resting[i].Until().Before(f.resting[j].Until()) })
	ids := make([]int64, 0, mostResting)
	for _, r := range f.resting[:min(len(f.resting), mostResting)] {
		ids = append(ids, r.MentionID)
	}
	mentions, err := d.Reviews.Page(ctx, ids)
	f.answers = map[int64]reviews.Mention{}
	for _, m := range mentions {
		f.answers[m.ID] = m
	}
	return err
}

// outboxItems are the replies that rest, with the time that is left, and those that have rested: nothing leaves by itself.
func (f facts) outboxItems() []item {
	var out []item
	for _, r := range f.resting {
		i := item{title: "A reply", screen: "inbox", arg: r.MentionID}
		if m, ok := f.answers[r.MentionID]; ok {
			i = f.mention(m)
		}
		i.icon, i.tone, i.title, i.detail = "hourglass", kit.ToneNeutral, "In the outbox: "+i.title, r.Text
		if left := r.Left(f.now); left > 0 {
			i.when = minutesLeft(left)
		} else {
			i.tone, i.when = kit.ToneAccent, "ready to copy"
		}
		out = append(out, i)
	}
	return cut(out, func(n int) item { return more("hourglass", n, "replies in the outbox", inOutbox) })
}

func minutesLeft(d time.Duration) string {
	n := int((d + time.Minute - 1) / time.Minute)
	if n == 1 {
		return "1 minute left"
	}
	return fmt.Sprintf("%d minutes left", n)
}

// toOutbox opens the inbox at what rests in the outbox.
func (s *Screen) toOutbox() { s.host.Go("inbox", inOutbox) }

// tick looks anew each minute while something rests and the screen is in sight, so that the minutes go by.
func (s *Screen) tick(resting int) {
	s.ticking()
	s.ticking = func() {}
	if s.deps.Tick <= 0 || resting == 0 {
		return
	}
	s.ticking = s.bg.Run(func(ctx context.Context) func() {
		timer := time.NewTimer(s.deps.Tick)
		defer timer.Stop()
		select {
		case <-timer.C:
			return func() { s.Changed(kit.ChangedMentions) }
		case <-ctx.Done():
			return nil
		}
	})
}
