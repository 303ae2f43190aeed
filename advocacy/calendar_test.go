package advocacy_test

import (
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/paper"
	"goodword/internal/practice"
)

func (d *desk) conflicts(t *testing.T) string {
	t.Helper()
	entries, err := d.Between(t.Context(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC))
	d.must(t, err)
	list, err := d.Conflicts(t.Context(), entries)
	d.must(t, err)
	var lines []string
	for _, c := range list {
		lines = append(lines, string(c.Kind)+" "+c.Day+" "+c.Text)
	}
	return strings.Join(lines, "\n")
}

func TestConflictsOfTheCalendar(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	c := d.consent(t, advocacy.Consent{Until: "2026-12-31"})
	v := d.scheduled(t) // on Monday the 23rd
	if got := d.conflicts(t); got != "" {
		t.Fatalf("got %q, want none", got)
	}
	has := func(words ...string) {
		t.Helper()
		got := d.conflicts(t)
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%q is missing in\n%s", w, got)
			}
		}
	}
	other, err := d.Plan(ctx, advocacy.Spotlight{Kind: advocacy.KindEvent, Title: "Open house", Schedule: d.now.Add(26 * time.Hour)}, d.hr.Actor())
	d.must(t, err)
	has("crowded 2026-11-23 2 posts on one day")
	d.must(t, d.Schedule(ctx, other.ID, time.Date(2026, 11, 28, 15, 0, 0, 0, time.UTC), d.hr.Actor())) // a Saturday
	p, err := d.practices.Get(ctx)
	d.must(t, err)
	p.Hours = practice.DefaultHours()
	p.Hours.Closed = []string{"2026-11-23"}
	d.must(t, d.practices.Save(ctx, p, d.owner.Actor()))
	has("closed 2026-11-23 The practice is closed on this day", "closed 2026-11-28 The practice has no office hours on Saturdays")
	_, err = d.SaveCalendar(ctx, advocacy.Calendar{Name: "Leave", Meaning: advocacy.MeansAway, PersonID: d.hygienist.ID, Events: []advocacy.CalendarEvent{{UID: "1", Title: "Leave", AllDay: true,
		Start: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)}}}, d.hr.Actor())
	d.must(t, err)
	has("away 2026-11-23 Mara Lindqvist is away on this day (Leave)")
	wants(t, d.Reschedule(ctx, d.entry(t, v.ID), "2026-11-20", d.owner.Actor()), advocacy.ErrStep, "has passed")
	_, err = d.Withdraw(ctx, c.ID, d.hr.Actor())
	d.must(t, err)
	if got := d.conflicts(t); !strings.Contains(got, "consent 2026-11-23") {
		t.Errorf("the consent is gone, and nothing is said:\n%s", got)
	}
}

func (d *desk) entry(t *testing.T, spotlight int64) advocacy.Entry {
	t.Helper()
	entries, err := d.Between(t.Context(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC))
	d.must(t, err)
	for _, e := range entries {
		if e.SpotlightID == spotlight && e.Kind == advocacy.EntrySpotlight {
			return e
		}
	}
	t.Fatalf("spotlight %d has no day", spotlight)
	return advocacy.Entry{}
}

func TestMovingAnEntryKeepsItsTimeAndItsConsent(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{Until: "2026-12-31"})
	v := d.scheduled(t)
	d.must(t, d.Reschedule(ctx, d.entry(t, v.ID), "2026-12-10", d.owner.Actor()))
	e := d.entry(t, v.ID)
	if got, want := e.At.In(chicago).Format("2006-01-02 15:04"), "2026-12-10 09:00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	wants(t, d.Reschedule(ctx, e, "2027-01-04", d.owner.Actor()), advocacy.ErrConsent, "No consent")
	wants(t, d.Reschedule(ctx, e, "soon", d.owner.Actor()), advocacy.ErrStep, "is not a day")
	wants(t, d.Reschedule(ctx, advocacy.Entry{Kind: advocacy.EntryObservance}, "2026-12-11", d.owner.Actor()), advocacy.ErrStep, "stands where it is")

	s, err := d.SaveSeries(ctx, tuesdays, d.hr.Actor())
	d.must(t, err)
	turn := advocacy.Entry{Kind: advocacy.EntrySeries, Turn: &advocacy.SeriesTurn{Series: s, Day: "2026-12-08", On: "2026-12-08"}}
	d.must(t, d.Reschedule(ctx, turn, "2026-12-09", d.hr.Actor()))
	if list, err := d.SeriesList(ctx); err != nil || list[0].Changes["2026-12-08"] != "2026-12-09" {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestBalanceOfKinds(t *testing.T) {
	post := func(kind advocacy.PostKind, stage advocacy.Stage) advocacy.Entry {
		return advocacy.Entry{Kind: advocacy.EntrySpotlight, Post: kind, Stage: stage}
	}
	few := []advocacy.Entry{post(advocacy.KindSpotlight, advocacy.Published), post(advocacy.KindSpotlight, advocacy.Scheduled)}
	if got := advocacy.AdviseMix(advocacy.MixOf(few)); got != "" {
		t.Errorf("of two posts it says %q", got)
	}
	many := append(few, post(advocacy.KindSpotlight, advocacy.Published), post(advocacy.KindEvent, advocacy.Published))
	if got, want := advocacy.AdviseMix(advocacy.MixOf(many)), "No health tip so far."; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	shares := advocacy.MixOf(many)
	if shares[0].Out != 2 || shares[0].Planned != 1 || shares[2].Out != 1 {
		t.Errorf("got %+v", shares)
	}
}

func TestCampaignsAndTheirBrief(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	c, err := d.SaveCampaign(ctx, advocacy.Campaign{Name: "Assistants wanted", Goal: advocacy.GoalMorale, Aim: "Show four colleagues before spring.", Wanted: 4, From: "2026-11-01", Until: "2027-02-28"}, d.hr.Actor())
	d.must(t, err)
	d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	d.must(t, d.JoinCampaign(ctx, v.ID, c.ID, d.hr.Actor()))
	report := func() advocacy.Report {
		t.Helper()
		list, err := d.Reports(ctx)
		d.must(t, err)
		return list[0]
	}
	brief := func() string {
		t.Helper()
		var out strings.Builder
		d.must(t, paper.Write(&out, ".md", report().Brief(d.now)))
		return out.String()
	}
	for _, want := range []string{"Assistants wanted", "0 of 4 colleagues shown", "1 planned or under way, 0 out", "Nothing is posted yet"} {
		if got := brief(); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	d.now = d.now.Add(25 * time.Hour)
	for _, variant := range v.Variants {
		d.must(t, d.MarkPosted(ctx, v.ID, variant.Network, "https://post.example/1", d.hr.Actor()))
	}
	for _, want := range []string{"1 of 4 colleagues shown", "0 planned or under way, 1 out", "Nobody has entered how the posts were received"} {
		if got := brief(); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	gone, err := d.RemoveCampaign(ctx, c.ID, d.hr.Actor())
	d.must(t, err)
	_, err = d.SaveCampaign(ctx, gone, d.hr.Actor())
	d.must(t, err)
	if got := report(); len(got.Posts) != 1 || got.State() != "Running" {
		t.Errorf("brought back it has %d posts and is %q", len(got.Posts), got.State())
	}
	_, err = d.SaveCampaign(ctx, advocacy.Campaign{Name: "x", Goal: advocacy.GoalHiring, From: "2026-12-02", Until: "2026-12-01"}, d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "before it begins")
}
