package today

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
)

// Standing tells what stands on the ladder, and what is put off.
type Standing interface {
	Ladder(ctx context.Context) (reviews.Ladder, error)
	Escalations(ctx context.Context) ([]reviews.Escalation, error)
	Snoozed(ctx context.Context) ([]int64, error)
}

// standing is one mention on the ladder.
type standing struct {
	reviews.Escalation
	mention reviews.Mention
}

// The bounds of what is read of the ladder and of what is put off.
const (
	mostStanding = 100
	mostPutOff   = 100
)

func (d Deps) standing(ctx context.Context, f *facts, _ int64) (err error) {
	if f.ladder, err = d.Reviews.Ladder(ctx); err != nil {
		return err
	}
	list, err := d.Reviews.Escalations(ctx)
	if err != nil {
		return err
	}
	list = list[:min(len(list), mostStanding)]
	ids := make([]int64, len(list))
	for i, e := range list {
		ids[i] = e.Mention
	}
	mentions, err := d.Reviews.Page(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range mentions {
		at := slices.IndexFunc(list, func(e reviews.Escalation) bool { return e.Mention == m.ID })
		f.standing = append(f.standing, standing{list[at], m})
	}
	off, err := d.Reviews.Snoozed(ctx)
	if err != nil {
		return err
	}
	f.putOff, err = d.Reviews.Page(ctx, off[:min(len(off), mostPutOff)])
	return err
}

// onLadder reports whether a mention stands on the ladder and nobody has taken it up.
func (f facts) onLadder(id int64) bool {
	return slices.ContainsFunc(f.standing, func(s standing) bool { return s.Mention == id && s.Waits() })
}

// isMine reports whether the person has taken a mention up and nothing puts it off.
func (f facts) isMine(id int64) bool {
	return slices.ContainsFunc(f.standing, func(s standing) bool { return s.Mention == id && f.has(s) })
}

// has reports whether the person has taken up what stands on the ladder.
func (f facts) has(s standing) bool {
	return s.Up() && s.Taker == f.me.ID && f.me.ID != 0 && s.mention.Snoozed.IsZero()
}

// ladderItems are what nobody has taken up, with when it climbs, and what the person has taken up.
func (f facts) ladderItems() []item {
	var out, mine []item
	day := f.now.In(f.practice.Location()).Format(practice.Day)
	for _, s := range f.standing {
		i := f.mention(s.mention)
		rung, _ := f.ladder.Rung(s.Rung)
		whom := f.name(s.Person)
		if s.Person == 0 {
			whom = rung.Contact
		}
		if s.Up() {
			if f.has(s) {
				i.icon, i.tone, i.title, i.when = "users", kit.ToneAccent, "You have it: "+i.title, f.since(s.Taken)
				mine = append(mine, i)
			}
			continue
		}
		i.icon, i.tone = "siren", kit.ToneWarn
		i.title = "Nobody has taken it up: " + i.title
		if s.Person == f.me.ID && f.me.ID != 0 {
			i.title, i.tone = "Waits for you: "+f.mention(s.mention).title, kit.ToneBad
		}
		i.detail = strings.Trim("With "+whom+", "+strings.ToLower(rung.Title), ", ") + " · " + s.Reason
		next, climbs := f.ladder.Next(s.Rung, s.Person, f.people, day)
		switch {
		case f.now.After(s.Due):
			i.tone, i.when = kit.ToneBad, kit.Span(f.now.Sub(s.Due))+" late"
		case climbs:
			i.when = "climbs in " + kit.Span(s.Due.Sub(f.now))
			i.detail += " · then to " + strings.ToLower(next.Title)
		default:
			i.when = "within " + kit.Span(s.Due.Sub(f.now))
		}
		out = append(out, i)
	}
	out = cutAt(fewUrgent, out, func(n int) item { return more("siren", n, "nobody has taken up", "is:waiting") })
	return append(out, cut(mine, func(n int) item { return more("users", n, "escalated", "status:escalated") })...)
}

// comingBack is what was put off and comes back today, and how much waits longer.
func (f facts) comingBack() []item {
	var out []item
	later, paused := 0, 0
	end := midnight(f.now, f.practice).AddDate(0, 0, 1)
	for _, m := range f.putOff {
		if !m.Snoozed.Before(end) {
			later++
			if reviews.ClockOf(m, f.now, f.practice).Paused {
				paused++
			}
			continue
		}
		i := f.mention(m)
		i.icon, i.title = "calendar-clock", "Comes back today: "+i.title
		i.when = m.Snoozed.In(f.practice.Location()).Format("15:04")
		out = append(out, i)
	}
	out = cut(out, func(n int) item { return more("calendar-clock", n, "come back today", "is:snoozed") })
	if later > 0 {
		i := item{icon: "calendar-clock", title: fmt.Sprintf("%s until a later day", kit.Counted(later, "mention is put off", "mentions are put off")), screen: "inbox", arg: "is:snoozed"}
		if paused > 0 {
			i.detail = fmt.Sprintf("%s somebody outside; the clock stands still.", kit.Counted(paused, "waits for", "wait for"))
		}
		out = append(out, i)
	}
	return out
}
