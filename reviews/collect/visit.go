package collect

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"net/url"
	"strings"
	"time"

	"goodword/reviews"
)

// visited is one visit on its way to the writer. err is set when the visit did not take place.
type visited struct {
	source reviews.Source
	visit  reviews.Visit
	found  []reviews.Found
	err    error
}

// visit asks one source for what it has, keeps what is about the practice, and understands what is new.
func (c *Collector) visit(ctx context.Context, source reviews.Source, practiceWords []string) visited {
	started := c.Now()
	v := visited{source: source, visit: reviews.Visit{SourceID: source.ID, At: started.UTC()}}
	about := newMatcher(source, practiceWords)
	words := about.fingerprint()
	// With other watch words the same answer must be read again.
	got, err := c.ask(ctx, source, !strings.HasSuffix(source.Hash, words), started)
	switch {
	case err != nil && (ctx.Err() != nil || isOffline(err)):
		v.err = err
	default:
		if v.err = c.narrow(ctx, source, &got, about); v.err == nil {
			v.take(got, err, words)
			v.err = c.understandFresh(ctx, source, v.found)
		}
	}
	v.visit.Took = int(c.Now().Sub(started) / time.Millisecond)
	return v
}

// ask makes the visit as the kind of the source does it.
func (c *Collector) ask(ctx context.Context, source reviews.Source, fresh bool, now time.Time) (answer, error) {
	kind, ok := kindOf(source.Kind)
	if !ok || !kind.visited() {
		return answer{}, errNotVisited
	}
	secret, err := c.secretOf(source)
	if err != nil {
		return answer{}, err
	}
	got, err := kind.ask(ctx, c, visiting{source: source, secret: secret, fresh: fresh, now: now})
	cover := veilOf(secret)
	cover.over(&got)
	return got, cover.failure(err)
}

// take turns the answer into a visit with its entries. An answer that was cut off gives what came whole, and the visit still counts as
// failed, so that the rest is asked for again.
func (v *visited) take(got answer, err error, words string) {
	at := v.visit.At
	v.visit = got.visit
	v.visit.SourceID, v.visit.At = v.source.ID, at
	if got.cut && err == nil {
		err = errCutOff
	}
	if err != nil {
		v.visit.Problem = err.Error()
		if !got.cut {
			return
		}
	}
	if v.visit.Hash != "" {
		v.visit.Hash += words
		if v.visit.Hash == v.source.Hash {
			v.visit.Unchanged = true
			return
		}
	}
	v.visit.Entries = len(got.entries) + got.ignored
	v.visit.Ignored += got.ignored
	v.found = got.entries
	if gathers(v.source.Address) {
		for i := range v.found {
			v.found[i].Site = siteOf(v.found[i].URL)
		}
	}
}

// narrow leaves out what is not about the practice.
func (c *Collector) narrow(ctx context.Context, source reviews.Source, got *answer, about matcher) error {
	if got.matched {
		return nil
	}
	kept, err := c.aboutUs(ctx, source, got.entries, about)
	got.ignored = len(got.entries) - len(kept)
	got.entries = kept
	return err
}

// aboutUs are the entries that are about the practice, and those that the source brought before: an edit may take out the words by which an
// entry was found, and is followed all the same.
func (c *Collector) aboutUs(ctx context.Context, source reviews.Source, entries []reviews.Found, about matcher) ([]reviews.Found, error) {
	if about.all || len(entries) == 0 {
		return entries, nil
	}
	held, err := c.Store.Held(ctx, source, entries)
	if err != nil {
		return nil, err
	}
	kept := make([]reviews.Found, 0, len(entries))
	for i, f := range entries {
		if held[i] || about.about(f) {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// understandFresh has judged what is new or changed. On most visits that is little of what the feed shows.
func (c *Collector) understandFresh(ctx context.Context, source reviews.Source, found []reviews.Found) error {
	fresh, err := c.Store.Fresh(ctx, source, found)
	if err != nil {
		return err
	}
	for i, f := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		if fresh[i] {
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
	u := reviews.Understood{Language: judged.Language, Sentiment: string(judged.Sentiment), Score: judged.Score, Urgency: string(judged.Urgency),
		Kind: string(judged.Kind), Confidence: judged.Confidence, Disagrees: judged.Disagrees}
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

// printed is a hash as it is kept with the source.
func printed(sum [sha256.Size]byte) string { return base64.RawStdEncoding.EncodeToString(sum[:]) }

// sameHash reports whether a kept hash, which has that of the watch words behind it, is of the same answer.
func sameHash(kept, hash string) bool { return strings.HasPrefix(kept, hash+"/") }

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
