package collect

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

// Kind is one kind of source: what a person fills in to add one, and how a visit to it goes. Each stands in a file of its own and is listed
// in Kinds.
type Kind struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Group     string            `json:"group"` // under which heading it is offered
	Help      string            `json:"help"`  // where to find what the fields ask for
	Fields    []Field           `json:"fields"`
	Every     int               `json:"every"` // minutes between visits, until the source has shown its rhythm; 0: it is never visited
	Retention reviews.Retention `json:"retention"`
	Keeps     int               `json:"keeps,omitempty"` // hours that a restricted site lets its words be kept
	All       bool              `json:"all"`             // all it brings is about the practice, whatever words stand in it

	// prepare makes the source of what was filled in. A secret value is not put into the source: it comes back apart, for the keychain.
	prepare func(values reviews.Options) (source reviews.Source, secret string, err error)
	// ask makes one visit and stores nothing.
	ask func(ctx context.Context, c *Collector, v visiting) (answer, error)
}

// The headings under which kinds are offered.
const (
	GroupFeeds    = "Feeds and searches"
	GroupMail     = "E-mail alerts"
	GroupPages    = "Web pages"
	GroupHealth   = "Health services (UK)"
	GroupNetworks = "Social networks"
	GroupReviews  = "Review sites"
	GroupByHand   = "By hand"
)

// Field is one thing to fill in.
type Field struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Help     string   `json:"help,omitempty"`
	Example  string   `json:"example,omitempty"`
	Secret   bool     `json:"secret,omitempty"` // kept in the system's keychain, never shown again
	Optional bool     `json:"optional,omitempty"`
	Choices  []string `json:"choices,omitempty"` // one of these; the first is the usual one
}

// visiting is what a visit starts from.
type visiting struct {
	source reviews.Source
	secret string // its password or secret address
	fresh  bool   // ask for everything: conditions of the last answer do not hold
	look   bool   // a person looks before adding; nothing is stored
	now    time.Time
}

// answer is what a visit brought, before anything is matched or stored.
type answer struct {
	kind    string // what was found: "rss", "atom", "json", "mail", "page", …
	title   string
	entries []reviews.Found
	visit   reviews.Visit // Status, Retry, ETag, Modified, Hash, State, Rating, Complete, Unchanged and Address are filled in
	cut     bool          // the end is missing: what came is kept, and the rest asked for again
}

// Kinds are all kinds of sources, in the order in which they are offered.
func Kinds() []Kind { return slices.Clone(kinds) }

var kinds []Kind

func init() {
	kinds = []Kind{feedKind, pageKind, changeKind}
}

// Visited reports whether sources of a kind are visited, and not brought in by a file or by hand.
func Visited(id string) bool {
	kind, ok := kindOf(id)
	return ok && kind.visited()
}

// kindOf is the kind with an id. Sources of files and of the keyboard have none: they are never visited.
func kindOf(id string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// visited reports whether sources of the kind are visited.
func (k Kind) visited() bool { return k.ask != nil }

// check fills in the usual choices, and says which field is missing or is none of the choices.
func (k Kind) check(values reviews.Options) (reviews.Options, error) {
	full := reviews.Options{}
	for name := range values {
		if !slices.ContainsFunc(k.Fields, func(f Field) bool { return f.Name == name }) {
			return nil, fmt.Errorf("%s does not ask for %q", k.Title, name)
		}
	}
	for _, f := range k.Fields {
		value := strings.TrimSpace(values[f.Name])
		if value == "" && len(f.Choices) > 0 {
			value = f.Choices[0]
		}
		switch {
		case value == "" && !f.Optional:
			return nil, fmt.Errorf("%s needs %s", k.Title, lowerFirst(f.Label))
		case value != "" && len(f.Choices) > 0 && !slices.Contains(f.Choices, value):
			return nil, fmt.Errorf("%s has to be one of: %s", f.Label, strings.Join(f.Choices, ", "))
		case value != "":
			full[f.Name] = value
		}
	}
	return full, nil
}

func lowerFirst(text string) string {
	if text == "" || len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' { // an abbreviation
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// Draft is a source that was filled in and looked at, and is not stored yet.
type Draft struct {
	Looked
	Source reviews.Source
	secret string
}

// LookKind looks at a source of a kind as it was filled in, without storing anything.
func (c *Collector) LookKind(ctx context.Context, id string, values reviews.Options, allowPrivate bool) (Draft, error) {
	kind, ok := kindOf(id)
	if !ok || kind.prepare == nil {
		return Draft{}, fmt.Errorf("There is no kind of source called %q", id)
	}
	values, err := kind.check(values)
	if err != nil {
		return Draft{}, err
	}
	source, secret, err := kind.prepare(values)
	if err != nil {
		return Draft{}, err
	}
	source.Kind, source.AllowPrivate = kind.ID, allowPrivate
	if source.Retention == "" {
		source.Retention, source.Keeps = kind.Retention, kind.Keeps
	}
	source.All, source.Every = source.All || kind.All, kind.Every
	draft := Draft{Source: source, secret: secret, Looked: Looked{Address: source.Address, Kind: kind.ID, Title: source.Name}}
	if !kind.visited() {
		return draft, nil
	}
	found, err := kind.ask(ctx, c, visiting{source: source, secret: secret, fresh: true, look: true, now: c.Now()})
	if err != nil && !found.cut {
		return draft, err
	}
	draft.Entries = found.entries
	if draft.Title == "" {
		draft.Title = found.title
	}
	if found.visit.Address != "" && secret == "" {
		draft.Address, draft.Source.Address = found.visit.Address, found.visit.Address
	}
	return draft, nil
}

// errNoSecret says that the keychain no longer has what a source needs.
var errNoSecret = errors.New("The password or secret address of this source is not in this computer's keychain. Open the source and enter it again")

// AddDraft stores a source that LookKind made, with its secret in the keychain.
func (c *Collector) AddDraft(ctx context.Context, d Draft, o AddOptions, by audit.Actor) (reviews.Source, error) {
	s := d.Source
	if s.Name = o.Name; s.Name == "" {
		s.Name = d.Title
	}
	s.Match = tidyWords(o.Match)
	s.All = s.All || o.All
	if o.Every > 0 {
		s.Every = o.Every
	}
	if d.secret != "" {
		s.Secret = "source " + rand.Text()
		if err := c.Secrets.Set(s.Secret, d.secret); err != nil {
			return s, err
		}
	}
	added, err := c.Store.AddSource(ctx, s, by)
	if err != nil && d.secret != "" {
		err = errors.Join(err, c.Secrets.Delete(s.Secret))
	}
	return added, err
}
