package collect

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/fetch"
	"goodword/reviews"
)

// Looked is what stands at an address or in a file, before anything is stored.
type Looked struct {
	Address string          `json:"address"` // of the feed, which may be another than the one asked for
	Kind    string          `json:"kind"`    // "rss", "atom", "json", "opml", "csv", "xlsx", "takeout"
	Title   string          `json:"title"`
	Entries []reviews.Found `json:"entries"`
	Feeds   []Outline       `json:"feeds,omitempty"` // of an OPML list
}

// ErrNoFeedBehind says that a page has no feed.
var ErrNoFeedBehind = errors.New("This is a web page, and no feed was found behind it. Look on the site for a link called RSS, Atom or feed, and paste that address")

// Look reads an address or a file without storing anything. For a web page it finds the feed behind it.
func (c *Collector) Look(ctx context.Context, addressOrFile string, allowPrivate bool) (Looked, error) {
	addressOrFile = strings.TrimSpace(addressOrFile)
	if addressOrFile == "" {
		return Looked{}, errors.New("There is no address. Paste the address of a feed or of a web page")
	}
	if _, err := os.Stat(addressOrFile); err == nil {
		return c.lookAtFile(ctx, addressOrFile)
	}
	if filepath.IsAbs(addressOrFile) || strings.HasPrefix(addressOrFile, ".") {
		return Looked{Address: addressOrFile}, fmt.Errorf("There is no file %s", addressOrFile)
	}
	found, err := c.lookAtAddress(ctx, asAddress(addressOrFile), allowPrivate)
	return found, veilOver(secretsOf(addressOrFile), "").failure(err)
}

// asAddress completes what a person pasted; this computer's own servers speak http.
func asAddress(pasted string) string {
	address := webAddress(pasted)
	if u, err := url.Parse(address); err == nil && !strings.Contains(pasted, "://") {
		if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
			u.Scheme = "http"
			return u.String()
		}
	}
	return address
}

func (c *Collector) lookAtAddress(ctx context.Context, address string, allowPrivate bool) (Looked, error) {
	answer, found, err := c.feedAt(ctx, address, allowPrivate)
	if err == nil || !errors.Is(err, ErrPage) {
		return found, err
	}
	for _, candidate := range feedsOf(answer.Body, answer.Type, answer.URL) {
		// A page may name a feed on any host; leave to look inside the own network was given for the host of the page alone.
		leave := allowPrivate && sameHost(candidate, address)
		if _, found, err := c.feedAt(ctx, candidate, leave); err == nil {
			return found, nil
		} else if ctx.Err() != nil {
			return Looked{}, err
		}
	}
	return Looked{Address: address, Kind: "page"}, ErrNoFeedBehind
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && x.Host == y.Host
}

// feedAt reads one address as a feed. The answer comes back for ErrPage, so that the page can be searched.
func (c *Collector) feedAt(ctx context.Context, address string, allowPrivate bool) (*fetch.Response, Looked, error) {
	answer, err := c.Fetch.Get(ctx, fetch.Request{URL: address, Why: "look", AllowPrivate: allowPrivate})
	if err != nil {
		return nil, Looked{Address: address}, err
	}
	found := Looked{Address: address}
	if to := moved(address, answer.Moved); to != "" {
		found.Address = to
	}
	if kind, _ := shapeOf(decode(answer.Body, answer.Type)); kind == shapeOPML {
		found.Kind = "opml"
		return answer, found, ErrIsOPML
	}
	parsed, err := parseFeed(answer.Body, answer.Type, answer.URL, c.Now())
	if err != nil {
		return answer, found, err
	}
	found.Kind, found.Title, found.Entries = parsed.kind, parsed.title, parsed.entries
	if parsed.cut {
		return answer, found, errCutOff
	}
	return answer, found, nil
}

func (c *Collector) lookAtFile(ctx context.Context, file string) (Looked, error) {
	f, err := openFile(file)
	if err != nil {
		return Looked{Address: file}, err
	}
	if kind, _ := shapeOf(f.text); kind == shapeXML || kind == shapeJSON || kind == shapeOPML {
		body, err := f.body()
		if err != nil {
			return Looked{Address: file}, err
		}
		switch kind {
		case shapeXML:
			return c.parsedFile(file, body)
		case shapeJSON:
			if found, err := c.parsedFile(file, body); err == nil {
				return found, nil
			}
		case shapeOPML:
			list, err := ReadOPML(strings.NewReader(string(body)))
			return Looked{Address: file, Kind: "opml", Title: filepath.Base(file), Feeds: list}, err
		}
	}
	preview, err := c.Preview(ctx, file, nil, "")
	if err == nil && preview.Format == formatPage && len(preview.Found) == 0 {
		err = ErrNoReviews
	}
	return Looked{Address: file, Kind: preview.Format, Title: filepath.Base(file), Entries: preview.Found}, err
}

func (c *Collector) parsedFile(file string, body []byte) (Looked, error) {
	parsed, err := parseFeed(body, "", "", c.Now())
	if err == nil && parsed.cut {
		err = errCutOff
	}
	return Looked{Address: file, Kind: parsed.kind, Title: parsed.title, Entries: parsed.entries}, err
}

// AddOptions are what a person says about a new source.
type AddOptions struct {
	Name         string   // empty: the feed's own title
	Match        []string // watch words of this source; empty: those of the practice
	All          bool     // every entry is about the practice
	AllowPrivate bool
	Every        int // minutes between visits; 0: the usual
}

// Add looks at an address and adds the feed that is there or behind it, as the kind of source that knows such addresses. The error for an address
// that does not work says why.
func (c *Collector) Add(ctx context.Context, address string, o AddOptions, by audit.Actor) (reviews.Source, error) {
	if _, err := os.Stat(strings.TrimSpace(address)); err == nil {
		return reviews.Source{}, fmt.Errorf("%s is a file. Import it in place of adding it as a source", address)
	}
	if kind, values, ok := Recognise(address); ok {
		draft, err := c.LookKind(ctx, kind.ID, values, o.AllowPrivate)
		if err != nil && !errors.Is(err, errCutOff) {
			return reviews.Source{}, err
		}
		return c.AddDraft(ctx, draft, o, by)
	}
	found, err := c.Look(ctx, address, o.AllowPrivate)
	if err != nil && !errors.Is(err, errCutOff) {
		return reviews.Source{}, err
	}
	draft, err := draftOf(found.Address, o.AllowPrivate)
	if err != nil {
		return reviews.Source{}, err
	}
	draft.Title = found.Title
	return c.AddDraft(ctx, draft, o, by)
}

// draftOf is a source by its address alone, without a look.
func draftOf(address string, allowPrivate bool) (Draft, error) {
	_, draft, err := fill(reviews.KindFeed, reviews.Options{"address": address}, allowPrivate)
	return draft, err
}

// tidyWords splits what was written with commas and drops what is empty.
func tidyWords(words []string) []string {
	var list []string
	for _, w := range words {
		for _, part := range strings.Split(w, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
	}
	return list
}

// About keeps the entries that are about the practice by the watch words given, or by those of the practice.
func (c *Collector) About(ctx context.Context, entries []reviews.Found, match []string) ([]reviews.Found, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	about := newMatcher(reviews.Source{Match: tidyWords(match)}, p.WatchWords)
	var kept []reviews.Found
	for _, f := range entries {
		if about.about(f) {
			kept = append(kept, f)
		}
	}
	return kept, nil
}
