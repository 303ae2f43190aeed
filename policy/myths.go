package policy

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Myth is a common error about health with a short statement that holds. A clinician of the practice approves it before it is used.
type Myth struct {
	ID          string   `yaml:"id" json:"id"`
	Topic       string   `yaml:"topic" json:"topic"`
	Named       string   `yaml:"named" json:"named,omitempty"` // what it is about, in the words of an answer; else the topic
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

// MythUse is one place in which a statement about health was said.
type MythUse struct {
	Kind  MythPlace `json:"kind"`
	ID    int64     `json:"id"` // of the mention or of the spotlight
	Title string    `json:"title,omitempty"`
	State string    `json:"state"` // how far the reply or the post is
	At    time.Time `json:"at"`    // its last change
}

// MythPlace is the kind of place in which a statement is said.
type MythPlace string

// The places.
const (
	UsedInReply MythPlace = "reply"
	UsedInPost  MythPlace = "post"
)

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
func FindMyths(words string) []Myth { return FindMythsIn(Myths(), words) }

// FindMythsIn is FindMyths among those given.
func FindMythsIn(all []Myth, words string) []Myth {
	wanted := strings.Fields(strings.ToLower(words))
	return slices.DeleteFunc(slices.Clone(all), func(m Myth) bool {
		text := strings.ToLower(m.Topic + " " + m.Myth + " " + m.Correct + " " + strings.Join(m.Disciplines, " "))
		return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(text, w) })
	})
}

// Parts is the statement in two, so that it can be said before and after the error without the same words twice. One that cannot be parted has no
// second part.
func (m Myth) Parts() (first, again string) {
	for _, cut := range []string{". ", "; "} {
		if before, after, found := strings.Cut(m.Correct, cut); found && len(strings.Fields(after)) > 2 {
			return closed(before), closed(strings.ToUpper(after[:1]) + after[1:])
		}
	}
	return closed(m.Correct), ""
}

// Sentence is the error as one sentence.
func (m Myth) Sentence() string { return closed(m.Myth) }

// Naming says that the error is one, without repeating it as a claim.
func (m Myth) Naming() string {
	return "A common belief about " + cmp.Or(m.Named, m.Topic) + " is mistaken."
}

// Link is the one page that an answer names: the first of the two sources that is on the site of a trusted one. A news page says where a statement was
// read, and its address may carry the very words of the error.
func (m Myth) Link() string {
	for _, page := range []string{m.URL, m.SecondURL} {
		if Trusted(page) {
			return page
		}
	}
	return m.URL
}

// Trusted reports whether a page is on the site of a trusted source.
func Trusted(page string) bool {
	host := hostOf(page)
	return host != "" && slices.ContainsFunc(myths().Trusted, func(s TrustedSource) bool {
		site := hostOf(s.URL)
		return host == site || strings.HasSuffix(host, "."+site)
	})
}

func hostOf(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// Statements are the words of an answer that a clinician stands behind when they approve it.
func (m Myth) Statements() []string {
	first, again := m.Parts()
	return slices.DeleteFunc([]string{m.Naming(), first, again, m.Link()}, func(words string) bool { return words == "" })
}

func closed(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}
