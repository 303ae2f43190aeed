package publish

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"goodword/advocacy"
	"goodword/internal/clock"
	"goodword/internal/fetch"
)

// line is the way to one server with one account.
type line struct {
	fetch    *fetch.Client
	network  Network
	account  advocacy.Account
	password string
	now      clock.Clock
}

// answerBytes is how large an answer may be; none of those that are asked for comes near it.
const answerBytes = 4 << 20

// call is one request.
type call struct {
	path   string // after the server
	header http.Header
	body   []byte // nil: the request only asks
	kind   string // of the body; JSON when empty
	makes  bool   // the post is made by it, so that no answer leaves open whether it is up
}

// ask sends a request and reads its answer of JSON. Nothing is followed elsewhere: each request carries the password or what stands for it.
func (l *line) ask(ctx context.Context, c call, into any) error {
	header := http.Header{"Accept": {"application/json"}}
	for name, values := range c.header {
		header[name] = values
	}
	if c.body != nil {
		if c.kind == "" {
			c.kind = "application/json"
		}
		header.Set("Content-Type", c.kind)
	}
	response, err := l.fetch.Get(ctx, fetch.Request{URL: l.account.Server + c.path, Why: "post on " + l.network.Name, AllowPrivate: l.account.Inside,
		MaxBytes: answerBytes, Header: header, Body: c.body, Deliver: true})
	if err != nil {
		return l.explain(response, err, c.makes)
	}
	if err := json.Unmarshal(response.Body, into); err != nil {
		if c.makes {
			return problem(ErrUnsure, err, "%s gave no answer that can be read, so the post may be up or not. Press again: Goodword looks first, and nothing is posted twice", l.host())
		}
		return problem(ErrRefused, err, "%s answers with something else than %s does. Check the address of the server", l.host(), l.network.Name)
	}
	return nil
}

func (l *line) host() string {
	u, err := url.Parse(l.account.Server)
	if err != nil {
		return l.network.Name
	}
	return u.Host
}

// explain turns a refusal into a sentence that says what to do.
func (l *line) explain(response *fetch.Response, err error, makes bool) error {
	if response == nil {
		if makes && !neverSent(err) {
			return problem(ErrUnsure, err, "No answer came from %s, so the post may be up or not. Press again: Goodword looks first, and nothing is posted twice", l.host())
		}
		return err
	}
	code, said := refused(response.Body)
	err = refusedCode{code, err}
	switch status := response.Status; {
	case status == http.StatusUnauthorized || status == http.StatusForbidden || expired(code):
		return problem(ErrAccount, err, "%s does not accept the %s of %s. It may have expired or been taken back, or it does not allow posting. Enter a new one under Settings, Accounts%s",
			l.network.Name, strings.ToLower(l.network.Secret), l.account.Handle, quoted(said))
	case status == http.StatusRequestEntityTooLarge || code == "BlobTooLarge" || code == "rest_upload_file_too_big":
		return problem(ErrLarge, err, "The picture is too large for %s. Crop it or take a smaller one", l.host())
	case status == http.StatusTooManyRequests:
		wait := "later"
		if until := l.until(response); !until.IsZero() {
			wait = "after " + until.Local().Format("15:04")
		}
		return problem(ErrLimit, err, "%s has had enough requests for now. Try again %s", l.host(), wait)
	case status == http.StatusNotFound:
		return problem(ErrRefused, err, "%s has no interface for programs at this address. Check the address of the server%s", l.host(), quoted(said))
	case status >= 500 && makes:
		return problem(ErrUnsure, err, "%s has a fault of its own (%d), so the post may be up or not. Press again later: Goodword looks first, and nothing is posted twice", l.host(), status)
	case status >= 500:
		return problem(ErrLimit, err, "%s has a fault of its own (%d). Try again later", l.host(), status)
	}
	return problem(ErrRefused, err, "%s did not take the post (%d)%s", l.host(), response.Status, quoted(said))
}

// until is when the server wants to hear from us again, zero where it does not say.
func (l *line) until(r *fetch.Response) time.Time {
	if r.RetryAfter > 0 {
		return l.now().Add(r.RetryAfter)
	}
	for _, name := range []string{"RateLimit-Reset", "X-RateLimit-Reset"} { // seconds since 1970 on Bluesky, a date on Mastodon
		text := r.Header.Get(name)
		if seconds, err := strconv.ParseInt(text, 10, 64); err == nil && seconds > 1e9 {
			return time.Unix(seconds, 0)
		}
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at
		}
	}
	return time.Time{}
}

// neverSent reports whether an error came before anything could reach the server.
func neverSent(err error) bool {
	var name *net.DNSError
	if errors.As(err, &name) || errors.Is(err, syscall.ECONNREFUSED) {
		return true
	}
	for _, kind := range []error{fetch.ErrAddress, fetch.ErrPrivate, fetch.ErrCertificate, fetch.ErrRedirect} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// refusedCode is a refusal with the word by which the network names it.
type refusedCode struct {
	code string
	error
}

func (r refusedCode) Unwrap() error { return r.error }

// expired reports whether a network says, under another status, that a password or its session has ended.
func expired(code string) bool {
	return code == "ExpiredToken" || code == "InvalidToken" || code == "AuthenticationRequired" || code == "AccountTakedown" || code == "AccountDeactivated"
}

// saidAtMost is how much of what a server says is shown.
const saidAtMost = 200

// refused reads the code and the sentence of a refusal: each network writes them a little differently.
func refused(body []byte) (code, said string) {
	var told struct {
		Code    string `json:"code"`    // WordPress
		Error   string `json:"error"`   // Bluesky: the code; Mastodon: the sentence
		Message string `json:"message"` // Bluesky, WordPress
	}
	if json.Unmarshal(body, &told) != nil {
		return "", ""
	}
	if told.Code == "" {
		told.Code = told.Error
	}
	if told.Message == "" {
		told.Message = told.Error
	}
	if runes := []rune(strings.Join(strings.Fields(told.Message), " ")); len(runes) > saidAtMost {
		return told.Code, string(runes[:saidAtMost]) + "…"
	}
	return told.Code, strings.Join(strings.Fields(told.Message), " ")
}

// pack writes a value that is always JSON.
func pack(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // the values are ours: texts, numbers and lists of them
	}
	return text
}

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// parse reads the address of a server.
func parse(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(u.Host, " \t") {
		return nil, errors.New("not a server")
	}
	return u, nil
}
