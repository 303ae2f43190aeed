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
	Hashtag   string     `yaml:"hashtag" json:"hashtag"`
	Open      string     `yaml:"open" json:"open"`
	Questions []Question `yaml:"questions" json:"questions"`
}

// Question is one line of a story sheet. Say is how the answer reads in a post; see stories/occasions.yaml for the words it may use.
type Question struct {
	ID    string `yaml:"id" json:"id"`
	Ask   string `yaml:"ask" json:"ask"`
	Hint  string `yaml:"hint" json:"hint,omitempty"`
	Say   string `yaml:"say" json:"say"`
	Quote bool   `yaml:"quote" json:"quote,omitempty"` // the answer is given as the colleague's own words
	Need  bool   `yaml:"need" json:"need,omitempty"`   // a draft needs it
}

// BackgroundCheck is one thing to look for in a picture.
type BackgroundCheck struct {
	ID   string `yaml:"id" json:"id"`
	Text string `yaml:"text" json:"text"`
}

type occasionFile struct {
	Checked   string     `yaml:"checked"`
	Occasions []Occasion `yaml:"occasions"`
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

// Questions is the story sheet of an occasion.
func Questions(occasion string) []Question {
	o, _ := OccasionByID(occasion)
	return slices.Clone(o.Questions)
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
