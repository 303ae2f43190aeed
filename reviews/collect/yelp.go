package collect

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// yelpKind is the interface of Yelp, which gives the beginnings of a few reviews.
var yelpKind = Kind{
	ID: "yelp", Title: "Yelp", Group: GroupReviews, Every: 720, Retention: reviews.Restricted, Keeps: 24, All: true,
	Help: "The beginnings of a few reviews on Yelp, with a key of your own.\n" +
		"1. Open docs.developer.yelp.com, create an app and copy its API key. A trial allows 300 requests a day.\n" +
		"2. Paste the address of your page on Yelp.\n" +
		"Yelp gives three beginnings in most plans and lets them be kept for a day; then only the fact remains. Its e-mails tell more. Answers are written on biz.yelp.com.",
	Fields:  []Field{keyField("API key", ""), {Name: "business", Label: "Your page on Yelp", Example: "https://www.yelp.com/biz/bright-harbor-dental-austin"}},
	prepare: prepareYelp,
	ask:     askYelp,
}

var (
	yelpPage  = regexp.MustCompile(`^/biz/([^/?#]+)`)
	yelpAlias = regexp.MustCompile(`^[\p{L}\p{N}_-]{3,200}$`)
)

func prepareYelp(values reviews.Options) (reviews.Source, string, error) {
	alias := strings.TrimSpace(values["business"])
	if u, err := url.Parse(webAddress(alias)); err == nil && strings.Contains(u.Hostname(), "yelp.") {
		if found := yelpPage.FindStringSubmatch(u.Path); found != nil {
			alias = found[1]
		}
	}
	if !yelpAlias.MatchString(alias) {
		return reviews.Source{}, "", errors.New("This is not a page of a business on Yelp. It looks like https://www.yelp.com/biz/bright-harbor-dental-austin")
	}
	return keyed(reviews.Source{Name: "Yelp: " + alias, Address: "https://www.yelp.com/biz/" + url.PathEscape(alias), Site: "yelp"}, values)
}

func askYelp(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "yelp", title: v.source.Name}
	var list struct {
		Reviews []struct {
			ID      string  `json:"id"`
			URL     string  `json:"url"`
			Text    string  `json:"text"`
			Rating  float64 `json:"rating"`
			Created string  `json:"time_created"`
			User    struct {
				Name string `json:"name"`
			} `json:"user"`
		} `json:"reviews"`
	}
	alias := strings.TrimPrefix(v.source.Address, "https://www.yelp.com/biz/")
	address := "https://api.yelp.com/v3/businesses/" + alias + "/reviews?limit=50&sort_by=yelp_sort"
	if err := c.askAPI(ctx, v, &got, fetch.Request{URL: address, Header: bearer(v.secret)}, &list); err != nil {
		return got, err
	}
	for _, r := range list.Reviews {
		got.entries = append(got.entries, reviews.Found{Key: r.ID, URL: link(r.URL, ""), Author: line(r.User.Name), Text: plain(r.Text), Stars: min(5, max(0, int(r.Rating+0.5))),
			Posted: dateOf(r.Created, v.now), About: true, Payload: piece(r)})
	}
	return got, nil
}
