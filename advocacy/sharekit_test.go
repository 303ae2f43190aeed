package advocacy_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/paper"
)

func TestShareKit(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	consent := d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	if _, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor()); err == nil {
		t.Error("a draft was handed to staff")
	}
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(24*time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	kit, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor())
	d.must(t, err)
	if len(kit.Posts) != 2 {
		t.Fatalf("got %+v", kit)
	}
	var page, sheet bytes.Buffer
	d.must(t, kit.WriteHTML(&page))
	d.must(t, paper.WritePDF(&sheet, kit.Sheet()))
	subject, mail := kit.Mail()
	if !strings.Contains(subject, v.Title) || !bytes.HasPrefix(sheet.Bytes(), []byte("%PDF")) {
		t.Errorf("got the subject %q and %d bytes", subject, sheet.Len())
	}
	for _, text := range []string{page.String(), mail} {
		for _, want := range []string{"I work at Lakeside Family Dental. #employee", "https://bsky.app/intent/compose?text=", "16 CFR 255.5", "No patient, by name or by story", "Sharing is up to you"} {
			if !strings.Contains(text, want) {
				t.Errorf("%.80q lacks %q", text, want)
			}
		}
	}
	for _, loads := range []string{`src="http`, `<link`, `@import`, `url(`} {
		if strings.Contains(page.String(), loads) {
			t.Errorf("the page loads something: %s", loads)
		}
	}
	_, err = d.Withdraw(ctx, consent.ID, d.hr.Actor())
	d.must(t, err)
	if _, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor()); err == nil {
		t.Error("without a consent it was handed to staff")
	}
}

func TestSharersAndThanks(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.must(t, d.SetSharer(ctx, d.staff.ID, true, d.staff.Actor()))
	d.must(t, d.SetSharer(ctx, d.staff.ID, true, d.staff.Actor()))
	d.must(t, d.SetSharer(ctx, d.hr.ID, true, d.hr.Actor()))
	d.must(t, d.SetSharer(ctx, d.hr.ID, false, d.hr.Actor()))
	list, err := d.Sharers(ctx)
	if err != nil || len(list) != 1 || list[0].Person.ID != d.staff.ID || !list[0].Since.Equal(d.now) {
		t.Errorf("got %+v, %v", list, err)
	}
	left := d.staff
	left.LeftOn = "2026-11-01"
	_, err = d.practices.SavePerson(ctx, left, audit.Program)
	d.must(t, err)
	if list, err := d.Sharers(ctx); err != nil || len(list) != 0 {
		t.Errorf("who left still shares: %+v, %v", list, err)
	}
	_, err = d.SayThanks(ctx, advocacy.Thanks{PersonID: d.hr.ID, Words: " "}, d.owner.Actor())
	wants(t, err, advocacy.ErrStep, "what the thanks are for")
	_, err = d.SayThanks(ctx, advocacy.Thanks{PersonID: d.hr.ID, Words: "For the kind words about Mara."}, d.owner.Actor())
	d.must(t, err)
	if said, err := d.ThanksSaid(ctx, 10); err != nil || len(said) != 1 || said[0].By != d.owner.ID {
		t.Errorf("got %+v, %v", said, err)
	}
}

func TestPartners(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	_, err := d.SavePartner(ctx, advocacy.Partner{Kind: "partner"}, d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "name")
	_, err = d.SavePartner(ctx, advocacy.Partner{Name: "Run Club", Kind: "partner", From: "2026-12-01", Until: "2026-11-01"}, d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "before it begins")
	p, err := d.SavePartner(ctx, advocacy.Partner{Name: "Run Club", Kind: "partner"}, d.hr.Actor())
	d.must(t, err)
	var all []string
	for _, c := range advocacy.PartnerChecks() {
		all = append(all, c.ID)
	}
	steps := []struct {
		change func(*advocacy.Partner)
		want   advocacy.Standing
	}{
		{func(*advocacy.Partner) {}, advocacy.ChecksOpen},
		{func(p *advocacy.Partner) { p.Checks = all }, advocacy.NoDisclosure},
		{func(p *advocacy.Partner) { p.Disclosure = "Paid partnership with Lakeside Family Dental" }, advocacy.InOrder},
		{func(p *advocacy.Partner) { p.Until = "2027-06-01" }, advocacy.InOrder},
		{func(p *advocacy.Partner) { p.Until = "2026-12-22" }, advocacy.ContractEnds},
		{func(p *advocacy.Partner) { p.Until = "2026-11-29" }, advocacy.ContractSoon},
		{func(p *advocacy.Partner) { p.Until = "2026-11-22" }, advocacy.ContractSoon},
		{func(p *advocacy.Partner) { p.Until = "2026-11-21" }, advocacy.ContractOver},
		{func(p *advocacy.Partner) { p.Ended = d.now }, advocacy.PartnerClosed},
	}
	for _, step := range steps {
		step.change(&p)
		p, err = d.SavePartner(ctx, p, d.hr.Actor())
		d.must(t, err)
		list, err := d.Partners(ctx)
		if err != nil || len(list) != 1 || list[0].Standing("2026-11-22") != step.want {
			t.Errorf("got %+v, %v, want %q", list, err, step.want)
		}
	}
	if p.CheckedBy != d.hr.ID || !p.CheckedAt.Equal(d.now) {
		t.Errorf("who checked: %+v", p)
	}
}

func TestResults(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	n := func(i int) *int { return &i }
	wants(t, d.SaveResult(ctx, advocacy.Result{SpotlightID: v.ID, Network: "bluesky", Likes: n(3), Counted: "hand"}, d.hr.Actor()), advocacy.ErrStep, "not posted")
	d.must(t, d.MarkPosted(ctx, v.ID, "bluesky", "https://bsky.app/profile/x/post/1", d.hr.Actor()))
	wants(t, d.SaveResult(ctx, advocacy.Result{SpotlightID: v.ID, Network: "bluesky", Counted: "hand"}, d.hr.Actor()), advocacy.ErrStep, "at least one")
	wants(t, d.SaveResult(ctx, advocacy.Result{SpotlightID: v.ID, Network: "bluesky", Likes: n(-1), Counted: "hand"}, d.hr.Actor()), advocacy.ErrStep, "less than nothing")
	d.must(t, d.SaveResult(ctx, advocacy.Result{SpotlightID: v.ID, Network: "bluesky", Reach: n(240), Likes: n(3), Counted: "hand"}, d.hr.Actor()))
	d.now = d.now.Add(time.Hour)
	d.must(t, d.SaveResult(ctx, advocacy.Result{SpotlightID: v.ID, Network: "bluesky", Likes: n(7), Shares: n(2), Counted: "network"}, d.hr.Actor()))
	o, err := d.SaveOutcome(ctx, advocacy.Outcome{SpotlightID: v.ID, Kind: advocacy.Application, Many: 2, Day: "2026-11-22"}, d.hr.Actor())
	d.must(t, err)
	_, err = d.SaveOutcome(ctx, advocacy.Outcome{SpotlightID: v.ID, Kind: advocacy.Booking, Many: 1, Day: "tomorrow"}, d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "not a day")
	r, err := d.Results(ctx)
	d.must(t, err)
	if len(r.Posts) != 1 || r.Posts[0].Last.Reactions() != 9 || *r.Posts[0].Last.Reach != 240 || r.Brought(advocacy.Application) != 2 {
		t.Fatalf("got %+v", r)
	}
	p, err := d.practices.Get(ctx)
	d.must(t, err)
	for _, groups := range [][]advocacy.Group{r.ByKind(), r.ByNetwork(), r.ByWeekday(p)} {
		if len(groups) != 1 || !groups[0].Few() || groups[0].Says() != "1 post, 9 reactions" {
			t.Errorf("got %+v", groups)
		}
	}
	if got := r.ByWeekday(p)[0].Name; got != "Sunday" {
		t.Errorf("got %s", got)
	}
	if many := (advocacy.Group{Posts: 10, Reactions: 45}); many.Few() || many.Says() != "4.5 reactions a post, 10 posts" {
		t.Errorf("got %q", many.Says())
	}
	if of := r.Of(v.ID + 1); len(of.Posts)+len(of.Outcomes) != 0 {
		t.Errorf("got %+v", of)
	}
	d.must(t, d.RemoveOutcome(ctx, o, d.hr.Actor()))
	if r, err := d.Results(ctx); err != nil || r.Brought(advocacy.Application) != 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// What was seen on no page says so where it is shown, and is to be looked up within three months.
func TestEachLineOfTheShareKitSaysHowFarItWasChecked(t *testing.T) {
	known := []string{"verified", "secondary", "memory", "suggested"}
	says := func(name, status, reviewBy, source, said string) {
		t.Helper()
		if !slices.Contains(known, status) || (source == "") != (status == "suggested") {
			t.Errorf("%s: the status %q does not fit the source %q", name, status, source)
		}
		if status == "memory" && (reviewBy < "2026-11-22" || reviewBy > "2027-02-22" || !strings.Contains(said, "Not yet checked against any page")) {
			t.Errorf("%s: from memory, to be looked up by %q, says %q", name, reviewBy, said)
		}
		if status == "verified" && !strings.Contains(said, "Checked against the official text on 22 November 2026, to be looked at again by ") {
			t.Errorf("%s says %q", name, said)
		}
	}
	for _, l := range advocacy.WhatToLeaveOut() {
		says(l.Say, l.Status, l.ReviewBy, l.Source, l.HowChecked())
	}
	for _, c := range advocacy.PartnerChecks() {
		says(c.ID, c.Status, c.ReviewBy, c.Source, c.HowChecked())
	}
	for month := time.January; month <= time.December; month++ {
		for _, tip := range advocacy.Tips([]string{"dental", "primary care", "physiotherapy"}, month) {
			says(tip.ID, tip.Status, tip.ReviewBy, tip.Source, tip.HowChecked(tip.Checked))
		}
	}
}
