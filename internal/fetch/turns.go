package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// perHost is how many requests one host gets from us at the same time.
const perHost = 2

// A host that says several times in a row that we come too often is left alone by all sources, for as long as it asks within these bounds. Each
// source by itself waits as long as its own answer said.
const (
	tooOften     = 5
	shortestRest = time.Minute
	longestRest  = 15 * time.Minute
)

// errResting says that a host is left alone for now.
var errResting = errors.New("the server is left alone for a while")

// turns hands out the places at each host.
type turns struct {
	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	places  chan struct{}
	refused int // how many times in a row it said that we come too often
	until   time.Time
}

func newTurns() *turns { return &turns{hosts: map[string]*host{}} }

// at is the host of an address, whatever way its name is written.
func (t *turns) at(address *url.URL) *host {
	name := strings.ToLower(strings.TrimSuffix(address.Hostname(), ".")) + ":" + address.Port()
	h := t.hosts[name]
	if h == nil {
		h = &host{places: make(chan struct{}, perHost)}
		t.hosts[name] = h
	}
	return h
}

// take waits for a place at the host; the caller gives it back with leave.
func (t *turns) take(ctx context.Context, address *url.URL) (leave func(), err error) {
	t.mu.Lock()
	places := t.at(address).places
	t.mu.Unlock()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// answered keeps count of the answers that ask us to come less often.
func (t *turns) answered(address *url.URL, status int, wish time.Duration, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.at(address)
	if status != http.StatusTooManyRequests {
		h.refused = 0
		return
	}
	if h.refused++; h.refused >= tooOften {
		h.until = now.Add(min(max(wish, shortestRest), longestRest))
	}
}

// rests is how long a host is still left alone. A clock that was set back ends it.
func (t *turns) rests(address *url.URL, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.at(address)
	if rest := h.until.Sub(now); rest > 0 && rest <= longestRest {
		return rest
	}
	return 0
}
