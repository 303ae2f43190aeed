package sample

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

func (m *maker) ago(days float64) time.Time {
	return m.end.Add(-time.Duration(days * 24 * float64(time.Hour))).Truncate(time.Minute)
}

func pow(x, y float64) float64 { return math.Pow(x, y) }

func keyOf(kind string, i int) string { return fmt.Sprintf("%s-%03d", kind, i) }

func lowerFirst(text string) string {
	if strings.HasPrefix(text, "I ") || strings.HasPrefix(text, "I'") || len(text) < 2 {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// officeOrEvening moves a moment to an hour at which people write: between seven in the morning and eleven at night.
func officeOrEvening(m *maker, t time.Time) time.Time {
	at := time.Date(t.Year(), t.Month(), t.Day(), 7+m.chance.IntN(16), m.chance.IntN(60), 0, 0, t.Location())
	if at.After(m.end) {
		return t
	}
	return at
}

func sortByTime(all []arrival) {
	slices.SortStableFunc(all, func(a, b arrival) int { return cmp.Compare(a.at.Unix(), b.at.Unix()) })
}

// site is where an ordinary mention appears, by the weights of the sources.
func (m *maker) site() string {
	total := 0
	for _, w := range m.weights {
		total += w.Weight
	}
	roll := m.chance.IntN(total)
	for _, w := range m.weights {
		if roll -= w.Weight; roll < 0 {
			return w.Site
		}
	}
	return m.weights[0].Site
}

func (m *maker) addSources(entries []sourceEntry) error {
	m.weights = entries
	for _, e := range entries {
		source, err := m.h.Reviews.AddSource(m.ctx, reviews.Source{Kind: e.Kind, Name: e.Name, Site: e.Site, Address: e.Address, All: true, Every: 60},
			m.actor("Dana Whitlock"))
		if err != nil {
			return err
		}
		m.sources[e.Site] = source.ID
	}
	return nil
}

// event is something that happens to a mention at a moment.
type event struct {
	at time.Time
	do func() error
}

// mentions lets all mentions come in and be worked on, in the order of time.
func (m *maker) mentions() error {
	arrivals, err := m.arrivals()
	if err != nil {
		return err
	}
	var events []event
	for _, a := range arrivals {
		events = append(events, event{a.at, func() error { return m.arrive(a.found, a.at) }})
		if a.edit != nil {
			events = append(events, event{a.when, func() error { return m.arrive(*a.edit, a.when) }})
		}
		events = append(events, m.work(a)...)
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range events {
		if e.at.After(m.end) {
			break
		}
		m.now = e.at
		if err := e.do(); err != nil {
			return err
		}
	}
	m.now = m.end
	return m.lastVisits()
}

// arrive brings one entry in as its source does, and remembers which mention it became. An entry that was told apart as the same story as
// another has no mention of its own.
func (m *maker) arrive(found reviews.Found, at time.Time) error {
	found.Understood = m.h.Collect.Understand(found.Title, found.Text, found.Stars)
	visit := reviews.Visit{SourceID: m.sources[found.Site], At: at, Status: 200, Took: 180, Entries: 1}
	outcome, err := m.h.Reviews.RecordVisit(m.ctx, visit, []reviews.Found{found})
	if err != nil || outcome.New == 0 {
		return err
	}
	newest, err := m.h.Reviews.IDs(m.ctx, reviews.Query{})
	if err != nil {
		return err
	}
	m.ids[found.Key] = newest[0]
	return nil
}

// lastVisits are those of this morning; one source fails since last Thursday.
func (m *maker) lastVisits() error {
	for _, e := range m.weights {
		if e.Kind != "feed" {
			continue
		}
		v := reviews.Visit{SourceID: m.sources[e.Site], Status: 304, Took: 95, Unchanged: true}
		if e.Failing != "" {
			v = reviews.Visit{SourceID: m.sources[e.Site], Status: 503, Took: 310, Problem: e.Failing}
		}
		for _, hours := range []float64{70, 46, 22, 0.3} {
			m.now = m.ago(hours / 24)
			v.At = m.now
			if _, err := m.h.Reviews.RecordVisit(m.ctx, v, nil); err != nil {
				return err
			}
		}
	}
	m.now = m.end
	return nil
}

// work is what the practice does about a mention, decided by its age: old ones are done, the newest wait.
func (m *maker) work(a arrival) []event {
	age := m.end.Sub(a.at).Hours() / 24
	if age < 1.2 {
		return nil
	}
	delay := time.Duration((2 + 40*m.chance.Float64()*m.chance.Float64()) * float64(time.Hour))
	roll, wording := m.chance.Float64(), m.chance.IntN(1000)
	if age < 9 && roll < 0.45 {
		if roll < 0.2 {
			return nil
		}
		return []event{{a.at.Add(delay), func() error { return m.with(a, m.read) }}}
	}
	return []event{{a.at.Add(delay), func() error {
		return m.with(a, func(mention reviews.Mention) error { return m.handle(mention, roll, wording, age) })
	}}}
}

// with does something with the mention that an arrival became.
func (m *maker) with(a arrival, do func(reviews.Mention) error) error {
	id, ok := m.ids[a.found.Key]
	if !ok {
		return nil
	}
	mention, err := m.h.Reviews.Find(m.ctx, id)
	if err != nil {
		return err
	}
	return do(mention)
}

func (m *maker) read(mention reviews.Mention) error {
	return m.h.Reviews.MarkRead(m.ctx, mention.ID, m.actor(pick(m, []string{"Dana Whitlock", "Rosa Delgado"})))
}

func (m *maker) handle(mention reviews.Mention, roll float64, wording int, age float64) error {
	dana := m.actor("Dana Whitlock")
	if mention.Status.Done() || mention.Status == reviews.Escalated {
		return nil
	}
	switch {
	case mention.Urgency == "critical" || mention.Urgency == "high":
		priya := m.actor("Priya Raman")
		if err := m.h.Reviews.Escalate(m.ctx, mention.ID, priya.ID, "Needs a phone call by the compliance officer", dana); err != nil {
			return err
		}
		if age < 8 {
			return nil
		}
		m.now = m.now.Add(3 * time.Hour)
		return m.h.Reviews.Resolve(m.ctx, mention.ID, "Called, listened, noted in the incident record", priya)
	case mention.Text == "" && roll < 0.8:
		return m.h.Reviews.Close(m.ctx, mention.ID, "Stars only, nothing to answer", dana)
	case roll > 0.9:
		return m.h.Reviews.Close(m.ctx, mention.ID, pick(m, []string{"Praise without a question", "Answered by phone", "Not about a visit"}), dana)
	case roll > 0.87 && age > 9 && age < 40:
		return m.read(mention) // forgotten: these are the overdue ones
	}
	return m.answer(mention, wording, age)
}

// answer writes a reply from the templates; Kelechi drafts and asks, Dana approves or writes herself.
func (m *maker) answer(mention reviews.Mention, wording int, age float64) error {
	draft, err := m.h.Draft(m.ctx, mention)
	if err != nil {
		return err
	}
	suggestions := draft.Suggestions
	if len(suggestions) == 0 {
		return m.h.Reviews.Close(m.ctx, mention.ID, "No safe public answer", m.actor("Dana Whitlock"))
	}
	chosen := suggestions[wording%min(2, len(suggestions))]
	if age < 20 && wording%3 == 0 {
		return m.ask(mention, chosen.Text, wording)
	}
	dana := m.actor("Dana Whitlock")
	if _, _, err := m.h.Reviews.SaveDraft(m.ctx, mention.ID, chosen.Text, chosen.TemplateID, dana); err != nil {
		return err
	}
	return m.publish(mention, dana)
}

func (m *maker) ask(mention reviews.Mention, text string, wording int) error {
	kelechi, dana := m.actor("Kelechi Adeyemi"), m.actor("Dana Whitlock")
	if _, _, err := m.h.Reviews.SaveDraft(m.ctx, mention.ID, text, "", kelechi); err != nil {
		return err
	}
	if err := m.h.Reviews.AskApproval(m.ctx, mention.ID, kelechi); err != nil {
		return err
	}
	switch wording % 4 {
	case 0:
		return nil
	case 1:
		return m.h.Reviews.SendBack(m.ctx, mention.ID, "A little warmer at the start, please", dana)
	}
	if err := m.h.Reviews.Approve(m.ctx, mention.ID, dana); err != nil {
		return err
	}
	return m.publish(mention, kelechi)
}

func (m *maker) publish(mention reviews.Mention, by audit.Actor) error {
	_, err := m.h.Reviews.Copy(m.ctx, mention.ID, by)
	if errors.Is(err, reviews.ErrResting) {
		r, err := m.h.Reviews.Release(m.ctx, mention.ID, by)
		if err != nil || r.Until().After(m.end) {
			return err // it rests in the outbox to this minute
		}
		m.now = r.Until()
		return m.publish(mention, by)
	}
	if err != nil {
		return err
	}
	return m.h.Reviews.MarkPosted(m.ctx, mention.ID, by)
}
