package policy

import (
	"fmt"
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
	QuizIDs []string      `yaml:"quiz" json:"quiz"`
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
	var file struct {
		Scenarios []Scenario `yaml:"scenarios"`
	}
	load("lessons/scenarios.yaml", &file)
	return file.Scenarios
})

var modules = sync.OnceValue(func() []Module {
	var all []Module
	for n := 1; n <= 9; n++ {
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

// Quiz returns the questions of the module in the order and with the options shuffled that the seed gives; the same seed always gives the same.
func (m Module) Quiz(seed int64) []Scenario {
	var quiz []Scenario
	for _, s := range scenarios() {
		if slices.Contains(m.QuizIDs, s.ID) {
			s.Options = slices.Clone(s.Options)
			quiz = append(quiz, s)
		}
	}
	dice := rand.New(rand.NewPCG(uint64(seed), uint64(len(m.ID))))
	dice.Shuffle(len(quiz), func(i, j int) { quiz[i], quiz[j] = quiz[j], quiz[i] })
	for _, s := range quiz {
		dice.Shuffle(len(s.Options), func(i, j int) { s.Options[i], s.Options[j] = s.Options[j], s.Options[i] })
	}
	return quiz
}

// Attempt is one go at the quiz of a module, finished or not. Answers maps a scenario to the index of the option in the shuffled quiz.
type Attempt struct {
	ID       int64          `json:"id"`
	PersonID int64          `json:"person_id"`
	ModuleID string         `json:"module_id"`
	Seed     int64          `json:"seed"`
	Answers  map[string]int `json:"answers"`
	Started  time.Time      `json:"started"`
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
