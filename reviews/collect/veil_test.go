package collect

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"goodword/internal/audit"
	"goodword/reviews"
)

func TestAPrivateFeedThatRepeatsItsKeyIsStoredWithoutIt(t *testing.T) {
	ctx := context.Background()
	n := onNetwork(t, nil)
	n.where = func(address string) string { return address }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Feed of hush-hush</title><item><guid>http://x.example/1?token=hush-hush</guid>
			<link>http://x.example/1?token=hush-hush</link><title>Bright Harbor</title><description>Kind staff. Unsubscribe: http://x.example/off?token=hush-hush</description></item></channel></rss>`))
	}))
	defer server.Close()
	source, err := n.Add(ctx, server.URL+"/feed?token=hush-hush", AddOptions{All: true, AllowPrivate: true}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.AddDraft(ctx, must(draftOf(server.URL+"/feed?token=hush-hush2", true)), AddOptions{Name: "Town hush-hush2"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	if totals, err := n.Collect(ctx, Options{SourceID: source.ID}); err != nil || totals.New != 1 {
		t.Fatal(totals, err)
	}
	if totals, err := n.Collect(ctx, Options{SourceID: source.ID}); err != nil || totals.New+totals.Edited != 0 {
		t.Errorf("got %+v, %v the second time, want nothing new", totals, err)
	}
	if text := everything(t, n.db); strings.Contains(text, "hush-hush") || !strings.Contains(text, "Kind staff") {
		t.Error("the key is stored, or the words are not")
	}
}

func must(d Draft, err error) Draft {
	if err != nil {
		panic(err)
	}
	return d
}

func TestThePageBehindAnAddressWithAKey(t *testing.T) {
	ctx := context.Background()
	n := onNetwork(t, nil)
	n.where = func(address string) string { return address }
	var withFeed atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Query().Get("key") != "hush-hush" || r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/feed":
			_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Town</title><item><guid>1</guid><title>Bright Harbor</title></item></channel></rss>`))
		case r.URL.Path == "/reviews" && withFeed.Load():
			_, _ = w.Write([]byte(`<html><head><link rel="alternate" type="application/rss+xml" href="/feed?key=hush-hush"></head><body>Hello</body></html>`))
		case r.URL.Path == "/reviews":
			_, _ = w.Write([]byte(`<html><head><title>Ours</title><script type="application/ld+json">{"@type":"Review","author":"Ann Lee","datePublished":"2026-11-02",
				"reviewBody":"Kind and gentle staff.","reviewRating":{"ratingValue":5}}</script></head><body>Hello</body></html>`))
		}
	}))
	defer server.Close()
	address := server.URL + "/reviews?key=hush-hush"
	page, err := n.Add(ctx, address, AddOptions{AllowPrivate: true}, audit.Program)
	if err != nil || page.Kind != "page" || n.secrets[page.Secret] != address {
		t.Fatalf("got %+v, %v; want the page with its address in the keychain", page, err)
	}
	if totals, err := n.Collect(ctx, Options{SourceID: page.ID}); err != nil || totals.New != 1 || totals.Failed != 0 {
		t.Fatal(totals, err)
	}
	if page, err = n.store.Source(ctx, page.ID); err != nil {
		t.Fatal(err)
	}
	values := Filled(page) // a person changes another field
	values["which"] = onlyNaming
	if err := n.Change(ctx, page, values, audit.Program); err != nil {
		t.Fatal(err)
	}
	if page, err = n.store.Source(ctx, page.ID); err != nil || n.secrets[page.Secret] != address || page.Options["which"] != onlyNaming {
		t.Errorf("got %+v, %v after a change; want the address still in the keychain", page, err)
	}
	withFeed.Store(true)
	feed, err := n.Add(ctx, address, AddOptions{AllowPrivate: true, All: true}, audit.Program)
	if err != nil || feed.Kind != "secret-feed" {
		t.Errorf("got %+v, %v; want the feed behind the page", feed, err)
	}
	change, err := n.LookKind(ctx, "page-change", reviews.Options{"address": address}, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.AddDraft(ctx, change, AddOptions{}, audit.Program); err != nil {
		t.Fatal(err)
	}
	if totals, err := n.Collect(ctx, Options{All: true}); err != nil || totals.Failed != 0 {
		t.Errorf("got %+v, %v", totals, err)
	}
	old, err := n.store.AddSource(ctx, reviews.Source{Kind: "page", Name: "Ours", Address: address + "&n=1", Options: reviews.Options{"address": address + "&n=1"}, AllowPrivate: true}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.TidySecrets(ctx); err != nil { // one that an earlier version stored as it was
		t.Fatal(err)
	}
	if old, err = n.store.Source(ctx, old.ID); err != nil || n.secrets[old.Secret] != address+"&n=1" {
		t.Errorf("got %+v, %v", old, err)
	}
	if text := everything(t, n.db); strings.Contains(text, "hush-hush") {
		at := strings.Index(text, "hush-hush")
		t.Errorf("the key is stored: …%s…", text[max(0, at-200):at+20])
	}
	for kind, values := range map[string]reviews.Options{
		"feed":      {"address": address},
		"wordpress": {"site": address},
		"sweep":     {"profile": "https://example.com/us?key=hush-hush"},
	} {
		_, draft, err := fill(kind, values, true)
		if kind == "feed" && (err != nil || draft.secret != address || draft.Source.Kind != "secret-feed") {
			t.Errorf("%s: got %+v, %v; want a private feed", kind, draft, err)
		}
		if kind != "feed" && (err == nil || !strings.Contains(err.Error(), "Private feed") || strings.Contains(err.Error(), "hush")) {
			t.Errorf("%s: got %v, want it refused", kind, err)
		}
	}
}

func TestHideKeys(t *testing.T) {
	for text, want := range map[string]string{
		`The address "https://x.example/?api-key=abc&n=1" cannot be read`: `The address "https://x.example/?api-key=…&n=1" cannot be read`,
		"http://ann:s3cr3tpass@x.example/ and s3cr3tpass":                 "http://ann:…@x.example/ and …",
		"https://x.example/?monkey=1&n=token":                             "https://x.example/?monkey=1&n=token",
		"write to ann@example.com, key=value":                             "write to ann@example.com, key=value",
		"https://www.reddit.com/.rss?feed=0123456789abcdef&user=ann":      "https://www.reddit.com/.rss?feed=…&user=ann",
	} {
		if got := HideKeys(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	err := veilOf("https://x.example/?key=hush-hush").failure(errors.Join(ErrPage, errors.New("hush-hush")))
	if !errors.Is(err, ErrPage) || strings.Contains(err.Error(), "hush-hush") {
		t.Errorf("got %v, want what it is without the key", err)
	}
}
