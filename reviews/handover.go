package reviews

import (
	"fmt"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/reviews/classify"
)

// scriptParts is the wording of a call, from the shipped list.
type scriptParts struct {
	Before        []string `yaml:"before"`
	Open          string   `yaml:"open"`
	Check         string   `yaml:"check"`
	Say           []string `yaml:"say"`
	ApologyRegret string   `yaml:"apology_regret"`
	ApologyFull   string   `yaml:"apology_full"`
	NotSay        []string `yaml:"not_say"`
	Close         string   `yaml:"close"`
	After         []string `yaml:"after"`
}

// Names says who a person is, by the number.
type Names func(person int64) string

// HandOverNote is the paper that goes with a mention: what it is, to whom it goes, why, what was tried and what must not be done.
func HandOverNote(m Mention, e Escalation, l Ladder, p practice.Practice, names Names, now time.Time) paper.Sheet {
	zone := p.Location()
	rung := l.rung(e.Rung)
	whom := names(e.Person)
	if whom == "" {
		whom = rung.Contact
	}
	facts := paper.Facts{{Name: "To", Value: strings.Trim(whom+", "+rung.Title, ", ")}, {Name: "Why", Value: e.Reason}, {Name: "Handed over", Value: stamp(e.Began, zone)}}
	if e.Climbs > 0 {
		facts = append(facts, paper.Fact{Name: "Climbed", Value: times(e.Climbs) + " because nobody took it up in time, last on " + stamp(e.Since, zone)})
	}
	if e.Up() {
		facts = append(facts, paper.Fact{Name: "Taken up", Value: strings.TrimPrefix(names(e.Taker)+", "+stamp(e.Taken, zone), ", ")})
	} else {
		facts = append(facts, paper.Fact{Name: "To be taken up by", Value: stamp(e.Due, zone)})
	}
	if !m.Due.IsZero() {
		facts = append(facts, paper.Fact{Name: "Answer due", Value: stamp(m.Due, zone)})
	}
	blocks := []paper.Block{facts, paper.Heading{Level: 2, Text: "What was written"}, paper.Quote{Text: m.Words()}}
	blocks = append(blocks, paper.Small{Text: strings.Join(whereFrom(m, zone), " · ")})
	blocks = append(blocks, part("What was tried", e.Tried)...)
	blocks = append(blocks, part("What must not be done", e.Avoid)...)
	for _, s := range signalsOf(m) {
		blocks = append(blocks, paper.Heading{Level: 2, Text: s.Label})
		if s.PublicReply != "" {
			blocks = append(blocks, paper.Facts{{Name: "In public", Value: s.PublicReply}})
		}
		blocks = append(blocks, list("Steps", s.Steps, true)...)
		blocks = append(blocks, list("Do not", s.DoNot, false)...)
		blocks = append(blocks, paper.Small{Text: "Basis: " + s.Basis + ". Checked " + s.Checked + ", " + s.Status + ". Not legal advice."})
	}
	return paper.Sheet{Title: "Hand-over note", Subtitle: p.Name, Footer: "Confidential. " + p.Name, Made: now, Blocks: blocks}
}

// CallBack is the script of a call to the person who wrote, from the worst signal of the mention: what to say and what not.
func CallBack(m Mention, p practice.Practice, caller string, now time.Time) paper.Sheet {
	s := shippedLadder().Script
	if caller == "" {
		caller = "[your name]"
	}
	fill := strings.NewReplacer("{caller}", caller, "{practice}", p.Name, "{phone}", orElse(p.Phone, "[number]"), "{when}", "[day and time]")
	say := append([]string{}, s.Say...)
	switch p.Apology {
	case practice.Regret:
		say = append([]string{s.ApologyRegret}, say...)
	case practice.FullApology:
		say = append([]string{s.ApologyFull}, say...)
	}
	for i := range say {
		say[i] = fill.Replace(say[i])
	}
	signals := signalsOf(m)
	blocks := []paper.Block{}
	var not []string
	if len(signals) > 0 {
		worst := signals[0]
		blocks = append(blocks, paper.Facts{{Name: "It is about", Value: worst.Label}, {Name: "First look within", Value: worst.FirstLook}, {Name: "Tell", Value: strings.Join(worst.RouteTo, ", ")}})
		blocks = append(blocks, list("First of all", worst.Steps, true)...)
		not = append(not, worst.DoNot...)
	}
	blocks = append(blocks, list("Before the call", s.Before, false)...)
	blocks = append(blocks, paper.Heading{Level: 2, Text: "Open"}, paper.Quote{Text: fill.Replace(s.Open)}, paper.Heading{Level: 2, Text: "Make sure who it is"}, paper.Quote{Text: s.Check})
	blocks = append(blocks, list("Say", say, false)...)
	blocks = append(blocks, list("Do not say", append(not, s.NotSay...), false)...)
	blocks = append(blocks, paper.Heading{Level: 2, Text: "Close"}, paper.Quote{Text: s.Close})
	blocks = append(blocks, list("Afterwards", s.After, false)...)
	blocks = append(blocks, paper.Heading{Level: 2, Text: "Notes"}, paper.Text{Text: "Day and time: ____________________   Spoke with: ____________________\n\nPromised, until when: ________________________________________________"})
	return paper.Sheet{Title: "Call-back script", Subtitle: p.Name, Footer: "Confidential. Not legal advice. " + p.Name, Made: now, Blocks: blocks}
}

func signalsOf(m Mention) []classify.Signal {
	var all []classify.Signal
	for _, id := range m.Signals {
		s, ok := classify.Default().Signal(id)
		switch {
		case !ok:
		case len(all) > 0 && s.Severity.Rank() > all[0].Severity.Rank():
			all = append([]classify.Signal{s}, all...)
		default:
			all = append(all, s)
		}
	}
	return all
}

func whereFrom(m Mention, zone *time.Location) []string {
	var parts []string
	for _, part := range []string{m.Author, m.Site, stamp(m.Posted, zone), m.URL} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func part(title, text string) []paper.Block {
	if text == "" {
		return nil
	}
	return []paper.Block{paper.Heading{Level: 2, Text: title}, paper.Text{Text: text}}
}

func list(title string, items []string, ticks bool) []paper.Block {
	if len(items) == 0 {
		return nil
	}
	return []paper.Block{paper.Heading{Level: 2, Text: title}, paper.List{Items: items, Ticks: ticks}}
}

func stamp(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("Monday 2 January 2006, 15:04")
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
