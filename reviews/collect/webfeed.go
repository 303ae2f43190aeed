package collect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// feedKind is any feed by its address: RSS, RDF, Atom or JSON Feed.
var feedKind = Kind{
	ID: reviews.KindFeed, Title: "Any address", Group: GroupFeeds, Every: 60, Retention: reviews.Own, feed: true,
	Help: "Paste the address of a feed, or of any page: the feed behind it is found.\n" +
		"Many sites show a link called RSS or Feed at the foot of the page. Often it is enough to paste the address of the page itself.",
	Fields:  []Field{{Name: "address", Label: "Address", Example: "https://"}},
	prepare: prepareFeed,
	ask:     askOrSearch,
}

// secretFeedKind is a feed whose address lets anybody in who knows it.
var secretFeedKind = Kind{
	ID: "secret-feed", Title: "Private feed", Group: GroupFeeds, Every: 60, Retention: reviews.Own,
	Help: "For a feed that is only yours: its address has a key, a token or a password in it.\n" +
		"Treat the address like a password. Goodword keeps it in this computer's keychain and never shows it again.",
	Fields:  []Field{{Name: "address", Label: "Secret address", Example: "https://", Secret: true}},
	prepare: prepareSecretFeed,
	ask:     askFeed,
	knows:   knowsSecretFeed,
}

func prepareFeed(values reviews.Options) (reviews.Source, string, error) {
	address := asAddress(values["address"])
	return reviews.Source{Address: address, Site: siteOf(address), Options: reviews.Options{}}, "", nil
}

func prepareSecretFeed(values reviews.Options) (reviews.Source, string, error) {
	address, err := secretAddress(values["address"])
	if err != nil {
		return reviews.Source{}, "", err
	}
	return reviews.Source{Address: redacted(address, "/"), Site: siteOf(address.String())}, address.String(), nil
}

// knowsSecretFeed finds a password or a key in an address.
func knowsSecretFeed(u *url.URL) (reviews.Options, bool) {
	return reviews.Options{"address": u.String()}, len(secretsOf(u.String())) > 0
}

// errSecretAddress does not repeat what was pasted: it may be a secret with a slip in it.
var errSecretAddress = errors.New("This is not a whole web address. Copy the address again; it starts with https://")

// secretAddress reads an address that no error may show.
func secretAddress(pasted string) (*url.URL, error) {
	u, err := url.Parse(asAddress(pasted))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") && u.Hostname() != "localhost" {
		return nil, errSecretAddress
	}
	return u, nil
}

// redacted is what is shown of a secret address: where it leads, and a mark by which two of them differ.
func redacted(u *url.URL, path string) string {
	sum := sha256.Sum256([]byte(u.String()))
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: path + "~" + hex.EncodeToString(sum[:3])}
	return shown.String()
}

// errNotVisited says why a source has no visits.
var errNotVisited = errors.New("This source is a file that was imported. There is nothing to visit; import the file again")

// askOrSearch is askFeed, but a person who looks may have given the address of a page: then the feed behind it is found.
func askOrSearch(ctx context.Context, c *Collector, v visiting) (answer, error) {
	if !v.look {
		return askFeed(ctx, c, v)
	}
	found, err := c.lookAtAddress(ctx, v.source.Address, v.source.AllowPrivate)
	return answer{kind: found.Kind, title: found.Title, entries: found.Entries, visit: reviews.Visit{Address: found.Address}, cut: errors.Is(err, errCutOff)}, err
}

// askFeed gets a feed, by its secret address where it has one, and reads it.
func askFeed(ctx context.Context, c *Collector, v visiting) (answer, error) {
	address := v.source.Address
	if v.secret != "" {
		address = v.secret
	}
	return askFeedAt(ctx, c, v, address, parseFeed)
}

// parser reads the bytes of an answer.
type parser func(body []byte, contentType, address string, now time.Time) (feed, error)

// askFeedAt gets one address and has it read.
func askFeedAt(ctx context.Context, c *Collector, v visiting, address string, parse parser) (answer, error) {
	request := fetch.Request{URL: c.where(address), Why: why(v), AllowPrivate: v.source.AllowPrivate}
	if !v.fresh {
		request.ETag, request.Modified = v.source.ETag, v.source.Modified
	}
	var got answer
	response, err := c.Fetch.Get(ctx, request)
	if response != nil {
		got.visit.Status, got.visit.Retry = response.Status, max(response.RetryAfter, spent(response.Header))
	}
	if err != nil {
		return got, err
	}
	if response.Unchanged() {
		got.visit.Unchanged = true
		return got, nil
	}
	sum := sha256.Sum256(response.Body)
	got.visit.Hash = printed(sum)
	if !v.fresh && sameHash(v.source.Hash, got.visit.Hash) {
		got.visit.Unchanged = true
		return got, nil
	}
	parsed, err := parse(response.Body, response.Type, response.URL, v.now)
	if err != nil {
		got.visit.Hash = ""
		return got, err
	}
	if v.secret == "" {
		got.visit.Address = moved(address, response.Moved)
	}
	got.visit.ETag, got.visit.Modified = response.ETag, response.Modified
	got.kind, got.title, got.entries, got.cut = parsed.kind, parsed.title, parsed.entries, parsed.cut
	for i := range got.entries {
		got.entries[i].Payload = sum[:]
	}
	return got, nil
}

// shaped is a parser that gives each entry of a feed the form of its site.
func shaped(shape func(*reviews.Found)) parser {
	return func(body []byte, contentType, address string, now time.Time) (feed, error) {
		parsed, err := parseFeed(body, contentType, address, now)
		for i := range parsed.entries {
			shape(&parsed.entries[i])
		}
		return parsed, err
	}
}

// askShaped visits the address of a source whose entries have the form of its site.
func askShaped(shape func(*reviews.Found)) func(context.Context, *Collector, visiting) (answer, error) {
	return func(ctx context.Context, c *Collector, v visiting) (answer, error) {
		return askFeedAt(ctx, c, v, v.source.Address, shaped(shape))
	}
}

// longestReset is how long a server may have us wait with X-RateLimit-Reset.
const longestReset = 24 * time.Hour

// spent reads the headers by which a server says that the requests of this hour are used up, and in how many seconds there are new ones.
func spent(header http.Header) time.Duration {
	left, err := strconv.ParseFloat(header.Get("X-Ratelimit-Remaining"), 64)
	if err != nil || left >= 1 {
		return 0
	}
	seconds, err := strconv.ParseFloat(header.Get("X-Ratelimit-Reset"), 64)
	if err != nil || seconds <= 0 || seconds > longestReset.Seconds() { // others send a date here
		return 0
	}
	return time.Duration(seconds * float64(time.Second))
}

// why is what the network ledger says about a request.
func why(v visiting) string {
	if v.look {
		return "look"
	}
	return "collect"
}
