package guard

import (
	"os"
	"strings"
	"testing"
)

func TestDbg(t *testing.T) {
	a := os.Getenv("DBG")
	if a == "" {
		t.Skip("no text")
	}
	p := strings.SplitN(a, "||", 3)
	d := Draft{Kind: Kind(p[0]), Review: p[1], Text: p[2]}
	r := Default().read(d)
	t.Log(r.review.mood, r.body.lower, "NOTE", r.note)
	for _, s := range r.sentences {
		t.Logf("%q %v", s.text, s.ifs)
	}
	for _, f := range Default().Check(d).Findings {
		t.Log(f.id, f.Rule, f.Severity, f.Quote)
	}
	for _, u := range Default().rules {
		if u.ID == os.Getenv("RULE") {
			for _, p := range u.patterns {
				t.Log(p.re.FindString(r.body.lower))
			}
		}
	}
}
