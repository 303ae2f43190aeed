package advocacy_test

import (
	"testing"
	"time"

	"goodword/advocacy"
)

// What left the program may be up although nobody noted it: a withdrawal puts it on the list, and a post that is noted afterwards stands there too.
func TestAWithdrawalReachesWhatLeftTheProgram(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	c := d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	_, err := d.CopyVariant(ctx, v.ID, "bluesky", d.hr.Actor())
	d.must(t, err)
	d.now = d.now.Add(time.Minute)
	down, err := d.Withdraw(ctx, c.ID, d.hr.Actor())
	if err != nil || len(down) != 1 || down[0].Network != "bluesky" || !down[0].Perhaps {
		t.Fatalf("got %+v, %v", down, err)
	}
	d.now = d.now.Add(time.Minute)
	wants(t, d.MarkPosted(ctx, v.ID, "facebook", "", d.hr.Actor()), advocacy.ErrStep, "reviewed and scheduled") // it never left
	d.must(t, d.MarkPosted(ctx, v.ID, "bluesky", "https://bsky.app/1", d.hr.Actor()))
	list, err := d.TakeDowns(ctx)
	if err != nil || len(list) != 1 || list[0].Perhaps || list[0].URL != "https://bsky.app/1" {
		t.Fatalf("got %+v, %v", list, err)
	}
	d.must(t, d.TickTakeDown(ctx, list[0].ID, true, d.hr.Actor()))
	if v, err = d.Find(ctx, v.ID); err != nil || func() bool { p, _ := v.Variant("bluesky"); return p.TakenDown.IsZero() }() {
		t.Errorf("the post counts as up: %+v, %v", v.Variants, err)
	}
}

func TestAWithdrawalReachesTheShareKit(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	c := d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	_, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor())
	d.must(t, err)
	down, err := d.Withdraw(ctx, c.ID, d.hr.Actor())
	if err != nil || len(down) != 2 || !down[0].Perhaps || !down[1].Perhaps {
		t.Fatalf("got %+v, %v", down, err)
	}
	for _, line := range down { // somebody looked, and it is not there
		d.must(t, d.TickTakeDown(ctx, line.ID, true, d.hr.Actor()))
	}
	if list, err := d.TakeDowns(ctx); err != nil || len(list) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
}
