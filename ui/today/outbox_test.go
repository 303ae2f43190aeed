package today

import (
	"strings"
	"testing"
	"time"

	"goodword/reviews"
)

// What rests in the outbox stands on Today with its minutes, and one key leads to all of it.
func TestWhatRestsInTheOutbox(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	m := r.said(t, time.Hour, 2, "")
	_, _, err := r.reviews.SaveDraft(ctx, m.ID, "Thank you for telling us. Please call our office at 555-0142.", "", r.owner)
	must(t, err)
	_, err = r.reviews.Release(ctx, m.ID, r.owner)
	must(t, err)
	outbox := func() item {
		t.Helper()
		r.Shown()
		for _, l := range r.lines {
			if strings.HasPrefix(l.title, "In the outbox: A. Writer") {
				return l.item
			}
		}
		t.Fatalf("Today does not show the outbox:\n%s", r.titles())
		return item{}
	}
	r.at = r.at.Add(4 * time.Minute)
	if i := outbox(); i.when != "6 minutes left" || i.screen != "inbox" || i.arg != m.ID {
		t.Errorf("got %+v, want the minutes left and the way there", i)
	}
	r.at = r.at.Add(5*time.Minute + time.Second)
	if i := outbox(); i.when != "1 minute left" {
		t.Errorf("got %q, want 1 minute left", i.when)
	}
	r.at = r.at.Add(time.Hour)
	if i := outbox(); i.when != "ready to copy" {
		t.Errorf("got %q, want ready to copy", i.when)
	}
	for _, c := range r.Commands() {
		if c.Key == "O" && c.CanRun() {
			c.Run()
		}
	}
	if len(r.host.Went) != 1 {
		t.Fatalf("one key led to %v", r.host.Went)
	}
	q, err := reviews.ParseQuery(inOutbox, r.at, time.UTC)
	must(t, err)
	if ids, err := r.reviews.IDs(ctx, q); err != nil || len(ids) != 1 || ids[0] != m.ID {
		t.Errorf("%s finds %v, %v", inOutbox, ids, err)
	}
	must(t, r.reviews.Recall(ctx, m.ID, r.owner))
	r.Shown()
	if strings.Contains(r.titles(), "outbox") {
		t.Errorf("recalled, and it is still on the list:\n%s", r.titles())
	}
}
