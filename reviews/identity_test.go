package reviews_test

import (
	"context"
	"errors"
	"testing"

	"goodword/internal/audit"
	"goodword/reviews"
)

func TestCanonical(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.Example.com/reviews/":                            "example.com/reviews",
		"http://example.com/reviews?utm_source=x&b=2&a=1&fbclid=9":    "example.com/reviews?a=1&b=2",
		"https://example.com:443/reviews#review-12":                   "example.com/reviews#review-12",
		"https://example.com:8080/reviews#:~:text=hello":              "example.com:8080/reviews",
		"https://example.com/r/caf%C3%A9?ref_src=twsrc":               "example.com/r/caf%C3%A9",
		"mailto:someone@example.com":                                  "",
		"javascript:alert(1)":                                         "",
		"not an address":                                              "",
		"https://example.com":                                         "example.com",
		"  https://example.com/a?id=7&gclid=1&utm_medium=feed#start ": "example.com/a?id=7#start",
	} {
		if got := reviews.Canonical(address); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

// TestAStopInBetweenLosesNothing cancels a visit: nothing of it is stored, and the next one brings all of it.
func TestAStopInBetweenLosesNothing(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	_, err := d.RecordVisit(stopped, reviews.Visit{SourceID: s.ID, At: d.at}, entries(1, 30))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the cancellation", err)
	}
	if got := len(d.ids(t, "")); got != 0 {
		t.Errorf("got %d mentions of a visit that was stopped", got)
	}
	// The second source of the pair is not there: the whole of the pair is undone, and the search index with it.
	_, err = d.Record(ctx, []reviews.Harvest{{Visit: reviews.Visit{SourceID: s.ID}, Found: entries(1, 30)}, {Visit: reviews.Visit{SourceID: 99}}})
	wants(t, err, reviews.ErrNotFound, "99")
	if got := len(d.ids(t, "")) + len(d.ids(t, "doctor")); got != 0 {
		t.Errorf("got %d mentions of a batch that was undone", got)
	}
	if got := d.visit(t, s, entries(1, 30)...); got.New != 30 {
		t.Errorf("got %+v, want 30 new", got)
	}
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}
