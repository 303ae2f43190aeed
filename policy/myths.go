package policy

import (
	"slices"
	"strings"
	"sync"
)

// Myth is a common error about health with a short statement that holds. A clinician of the practice approves it before it is used.
type Myth struct {
	ID          string   `yaml:"id" json:"id"`
	Topic       string   `yaml:"topic" json:"topic"`
	Disciplines []string `yaml:"disciplines" json:"disciplines"`
	Myth        string   `yaml:"myth" json:"myth"`
	Correct     string   `yaml:"correct" json:"correct"`
	Second      string   `yaml:"second_source" json:"second_source,omitempty"`
	SecondURL   string   `yaml:"second_url" json:"second_url,omitempty"`
	Contested   bool     `yaml:"contested" json:"contested"` // agencies and societies differ: name two sources
	Months      int      `yaml:"every" json:"months"`
	Note        string   `yaml:"note" json:"note,omitempty"`
	Basis       `yaml:",inline"`
}

// TrustedSource is a place to cite from.
type TrustedSource struct {
	ID      string `yaml:"id" json:"id"`
	Name    string `yaml:"name" json:"name"`
	URL     string `yaml:"url" json:"url"`
	Kind    string `yaml:"kind" json:"kind"`
	GoodFor string `yaml:"good_for" json:"good_for"`
	Caution string `yaml:"caution" json:"caution,omitempty"`
	Status  string `yaml:"status" json:"status"`
	Checked string `yaml:"checked" json:"checked"`
}

type mythFile struct {
	HowToAnswer []string        `yaml:"how_to_answer"`
	Trusted     []TrustedSource `yaml:"trusted_sources"`
	Myths       []Myth          `yaml:"myths"`
}

var myths = sync.OnceValue(func() mythFile {
	var file mythFile
	load("myths/myths.yaml", &file)
	return file
})

// Myths returns all of them.
func Myths() []Myth { return slices.Clone(myths().Myths) }

// TrustedSources returns the places to cite from.
func TrustedSources() []TrustedSource { return slices.Clone(myths().Trusted) }

// HowToAnswer is how to answer a myth in public, step by step.
func HowToAnswer() []string { return slices.Clone(myths().HowToAnswer) }

// FindMyths returns the myths that have all the words in their topic, error or statement; for no word, all of them.
func FindMyths(words string) []Myth {
	wanted := strings.Fields(strings.ToLower(words))
	return slices.DeleteFunc(Myths(), func(m Myth) bool {
		text := strings.ToLower(m.Topic + " " + m.Myth + " " + m.Correct + " " + strings.Join(m.Disciplines, " "))
		return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(text, w) })
	})
}
