package classify

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
)

// The lists, as they stand in assets/topics, assets/urgency and assets/languages.

type meta struct {
	Checked string `yaml:"checked"`
}

type topicsFile struct {
	Meta   meta        `yaml:"meta"`
	Topics []topicFile `yaml:"topics"`
}

type topicFile struct {
	ID          string              `yaml:"id"`
	Label       string              `yaml:"label"`
	Description string              `yaml:"description"`
	Owner       string              `yaml:"owner"`
	Alone       bool                `yaml:"alone"`
	MapsTo      map[string]string   `yaml:"maps_to"`
	Source      string              `yaml:"source"`
	Checked     string              `yaml:"checked"`
	Cues        map[string]cuesFile `yaml:"cues"` // by language
}

type cuesFile struct {
	About     []string `yaml:"about"`
	Complaint []string `yaml:"complaint"`
	Praise    []string `yaml:"praise"`
}

type urgencyFile struct {
	Meta    meta         `yaml:"meta"`
	Signals []signalFile `yaml:"signals"`
}

type signalFile struct {
	ID           string        `yaml:"id"`
	Label        string        `yaml:"label"`
	Severity     Severity      `yaml:"severity"`
	FirstLook    string        `yaml:"first_look_within"`
	PublicReply  string        `yaml:"public_reply"`
	RouteTo      []string      `yaml:"route_to"`
	Steps        []string      `yaml:"steps"`
	DoNot        []string      `yaml:"do_not"`
	HoldingReply string        `yaml:"holding_reply"`
	Basis        string        `yaml:"legal_basis"`
	Source       []Source      `yaml:"source"`
	Status       string        `yaml:"status"`
	Examples     []string      `yaml:"phrase_examples"`
	FalseFriends []string      `yaml:"false_friends"`
	Patterns     []patternFile `yaml:"patterns"`
	OwnPatterns  []patternFile `yaml:"own_patterns"`
	Excuses      []string      `yaml:"excuses"`
}

// patternFile is a pattern, written as a plain string or with its exception.
type patternFile struct {
	Match string `yaml:"match"`
	After string `yaml:"skip_if_followed_by"`
}

// UnmarshalYAML takes both forms.
func (p *patternFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		p.Match = node.Value
		return nil
	}
	type full patternFile
	return node.Decode((*full)(p))
}

type detectFile struct {
	Languages []struct {
		Code  string `yaml:"code"`
		Words string `yaml:"words"`
	} `yaml:"languages"`
	English string `yaml:"english"`    // words that only tell English, with which its short texts are known
	Shared  string `yaml:"everywhere"` // English words that other languages have as well
}

type lexiconFile struct {
	Language  string              `yaml:"language"`
	Negators  []string            `yaml:"negators"`
	Boosters  map[string][]string `yaml:"boosters"` // by strength
	Contrasts []string            `yaml:"contrasts"`
	Weights   map[string][]string `yaml:"weights"` // by weight
	Spellings map[string]string   `yaml:"spellings"`
	Irony     ironyFile           `yaml:"irony"`
}

// Default gives the classifier of the lists that come with the program.
var Default = sync.OnceValue(func() *Classifier {
	c, err := Load(assets.FS)
	if err != nil {
		panic(err) // the lists are part of the program and a test loads them
	}
	return c
})

// Load reads the lists from topics/, urgency/ and languages/ of a file system, and the models from sentiment/ and
// urgency/.
func Load(fsys fs.FS) (*Classifier, error) { return load(fsys, Lists{}) }

// load reads the lists and what a practice changed in them, and the models.
func load(fsys fs.FS, own Lists) (*Classifier, error) {
	c, err := readLists(fsys, own)
	if err != nil {
		return nil, err
	}
	return c, c.loadModels(fsys)
}

// Untrained reads the lists without the models, for those who make the models: it reads texts and cannot judge them.
func Untrained(fsys fs.FS) (*Classifier, error) { return readLists(fsys, Lists{}) }

func readLists(fsys fs.FS, own Lists) (*Classifier, error) {
	c := &Classifier{phrases: newTrie(), spellings: map[string]string{}, misspelt: make([]bool, 1<<15)}
	known := map[string]map[string]bool{}
	for _, code := range []string{"en", "es"} {
		words, err := c.loadLexicon(fsys, code)
		if err != nil {
			return nil, err
		}
		known[code] = words
	}
	if err := c.loadTopics(fsys, known, own); err != nil {
		return nil, err
	}
	if err := c.addOwn(own); err != nil {
		return nil, err
	}
	if err := c.loadKinds(fsys); err != nil {
		return nil, err
	}
	if err := c.loadUrgency(fsys); err != nil {
		return nil, err
	}
	if err := c.loadLanguages(fsys, known); err != nil {
		return nil, err
	}
	var err error
	c.meanings, err = loadMeanings(fsys)
	return c, err
}

// loadModels reads the weights of the three models.
func (c *Classifier) loadModels(fsys fs.FS) error {
	weights, err := fs.ReadFile(fsys, "sentiment/model.bin")
	if err != nil {
		return fmt.Errorf("the sentiment model is not there: %w", err)
	}
	if c.model, err = readModel(weights); err != nil {
		return err
	}
	if weights, err = fs.ReadFile(fsys, "sentiment/topics.bin"); err != nil {
		return fmt.Errorf("the topic model is not there: %w", err)
	}
	if c.subjects, err = readSubjects(weights, subjectMagic, c.meanings); err != nil {
		return err
	}
	c.subjects.join(c.topics)
	if weights, err = fs.ReadFile(fsys, "urgency/model.bin"); err != nil {
		return fmt.Errorf("the urgency model is not there: %w", err)
	}
	c.alarms = &alarmModel{}
	if c.alarms.subjectModel, err = readSubjects(weights, alarmMagic, c.meanings); err != nil {
		return err
	}
	return c.alarms.join(c.signals)
}

func decode(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("the list %s is not there: %w", name, err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("the list %s cannot be read: %w", name, err)
	}
	return nil
}

// loadLexicon lists the words that carry or change a feeling, and returns the single words among them.
func (c *Classifier) loadLexicon(fsys fs.FS, code string) (map[string]bool, error) {
	name := "languages/" + code + ".yaml"
	var f lexiconFile
	if err := decode(fsys, name, &f); err != nil {
		return nil, err
	}
	words := map[string]bool{}
	add := func(phrase string, e entry) error {
		e.language = code
		if err := c.phrases.add(phrase, e); err != nil {
			return fmt.Errorf("the list %s: %w", name, err)
		}
		note(words, phrase, code)
		return nil
	}
	for _, p := range f.Negators {
		if err := add(p, entry{role: negates}); err != nil {
			return nil, err
		}
	}
	for _, p := range f.Contrasts {
		c.phrases.contrast[c.phrases.id(strings.TrimSpace(bare(p)))] = true
	}
	for r, groups := range []map[string][]string{feels: f.Weights, boosts: f.Boosters} {
		for _, value := range slices.Sorted(maps.Keys(groups)) {
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return nil, fmt.Errorf("the list %s has %q where a number belongs: %w", name, value, err)
			}
			for _, p := range groups[value] {
				if err := add(p, entry{role: role(r), value: v}); err != nil {
					return nil, err
				}
			}
		}
	}
	for what, list := range [][]string{mockPraise: f.Irony.Praise, plainFailure: f.Irony.Failure, sincere: f.Irony.Sincere} {
		for _, p := range list {
			if err := c.phrases.add(p, entry{role: irony, language: code, topic: what}); err != nil {
				return nil, fmt.Errorf("the list %s: %w", name, err)
			}
		}
	}
	for wrong, right := range f.Spellings {
		c.spellings[wrong] = right
		c.misspelt[threeLetters([]byte(wrong))] = true
	}
	return words, nil
}

// note keeps the words of a phrase as a sign of its language.
func note(words map[string]bool, phrase, code string) {
	for _, f := range strings.Fields(bare(phrase)) {
		switch stem := strings.TrimRight(f, "~*"); {
		case strings.HasSuffix(f, "~"):
			for _, form := range inflections(stem, code) {
				words[form] = true
			}
		case !strings.HasSuffix(f, "*"):
			words[stem] = true
		}
	}
}

func (c *Classifier) loadTopics(fsys fs.FS, known map[string]map[string]bool, own Lists) error {
	var f topicsFile
	if err := decode(fsys, "topics/topics.yaml", &f); err != nil {
		return err
	}
	if len(f.Topics) > mostTopics {
		return fmt.Errorf("the topic list has %d topics, more than the %d that fit", len(f.Topics), mostTopics)
	}
	for i, t := range f.Topics {
		topic := Topic{ID: t.ID, Label: t.Label, Description: t.Description, Owner: t.Owner, MapsTo: t.MapsTo,
			Source: t.Source, Checked: t.Checked, alone: t.Alone}
		if topic.Checked == "" {
			topic.Checked = f.Meta.Checked
		}
		for _, code := range []string{"en", "es"} {
			cues := t.Cues[code]
			for n, list := range [][]string{cues.Complaint, cues.About, cues.Praise} {
				for _, phrase := range list {
					if own.drops(t.ID, phrase) {
						continue
					}
					if err := c.phrases.add(phrase, entry{role: about, language: code, topic: i, polarity: int8(n - 1)}); err != nil {
						return fmt.Errorf("the topic %s: %w", t.ID, err)
					}
					note(known[code], phrase, code)
				}
			}
			topic.Cues = slices.Concat(topic.Cues, cues.About, cues.Complaint, cues.Praise)
		}
		for n := range topic.cue {
			topic.cue[n] = CueBucket(t.ID, int8(n-1))
		}
		c.topics = append(c.topics, topic)
	}
	return nil
}

func (c *Classifier) loadUrgency(fsys fs.FS) error {
	var f urgencyFile
	if err := decode(fsys, "urgency/signals.yaml", &f); err != nil {
		return err
	}
	for _, s := range f.Signals {
		if s.Severity.Rank() == 0 {
			return fmt.Errorf("the urgency signal %s has no severity", s.ID)
		}
		c.signals = append(c.signals, Signal{ID: s.ID, Label: s.Label, Severity: s.Severity, FirstLook: s.FirstLook,
			PublicReply: s.PublicReply, RouteTo: s.RouteTo, Steps: s.Steps, DoNot: s.DoNot, HoldingReply: s.HoldingReply,
			Basis: s.Basis, Sources: s.Source, Status: s.Status, Checked: f.Meta.Checked, Examples: s.Examples, FalseFriends: s.FalseFriends})
	}
	var err error
	if c.patterns, err = newPatternSet(f.Signals); err != nil {
		return err
	}
	if c.situated, err = loadSituations(fsys, c.signals); err != nil {
		return err
	}
	if c.names, err = loadNames(fsys); err != nil {
		return err
	}
	c.ill, err = loadHealth(fsys)
	return err
}

// loadLanguages builds the detector. Function words count most; a word of our own lists that belongs to one language only
// helps with the very short texts that have no function word.
func (c *Classifier) loadLanguages(fsys fs.FS, known map[string]map[string]bool) error {
	var f detectFile
	if err := decode(fsys, "languages/detect.yaml", &f); err != nil {
		return err
	}
	in := map[string]int{} // how many languages share a word
	for _, l := range f.Languages {
		for _, w := range strings.Fields(bare(l.Words)) {
			in[w]++
		}
	}
	for _, w := range strings.Fields(bare(f.English)) {
		c.phrases.id(w)
		known["en"][w] = true
	}
	shared := map[string]bool{}
	for _, w := range strings.Fields(bare(f.Shared)) {
		shared[w] = true
	}
	l := &languages{}
	weights := map[int32][]languageWord{}
	for i, lang := range f.Languages {
		l.codes = append(l.codes, lang.Code)
		for _, w := range strings.Fields(bare(lang.Words)) {
			id := c.phrases.id(w)
			weights[id] = append(weights[id], languageWord{int8(i), 1 / float32(in[w])})
		}
		for w := range known[lang.Code] {
			common := in[w] > 0 || shared[w] || lang.Code == "en" && known["es"][w] || lang.Code == "es" && known["en"][w]
			if id := c.phrases.words.of([]byte(w), hashWord([]byte(w))); id != 0 && !common {
				weights[id] = append(weights[id], languageWord{int8(i), 0.5})
			}
		}
	}
	if len(l.codes) > mostLanguages {
		return fmt.Errorf("the language list has %d languages, more than the %d that fit", len(l.codes), mostLanguages)
	}
	l.words = make([][]languageWord, len(c.phrases.first))
	for id, w := range weights {
		l.words[id] = w
	}
	l.english = make([]bool, len(c.phrases.first))
	for w, id := range c.phrases.words.all() {
		l.english[id] = known["en"][w]
	}
	for _, lang := range f.Languages {
		for _, w := range strings.Fields(bare(lang.Words)) {
			if lang.Code == "en" {
				l.english[c.phrases.id(w)] = true
			}
		}
	}
	c.languages = l
	return nil
}
