package collect_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"goodword/reviews"
	"goodword/reviews/collect"
)

// found counts the mentions that a search finds.
func found(t *testing.T, s *reviews.Store, text string) int {
	t.Helper()
	q, err := reviews.ParseQuery(text, noon, noon.Location())
	if err != nil {
		t.Fatal(err)
	}
	ids, err := s.IDs(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

// TestRulesRunAfterEachWayIn looks for the tag of a rule right after mentions came by a feed, an export, by hand and by the weekly round. The
// rule asks for words, so the search index has to know them by then.
func TestRulesRunAfterEachWayIn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>f</title><item><guid>1</guid><title>Feed</title><description>There was no parking at all</description></item></channel></rss>`))
	}))
	defer server.Close()
	d := open(t)
	_, err := d.store.SaveRule(ctx, reviews.Rule{Name: "Parking", Query: `"no parking"`, Actions: []reviews.Action{{Do: reviews.DoTag, Value: "parking"}}, Active: true}, dana)
	if err != nil {
		t.Fatal(err)
	}
	d.add(t, server.URL+"/feed", collect.AddOptions{All: true})
	if _, err := d.Collect(ctx, collect.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	if got := found(t, d.store, "tag:parking"); got != 1 {
		t.Errorf("after a visit the rule saw %d mentions, want 1", got)
	}
	file := filepath.Join(t.TempDir(), "reviews.csv")
	if err := os.WriteFile(file, []byte("Date,Author,Rating,Review\n2026-01-05,Ann,2,Still no parking here\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(ctx, file, collect.ImportOptions{}, dana); err != nil {
		t.Fatal(err)
	}
	if got := found(t, d.store, "tag:parking"); got != 2 {
		t.Errorf("after an import the rule saw %d mentions, want 2", got)
	}
	m, err := d.AddByHand(ctx, reviews.Found{Text: "Alas, no parking to be had", Site: "yelp"}, dana)
	if err != nil || len(m.Tags) != 1 || m.Tags[0] != "parking" {
		t.Errorf("what was typed came back with the tags %v, %v; want parking", m.Tags, err)
	}
}

// TestRulesSeeWhatComesAfterARoundWasTakenBack takes a review back that the rules had seen. The next one must not get its number, or the rules
// would take it for the same.
func TestRulesSeeWhatComesAfterARoundWasTakenBack(t *testing.T) {
	r := newRound(t)
	ctx := context.Background()
	_, err := r.store.SaveRule(ctx, reviews.Rule{Name: "Parking", Query: "parking", Actions: []reviews.Action{{Do: reviews.DoTag, Value: "parking"}}, Active: true}, dana)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"There is no parking at this place", "The parking lot has been full all week"} {
		stamp, err := r.c.Take(ctx, r.source.ID, []reviews.Found{{Text: text, Stars: 2, Author: "Ann"}}, dana)
		if err != nil {
			t.Fatal(err)
		}
		if got := found(t, r.store, "tag:parking"); got != 1 {
			t.Errorf("%q: the rule saw %d mentions, want 1", text, got)
		}
		if err := r.store.Uncheck(ctx, stamp, dana); err != nil {
			t.Fatal(err)
		}
		if got := found(t, r.store, "tag:parking"); got != 0 {
			t.Errorf("%q: %d mentions are left after it was taken back, want none", text, got)
		}
	}
}
