package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestSourcesByKind(t *testing.T) {
	keyring.MockInit()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/about") {
			_, _ = io.WriteString(w, `<html><head><title>About us</title></head><body><p>We are on Pearl Street.</p></body></html>`)
			return
		}
		if !slices.Contains([]string{"/portal", "/other", "/new"}, r.URL.Path) {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Portal `+r.URL.Path+`</title><item><guid>1</guid><description>Kind people at the desk.</description></item></channel></rss>`)
	}))
	defer site.Close()
	c := newCtl(t)
	kinds := c.rows("source", "kinds")
	if len(kinds) < 12 || kinds[0]["id"] != "feed" || kinds[1]["fields"] == nil {
		t.Fatalf("got %v", kinds)
	}
	if got := c.ok("source", "kinds", "google-alerts"); !strings.Contains(got, "address") || !strings.Contains(got, "1. Open google.com/alerts") {
		t.Errorf("got %s", got)
	}
	c.refuses(failed, "no kind of source", "source", "kinds", "carrier-pigeon")
	secret := site.URL + "/portal?token=hush-hush"
	c.refuses(failed, "--allow-private", "source", "add", "--kind", "secret-feed", "--set", "address="+secret)
	code, out, errs := c.call(secret+"\n", "source", "add", "--kind", "secret-feed", "--set-stdin", "address", "--allow-private", "--json")
	var added map[string]any
	if err := json.Unmarshal([]byte(out), &added); code != done || err != nil {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
	if added["name"] != "Portal /portal" || strings.Contains(fmt.Sprint(added), "hush") {
		t.Errorf("got %v", added)
	}
	t.Setenv("PORTAL_FEED", site.URL+"/other?token=hush-hush")
	if got := c.ok("source", "add", "--kind", "secret-feed", "--set-env", "address=PORTAL_FEED", "--allow-private"); strings.Contains(got, "hush") {
		t.Errorf("got %s", got)
	}
	list := c.ok("source", "list") + c.ok("source", "export") + c.ok("source", "list", "--json")
	if strings.Contains(list, "hush") || !strings.Contains(list, "secret-feed") {
		t.Errorf("got %s", list)
	}
	if code, out, errs := c.call("", "source", "add", "--kind", "secret-feed", "--set", secret+"://hush-hush"); code != misuse || strings.Contains(out+errs, "hush") {
		t.Errorf("got %d: %s%s", code, out, errs)
	}
	c.refuses(misuse, "either the address", "source", "add")
	c.refuses(failed, "no environment variable", "source", "add", "--kind", "google-news", "--set-env", "words=NOBODY_SET_THIS")
	c.refuses(failed, "source add --kind page --set address="+site.URL+"/about", "source", "add", site.URL+"/about", "--allow-private")
	if page := c.ok("source", "add", "--kind", "page-change", "--set", "address="+site.URL+"/about", "--allow-private"); !strings.Contains(page, "About us") {
		t.Errorf("got %s", page)
	}
	rules := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(rules, []byte("rules:\n- from: x: y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mailbox := []string{"source", "add", "--kind", "imap", "--set", "server=127.0.0.1", "--set", "user=ann", "--set", "password=x", "--set"}
	c.refuses(failed, "rules for mail cannot be read", append(mailbox, "rules=@"+rules)...)
	c.refuses(failed, "There is no file", append(mailbox, "rules=@"+rules+".gone")...)
	id := fmt.Sprint(added["id"])
	changed := c.rows("source", "edit", id, "--name", "The portal", "--every", "30", "--pause")[0]
	if changed["name"] != "The portal" || changed["every"] != 30.0 || changed["paused"] != true {
		t.Errorf("got %v", changed)
	}
	if changed = c.rows("source", "edit", id, "--set", "address="+site.URL+"/new?token=hush-hush", "--resume")[0]; changed["address"] == added["address"] || changed["paused"] == true {
		t.Errorf("got %v", changed)
	}
}
