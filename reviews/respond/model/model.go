// Package model asks a language model that runs on this very computer for a draft: Ollama, llama.cpp, LM Studio, or another server that speaks the
// chat interface of OpenAI. It talks to loopback addresses and to nothing else, goes through no proxy and follows no redirect. What comes back is only
// words for a person to read; the gate judges them like any others.
package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"goodword/internal/clock"
	"goodword/internal/fetch"
	"goodword/internal/refusal"
)

// The errors that callers tell apart.
var (
	ErrAddress = errors.New("the address is not on this computer")
	ErrSilent  = errors.New("the language model did not answer")
	ErrGarbage = errors.New("the answer cannot be used")
)

// Settings are how a practice uses a language model. The zero value is off.
type Settings struct {
	On      bool   `json:"on"`
	Address string `json:"address"` // "http://127.0.0.1:11434"
	Name    string `json:"name"`    // of the model, as the server calls it
	Open    bool   `json:"open"`    // names and health words go to the model unmasked
	Seconds int    `json:"seconds"` // how long to wait; 0 is DefaultSeconds
}

// DefaultSeconds is how long a draft may take: a small computer writes slowly.
const DefaultSeconds = 60

// Usual are the addresses at which the known servers listen when nobody changed them.
func Usual() map[string]string {
	return map[string]string{"Ollama": "http://127.0.0.1:11434", "llama.cpp": "http://127.0.0.1:8080", "LM Studio": "http://127.0.0.1:1234"}
}

// mostBytes is how large an answer may be: a reply is a few hundred bytes, and what a model thinks aloud before it some thousands.
const mostBytes = 1 << 20

// Client asks the model. It may be used by many goroutines.
type Client struct {
	now  clock.Clock
	note func(fetch.Entry)
	http *http.Client
}

// New returns a client; each call is told to note, which is the network ledger.
func New(now clock.Clock, note func(fetch.Entry)) *Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !to.Addr().Unmap().WithZone("").IsLoopback() { // what is really dialled, whatever the name said before
			return elsewhere(to.Addr().String())
		}
		return nil
	}}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil || !strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
			return dialer.DialContext(ctx, network, address)
		}
		connection, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port)) // the name is not looked up anywhere
		if err != nil {
			connection, err = dialer.DialContext(ctx, network, net.JoinHostPort("::1", port))
		}
		return connection, err
	}
	transport := &http.Transport{DialContext: dial, MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true, DisableCompression: true}
	return &Client{now: now, note: note, http: &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		return refusal.Because(ErrAddress, "The language model wants to send the request on to %s, which is refused", r.URL.Host)
	}}}
}

func elsewhere(host string) error {
	return refusal.Because(ErrAddress, "%s is not on this computer. Only addresses such as http://127.0.0.1:11434 or http://localhost:1234 are asked", host)
}

// CheckAddress returns the address in the form in which it is asked, or an error that says why it is not.
func CheckAddress(address string) (*url.URL, error) {
	text := strings.TrimSpace(address)
	if text != "" && !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, refusal.Because(ErrAddress, "%q is no address of a language model. It looks like http://127.0.0.1:11434", address)
	}
	if u.User != nil {
		return nil, refusal.Because(ErrAddress, "The address of a language model has no name and password in it")
	}
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil {
		if !ip.Unmap().WithZone("").IsLoopback() {
			return nil, elsewhere(host)
		}
	} else if !strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return nil, elsewhere(host)
	}
	u.Path = strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/chat/completions"), "/v1")
	u.RawQuery, u.Fragment = "", ""
	return u, nil
}

// Models lists what the server can run.
func (c *Client) Models(ctx context.Context, s Settings) ([]string, error) {
	var answer struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := c.call(ctx, s, http.MethodGet, "/v1/models", nil, &answer); err != nil {
		return nil, err
	}
	var names []string
	for _, m := range answer.Data {
		if m.ID != "" {
			names = append(names, m.ID)
		}
	}
	if len(names) == 0 {
		return nil, refusal.Because(ErrGarbage, "The server names no language model. Load one there first")
	}
	return names, nil
}

// call asks once, within the time that the settings give, and reads the answer into a value.
func (c *Client) call(ctx context.Context, s Settings, method, path string, body []byte, into any) error {
	address, err := CheckAddress(s.Address)
	if err != nil {
		return err
	}
	seconds := s.Seconds
	if seconds <= 0 {
		seconds = DefaultSeconds
	}
	limited, cancel := context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, method, address.JoinPath(path).String(), bytes.NewReader(body))
	if err != nil {
		return refusal.Because(ErrAddress, "%q is no address of a language model", s.Address)
	}
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	entry := fetch.Entry{At: c.now(), Host: address.Host, Why: "language model", Sent: int64(len(body))}
	data, status, err := c.do(request)
	entry.Status, entry.Got = status, int64(len(data))
	if err != nil {
		err = explain(ctx, limited, address.Host, seconds, err)
		entry.Error = err.Error()
	} else if err = json.Unmarshal(data, into); err != nil {
		err = refusal.Because(ErrGarbage, "What the language model at %s sent is not what was asked for", address.Host)
		entry.Error = err.Error()
	}
	c.note(entry)
	return err
}

func (c *Client) do(request *http.Request) (data []byte, status int, err error) {
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	data, err = io.ReadAll(io.LimitReader(answer.Body, mostBytes+1))
	switch {
	case err != nil:
		return data, answer.StatusCode, err
	case len(data) > mostBytes:
		return data, answer.StatusCode, refusal.Because(ErrGarbage, "The language model sent more than a reply can be, so its answer was dropped")
	case answer.StatusCode == http.StatusNotFound:
		return data, answer.StatusCode, refusal.Because(ErrSilent, "The language model server does not know this model or this way of asking (404)")
	case answer.StatusCode < 200 || answer.StatusCode > 299:
		return data, answer.StatusCode, refusal.Because(ErrSilent, "The language model server answered with an error (%d)", answer.StatusCode)
	}
	return data, answer.StatusCode, nil
}

// explain says in a sentence why there is no answer.
func explain(asked, limited context.Context, host string, seconds int, err error) error {
	for _, known := range []error{ErrAddress, ErrGarbage, ErrSilent} {
		if errors.Is(err, known) {
			var in *url.Error
			if errors.As(err, &in) {
				return innermost(in.Err, known)
			}
			return err
		}
	}
	switch {
	case asked.Err() != nil:
		return fmt.Errorf("Asking the language model was stopped: %w", asked.Err())
	case limited.Err() != nil:
		return refusal.Because(ErrSilent, "The language model took longer than %d seconds. Give it more time in the settings, or use a smaller model", seconds)
	}
	return refusal.Because(ErrSilent, "No language model answers at %s. Is its server running?", host)
}

// innermost is the sentence inside what the network library wrapped around it.
func innermost(err, known error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil || inner == known {
			return err
		}
		err = inner
	}
}
