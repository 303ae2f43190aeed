package advocacy

import (
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// sheetWords are the words of the printed story sheet and of its mail in one language.
type sheetWords struct {
	ID        string   `yaml:"id"`
	Title     string   `yaml:"title"`
	Subtitle  string   `yaml:"subtitle"`
	Intro     string   `yaml:"intro"`
	Needed    string   `yaml:"needed"`
	Before    string   `yaml:"before"`
	Rules     []string `yaml:"rules"`
	Questions string   `yaml:"questions"`
	Quoted    string   `yaml:"quoted"`
	Back      string   `yaml:"back"`
	BackOpen  string   `yaml:"back_open"`
	Desk      string   `yaml:"desk"`
	Sign      string   `yaml:"sign"`
	Foot      string   `yaml:"foot"`
	Subject   string   `yaml:"subject"`
	Hello     string   `yaml:"hello"`
	Mail      string   `yaml:"mail"`
	Thanks    string   `yaml:"thanks"`
}

// StorySheet is the questions of a spotlight on paper or in a mail, for the colleague it is about. It can be filled in by hand.
type StorySheet struct {
	Spotlight Spotlight
	Person    practice.Person
	Practice  practice.Practice
	Language  string // "en" or "es"
	To        string // who takes it back; empty: the front desk
	Made      time.Time
}

func (s StorySheet) words() sheetWords {
	for _, w := range occasions().Sheet {
		if w.ID == s.Language {
			return w
		}
	}
	return occasions().Sheet[0]
}

func (s StorySheet) fill(w sheetWords) func(string) string {
	o, _ := OccasionByID(s.Spotlight.Occasion)
	name, to := o.Name, s.To
	if w.ID == "es" {
		name = o.Spanish
	}
	if to == "" {
		to = w.Desk
	}
	return blanks("{occasion}", name, "{name}", s.Person.Name, "{first}", first(s.Person.Name), "{practice}", s.Practice.Name, "{needed}", w.Needed,
		"{due}", longDay(s.Spotlight.Due, w.ID), "{to}", to, "{checked}", longDay(occasions().Checked, w.ID))
}

// ask is a question and its hint in the language, marked where it is needed.
func (s StorySheet) ask(w sheetWords, q Question) (ask, hint string) {
	ask, hint = q.Ask, q.Hint
	if w.ID == "es" {
		ask, hint = q.Spanish.Ask, q.Spanish.Hint
	}
	if q.Need {
		ask += " *"
	}
	if q.Quote {
		hint = strings.TrimPrefix(strings.TrimSuffix(hint, ".")+" ("+w.Quoted+")", " ")
	}
	return ask, hint
}

func (s StorySheet) back(w sheetWords) string {
	if s.Spotlight.Due == "" {
		return w.BackOpen
	}
	return w.Back
}

// Paper is the sheet to print, with room to write by hand; what is answered already stands in it.
func (s StorySheet) Paper() paper.Sheet {
	w := s.words()
	fill := s.fill(w)
	sheet := paper.Sheet{Title: fill(w.Title), Subtitle: fill(w.Subtitle), Footer: s.Practice.Name, Language: w.ID, Made: s.Made}
	sheet.Blocks = append(sheet.Blocks, paper.Text{Text: fill(w.Intro)}, paper.Heading{Level: 2, Text: w.Before}, paper.List{Items: filled(w.Rules, fill)},
		paper.Heading{Level: 2, Text: w.Questions})
	const line = "______________________________________________________________________"
	for _, q := range QuestionsFor(s.Spotlight.Occasion, s.Person.Job) {
		ask, hint := s.ask(w, q)
		sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 3, Text: ask})
		if hint != "" {
			sheet.Blocks = append(sheet.Blocks, paper.Small{Text: hint})
		}
		if given := s.Spotlight.Answered(q.ID); given != "" {
			sheet.Blocks = append(sheet.Blocks, paper.Quote{Text: given})
			continue
		}
		sheet.Blocks = append(sheet.Blocks, paper.Text{Text: line}, paper.Text{Text: line})
	}
	sheet.Blocks = append(sheet.Blocks, paper.Text{Text: fill(s.back(w))}, paper.Sign{Under: fill(w.Sign)}, paper.Small{Text: fill(w.Foot)})
	return sheet
}

// Mail is the sheet as plain text, to be sent from the practice's own mail program.
func (s StorySheet) Mail() (subject, body string) {
	w := s.words()
	fill := s.fill(w)
	var b strings.Builder
	b.WriteString(fill(w.Hello) + "\n\n" + fill(w.Mail) + " " + w.Needed + "\n\n")
	for _, rule := range w.Rules {
		b.WriteString("- " + rule + "\n")
	}
	for _, q := range QuestionsFor(s.Spotlight.Occasion, s.Person.Job) {
		ask, hint := s.ask(w, q)
		b.WriteString("\n" + ask + "\n")
		if hint != "" {
			b.WriteString("  " + hint + "\n")
		}
		b.WriteString("> " + s.Spotlight.Answered(q.ID) + "\n")
	}
	b.WriteString("\n" + fill(s.back(w)) + "\n\n" + w.Thanks + "\n" + s.Practice.Name + "\n")
	return fill(w.Subject), b.String()
}
