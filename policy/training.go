package policy

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// PassMark is the share of right answers that a quiz asks for; every question of severity high or critical must be right as well. It is our
// suggestion, no norm sets it.
const PassMark = 0.8

// Module is one part of the training: a lesson to read and a quiz.
type Module struct {
	ID      string        `yaml:"id" json:"id"`
	Title   string        `yaml:"title" json:"title"`
	Minutes int           `yaml:"minutes" json:"minutes"`
	For     string        `yaml:"for" json:"for"`
	Roles   []string      `yaml:"roles" json:"roles"`
	Goals   []string      `yaml:"goals" json:"goals"`
	Lesson  string        `yaml:"text" json:"lesson,omitempty"`
	Basis   []LessonBasis `yaml:"basis" json:"basis"`
	QuizIDs []string      `yaml:"quiz" json:"quiz"`             // the questions that a quiz is drawn from
	Ask     int           `yaml:"ask" json:"ask"`               // how many of them it asks
	Again   []Trigger     `yaml:"again" json:"again,omitempty"` // what makes it due again, besides the year
}

// LessonBasis is one of the sources that a lesson stands on.
type LessonBasis struct {
	What  string `yaml:"what" json:"what"`
	Basis `yaml:",inline"`
}

// Scenario is one question of a quiz: a situation from practice with one right answer.
type Scenario struct {
	ID        string   `yaml:"id" json:"id"`
	Topic     string   `yaml:"topic" json:"topic"`
	Level     string   `yaml:"level" json:"level"`
	Audience  []string `yaml:"audience" json:"audience"`
	Severity  string   `yaml:"severity" json:"severity"` // "medium", "high" or "critical"
	Situation string   `yaml:"situation" json:"situation"`
	Question  string   `yaml:"question" json:"question"`
	Options   []Option `yaml:"options" json:"options"`
	Why       string   `yaml:"why" json:"why"`
	Tags      []string `yaml:"tags" json:"tags"`
	Own       bool     `yaml:"-" json:"own,omitempty"` // made by the practice of what its gate stopped
	Basis     `yaml:",inline"`
}

// Option is one answer to a scenario.
type Option struct {
	Text  string `yaml:"text" json:"text"`
	Right bool   `yaml:"right" json:"right,omitempty"`
}

// Critical reports whether a wrong answer fails the quiz by itself.
func (s Scenario) Critical() bool { return s.Severity == "high" || s.Severity == "critical" }

// Right is the index of the right option.
func (s Scenario) Right() int {
	return slices.IndexFunc(s.Options, func(o Option) bool { return o.Right })
}

var scenarios = sync.OnceValue(func() []Scenario {
	var all []Scenario
	for _, name := range []string{"scenarios", "scenarios_more"} {
		var file struct {
			Scenarios []Scenario `yaml:"scenarios"`
		}
		load("lessons/"+name+".yaml", &file)
		all = append(all, file.Scenarios...)
	}
	return all
})

var modules = sync.OnceValue(func() []Module {
	var all []Module
	for n := 1; n <= 10; n++ {
		var m Module
		load(fmt.Sprintf("lessons/m%d.yaml", n), &m)
		all = append(all, m)
	}
	return all
})

// Scenarios returns the whole bank of questions.
func Scenarios() []Scenario { return slices.Clone(scenarios()) }

// Modules returns the parts of the training in order.
func Modules() []Module { return slices.Clone(modules()) }

// FindModule returns a module by its id, or ErrNotFound.
func FindModule(id string) (Module, error) {
	for _, m := range modules() {
		if m.ID == id {
			return m, nil
		}
	}
	return Module{}, refusal.Because(ErrNotFound, "There is no training module %q", id)
}

// Wants reports whether people of the role should take the module.
func (m Module) Wants(role practice.Role) bool {
	return slices.Contains(m.Roles, "all") || slices.Contains(m.Roles, string(role))
}

// Quiz draws the questions of the module that the seed gives, with the options of each shuffled; the same seed always draws the same from the same
// bank. What is critical is always asked. own are the practice's own scenarios for this module, which take part in the draw.
func (m Module) Quiz(seed int64, own ...Scenario) []Scenario {
	var pool []Scenario
	for _, s := range scenarios() {
		if slices.Contains(m.QuizIDs, s.ID) {
			pool = append(pool, s)
		}
	}
	pool = append(pool, own...)
	dice := rand.New(rand.NewPCG(uint64(seed), uint64(len(m.ID))))
	dice.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	slices.SortStableFunc(pool, func(a, b Scenario) int {
		return btoi(b.Severity == "critical") - btoi(a.Severity == "critical")
	})
	if m.Ask > 0 && len(pool) > m.Ask {
		pool = pool[:m.Ask]
	}
	dice.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	for i := range pool {
		pool[i] = pool[i].shuffled(seed)
	}
	return pool
}

// shuffled has the options in the order that the seed gives this scenario, whatever else is asked beside it.
func (s Scenario) shuffled(seed int64) Scenario {
	name := fnv.New64a()
	_, _ = name.Write([]byte(s.ID))
	dice := rand.New(rand.NewPCG(uint64(seed), name.Sum64()))
	s.Options = slices.Clone(s.Options)
	dice.Shuffle(len(s.Options), func(i, j int) { s.Options[i], s.Options[j] = s.Options[j], s.Options[i] })
	return s
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Asks is how many questions a quiz of the module has when the bank holds no scenarios of the practice's own.
func (m Module) Asks() int {
	if m.Ask > 0 {
		return min(m.Ask, len(m.QuizIDs))
	}
	return len(m.QuizIDs)
}

// Attempt is one go at the quiz of a module, finished or not. Answers maps a scenario to the index of the option in the shuffled quiz.
type Attempt struct {
	ID       int64          `json:"id"`
	PersonID int64          `json:"person_id"`
	ModuleID string         `json:"module_id"`
	Seed     int64          `json:"seed"`
	Asked    []string       `json:"asked"` // the scenarios in their order, fixed when the attempt began
	Answers  map[string]int `json:"answers"`
	Started  time.Time      `json:"started"`

	Quiz []Scenario `json:"-"` // the scenarios themselves, with their options as this attempt shows them
}

// Result is a finished attempt.
type Result struct {
	AttemptID int64     `json:"attempt_id"`
	PersonID  int64     `json:"person_id"`
	Person    string    `json:"person,omitempty"`
	ModuleID  string    `json:"module_id"`
	At        time.Time `json:"at"`
	Asked     int       `json:"asked"`
	Right     int       `json:"right"`
	Missed    []string  `json:"missed,omitempty"`
	Passed    bool      `json:"passed"`
	VersionID int64     `json:"version_id,omitempty"` // the policy in force on that day
}

// Score is the share of right answers from 0 to 1.
func (r Result) Score() float64 {
	if r.Asked == 0 {
		return 0
	}
	return float64(r.Right) / float64(r.Asked)
}

// quizOf puts the questions of an attempt together as they were asked when it began. A scenario that the bank has lost since is left out.
func (a Attempt) quizOf(bank map[string]Scenario) []Scenario {
	var quiz []Scenario
	for _, id := range a.Asked {
		if s, ok := bank[id]; ok {
			quiz = append(quiz, s.shuffled(a.Seed))
		}
	}
	return quiz
}

// Judge grades the answers to a quiz. A question without an answer counts as missed.
func Judge(quiz []Scenario, answers map[string]int) Result {
	r := Result{Asked: len(quiz), Passed: len(quiz) > 0}
	for _, s := range quiz {
		given, ok := answers[s.ID]
		if ok && given == s.Right() {
			r.Right++
			continue
		}
		r.Missed = append(r.Missed, s.ID)
		if s.Critical() {
			r.Passed = false
		}
	}
	r.Passed = r.Passed && r.Score() >= PassMark
	return r
}

// RightAnswers is what somebody who knows everything would choose; the sample practice uses it.
func RightAnswers(quiz []Scenario) map[string]int {
	answers := map[string]int{}
	for _, s := range quiz {
		answers[s.ID] = s.Right()
	}
	return answers
}

// Latest keeps the newest result of each person and module; a pass is not lost by a later failure.
func Latest(results []Result) map[int64]map[string]Result {
	latest := map[int64]map[string]Result{}
	for _, r := range results {
		mine := latest[r.PersonID]
		if mine == nil {
			mine = map[string]Result{}
			latest[r.PersonID] = mine
		}
		have, ok := mine[r.ModuleID]
		if !ok || r.Passed && !have.Passed || r.Passed == have.Passed && r.At.After(have.At) {
			mine[r.ModuleID] = r
		}
	}
	return latest
}
