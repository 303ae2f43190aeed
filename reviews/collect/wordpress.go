package collect

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// wordpressKind is a site made with WordPress: what it publishes, or what its readers say below.
var wordpressKind = Kind{
	ID: "wordpress", Title: "WordPress site", Group: GroupFeeds, Every: 60, Retention: reviews.Own, feed: true,
	Help: "Comments on your own site, or the posts of a local blog, if the site is made with WordPress.\n" +
		"1. Open the site and copy the address of its first page.\n" +
		"2. Choose what you want to follow. For both, add the site twice.\n" +
		"For your own site tick “Everything it says is about us”.",
	Fields: []Field{{Name: "site", Label: "Address of the site", Example: "https://www.brightharbor.example"},
		{Name: "what", Label: "What to follow", Choices: []string{whatComments, whatPosts}}},
	prepare: prepareWordPress,
	ask:     askWordPress,
}

const (
	whatComments = "Comments of readers"
	whatPosts    = "Posts of the site"
)

func prepareWordPress(values reviews.Options) (reviews.Source, string, error) {
	u, err := url.Parse(asAddress(values["site"]))
	if err != nil || u.Hostname() == "" {
		return reviews.Source{}, "", errors.New("This is not the address of a site. It looks like https://www.brightharbor.example")
	}
	folder := strings.TrimSuffix(u.Path, "/")
	for _, end := range []string{"/comments/feed", "/feed", "/index.php", "/wp-admin", "/wp-login.php"} {
		folder = strings.TrimSuffix(folder, end)
	}
	path := folder + "/feed/"
	if values["what"] == whatComments {
		path = folder + "/comments/feed/"
	}
	home := url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}
	return reviews.Source{Address: home.String(), Site: siteOf(home.String())}, "", nil
}

// askWordPress visits the feed of a site. A person may have given the address of any of its pages, and sites without speaking addresses have the
// feed at another place; a look finds out.
func askWordPress(ctx context.Context, c *Collector, v visiting) (answer, error) {
	if v.source.Options["what"] == whatComments {
		// WordPress dates this feed by its newest comment: an older one that was approved or edited since would hide behind "not modified".
		v.source.ETag, v.source.Modified = "", ""
	}
	if !v.look {
		return askFeedAt(ctx, c, v, v.source.Address, parseFeed)
	}
	address := v.source.Address
	if home := c.wordpressHome(ctx, v); home != "" {
		site, _, err := prepareWordPress(reviews.Options{"site": home, "what": v.source.Options["what"]})
		if err != nil {
			return answer{}, err
		}
		address = site.Address
	}
	got, err := askFeedAt(ctx, c, v, address, parseFeed)
	if err != nil && (got.visit.Status == http.StatusNotFound || errors.Is(err, ErrPage)) && !errors.Is(err, fetch.ErrPrivate) {
		plain := plainFeed(address)
		if again, second := askFeedAt(ctx, c, v, plain, parseFeed); second == nil {
			got, err, address = again, nil, plain
		}
	}
	if err == nil && got.visit.Address == "" {
		got.visit.Address = address
	}
	return got, err
}

// plainFeed is where a site without speaking addresses has the feed.
func plainFeed(address string) string {
	u, _ := url.Parse(address) // prepareWordPress made it
	if strings.HasSuffix(u.Path, "/comments/feed/") {
		u.Path, u.RawQuery = strings.TrimSuffix(u.Path, "comments/feed/"), "feed=comments-rss2"
	} else {
		u.Path, u.RawQuery = strings.TrimSuffix(u.Path, "feed/"), "feed=rss2"
	}
	return u.String()
}

// wordpressHome asks the page that a person gave for the first page of its site. It is empty if that is the page already, or if the page does not say.
func (c *Collector) wordpressHome(ctx context.Context, v visiting) string {
	page := asAddress(v.source.Options["site"])
	if feed, _ := url.Parse(v.source.Address); feed.Path == "/feed/" || feed.Path == "/comments/feed/" {
		return ""
	}
	response, err := c.Fetch.Get(ctx, fetch.Request{URL: c.where(page), Why: why(v), AllowPrivate: v.source.AllowPrivate})
	if err != nil {
		return "" // the visit to the feed says what is wrong
	}
	home := homeNamedIn(decode(response.Body, response.Type), response.URL)
	if v.source.AllowPrivate && !sameHost(home, page) { // the leave is for this host alone
		return ""
	}
	return home
}

// homeNamedIn reads the link with which every page of a WordPress names the interface of its site, and with it the folder that the site is in.
func homeNamedIn(text []byte, address string) string {
	page := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch page.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := page.TagName()
			if !more || atom.Lookup(name) != atom.Link {
				continue
			}
			given := attributes(page)
			u, err := url.Parse(link(given["href"], address))
			if given["rel"] != "https://api.w.org/" || err != nil {
				continue
			}
			folder, _, found := strings.Cut(u.Path, "/wp-json")
			if !found && !u.Query().Has("rest_route") {
				return ""
			}
			home := url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(strings.TrimSuffix(folder, "/"), "/index.php") + "/"}
			return home.String()
		}
	}
}
