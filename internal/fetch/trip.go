package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// trip is one Get with all its redirects. Every hop passes through RoundTrip, so that none escapes the offline switch, the turn at the host,
// the guard of private addresses and the ledger.
type trip struct {
	client    *Client
	why       string
	maxBytes  int64
	allowed   *url.URL // private addresses are allowed at this host
	start     *url.URL
	proof     []string // names of the headers that may prove who asks
	sends     bool     // there is a body, which may be a password
	still     bool     // no redirect is followed
	permanent bool     // all redirects so far were for good
	hops      int
	last      string // host of the hop under way
}

func (t *trip) host(start *url.URL) string {
	if t.last == "" {
		return start.Hostname()
	}
	return t.last
}

// harmless are the headers that say what is wanted, and nothing about who asks.
var harmless = []string{"Accept", "Accept-Language", "Content-Type", "User-Agent"}

// proof are the names of all other headers.
func proof(header http.Header) (names []string) {
	for name := range header {
		if !slices.Contains(harmless, http.CanonicalHeaderKey(name)) {
			names = append(names, name)
		}
	}
	return names
}

// follow decides about a redirect before it is made.
func (t *trip) follow(next *http.Request, before []*http.Request) error {
	if t.still {
		return problem(ErrRedirect, nil, "The server %s sends the reader on to %s. What was meant for the first is not shown to another, so it was not followed. Check the address of the account", t.last, next.URL.Hostname())
	}
	if next.URL.Scheme != "http" && next.URL.Scheme != "https" || next.URL.Hostname() == "" {
		return problem(ErrRedirect, nil, "The server %s sends the reader on to an address that is not on the web, so it was not followed", t.last)
	}
	if len(before) > maxRedirects {
		return problem(ErrRedirect, nil, "The server %s sends the reader on and on (more than %d times)", t.last, maxRedirects)
	}
	next.Header.Del("Referer") // an address may be a secret
	if open := before[0].URL.Scheme == "https" && next.URL.Scheme == "http"; open && (len(t.proof) > 0 || t.sends || t.start.User != nil) {
		return problem(ErrRedirect, nil, "The server %s sends the reader on to a page without encryption. The key of this source would be readable on the way, so it was not followed", t.last)
	}
	if !sameServer(t.start, next.URL) {
		if t.sends && next.Body != nil {
			return problem(ErrRedirect, nil, "The server %s sends the reader on to %s. What was meant for the first is not shown to the second, so it was not followed", t.last, next.URL.Hostname())
		}
		for _, name := range t.proof {
			next.Header.Del(name)
		}
		next.Header.Del("Authorization")
	}
	status := next.Response.StatusCode
	t.permanent = t.permanent && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
	return nil
}

// RoundTrip makes one hop.
func (t *trip) RoundTrip(request *http.Request) (*http.Response, error) {
	c := t.client
	t.hops++
	t.last = request.URL.Hostname()
	if c.offline(request.Context()) {
		return nil, ErrOffline
	}
	if c.hosts.rests(request.URL, c.now()) > 0 {
		return nil, errResting
	}
	leave, err := c.hosts.take(request.Context(), request.URL)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(request.Context())
	entry := Entry{At: c.now(), Host: request.URL.Host, Why: t.why, Sent: size(request)}
	hop := &hop{limits: c.limits, ctx: ctx, cancel: cancel, limit: t.maxBytes, done: func(got int64, err error) {
		leave()
		entry.Got = got
		if err != nil && !errors.Is(err, context.Canceled) {
			entry.Error = explain(ctx, request.URL.Hostname(), err).Error()
		}
		c.ledger.note(entry)
	}}
	hop.total = time.AfterFunc(c.limits.Total, func() { cancel(ErrTimeout) })
	hop.watch(c.offline)
	via := c.guarded
	if t.allowed != nil && sameServer(t.allowed, request.URL) {
		via = c.open
	}
	answer, err := via.RoundTrip(request.WithContext(ctx))
	if err != nil {
		err = hop.reason(err)
		hop.end(err)
		return nil, err
	}
	entry.Status = answer.StatusCode
	hop.body = answer.Body
	if answer.ContentLength > t.maxBytes {
		hop.failed = ErrTooBig
	}
	hop.stall = time.AfterFunc(c.limits.Stall, func() { cancel(ErrTimeout) })
	answer.Body = hop
	return answer, nil
}

// sameServer tells whether the person who allowed one address meant the other too: the same host and port, or its move to https.
func sameServer(a, b *url.URL) bool {
	return a.Hostname() == b.Hostname() && (a.Port() == b.Port() || a.Port() == "" && b.Port() == "443" || a.Port() == "80" && b.Port() == "")
}

// size is about what the request takes on the wire.
func size(request *http.Request) int64 {
	n := len(request.Method) + len(request.URL.RequestURI()) + len(request.Host) + len(" HTTP/1.1\r\nHost: \r\n\r\n")
	for name, values := range request.Header {
		for _, value := range values {
			n += len(name) + len(value) + len(": \r\n")
		}
	}
	return int64(n) + max(request.ContentLength, 0)
}

// hop is the body of one answer: it counts, and gives up when the server stalls.
type hop struct {
	limits Limits
	ctx    context.Context
	cancel context.CancelCauseFunc
	body   io.ReadCloser
	total  *time.Timer
	looks  atomic.Pointer[time.Timer] // at the offline switch
	stall  *time.Timer
	limit  int64
	got    int64
	failed error
	done   func(got int64, err error)
	once   sync.Once
}

func (h *hop) Read(into []byte) (int, error) {
	n, err := h.body.Read(into)
	h.stall.Reset(h.limits.Stall)
	h.got += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = h.reason(err)
		h.failed = err
	}
	if h.got > h.limit {
		h.failed = ErrTooBig
	}
	return n, err
}

func (h *hop) Close() error {
	err := h.body.Close()
	h.end(h.failed)
	return err
}

// reason is why the hop ended: our own clock, the offline switch, or what the connection says.
func (h *hop) reason(err error) error {
	if cause := context.Cause(h.ctx); errors.Is(cause, ErrTimeout) || errors.Is(cause, ErrOffline) {
		return cause
	}
	return err
}

// hopLook is how often a request that is under way looks at the offline switch.
const hopLook = 500 * time.Millisecond

// watch ends the hop soon after the program went offline.
func (h *hop) watch(offline func(context.Context) bool) {
	var look func()
	look = func() {
		if h.ctx.Err() != nil {
			return
		}
		if offline(h.ctx) && h.ctx.Err() == nil {
			h.cancel(ErrOffline)
			return
		}
		h.looks.Store(time.AfterFunc(hopLook, look))
	}
	h.looks.Store(time.AfterFunc(hopLook, look))
}

func (h *hop) end(err error) {
	h.once.Do(func() {
		h.total.Stop()
		h.looks.Load().Stop()
		if h.stall != nil {
			h.stall.Stop()
		}
		h.cancel(nil)
		h.done(h.got, err)
	})
}
