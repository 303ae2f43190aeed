package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
)

var short = fetch.Limits{Connect: time.Second, Header: 200 * time.Millisecond, Stall: 200 * time.Millisecond, Total: 600 * time.Millisecond}

func online(context.Context) bool { return false }

func client(t *testing.T, offline func(context.Context) bool) *fetch.Client {
	t.Helper()
	return within(t, fetch.DefaultLimits, offline)
}

func within(t *testing.T, limits fetch.Limits, offline func(context.Context) bool) *fetch.Client {
	t.Helper()
	db, err := database.Open(context.Background(), filepath.Join(t.TempDir(), "goodword.db"), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	c := fetch.NewWithin(limits, db, clock.System(), offline)
	t.Cleanup(func() {
		if err := errors.Join(c.Flush(context.Background()), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return c
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestGet(t *testing.T) {
	c := client(t, online)
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Sun, 22 Nov 2026 05:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		_, _ = packed.Write([]byte("hello"))
		_ = packed.Close()
	})
	first, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(first.Body), "hello"; got != want {
		t.Errorf("got body %q, want %q", got, want)
	}
	second, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true, ETag: first.ETag, Modified: first.Modified})
	if err != nil {
		t.Fatal(err)
	}
	if !second.Unchanged() {
		t.Errorf("got status %d, want 304", second.Status)
	}
	entries, err := c.Ledger(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 {
		t.Fatalf("got %d lines in the ledger, want 2", len(entries))
	}
	if e := entries[1]; e.Status != 200 || e.Why != "test" || e.Got == 0 || e.Sent == 0 || !strings.HasPrefix(e.Host, "127.0.0.1") || e.Error != "" {
		t.Errorf("got %+v", e)
	}
}

func pack(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	packed := gzip.NewWriter(&b)
	_, err := packed.Write([]byte(text))
	if err := errors.Join(err, packed.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFaults(t *testing.T) {
	big := strings.Repeat("x", 3<<20)
	bomb := pack(t, strings.Repeat(big, 10))
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    error
	}{
		{"not found", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, fetch.ErrStatus},
		{"server fault", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); fmt.Fprint(w, "<rss/>") }, fetch.ErrStatus},
		{"304 unasked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, fetch.ErrStatus},
		{"too large, said so", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "52428800")
			fmt.Fprint(w, big)
		}, fetch.ErrTooBig},
		{"too large, endless", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte(big)); err != nil {
					return
				}
			}
		}, fetch.ErrTooBig},
		{"gzip bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, fetch.ErrTooBig},
		{"gzip that is none", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "this is plain text, and long enough")
		}, fetch.ErrBroken},
		{"hangs before the answer", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, fetch.ErrTimeout},
		{"hangs in the body", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "half")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, fetch.ErrTimeout},
		{"drips", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, "x")
				_ = http.NewResponseController(w).Flush()
				time.Sleep(50 * time.Millisecond)
			}
		}, fetch.ErrTimeout},
		{"breaks off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "half")
		}, fetch.ErrBroken},
		{"resets", func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.(*net.TCPConn).SetLinger(0)
				_ = conn.Close()
			}
		}, fetch.ErrBroken},
		{"redirect loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", 302) }, fetch.ErrRedirect},
		{"redirect to a file", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "file:///etc/passwd", 302) }, fetch.ErrRedirect},
		{"redirect to nowhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http:///x", 302) }, fetch.ErrRedirect},
		{"redirect into the own network", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:9/secret", 302) }, fetch.ErrPrivate},
		{"redirect to the metadata service", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", 302)
		}, fetch.ErrPrivate},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			limits := fetch.DefaultLimits
			if errors.Is(test.want, fetch.ErrTimeout) {
				limits = short
			}
			c := within(t, limits, online)
			_, err := c.Get(context.Background(), fetch.Request{URL: serve(t, test.handler), Why: "test", AllowPrivate: true})
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if text := err.Error(); strings.Contains(text, "dial tcp") || strings.Contains(text, "Get \"") {
				t.Errorf("%q is no sentence for people", text)
			}
		})
	}
}

func TestPrivateAddresses(t *testing.T) {
	asked := atomic.Int64{}
	address := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	c := client(t, online)
	hosts := []string{"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port, "[::ffff:127.0.0.1]:" + port, "0.0.0.0:" + port, "10.0.0.1", "192.168.1.1", "172.16.0.1",
		"169.254.169.254", "[fe80::1]", "[fc00::1]", "100.64.0.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1"}
	for _, host := range hosts {
		_, err := c.Get(context.Background(), fetch.Request{URL: "http://" + host + "/", Why: "test"})
		if !errors.Is(err, fetch.ErrPrivate) {
			t.Errorf("%s: got %v, want ErrPrivate", host, err)
		}
	}
	// A connection that was opened with leave must not be there for a request without it.
	if _, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test"}); !errors.Is(err, fetch.ErrPrivate) {
		t.Errorf("got %v, want ErrPrivate", err)
	}
	if got, want := asked.Load(), int64(1); got != want {
		t.Errorf("got %d requests at the server, want %d", got, want)
	}
}

func TestOfflineIsAbsolute(t *testing.T) {
	asked, off := atomic.Int64{}, atomic.Bool{}
	c := client(t, func(context.Context) bool { return off.Load() })
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		off.Store(true) // the person switches while the answer is on its way
		http.Redirect(w, r, "/next", 302)
	})
	for range 2 {
		if _, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true}); !errors.Is(err, fetch.ErrOffline) {
			t.Errorf("got %v, want ErrOffline", err)
		}
	}
	if got, want := asked.Load(), int64(1); got != want {
		t.Errorf("got %d requests, want %d", got, want)
	}
}

func TestCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	_, err := client(t, online).Get(context.Background(), fetch.Request{URL: server.URL, Why: "test", AllowPrivate: true})
	if !errors.Is(err, fetch.ErrCertificate) {
		t.Errorf("got %v, want ErrCertificate", err)
	}
}

func TestMovedForGood(t *testing.T) {
	tests := []struct {
		name     string
		statuses []int
		moved    bool
	}{{"for good", []int{301, 308}, true}, {"for now", []int{302}, false}, {"half for good", []int{301, 307}, false}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			address := serve(t, func(w http.ResponseWriter, r *http.Request) {
				n := len(r.URL.Path) - 1
				if n < len(test.statuses) {
					http.Redirect(w, r, r.URL.Path+"x", test.statuses[n])
				}
			})
			answer, err := client(t, online).Get(context.Background(), fetch.Request{URL: address + "/", Why: "test", AllowPrivate: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := answer.Moved != ""; got != test.moved {
				t.Errorf("got moved %q, want %v", answer.Moved, test.moved)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(429)
	})
	answer, err := client(t, online).Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true})
	if !errors.Is(err, fetch.ErrStatus) || answer == nil {
		t.Fatalf("got %v, %v; want an answer and ErrStatus", answer, err)
	}
	if got, want := answer.RetryAfter, 2*time.Minute; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTwoAtATime(t *testing.T) {
	now, most := atomic.Int64{}, atomic.Int64{}
	address := serve(t, func(http.ResponseWriter, *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(20 * time.Millisecond)
		now.Add(-1)
	})
	c := client(t, online)
	done := make(chan error)
	for range 8 {
		go func() {
			_, err := c.Get(context.Background(), fetch.Request{URL: address, Why: "test", AllowPrivate: true})
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := most.Load(); got != 2 {
		t.Errorf("got %d requests at once, want 2", got)
	}
}

func TestCancel(t *testing.T) {
	address := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := client(t, online).Get(ctx, fetch.Request{URL: address, Why: "test", AllowPrivate: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, address := range []string{"", "ftp://example.org/", "file:///etc/passwd", "http://", "nonsense", "http://[::1"} {
		if _, err := client(t, online).Get(context.Background(), fetch.Request{URL: address, Why: "test"}); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("%q: got %v, want ErrAddress", address, err)
		}
	}
}
