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
