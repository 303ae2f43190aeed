package today

import (
	"strings"
	"testing"
	"time"
)

func TestWhatClimbsAndWhatComesBack(t *testing.T) {
	r := open(t)
	urgent := r.said(t, time.Hour, 1, "high").ID
	later := r.said(t, time.Hour, 2, "").ID
	today := r.said(t, time.Hour, 2, "").ID
	must(t, r.reviews.Escalate(ctx, urgent, r.owner.ID, "A safety concern", r.author))
	must(t, r.reviews.Snooze(ctx, later, r.at.Add(72*time.Hour), "the patient calls back", r.owner))
	must(t, r.reviews.Snooze(ctx, today, r.at.Add(3*time.Hour), "", r.owner))
	d, err := r.deps.gather(ctx, r.owner.ID)
	must(t, err)
	var all []string
	for _, i := range d.items {
		all = append(all, i.title+" | "+i.detail+" | "+i.when)
	}
	shown := strings.Join(all, "\n")
	for _, want := range []string{"Waits for you: ", "A safety concern", "Comes back today: ", "13:00", "1 mention is put off until a later day", "waits for somebody outside"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on Today:\n%s", want, shown)
		}
	}
	r.at = r.at.Add(40 * time.Hour)
	_, err = r.reviews.Tend(ctx)
	must(t, err)
	must(t, r.reviews.TakeUp(ctx, urgent, r.owner))
	if d, err = r.deps.gather(ctx, r.owner.ID); err != nil || !strings.HasPrefix(d.items[0].title, "You have it: ") {
		t.Errorf("after it was taken up: %+v, %v", d.items, err)
	}
}

// TestWhatMayBeAboutALifeStandsFirst: also before what nobody has taken up, and once only.
func TestWhatMayBeAboutALifeStandsFirst(t *testing.T) {
	r := open(t)
	waits := r.said(t, 5*time.Hour, 1, "high").ID
	must(t, r.reviews.Escalate(ctx, waits, r.owner.ID, "A safety concern", r.author))
	critical := r.said(t, time.Hour, 1, "critical", "self_harm").ID
	d, err := r.deps.gather(ctx, r.owner.ID)
	must(t, err)
	if len(d.items) < 2 || !strings.HasPrefix(d.items[0].title, "Critical: ") || !strings.HasPrefix(d.items[1].title, "Waits for you: ") {
		t.Fatalf("the first lines: %+v", d.items)
	}
	must(t, r.reviews.Escalate(ctx, critical, r.owner.ID, "Call now", r.author))
	must(t, r.reviews.TakeUp(ctx, critical, r.owner))
	if d, err = r.deps.gather(ctx, r.owner.ID); err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, i := range d.items {
		if i.arg == critical {
			lines++
		}
	}
	if lines != 1 {
		t.Errorf("what was taken up stands there %d times: %+v", lines, d.items)
	}
}
