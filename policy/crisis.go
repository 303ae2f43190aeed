package policy

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// Duty is one task in a crisis, with who has it and who calls them.
type Duty struct {
	ID     string `yaml:"id" json:"id"`
	Place  int    `yaml:"-" json:"place"`
	Duty   string `yaml:"duty" json:"duty"`
	Person string `yaml:"-" json:"person,omitempty"`
	Phone  string `yaml:"-" json:"phone,omitempty"`
	Deputy string `yaml:"-" json:"deputy,omitempty"`
	Second string `yaml:"-" json:"second,omitempty"`      // the deputy's telephone
	Called string `yaml:"called" json:"called,omitempty"` // the duty that calls this one; empty: whoever notices calls first
}

// Statement is what may be said in the first hour, before more is known.
type Statement struct {
	ID      string    `yaml:"id" json:"id"`
	Title   string    `yaml:"title" json:"title"`
	Text    string    `yaml:"text" json:"text"`
	By      string    `yaml:"-" json:"by,omitempty"` // who changed it; empty: as it ships
	Changed time.Time `yaml:"-" json:"changed"`
}

// Story is something to rehearse.
type Story struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
}

// Plan is what happens in a crisis: who does what, who calls whom, what is said.
type Plan struct {
	Duties     []Duty      `json:"duties"`
	Statements []Statement `json:"statements"`
}

type crisisFile struct {
	Duties     []Duty      `yaml:"duties"`
	Statements []Statement `yaml:"statements"`
	Drills     []Story     `yaml:"drills"`
}

var crisis = sync.OnceValue(func() crisisFile {
	var file crisisFile
	load("checklist/crisis.yaml", &file)
	for i := range file.Duties {
		file.Duties[i].Place = i + 1
	}
	return file
})

// Stories are the drills that ship.
func Stories() []Story { return crisis().Drills }

// Open counts the duties that nobody has.
func (p Plan) Open() int {
	open := 0
	for _, d := range p.Duties {
		if d.Person == "" {
			open++
		}
	}
	return open
}

// Call is one line of the phone tree, Depth calls away from whoever noticed.
type Call struct {
	Duty  Duty
	Depth int
}

// Tree is the phone tree from the top down.
func (p Plan) Tree() []Call {
	var calls []Call
	seen := map[string]bool{}
	var down func(from string, depth int)
	down = func(from string, depth int) {
		for _, d := range p.Duties {
			if d.Called == from && !seen[d.ID] {
				seen[d.ID] = true
				calls = append(calls, Call{d, depth})
				down(d.ID, depth+1)
			}
		}
	}
	down("", 0)
	for _, d := range p.Duties { // called by a duty that is gone
		if !seen[d.ID] {
			seen[d.ID] = true
			calls = append(calls, Call{d, 0})
			down(d.ID, 1)
		}
	}
	return calls
}

func (p Plan) duty(id string) (Duty, bool) {
	for _, d := range p.Duties {
		if d.ID == id {
			return d, true
		}
	}
	return Duty{}, false
}

// round reports whether calls would come back to where they began if d stood in the plan.
func (p Plan) round(d Duty) bool {
	if d.ID == "" {
		return false // nobody is called by what is new
	}
	at := d.Called
	for range len(p.Duties) + 1 {
		if at == d.ID {
			return true
		}
		next, ok := p.duty(at)
		if !ok {
			return false
		}
		at = next.Called
	}
	return true
}

// CheckStatement is what the gate says of a holding statement: it must pass like any other public word of the practice.
func CheckStatement(text string, p practice.Practice, local guard.Local) guard.Result {
	return guard.Default().Check(guard.Draft{Kind: guard.Reply, Text: text, Local: local,
		Own: guard.Own{Phones: []string{p.Phone}, Emails: []string{p.Email}, Names: []string{p.Name}, Websites: []string{p.Website}}})
}

// CrisisSheet is the plan on paper, to hang beside the telephone: the tree of calls with boxes to tick, the first hour, the statements, the clocks.
func CrisisSheet(p practice.Practice, plan Plan, places []string, made time.Time) paper.Sheet {
	day := Today(made, p)
	s := paper.Sheet{Title: "When something goes wrong in public", Subtitle: p.Name + ", " + writtenDay(day), Made: made, Footer: p.Name + ", crisis plan of " + writtenDay(day)}
	var rows [][]string
	for _, call := range plan.Tree() {
		d, by := call.Duty, "Whoever notices"
		if from, ok := plan.duty(call.Duty.Called); ok {
			by = from.Duty
		}
		rows = append(rows, []string{strings.Repeat("– ", call.Depth) + d.Duty, or(d.Person, "not named yet"), d.Phone, strings.TrimSpace(d.Deputy + " " + d.Second), by, ""})
	}
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "Who calls whom"},
		paper.Table{Head: []string{"Duty", "Who", "Telephone", "If they do not answer", "Is called by", "Reached at"}, Rows: rows, Widths: []float64{0.2, 0.17, 0.15, 0.2, 0.15, 0.13}},
		paper.Heading{Level: 1, Text: "The first hour"})
	var steps []string
	for _, step := range FirstHour().Steps {
		steps = append(steps, step.Title+". "+step.Text)
	}
	s.Blocks = append(s.Blocks, paper.List{Items: steps, Ticks: true}, paper.Small{Text: source(FirstHour().Basis)}, paper.Heading{Level: 1, Text: "What may be said at once"})
	for _, st := range plan.Statements {
		s.Blocks = append(s.Blocks, paper.Heading{Level: 2, Text: st.Title}, paper.Quote{Text: st.Text})
	}
	s.Blocks = append(s.Blocks, paper.Heading{Level: 1, Text: "Who must be told, and by when"})
	rows = nil
	for _, c := range Clocks() {
		if HoldsIn(c.Jurisdiction, places) {
			rows = append(rows, []string{c.Whom, c.Text, source(c.Basis)})
		}
	}
	if len(rows) == 0 {
		s.Blocks = append(s.Blocks, paper.Text{Text: "We have no deadline on record for the place of the practice. Ask counsel."})
	} else {
		s.Blocks = append(s.Blocks, paper.Table{Head: []string{"Whom", "By when", "Source and age"}, Rows: rows, Widths: []float64{0.25, 0.4, 0.35}})
	}
	return s
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func (d Duty) ready(plan Plan) (Duty, error) {
	for _, field := range []*string{&d.Duty, &d.Person, &d.Phone, &d.Deputy, &d.Second} {
		*field = strings.TrimSpace(*field)
	}
	if d.Duty == "" {
		return d, fmt.Errorf("A duty needs a name, such as \"Speaks for the practice\"")
	}
	if d.Called != "" {
		if _, ok := plan.duty(d.Called); !ok {
			return d, fmt.Errorf("There is no duty %q that could call", d.Called)
		}
		if plan.round(d) {
			return d, fmt.Errorf("The calls would go round in a circle. Choose another who calls \"%s\"", d.Duty)
		}
	}
	return d, nil
}
