package proof

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/paper"
	"goodword/policy"
	"goodword/policy/guard"
)

// happening is an incident or a drill as a pack tells it: with who had to be told, and everything that was done about it. Its words are covered
// already.
type happening struct {
	policy.Incident
	running []policy.Running
	events  []policy.Event
}

// named says what it is, with its number.
func (h happening) named() string {
	if h.IsDrill() {
		return fmt.Sprintf("drill %d", h.ID)
	}
	return fmt.Sprintf("incident %d", h.ID)
}

// sheetName is the file of its own paper.
func (h happening) sheetName() string {
	if h.IsDrill() {
		return fmt.Sprintf("drills/drill-%d.pdf", h.ID)
	}
	return fmt.Sprintf("incidents/incident-%d.pdf", h.ID)
}

// happened reads the incidents and drills with all that belongs to each.
func (b *Binder) happened(ctx context.Context, k *pack) error {
	choice, err := b.Policy.PlaceChoice(ctx)
	if err != nil {
		return err
	}
	k.places = choice.Places()
	incidents, err := b.Policy.Incidents(ctx)
	if err != nil {
		return err
	}
	drills, err := b.Policy.Drills(ctx)
	if err != nil {
		return err
	}
	for _, i := range append(incidents, drills...) {
		if !k.spans(i) {
			continue
		}
		events, err := b.Policy.Timeline(ctx, i)
		if err != nil {
			return err
		}
		k.happened = append(k.happened, k.covered(happening{i, i.Clocks(k.places, k.zone), events}))
	}
	return nil
}

// spans reports whether an incident or a drill lies in the days that the pack is about.
func (k *pack) spans(i policy.Incident) bool {
	return (k.to == "" || k.dayOf(i.Noticed) <= k.to) && (i.Closed.IsZero() || k.dayOf(i.Closed) >= k.from)
}

// covered covers the names and health details in everything that people wrote about it.
func (k *pack) covered(h happening) happening {
	for _, text := range []*string{&h.Title, &h.What, &h.Place, &h.Drill, &h.Decision, &h.Lesson, &h.Weighing.Reason} {
		*text = k.cover(*text)
	}
	factors := map[string]policy.Weighed{}
	for id, f := range h.Weighing.Factors {
		f.Words = k.cover(f.Words)
		factors[id] = f
	}
	h.Weighing.Factors = factors
	for i := range h.events {
		h.events[i].Text, h.events[i].Reason = k.cover(h.events[i].Text), k.cover(h.events[i].Reason)
	}
	return h
}

// of keeps the incidents, or the drills.
func (k *pack) of(drills bool) []happening {
	var list []happening
	for _, h := range k.happened {
		if h.IsDrill() == drills {
			list = append(list, h)
		}
	}
	return list
}

// papers are the incidents and drills that have a paper of their own; the pack of a person has only that person's lines of them.
func (k *pack) papers() []happening {
	if k.choice.Person != 0 {
		return nil
	}
	return k.happened
}

// happeningSheet is the paper of one incident or drill.
func (k *pack) happeningSheet(h happening) paper.Sheet {
	return policy.IncidentSheet(k.practice, h.Incident, h.running, h.events, k.now)
}

// caution says on paper how far the words are covered.
func (k *pack) caution() paper.Block {
	if k.choice.Unmasked {
		return paper.Small{Text: "Nothing is covered here: this pack was made for counsel."}
	}
	return paper.Small{Text: "Names and health details are covered by a word in brackets, as far as the program's lists and rules find them. Read the pack once before it leaves the practice."}
}

func (k *pack) incidentsPart() part {
	p := part{name: "incidents", title: "Incidents and mistakes", says: "What went wrong, what was decided and what was learned from it. Each has a paper of its own in incidents/.",
		columns: []string{"number", "title", "place", "noticed", "reported_by", "mention", "spotlight", "people_concerned", "steps_done", "steps", "what", "finding", "decision", "lesson", "closed"}}
	for _, i := range k.of(false) {
		p.rows = append(p.rows, []string{number(i.ID), i.Title, i.Place, k.when(i.Noticed), i.ReportedBy, zeroless(i.MentionID), zeroless(i.SpotlightID), zeroless(int64(i.People)),
			fmt.Sprint(len(i.Steps)), fmt.Sprint(len(policy.FirstHour().Steps)), i.What, string(i.Weighing.Finding), i.Decision, i.Lesson, k.when(i.Closed)})
	}
	return k.made(p, []int{0, 1, 3, 12, 13, 14}, []float64{0.09, 0.25, 0.14, 0.22, 0.18, 0.12}, "No incident is on record here.", k.caution())
}

func (k *pack) drillsPart() part {
	p := part{name: "drills", title: "Drills", says: "What was rehearsed. Nothing of it happened, and none of it is counted as an incident. Each has a paper of its own in drills/.",
		columns: []string{"number", "drill", "story", "began", "begun_by", "steps_done", "steps", "minutes", "lesson", "ended"}}
	for _, i := range k.of(true) {
		minutes := ""
		if _, whole := i.Laps(); whole > 0 {
			minutes = fmt.Sprintf("%.0f", whole.Minutes())
		}
		p.rows = append(p.rows, []string{number(i.ID), i.Title, i.Drill, k.when(i.Noticed), i.ReportedBy, fmt.Sprint(len(i.Steps)), fmt.Sprint(len(policy.FirstHour().Steps)), minutes, i.Lesson,
			k.when(i.Closed)})
	}
	return k.made(p, []int{0, 1, 3, 5, 7, 8, 9}, []float64{0.09, 0.21, 0.18, 0.08, 0.1, 0.16, 0.18}, "No drill was held.",
		paper.Small{Text: "The minutes are those from the start to the last step of the first hour, where all its steps were done. The aim of one hour is ours; no norm sets it."})
}

// timelinePart is everything that was done, in the order in which it was done. The pack of a person has what that person did.
func (k *pack) timelinePart() part {
	p := part{name: "timeline", title: "Timelines of incidents and drills", says: "What was noted, decided and done about each incident and each drill, and when. What was written down never changes; whoever erred wrote another entry.",
		columns: []string{"about", "drill", "at", "from", "what", "reason", "by"}}
	if k.choice.Person != 0 {
		p.title, p.says = "Incidents and drills", "What this person noted, decided and did about incidents and in drills, and when. What others did is left out."
	}
	for _, h := range k.happened {
		for _, e := range h.events {
			if k.choice.Person != 0 && e.By != k.people[0].Name {
				continue
			}
			p.rows = append(p.rows, []string{h.named(), yes(h.IsDrill()), k.when(e.At), e.From, e.Text, e.Reason, e.By})
		}
	}
	return k.made(p, []int{0, 2, 3, 4, 5, 6}, []float64{0.12, 0.18, 0.1, 0.28, 0.17, 0.15}, "Nothing is on record here.", k.caution())
}

// clocksPart is who had to be told about each incident, by when, and whether they were.
func (k *pack) clocksPart() part {
	p := part{name: "clocks", title: "Who had to be told, and by when", says: "The deadlines for telling people and authorities about an incident, as they stand. A clock that runs is a reminder to ask, not a finding that the duty is there.",
		columns: []string{"about", "drill", "whom", "place", "rule", "due", "state", "told", "told_by", "basis", "source", "address", "checked", "how_checked"}}
	for _, h := range k.happened {
		for _, r := range h.running {
			state, told, by := r.Left(k.now), "", ""
			if r.Idle != "" {
				state = r.Idle
			}
			if r.Told != nil {
				told, by = k.when(r.Told.At), r.Told.By
			}
			p.rows = append(p.rows, []string{h.named(), yes(h.IsDrill()), r.Clock.Whom, policy.PlaceTitle(r.Clock.Jurisdiction), r.Clock.Text, k.when(r.Due), state, told, by,
				r.Clock.Basis.Basis, r.Clock.Source, r.Clock.URL, r.Clock.Checked, r.Clock.HowChecked(written(r.Clock.Checked))})
		}
	}
	return k.made(p, []int{0, 2, 5, 6, 7, 9}, []float64{0.12, 0.19, 0.18, 0.19, 0.15, 0.17}, "No clock is on record here.")
}

// weighedPart is the assessment of each incident by its four factors.
func (k *pack) weighedPart() part {
	p := part{name: "assessment", title: "Was it a breach? The four factors", says: "How each incident was weighed, factor by factor, and what the weighing came to.",
		columns: []string{"about", "drill", "factor", "speaks_for_a_compromise", "what_was_found", "finding", "reason", "by", "at"}}
	for _, h := range k.of(false) {
		w := h.Weighing
		finding := string(w.Finding)
		if finding == "" {
			finding = "not decided"
		}
		for _, f := range policy.Factors() {
			got := w.Factors[f.ID]
			weight := string(got.Weight)
			if weight == "" {
				weight = "open"
			}
			p.rows = append(p.rows, []string{h.named(), yes(h.IsDrill()), f.Title, weight, got.Words, finding, w.Reason, w.By, k.when(w.At)})
		}
	}
	b := policy.FirstHour().Basis
	return k.made(p, []int{0, 2, 3, 4, 5, 8}, []float64{0.12, 0.21, 0.13, 0.22, 0.14, 0.18}, "No incident is on record here.", k.caution(),
		paper.Small{Text: fmt.Sprintf("Basis: %s. Source: %s, %s. %s.", b.Basis, b.Source, b.URL, b.HowChecked(written(b.Checked)))})
}

// nearMissPart is what the gate stopped and what others now learn from.
func (k *pack) nearMissPart() part {
	p := part{name: "near-misses", title: "Near-misses that became lessons", says: "Drafts that the speak-safe gate stopped before they went out, retold so that nobody can be recognised, and taken into the training by the compliance officer.",
		columns: []string{"number", "rule", "retold", "proposed", "proposed_by", "approved", "approved_by", "note", "why", "basis", "source", "address", "checked"}}
	rules := guard.Default().Rules()
	for _, n := range k.misses {
		rule := guard.Rule{}
		if i := slices.IndexFunc(rules, func(r guard.Rule) bool { return r.Code == n.Rule }); i >= 0 {
			rule = rules[i]
		}
		p.rows = append(p.rows, []string{number(n.ID), n.Rule, k.cover(n.Text), k.when(n.Made), n.MadeBy, k.when(n.Decided), n.By, k.cover(n.Note), rule.Why, rule.Basis, rule.Source, rule.URL, rule.Checked})
	}
	return k.made(p, []int{0, 9, 2, 4, 5, 6}, []float64{0.09, 0.14, 0.35, 0.14, 0.14, 0.14}, "No near-miss is among the lessons.")
}

// crisisParts is the plan for a crisis as it stands: who has which duty, and what may be said at once.
func (k *pack) crisisParts() []part {
	duties := part{name: "crisis-plan", title: "The crisis plan in force", says: "Who has which duty when something goes wrong in public, who calls whom, and what may be said in the first hour.",
		columns: []string{"duty_id", "duty", "person", "telephone", "deputy", "deputy_telephone", "called_by", "calls_away"}}
	called := map[string]string{"": "whoever notices"}
	for _, d := range k.plan.Duties {
		called[d.ID] = d.Duty
	}
	for _, c := range k.plan.Tree() {
		d := c.Duty
		duties.rows = append(duties.rows, []string{d.ID, d.Duty, d.Person, d.Phone, d.Deputy, d.Second, called[d.Called], fmt.Sprint(c.Depth)})
	}
	duties.sheet = policy.CrisisSheet(k.practice, k.plan, k.places, k.now)
	changed := "The plan is as it ships; nobody has changed it."
	if !k.planned.IsZero() {
		changed = "The plan was last changed on " + written(k.dayOf(k.planned)) + "."
	}
	duties.sheet.Blocks = append(duties.sheet.Blocks, paper.Small{Text: strings.TrimSpace(fmt.Sprintf("%s Duties that nobody has: %d.", changed, k.plan.Open()))})
	words := part{name: "statements", title: "What may be said at once", says: "The holding statements of the crisis plan. Each passes the speak-safe gate.",
		columns: []string{"id", "title", "text", "changed", "changed_by"}}
	for _, s := range k.plan.Statements {
		words.rows = append(words.rows, []string{s.ID, s.Title, s.Text, k.when(s.Changed), s.By})
	}
	return []part{duties, k.made(words, []int{1, 2, 3, 4}, []float64{0.2, 0.5, 0.15, 0.15}, "There is no statement.")}
}
