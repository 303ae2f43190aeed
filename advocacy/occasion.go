package advocacy

import (
	"slices"
	"strings"
	"sync"
)

// Occasion is a reason for a spotlight, with its story sheet.
type Occasion struct {
	ID        string     `yaml:"id" json:"id"`
	Name      string     `yaml:"name" json:"name"`
	Spanish   string     `yaml:"es" json:"es"`
	Hashtag   string     `yaml:"hashtag" json:"hashtag"`
	Open      Wording    `yaml:"open" json:"open"`
	Questions []Question `yaml:"questions" json:"questions"`
}

// Question is one line of a story sheet. Say is how the answer reads in a post; see stories/occasions.yaml for the words it may use.
type Question struct {
	ID      string  `yaml:"id" json:"id"`
	Ask     string  `yaml:"ask" json:"ask"`
	Hint    string  `yaml:"hint" json:"hint,omitempty"`
	Spanish Asked   `yaml:"es" json:"es"`
	Say     Wording `yaml:"say" json:"say"`
	Quote   bool    `yaml:"quote" json:"quote,omitempty"` // the answer is given as the colleague's own words
	Need    bool    `yaml:"need" json:"need,omitempty"`   // a draft needs it
}

// Asked is a question in another language.
type Asked struct {
	Ask  string `yaml:"ask" json:"ask"`
	Hint string `yaml:"hint" json:"hint,omitempty"`
}

// Tone is the manner in which a draft is written.
type Tone string

// The three tones.
const (
	Warm   Tone = "warm"
	Plain  Tone = "plain"
	Lively Tone = "lively"
)

// Tones lists the tones as a form offers them, the usual one first.
func Tones() []Tone { return []Tone{Warm, Plain, Lively} }

// Wording is how something is said, by tone. The wordings of a tone take turns, so that two posts in a row do not read alike.
type Wording map[Tone][]string

// in is the wording whose turn it is for a spotlight; a tone that is not there is said warmly.
func (w Wording) in(tone Tone, spotlight int64) string {
	ways := w[tone]
	if len(ways) == 0 {
		ways = w[Warm]
	}
	if len(ways) == 0 {
		return ""
	}
	return ways[int(max(0, spotlight-1)%int64(len(ways)))]
}

// RoleQuestions are asked besides those of the occasion of people whose job has one of the words.
type RoleQuestions struct {
	ID        string     `yaml:"id" json:"id"`
	Name      string     `yaml:"name" json:"name"` // of the group of people
	Hashtag   string     `yaml:"hashtag" json:"hashtag,omitempty"`
	Words     []string   `yaml:"words" json:"words"`
	Questions []Question `yaml:"questions" json:"questions"`
}

// BackgroundCheck is one thing to look for in a picture.
type BackgroundCheck struct {
	ID   string `yaml:"id" json:"id"`
	Text string `yaml:"text" json:"text"`
}

type occasionFile struct {
	Checked   string          `yaml:"checked"`
	Occasions []Occasion      `yaml:"occasions"`
	Roles     []RoleQuestions `yaml:"roles"`
	Sheet     []sheetWords    `yaml:"sheet"`
}

type pictureFile struct {
	Checked string            `yaml:"checked"`
	Checks  []BackgroundCheck `yaml:"checks"`
	Source  string            `yaml:"source"`
	Basis   string            `yaml:"basis"`
	URL     string            `yaml:"url"`
	Status  string            `yaml:"status"`
}

var (
	occasions     = sync.OnceValue(func() occasionFile { return load[occasionFile]("stories/occasions.yaml") })
	pictureChecks = sync.OnceValue(func() pictureFile { return load[pictureFile]("stories/pictures.yaml") })
)

// Occasions lists the occasions in the order in which a form offers them.
func Occasions() []Occasion { return slices.Clone(occasions().Occasions) }

// OccasionByID finds an occasion.
func OccasionByID(id string) (Occasion, bool) {
	for _, o := range occasions().Occasions {
		if o.ID == id {
			return o, true
		}
	}
	return Occasion{}, false
}

// occasionNames lists the occasions for a sentence.
func occasionNames() string {
	var names []string
	for _, o := range occasions().Occasions {
		names = append(names, o.ID)
	}
	return strings.Join(names, ", ")
}

// Questions is the story sheet of an occasion, as everybody gets it.
func Questions(occasion string) []Question {
	o, _ := OccasionByID(occasion)
	return slices.Clone(o.Questions)
}

// QuestionsFor is the story sheet of an occasion for somebody with this job: after the questions of the occasion those of the role.
func QuestionsFor(occasion, job string) []Question {
	list := Questions(occasion)
	if len(list) == 0 {
		return nil
	}
	if r, ok := roleOf(job); ok {
		list = append(list, r.Questions...)
	}
	return list
}

// roleOf finds the role whose words stand in a job, as words of their own; the first that fits has it.
func roleOf(job string) (RoleQuestions, bool) {
	job = " " + strings.Join(strings.FieldsFunc(strings.ToLower(job), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz", r) }), " ") + " "
	for _, r := range occasions().Roles {
		if slices.ContainsFunc(r.Words, func(word string) bool { return strings.Contains(job, " "+word+" ") }) {
			return r, true
		}
	}
	return RoleQuestions{}, false
}

// PictureChecks lists what a person looks for in a picture, and the rule behind it.
func PictureChecks() (checks []BackgroundCheck, basis string) {
	return slices.Clone(pictureChecks().Checks), pictureChecks().Basis
}

// Answered is the text that was given to a question, or "".
func (s Spotlight) Answered(question string) string {
	for _, a := range s.Answers {
		if a.Question == question {
			return strings.TrimSpace(a.Text)
		}
	}
	return ""
}

// Variant returns the text for a network.
func (s Spotlight) Variant(network string) (Variant, bool) {
	for _, v := range s.Variants {
		if v.Network == network {
			return v, true
		}
	}
	return Variant{}, false
}
