package collect

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"goodword/internal/sitetest"
	"goodword/reviews"
)

// TestBlueskyServer signs in at a real server. It has no search, which needs the whole network; what it says to that is of its own kind.
func TestBlueskyServer(t *testing.T) {
	address := sitetest.Bluesky(t)
	n := onNetwork(t, nil)
	n.where = func(asked string) string {
		u, err := url.Parse(asked)
		if err != nil {
			t.Errorf("the address %q cannot be read", asked)
		}
		return address + u.EscapedPath() + "?" + u.RawQuery
	}
	ctx := context.Background()
	account := func(secret string) visiting {
		return visiting{source: reviews.Source{AllowPrivate: true, Secret: "source x", Options: reviews.Options{"handle": "practice.test", "words": "Bright Harbor"}}, secret: secret, now: presetNoon}
	}
	var got answer
	if _, err := n.blueskySession(ctx, account("wrong"), &got); !errors.Is(err, errKey) {
		t.Errorf("a wrong password: got %v, want %v", err, errKey)
	}
	var refresh []string
	n.secrets["source x"] = "app-pass-word-123"
	for _, step := range []string{"signed in", "carried on", "carried on again", "begun anew"} {
		if step == "begun anew" {
			n.secrets["source x"] = "app-pass-word-123\nno token"
		}
		access, err := n.blueskySession(ctx, account(n.secrets["source x"]), &got)
		if err != nil || access == "" {
			t.Fatalf("%s: got %v", step, err)
		}
		refresh = append(refresh, n.secrets["source x"])
	}
	for i := 1; i < len(refresh); i++ {
		if !strings.Contains(refresh[i], "\n") || refresh[i] == refresh[i-1] {
			t.Errorf("the token of session %d is that of the one before", i+1)
		}
	}
	_, err := askBluesky(ctx, n.Collector, account("app-pass-word-123"))
	if err == nil || errors.Is(err, errKey) {
		t.Errorf("a search that the server cannot make: got %v", err)
	}
	t.Log(err)
}
