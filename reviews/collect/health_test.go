package collect_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
)

func TestMissedVisitsAreCaughtUpOnceEach(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the pause between two portions")
	}
	d := open(t)
	var mu sync.Mutex
	asked := map[string]int{}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		send(rss("1|A|A review behind "+r.URL.Path))(w, r)
	})
	const many = 70
	for i := range many {
		source := reviews.Source{Kind: "feed", Name: fmt.Sprint("Feed ", i), Address: fmt.Sprintf("%s/%d", s.URL, i), AllowPrivate: true}
		if _, err := d.store.AddSource(ctx, source, dana); err != nil {
			t.Fatal(err)
		}
	}
	d.collect(t)
	clear(asked)
	d.later(72 * time.Hour) // the computer slept over the weekend
	watching, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	visited, rounds := 0, 0
	_ = d.Watch(watching, func(totals collect.Totals) {
		rounds++
		if visited += totals.Visited; visited >= many {
			cancel()
		}
	})
	if visited != many || len(asked) != many || rounds < 2 {
		t.Errorf("got %d visits of %d feeds in %d rounds, want %d in more than one", visited, len(asked), rounds, many)
	}
	for path, n := range asked {
		if n != 1 {
			t.Errorf("%s was asked %d times, want once", path, n)
		}
	}
	if due, err := d.store.Due(ctx); err != nil || len(due) != 0 {
		t.Errorf("got %d due, %v; want none", len(due), err)
	}
	seen := map[time.Time]bool{}
	sources, err := d.store.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		seen[source.Next] = true
	}
	if len(seen) < many/2 {
		t.Errorf("got %d different times for the next %d visits, want them spread", len(seen), many)
	}
}

func TestAFeedThatIsEmptyNowSaysSo(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|A|The only review of years.")))
	source := d.add(t, s.URL, collect.AddOptions{})
	d.collect(t)
	if h := reviews.HealthOf(d.source(t, source.ID), d.now()); h.State != reviews.HealthGood {
		t.Errorf("got %+v, want it good", h)
	}
	s.answer(send(rss()))
	d.later(time.Hour)
	d.collect(t)
	if h := reviews.HealthOf(d.source(t, source.ID), d.now()); h.State != reviews.HealthEmpty || !h.Troubled {
		t.Errorf("got %+v, want it empty", h)
	}
}

func TestALoginPageIsNamed(t *testing.T) {
	d := open(t)
	s := serve(t, send(rss("1|A|A review before the login.")))
	source := d.add(t, s.URL, collect.AddOptions{})
	s.answer(send(`<!doctype html><html><head><title>Sign in</title></head><body><form><input type="password" name="p"></form></body></html>`))
	for range 3 {
		d.collect(t)
		d.later(time.Hour)
	}
	h := reviews.HealthOf(d.source(t, source.ID), d.now())
	if !h.Troubled || !strings.Contains(h.Says, "login") {
		t.Errorf("got %+v, want it to say that a login page came", h)
	}
}
