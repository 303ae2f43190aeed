package reviews_test

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

const excerpt = "The hygienist was gentle and explained every single step before she began with it"

// restricted is a source whose words may be kept for a day.
func (d *desk) restricted(t *testing.T) reviews.Source {
	t.Helper()
	s, err := d.AddSource(ctx, reviews.Source{Kind: "yelp", Name: "Yelp", Address: "harbor-dental", Site: "yelp", Retention: reviews.Restricted, Keeps: 24}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) list(t *testing.T, text string) []reviews.Mention {
	t.Helper()
	q, err := reviews.ParseQuery(text, d.at, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := d.IDs(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Page(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWordsOfARestrictedSourceGoAfterTheirTime(t *testing.T) {
	d := open(t)
	source := d.restricted(t)
	review := reviews.Found{Key: "r1", Author: "Pat Q.", Text: excerpt, Stars: 2, Site: "yelp", URL: "https://yelp.example/r1"}
	d.visit(t, source, review)
	d.at = monday.Add(20 * time.Hour)
	d.visit(t, source, review) // still shown: the clock starts anew
	steps := []struct {
		after  time.Duration
		purged int
	}{{25 * time.Hour, 0}, {43 * time.Hour, 0}, {44 * time.Hour, 1}, {50 * time.Hour, 0}}
	for _, step := range steps {
		d.at = monday.Add(step.after)
		ahead, err := d.Expiring(ctx, d.at)
		if err != nil || len(ahead) != step.purged {
			t.Errorf("after %v the preview lists %d, %v; want %d", step.after, len(ahead), err, step.purged)
		}
		n, err := d.Purge(ctx)
		if err != nil || n != step.purged {
			t.Errorf("after %v got %d cleared, %v; want %d", step.after, n, err, step.purged)
		}
	}
	m := d.only(t)
	if m.Text != "" || m.Author != "" || m.Purged.IsZero() || m.Stars != 2 {
		t.Errorf("the cleared mention is %+v; want it without words, with its stars", m)
	}
	if found := d.list(t, "hygienist"); len(found) != 0 {
		t.Error("the search still finds the words that went")
	}
	lines, err := audit.List(ctx, d.db.Reader(), "", 5)
	if err != nil || !strings.Contains(lines[0].Did, "cleared the words of 1 mention:") {
		t.Errorf("the audit log says %+v, %v", lines, err)
	}
	cleared, err := d.Cleared(ctx, 10)
	if err != nil || len(cleared) != 1 || cleared[0].Count != 1 || cleared[0].Source != source.Name || !cleared[0].At.Equal(monday.Add(44*time.Hour)) {
		t.Errorf("got %+v, %v; want one mention that was cleared after 44 hours", cleared, err)
	}
	if got := len(d.list(t, "is:cleared")); got != 1 {
		t.Errorf("is:cleared finds %d, want 1", got)
	}
}

func TestLegalHoldKeepsTheWords(t *testing.T) {
	d := open(t)
	d.visit(t, d.restricted(t), reviews.Found{Key: "r1", Author: "Pat Q.", Text: excerpt, Site: "yelp"})
	id := d.only(t).ID
	if err := d.Hold(ctx, id, true, d.manager); err != nil {
		t.Fatal(err)
	}
	d.at = monday.AddDate(1, 0, 0)
	if n, err := d.Purge(ctx); n != 0 || err != nil {
		t.Errorf("got %d cleared, %v; want none under hold", n, err)
	}
	if got, none := len(d.list(t, "is:held")), len(d.list(t, "-is:held")); got != 1 || none != 0 {
		t.Errorf("is:held finds %d and -is:held %d, want 1 and 0", got, none)
	}
	if m := d.only(t); m.Text != excerpt || m.Held.IsZero() {
		t.Errorf("got %+v, want it whole and held", m)
	}
	if err := d.Hold(ctx, id, false, d.manager); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Purge(ctx); n != 1 || err != nil {
		t.Errorf("after the release got %d cleared, %v; want 1", n, err)
	}
}

func TestWordsThatAnotherSourceMayKeepStay(t *testing.T) {
	d := open(t)
	d.visit(t, d.restricted(t), reviews.Found{Key: "r1", Author: "Pat Q.", Text: excerpt, Stars: 2, Site: "yelp", Posted: monday})
	d.visit(t, d.feed(t, "alerts"), reviews.Found{Key: "a1", Author: "Pat Q.", Text: excerpt, Stars: 2, Site: "yelp", Posted: monday})
	d.at = monday.AddDate(0, 0, 2)
	if n, err := d.Purge(ctx); n != 1 || err != nil {
		t.Fatalf("got %d, %v", n, err)
	}
	if m := d.only(t); m.Text != excerpt || !m.Purged.IsZero() || !m.Expires.IsZero() {
		t.Errorf("got %+v, want the words of the alert", m)
	}
}

func TestNoStoreIsNeverStored(t *testing.T) {
	d := open(t)
	s, err := d.AddSource(ctx, reviews.Source{Kind: "places", Name: "Places", Address: "x", Retention: reviews.NoStore}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	if o := d.visit(t, s, reviews.Found{Key: "r1", Text: excerpt}); o.New != 0 {
		t.Errorf("got %+v, want nothing stored", o)
	}
	if list := d.list(t, ""); len(list) != 0 {
		t.Errorf("got %d mentions, want none", len(list))
	}
}
