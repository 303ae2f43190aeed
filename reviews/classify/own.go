package classify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
)

// Lists are what a practice changed in the lists of topics: its own copy lies over ours and says only where the two differ.
type Lists struct {
	Topics []OwnTopic `yaml:"topics" json:"topics,omitempty"`
}

// OwnTopic is a topic of the practice's own, or what it changed in one of ours.
type OwnTopic struct {
	ID        string   `yaml:"id" json:"id"`
	Label     string   `yaml:"label,omitempty" json:"label,omitempty"` // empty: as ours is called
	Off       bool     `yaml:"off,omitempty" json:"off,omitempty"`
	About     []string `yaml:"about,omitempty" json:"about,omitempty"`         // phrases that tell the topic
	Complaint []string `yaml:"complaint,omitempty" json:"complaint,omitempty"` // and that something is wrong there
	Praise    []string `yaml:"praise,omitempty" json:"praise,omitempty"`       // and that it is good
	Without   []string `yaml:"without,omitempty" json:"without,omitempty"`     // phrases of ours that do not count here
}

// Empty reports whether nothing is changed in the topic.
func (t OwnTopic) Empty() bool {
	return t.Label == "" && !t.Off && len(t.About)+len(t.Complaint)+len(t.Praise)+len(t.Without) == 0
}

const (
	ownPrefix   = "own_"
	mostPhrases = 2000 // of one practice
	longestName = 60
)

// Of finds what the lists say of a topic; without a word it is the topic as it comes.
func (l Lists) Of(id string) OwnTopic {
	for _, t := range l.Topics {
		if t.ID == id {
			return t
		}
	}
	return OwnTopic{ID: id}
}

// With puts a topic in the place of the one with its id, or adds it.
func (l Lists) With(t OwnTopic) Lists {
	topics := slices.Clone(l.Topics)
	at := slices.IndexFunc(topics, func(o OwnTopic) bool { return o.ID == t.ID && t.ID != "" })
	if at < 0 {
		return Lists{append(topics, t)}
	}
	topics[at] = t
	return Lists{topics}
}

// Without takes away what the lists say of a topic: one of the practice's own is gone, one of ours is again as it comes.
func (l Lists) Without(id string) Lists {
	return Lists{slices.DeleteFunc(slices.Clone(l.Topics), func(t OwnTopic) bool { return t.ID == id })}
}

// Ready tidies the lists and says in a sentence what cannot be kept.
func (l Lists) Ready() (Lists, error) {
	ours := Default()
	var ready Lists
	phrases, names := 0, map[string]bool{}
	for _, t := range ours.topics {
		names[strings.ToLower(t.Label)] = true
	}
	probe := newTrie()
	for _, t := range l.Topics {
		t.Label, t.ID = strings.Join(strings.Fields(t.Label), " "), strings.TrimSpace(t.ID)
		base, known := ours.Topic(t.ID)
		switch {
		case known && (t.Label == base.Label || t.Label == ""):
			t.Label = ""
		case t.Label == "":
			return l, fmt.Errorf("A topic needs a name")
		case len(t.Label) > longestName:
			return l, fmt.Errorf("The name %q is too long; %d letters are room enough", t.Label, longestName)
		case names[strings.ToLower(t.Label)]:
			return l, fmt.Errorf("There is a topic called %q already", t.Label)
		}
		if !known && t.ID == "" {
			t.ID = ownID(t.Label, ready)
		}
		if !known && !strings.HasPrefix(t.ID, ownPrefix) {
			return l, fmt.Errorf("There is no topic %q; one of your own begins with %q, or has no id yet", t.ID, ownPrefix)
		}
		if t.Label != "" {
			names[strings.ToLower(t.Label)] = true
		}
		for _, list := range []*[]string{&t.About, &t.Complaint, &t.Praise, &t.Without} {
			*list = tidy(*list)
			for _, p := range *list {
				err := probe.add(p, entry{role: about, language: "en"})
				if start, end := nextWord([]byte(bare(p)), 0); start == end && err == nil {
					err = errors.New("it has no word")
				}
				if err != nil {
					return l, fmt.Errorf("The phrase %q of %s cannot be used: %w", p, t.name(base), err)
				}
			}
			phrases += len(*list)
		}
		if !t.Empty() {
			ready.Topics = append(ready.Topics, t)
		}
	}
	if phrases > mostPhrases {
		return l, fmt.Errorf("These are %d phrases; there is room for %d", phrases, mostPhrases)
	}
	if n := len(ours.topics) + len(ready.own()); n > mostTopics {
		return l, fmt.Errorf("These would be %d topics; there is room for %d", n, mostTopics)
	}
	return ready, nil
}

func (t OwnTopic) name(base Topic) string {
	if t.Label != "" {
		return t.Label
	}
	return base.Label
}

// drops reports whether a phrase of ours does not count for the practice.
func (l Lists) drops(topic, phrase string) bool {
	if len(l.Topics) == 0 {
		return false
	}
	t := l.Of(topic)
	return t.Off || slices.Contains(t.Without, phrase)
}

// keep leaves out the topics that the practice switched off, whatever told them.
func (l Lists) keep(hits []TopicHit) []TopicHit {
	if len(l.Topics) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h TopicHit) bool { return l.Of(h.ID).Off })
}

// leaveOut tells whether words speak for a topic only as a phrase that the practice left out of it.
func (l Lists) leaveOut(topic, words string) bool {
	return slices.ContainsFunc(l.Of(topic).Without, func(phrase string) bool {
		stem := strings.TrimRight(phrase, "~*") // a mark stands for any ending
		return stem != phrase && strings.Contains(" "+words, " "+stem) || within(phrase, words) || within(words, phrase)
	})
}

// within tells whether words stand in other words.
func within(some, others string) bool { return strings.Contains(" "+others+" ", " "+some+" ") }

// own are the topics that the practice made.
func (l Lists) own() []OwnTopic {
	return slices.DeleteFunc(slices.Clone(l.Topics), func(t OwnTopic) bool { return !strings.HasPrefix(t.ID, ownPrefix) })
}

// ownID makes an id out of a name.
func ownID(label string, taken Lists) string {
	id := []byte(ownPrefix)
	for _, b := range []byte(bare(label)) {
		if b >= 'a' && b <= 'z' || b >= '0' && b <= '9' {
			id = append(id, b)
		} else if id[len(id)-1] != '_' {
			id = append(id, '_')
		}
	}
	name := strings.TrimRight(string(id), "_")
	for n := 2; slices.ContainsFunc(taken.Topics, func(t OwnTopic) bool { return t.ID == name }); n++ {
		name = fmt.Sprintf("%s_%d", strings.TrimRight(string(id), "_"), n)
	}
	return name
}

// tidy writes phrases with single spaces, each once.
func tidy(list []string) []string {
	var out []string
	for _, p := range list {
		if p = strings.ToLower(strings.Join(strings.Fields(p), " ")); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// WriteLists writes lists as YAML, to be kept or given to another practice.
func WriteLists(w io.Writer, l Lists) error {
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(l); err != nil {
		return fmt.Errorf("The topics cannot be written: %w", err)
	}
	return e.Close()
}

// ReadLists reads what WriteLists wrote.
func ReadLists(r io.Reader) (Lists, error) {
	var l Lists
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&l); err != nil && err != io.EOF {
		return l, fmt.Errorf("This is no file of topics: %w", err)
	}
	return l.Ready()
}

// ForPractice gives the classifier of a practice: our lists, what the practice changed in them, and what its corrections taught.
func ForPractice(lists Lists, lessons []Lesson) (*Classifier, error) {
	c := Default()
	if len(lists.Topics) > 0 {
		var err error
		if c, err = load(assets.FS, lists); err != nil {
			return nil, err
		}
	}
	own := *c
	own.taught = c.learn(lessons)
	return &own, nil
}

// addOwn takes over what the practice changed in the topics. Its phrases count in each language that is judged, and tell no language.
func (c *Classifier) addOwn(lists Lists) error {
	c.own = lists
	for _, own := range lists.Topics {
		at := slices.IndexFunc(c.topics, func(t Topic) bool { return t.ID == own.ID })
		if at < 0 {
			at = len(c.topics)
			c.topics = append(c.topics, Topic{ID: own.ID, Own: true})
		}
		t := &c.topics[at]
		if t.Off = own.Off; own.Label != "" {
			t.Label = own.Label
		}
		if own.Off {
			continue
		}
		t.Cues = slices.Concat(t.Cues, own.About, own.Complaint, own.Praise)
		for n, list := range [][]string{own.Complaint, own.About, own.Praise} {
			for _, phrase := range list {
				for _, code := range []string{"en", "es"} {
					if err := c.phrases.add(phrase, entry{role: about, language: code, topic: at, polarity: int8(n - 1), sure: true}); err != nil {
						return fmt.Errorf("The topic %s: %w", t.Label, err)
					}
				}
			}
		}
	}
	return nil
}

// Stamp tells what this classifier would answer from what another would: its version, the practice's lists and its lessons go into it.
func (c *Classifier) Stamp() string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(shipped()))
	for _, t := range c.own.Topics {
		if t.Label = ""; t.Empty() && !strings.HasPrefix(t.ID, ownPrefix) {
			continue // another name changes no answer
		}
		_, _ = fmt.Fprintf(h, "%s %v %q %q %q %q\n", t.ID, t.Off, t.About, t.Complaint, t.Praise, t.Without)
	}
	return fmt.Sprintf("%016x%016x", h.Sum64(), c.taught.stamp())
}

// shipped is a fingerprint of the lists and the model that come with the program: with another version, older mentions are judged anew.
var shipped = sync.OnceValue(func() string {
	h := sha256.New()
	for _, folder := range []string{"topics", "urgency", "languages", "sentiment", "words"} {
		_ = fs.WalkDir(assets.FS, folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				data, err := fs.ReadFile(assets.FS, path)
				_, _ = h.Write(data)
				return err
			}
			return err
		})
	}
	return hex.EncodeToString(h.Sum(nil))
})
