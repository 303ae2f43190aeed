package collect

import (
	"context"
	"testing"

	"goodword/reviews"
)

func TestWordPressHome(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"speaking addresses", `<link rel="https://api.w.org/" href="https://blog.example/wp-json/" />`, "https://blog.example/"},
		{"in a folder", `<head><link rel='https://api.w.org/' href='/news/wp-json/'>`, "https://blog.example/news/"},
		{"through index.php", `<link rel="https://api.w.org/" href="https://blog.example/index.php/wp-json/">`, "https://blog.example/"},
		{"plain addresses", `<link rel="https://api.w.org/" href="https://blog.example/news/index.php?rest_route=/">`, "https://blog.example/news/"},
		{"another place of the interface", `<link rel="https://api.w.org/" href="https://blog.example/api/">`, ""},
		{"no address", `<link rel="https://api.w.org/" href="http://[::1">`, ""},
		{"another program", `<link rel="alternate" href="https://blog.example/wp-json/"><a rel="https://api.w.org/" href="/wp-json/">`, ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		if got := homeNamedIn([]byte(test.page), "https://blog.example/2026/11/opening/"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestWordPressPage adds the comments of a site by the address of one of its posts.
func TestWordPressPage(t *testing.T) {
	item := `<item><guid isPermaLink="false">9</guid><link>https://blog.example/opening/#comment-9</link><description>Bright Harbor is lovely.</description></item>`
	for _, test := range []struct {
		name, home, want string
	}{
		{"home", "https://blog.example/", "https://blog.example/comments/feed/"},
		{"home on another host of the own network", "https://www.blog.example/", "https://blog.example/opening/comments/feed/"},
	} {
		n := onNetwork(t, map[string]string{
			"blog.example/opening/":               `<!DOCTYPE html><link rel="https://api.w.org/" href="` + test.home + `wp-json/">`,
			"blog.example/comments/feed/":         rssOf("Comments for Blog", item),
			"www.blog.example/comments/feed/":     rssOf("Comments for Blog", item),
			"blog.example/opening/comments/feed/": rssOf("Comments on:"),
		})
		v := visiting{look: true, fresh: true, now: presetNoon, source: reviews.Source{AllowPrivate: true}}
		v.source.Options = reviews.Options{"site": "https://blog.example/opening/", "what": whatComments}
		source, _, err := prepareWordPress(v.source.Options)
		if err != nil {
			t.Fatal(err)
		}
		v.source.Address = source.Address
		got, err := askWordPress(context.Background(), n.Collector, v)
		if err != nil || got.visit.Address != test.want {
			t.Errorf("%s: got %s (%v), want %s", test.name, got.visit.Address, err, test.want)
		}
	}
}
