package collect

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"net/url"
	"strings"
	"time"

	"crypto/sha256"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// visited is one visit on its way to the writer. err is set when the visit did not take place.
type visited struct {
	source reviews.Source
	visit  reviews.Visit
	found  []reviews.Found
	err    error
}

// visit fetches, parses, matches and understands one source.
func (c *Collector) visit(ctx context.Context, source reviews.Source, practiceWords []string) visited {
	started := c.Now()
	v := visited{source: source, visit: reviews.Visit{SourceID: source.ID, At: started.UTC()}}
	about := newMatcher(source, practiceWords)
	request := fetch.Request{URL: source.Address, Why: "collect", AllowPrivate: source.AllowPrivate}
	words := about.fingerprint()
	if strings.HasSuffix(source.Hash, words) { // with other watch words the same answer must be read again
		request.ETag, request.Modified = source.ETag, source.Modified
	}
	answer, err := c.Fetch.Get(ctx, request)
	if answer != nil {
		v.visit.Status, v.visit.Retry = answer.Status, answer.RetryAfter
	}
	switch {
	case err != nil && (ctx.Err() != nil || isOffline(err)):
		v.err = err
	case err != nil:
		v.visit.Problem = err.Error()
	case answer.Unchanged():
		v.visit.Unchanged = true
	default:
		c.read(ctx, &v, answer, about, words)
	}
	v.visit.Took = int(c.Now().Sub(started) / time.Millisecond)
	return v
}

// read understands an answer. A feed that was cut off gives what came whole, and the visit still counts as failed, so that the rest is
// asked for again.
func (c *Collector) read(ctx context.Context, v *visited, answer *fetch.Response, about matcher, words string) {
	v.visit.Address = moved(v.source.Address, answer.Moved)
	hash := fingerprint(answer.Body) + words
	if hash == v.source.Hash {
		v.visit.Unchanged = true
		return
	}
	parsed, err := parseFeed(answer.Body, answer.Type, answer.URL, c.Now())
	if err != nil {
		v.visit.Problem, v.visit.Address = err.Error(), ""
		return
	}
	v.visit.Entries = len(parsed.entries)
	v.visit.ETag, v.visit.Modified, v.visit.Hash = answer.ETag, answer.Modified, hash
	if parsed.cut {
		v.visit.Problem = errCutOff.Error()
	}
	gathered := gathers(v.source.Address)
	for _, f := range parsed.entries {
		if !about.about(f) {
			v.visit.Ignored++
			continue
		}
		if gathered {
			f.Site = siteOf(f.URL)
		}
		v.found = append(v.found, f)
	}
	v.err = c.understandFresh(ctx, v.source, v.found)
}

// understandFresh has judged what is new or changed. On most visits that is little of what the feed shows.
func (c *Collector) understandFresh(ctx context.Context, source reviews.Source, found []reviews.Found) error {
	var fresh []bool
	if !source.Visited.IsZero() {
		var err error
		if fresh, err = c.Store.Fresh(ctx, source.ID, found); err != nil {
			return err
		}
	}
	for i, f := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		if fresh == nil || fresh[i] {
			found[i].Understood = c.Understand(f.Title, f.Text, f.Stars)
		}
	}
	return nil
}

// moved is the new address of a feed that moved for good. From a safe address to an open one it is followed but not taken over.
func moved(from, to string) string {
	if to == "" || strings.HasPrefix(from, "https:") && !strings.HasPrefix(to, "https:") {
		return ""
	}
	return to
}

// Understand has a text judged, with its title before it.
func (c *Collector) Understand(title, text string, stars int) reviews.Understood {
	if title != "" {
		text = title + "\n" + text
	}
	judged := c.Judge.Judge(text, stars)
	u := reviews.Understood{Language: judged.Language, Sentiment: string(judged.Sentiment), Score: judged.Score, Urgency: string(judged.Urgency)}
	for _, topic := range judged.Topics {
		u.Topics = append(u.Topics, topic.ID)
	}
	for _, signal := range judged.Signals {
		u.Signals = append(u.Signals, signal.ID)
	}
	return u
}

// spread puts the sources of one host apart from each other, so that the workers do not all wait for their turn at the same server.
func spread(sources []reviews.Source) []reviews.Source {
	byHost := map[string][]reviews.Source{}
	var hosts []string
	for _, s := range sources {
		host := ""
		if u, err := url.Parse(s.Address); err == nil {
			host = u.Host
		}
		if byHost[host] == nil {
			hosts = append(hosts, host)
		}
		byHost[host] = append(byHost[host], s)
	}
	mixed := make([]reviews.Source, 0, len(sources))
	for len(mixed) < len(sources) {
		for _, host := range hosts {
			if rest := byHost[host]; len(rest) > 0 {
				mixed = append(mixed, rest[0])
				byHost[host] = rest[1:]
			}
		}
	}
	return mixed
}

func fingerprint(body []byte) string {
	sum := sha256.Sum256(body)
	return base64.RawStdEncoding.EncodeToString(sum[:])
}

// fingerprint tells one choice of watch words from another.
func (m matcher) fingerprint() string {
	h := fnv.New64a()
	if !m.all {
		for _, phrase := range m.phrases {
			_, _ = h.Write([]byte(phrase))
			_, _ = h.Write([]byte{0})
		}
	}
	return "/" + base64.RawStdEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, h.Sum64()))
}
