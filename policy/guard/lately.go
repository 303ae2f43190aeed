package guard

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// lately remembers what was last found out, because one draft is judged again as it is typed, saved, approved and copied, beside the same review and the
// same replies.
type lately[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]V
	order []K // oldest first
}

const mostRemembered = 64

// of gives what is remembered for a key, or else finds it out.
func (l *lately[K, V]) of(key K, find func() V) V {
	l.mu.Lock()
	v, ok := l.known[key]
	l.mu.Unlock()
	if !ok {
		v = find()
		l.keep(key, v)
	}
	return v
}

func (l *lately[K, V]) keep(key K, v V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil {
		l.known = map[K]V{}
	}
	if _, ok := l.known[key]; ok {
		return
	}
	if len(l.order) == mostRemembered {
		delete(l.known, l.order[0])
		l.order = append(l.order[:0], l.order[1:]...)
	}
	l.known[key], l.order = v, append(l.order, key)
}

// remembered is the judgement on a draft, which may be remembered.
func (g *Guard) remembered(d Draft) Result {
	r := g.judged.of(keyOf(d), func() Result { return g.judge(d) })
	r.Findings = slices.Clone(r.Findings) // the caller's own
	return r
}

// key stands for a draft: every word that the judgement depends on.
type key [sha256.Size]byte

func keyOf(d Draft) key {
	var all strings.Builder
	for _, list := range [][]string{{string(d.Kind), d.Site, d.Text, d.Review, strconv.Itoa(d.Stars)}, d.Recent,
		d.Own.Phones, d.Own.Emails, d.Own.Addresses, d.Own.Names, d.Own.Websites, d.Own.Statements, d.Private, d.Local.Words, d.Local.texts()} {
		fmt.Fprintf(&all, "%d ", len(list))
		for _, s := range list {
			fmt.Fprintf(&all, "%d %s", len(s), s)
		}
	}
	return sha256.Sum256([]byte(all.String()))
}
