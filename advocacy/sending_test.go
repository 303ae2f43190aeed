package advocacy_test

import (
	"testing"
	"time"

	"goodword/advocacy"
)

// sending is a public post on its way to Bluesky with the practice's account, whose text names the hygienist.
func (d *desk) sending(t *testing.T) advocacy.Post {
	t.Helper()
	ctx := t.Context()
	v, err := d.Plan(ctx, advocacy.Spotlight{Kind: advocacy.KindEvent, Title: "Open house"}, d.hr.Actor())
	d.must(t, err)
	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: "Open house on Saturday: Mara Lindqvist shows our new chairs."}, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	d.must(t, d.SaveAccount(ctx, advocacy.Account{Network: "bluesky", Server: "https://pds.example", Handle: "lakeside.example"}, d.hr.Actor()))
	p, err := d.BeginPost(ctx, v.ID, "bluesky", time.Time{}, d.hr.Actor())
	d.must(t, err)
	return p
}

// A public post stands under no consent of its own, but names somebody whose consent may end while the network is answering.
func TestAConsentThatEndsWhileAPublicPostIsSent(t *testing.T) {
	for _, test := range []struct {
		name   string
		until  string
		end    func(d *desk, c advocacy.Consent) error
		lapsed bool
	}{
		{name: "withdrawn", end: func(d *desk, c advocacy.Consent) error {
			_, err := d.Withdraw(t.Context(), c.ID, d.hr.Actor())
			return err
		}},
		{name: "run out", until: "2026-11-22", end: func(d *desk, _ advocacy.Consent) error { d.now = d.now.Add(24 * time.Hour); return nil }, lapsed: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, ctx := newDesk(t), t.Context()
			d.consent(t, advocacy.Consent{Uses: []string{"name"}})
			c, err := d.Record(ctx, advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"name"}, Until: test.until}, d.hr.Actor())
			d.must(t, err)
			first, err := d.Consents(ctx, d.hygienist.ID)
			d.must(t, err)
			_, err = d.Withdraw(ctx, first[1].ID, d.hr.Actor()) // an older paper, which says nothing any more
			d.must(t, err)
			p := d.sending(t)
			d.must(t, test.end(d, c))
			d.now = d.now.Add(time.Second)
			d.must(t, d.EndPost(ctx, p, advocacy.Made{Remote: "at://1", URL: "https://bsky.app/1"}, d.hr.Actor()))
			list, err := d.TakeDowns(ctx)
			d.must(t, err)
			if len(list) != 1 || list[0].ConsentID != c.ID || list[0].URL != "https://bsky.app/1" || list[0].Lapsed != test.lapsed {
				t.Errorf("got %+v, want the post under consent %d", list, c.ID)
			}
			v, err := d.Find(ctx, p.SpotlightID)
			if text, _ := v.Variant("bluesky"); err != nil || text.PostedAt.IsZero() || v.Stage != advocacy.Published {
				t.Errorf("the post is on record whatever happened: %+v, %v", v, err)
			}
		})
	}
}
