package policy

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// Study is what research found about answering, with how far it carries.
type Study struct {
	ID     string `yaml:"id" json:"id"`
	Says   string `yaml:"says" json:"says"`
	Limits string `yaml:"limits" json:"limits"`
	Basis  `yaml:",inline"`
}

var caseFile = sync.OnceValue(func() (file struct {
	Studies []Study  `yaml:"studies"`
	Brings  []string `yaml:"brings"`
}) {
	load("case/case.yaml", &file)
	return file
})

// Studies returns what research found about answering.
func Studies() []Study { return slices.Clone(caseFile().Studies) }

// BriefFigures are the practice's own figures for the brief, counted over a span of days.
type BriefFigures struct {
	From, To                 string // days, both included
	Mentions                 int
	Owed, Handled, Quiet     int // that could be answered; handled; of them without a public reply, for a reason
	Within, Judged           int // handled within the target; handled or past it
	Timed                    int
	Median                   time.Duration // office hours to the answer
	Reviews, ReviewsBefore   int
	Mean, MeanBefore         float64      // NaN without any
	Topics                   []BriefTopic // most spoken of first
	Incidents, Signed, Asked int          // incidents on record; signatures of the policy in force; people asked for one
}

// BriefTopic is one subject that people spoke of.
type BriefTopic struct {
	Label              string
	Mentions           int
	Positive, Negative int
}

// BriefCosts is what answering costs, as somebody typed it.
type BriefCosts struct {
	HoursAWeek float64 `json:"hours_a_week"`
	AnHour     float64 `json:"an_hour"` // money
	AYear      float64 `json:"a_year"`  // money beside the hours: fees, tools
	Currency   string  `json:"currency"`
}

// Year is what answering costs in a year of 46 working weeks.
func (c BriefCosts) Year() float64 { return c.HoursAWeek*workingWeeks*c.AnHour + c.AYear }

const workingWeeks = 46

// tooFew is the number below which no percentage is written.
const tooFew = 10

// ofAll is a part of a whole in words; a share only where there is enough to take one of.
func ofAll(part, whole int) string {
	switch {
	case whole == 0:
		return "none yet"
	case whole < tooFew:
		return fmt.Sprintf("%d of %d (too few for a share)", part, whole)
	default:
		return fmt.Sprintf("%d of %d (%.0f%%)", part, whole, 100*float64(part)/float64(whole))
	}
}

// Brief is the brief for the owner: why to answer, what it costs, what it brings. Each figure says where it is from and how old it is.
func Brief(p practice.Practice, f BriefFigures, c BriefCosts, now time.Time) paper.Sheet {
	day := Today(now, p)
	s := paper.Sheet{Title: "Why we answer what is said about us", Subtitle: p.Name + ", a brief for the owner, " + writtenDay(day), Made: now, Footer: p.Name}
	add := func(list ...paper.Block) { s.Blocks = append(s.Blocks, list...) }
	head := func(text string) paper.Block { return paper.Heading{Level: 2, Text: text} }
	counted := fmt.Sprintf("Source: the practice's own records, %s to %s, counted on %s.", writtenDay(f.From), writtenDay(f.To), writtenDay(day))

	add(head("Where we stand"), f.facts(), paper.Small{Text: counted})
	if bars := f.bars(); len(bars) > 0 {
		add(paper.Heading{Level: 3, Text: "What people speak of"}, bars, paper.Small{Text: "Mentions that speak of a subject: with good words, mixed or not judged, with bad words. " + counted})
	}
	add(head("Why answer"))
	for _, study := range Studies() {
		add(paper.Text{Text: study.Says + " " + study.Limits}, paper.Small{Text: study.Basis.Basis + ". " + study.HowChecked(writtenDay(study.Checked)) + "."})
	}
	add(head("What it costs"), c.facts(), paper.Small{Text: fmt.Sprintf("Source: typed in for this brief on %s; a year is counted as %d working weeks. The program itself sends nothing away and asks for no fee.", writtenDay(day), workingWeeks)})
	add(head("What a wrong answer costs"))
	for _, e := range wrongAnswers() {
		add(paper.Text{Text: fmt.Sprintf("%s, %s: %s %s. %s", e.Entity, writtenDay(e.Announced), e.Currency, thousands(e.Amount), e.Lesson)},
			paper.Small{Text: e.Source + ". " + HowChecked(e.Status, writtenDay(e.Checked)) + "."})
	}
	add(head("What it brings"), paper.List{Items: caseFile().Brings},
		paper.Small{Text: "These are reasons, not measurements. Whether it works here is read from the figures above, a year from now."})
	return s
}

func (f BriefFigures) facts() paper.Facts {
	facts := paper.Facts{{Name: "Mentions", Value: fmt.Sprint(f.Mentions)}, {Name: "Handled", Value: ofAll(f.Handled, f.Owed)},
		{Name: "Without a public reply, for a reason", Value: fmt.Sprint(f.Quiet)}, {Name: "Handled in time", Value: ofAll(f.Within, f.Judged)}}
	switch {
	case f.Timed == 0:
		facts = append(facts, paper.Fact{Name: "Time to the answer", Value: "not known yet"})
	default:
		value := fmt.Sprintf("half within %.1f office hours", f.Median.Hours())
		if f.Median < time.Hour {
			value = fmt.Sprintf("half within %d minutes of office time", max(2, int(f.Median.Minutes()+0.5)))
		}
		if f.Timed < tooFew {
			value += fmt.Sprintf(" (only %d answers were timed)", f.Timed)
		}
		facts = append(facts, paper.Fact{Name: "Time to the answer", Value: value})
	}
	rating := "none yet"
	if f.Reviews > 0 && !math.IsNaN(f.Mean) {
		rating = fmt.Sprintf("%.1f stars from %d ratings", f.Mean, f.Reviews)
		if f.Reviews < tooFew {
			rating += " (too few to say much)"
		}
		if f.ReviewsBefore >= tooFew && f.Reviews >= tooFew {
			rating += fmt.Sprintf("; %.1f from %d in as many days before", f.MeanBefore, f.ReviewsBefore)
		}
	}
	facts = append(facts, paper.Fact{Name: "Rating", Value: rating})
	if f.Asked > 0 {
		facts = append(facts, paper.Fact{Name: "Policy signed", Value: ofAll(f.Signed, f.Asked)})
	}
	return append(facts, paper.Fact{Name: "Incidents on record", Value: fmt.Sprint(f.Incidents)})
}

const caseTopics = 5

func (f BriefFigures) bars() paper.Bars {
	var bars paper.Bars
	for _, t := range f.Topics {
		if len(bars) == caseTopics || t.Mentions == 0 {
			break
		}
		rest := t.Mentions - t.Positive - t.Negative
		bars = append(bars, paper.Bar{Name: t.Label, Value: fmt.Sprint(t.Mentions), Parts: []paper.Part{{Size: float64(t.Positive), Tone: paper.Good}, {Size: float64(rest), Tone: paper.Rest}, {Size: float64(t.Negative), Tone: paper.Bad}}})
	}
	return bars
}

func (c BriefCosts) facts() paper.Facts {
	if c.HoursAWeek <= 0 {
		return paper.Facts{{Name: "Hours", Value: "not typed in yet"}}
	}
	facts := paper.Facts{{Name: "Hours a week", Value: trimmed(c.HoursAWeek)}}
	if c.AnHour > 0 {
		facts = append(facts, paper.Fact{Name: "An hour costs", Value: money(c.Currency, c.AnHour)})
	}
	if c.AYear > 0 {
		facts = append(facts, paper.Fact{Name: "Beside the hours, a year", Value: money(c.Currency, c.AYear)})
	}
	if c.Year() > 0 {
		facts = append(facts, paper.Fact{Name: "A year", Value: money(c.Currency, c.Year())})
	}
	return facts
}

func trimmed(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", x), "0"), ".")
}

func money(currency string, x float64) string {
	return strings.TrimSpace(currency + " " + thousands(int(math.Round(x))))
}

func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

const caseExamples = 3

// wrongAnswers are the newest fines for replies to reviews.
func wrongAnswers() []Case {
	list := slices.DeleteFunc(Enforcement(), func(e Case) bool { return e.Kind != "review_reply" || e.Amount == 0 })
	slices.SortFunc(list, func(a, b Case) int { return strings.Compare(b.Announced, a.Announced) })
	return list[:min(caseExamples, len(list))]
}
