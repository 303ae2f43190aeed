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

// work gathers the figures of a scope and of the period before it, mention by mention, so that a year of a large group needs no more room
// than a month of a small practice.
type work struct {
	figures               Figures
	counter               counter
	now, before           tally
	steps                 []tally
	topics, sites, places groups
	topicsBefore          map[string]int
}

func newWork(scope Scope, p practice.Practice, now time.Time) *work {
	w := &work{counter: counter{p, now}, topics: groups{}, sites: groups{}, places: groups{}, topicsBefore: map[string]int{}}
	w.figures = Figures{Scope: scope, Previous: scope.Before(), Unfinished: scope.To.Sub(now) > 24*time.Hour}
	w.figures.Step, w.figures.Steps = steps(scope, p.Location())
	w.steps = make([]tally, len(w.figures.Steps))
	return w
}

// add counts one mention wherever it belongs.
func (w *work) add(r *row) {
	a := w.counter.answer(r)
	if r.at.Before(w.figures.Scope.From) {
		w.before.add(r, a)
		for _, topic := range r.mention.Topics {
			w.topicsBefore[topic]++
		}
		return
	}
	w.now.add(r, a)
	if i := stepOf(w.figures.Steps, r.at); i >= 0 {
		w.steps[i].add(r, a)
	}
	for _, topic := range r.mention.Topics {
		w.topics.of(topic).add(r, a)
	}
	w.sites.of(r.site).add(r, a)
	w.places.of(placeKey(r.placeID)).add(r, a)
}

// done gives the figures.
func (w *work) done(n names) Figures {
	f := w.figures
	f.Now, f.Before = w.now.part(), w.before.part()
	for i := range f.Steps {
		f.Steps[i].Part = w.steps[i].part()
	}
	f.Topics = w.topics.slices(n.topic)
	f.Sites = w.sites.slices(n.site)
	f.Places = w.places.slices(func(id string) string { return n.place(placeID(id)) })
	f.Changes = changes(f.Now, f.Before, !f.Unfinished, w.topicsBefore, f.Topics)
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

// groups counts by an id.
type groups map[string]*tally

func (g groups) of(id string) *tally {
	t := g[id]
	if t == nil {
		t = &tally{}
		g[id] = t
	}
	return t
}

func (g groups) slices(label func(string) string) []Slice {
	out := make([]Slice, 0, len(g))
	for id, t := range g {
		out = append(out, Slice{ID: id, Label: label(id), Part: t.part()})
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

// counter judges answers with the hours and targets of the practice.
type counter struct {
	practice practice.Practice
	now      time.Time
}

// answer is what became of a mention that was owed an answer.
type answer struct {
	owed, late, handled, quiet, timed, within bool
	office, wall                              time.Duration // how long a timed one took
}

func (c counter) answer(m *row) answer {
	if m.mention.Imported {
		return answer{}
	}
	a := answer{owed: true}
	zone := c.practice.Location()
	due := reviews.Due(m.mention, m.owed, c.practice)
	if !m.mention.Status.Done() {
		a.late = c.now.After(due)
		return a
	}
	a.handled, a.quiet = true, m.mention.Status == reviews.NoReply
	if m.handled.IsZero() {
		return a
	}
	a.timed, a.within = true, !m.handled.After(due)
	a.office, a.wall = c.practice.Hours.Between(m.owed, m.handled, zone), max(m.handled.Sub(m.owed), 0)
	return a
}

// tally counts mentions.
type tally struct {
	counts       Part
	office, wall []time.Duration
}

func (t *tally) add(r *row, a answer) {
	p := &t.counts
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
	if !a.owed {
		return
	}
	p.Response.Owed++
	switch {
	case a.handled:
		p.Response.Handled++
	case a.late:
		p.Response.Overdue++
	default:
		p.Response.Open++
	}
	if a.quiet {
		p.Response.Quiet++
	}
	if a.within {
		p.Response.Within++
	}
	if a.timed {
		t.office, t.wall = append(t.office, a.office), append(t.wall, a.wall)
	}
}

func (t *tally) part() Part {
	p := t.counts
	p.Response.Timed = len(t.wall)
	p.Response.MedianOffice, p.Response.MedianWall = median(t.office), median(t.wall)
	return p
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
