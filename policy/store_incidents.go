package policy

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

const incidentColumns = `SELECT id, title, what, place, noticed, reported_by, mention_id, spotlight_id, steps, decision, lesson, closed, drill, people, where_they_live, weighed, told FROM incidents`

func scanIncident(row database.Row) (Incident, error) {
	var i Incident
	var noticed, closed int64
	var steps, where, weighed, told string
	err := row.Scan(&i.ID, &i.Title, &i.What, &i.Place, &noticed, &i.ReportedBy, &i.MentionID, &i.SpotlightID, &steps, &i.Decision, &i.Lesson, &closed, &i.Drill, &i.People,
		&where, &weighed, &told)
	if err != nil {
		return i, err
	}
	i.Noticed, i.Closed, i.Steps, i.Told = clock.Unix(noticed), clock.Unix(closed), map[string]Tick{}, map[string]Tick{}
	return i, errors.Join(database.Unpack(steps, &i.Steps), database.Unpack(where, &i.Where), database.Unpack(weighed, &i.Weighing), database.Unpack(told, &i.Told))
}

// Incidents lists what really happened, open ones first, then the newest first.
func (s *Store) Incidents(ctx context.Context) ([]Incident, error) {
	return s.incidents(ctx, ` WHERE drill = ''`)
}

// Drills lists the rehearsals in the same order.
func (s *Store) Drills(ctx context.Context) ([]Incident, error) {
	return s.incidents(ctx, ` WHERE drill <> ''`)
}

func (s *Store) incidents(ctx context.Context, which string) ([]Incident, error) {
	rows, err := s.db.Reader().QueryContext(ctx, incidentColumns+which+` ORDER BY closed > 0, noticed DESC, id DESC`)
	return database.List(rows, err, "read the incidents", scanIncident)
}

// Incident returns one incident, or one drill.
func (s *Store) Incident(ctx context.Context, id int64) (Incident, error) {
	return incident(ctx, s.db.Reader(), id)
}

func incident(ctx context.Context, q database.Querier, id int64) (Incident, error) {
	i, err := scanIncident(q.QueryRowContext(ctx, incidentColumns+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return i, refusal.Because(ErrNotFound, "There is no incident with number %d", id)
	}
	return i, err
}

// SaveIncident adds an incident (ID 0) or changes its words; steps, the assessment, who was told, and whether it is closed are changed by steps of
// their own, and a drill stays a drill.
func (s *Store) SaveIncident(ctx context.Context, i Incident, by audit.Actor) (Incident, error) {
	i.Title = strings.TrimSpace(i.Title)
	if i.Title == "" {
		return i, errors.New("An incident needs a title, such as \"Reply named a treatment\"")
	}
	if i.People < 0 {
		return i, errors.New("The number of people concerned cannot be below none")
	}
	if now := s.now(); i.Noticed.After(now) {
		return i, errors.New("A slip cannot have been noticed in the future")
	}
	if i.Noticed.IsZero() {
		i.Noticed = s.now()
	}
	if i.ReportedBy == "" {
		i.ReportedBy = by.Name
	}
	did := "saved an incident"
	if i.ID == 0 && i.IsDrill() {
		did = "began a drill"
	}
	return s.changeIncident(ctx, i.ID, did, by, func(old Incident) (Incident, error) {
		if old.ID != 0 {
			i.Drill = old.Drill
		}
		if i.Decision != old.Decision && !i.IsDrill() {
			if err := s.mustLead(ctx, by, "What is done about an incident is decided"); err != nil {
				return i, err
			}
		}
		i.ID, i.Steps, i.Closed, i.Weighing, i.Told = old.ID, old.Steps, old.Closed, old.Weighing, old.Told
		return i, nil
	})
}

// TickStep marks a step of the playbook as done, or as not done.
func (s *Store) TickStep(ctx context.Context, id int64, step string, done bool, by audit.Actor) (Incident, error) {
	if !slices.ContainsFunc(FirstHour().Steps, func(p PlayStep) bool { return p.ID == step }) {
		return Incident{}, refusal.Because(ErrNotFound, "The playbook has no step %q", step)
	}
	return s.changeOpen(ctx, id, "ticked a step of an incident", by, func(i *Incident) error {
		s.tick(i.Steps, step, done, by)
		return nil
	})
}

// TickTold marks that somebody with a clock was told, or that it was ticked by mistake.
func (s *Store) TickTold(ctx context.Context, id int64, clockID string, told bool, by audit.Actor) (Incident, error) {
	if !slices.ContainsFunc(Clocks(), func(c Clock) bool { return c.ID == clockID }) {
		return Incident{}, refusal.Because(ErrNotFound, "There is no clock %q", clockID)
	}
	if err := s.mustLead(ctx, by, "Who was told of an incident is noted"); err != nil {
		return Incident{}, err
	}
	return s.changeOpen(ctx, id, "noted a notice about an incident", by, func(i *Incident) error {
		s.tick(i.Told, clockID, told, by)
		return nil
	})
}

func (s *Store) tick(ticks map[string]Tick, id string, done bool, by audit.Actor) {
	delete(ticks, id)
	if done {
		ticks[id] = Tick{At: s.moment(), By: by.Name}
	}
}

// Weigh stores the assessment of the four factors. A low probability is only taken when it can be shown.
func (s *Store) Weigh(ctx context.Context, id int64, w Weighing, by audit.Actor) (Incident, error) {
	if err := w.check(); err != nil {
		return Incident{}, err
	}
	if err := s.mustLead(ctx, by, "Whether it was a breach is weighed"); err != nil {
		return Incident{}, err
	}
	w.By, w.At = by.Name, s.moment()
	return s.changeOpen(ctx, id, "weighed an incident", by, func(i *Incident) error {
		i.Weighing = w
		return nil
	})
}

func (s *Store) changeOpen(ctx context.Context, id int64, did string, by audit.Actor, change func(*Incident) error) (Incident, error) {
	return s.changeIncident(ctx, id, did, by, func(i Incident) (Incident, error) {
		if !i.Closed.IsZero() {
			return i, refusal.Because(ErrStep, "The incident is closed")
		}
		return i, change(&i)
	})
}

// CloseIncident closes an incident, or opens it again; see Incident.Closable.
func (s *Store) CloseIncident(ctx context.Context, id int64, closed bool, by audit.Actor) (Incident, error) {
	return s.changeIncident(ctx, id, map[bool]string{true: "closed an incident", false: "reopened an incident"}[closed], by, func(i Incident) (Incident, error) {
		if !i.IsDrill() {
			if err := s.mustLead(ctx, by, "Incidents are closed and opened again"); err != nil {
				return i, err
			}
		}
		if closed {
			if err := i.Closable(); err != nil {
				return i, err
			}
		}
		i.Closed = clock.Unix(0)
		if closed {
			i.Closed = s.moment()
		}
		return i, nil
	})
}

func (s *Store) changeIncident(ctx context.Context, id int64, did string, by audit.Actor, change func(Incident) (Incident, error)) (Incident, error) {
	var i Incident
	_, err := s.write(ctx, ChangedIncidents, func(tx *sql.Tx) (int64, audit.Line, error) {
		old, before := Incident{Steps: map[string]Tick{}, Told: map[string]Tick{}}, ""
		if id != 0 {
			var err error
			if old, err = incident(ctx, tx, id); err != nil {
				return 0, audit.Line{}, err
			}
			before = database.Pack(old)
		}
		var err error
		if i, err = change(old); err != nil {
			return 0, audit.Line{}, err
		}
		i.ID, err = database.Save(ctx, tx, i.ID,
			`INSERT INTO incidents (title, what, place, noticed, reported_by, mention_id, spotlight_id, steps, decision, lesson, closed, drill, people, where_they_live, weighed, told)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			`UPDATE incidents SET title = ?, what = ?, place = ?, noticed = ?, reported_by = ?, mention_id = ?, spotlight_id = ?, steps = ?, decision = ?, lesson = ?, closed = ?,
			drill = ?, people = ?, where_they_live = ?, weighed = ?, told = ? WHERE id = ?`,
			i.Title, i.What, i.Place, clock.Seconds(i.Noticed), i.ReportedBy, i.MentionID, i.SpotlightID, database.Pack(i.Steps), i.Decision, i.Lesson, clock.Seconds(i.Closed),
			i.Drill, i.People, database.Pack(i.Where), database.Pack(i.Weighing), database.Pack(i.Told))
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the incident: %w", err)
		}
		return i.ID, audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("incident/%d", i.ID), Before: before, After: database.Pack(i)}, nil
	})
	return i, err
}

// IncidentHistory returns what the audit log has about an incident, newest first.
func (s *Store) IncidentHistory(ctx context.Context, id int64) ([]audit.Line, error) {
	return s.history(ctx, fmt.Sprintf("incident/%d", id))
}

// AddEntry writes into the timeline of an incident. An entry never changes; whoever erred writes another.
func (s *Store) AddEntry(ctx context.Context, e Entry, by audit.Actor) (Entry, error) {
	e.Text, e.Reason = strings.TrimSpace(e.Text), strings.TrimSpace(e.Reason)
	if e.Kind == "" {
		e.Kind = EntryNote
	}
	e.Written, e.By = s.moment(), by.Name
	if e.At.IsZero() {
		e.At = e.Written
	}
	switch {
	case e.Text == "":
		return e, errors.New("An entry needs words")
	case e.Kind == EntryDecision && e.Reason == "":
		return e, errors.New("A decision needs its reason")
	case e.At.After(e.Written):
		return e, errors.New("An entry cannot lie in the future")
	}
	if e.Kind == EntryDecision {
		if err := s.mustLead(ctx, by, "What is done about an incident is decided"); err != nil {
			return e, err
		}
	}
	id, err := s.write(ctx, ChangedIncidents, func(tx *sql.Tx) (int64, audit.Line, error) {
		if _, err := incident(ctx, tx, e.IncidentID); err != nil {
			return 0, audit.Line{}, err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO incident_entries (incident_id, kind, at, text, reason, written, written_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			e.IncidentID, e.Kind, clock.Seconds(e.At), e.Text, e.Reason, clock.Seconds(e.Written), by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the entry: %w", err)
		}
		if e.ID, err = result.LastInsertId(); err != nil {
			return 0, audit.Line{}, err
		}
		return e.ID, audit.Line{Who: by, Did: "wrote into the timeline of an incident", Subject: fmt.Sprintf("incident/%d", e.IncidentID), After: database.Pack(e)}, nil
	})
	e.ID = id
	return e, err
}

// Timeline is the whole story of an incident, oldest first: own entries, steps, and what the audit log knows of the linked mention and spotlight.
// Of those only what was done is told, never their text.
func (s *Store) Timeline(ctx context.Context, i Incident) ([]Event, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT kind, at, text, reason, written_by FROM incident_entries WHERE incident_id = ?`, i.ID)
	events, err := database.List(rows, err, "read the timeline", func(row database.Row) (e Event, err error) {
		var at int64
		err = row.Scan(&e.From, &at, &e.Text, &e.Reason, &e.By)
		e.At = clock.Unix(at)
		return e, err
	})
	if err != nil {
		return nil, err
	}
	for subject, from := range map[string]string{fmt.Sprintf("incident/%d", i.ID): "incident", fmt.Sprintf("mention/%d", i.MentionID): "review", fmt.Sprintf("spotlight/%d", i.SpotlightID): "spotlight"} {
		if strings.HasSuffix(subject, "/0") {
			continue
		}
		lines, err := s.history(ctx, subject)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			text := capital(line.Did)
			if from == "incident" {
				if text = toldOf(line); text == "" {
					continue
				}
			}
			events = append(events, Event{At: line.At, By: line.Who.Name, Text: text, From: from})
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int {
		if order := a.At.Compare(b.At); order != 0 {
			return order
		}
		return strings.Compare(a.From+a.Text, b.From+b.Text)
	})
	return events, nil
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// toldOf says what a line of the audit log about an incident means; own entries are "", since they stand in the timeline themselves.
func toldOf(line audit.Line) string {
	if strings.HasPrefix(line.Did, "wrote into") {
		return ""
	}
	var before, after Incident
	_ = json.Unmarshal([]byte(line.Before), &before)
	if json.Unmarshal([]byte(line.After), &after) != nil {
		return capital(line.Did)
	}
	switch {
	case line.Before == "" && after.IsDrill():
		return "The drill began: " + after.Title
	case line.Before == "":
		return "Reported: " + after.Title
	case before.Closed.IsZero() != after.Closed.IsZero() && !after.Closed.IsZero():
		if open := after.OpenSteps(); len(open) > 0 {
			return "Closed, with these steps open: " + strings.Join(open, "; ")
		}
		return "Closed"
	case before.Closed.IsZero() != after.Closed.IsZero():
		return "Reopened"
	case before.Weighing.Finding != after.Weighing.Finding && after.Weighing.Finding != "":
		return "The four factors were weighed: " + string(after.Weighing.Finding)
	case !before.Weighing.At.Equal(after.Weighing.At):
		return "The four factors were weighed, undecided"
	}
	for _, step := range FirstHour().Steps {
		if text := ticked(step.Title, before.Steps[step.ID].At, after.Steps[step.ID].At); text != "" {
			return text
		}
	}
	for _, c := range Clocks() {
		if text := ticked("Told: "+c.Whom, before.Told[c.ID].At, after.Told[c.ID].At); text != "" {
			return text
		}
	}
	if before.Decision != after.Decision && after.Decision != "" {
		return "Decided: " + after.Decision
	}
	return "Changed what is written about it"
}

func ticked(title string, before, after time.Time) string {
	switch {
	case before.IsZero() && !after.IsZero():
		return "Done: " + title
	case !before.IsZero() && after.IsZero():
		return "Not done after all: " + title
	default:
		return ""
	}
}
