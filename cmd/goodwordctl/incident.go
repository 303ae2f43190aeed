package main

import (
	"fmt"
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type incidentVerb struct {
	List   policyIncidents `cmd:"" default:"1" help:"List the incidents, open ones first."`
	Show   incidentShow    `cmd:"" help:"Show an incident or a drill with its timeline, or write it to a file."`
	Start  incidentStart   `cmd:"" help:"Report a slip. Its clocks run from now, or from --noticed."`
	Step   incidentStep    `cmd:"" help:"Tick a step of the first hour; without one, list the steps."`
	Note   incidentNote    `cmd:"" help:"Write into the timeline. An entry never changes; whoever erred writes another."`
	Decide incidentDecide  `cmd:"" help:"Write a decision with its reason into the timeline."`
	Clocks incidentClocks  `cmd:"" help:"List who must be told and by when, with source and age."`
	Told   incidentTold    `cmd:"" help:"Note that somebody with a clock was told."`
	Weigh  incidentWeigh   `cmd:"" help:"Say whether it was a breach: weigh the four factors; without any, list them."`
	Close  incidentClose   `cmd:"" help:"Close an incident, or open it again."`
}

type policyIncidents struct{}

func (policyIncidents) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		incidents, err := h.Policy.Incidents(d.ctx)
		if err != nil {
			return err
		}
		if len(incidents) == 0 {
			return d.remark("No incidents are on record.")
		}
		return d.happenings(incidents)
	})
}

// happenings prints a line for each incident or drill.
func (d *desk) happenings(list []policy.Incident) error {
	for _, i := range list {
		state := "open"
		if !i.Closed.IsZero() {
			state = "closed " + d.dayOf(i.Closed)
		}
		if _, whole := i.Laps(); i.IsDrill() && i.Next() == "" {
			state += ", took " + minutes(whole)
		}
		if err := d.print(i, "%3d  %s  %s (%s)", i.ID, d.dayOf(i.Noticed), i.Title, state); err != nil {
			return err
		}
	}
	return nil
}

func minutes(span time.Duration) string {
	if n := int(span.Minutes()); n != 1 {
		return fmt.Sprintf("%d minutes", n)
	}
	return "1 minute"
}

// happening opens an incident for a step of its own, or a drill; one is never taken for the other.
func (d *desk) happening(id int64, drill bool, do func(h *house.House, i policy.Incident, by audit.Actor) error) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		i, err := h.Policy.Incident(d.ctx, id)
		switch {
		case err != nil:
			return err
		case i.IsDrill() && !drill:
			return fmt.Errorf("Number %d is a drill. Use \"goodwordctl drill\" for it", id)
		case drill && !i.IsDrill():
			return fmt.Errorf("Number %d is no drill: it happened. Use \"goodwordctl incident\" for it", id)
		}
		return do(h, i, by)
	})
}

type incidentShow struct {
	ID  int64  `arg:"" help:"Number of the incident or drill."`
	Out string `help:"Write it to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
}

type shownIncident struct {
	policy.Incident
	Events []policy.Event   `json:"timeline"`
	Clocks []policy.Running `json:"clocks"`
}

func (v incidentShow) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		i, err := h.Policy.Incident(d.ctx, v.ID)
		if err != nil {
			return err
		}
		events, err := h.Policy.Timeline(d.ctx, i)
		if err != nil {
			return err
		}
		running, err := d.running(h, i)
		if err != nil {
			return err
		}
		if v.Out != "" {
			p, err := h.Practices.Get(d.ctx)
			if err != nil {
				return err
			}
			return d.savePaper(v.Out, policy.IncidentSheet(p, i, running, events, d.now()))
		}
		if d.json {
			return d.line(shownIncident{i, events, running})
		}
		var page strings.Builder
		_, _ = fmt.Fprintf(&page, "%d  %s\nNoticed %s, reported by %s", i.ID, i.Title, d.clock(i.Noticed), i.ReportedBy)
		for _, line := range []struct{ what, text string }{{"Drill", i.Drill}, {"Where", i.Place}, {"What", i.What}, {"Decision", i.Decision}, {"Lesson", i.Lesson}} {
			if line.text != "" {
				_, _ = fmt.Fprintf(&page, "\n%s: %s", line.what, line.text)
			}
		}
		for _, e := range events {
			_, _ = fmt.Fprintf(&page, "\n%s  %-9s %s (%s)", d.clock(e.At), e.From, e.Text, e.By)
			if e.Reason != "" {
				_, _ = fmt.Fprintf(&page, "\n%29sReason: %s", "", e.Reason)
			}
		}
		return d.print(nil, "%s", page.String())
	})
}

// running are the clocks of an incident, by the law of where the practice is.
func (d *desk) running(h *house.House, i policy.Incident) ([]policy.Running, error) {
	choice, err := h.Policy.PlaceChoice(d.ctx)
	if err != nil {
		return nil, err
	}
	return i.Clocks(choice.Places(), d.zone), nil
}

type incidentStart struct {
	Title     string `arg:"" help:"What happened, in a few words, such as \"Reply named a treatment\". Leave out the patient's name."`
	Place     string `help:"Where it was published."`
	What      string `help:"In more words."`
	Noticed   string `help:"When it was noticed; now when left out." placeholder:"T"`
	People    int    `help:"How many people are concerned, where that is known."`
	Mention   int64  `help:"Number of the mention that it is about." placeholder:"ID"`
	Spotlight int64  `help:"Number of the spotlight that it is about." placeholder:"ID"`
}

func (v incidentStart) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		i := policy.Incident{Title: v.Title, Place: v.Place, What: v.What, People: v.People, MentionID: v.Mention, SpotlightID: v.Spotlight}
		if err := d.linked(h, i); err != nil {
			return err
		}
		if v.Noticed != "" {
			at, err := d.moment(v.Noticed)
			if err != nil {
				return err
			}
			i.Noticed = at
		}
		i, err := h.Policy.SaveIncident(d.ctx, i, by)
		if err != nil {
			return err
		}
		return d.print(i, "Incident %d is on record. The first step is %s; the people concerned are told by %s, unless a low probability of compromise is shown.\nThe clocks: \"goodwordctl incident clocks %d\".",
			i.ID, i.Next(), i.NotifyBy(d.zone), i.ID)
	})
}

// linked refuses what an incident cannot be about.
func (d *desk) linked(h *house.House, i policy.Incident) error {
	if i.MentionID != 0 {
		if _, err := h.Reviews.Find(d.ctx, i.MentionID); err != nil {
			return err
		}
	}
	if i.SpotlightID != 0 {
		if _, err := h.Advocacy.Find(d.ctx, i.SpotlightID); err != nil {
			return err
		}
	}
	return nil
}

// stepWords name a step of the first hour.
type stepWords struct {
	ID   int64  `arg:"" help:"Its number."`
	Step string `arg:"" optional:"" help:"The step; without it the steps are listed."`
	Undo bool   `help:"It is not done after all."`
}

func (v stepWords) tick(d *desk, drill bool) error {
	return d.happening(v.ID, drill, func(h *house.House, i policy.Incident, by audit.Actor) error {
		if v.Step == "" {
			return d.steps(i)
		}
		i, err := h.Policy.TickStep(d.ctx, v.ID, strings.ToLower(v.Step), !v.Undo, by)
		if err != nil {
			return err
		}
		next := "Every step is done."
		if i.Next() != "" {
			next = "Next comes " + i.Next() + "."
		}
		return d.print(i, "%d of %d steps are done. %s", len(i.Steps), len(policy.FirstHour().Steps), next)
	})
}

// playStep is a step of the first hour as machines read it.
type playStep struct {
	policy.PlayStep
	Done *policy.Tick `json:"done,omitempty"`
}

func (d *desk) steps(i policy.Incident) error {
	for _, step := range policy.FirstHour().Steps {
		row, state := playStep{PlayStep: step}, "open"
		if tick, done := i.Steps[step.ID]; done {
			row.Done, state = &tick, d.clock(tick.At)
		}
		if err := d.print(row, "%-8s %-17s %s. %s", step.ID, state, step.Title, step.Text); err != nil {
			return err
		}
	}
	return nil
}

type incidentStep struct{ stepWords }

func (v incidentStep) Run(d *desk) error { return v.tick(d, false) }

// entryWords are an entry for a timeline.
type entryWords struct {
	ID   int64  `arg:"" help:"Its number."`
	Text string `arg:"" help:"What happened, or what was decided. Leave out the patient's name."`
	At   string `help:"When it happened; now when left out." placeholder:"T"`
}

func (v entryWords) write(d *desk, drill bool, e policy.Entry) error {
	return d.happening(v.ID, drill, func(h *house.House, i policy.Incident, by audit.Actor) error {
		if !i.Closed.IsZero() {
			return fmt.Errorf("\"%s\" is closed, and its timeline with it", i.Title)
		}
		if v.At != "" {
			at, err := d.moment(v.At)
			if err != nil {
				return err
			}
			e.At = at
		}
		e.IncidentID, e.Text = v.ID, v.Text
		e, err := h.Policy.AddEntry(d.ctx, e, by)
		if err != nil {
			return err
		}
		return d.print(e, "Written into the timeline: %s", e.Text)
	})
}

type incidentNote struct{ entryWords }

func (v incidentNote) Run(d *desk) error {
	return v.write(d, false, policy.Entry{Kind: policy.EntryNote})
}

type incidentDecide struct {
	entryWords
	Reason string `help:"Why." required:""`
}

func (v incidentDecide) Run(d *desk) error {
	return v.write(d, false, policy.Entry{Kind: policy.EntryDecision, Reason: v.Reason})
}

type incidentClocks struct {
	ID int64 `arg:"" help:"Number of the incident."`
}

// clockRow is one clock as machines read it.
type clockRow struct {
	ID      string     `json:"id"`
	Whom    string     `json:"whom"`
	Place   string     `json:"place"`
	Rule    string     `json:"rule"`
	Due     *time.Time `json:"due,omitempty"`
	Left    string     `json:"left"`
	Runs    bool       `json:"runs"`
	Idle    string     `json:"idle,omitempty"`
	Told    *time.Time `json:"told,omitempty"`
	Basis   string     `json:"basis"`
	Source  string     `json:"source"`
	URL     string     `json:"url"`
	Checked string     `json:"checked"`
}

func (v incidentClocks) Run(d *desk) error {
	return d.happening(v.ID, false, func(h *house.House, i policy.Incident, _ audit.Actor) error {
		running, err := d.running(h, i)
		if err != nil {
			return err
		}
		if len(running) == 0 {
			return d.remark("We have no deadline on record for the place of the practice. Ask counsel.")
		}
		for _, r := range running {
			row := clockRow{ID: r.Clock.ID, Whom: r.Clock.Whom, Place: policy.PlaceTitle(r.Clock.Jurisdiction), Rule: r.Clock.Text, Left: r.Left(d.now()), Runs: r.Runs(), Idle: r.Idle,
				Basis: r.Clock.Basis.Basis, Source: r.Clock.Source, URL: r.Clock.URL, Checked: r.Clock.Checked}
			state := row.Left
			if !r.Due.IsZero() {
				row.Due = &r.Due
				state = "by " + d.clock(r.Due) + ", " + state
			}
			if r.Idle != "" {
				state = r.Idle
			}
			if r.Told != nil {
				row.Told = &r.Told.At
				state = "told on " + d.clock(r.Told.At) + " by " + r.Told.By
			}
			if err := d.print(row, "%-12s %s: %s\n%13s%s\n%13s%s. Source: %s. %s.", row.ID, row.Whom, state, "", row.Rule, "", row.Basis, row.Source, r.Clock.HowChecked(row.Checked)); err != nil {
				return err
			}
		}
		return d.remark("A clock that runs is a reminder to ask, not a finding that the duty is there.")
	})
}

type incidentTold struct {
	ID    int64  `arg:"" help:"Number of the incident."`
	Clock string `arg:"" help:"The clock, such as us-people; \"goodwordctl incident clocks\" lists them."`
	Undo  bool   `help:"They were not told after all."`
}

func (v incidentTold) Run(d *desk) error {
	return d.happening(v.ID, false, func(h *house.House, _ policy.Incident, by audit.Actor) error {
		i, err := h.Policy.TickTold(d.ctx, v.ID, v.Clock, !v.Undo, by)
		if err != nil {
			return err
		}
		if v.Undo {
			return d.print(i, "The clock %s runs again.", v.Clock)
		}
		return d.print(i, "It is on record that they were told (%s).", v.Clock)
	})
}

type incidentClose struct {
	ID       int64  `arg:"" help:"Number of the incident."`
	Decision string `help:"What was decided about notice, where it does not stand there yet."`
	Lesson   string `help:"What was learned from it."`
	Reopen   bool   `help:"Open it again."`
}

func (v incidentClose) Run(d *desk) error {
	return d.happening(v.ID, false, func(h *house.House, i policy.Incident, by audit.Actor) error {
		if v.Reopen {
			i, err := h.Policy.CloseIncident(d.ctx, v.ID, false, by)
			if err != nil {
				return err
			}
			return d.print(i, "Incident %d is open again.", i.ID)
		}
		i, err := d.finish(h, i, v.Decision, v.Lesson, by)
		if err != nil {
			return err
		}
		if open := i.OpenSteps(); len(open) > 0 {
			return d.print(i, "Incident %d is closed, with these steps open: %s.", i.ID, strings.Join(open, "; "))
		}
		return d.print(i, "Incident %d is closed.", i.ID)
	})
}

// finish writes down what was decided and learned, where it is given, and closes.
func (d *desk) finish(h *house.House, i policy.Incident, decision, lesson string, by audit.Actor) (policy.Incident, error) {
	if decision != "" || lesson != "" {
		for _, words := range []struct {
			from string
			to   *string
		}{{decision, &i.Decision}, {lesson, &i.Lesson}} {
			if words.from != "" {
				*words.to = words.from
			}
		}
		if _, err := h.Policy.SaveIncident(d.ctx, i, by); err != nil {
			return i, err
		}
	}
	return h.Policy.CloseIncident(d.ctx, i.ID, true, by)
}
