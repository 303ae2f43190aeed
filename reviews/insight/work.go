package insight

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"goodword/internal/practice"
	"goodword/reviews"
)

// row is one mention, without its words.
type row struct {
	at, owed, handled time.Time
	site              string
	placeID           int64
	mention           reviews.Mention // stars, status and what was understood
}

// names says how sites, places and topics are called.
type names struct {
	topic, site func(id string) string
	place       func(id int64) string
}

// work gathers the figures of a scope and of the period before it.
func work(rows []row, scope Scope, p practice.Practice, n names, now time.Time) Figures {
	f := Figures{Scope: scope, Previous: scope.Before(), Unfinished: scope.To.Sub(now) > 24*time.Hour}
	f.Step, f.Steps = steps(scope, p.Location())
	var current, before []row
	for _, r := range rows {
		if r.at.Before(scope.From) {
			before = append(before, r)
		} else {
			current = append(current, r)
		}
	}
	count := counter{p, now}
	f.Now, f.Before = count.part(current), count.part(before)
	byStep := make([][]row, len(f.Steps))
	byTopic, bySite, byPlace := groups{}, groups{}, groups{}
	for _, r := range current {
		if i := stepOf(f.Steps, r.at); i >= 0 {
			byStep[i] = append(byStep[i], r)
		}
		for _, topic := range r.mention.Topics {
			byTopic.add(topic, r)
		}
		bySite.add(r.site, r)
		byPlace.add(placeKey(r.placeID), r)
	}
	for i := range f.Steps {
		f.Steps[i].Part = count.part(byStep[i])
	}
	f.Topics = byTopic.slices(count, n.topic)
	f.Sites = bySite.slices(count, n.site)
	f.Places = byPlace.slices(count, func(id string) string { return n.place(placeID(id)) })
	f.Changes = changes(f.Now, f.Before, !f.Unfinished, topicCounts(before), f.Topics)
	return f
}

func placeKey(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprint(id)
}

func placeID(key string) int64 {
	var id int64
	if _, err := fmt.Sscan(key, &id); err != nil {
		return 0
	}
	return id
}

func topicCounts(rows []row) map[string]int {
	counts := map[string]int{}
	for _, r := range rows {
		for _, topic := range r.mention.Topics {
			counts[topic]++
		}
	}
	return counts
}

// groups keeps rows by an id.
type groups map[string][]row

func (g groups) add(id string, r row) { g[id] = append(g[id], r) }

func (g groups) slices(count counter, label func(string) string) []Slice {
	out := make([]Slice, 0, len(g))
	for id, rows := range g {
		out = append(out, Slice{ID: id, Label: label(id), Part: count.part(rows)})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Mentions != out[j].Mentions {
			return out[i].Mentions > out[j].Mentions
		}
		return out[i].Label < out[j].Label
	})
	return out
}

// longInWeeks is up to how many days a period is cut into weeks; a longer one is cut into months.
const longInWeeks = 100

// steps cuts a scope into weeks (from its first day) or calendar months.
func steps(s Scope, zone *time.Location) (string, []Slice) {
	from, unit := s.From.In(zone), "month"
	if s.To.Sub(s.From) <= longInWeeks*24*time.Hour {
		unit = "week"
	}
	var out []Slice
	for start := from; start.Before(s.To); {
		end := time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, zone).AddDate(0, 1, 0)
		label := start.Format("Jan 2006")
		if unit == "week" {
			end, label = start.AddDate(0, 0, 7), start.Format("2 Jan")
		}
		if end.After(s.To) {
			end = s.To.In(zone)
		}
		out = append(out, Slice{Label: label, From: start, To: end})
		start = end
	}
	return unit, out
}

func stepOf(list []Slice, at time.Time) int {
	i := sort.Search(len(list), func(i int) bool { return list[i].To.After(at) })
	if i == len(list) || at.Before(list[i].From) {
		return -1
	}
	return i
}

// counter counts with the hours and targets of the practice.
type counter struct {
	practice practice.Practice
	now      time.Time
}

func (c counter) part(rows []row) Part {
	var p Part
	var office, wall []time.Duration
	for _, r := range rows {
		p.Mentions++
		p.Stars[min(max(r.mention.Stars, 0), 5)]++
		switch r.mention.Sentiment {
		case "positive":
			p.Positive++
		case "mixed":
			p.Mixed++
		case "negative":
			p.Negative++
		default:
			p.NotJudged++
		}
		if r.mention.Urgency == "critical" || r.mention.Urgency == "high" {
			p.Urgent++
		}
		if r.mention.Imported {
			continue
		}
		if o, w, done := c.answer(&p.Response, r); done {
			office, wall = append(office, o), append(wall, w)
		}
	}
	p.Response.Timed = len(wall)
	p.Response.MedianOffice, p.Response.MedianWall = median(office), median(wall)
	return p
}

// answer counts one mention that was owed an answer, and tells how long a handled one took.
func (c counter) answer(r *Response, m row) (office, wall time.Duration, done bool) {
	r.Owed++
	zone := c.practice.Location()
	due := c.practice.Hours.Due(m.owed, reviews.Target(m.mention, c.practice.Targets), zone)
	if !m.mention.Status.Done() {
		if c.now.After(due) {
			r.Overdue++
		} else {
			r.Open++
		}
		return 0, 0, false
	}
	r.Handled++
	if m.mention.Status == reviews.NoReply {
		r.Quiet++
	}
	if m.handled.IsZero() {
		return 0, 0, false
	}
	if !m.handled.After(due) {
		r.Within++
	}
	return c.practice.Hours.Between(m.owed, m.handled, zone), max(m.handled.Sub(m.owed), 0), true
}

func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	middle := len(list) / 2
	if len(list)%2 == 1 {
		return list[middle]
	}
	return (list[middle-1] + list[middle]) / 2
}
