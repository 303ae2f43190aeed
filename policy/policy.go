// Package policy holds what a practice has decided about speaking in public and how it proves it: the checklist, the policy document in
// its versions, who signed which, the training, the vendors, the incidents, and the facts behind them. What may be said in a single text is
// the business of the package guard below it. Pure rules (which version is in force, who still has to sign, how a quiz is graded, how far
// the checklist is) stand in files of their own; the store files are a thin layer around them.
package policy

import (
	"errors"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/internal/practice"
)

// Basis is where a statement comes from and how far it was checked. Status is "verified" (the official text was read), "secondary" (seen on a
// law-firm, trade or news page), "memory" (to be verified first), "suggested" (ours, no norm sets it), or one of the practice's own;
// Checked is the day of the look or of the decision.
type Basis struct {
	Basis    string `yaml:"basis" json:"basis,omitempty"`
	Source   string `yaml:"source" json:"source,omitempty"`
	URL      string `yaml:"url" json:"url,omitempty"`
	Status   string `yaml:"status" json:"status,omitempty"`
	Edition  string `yaml:"edition" json:"edition,omitempty"` // the year of the edition that was read, where it was not today's
	Checked  string `yaml:"checked" json:"checked,omitempty"`
	ReviewBy string `yaml:"review_by" json:"review_by,omitempty"` // when it is to be looked at again, where that is not a year later
}

// The states of what the practice says itself.
const (
	StatusPractice = "practice" // it decided so: its own setting is the source
	StatusRead     = "read"     // somebody here has read the page that is named
)

// HowChecked says for people how far the statement was checked; day is the day of the look as the screen writes days.
func (b Basis) HowChecked(day string) string {
	if b.Status == "verified" && b.Edition != "" {
		return "Checked against the official edition of " + b.Edition + ", not against today's, on " + day
	}
	return HowChecked(b.Status, day)
}

// HowChecked is the one place that turns a status of our facts into words.
func HowChecked(status, day string) string {
	switch status {
	case "verified":
		return "Checked against the official text on " + day
	case "secondary":
		return "Checked on a trade, news or law-firm page on " + day + ", not yet against the official text"
	case "suggested":
		return "Noted on " + day
	case StatusRead:
		return "The page was read here on " + day
	case StatusPractice:
		return "Set by the practice on " + day
	default:
		return "Not yet checked against any page; noted on " + day
	}
}

// ErrStep says that a step does not fit the state that a thing is in.
var ErrStep = errors.New("this step is not possible now")

// ErrNotFound says that there is no such record.
var ErrNotFound = errors.New("there is no such record")

// load reads an embedded YAML file. The data ship inside the program and a test reads all of them, so a mistake is one of ours.
func load(path string, into any) {
	text, err := assets.FS.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(text, into)
	}
	if err != nil {
		panic(fmt.Sprintf("the embedded file %s: %v", path, err))
	}
}

// checkDay refuses what is no day; an empty day is fine.
func checkDay(name, day string) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(practice.Day, day); err != nil {
		return fmt.Errorf("The %s %q is not a day such as 2026-11-22", name, day)
	}
	return nil
}

// after is the day a number of months later.
func after(t time.Time, months int) string { return t.AddDate(0, months, 0).Format(practice.Day) }
