package collect_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
)

var (
	ctx  = context.Background()
	dana = audit.Actor{ID: 1, Name: "Dana Whitlock"}
	noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
)

// desk is a practice with everything that collection needs, on a database of its own.
type desk struct {
	*collect.Collector
	store *reviews.Store
	fetch *fetch.Client
	at    atomic.Int64
	off   atomic.Bool
}

func (d *desk) now() time.Time        { return time.Unix(d.at.Load(), 0).UTC() }
func (d *desk) later(t time.Duration) { d.at.Add(int64(t / time.Second)) }

var quick = fetch.Limits{Connect: 5 * time.Second, Header: 2 * time.Second, Stall: 5 * time.Second, Total: 20 * time.Second}

func open(t testing.TB, words ...string) *desk {
	t.Helper()
	d := &desk{}
	d.at.Store(noon.Unix())
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), d.now)
	if err != nil {
		t.Fatal(err)
	}
	practices := practice.NewStore(db, d.now)
	if err := practices.Save(ctx, practice.Practice{Name: "Bright Harbor Dental", TimeZone: "America/Chicago", WatchWords: words}, dana); err != nil {
		t.Fatal(err)
	}
	d.fetch = fetch.NewWithin(quick, db, clock.Clock(d.now), func(context.Context) bool { return d.off.Load() })
	d.store = reviews.NewStore(db, d.now, practices, guard.Default())
	d.Collector = collect.New(collect.Deps{Store: d.store, Fetch: d.fetch, Judge: classify.Default(), Practices: practices, Now: d.now})
	t.Cleanup(func() {
		if err := errors.Join(d.fetch.Flush(ctx), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) add(t testing.TB, address string, o collect.AddOptions) reviews.Source {
	t.Helper()
	o.AllowPrivate = true
	source, err := d.Add(ctx, address, o, dana)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func (d *desk) collect(t testing.TB) collect.Totals {
	t.Helper()
	totals, err := d.Collect(ctx, collect.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	return totals
}

func (d *desk) source(t testing.TB, id int64) reviews.Source {
	t.Helper()
	source, err := d.store.Source(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func (d *desk) inbox(t testing.TB) []reviews.Mention {
	t.Helper()
	ids, err := d.store.IDs(ctx, reviews.Query{})
	if err != nil {
		t.Fatal(err)
	}
	list := make([]reviews.Mention, len(ids))
	for i, id := range ids {
		if list[i], err = d.store.Find(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// site is a server whose feed a test can change.
type site struct {
	mu      sync.Mutex
	handler http.HandlerFunc
	asked   atomic.Int64
	URL     string
}

func serve(t testing.TB, handler http.HandlerFunc) *site {
	t.Helper()
	s := &site{handler: handler}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		s.mu.Lock()
		h := s.handler
		s.mu.Unlock()
		h(w, r)
	}))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

func (s *site) answer(handler http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handler = handler
}

func send(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

// rss makes a feed of items written as "id|title|text".
func rss(items ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>What patients say</title><link>http://example.org/</link>`)
	for i, item := range items {
		parts := strings.SplitN(item, "|", 3)
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s</guid><title>%s</title><description>%s</description><pubDate>%s</pubDate></item>`,
			parts[0], parts[1], parts[2], noon.Add(-time.Duration(i)*time.Hour).Format(time.RFC1123Z))
	}
	return b.String() + `</channel></rss>`
}

func TestCollectStoresOnceAndKnowsAgain(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|Kind staff|The front desk was kind and quick.", "2|Long wait|I waited two hours and nobody came.")))
	source := d.add(t, s.URL, collect.AddOptions{})
	if got, want := source.Name, "What patients say"; got != want {
		t.Errorf("got name %q, want %q", got, want)
	}
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := d.collect(t), (collect.Totals{Visited: 1, Unchanged: 1}); got != want {
		t.Errorf("second visit: got %+v, want %+v", got, want)
	}
	s.answer(send(rss("3|Again|A third visit, and still the best care in town.", "1|Kind staff|The front desk was kind and quick.", "2|Long wait|I waited two hours and nobody came.")))
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 1}); got != want {
		t.Errorf("one new entry: got %+v, want %+v", got, want)
	}
	inbox := d.inbox(t)
	if len(inbox) != 3 {
		t.Fatalf("got %d mentions, want 3", len(inbox))
	}
	for _, m := range inbox {
		if m.Sentiment == "" || m.Language == "" {
			t.Errorf("mention %q was not understood: %+v", m.Title, m.Understood)
		}
	}
	if got := d.source(t, source.ID); got.Brought != 3 || got.Problem != "" || !got.Failing.IsZero() {
		t.Errorf("got %+v", got)
	}
}

func TestAnEditIsARevision(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|Visit|The care was wonderful, thank you all.")))
	d.add(t, s.URL, collect.AddOptions{})
	d.collect(t)
	s.answer(send(rss("1|Visit|Edited: the care was terrible and the bill was wrong.")))
	if got, want := d.collect(t), (collect.Totals{Visited: 1, Edited: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	inbox := d.inbox(t)
	if len(inbox) != 1 || inbox[0].Revisions != 1 || !strings.HasPrefix(inbox[0].Text, "Edited") {
		t.Errorf("got %+v", inbox)
	}
}

func TestConditionalRequests(t *testing.T) {
	d := open(t)
	conditional := atomic.Int64{}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			conditional.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, rss("1|A|One review of the practice."))
	})
	source := d.add(t, s.URL, collect.AddOptions{})
	d.collect(t)
	if got, want := d.collect(t), (collect.Totals{Visited: 1, Unchanged: 1}); got != want || conditional.Load() != 1 {
		t.Errorf("got %+v with %d conditional requests, want %+v with 1", got, conditional.Load(), want)
	}
	// Other watch words read the same answer with other eyes, so it must be asked for whole.
	source = d.source(t, source.ID)
	source.Match = []string{"nothing like it"}
	if err := d.store.SaveSource(ctx, source, dana); err != nil {
		t.Fatal(err)
	}
	d.collect(t)
	if got := conditional.Load(); got != 1 {
		t.Errorf("got %d conditional requests, want 1", got)
	}
}

func TestFailuresSayWhyAndSinceWhen(t *testing.T) {
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"404", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, "nothing at this address"},
		{"500", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(500)
			_, _ = io.WriteString(w, rss("9|A|Text of a faulty answer."))
		}, "fault of its own"},
		{"page", send("<!doctype html><html><body>Please log in</body></html>"), "web page"},
		{"empty", send(""), "empty"},
		{"words", send("hello there"), "neither a feed nor a web page"},
		{"hang", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "too long"},
		{"loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, 302) }, "on and on"},
		{"file", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "file:///etc/passwd", 302) }, "not on the web"},
		{"inside", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:9/", 302) }, "own network"},
		{"large", func(w http.ResponseWriter, _ *http.Request) {
			block := strings.Repeat("x", 1<<20)
			for range 50 {
				if _, err := io.WriteString(w, block); err != nil {
					return
				}
			}
		}, "larger"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t)
			s := serve(t, send(rss("1|A|The first and only review here.")))
			source := d.add(t, s.URL, collect.AddOptions{})
			d.collect(t)
			s.answer(test.handler)
			since := d.now()
			for range 2 {
				if got, want := d.collect(t), (collect.Totals{Visited: 1, Failed: 1}); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
				d.later(time.Hour)
			}
			failing := d.source(t, source.ID)
			if !strings.Contains(failing.Problem, test.want) {
				t.Errorf("got problem %q, want one that says %q", failing.Problem, test.want)
			}
			if !failing.Failing.Equal(since) || failing.Failures != 2 {
				t.Errorf("got failing since %v, %d times; want %v, 2", failing.Failing, failing.Failures, since)
			}
			s.answer(send(rss("1|A|The first and only review here.")))
			d.collect(t)
			if healthy := d.source(t, source.ID); healthy.Problem != "" || !healthy.Failing.IsZero() {
				t.Errorf("got %+v, want a healthy source", healthy)
			}
			if got := len(d.inbox(t)); got != 1 {
				t.Errorf("got %d mentions, want 1", got)
			}
		})
	}
}

func TestACutFeedKeepsWhatCameAndIsAskedAgain(t *testing.T) {
	d := open(t)
	whole := rss("1|A|The first review of three.", "2|B|The second review of three.", "3|C|The third review of three.")
	s := serve(t, send(whole))
	source := d.add(t, s.URL, collect.AddOptions{})
	s.answer(send(whole[:strings.Index(whole, "The third")]))
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 2, Failed: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := d.source(t, source.ID).Problem; !strings.Contains(got, "broke off") {
		t.Errorf("got problem %q", got)
	}
	s.answer(send(whole))
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestWatchWordsDecide(t *testing.T) {
	feed := rss("1|News|Bright Harbour Dental opens a new office.", "2|News|Rain is expected on the weekend.", "3|News|Dr. Núñez wins a prize.", "4|News|Brightharbor is one word.")
	tests := []struct {
		name            string
		practice, match []string
		want            int
	}{
		{"no words at all", nil, nil, 4},
		{"of the practice", []string{"bright harbour dental"}, nil, 1},
		{"of the source in their place", []string{"bright harbour dental"}, []string{"nunez"}, 1},
		{"several", []string{"nuñez", "RAIN"}, nil, 2},
		{"whole words only", []string{"harbor"}, nil, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t, test.practice...)
			d.add(t, serve(t, send(feed)).URL, collect.AddOptions{Match: test.match})
			if got := d.collect(t).New; got != test.want {
				t.Errorf("got %d mentions, want %d", got, test.want)
			}
		})
	}
}

func TestAFeedBehindAPage(t *testing.T) {
	d := open(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			_, _ = io.WriteString(w, `<html><head><link rel="alternate" type="application/rss+xml" href="/broken"><link rel="alternate" type="application/atom+xml" href="news"></head></html>`)
		case "/news":
			_, _ = io.WriteString(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>a</id><title>T</title><content>Kind people.</content></entry></feed>`)
		case "/hidden":
			_, _ = io.WriteString(w, `<html><body>No link to a feed here</body></html>`)
		default:
			w.WriteHeader(404)
		}
	})
	if got, want := d.add(t, s.URL+"/", collect.AddOptions{}).Address, s.URL+"/news"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := d.Add(ctx, s.URL+"/hidden", collect.AddOptions{AllowPrivate: true}, dana); !errors.Is(err, collect.ErrNoFeedBehind) {
		t.Errorf("got %v, want ErrNoFeedBehind", err)
	}
	if _, err := d.Add(ctx, s.URL+"/", collect.AddOptions{}, dana); !errors.Is(err, fetch.ErrPrivate) {
		t.Errorf("got %v, want ErrPrivate", err)
	}
}

func TestAnAddressThatMovedForGood(t *testing.T) {
	d := open(t)
	feed := rss("1|A|A review at the old address.")
	s := serve(t, send(feed))
	source := d.add(t, s.URL+"/old", collect.AddOptions{})
	s.answer(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		_, _ = io.WriteString(w, feed)
	})
	d.collect(t)
	if got, want := d.source(t, source.ID).Address, s.URL+"/new"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|A|A review before the storm.")))
	source := d.add(t, s.URL, collect.AddOptions{})
	s.answer(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "43200")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	d.collect(t)
	if got, want := d.source(t, source.ID).Next, d.now().Add(12*time.Hour); got.Before(want) {
		t.Errorf("got next visit at %v, want not before %v", got, want)
	}
}

func TestCancelKeepsWhatArrived(t *testing.T) {
	d := open(t)
	started := make(chan struct{}, 64)
	s := serve(t, send(rss("1|A|A review in each of the feeds, word for word.")))
	for i := range 30 {
		d.add(t, fmt.Sprintf("%s/%d", s.URL, i), collect.AddOptions{Name: fmt.Sprint(i)})
	}
	s.answer(func(w http.ResponseWriter, r *http.Request) {
		started <- struct{}{}
		if s.asked.Load() > 40 {
			<-r.Context().Done()
			return
		}
		_, _ = io.WriteString(w, rss(r.URL.Path+"|A|A review of feed "+r.URL.Path))
	})
	cancelled, cancel := context.WithCancel(ctx)
	go func() {
		for range 12 {
			<-started
		}
		cancel()
	}()
	totals, err := d.Collect(cancelled, collect.Options{All: true})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if totals.Visited == 30 || totals.Failed != 0 {
		t.Errorf("got %+v, want fewer visits and no failure", totals)
	}
	if got := len(d.inbox(t)); got < totals.New {
		t.Errorf("got %d mentions, %d were reported as stored", got, totals.New)
	}
}

func TestOfflineVisitsNothing(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|A|A review nobody gets to see.")))
	source := d.add(t, s.URL, collect.AddOptions{})
	asked := s.asked.Load()
	d.off.Store(true)
	if _, err := d.Collect(ctx, collect.Options{All: true}); !errors.Is(err, fetch.ErrOffline) {
		t.Errorf("got %v, want ErrOffline", err)
	}
	if got := s.asked.Load(); got != asked {
		t.Errorf("got %d requests while offline", got-asked)
	}
	if got := d.source(t, source.ID); got.Problem != "" || !got.Visited.IsZero() {
		t.Errorf("being offline is not the source's fault: %+v", got)
	}
}

func TestProgressAndDue(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|A|A review for the schedule.")))
	source := d.add(t, s.URL, collect.AddOptions{Every: 60})
	var last [2]int
	progress := func(done, total int, _ string) { last = [2]int{done, total} }
	if _, err := d.Collect(ctx, collect.Options{Progress: progress}); err != nil {
		t.Fatal(err)
	}
	if want := [2]int{1, 1}; last != want {
		t.Errorf("got progress %v, want %v", last, want)
	}
	if totals, err := d.Collect(ctx, collect.Options{}); err != nil || totals.Visited != 0 {
		t.Errorf("got %+v, %v; want no visit before its time", totals, err)
	}
	d.later(2 * time.Hour)
	if totals, err := d.Collect(ctx, collect.Options{}); err != nil || totals.Visited != 1 {
		t.Errorf("got %+v, %v; want one visit", totals, err)
	}
	if totals, err := d.Collect(ctx, collect.Options{SourceID: source.ID}); err != nil || totals.Visited != 1 {
		t.Errorf("got %+v, %v; want one visit", totals, err)
	}
	entries, err := d.fetch.Ledger(ctx, 100)
	if err != nil || len(entries) != 4 {
		t.Errorf("got %d lines in the network ledger (%v), want 4: one look and three visits", len(entries), err)
	}
}

func TestOldEntriesAreHistory(t *testing.T) {
	d := open(t)
	old := `<rss version="2.0"><channel><title>T</title><item><guid>a</guid><title>Long ago</title><description>It was good then.</description><pubDate>Fri, 02 Jan 2015 10:00:00 GMT</pubDate></item>` +
		`<item><guid>b</guid><title>Ahead</title><description>From the future.</description><pubDate>Fri, 02 Jan 2090 10:00:00 GMT</pubDate></item></channel></rss>`
	d.add(t, serve(t, send(old)).URL, collect.AddOptions{})
	d.collect(t)
	for _, m := range d.inbox(t) {
		switch m.Key {
		case "a":
			if !m.Imported || !m.Due.IsZero() {
				t.Errorf("got imported %v, due %v; want history", m.Imported, m.Due)
			}
		case "b":
			if m.Imported || m.Posted.After(d.now()) || !m.About {
				t.Errorf("got posted %v (about %v); want today, about", m.Posted, m.About)
			}
		default:
			t.Errorf("got a mention with the key %q", m.Key)
		}
	}
}

func TestWatchStopsWhenTold(t *testing.T) {
	d := open(t)
	d.add(t, serve(t, send(rss("1|A|A review that the watch brings in."))).URL, collect.AddOptions{})
	watching, cancel := context.WithCancel(ctx)
	defer cancel()
	var brought collect.Totals
	err := d.Watch(watching, func(t collect.Totals) { brought = t; cancel() })
	if !errors.Is(err, context.Canceled) || brought.New != 1 {
		t.Errorf("got %v, %+v; want context.Canceled and one new mention", err, brought)
	}
}

func TestHandMadeMentions(t *testing.T) {
	d := open(t)
	m, err := d.AddByHand(ctx, reviews.Found{Text: "They left me waiting, then billed me twice.\u202e", Stars: 1, Author: "A. Reader", Site: "Yelp.com", URL: "javascript:alert(1)"}, dana)
	if err != nil {
		t.Fatal(err)
	}
	if m.Site != "yelp" || m.URL != "" || m.Sentiment != "negative" || strings.ContainsRune(m.Text, '\u202e') {
		t.Errorf("got %+v", m)
	}
}

func TestImportTellsAndStops(t *testing.T) {
	d := open(t)
	var table strings.Builder
	table.WriteString("Reviewer,Rating,Comment\n")
	for i := range 900 {
		fmt.Fprintf(&table, "Reader %d,%d,The %d. visit was calm and quick and kind\n", i, i%5+1, i)
	}
	file := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(ctx)
	if _, err := d.Import(stopped, file, collect.ImportOptions{Progress: func(int, int) { stop() }}, dana); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if got := len(d.inbox(t)); got != 0 {
		t.Errorf("got %d mentions of a stopped import, want none", got)
	}
	var last [2]int
	outcome, err := d.Import(ctx, file, collect.ImportOptions{Progress: func(done, total int) { last = [2]int{done, total} }}, dana)
	if err != nil || outcome.New != 900 || last != [2]int{900, 900} {
		t.Errorf("got %+v, %v, progress %v; want 900 new", outcome, err, last)
	}
	for _, m := range d.inbox(t)[:5] {
		if !m.Imported || !m.Due.IsZero() || m.Sentiment == "" {
			t.Errorf("got %+v, want understood history", m)
		}
	}
	if again, err := d.Import(ctx, file, collect.ImportOptions{}, dana); err != nil || again.New != 0 || again.Unchanged != 900 {
		t.Errorf("got %+v, %v; want nothing twice", again, err)
	}
}
