package collect

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

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

// askWordPress visits the feed of a site. Sites without speaking addresses have it at another place; a look finds out.
func askWordPress(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got, err := askFeedAt(ctx, c, v, v.source.Address, parseFeed)
	if !v.look || err == nil || got.visit.Status != http.StatusNotFound && !errors.Is(err, ErrPage) || errors.Is(err, fetch.ErrPrivate) {
		return got, err
	}
	plain, _ := url.Parse(v.source.Address) // prepare made it
	if strings.HasSuffix(plain.Path, "/comments/feed/") {
		plain.Path, plain.RawQuery = strings.TrimSuffix(plain.Path, "comments/feed/"), "feed=comments-rss2"
	} else {
		plain.Path, plain.RawQuery = strings.TrimSuffix(plain.Path, "feed/"), "feed=rss2"
	}
	again, second := askFeedAt(ctx, c, v, plain.String(), parseFeed)
	if second != nil {
		return got, err
	}
	if again.visit.Address == "" {
		again.visit.Address = plain.String()
	}
	return again, nil
}
