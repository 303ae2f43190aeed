package guard

import (
	"fmt"
	"sort"
	"testing"
	"time"
)

func TestProf(t *testing.T) {
	g := Default()
	d := Draft{Kind: Reply, Review: "Slow, and the desk was rude.", Text: hundredWords}
	g.Check(d)
	t0 := time.Now()
	r := g.read(d)
	t.Log("read", time.Since(t0))
	type x struct {
		n string
		d time.Duration
	}
	var xs []x
	var tot, may time.Duration
	for i := range g.rules {
		u := &g.rules[i]
		if u.Check != "" {
			t1 := time.Now()
			if len(u.Kinds) == 0 || u.Kinds[0] == Reply {
				checks[u.Check](r, u)
			}
			xs = append(xs, x{u.ID + " check", time.Since(t1)})
			continue
		}
		if len(u.Kinds) > 0 && u.Kinds[0] != Reply {
			continue
		}
		for j := range u.patterns {
			p := &u.patterns[j]
			t1 := time.Now()
			ok := false
			for n := range r.sentences {
				ok = ok || r.there[n].may(p.needs)
			}
			may += time.Since(t1)
			if !ok {
				continue
			}
			t1 = time.Now()
			for n, s := range r.sentences {
				if r.there[n].may(p.needs) {
					r.scanOne(u, p, s)
				}
			}
			dd := time.Since(t1)
			tot += dd
			xs = append(xs, x{fmt.Sprint(u.ID, " ", j, " ", len(p.needs)), dd})
		}
	}
	sort.Slice(xs, func(i, j int) bool { return xs[i].d > xs[j].d })
	t.Log("total", tot, "may", may, "survivors", len(xs))
	for _, v := range xs[:30] {
		t.Log(v.n, v.d)
	}
}
