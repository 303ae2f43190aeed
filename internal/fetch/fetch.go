// Package fetch asks other computers for things: politely, within limits of time and size, never inside the office network unless a
// person allowed it, never while the program is offline, and never without a line in the network ledger.
package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// DefaultMaxBytes is how large an answer may be, both as it comes and unpacked.
const DefaultMaxBytes = 10 << 20

// userAgent says honestly who asks.
const userAgent = "Goodword/1.0 (feed reader of a medical practice)"

// maxRedirects is how many times an answer may send us on.
const maxRedirects = 5

// Limits are the time budgets of one request; each redirect starts them anew. Waiting for a turn at a busy host is not counted.
type Limits struct {
	Connect time.Duration // name, connection and certificate
	Header  time.Duration // until the first line of the answer
	Stall   time.Duration // between two pieces of the body
	Total   time.Duration
}

// DefaultLimits suit slow servers and slow lines.
var DefaultLimits = Limits{Connect: 10 * time.Second, Header: 20 * time.Second, Stall: 15 * time.Second, Total: time.Minute}

// Request is one address to get. ETag and Modified are those of the last answer; the server may then say that nothing changed.
type Request struct {
	URL          string
	Why          string // for the ledger: "collect", "look", …
	ETag         string
	Modified     string
	AllowPrivate bool        // the host of URL may be inside the own network; hosts it redirects to may not
	MaxBytes     int64       // 0: DefaultMaxBytes
	Header       http.Header // further headers, such as a key; a redirect to another host does not get those that prove who asks
	Body         []byte      // what is sent; nil: the request only asks
	Deliver      bool        // something is handed over: no redirect is followed, and what the server says to a refusal is read
}

// Response is what came back.
type Response struct {
	Status     int
	Body       []byte // unpacked
	Type       string // Content-Type as the server sent it
	ETag       string
	Modified   string
	URL        string        // where the answer was found in the end
	Moved      string        // the new address, if the server says that it moved for good
	RetryAfter time.Duration // how long the server asks us to stay away
	Header     http.Header   // all that the server said beside the body
}

// Unchanged reports whether the server said that nothing changed since the last answer.
func (r *Response) Unchanged() bool { return r.Status == http.StatusNotModified }

// Client gets addresses. It may be used by many goroutines.
type Client struct {
	now     clock.Clock
	offline func(context.Context) bool
	limits  Limits
	hosts   *turns
	ledger  *ledger
	guarded *http.Transport
	open    *http.Transport
}

// New returns a client that writes its ledger into db. While offline answers true no request leaves the computer.
func New(db *database.DB, now clock.Clock, offline func(context.Context) bool) *Client {
	return NewWithin(DefaultLimits, db, now, offline)
}

// NewWithin is New with other time budgets.
func NewWithin(limits Limits, db *database.DB, now clock.Clock, offline func(context.Context) bool) *Client {
	return &Client{now: now, offline: offline, limits: limits, hosts: newTurns(), ledger: newLedger(db),
		guarded: transport(limits, refusePrivate), open: transport(limits, refuseMetadata)}
}

// Offline reports whether requests are refused now.
func (c *Client) Offline(ctx context.Context) bool { return c.offline(ctx) }

// Get asks for an address. An answer with a status that is not a success comes with an error too, so that the caller can see what the
// server asked for. The errors are sentences for people and wrap one of the errors of this package.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	address, err := parse(r.URL)
	if err != nil {
		return nil, err
	}
	if r.MaxBytes == 0 {
		r.MaxBytes = DefaultMaxBytes
	}
	trip := &trip{client: c, why: r.Why, maxBytes: r.MaxBytes, permanent: true, start: address, proof: proof(r.Header), sends: r.Body != nil, still: r.Deliver}
	if r.AllowPrivate {
		trip.allowed = address
	}
	method, body := http.MethodGet, io.Reader(nil)
	if r.Body != nil {
		method, body = http.MethodPost, bytes.NewReader(r.Body)
	}
	request, err := http.NewRequestWithContext(ctx, method, address.String(), body)
	if err != nil {
		return nil, problem(ErrAddress, err, "The address %s cannot be read", r.URL)
	}
	headers(request, r)
	browser := http.Client{Transport: trip, CheckRedirect: trip.follow}
	answer, err := browser.Do(request)
	if errors.Is(err, errResting) {
		return &Response{Status: http.StatusTooManyRequests, URL: r.URL, RetryAfter: c.hosts.rests(address, c.now())}, statusProblem(address.Hostname(), http.StatusTooManyRequests)
	}
	if err != nil {
		return nil, explain(ctx, trip.host(address), err)
	}
	defer func() { _ = answer.Body.Close() }()
	response := &Response{Status: answer.StatusCode, Type: answer.Header.Get("Content-Type"), ETag: answer.Header.Get("ETag"),
		Modified: answer.Header.Get("Last-Modified"), URL: answer.Request.URL.String(), RetryAfter: c.retryAfter(answer.Header.Get("Retry-After")),
		Header: answer.Header}
	if trip.permanent && trip.hops > 1 {
		response.Moved = response.URL
	}
	c.hosts.answered(answer.Request.URL, answer.StatusCode, response.RetryAfter, c.now())
	if answer.StatusCode == http.StatusNotModified && (r.ETag != "" || r.Modified != "") {
		return response, nil
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		if r.Deliver {
			response.Body, _ = read(answer, r.MaxBytes) // half a refusal refuses too
		}
		return response, statusProblem(trip.host(address), answer.StatusCode)
	}
	response.Body, err = read(answer, r.MaxBytes)
	if err != nil {
		return nil, explain(ctx, trip.host(address), err)
	}
	return response, nil
}

func headers(request *http.Request, r Request) {
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5")
	request.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		request.Header.Set("If-None-Match", r.ETag)
	}
	if r.Modified != "" {
		request.Header.Set("If-Modified-Since", r.Modified)
	}
	for name, values := range r.Header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
}

func parse(address string) (*url.URL, error) {
	parsed, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, problem(ErrAddress, err, "The address %q cannot be read", address)
	}
	if parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Hostname() == "" {
		return nil, problem(ErrAddress, nil, "The address %q is not a web address. It has to start with https:// or http://", address)
	}
	return parsed, nil
}

// read returns the body, unpacked. It stops at the limit on both sides of the unpacking, so that a small answer cannot grow without end.
func read(answer *http.Response, limit int64) ([]byte, error) {
	if answer.ContentLength > limit {
		return nil, ErrTooBig
	}
	var from io.Reader = &limited{from: answer.Body, left: limit}
	var body bytes.Buffer
	switch packing := strings.ToLower(strings.TrimSpace(answer.Header.Get("Content-Encoding"))); {
	case packing == "gzip" || packing == "x-gzip":
		unpacked, err := gzip.NewReader(from)
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		from = &limited{from: unpacked, left: limit}
	case packing != "" && packing != "identity": // it was not asked for, and no parser could tell it from noise
		return nil, problem(ErrBroken, nil, "%s packed its answer in a way that was not asked for (%s), so it cannot be read", answer.Request.URL.Hostname(), packing)
	case answer.ContentLength > 0:
		body.Grow(int(answer.ContentLength) + bytes.MinRead)
	}
	_, err := body.ReadFrom(from)
	return body.Bytes(), err
}

// limited fails, unlike io.LimitReader, when there is more: half an answer must not pass for a whole one.
type limited struct {
	from io.Reader
	left int64
}

func (l *limited) Read(into []byte) (int, error) {
	n, err := l.from.Read(into)
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooBig
	}
	return n, err
}

// retryAfter reads seconds or a date. A server does not get to silence us for more than a day.
func (c *Client) retryAfter(value string) time.Duration {
	if value == "" {
		return 0
	}
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(max(seconds, 0), 24*3600)) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(c.now())
	}
	return min(max(wait, 0), 24*time.Hour)
}
