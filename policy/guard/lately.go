package guard

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// lately remembers the last judgements, because one draft is judged again as
// it is typed, saved, approved and copied.
type lately struct {
	mu      sync.Mutex
	results map[[sha256.Size]byte]Result
	order   [][sha256.Size]byte // oldest first
}

const mostRemembered = 64

// keyOf stands for a draft: every word that the judgement depends on.
func keyOf(d Draft) [sha256.Size]byte {
	var all strings.Builder
	for _, list := range [][]string{{string(d.Kind), d.Site, d.Text, d.Review}, d.Recent,
		d.Own.Phones, d.Own.Emails, d.Own.Addresses, d.Own.Names, d.Own.Websites, d.Own.Statements, d.Private, d.Local.Words, d.Local.texts()} {
		fmt.Fprintf(&all, "%d ", len(list))
		for _, s := range list {
			fmt.Fprintf(&all, "%d %s", len(s), s)
		}
	}
	return sha256.Sum256([]byte(all.String()))
}

// result gives the judgement on a draft, by judge where it is not remembered.
func (l *lately) result(d Draft, judge func(Draft) Result) Result {
	key := keyOf(d)
	l.mu.Lock()
	r, ok := l.results[key]
	l.mu.Unlock()
	if !ok {
		r = judge(d)
		l.keep(key, r)
	}
	r.Findings = slices.Clone(r.Findings) // the caller's own
	return r
}

func (l *lately) keep(key [sha256.Size]byte, r Result) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.results == nil {
		l.results = map[[sha256.Size]byte]Result{}
	}
	if _, ok := l.results[key]; ok {
		return
	}
	if len(l.order) == mostRemembered {
		delete(l.results, l.order[0])
		l.order = append(l.order[:0], l.order[1:]...)
	}
	l.results[key], l.order = r, append(l.order, key)
}
