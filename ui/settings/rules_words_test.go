package settings

import (
	"testing"
	"time"

	"goodword/reviews"
)

func TestWhenAndTagsAreSaidInWords(t *testing.T) {
	for query, want := range map[string]string{"before:30d": "posted more than 30 days ago", "after:1w": "posted in the last 1 week", "after:2026-03-01": "posted after 2026-03-01",
		"-tag:parking": "not tagged parking"} {
		q, err := reviews.ParseQuery(query, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := (choices{}).describe(q); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}
