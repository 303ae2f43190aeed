package policy

import (
	"fmt"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// IncidentSheet is the whole of an incident on paper: what happened, the first hour, the four factors, the clocks with their source and age, the
// timeline, the decision and the lesson. A drill says on each page that it is one.
func IncidentSheet(p practice.Practice, i Incident, running []Running, events []Event, made time.Time) paper.Sheet {
	zone := p.Location()
	at := func(t time.Time) string { return t.In(zone).Format("2 January 2006, 15:04") }
	s := paper.Sheet{Title: "Incident: " + i.Title, Subtitle: fmt.Sprintf("%s, number %d, as of %s", p.Name, i.ID, at(made)), Made: made, Footer: fmt.Sprintf("%s, incident %d", p.Name, i.ID)}
	if i.IsDrill() {
		s.Title, s.Footer = "Drill: "+i.Title, fmt.Sprintf("%s, drill %d. This was rehearsed; nothing of it happened.", p.Name, i.ID)
		s.Blocks = append(s.Blocks, paper.Text{Text: "This is a drill. Nothing of it happened, and it is not counted as an incident.", Bold: true}, paper.Quote{Text: i.Drill})
	}
	facts := paper.Facts{{Name: "Noticed", Value: at(i.Noticed)}, {Name: "Reported by", Value: i.ReportedBy}}
	for _, f := range []paper.Fact{{Name: "Where", Value: i.Place}, {Name: "Linked review", Value: figure(i.MentionID)}, {Name: "Linked spotlight", Value: figure(i.SpotlightID)}, {Name: "People concerned", Value: figure(int64(i.People))}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	state := "Open"
	if !i.Closed.IsZero() {
		state = "Closed on " + at(i.Closed)
		if open := i.OpenSteps(); len(open) > 0 {
			state += ", with these steps open: " + strings.Join(open, "; ")
		}
	}
	s.Blocks = append(s.Blocks, append(facts, paper.Fact{Name: "State", Value: state}))
	if i.What != "" {
		s.Blocks = append(s.Blocks, paper.Text{Text: i.What})
	}
	laps, whole := i.Laps()
	var rows [][]string
	for _, lap := range laps {
		row := []string{lap.Step.Title, "open", ""}
		if lap.Done {
			row = []string{lap.Step.Title, span(lap.After) + " after the start", lap.By}
		}
		rows = append(rows, row)
	}
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "The first hour"}, paper.Table{Head: []string{"Step", "Done", "By"}, Rows: rows, Widths: []float64{0.45, 0.3, 0.25}})
	if i.IsDrill() && whole > 0 {
		s.Blocks = append(s.Blocks, paper.Text{Text: "All steps took " + span(whole) + ". The aim is one hour.", Bold: true})
	}
	s.Blocks = append(s.Blocks, paper.Small{Text: source(FirstHour().Basis)})
	s.Blocks = append(s.Blocks, weighingBlocks(i.Weighing, at)...)
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "Who must be told, and by when"})
	for _, r := range running {
		state := r.Left(made)
		switch {
		case r.Told != nil:
			state = "told on " + at(r.Told.At) + " by " + r.Told.By
		case r.Idle != "":
			state = r.Idle
		case !r.Due.IsZero():
			state = "by " + at(r.Due) + ", " + state
		}
		s.Blocks = append(s.Blocks, paper.Text{Text: r.Clock.Whom + " (" + PlaceTitle(r.Clock.Jurisdiction) + ")", Bold: true},
			paper.Facts{{Name: "Rule", Value: r.Clock.Text}, {Name: "State", Value: state}}, paper.Small{Text: source(r.Clock.Basis)})
	}
	if len(running) == 0 {
		s.Blocks = append(s.Blocks, paper.Text{Text: "We have no deadline on record for the place of the practice. Ask counsel."})
	}
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "Timeline"})
	rows = nil
	for _, e := range events {
		text := e.Text
		if e.Reason != "" {
			text = strings.TrimSuffix(text, ".") + ". Reason: " + e.Reason
		}
		rows = append(rows, []string{at(e.At), e.From, text, e.By})
	}
	if len(rows) > 0 {
		s.Blocks = append(s.Blocks, paper.Table{Head: []string{"When", "From", "What", "Who"}, Rows: rows, Widths: []float64{0.22, 0.12, 0.48, 0.18}})
	}
	for _, part := range []struct{ title, text string }{{"Decision", i.Decision}, {"Lesson", i.Lesson}} {
		if part.text != "" {
			s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: part.title}, paper.Text{Text: part.text})
		}
	}
	s.Blocks = append(s.Blocks, paper.Small{Text: "Not legal advice: a clock that runs is a reminder to ask, not a finding that the duty is there."})
	return s
}

func weighingBlocks(w Weighing, at func(time.Time) string) []paper.Block {
	var rows [][]string
	for _, f := range Factors() {
		got := w.Factors[f.ID]
		weight := string(got.Weight)
		if weight == "" {
			weight = "open"
		}
		rows = append(rows, []string{f.Title, weight, got.Words})
	}
	found := "Not decided yet."
	if w.Finding != "" {
		found = fmt.Sprintf("Found: %s. %s (%s, %s)", w.Finding, w.Reason, w.By, at(w.At))
	}
	return []paper.Block{paper.Heading{Level: 1, Text: "The four factors"}, paper.Table{Head: []string{"Factor", "Speaks for a compromise", "What was found"}, Rows: rows, Widths: []float64{0.3, 0.2, 0.5}}, paper.Text{Text: found}}
}

func figure(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// source says what a statement stands on, in one line for small print.
func source(b Basis) string {
	return fmt.Sprintf("%s. Source: %s. %s.", b.Basis, b.Source, b.HowChecked(writtenDay(b.Checked)))
}
