package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/internal/fetch"
)

func TestAHostThatSaysTooOftenIsLeftAlone(t *testing.T) {
	asked := atomic.Int64{}
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := client(t, online)
	for i := range 20 {
		answer, err := c.Get(context.Background(), fetch.Request{URL: fmt.Sprintf("%s/feed/%d", address, i), Why: "test", AllowPrivate: true})
		if !errors.Is(err, fetch.ErrStatus) || answer == nil || answer.Status != 429 || answer.RetryAfter < 9*time.Minute {
			t.Fatalf("request %d: got %+v, %v; want to be told to wait", i, answer, err)
		}
	}
	if got := asked.Load(); got != 5 {
		t.Errorf("got %d requests at the server, want 5 and then none", got)
	}
}

func TestASingleTooOftenStopsNobodyElse(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/good" {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	c := client(t, online)
	for range 10 {
		for _, path := range []string{"/bad", "/bad", "/good"} {
			_, err := c.Get(context.Background(), fetch.Request{URL: address + path, Why: "test", AllowPrivate: true})
			if (err == nil) != (path == "/good") {
				t.Fatalf("%s: got %v", path, err)
			}
		}
	}
}

func TestOfflineEndsWhatIsUnderWay(t *testing.T) {
	for name, begin := range map[string]string{"before the answer": "", "in the body": "half"} {
		t.Run(name, func(t *testing.T) {
			off := atomic.Bool{}
			c := client(t, func(context.Context) bool { return off.Load() })
			address := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if begin != "" {
					_, _ = fmt.Fprint(w, begin)
					_ = http.NewResponseController(w).Flush()
				}
				off.Store(true)
				<-r.Context().Done()
			})
			start := time.Now()
			if _, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true}); !errors.Is(err, fetch.ErrOffline) {
				t.Errorf("got %v, want ErrOffline", err)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("got an end after %v, want it at once", took)
			}
		})
	}
}

func TestARedirectGetsNoSecrets(t *testing.T) {
	seen := make(chan http.Header, 1)
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) { seen <- r.Header })
	// The other server counts as another one by its port; leave to look inside the own network goes with the first, so it stands at the same host.
	first := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/same" {
			http.Redirect(w, r, "/here", http.StatusTemporaryRedirect)
			return
		}
		if r.URL.Path == "/here" {
			seen <- r.Header
			return
		}
		http.Redirect(w, r, other, http.StatusTemporaryRedirect)
	})
	c := client(t, online)
	keys := http.Header{"Authorization": {"Bearer secret"}, "X-Api-Key": {"secret"}}
	if _, err := c.Get(context.Background(), fetch.Request{URL: first + "/same?token=secret", Why: "test", AllowPrivate: true, Header: keys}); err != nil {
		t.Fatal(err)
	}
	if h := <-seen; h.Get("X-Api-Key") != "secret" || h.Get("Authorization") == "" || h.Get("Referer") != "" {
		t.Errorf("on the same server: got %v, want the keys and no Referer", h)
	}
	_, err := c.Get(context.Background(), fetch.Request{URL: first + "/other", Why: "test", AllowPrivate: true, Header: keys, Body: []byte("password=secret")})
	if !errors.Is(err, fetch.ErrRedirect) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want a redirect that is not followed", err)
	}
}

func TestNoKeyGoesOutInTheOpen(t *testing.T) {
	asked := atomic.Int64{}
	open := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	safe := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, open, http.StatusFound) }))
	defer safe.Close()
	c := client(t, online)
	fetch.Trust(c, safe.Certificate())
	_, err := c.Get(context.Background(), fetch.Request{URL: safe.URL, Why: "test", AllowPrivate: true, Header: http.Header{"X-Api-Key": {"secret"}}})
	if !errors.Is(err, fetch.ErrRedirect) || asked.Load() != 0 {
		t.Errorf("got %v and %d requests, want none in the open", err, asked.Load())
	}
	// Another port is another server, and leave to look inside was given for the first alone: the way on is open and still refused.
	_, err = c.Get(context.Background(), fetch.Request{URL: safe.URL, Why: "test", AllowPrivate: true, Header: http.Header{"Accept": {"text/html"}}})
	if !errors.Is(err, fetch.ErrPrivate) {
		t.Errorf("without a key: got %v, want it to go on and meet the guard of private addresses", err)
	}
}

func TestPackedInAnotherWay(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = fmt.Fprint(w, "\x0b\x02\x80hello\x03")
	})
	if _, err := client(t, online).Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true}); !errors.Is(err, fetch.ErrBroken) {
		t.Errorf("got %v, want ErrBroken", err)
	}
}

func TestNoProxyAndNoCookies(t *testing.T) {
	proxy := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	t.Setenv("HTTP_PROXY", proxy)
	t.Setenv("http_proxy", proxy)
	cookies := atomic.Int64{}
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cookies.Add(int64(len(r.Cookies())))
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "we"})
	})
	c := client(t, online)
	for range 2 {
		if _, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true}); err != nil {
			t.Fatal(err)
		}
	}
	if got := cookies.Load(); got != 0 {
		t.Errorf("got %d cookies sent back, want none", got)
	}
	if _, err := c.Get(context.Background(), fetch.Request{URL: "http://name-that-nobody-has.invalid/", Why: "test"}); !errors.Is(err, fetch.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable and not the answer of a proxy", err)
	}
}

func TestNamesInOtherScripts(t *testing.T) {
	_, err := client(t, online).Get(context.Background(), fetch.Request{URL: "http://zahnärzte-am-markt.invalid/feed", Why: "test"})
	if !errors.Is(err, fetch.ErrUnreachable) || !strings.Contains(err.Error(), "zahn") {
		t.Errorf("got %v, want a sentence that there is no such server", err)
	}
}
