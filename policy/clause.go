package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Clause is one paragraph of the policy that we suggest, with why it is there and what it stands on. When names answers: the clause stands if
// each of its questions is answered with one of them ("any": with anything).
type Clause struct {
	ID    string              `yaml:"id" json:"id"`
	Title string              `yaml:"title" json:"title"`
	Text  string              `yaml:"text" json:"text"`
	Why   string              `yaml:"why" json:"why"`
	When  map[string][]string `yaml:"when" json:"when,omitempty"`
	Basis `yaml:",inline"`
}

// Chapter is a part of the policy.
type Chapter struct {
	Title   string   `yaml:"title" json:"title"`
	Clauses []Clause `yaml:"clauses" json:"clauses"`
}

// QuestionKind is how a question about the practice is answered.
type QuestionKind string

// The kinds of questions.
const (
	OneOf    QuestionKind = ""      // one of the options
	ManyOf   QuestionKind = "many"  // any number of the options
	OwnWords QuestionKind = "words" // what somebody writes
)

// Question is one thing that we ask about the practice before the policy is written.
type Question struct {
	ID       string           `yaml:"id" json:"id"`
	Ask      string           `yaml:"ask" json:"ask"`
	Why      string           `yaml:"why" json:"why"`
	Kind     QuestionKind     `yaml:"kind" json:"kind,omitempty"`
	Options  []QuestionOption `yaml:"options" json:"options,omitempty"`
	Standard string           `yaml:"standard" json:"standard,omitempty"` // the words that stand until somebody writes own ones
}

// QuestionOption is one of the answers, with the pieces that it puts into the clauses.
type QuestionOption struct {
	ID    string            `yaml:"id" json:"id"`
	Text  string            `yaml:"text" json:"text"`
	Words map[string]string `yaml:"words" json:"-"`
}

// Situation is how the questions were answered: question to option, options or own words. What is not in it is not answered yet.
type Situation map[string][]string

// Questions returns what we ask about the practice, in the order in which we ask it.
func Questions() []Question { return slices.Clone(frameOf().questions) }

// FindQuestion returns a question by its id.
func FindQuestion(id string) (Question, bool) {
	i := slices.IndexFunc(frameOf().questions, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, false
	}
	return frameOf().questions[i], true
}

// Check refuses answers that no question takes.
func (s Situation) Check() error {
	for id, answers := range s {
		q, ok := FindQuestion(id)
		if !ok {
			return refusal.Because(ErrNotFound, "There is no question %q about the practice", id)
		}
		if q.Kind != ManyOf && len(answers) > 1 {
			return refusal.Because(ErrStep, "The question %q takes one answer", q.Ask)
		}
		for _, a := range answers {
			if q.Kind != OwnWords && !slices.ContainsFunc(q.Options, func(o QuestionOption) bool { return o.ID == a }) {
				return refusal.Because(ErrStep, "%q is no answer to %q. Use one of %s", a, q.Ask, strings.Join(q.ids(), ", "))
			}
			if q.Kind == OwnWords && (len(a) > 200 || strings.ContainsAny(a, "\n\r#{}")) {
				return refusal.Because(ErrStep, "The answer to %q is one short line of plain words", q.Ask)
			}
		}
	}
	return nil
}

func (q Question) ids() []string {
	var ids []string
	for _, o := range q.Options {
		ids = append(ids, o.ID)
	}
	return ids
}

// Chosen are the answers that stand: those given, or else what we suggest.
func (s Situation) Chosen(q Question) []string {
	given := slices.DeleteFunc(slices.Clone(s[q.ID]), func(a string) bool { return strings.TrimSpace(a) == "" })
	switch {
	case len(given) > 0 || q.Kind == ManyOf:
		return given
	case q.Kind == OwnWords:
		return []string{q.Standard}
	case len(q.Options) > 0:
		return []string{q.Options[0].ID}
	}
	return nil
}

// words are the pieces that the answers put into the clauses.
func (s Situation) words() map[string]string {
	all := map[string]string{}
	for _, q := range frameOf().questions {
		chosen := s.Chosen(q)
		switch q.Kind {
		case OwnWords:
			all[q.ID] = strings.TrimSpace(chosen[0])
		case ManyOf:
			var names []string
			for _, o := range q.Options {
				if slices.Contains(chosen, o.ID) {
					names = append(names, o.Text)
				}
			}
			all[q.ID] = inSeries(names)
		default:
			for _, o := range q.Options {
				if slices.Contains(chosen, o.ID) {
					for name, words := range o.Words {
						all[name] = words
					}
				}
			}
		}
	}
	return all
}

func inSeries(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func (c Clause) stands(s Situation) bool {
	for id, wanted := range c.When {
		q, _ := FindQuestion(id)
		chosen := s.Chosen(q)
		if !slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(chosen, w) || w == "any" && len(chosen) > 0 }) {
			return false
		}
	}
	return true
}

// Asks are the questions whose answers decide whether the clause stands and what it says.
func (c Clause) Asks() []string {
	var ids []string
	for _, q := range frameOf().questions {
		_, stands := c.When[q.ID]
		used := strings.Contains(c.Text, "{"+q.ID+"}")
		for _, o := range q.Options {
			for name := range o.Words {
				used = used || strings.Contains(c.Text, "{"+name+"}")
			}
		}
		if stands || used {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

type frame struct {
	Title           string   `yaml:"title"`
	Opening         string   `yaml:"opening"`
	Acknowledgement string   `yaml:"acknowledgement"`
	Names           []string `yaml:"chapters"`
	chapters        []Chapter
	questions       []Question
}

var frameOf = sync.OnceValue(func() frame {
	var f frame
	load("clauses/frame.yaml", &f)
	for _, name := range f.Names {
		var c Chapter
		load("clauses/"+name+".yaml", &c)
		for i := range c.Clauses {
			c.Clauses[i].Text = oneLine(c.Clauses[i].Text)
		}
		f.chapters = append(f.chapters, c)
	}
	var asked struct {
		Questions []Question `yaml:"questions"`
	}
	load("clauses/questions.yaml", &asked)
	f.questions = asked.Questions
	f.Opening, f.Acknowledgement = oneLine(f.Opening), oneLine(f.Acknowledgement)
	return f
})

// Chapters returns the clauses of the policy that we suggest, by chapter, with the places that answers fill.
func Chapters() []Chapter { return frameOf().chapters }

// Suggested is the policy that we suggest for a practice that has answered nothing yet.
func Suggested(p practice.Practice) string { return Compose(p, nil) }

// Compose writes the policy of a practice from the clauses, as its questions were answered: a plain text in which "# " begins the title, "## " a
// chapter and "### " a clause.
func Compose(p practice.Practice, s Situation) string {
	f := frameOf()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", f.Title, f.Opening)
	for _, chapter := range f.chapters {
		clauses := slices.DeleteFunc(slices.Clone(chapter.Clauses), func(c Clause) bool { return !c.stands(s) })
		if len(clauses) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n", chapter.Title)
		for _, c := range clauses {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n", c.Title, c.Text)
		}
	}
	return fill(b.String(), p, s.words())
}

func fill(text string, p practice.Practice, words map[string]string) string {
	phone := p.Phone
	if phone == "" {
		phone = "of the front desk"
	}
	pairs := []string{"{practice}", p.Name, "{contact}", p.Contact(), "{phone}", phone}
	for name, piece := range words {
		pairs = append(pairs, "{"+name+"}", piece)
	}
	text = strings.NewReplacer(pairs...).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "our ") { // a contact may open a sentence
			lines[i] = "O" + line[1:]
		}
	}
	return strings.Join(lines, "\n")
}
