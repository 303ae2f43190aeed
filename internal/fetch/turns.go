package fetch

import (
	"context"
	"sync"
)

// perHost is how many requests one host gets from us at the same time.
const perHost = 2

// turns hands out the places at each host.
type turns struct {
	mu     sync.Mutex
	places map[string]chan struct{}
}

func newTurns() *turns { return &turns{places: map[string]chan struct{}{}} }

// take waits for a place at the host; the caller gives it back with leave.
func (t *turns) take(ctx context.Context, host string) (leave func(), err error) {
	t.mu.Lock()
	places := t.places[host]
	if places == nil {
		places = make(chan struct{}, perHost)
		t.places[host] = places
	}
	t.mu.Unlock()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
