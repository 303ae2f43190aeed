package collect

import (
	"bufio"
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"goodword/reviews"
)

// blueskyServerAt starts a real server of Bluesky and returns its address, or skips the test.
func blueskyServerAt(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("GOODWORD_PDS")
	if folder == "" {
		t.Skip("GOODWORD_PDS names no folder in which npm installed @atproto/dev-env")
	}
	script, err := filepath.Abs("testdata/pds.mjs")
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("node", script)
	server.Dir, server.Stderr = folder, os.Stderr
	stop, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Skipf("node does not start: %v", err)
	}
	t.Cleanup(func() { _ = errors.Join(stop.Close(), server.Wait()) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address := lines.Text(); strings.HasPrefix(address, "http://") {
			return address
		}
	}
	t.Fatal("the server of Bluesky did not start")
	return ""
}

// TestBlueskyServer signs in at a real server. It has no search, which needs the whole network; what it says to that is of its own kind.
func TestBlueskyServer(t *testing.T) {
	address := blueskyServerAt(t)
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
