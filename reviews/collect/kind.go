package collect

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

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
	Every     int               `json:"every"` // minutes between visits, until the source has shown its rhythm
	Retention reviews.Retention `json:"retention"`
	Keeps     int               `json:"keeps,omitempty"` // hours that a restricted site lets its words be kept
	All       bool              `json:"all"`             // all it brings is about the practice, whatever words stand in it

	feed bool // its address is a feed, which other readers understand too

	// knows reads from a pasted address what the fields would be filled in with; nil: the kind cannot be told by an address.
	knows func(*url.URL) (reviews.Options, bool)
	// prepare makes the source of what was filled in. The value of the secret field is not put into the source: it comes back
	// apart, for the keychain, in the words in which prepare would take it again.
	prepare func(values reviews.Options) (source reviews.Source, secret string, err error)
	// ask makes one visit and stores nothing.
	ask func(ctx context.Context, c *Collector, v visiting) (answer, error)
	// wait ends without an error when the server says that there is news since the last visit; nil: servers of the kind do not tell.
	wait func(ctx context.Context, c *Collector, v visiting) error
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
	Lines    bool     `json:"lines,omitempty"`   // text of several lines
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
	matched bool          // what is not about the practice is left out already
	ignored int           // how many entries were left out, for they are not about the practice
	cut     bool          // the end is missing: what came is kept, and the rest asked for again
}

// Kinds are all kinds of sources, in the order in which they are offered.
func Kinds() []Kind { return slices.Clone(kinds) }

var kinds []Kind

func init() {
	kinds = []Kind{
		feedKind,
		googleAlertsKind,
		googleNewsKind,
		bingNewsKind,
		wordpressKind,
		secretFeedKind,
		redditKind,
		youtubeKind,
		mastodonTagKind,
		blueskyProfileKind,
		lemmyKind,
		hackerNewsKind,
		appStoreKind,
		imapKind,
		pageKind,
		changeKind,
		careOpinionKind,
		nhsKind,
		blueskyKind,
		mastodonSearchKind,
		mastodonAccountTagKind,
		placesKind,
		yelpKind,
		sweepKind,
	}
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

// visited reports whether sources of the kind are visited. What may not be stored is only asked for when a person looks.
func (k Kind) visited() bool { return k.ask != nil && k.Retention != reviews.NoStore }

// check fills in the usual choices, and says which field is missing or is none of the choices.
func (k Kind) check(values reviews.Options) (reviews.Options, error) {
	full := reviews.Options{}
	for name := range values {
		if !slices.ContainsFunc(k.Fields, func(f Field) bool { return f.Name == name }) {
			return nil, fmt.Errorf("%s does not ask for %q. It asks for: %s", k.Title, name, strings.Join(k.names(), ", "))
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

// checkKeys refuses an address with a key or a password in it where it would be stored for all to read.
func (k Kind) checkKeys(values reviews.Options) error {
	if k.ID == pageKind.ID || k.ID == changeKind.ID {
		return nil
	}
	for _, f := range k.Fields {
		if !f.Secret && len(secretsOf(values[f.Name])) > 0 {
			return fmt.Errorf("%s has a key or a password in it, which %q would store for all to read. Give it without the key, or add it as %q, which keeps it in the keychain",
				f.Label, k.Title, secretFeedKind.Title)
		}
	}
	return nil
}

func (k Kind) names() []string {
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return names
}

// secretField is the name of the field that is kept in the keychain; empty: none.
func (k Kind) secretField() string {
	for _, f := range k.Fields {
		if f.Secret {
			return f.Name
		}
	}
	return ""
}

func lowerFirst(text string) string {
	if text == "" || len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' { // an abbreviation
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
