package proof

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/reviews"
)

// sheet is the story as a paper to read.
func (s *Story) sheet(m Manifest, account string) paper.Sheet {
	p := paper.Sheet{Title: fmt.Sprintf("The story of mention %d", s.Mention), Subtitle: s.Practice + ", made " + s.when(m.Made) + " by " + m.By,
		Footer: fmt.Sprintf("%s · mention %d", s.Practice, s.Mention), Made: m.Made}
	add := func(list ...paper.Block) { p.Blocks = append(p.Blocks, list...) }
	add(s.facts())
	add(s.said()...)
	add(s.answered()...)
	add(s.done()...)
	add(s.recorded()...)
	add(s.rules()...)
	if s.Notes != "" {
		add(heading("Private notes"), paper.Small{Text: "Never published. They are here because a person asked for them."}, paper.Quote{Text: s.Notes})
	}
	add(heading("What is masked, and why"))
	for part := range strings.SplitSeq(strings.TrimSpace(account), "\n\n") {
		add(paper.Small{Text: part})
	}
	add(heading("How this folder is proved"), paper.Text{Text: "The file manifest.json beside this paper has the hash (SHA-256) of each file, and the audit log of the practice has the hash of " +
		"the manifest. \"goodwordctl verify --folder\" compares all of them and names what was altered, is missing or was added."},
		paper.Facts{{Name: "Program", Value: "Goodword " + m.Program}, {Name: "Newest line of the audit log", Value: m.Head}})
	return p
}

func heading(text string) paper.Block { return paper.Heading{Level: 2, Text: text} }

// when is a moment by the practice's own clock.
func (s *Story) when(at time.Time) string { return at.In(s.zone).Format("2 January 2006, 15:04 MST") }

func (s *Story) facts() paper.Facts {
	posted := "not known"
	if !s.Posted.IsZero() {
		posted = s.Posted.In(s.zone).Format("2 January 2006")
		if s.About {
			posted = "about " + posted
		}
	}
	list := paper.Facts{{Name: "Site", Value: s.Site}, {Name: "Author as shown", Value: orNone(s.Author)}, {Name: "Posted", Value: posted}, {Name: "Seen", Value: s.when(s.Seen)}}
	add := func(name, value string) {
		if value != "" {
			list = append(list, paper.Fact{Name: name, Value: value})
		}
	}
	add("Source", s.Source)
	add("Vouched for", s.Proof)
	add("Address", s.URL)
	add("Stands as", s.Status)
	add("Reason", s.Reason)
	if s.Urgency != "" {
		add("Urgency", s.Urgency+": "+strings.Join(s.Signals, ", "))
	}
	if !s.Gone.IsZero() {
		add("No longer shown", "since "+s.when(s.Gone))
	}
	if !s.Held.IsZero() {
		add("Legal hold", "since "+s.when(s.Held))
	}
	if g := s.GoAhead; g != nil {
		held := "The mention still reads so"
		if !g.Holds {
			held = "The mention was changed since, so it no longer holds"
		}
		add("Go-ahead for a public reply", fmt.Sprintf("by %s (%s), %s, recorded by %s: %s", g.From, g.Name, s.when(g.At), orNone(g.Recorder), g.Reason))
		add("Given for", g.For+". "+held)
	}
	for _, place := range s.Places {
		add("Also seen", place.Site+", "+s.when(place.Seen))
	}
	return list
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func rating(stars int) string {
	switch stars {
	case 0:
		return "no rating"
	case 1:
		return "1 star"
	}
	return fmt.Sprintf("%d stars", stars)
}

// said is what was said, in each of its wordings.
func (s *Story) said() []paper.Block {
	list := []paper.Block{heading("What was said")}
	for i, r := range s.Readings {
		about := "So it reads now"
		if !r.Until.IsZero() {
			about = "So it read until " + s.when(r.Until)
		} else if len(s.Readings) == 1 {
			about = "It was not changed since it was first seen"
		}
		text := strings.TrimSpace(r.Title + "\n" + r.Text)
		if text == "" {
			text = "(no words)"
		}
		list = append(list, paper.Text{Text: fmt.Sprintf("Wording %d, %s", i+1, rating(r.Stars)), Bold: true}, paper.Quote{Text: text}, paper.Small{Text: about + ". " + r.File})
		if r.Payload != "" {
			list = append(list, paper.Small{Text: "SHA-256 of what the site sent: " + r.Payload})
		}
	}
	return list
}

// wentOut reports whether the words left the practice, as far as it knows.
func (r *Reply) wentOut() bool {
	return slices.Contains([]string{string(reviews.Copied), string(reviews.Posted), string(reviews.OnSite), string(reviews.Rejected)}, r.State) || !r.Posted.IsZero() || !r.Seen.IsZero()
}

// answered is the reply with all its drafts.
func (s *Story) answered() []paper.Block {
	list := []paper.Block{heading("The public reply")}
	r := s.Reply
	if r == nil || r.Text == "" && len(s.Drafts) == 0 {
		return append(list, paper.Text{Text: "None was written."})
	}
	if !r.wentOut() {
		list = append(list, paper.Text{Text: "None went out."}, heading("Drafts that never went out"))
	}
	facts := paper.Facts{{Name: "Stands as", Value: r.State}, {Name: "The gate's verdict", Value: r.Verdict}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, paper.Fact{Name: name, Value: value})
		}
	}
	add("Written by", r.Author)
	add("Approved by", r.Approver)
	add("Template", r.Template)
	add("Note", r.Note)
	if !r.Posted.IsZero() {
		add("Posted", s.when(r.Posted)+", as a person said")
	}
	if !r.Seen.IsZero() {
		add("Seen on the site", s.when(r.Seen))
	}
	if r.Text != "" {
		list = append(list, paper.Quote{Text: r.Text})
	}
	list = append(list, facts)
	if r.OnSite != "" {
		list = append(list, paper.Text{Text: "The site shows other words:", Bold: true}, paper.Quote{Text: r.OnSite})
	}
	if len(s.Drafts) > 0 {
		list = append(list, paper.Heading{Level: 3, Text: "Its drafts"})
	}
	for i, d := range s.Drafts {
		found := "The gate found nothing"
		if len(d.Rules) > 0 {
			found = "The gate found: " + strings.Join(d.Rules, ", ")
		}
		by := d.Author
		if by == "" {
			by = "somebody without a name"
		}
		list = append(list, paper.Text{Text: fmt.Sprintf("Draft %d, %s, by %s: %s", i+1, s.when(d.At), by, d.Verdict), Bold: true}, paper.Quote{Text: d.Text},
			paper.Small{Text: found + ". " + d.File})
	}
	return list
}

// done is what was done, line by line.
func (s *Story) done() []paper.Block {
	table := paper.Table{Head: []string{"Line", "When", "Who", "What"}, Widths: []float64{0.09, 0.25, 0.2, 0.46}}
	for _, step := range s.Steps {
		table.Rows = append(table.Rows, []string{fmt.Sprint(step.Line), s.when(step.At), step.Who, step.What})
	}
	if len(table.Rows) == 0 {
		return []paper.Block{heading("What was done"), paper.Text{Text: "Nothing yet."}}
	}
	return []paper.Block{heading("What was done"), table, paper.Small{Text: "The lines of the audit log with their hashes are in audit.csv."}}
}

// recorded is what the register of incidents says of it.
func (s *Story) recorded() []paper.Block {
	if len(s.Incidents) == 0 {
		return nil
	}
	list := []paper.Block{heading("In the register of incidents")}
	for _, i := range s.Incidents {
		facts := paper.Facts{}
		for _, f := range []paper.Fact{{Name: "What happened", Value: i.What}, {Name: "Reported by", Value: i.By}, {Name: "Decision", Value: i.Decision}, {Name: "Lesson", Value: i.Lesson}} {
			if f.Value != "" {
				facts = append(facts, f)
			}
		}
		if !i.Noticed.IsZero() {
			facts = append(facts, paper.Fact{Name: "Noticed", Value: s.when(i.Noticed)})
		}
		if !i.Closed.IsZero() {
			facts = append(facts, paper.Fact{Name: "Closed", Value: s.when(i.Closed)})
		}
		list = append(list, paper.Text{Text: i.Title, Bold: true}, facts)
	}
	return list
}

// rules is what the people of the practice had to go by: the policy in force, and their training.
func (s *Story) rules() []paper.Block {
	list := []paper.Block{heading("The policy in force")}
	if len(s.Policies) == 0 {
		list = append(list, paper.Text{Text: "None was in force."})
	}
	for _, v := range s.Policies {
		until := "still in force"
		if v.Until != "" {
			until = "until " + v.Until
		}
		list = append(list, paper.Text{Text: fmt.Sprintf("Version %d, from %s, %s. %s", v.Number, v.From, until, v.Summary)}, paper.Small{Text: v.File + ", SHA-256 " + v.Hash})
	}
	if len(s.Drafts) == 0 {
		return list
	}
	list = append(list, heading("What the authors had been trained in when they wrote"))
	if len(s.Trained) == 0 {
		return append(list, paper.Text{Text: "No training of theirs was on record."})
	}
	table := paper.Table{Head: []string{"When", "Who", "What", "Result"}, Widths: []float64{0.25, 0.2, 0.35, 0.2}}
	for _, t := range s.Trained {
		result := "not passed"
		if t.Passed {
			result = "passed"
		}
		table.Rows = append(table.Rows, []string{s.when(t.At), t.Person, t.Module, fmt.Sprintf("%s, %d of %d", result, t.Right, t.Asked)})
	}
	return append(list, table)
}
