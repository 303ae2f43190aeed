package collect

import (
	"context"
	"crypto/sha256"
	"errors"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// feedKind is any feed by its address: RSS, RDF, Atom or JSON Feed.
var feedKind = Kind{
	ID: kindFeed, Title: "Feed", Group: GroupFeeds, Every: 60, Retention: reviews.Own,
	Help:   "Paste the address of a feed, or of any page: the feed behind it is found.",
	Fields: []Field{{Name: "address", Label: "Address", Example: "https://"}},
	ask:    askFeed,
}

// errNotVisited says why a source has no visits.
var errNotVisited = errors.New("This source is a file that was imported. There is nothing to visit; import the file again")

// askFeed gets a feed, by its secret address where it has one, and reads it.
func askFeed(ctx context.Context, c *Collector, v visiting) (answer, error) {
	address := v.source.Address
	if v.secret != "" {
		address = v.secret
	}
	request := fetch.Request{URL: address, Why: why(v), AllowPrivate: v.source.AllowPrivate}
	if !v.fresh {
		request.ETag, request.Modified = v.source.ETag, v.source.Modified
	}
	var got answer
	response, err := c.Fetch.Get(ctx, request)
	if response != nil {
		got.visit.Status, got.visit.Retry = response.Status, response.RetryAfter
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
	parsed, err := parseFeed(response.Body, response.Type, response.URL, v.now)
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

// why is what the network ledger says about a request.
func why(v visiting) string {
	if v.look {
		return "look"
	}
	return "collect"
}
