package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"goodword/internal/fetch"
)

// robotName is how sites call this program in their robots.txt.
const robotName = "goodword"

// robots remembers what the sites of a collection allow programs to read.
type robots struct {
	mu    sync.Mutex
	sites map[string]*siteRules
}

// siteRules are the rules of one site, asked for once.
type siteRules struct {
	mu    sync.Mutex
	at    time.Time
	rules []rule
	err   error
}

// robotsFor is how long the rules of a site are believed: a collection is over by then.
const robotsFor = 30 * time.Minute

// largestRobots is how much of a robots.txt is read.
const largestRobots = 512 << 10

// errRobots says that a site does not want the page to be read.
var errRobots = errors.New("does not allow programs to read this page (robots.txt). Save the page in your browser and import the file, or use the sweep")

// mayRead returns an error if the site of an address does not want programs there.
func (c *Collector) mayRead(ctx context.Context, address string, v visiting) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return fmt.Errorf("The address %s cannot be read", address)
	}
	site := c.robots.site(u.Scheme + "://" + u.Host)
	site.mu.Lock()
	defer site.mu.Unlock()
	if site.at.IsZero() || v.now.Sub(site.at) > robotsFor || v.now.Before(site.at) {
		rules, err := c.askRobots(ctx, u, v)
		if err != nil && (ctx.Err() != nil || isOffline(err)) {
			return err
		}
		site.at, site.rules, site.err = v.now, rules, err
	}
	if site.err != nil {
		return site.err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !allowed(site.rules, path) {
		return fmt.Errorf("%s %w", u.Hostname(), errRobots)
	}
	return nil
}

func (r *robots) site(name string) *siteRules {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sites == nil {
		r.sites = map[string]*siteRules{}
	}
	if r.sites[name] == nil {
		r.sites[name] = &siteRules{}
	}
	return r.sites[name]
}

// askRobots gets the rules. A site without any allows everything; one that cannot be asked is left in peace until it can.
func (c *Collector) askRobots(ctx context.Context, page *url.URL, v visiting) ([]rule, error) {
	address := url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"}
	answer, err := c.Fetch.Get(ctx, fetch.Request{URL: address.String(), Why: "robots", AllowPrivate: v.source.AllowPrivate, MaxBytes: largestRobots})
	switch {
	case err == nil:
		return readRobots(string(answer.Body)), nil
	case answer != nil && answer.Status >= 400 && answer.Status < 500 && answer.Status != http.StatusTooManyRequests:
		return nil, nil
	case errors.Is(err, fetch.ErrTooBig):
		return nil, nil
	}
	return nil, fmt.Errorf("%s was asked first what it allows programs to read, and gave no answer. %w", page.Hostname(), err)
}

// rule is one line of a robots.txt.
type rule struct {
	allow bool
	path  *regexp.Regexp
	long  int
}

// mostRules is how many rules of a site are kept.
const mostRules = 2000

// readRobots keeps the rules for this program, or those for all programs if there are none of its own.
func readRobots(text string) []rule {
	var own, all []rule
	named := false
	var mine, everyones, inRules bool
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(key, "\ufeff"))); key {
		case "user-agent":
			if inRules {
				mine, everyones, inRules = false, false, false
			}
			agent, _, _ := strings.Cut(strings.ToLower(value), "/")
			mine = mine || agent == robotName
			named = named || agent == robotName
			everyones = everyones || agent == "*"
		case "allow", "disallow":
			inRules = true
			r, ok := ruleOf(key == "allow", value)
			if ok && mine && len(own) < mostRules {
				own = append(own, r)
			}
			if ok && everyones && len(all) < mostRules {
				all = append(all, r)
			}
		}
	}
	if named {
		return own
	}
	return all
}

func ruleOf(allow bool, path string) (rule, bool) {
	if path == "" || len(path) > 2000 {
		return rule{}, false
	}
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	end := strings.HasSuffix(path, "$")
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSuffix(path, "$")), `\*`, `.*`)
	if end {
		pattern += "$"
	}
	compiled, err := regexp.Compile("^" + pattern)
	return rule{allow, compiled, len(path)}, err == nil
}

// allowed goes by the longest rule that fits; of two that are equally long the kinder one counts.
func allowed(rules []rule, path string) bool {
	if path == "/robots.txt" {
		return true
	}
	long, allow := -1, true
	for _, r := range rules {
		if r.long < long || r.long == long && !r.allow {
			continue
		}
		if r.path.MatchString(path) {
			long, allow = r.long, r.allow
		}
	}
	return allow
}
