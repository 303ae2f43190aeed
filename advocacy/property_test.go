package advocacy_test

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

var drawnTexts = []string{
	"Meet Mara Lindqvist, our dental hygienist. Shared with Mara's permission.",
	"Meet Mara Lindqvist. She says: “No two days are the same.” Shared with Mara's permission.",
	"Mara Lindqvist, RDH. Shared with Mara's permission.",
	"Thank you Mrs. Kowalczyk for trusting us with your surgery on March 3!",
	"Post a five star review of us and win a gift card!",
	strings.Repeat("Meet Mara Lindqvist, who was happy to be shown. ", 12),
	"",
}

// Whatever people press, and in whatever order: nothing is scheduled, copied or posted without one live consent that covers the person, the
// uses, the network and the day; no text leaves that the gate did not let through as it stands; nobody without the role approves.
func TestNoOrderOfStepsGoesRoundConsentOrGate(t *testing.T) {
	checks := flag.Lookup("rapid.checks").Value.String()
	if checks == "100" { // each walk is some thirty transactions; the race detector makes them dear
		if err := flag.Set("rapid.checks", "25"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = flag.Set("rapid.checks", checks) })
	}
	d := newDesk(t)
	ctx := t.Context()
	p, err := d.practices.Get(ctx)
	d.must(t, err)
	actors := []audit.Actor{d.owner.Actor(), d.hr.Actor(), d.staff.Actor(), audit.Program}
	nets := []string{"bluesky", "facebook", "instagram"}

	rapid.Check(t, func(t *rapid.T) {
		v, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team"}, d.staff.Actor())
		if err != nil {
			t.Fatal(err)
		}
		id, mine := v.ID, []int64{}
		covers := func(now advocacy.Spotlight, network string, at time.Time) bool {
			list, err := d.Consents(ctx, d.hygienist.ID)
			if err != nil {
				t.Fatal(err)
			}
			uses, day := advocacy.Needs(now, d.hygienist), at.In(p.Location()).Format(practice.Day)
			return slices.ContainsFunc(list, func(c advocacy.Consent) bool { return c.Covers(d.hygienist.ID, uses, network, day) })
		}
		actor := func() audit.Actor { return rapid.SampledFrom(actors).Draw(t, "actor") }
		network := func() string { return rapid.SampledFrom(nets).Draw(t, "network") }
		current := func() advocacy.Spotlight {
			now, err := d.Find(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return now
		}
		t.Repeat(map[string]func(*rapid.T){
			"move": func(t *rapid.T) {
				before, by := current(), actor()
				to := rapid.SampledFrom(advocacy.Stages()).Draw(t, "stage")
				if err := d.Move(ctx, id, to, by); err == nil && to == advocacy.Scheduled {
					if by.ID != d.owner.ID {
						t.Fatalf("%q scheduled it", by.Name)
					}
					if before.Stage != advocacy.ReviewStage {
						t.Fatalf("scheduled from %q", before.Stage)
					}
				}
			},
			"ahead":           func(t *rapid.T) { ahead(t, d, id, current(), &mine) },
			"ahead again":     func(t *rapid.T) { ahead(t, d, id, current(), &mine) },
			"ahead once more": func(t *rapid.T) { ahead(t, d, id, current(), &mine) },
			"story":           func(t *rapid.T) { _ = d.SaveStory(ctx, id, answered("meet the team").Answers, actor()) },
			"write": func(t *rapid.T) {
				text := rapid.SampledFrom(drawnTexts).Draw(t, "text")
				_, _, _ = d.SaveVariant(ctx, id, advocacy.Variant{Network: network(), Text: text, Disclosure: true}, actor())
			},
			"schedule": func(t *rapid.T) {
				_ = d.Schedule(ctx, id, d.now.AddDate(0, 0, rapid.IntRange(-1, 20).Draw(t, "days")), actor())
			},
			"send back": func(t *rapid.T) { _ = d.SendBack(ctx, id, "again", actor()) },
			"consent": func(t *rapid.T) {
				c := advocacy.Consent{PersonID: d.hygienist.ID, Uses: rapid.SampledFrom([][]string{{"name"}, {"name", "story"}, advocacy.ConsentUses()}).Draw(t, "uses")}
				if rapid.Bool().Draw(t, "narrow") {
					c.Networks = []string{network()}
				}
				if rapid.Bool().Draw(t, "ends") {
					c.Until = d.now.AddDate(0, 0, rapid.IntRange(1, 15).Draw(t, "until")).Format(practice.Day)
				}
				if c, err := d.Record(ctx, c, d.hr.Actor()); err == nil {
					mine = append(mine, c.ID)
				}
			},
			"withdraw": func(t *rapid.T) {
				if len(mine) == 0 {
					return
				}
				posted := current()
				which := rapid.SampledFrom(mine).Draw(t, "consent")
				list, err := d.Withdraw(ctx, which, d.hr.Actor())
				if err != nil {
					return
				}
				for _, v := range posted.Variants {
					on := slices.ContainsFunc(list, func(l advocacy.TakeDown) bool { return l.SpotlightID == id && l.Network == v.Network })
					if !v.PostedAt.IsZero() && v.TakenDown.IsZero() && !covers(posted, v.Network, d.now) && !on && !onList(t, d, id, v.Network) {
						t.Fatalf("the post on %s is not on the take-down list", v.Network)
					}
				}
			},
			"copy": func(t *rapid.T) {
				n, now := network(), current()
				text, err := d.CopyVariant(ctx, id, n, actor())
				if err != nil {
					return
				}
				v, _ := now.Variant(n)
				if text != v.Whole(p) {
					t.Fatalf("copied %q, stored %q", text, v.Whole(p))
				}
				if guard.Default().Check(guard.Draft{Kind: guard.Spotlight, Text: text}).Verdict == guard.Block || advocacy.Fits(n, text) != nil {
					t.Fatalf("an unfit text was copied: %q", text)
				}
				if !covers(now, n, d.now) {
					t.Fatal("copied without consent")
				}
			},
			"post": func(t *rapid.T) {
				n, now := network(), current()
				if err := d.MarkPosted(ctx, id, n, "https://example.org/1", actor()); err != nil {
					return
				}
				if !covers(now, n, d.now) || now.Stage != advocacy.Scheduled && now.Stage != advocacy.Published {
					t.Fatalf("posted at %q without consent", now.Stage)
				}
			},
			"tomorrow": func(*rapid.T) { d.now = d.now.Add(24 * time.Hour) },
			"": func(t *rapid.T) {
				now := current()
				if now.Stage == advocacy.Published && !slices.ContainsFunc(now.Variants, func(v advocacy.Variant) bool { return !v.PostedAt.IsZero() }) {
					t.Fatal("published, but nothing was posted")
				}
				if now.Stage != advocacy.Scheduled {
					return
				}
				for _, v := range now.Variants {
					if v.Text == "" {
						continue
					}
					if !covers(now, v.Network, now.Schedule) && v.PostedAt.IsZero() {
						t.Fatalf("scheduled for %s on %s without consent", now.Schedule, v.Network)
					}
				}
			},
		})
		for _, c := range mine {
			_, _ = d.Withdraw(ctx, c, d.hr.Actor())
		}
	})
}

// ahead does what a well-meaning person would do at the stage and then tries the next one, so that the walk gets far.
func ahead(t *rapid.T, d *desk, id int64, now advocacy.Spotlight, mine *[]int64) {
	ctx := t.Context()
	switch now.Stage {
	case advocacy.ConsentAsked:
		c, err := d.Record(ctx, advocacy.Consent{PersonID: d.hygienist.ID, Uses: advocacy.ConsentUses(),
			Until: d.now.AddDate(0, 0, rapid.IntRange(2, 12).Draw(t, "until")).Format(practice.Day)}, d.hr.Actor())
		if err != nil {
			t.Fatal(err)
		}
		*mine = append(*mine, c.ID)
	case advocacy.StoryStage:
		_ = d.SaveStory(ctx, id, answered("meet the team").Answers, d.hygienist.Actor())
	case advocacy.DraftStage:
		for _, n := range []string{"bluesky", "facebook"} {
			_, _, _ = d.SaveVariant(ctx, id, advocacy.Variant{Network: n, Text: drawnTexts[1], Disclosure: true}, d.hr.Actor())
		}
		_ = d.RemoveVariant(ctx, id, "instagram", d.hr.Actor())
	case advocacy.ReviewStage:
		_ = d.Schedule(ctx, id, d.now.AddDate(0, 0, 1), d.owner.Actor())
	case advocacy.Scheduled:
		if rapid.Bool().Draw(t, "post") {
			_ = d.MarkPosted(ctx, id, "bluesky", "", d.hr.Actor())
		}
		return
	case advocacy.Published, advocacy.Archived:
		return
	}
	_ = d.Move(ctx, id, advocacy.Stages()[slices.Index(advocacy.Stages(), now.Stage)+1], d.owner.Actor())
}

func onList(t *rapid.T, d *desk, id int64, network string) bool {
	open, err := d.TakeDowns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(open, func(l advocacy.TakeDown) bool { return l.SpotlightID == id && l.Network == network })
}
