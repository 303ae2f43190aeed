package guard

import (
	"fmt"
	"testing"
)

func TestARememberedJudgementIsTheSame(t *testing.T) {
	g := Default()
	d := Draft{Kind: Reply, Review: "My crown hurts.", Text: "We are sorry that your crown hurts. Call 555-0100.", Own: Own{Phones: []string{"555-0100"}}}
	first := g.Check(d)
	if first.Verdict != Block || len(first.Findings) == 0 {
		t.Fatalf("got %s with %d findings, want a block", first.Verdict, len(first.Findings))
	}
	want := first.Findings[0]
	first.Findings[0].Quote = "spoiled by the caller"
	if got := g.Check(d).Findings[0]; got != want {
		t.Errorf("got %+v the second time, want %+v", got, want)
	}
	for n := range 2 * mostRemembered {
		g.Check(Draft{Text: fmt.Sprint("Thank you. ", n)})
	}
	if got := g.Check(d).Findings[0]; got != want {
		t.Errorf("got %+v after many others, want %+v", got, want)
	}
	if got := len(g.judged.known); got != mostRemembered {
		t.Errorf("got %d remembered, want %d", got, mostRemembered)
	}
}

// Whatever the judgement depends on must tell two drafts apart.
func TestAnotherDraftIsJudgedAnew(t *testing.T) {
	drafts := []Draft{
		{Text: "a"}, {Text: "b"}, {Kind: Spotlight, Text: "a"}, {Text: "a", Review: "a"}, {Text: "a", Site: "google"}, {Text: "a", Recent: []string{"a"}},
		{Text: "a", Recent: []string{"a", "b"}}, {Text: "a", Own: Own{Phones: []string{"a"}}}, {Text: "a", Own: Own{Emails: []string{"a"}}},
		{Text: "a", Own: Own{Addresses: []string{"a"}}}, {Text: "a", Own: Own{Names: []string{"a"}}}, {Text: "a", Own: Own{Websites: []string{"a"}}},
	}
	for i, a := range drafts {
		for j, b := range drafts {
			if (keyOf(a) == keyOf(b)) != (i == j) {
				t.Errorf("drafts %d and %d: got the same key for different drafts", i, j)
			}
		}
	}
}
