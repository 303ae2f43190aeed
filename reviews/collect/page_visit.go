package collect

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/url"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// pageSource is the source of a page by its address. One with a key in it goes to the keychain.
func pageSource(values reviews.Options) (reviews.Source, string, error) {
	address := asAddress(values["address"])
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return reviews.Source{}, "", fmt.Errorf("%q is not the address of a web page", values["address"])
	}
	if u.User != nil {
		return reviews.Source{}, "", errors.New("The address holds a password. Pages behind a login are not visited; use the sweep for them")
	}
	if len(secretsOf(address)) == 0 {
		return reviews.Source{Address: address, Site: siteOf(address), Options: values}, "", nil
	}
	values = maps.Clone(values)
	values["address"] = redacted(u, u.Path)
	return reviews.Source{Address: values["address"], Site: siteOf(address), Options: values}, address, nil
}

// askPage gets one page, if its site allows that. The answer is nil when the page is as it was.
func (c *Collector) askPage(ctx context.Context, v visiting, got *answer) (*fetch.Response, error) {
	address := v.source.Address
	if v.secret != "" {
		address = v.secret
	}
	if err := c.mayRead(ctx, address, v); err != nil {
		return nil, err
	}
	request := fetch.Request{URL: address, Why: why(v), AllowPrivate: v.source.AllowPrivate}
	if !v.fresh {
		request.ETag, request.Modified = v.source.ETag, v.source.Modified
	}
	response, err := c.Fetch.Get(ctx, request)
	if response != nil {
		got.visit.Status, got.visit.Retry = response.Status, response.RetryAfter
	}
	if err != nil {
		return nil, err
	}
	if response.Unchanged() {
		got.visit.Unchanged = true
		return nil, nil
	}
	if !sameHost(address, response.URL) { // the site it was sent on to has rules of its own
		if err := c.mayRead(ctx, response.URL, visiting{now: v.now}); err != nil {
			return nil, err
		}
	}
	if kind, _ := shapeOf(decode(response.Body, response.Type)); kind == shapeJSON || kind == shapeEmpty {
		return nil, fmt.Errorf("There is no web page at %s", v.source.Address)
	}
	if v.secret == "" {
		got.visit.Address = moved(address, response.Moved)
	}
	got.visit.ETag, got.visit.Modified = response.ETag, response.Modified
	return response, nil
}

// marked puts the hash of what the source sent on each entry.
func marked(entries []reviews.Found, body []byte) []reviews.Found {
	sum := sha256.Sum256(body)
	for i := range entries {
		entries[i].Payload = sum[:]
	}
	return entries
}
