package calendar

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
)

// item is one thing in the calendar, whichever domain it comes from.
type item struct {
	id       string
	kind     advocacy.EntryKind
	title    string
	from, to string // days, inclusive
	tone     kit.Tone
	entry    advocacy.Entry
	screen   string // where it opens; "" stays here
	arg      any
}

func (i item) on(day string) bool { return i.from <= day && day <= i.to }

// long reports whether it lasts so long that it belongs above the grid and not in every day of it.
func (i item) long() bool {
	from, errFrom := time.Parse(practice.Day, i.from)
	to, errTo := time.Parse(practice.Day, i.to)
	return errFrom == nil && errTo == nil && to.Sub(from) > 14*24*time.Hour
}

// short is the title where there is room for a word or two: the name without the occasion, the day without "National".
func (i item) short() string {
	if i.kind == advocacy.EntryObservance {
		return strings.TrimPrefix(strings.TrimPrefix(i.title, "National "), "International ")
	}
	if before, after, found := strings.Cut(i.title, ": "); found && before != "Consent ends" {
		return after
	}
	return i.title
}

// plan is what is read beside the items: what does not go together, and how the kinds of posts balance.
type plan struct {
	conflicts []advocacy.Conflict
	mix       []advocacy.KindShare
	missed    []advocacy.Spotlight
}

// before is how many days back the balance of the kinds looks.
const before = 60

func (s *Screen) read(ctx context.Context, first, last, today time.Time) ([]item, plan, error) {
	entries, err := s.deps.Store.Between(ctx, first.AddDate(0, 0, -before), last)
	if err != nil {
		return nil, plan{}, err
	}
	seen := plan{mix: advocacy.MixOf(entries)}
	from := first.Format(practice.Day)
	entries = slices.DeleteFunc(entries, func(e advocacy.Entry) bool { return e.To < from })
	if seen.conflicts, err = s.deps.Plans.Conflicts(ctx, entries); err != nil {
		return nil, plan{}, err
	}
	if seen.missed, err = s.deps.Plans.Missed(ctx); err != nil {
		return nil, plan{}, err
	}
	items, err := s.itemsOf(ctx, entries, first, last, today)
	return items, seen, err
}

func (s *Screen) itemsOf(ctx context.Context, entries []advocacy.Entry, first, last, today time.Time) ([]item, error) {
	var items []item
	for n, e := range entries {
		items = append(items, itemOf(e, fmt.Sprintf("%s/%d", e.Kind, n)))
	}
	if s.deps.Policy == nil {
		return items, nil
	}
	groups, err := s.deps.Policy.Checklist(ctx)
	if err != nil {
		return nil, err
	}
	items = append(items, dueItems(groups, first.Format(practice.Day), last.Format(practice.Day), today.Format(practice.Day))...)
	slices.SortStableFunc(items, compare)
	return items, nil
}

// compare puts the practice's own work of a day before the observances.
func compare(a, b item) int {
	if c := strings.Compare(a.from, b.from); c != 0 {
		return c
	}
	rank := map[advocacy.EntryKind]int{advocacy.EntrySeries: 1, advocacy.EntryDeadline: 2, advocacy.EntryOther: 3, advocacy.EntryObservance: 4}
	return rank[a.kind] - rank[b.kind]
}

func itemOf(e advocacy.Entry, id string) item {
	i := item{id: id, kind: e.Kind, title: e.Title, from: e.From, to: e.To, entry: e, tone: kit.ToneNeutral}
	if e.SpotlightID != 0 {
		i.screen, i.arg = "spotlights", e.SpotlightID
	}
	switch {
	case e.Late:
		i.tone = kit.ToneBad
	case e.Kind == advocacy.EntryDeadline:
		i.tone = kit.ToneWarn
	case e.Kind == advocacy.EntrySpotlight && e.Stage == advocacy.Published:
		i.tone = kit.ToneGood
	case e.Kind == advocacy.EntrySpotlight:
		i.tone = kit.ToneAccent
	}
	return i
}

// dueItems are the lines of the checklist that are due in the stretch and not settled.
func dueItems(groups []policy.Group, first, last, today string) []item {
	var items []item
	for _, g := range groups {
		for _, line := range g.Items {
			if line.Due == "" || line.Due < first || line.Due > last || line.Settled() {
				continue
			}
			i := item{id: "policy/" + line.ID, kind: advocacy.EntryDeadline, title: "Checklist: " + line.Text, from: line.Due, to: line.Due, tone: kit.ToneWarn,
				screen: "policy", arg: "checklist/" + line.ID}
			if line.Overdue(today) {
				i.tone = kit.ToneBad
			}
			items = append(items, i)
		}
	}
	return items
}

// itemsOn is what the grid draws in a day: what begins there, and at the start of a row what goes on from the row above.
func (s *Screen) itemsOn(day time.Time) []kit.DayItem {
	text := day.Format(practice.Day)
	from, _ := s.grid.Span()
	rowBegins := day.Weekday() == from.Weekday()
	var list []kit.DayItem
	for _, i := range s.visible() {
		if !i.long() && (i.from == text || rowBegins && i.on(text)) {
			list = append(list, kit.DayItem{ID: i.id, Title: i.short(), Tone: i.tone, Moves: i.entry.Movable()})
		}
	}
	return list
}

func (s *Screen) visible() []item {
	return slices.DeleteFunc(slices.Clone(s.items), func(i item) bool { return i.kind == advocacy.EntryObservance && !s.wanted.Checked })
}

// openItem goes to where the work is, or shows the day of an observance.
func (s *Screen) openItem(id string) {
	for _, i := range s.items {
		if i.id != id {
			continue
		}
		if i.screen != "" {
			s.host.Go(i.screen, i.arg)
			return
		}
		if i.entry.Observance != nil {
			s.explain(*i.entry.Observance)
		}
		if i.entry.Turn != nil {
			s.turnDialog(i.entry)
		}
	}
}
