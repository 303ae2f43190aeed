package collect

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"goodword/reviews"
)

// The two ways to take the reviews of a page.
const (
	allOnPage  = "All of them"
	onlyNaming = "Only those of a business that my watch words name"
)

// pageKind is a page that describes its reviews for programs (schema.org).
var pageKind = Kind{
	ID: "page", Title: "Page with reviews", Group: GroupPages, Every: 360, Retention: reviews.Own, All: true,
	Help: "Paste the address of one page that shows reviews of your practice, such as your profile on a review site. Goodword reads the " +
		"reviews and the overall rating that the page describes for search engines. It reads this one page, follows no links, does not " +
		"log in, and asks the site first whether programs may read it. A page you saved in your browser can be imported as a file.",
	Fields: []Field{
		{Name: "address", Label: "Address of the page", Example: "https://"},
		{Name: "which", Label: "Which reviews", Help: "A page may show reviews of several businesses.", Choices: []string{allOnPage, onlyNaming}},
	},
	prepare: pageSource,
	ask:     askReviews,
}

// ErrNoReviews says that a page describes no reviews.
var ErrNoReviews = errors.New("This page does not describe any reviews for programs (schema.org)")

// errNoReviews says what to do with a page that describes no reviews.
var errNoReviews = fmt.Errorf("%w. To hear when it changes, add it as \"Page that changes\"", ErrNoReviews)

func askReviews(ctx context.Context, c *Collector, v visiting) (answer, error) {
	var got answer
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return got, err
	}
	about := newMatcher(reviews.Source{Match: v.source.Match}, p.WatchWords)
	naming, seen := v.source.Options["which"] == onlyNaming, v.source.Hash
	if naming { // with other watch words the same page says something else
		v.source.ETag, v.source.Modified = "", ""
	}
	response, err := c.askPage(ctx, v, &got)
	if err != nil || response == nil {
		return got, err
	}
	sum := sha256.Sum256([]byte(string(response.Body) + about.fingerprint()))
	if got.visit.Hash = printed(sum); !v.fresh && sameHash(seen, got.visit.Hash) {
		got.visit.Unchanged = true
		return got, nil
	}
	page := readPage(response.Body, response.Type, response.URL, v.now)
	if naming {
		if page.reviews, err = c.aboutUs(ctx, v.source, page.reviews, about); err != nil {
			return got, err
		}
	}
	got.kind, got.title, got.entries = "page", page.title, marked(page.reviews, response.Body)
	got.visit.Rating = page.rating(about, !naming, v.now)
	if v.look && len(got.entries) == 0 && got.visit.Rating == nil {
		return got, errNoReviews
	}
	return got, nil
}

// rating is the rating of the practice: that of a business which the watch words name, else, where the whole page is about the practice,
// the one that most people gave.
func (page shown) rating(about matcher, whole bool, now time.Time) *reviews.Rating {
	var best *reviews.Rating
	named := about
	named.all = false
	for _, byName := range []bool{true, false} {
		for _, r := range page.ratings {
			if byName && !named.about(reviews.Found{Place: r.of}) || best != nil && best.Count >= r.Count {
				continue
			}
			rating := r.Rating
			rating.At = now.UTC()
			best = &rating
		}
		if best != nil || !whole {
			break
		}
	}
	return best
}
