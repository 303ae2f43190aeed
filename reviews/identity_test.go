package reviews_test

import (
	"context"
	"errors"
	"testing"

	"goodword/internal/audit"
	"goodword/reviews"
)

func TestCanonical(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.Example.com/reviews/":                            "example.com/reviews",
		"http://example.com/reviews?utm_source=x&b=2&a=1&fbclid=9":    "example.com/reviews?a=1&b=2",
		"https://example.com:443/reviews#review-12":                   "example.com/reviews#review-12",
		"https://example.com:8080/reviews#:~:text=hello":              "example.com:8080/reviews",
		"https://example.com/r/caf%C3%A9?ref_src=twsrc":               "example.com/r/caf%C3%A9",
		"mailto:someone@example.com":                                  "",
		"javascript:alert(1)":                                         "",
		"not an address":                                              "",
		"https://example.com":                                         "example.com",
		"  https://example.com/a?id=7&gclid=1&utm_medium=feed#start ": "example.com/a?id=7#start",

		"https://m.yelp.com/biz/harbor?hrid=x1":                                                        "yelp.com/biz/harbor?hrid=x1",
		"https://www.m.example.com/r":                                                                  "example.com/r",
		"https://en.m.wikipedia.org/wiki/Dentist":                                                      "en.wikipedia.org/wiki/Dentist",
		"https://old.reddit.com/r/teeth/comments/1/x/":                                                 "reddit.com/r/teeth/comments/1/x",
		"https://m.com/a":                                                                              "m.com/a",
		"https://amp.example.com/story/amp/":                                                           "example.com/story",
		"https://example.com/story.amp?amp=1":                                                          "example.com/story",
		"https://example.com/amplifier":                                                                "example.com/amplifier",
		"http://example.com:80/a//":                                                                    "example.com/a",
		"https://example.com/a#part:~:text=b":                                                          "example.com/a#part",
		"https://youtu.be/dQw4w9WgXcQ?si=abc":                                                          "youtube.com/watch?v=dQw4w9WgXcQ",
		"https://maps.google.com/?cid=123":                                                             "maps.google.com?cid=123",
		"https://www.google.com/url?rct=j&sa=t&url=https://example.com/a%3Fid%3D7":                     "example.com/a?id=7",
		"https://www.google.co.uk/url?q=https://example.com/b&usg=zz":                                  "example.com/b",
		"https://www.google.com/amp/s/www.example.com/story/amp/":                                      "example.com/story",
		"https://www-example-com.cdn.ampproject.org/c/s/www.example.com/story":                         "example.com/story",
		"https://news.google.com/rss/articles/CBMiGmh0dHBzOi8vZXhhbXBsZS5jb20vc3RvcnktMdIBAA?oc=5":     "example.com/story-1",
		"https://news.google.com/rss/articles/CBMihwFBVV95cUxQ?oc=5":                                   "news.google.com/rss/articles/CBMihwFBVV95cUxQ?oc=5",
		"https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fexample.com%2fn%2f1&c=1": "example.com/n/1",
		"https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS9h&ntb=1":                      "example.com/a",
		"https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3D1&h=AT0":              "example.com/a",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Furl%3Dhttps%253A%252F%252Fexample.com%252Fa&data=05": "example.com/a",
		"https://urldefense.proofpoint.com/v1/url?u=http://example.com/a&k=x":                                                                          "example.com/a",
		"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.com_a-3Fid-3D7&d=x":                                                          "example.com/a?id=7",
		"https://urldefense.com/v3/__https://www.example.com/a*b?id=7__;Iw!!AbC$":                                                                      "example.com/a#b?id=7",
		"https://urldefense.com/v3/__https://example.com/a__;!!AbC$":                                                                                   "example.com/a",
		"https://t.co/abc": "t.co/abc",
		"https://www.google.com/url?q=javascript:alert(1)": "google.com/url?q=javascript:alert(1)",
	} {
		if got := reviews.Canonical(address); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

// TestAStopInBetweenLosesNothing cancels a visit: nothing of it is stored, and the next one brings all of it.
func TestAStopInBetweenLosesNothing(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	_, err := d.RecordVisit(stopped, reviews.Visit{SourceID: s.ID, At: d.at}, entries(1, 30))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the cancellation", err)
	}
	if got := len(d.ids(t, "")); got != 0 {
		t.Errorf("got %d mentions of a visit that was stopped", got)
	}
	// The second source of the pair is not there: the whole of the pair is undone, and the search index with it.
	_, err = d.Record(ctx, []reviews.Harvest{{Visit: reviews.Visit{SourceID: s.ID}, Found: entries(1, 30)}, {Visit: reviews.Visit{SourceID: 99}}})
	wants(t, err, reviews.ErrNotFound, "99")
	if got := len(d.ids(t, "")) + len(d.ids(t, "doctor")); got != 0 {
		t.Errorf("got %d mentions of a batch that was undone", got)
	}
	if got := d.visit(t, s, entries(1, 30)...); got.New != 30 {
		t.Errorf("got %+v, want 30 new", got)
	}
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}
