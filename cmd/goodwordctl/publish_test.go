package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAccountsAndPosts(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked map[string]string
		_ = json.NewDecoder(r.Body).Decode(&asked)
		if asked["password"] != "sesame" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"accessJwt": "token", "did": "did:plc:practice", "handle": "practice.test"})
	}))
	defer server.Close()
	c := newCtl(t)
	if got := c.ok("account"); !strings.Contains(got, "No accounts yet") {
		t.Errorf("got %q", got)
	}
	c.refuses(failed, "standard input", "account", "add", "bluesky", "--handle", "practice.test")
	add := []string{"account", "add", "bluesky", "--handle", "practice.test", "--server", server.URL}
	for _, step := range []struct {
		typed, words string
		args         []string
		code         int
	}{
		{"sesame\n", "unencrypted", add, failed},
		{"wrong\n", "app password", append(add, "--inside"), failed},
		{"sesame\n", "@practice.test", append(add, "--inside"), done},
	} {
		if code, out, errs := c.call(step.typed, step.args...); code != step.code || !strings.Contains(out+errs, step.words) {
			t.Errorf("%q: got %d, %s%s", step.words, code, out, errs)
		}
	}
	if rows := c.rows("account", "list"); len(rows) != 1 || rows[0]["shows"] != "@practice.test" || strings.Contains(c.ok("account", "--json"), "sesame") {
		t.Errorf("got %v", rows)
	}
	c.ok("staff", "add", "Beth Lindholm", "--role", "staff", "--job", "dental hygienist")
	c.ok("spotlight", "add", "Beth Lindholm", "--reason", "Ten years of kindness")
	c.refuses(failed, "reviewed and scheduled", "spotlight", "post", "1", "bluesky")
	kit := filepath.Join(t.TempDir(), "kit.html")
	c.refuses(failed, "no text", "spotlight", "kit", "1", kit)
	c.ok("account", "remove", "bluesky")
	if _, err := os.Stat(kit); err == nil {
		t.Error("a kit was written of a spotlight that nobody approved")
	}
}
