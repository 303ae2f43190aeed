package respond_test

import (
	"testing"
	"time"

	"goodword/reviews/respond"
)

func TestWhereAReplyIsWritten(t *testing.T) {
	for _, c := range []struct {
		name, site, own, named, want string
		deep                         bool
	}{
		{"a post is answered beneath it", "bluesky", "https://bsky.app/profile/jo.example/post/3k", "", "https://bsky.app/profile/jo.example/post/3k", true},
		{"so is a thread", "reddit", "https://www.reddit.com/r/austin/comments/1a/dentist/", "", "https://www.reddit.com/r/austin/comments/1a/dentist/", true},
		{"the address that Google gives for the reply", "google", "https://business.google.com/n/1/reviews/abc", "", "https://business.google.com/n/1/reviews/abc", true},
		{"an owner who is signed in answers on the map", "google", "https://www.google.com/maps/reviews/x", "", "https://www.google.com/maps/reviews/x", true},
		{"a Google review without an address", "google", "", "", "https://business.google.com/reviews", false},
		{"Yelp shows a review but is answered elsewhere", "yelp", "https://www.yelp.com/biz/x?hrid=1", "", "https://biz.yelp.com/", false},
		{"the page that the practice named goes first", "yelp", "https://www.yelp.com/biz/x?hrid=1", "https://biz.yelp.com/r/77", "https://biz.yelp.com/r/77", false},
		{"a site that nobody knows", "forum.example", "https://forum.example/t/1", "", "https://forum.example/t/1", true},
		{"a file is no page", "forum.example", "file:///etc/passwd", "javascript:alert(1)", "", false},
	} {
		site, _ := respond.SiteOf(c.site)
		got := site.ReplyLink(c.own, c.named)
		if got.Address != c.want || got.Deep != c.deep {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.want)
		}
	}
}

func TestEveryLinkSaysHowSureItIs(t *testing.T) {
	for _, s := range respond.Sites() {
		if _, err := time.Parse(time.DateOnly, s.Checked); err != nil || s.PageStatus == "" || (s.Deep == "") != (s.DeepStatus == "") {
			t.Errorf("%s: checked %q, page %q, deep %q (%q)", s.ID, s.Checked, s.PageStatus, s.Deep, s.DeepStatus)
		}
		if link := s.ReplyLink(""); link.Address != s.ReplyPage || link.Deep {
			t.Errorf("%s without an address: got %+v", s.ID, link)
		}
	}
}
