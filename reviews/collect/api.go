package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// The errors of interfaces that want a key.
var (
	errKey   = errors.New("The key or password of this source was not accepted. It may have ended, or not allow this. Open the source and enter a new one")
	errNoAPI = errors.New("A web page came in place of data, as when a login is asked for. Check the key of this source; if it is right, the interface may have moved")
)

// askAPI asks an interface for JSON and reads the answer into the value given. The key goes in the header, never into the address.
func (c *Collector) askAPI(ctx context.Context, v visiting, got *answer, request fetch.Request, into any) error {
	request.URL, request.Why, request.AllowPrivate = c.where(request.URL), why(v), v.source.AllowPrivate
	if request.Header == nil {
		request.Header = http.Header{}
	}
	request.Header.Set("Accept", "application/json")
	if len(request.Body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.Fetch.Get(ctx, request)
	if response != nil {
		got.visit.Status, got.visit.Retry = response.Status, max(got.visit.Retry, response.RetryAfter, resets(response, v.now))
	}
	switch {
	case err != nil && response != nil && (response.Status == http.StatusUnauthorized || response.Status == http.StatusForbidden):
		return fmt.Errorf("%w (%w)", errKey, err)
	case err != nil:
		return err
	}
	body := bytes.TrimSpace(decode(response.Body, response.Type))
	if len(body) == 0 || body[0] != '{' && body[0] != '[' || strings.Contains(response.Type, "html") {
		return errNoAPI
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("The answer is not in the form that Goodword knows. The interface may have changed: %w", err)
	}
	return nil
}

// resets is how long a site wants to be left alone when it has counted enough requests. Each site says so in a header of its own.
func resets(response *fetch.Response, now time.Time) time.Duration {
	spent := response.Status == http.StatusTooManyRequests
	for _, name := range []string{"RateLimit-Remaining", "X-RateLimit-Remaining", "RateLimit-ResourceRemaining"} {
		spent = spent || response.Header.Get(name) == "0"
	}
	if !spent {
		return 0
	}
	for _, name := range []string{"RateLimit-ResetTime", "RateLimit-Reset", "X-RateLimit-Reset"} {
		text := response.Header.Get(name)
		at, err := time.Parse(time.RFC3339, text)
		if seconds, wrong := strconv.ParseInt(text, 10, 64); wrong == nil {
			at, err = time.Unix(seconds, 0), nil
			if seconds < 1e9 { // seconds from now, not since 1970
				at = now.Add(time.Duration(seconds) * time.Second)
			}
		}
		if err == nil {
			return min(max(at.Sub(now), 0), 24*time.Hour)
		}
	}
	return 0
}

// bearer is the header by which most interfaces know who asks.
func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// piece is the hash of one entry as the source sent it.
func piece(raw any) []byte {
	text, err := json.Marshal(raw)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

// dateOf is a date as interfaces write it, where it can be believed.
func dateOf(text string, now time.Time) time.Time {
	d, ok := readDate(text, time.UTC, true, now)
	if !ok || d.at.After(now.Add(24*time.Hour)) {
		return time.Time{}
	}
	return d.at
}

// keyField asks for the key of an interface.
func keyField(label, help string) Field {
	return Field{Name: "key", Label: label, Help: help, Secret: true}
}

// keyed makes a source with a key of its own.
func keyed(source reviews.Source, values reviews.Options) (reviews.Source, string, error) {
	key := strings.TrimSpace(values["key"])
	if key == "" || strings.ContainsAny(key, " \r\n\t") {
		return source, "", errors.New("This is no key: it is one word of letters and digits. Copy it again")
	}
	return source, key, nil
}
