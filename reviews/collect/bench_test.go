package collect_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/reviews/collect"
)

// The feeds of the benchmarks: fewer than the 500 of scripts/bench, so that one round takes a moment.
const (
	benchFeeds   = 20
	benchEntries = 100
)

// newsroom serves the feeds. Each revision adds one entry to each.
type newsroom struct {
	revision atomic.Int64
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	revision := n.revision.Load()
	tag := fmt.Sprintf(`"%d"`, revision)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>What patients say</title><link>http://a.example/</link>`)
	for k := benchEntries + int(revision) - 1; k >= int(revision); k-- {
		at := noon.Add(-time.Duration(1000-k) * time.Hour).Format(time.RFC1123Z)
		fmt.Fprintf(&b, `<item><title>Visit %d</title><link>http://a.example%s/%d</link><guid isPermaLink="false">%s-%d</guid><pubDate>%s</pubDate>`+
			`<description>&lt;p&gt;Number %d%s waited forty minutes in room %d, and the hygienist explained the %d X-rays and what the insurance would pay.&lt;/p&gt;</description></item>`,
			k, r.URL.Path, k, r.URL.Path, k, at, k, r.URL.Path, k*7, k*3)
	}
	b.WriteString(`</channel></rss>`)
	_, _ = w.Write([]byte(b.String()))
}

func benchDesk(b *testing.B) (*desk, *newsroom) {
	room := &newsroom{}
	server := httptest.NewServer(room)
	b.Cleanup(server.Close)
	d := open(b)
	for k := range benchFeeds {
		d.add(b, fmt.Sprintf("%s/f%d", server.URL, k), collect.AddOptions{})
	}
	return d, room
}

func BenchmarkFirstCollection(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d, _ := benchDesk(b)
		b.StartTimer()
		if got := d.collect(b); got.New != benchFeeds*benchEntries {
			b.Fatalf("got %+v", got)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchFeeds*benchEntries), "ns/entry")
}

func BenchmarkNothingNew(b *testing.B) {
	d, _ := benchDesk(b)
	d.collect(b)
	for b.Loop() {
		if got := d.collect(b); got.Unchanged != benchFeeds {
			b.Fatalf("got %+v", got)
		}
	}
}

func BenchmarkOneNewEach(b *testing.B) {
	d, room := benchDesk(b)
	d.collect(b)
	for b.Loop() {
		room.revision.Add(1)
		if got := d.collect(b); got.New != benchFeeds {
			b.Fatalf("got %+v", got)
		}
	}
}
