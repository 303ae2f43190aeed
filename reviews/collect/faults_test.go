package collect_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
)

// faultServer builds and starts the server of faults that lies beside the repository, or skips the test.
func faultServer(t testing.TB, args ...string) string {
	t.Helper()
	folder := collect.SharedFolder(t, "perf/feedserver")
	binary := filepath.Join(t.TempDir(), "feedserver")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = folder
	build.Env = append(build.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("the server of faults cannot be built here: %v, %s", err, out)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(binary, append([]string{"-addr", address}, args...)...)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 200 {
		if answer, err := http.Get("http://" + address + "/x/"); err == nil {
			_ = answer.Body.Close()
			return "http://" + address
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server of faults does not start")
	return ""
}

func pageOf(t testing.TB, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// openWithin is open with other time budgets, so that servers that hang cost the test little.
func openWithin(t testing.TB, limits fetch.Limits) *desk {
	t.Helper()
	d := &desk{}
	d.at.Store(time.Now().Unix())
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), d.now)
	if err != nil {
		t.Fatal(err)
	}
	practices := practice.NewStore(db, d.now)
	if err := practices.Save(ctx, practice.Practice{Name: "Bright Harbor Dental", TimeZone: "UTC"}, dana); err != nil {
		t.Fatal(err)
	}
	d.fetch = fetch.NewWithin(limits, db, clock.Clock(d.now), func(context.Context) bool { return d.off.Load() })
	d.store = reviews.NewStore(db, d.now, practices, guard.Default())
	d.Collector = collect.New(collect.Deps{Store: d.store, Fetch: d.fetch, Judge: classify.Default(), Practices: practices, Now: d.now})
	t.Cleanup(func() {
		if err := errors.Join(d.fetch.Flush(ctx), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return d
}

// faulty is what has to come of a fault: so many entries, or a sentence that says why there are none. A cut feed gives both.
type faulty struct {
	least, most int
	says        string
}

// whole is what comes of a feed that is odd, and all the same readable.
var whole = faulty{20, 20, ""}

// The faults of which less than all entries can come.
var faults = map[string]faulty{
	"bad-gzip": {0, 0, "broke off"}, "bad-json": {8, 19, "broke off before its end"}, "bad-unclosed": {19, 20, ""}, "bad-mismatch": {19, 20, ""},
	"big-50m": {0, 0, "larger"}, "big-item-50m": {0, 0, "larger"}, "bomb-1g": {0, 0, "larger"}, "bomb-8g": {0, 0, "larger"}, "endless": {0, 0, "larger"},
	"dupitem": {10, 10, ""}, "shrinking": {40, 40, ""}, "json-numbers": {3, 3, ""}, "no-items": {0, 0, ""},
	"e404": {0, 0, "nothing at this address"}, "e410": {0, 0, "gone for good"}, "e500": {0, 0, "fault of its own"}, "e500-body": {0, 0, "fault of its own"},
	"r429": {0, 0, "less often"}, "empty-200": {0, 0, "empty"}, "html": {0, 0, "web page"},
	"hang-mid": {0, 0, "too long"}, "hang-noheaders": {0, 0, "too long"}, "slowloris": {0, 0, "too long"},
	"reset-before": {0, 0, "broke off"}, "reset-mid": {0, 0, "broke off"}, "trunc-length": {0, 0, "broke off"}, "trunc-close": {8, 12, "broke off before its end"},
	"redirect-chain": {0, 0, "on and on"}, "redirect-loop": {0, 0, "on and on"}, "redirect-file": {0, 0, "not on the web"},
}

// TestEveryFaultOfTheServer visits every kind of broken server twice beside healthy ones: each gives what can be read or a sentence, none stops
// another, nothing comes twice, and no entity or address in a feed makes us ask for more.
func TestEveryFaultOfTheServer(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for servers that hang")
	}
	server := faultServer(t, "-feeds", "3", "-entries", "5", "-hang", "3s")
	d := openWithin(t, fetch.Limits{Connect: time.Second, Header: time.Second, Stall: time.Second, Total: 2 * time.Second})
	var sources []reviews.Source
	for _, mode := range strings.Fields(pageOf(t, server+"/x/")) {
		source, err := d.store.AddSource(ctx, reviews.Source{Kind: "feed", Name: mode, Address: server + "/x/" + mode, All: true, AllowPrivate: true}, dana)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, source)
	}
	if len(sources) < 50 {
		t.Fatalf("got %d faults, want at least 50", len(sources))
	}
	start := time.Now()
	for range 2 {
		if totals := d.collect(t); totals.Visited != len(sources) {
			t.Errorf("got %d visits, want all %d", totals.Visited, len(sources))
		}
		d.later(time.Hour)
	}
	t.Logf("%d faults, twice, in %v", len(sources), time.Since(start).Round(time.Millisecond))
	for _, source := range sources {
		want, ok := faults[source.Name]
		if !ok {
			want = whole
		}
		visits, err := d.store.Visits(ctx, source.ID, 5)
		if err != nil || len(visits) != 2 {
			t.Fatalf("%s: got %d visits, %v", source.Name, len(visits), err)
		}
		kept := 0
		for _, v := range visits {
			kept += v.New + v.Duplicates
		}
		if kept < want.least || kept > want.most {
			t.Errorf("%s: got %d entries, want %d to %d (%s)", source.Name, kept, want.least, want.most, visits[0].Problem)
		}
		if got := visits[0].Problem; (got == "") != (want.says == "") || !strings.Contains(got, want.says) {
			t.Errorf("%s: got the problem %q, want %q", source.Name, got, want.says)
		}
	}
	if stats := pageOf(t, server+"/stats"); !strings.Contains(strings.ReplaceAll(stats, " ", ""), `"canary_hits":0`) {
		t.Errorf("something in a feed made us ask for more: %s", stats)
	}
	for _, m := range d.inbox(t) {
		if strings.Contains(m.Text, "CANARY-FROM-FILE") || strings.Contains(m.Text, "<script") || len(m.Text) > 1<<20 {
			t.Errorf("got a text with what no feed may bring in: %.200s", m.Text)
		}
		if m.Posted.After(d.now().Add(48 * time.Hour)) {
			t.Errorf("got a mention of %v, which is not yet", m.Posted)
		}
	}
}
