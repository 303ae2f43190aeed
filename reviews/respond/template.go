// Package respond words the public answers of a practice: a library of templates that name nobody and admit nothing, the choice among them
// for one mention, the good reasons for silence, and what is known of the sites that replies go to. It is pure: no database, no network.
package respond

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/internal/practice"
	"goodword/policy"
)

// Kind says what a template answers.
type Kind string

// The kinds of template.
const (
	Praise    Kind = "praise"
	Complaint Kind = "complaint"
	Mixed     Kind = "mixed"
	Stars     Kind = "stars"    // a rating without words
	Question  Kind = "question" // has a public answer
	Comment   Kind = "comment"  // neither praise nor complaint
	Holding   Kind = "holding"  // a person decides first; the words only buy time
	Other     Kind = "other"    // no review: misinformation, spam, employment
)

var kinds = []Kind{Praise, Complaint, Mixed, Stars, Question, Comment, Holding, Other}

// Template is one case with two or more wordings, which rotate. Wordings hold only the variables that Variables lists.
type Template struct {
	ID       string            `yaml:"id"`
	Title    string            `yaml:"title"`
	When     string            `yaml:"when"`
	Kind     Kind              `yaml:"kind"`
	Topics   []string          `yaml:"topics"`
	Cues     []string          `yaml:"cues"`    // words in the mention that speak for it
	Signals  []string          `yaml:"signals"` // urgency signals that it is made for
	Stars    []int             `yaml:"stars"`   // lowest and highest; empty: any
	Sites    []string          `yaml:"sites"`   // empty: all
	Apology  practice.Apology  `yaml:"apology"`
	Wordings []string          `yaml:"wordings"`
	Tones    map[Tone][]string `yaml:"tones"`    // wordings in another tone; Wordings are the plain ones
	InOrder  bool              `yaml:"in_order"` // the first wording that can be used is the best, so that they take no turns

	Language string `yaml:"-"`
	Version  int    `yaml:"version"` // 0 takes that of the file
	Source   string `yaml:"-"`
	URL      string `yaml:"-"`
	Checked  string `yaml:"-"` // day
	Own      bool   `yaml:"-"` // a version of the practice

	statements []string // about health, which a clinician stands behind
}

// Reason is a good reason to give no public reply. A recorded reason counts as handled.
type Reason struct {
	ID      string   `yaml:"id"`
	Text    string   `yaml:"text"`
	When    string   `yaml:"when"`
	Signals []string `yaml:"signals"` // urgency signals for which silence is the safer choice
}

// Library is the templates and the reasons for silence. It is safe for concurrent use.
type Library struct {
	templates []Template
	reasons   []Reason
	snippets  []Snippet
	laws      lawFile
	myths     []policy.ApprovedMyth
}

var embedded = sync.OnceValue(func() *Library {
	lib, err := Load(assets.FS)
	if err != nil {
		panic(err) // the library is part of the program and a test loads it
	}
	return lib
})

// Default returns the library that ships with the program.
func Default() *Library { return embedded() }

type templateFile struct {
	Source, URL, Checked, Language string
	Version                        int
	Templates                      []Template
}

// Load reads the folder "templates" and refuses a template that could not be used.
func Load(files fs.FS) (*Library, error) {
	lib := &Library{}
	names, err := fs.Glob(files, "templates/*/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var file templateFile
		if err := read(files, name, &file); err != nil {
			return nil, err
		}
		for _, t := range file.Templates {
			t.Language, t.Source, t.URL, t.Checked = file.Language, file.Source, file.URL, file.Checked
			if t.Version == 0 {
				t.Version = file.Version
			}
			if t.Apology == "" {
				t.Apology = practice.NoApology
			}
			if err := lib.add(t); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	var reasons struct{ Reasons []Reason }
	if err := read(files, "templates/reasons.yaml", &reasons); err != nil {
		return nil, err
	}
	lib.reasons = reasons.Reasons
	if err := lib.addSnippets(files); err != nil {
		return nil, err
	}
	if err := read(files, "templates/apology.yaml", &lib.laws); err != nil {
		return nil, err
	}
	for i := range lib.laws.Laws {
		law := &lib.laws.Laws[i]
		law.Source, law.Checked, law.Review = cmp.Or(law.Source, lib.laws.Source), cmp.Or(law.Checked, lib.laws.Checked), cmp.Or(law.Review, lib.laws.Review)
	}
	return lib, nil
}

func (l *Library) addSnippets(files fs.FS) error {
	var file struct{ Snippets []Snippet }
	if err := read(files, "templates/snippets.yaml", &file); err != nil {
		return err
	}
	for _, s := range file.Snippets {
		if s.Group == "" {
			return fmt.Errorf("The snippet %q belongs to no group", s.ID)
		}
		if err := (&Library{}).add(s.asTemplate()); err != nil {
			return err
		}
	}
	l.snippets = file.Snippets
	return nil
}

func read(files fs.FS, name string, into any) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("The file %s cannot be read: %w", name, err)
	}
	return nil
}

var variable = regexp.MustCompile(`\{[^{}]*\}`)

func (l *Library) add(t Template) error {
	if t.ID == "" || t.Title == "" || t.When == "" || t.Language == "" || len(t.Wordings) == 0 {
		return fmt.Errorf("The template %q lacks its id, title, purpose, language or wording", t.ID)
	}
	if !slices.Contains(kinds, t.Kind) {
		return fmt.Errorf("The template %s has the unknown kind %q", t.ID, t.Kind)
	}
	if len(t.Stars) != 0 && (len(t.Stars) != 2 || t.Stars[0] > t.Stars[1]) {
		return fmt.Errorf("The template %s needs a lowest and a highest number of stars", t.ID)
	}
	if _, taken := l.Template(t.ID); taken {
		return fmt.Errorf("Two templates are called %s", t.ID)
	}
	for tone := range t.Tones {
		if !slices.Contains(Tones(), tone) {
			return fmt.Errorf("The template %s has the unknown tone %q", t.ID, tone)
		}
	}
	for _, wording := range t.all() {
		for _, name := range variable.FindAllString(wording, -1) {
			if !slices.Contains(Variables(), name) {
				return fmt.Errorf("The template %s uses %s, which is no safe variable", t.ID, name)
			}
		}
	}
	l.templates = append(l.templates, t)
	return nil
}

// Templates lists the templates in a language; "" means all.
func (l *Library) Templates(language string) []Template {
	var out []Template
	for _, t := range l.templates {
		if language == "" || t.Language == language {
			out = append(out, t)
		}
	}
	return out
}

// Template finds a template by its id.
func (l *Library) Template(id string) (Template, bool) {
	for _, t := range l.templates {
		if t.ID == id {
			return t, true
		}
	}
	return Template{}, false
}

// SafeReasons lists the good reasons for no public reply.
func (l *Library) SafeReasons() []Reason { return slices.Clone(l.reasons) }
