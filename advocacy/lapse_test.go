package advocacy_test

import (
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
)

// published is a spotlight posted on Bluesky and Facebook under a consent that ends on a day.
func (d *desk) published(t *testing.T, c advocacy.Consent) (advocacy.Spotlight, advocacy.Consent) {
	t.Helper()
	c = d.consent(t, c)
	v := d.scheduled(t)
	for _, n := range []string{"bluesky", "facebook"} {
		d.must(t, d.MarkPosted(t.Context(), v.ID, n, "https://example.org/"+n, d.hr.Actor()))
	}
	return v, c
}

func (d *desk) lapsed(t *testing.T) []advocacy.TakeDown {
	t.Helper()
	d.must(t, d.Lapse(t.Context()))
	list, err := d.TakeDowns(t.Context())
	d.must(t, err)
	return list
}

func TestAConsentThatRunsOutTakesItsPostsDownOnce(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	v, c := d.published(t, advocacy.Consent{Until: "2026-11-30"})
	ends, err := d.Endings(ctx)
	if err != nil || len(ends) != 1 || ends[0].Posts != 2 {
		t.Fatalf("beforehand it is said what must come down: got %+v, %v", ends, err)
	}
	home, _ := time.LoadLocation("America/Chicago")
	d.now = time.Date(2026, 11, 30, 23, 0, 0, 0, home)
	if list := d.lapsed(t); len(list) != 0 {
		t.Errorf("the last day is a day too: got %+v", list)
	}
	heard := 0
	d.OnChanged(func(advocacy.Change) { heard++ })
	d.now = time.Date(2026, 12, 9, 8, 0, 0, 0, home)
	list := d.lapsed(t)
	end := time.Date(2026, 12, 1, 0, 0, 0, 0, home)
	if len(list) != 2 || list[0].ConsentID != c.ID || !list[0].Lapsed || !list[0].Opened.Equal(end) || list[0].SpotlightID != v.ID || list[0].URL == "" {
		t.Fatalf("got %+v, want both posts, dated %s", list, end)
	}
	if heard != 1 {
		t.Errorf("the screens heard of it %d times, want once", heard)
	}
	d.must(t, d.TickTakeDown(ctx, list[0].ID, true, d.hr.Actor()))
	for range 3 {
		d.now = d.now.AddDate(0, 0, 1)
		if again := d.lapsed(t); len(again) != 1 || again[0].ID != list[1].ID {
			t.Errorf("the ticked one is done, the other stays, no line comes twice: got %+v", again)
		}
	}
	if all, err := d.TakeDownsOf(ctx, v.ID); err != nil || len(all) != 2 {
		t.Errorf("got %d lines, %v", len(all), err)
	}
	if lines, err := audit.Verify(ctx, d.db.Reader()); err != nil || lines == 0 {
		t.Errorf("the audit chain: %d lines, %v", lines, err)
	}
}

func TestWhatIsRenewedStaysUp(t *testing.T) {
	d := newDesk(t)
	d.published(t, advocacy.Consent{Until: "2026-11-30"})
	d.consent(t, advocacy.Consent{From: "2026-12-01", Until: "2027-01-31"})
	ends, err := d.Endings(t.Context())
	if err != nil || len(ends) != 0 {
		t.Errorf("what is carried on is no ending: %+v, %v", ends, err)
	}
	d.now = d.now.AddDate(0, 0, 20)
	if list := d.lapsed(t); len(list) != 0 {
		t.Errorf("got %+v", list)
	}
	d.now = d.now.AddDate(0, 3, 0)
	if list := d.lapsed(t); len(list) != 2 || list[0].Opened.Format(practice.Day) != "2027-02-01" {
		t.Errorf("dated by the end of the second paper: got %+v", list)
	}
}

func TestSomebodyWhoLeftKeepsWhatTheyAllowed(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.published(t, advocacy.Consent{})
	gone := d.hygienist
	gone.LeftOn = "2026-11-25"
	_, err := d.practices.SavePerson(ctx, gone, d.owner.Actor())
	d.must(t, err)
	d.now = d.now.AddDate(0, 1, 0)
	if list := d.lapsed(t); len(list) != 0 {
		t.Errorf("a consent without an end goes on after they left: got %+v", list)
	}
}

func TestAPatientsAuthorizationThatRunsOutTakesThePostDown(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.must(t, d.ShowPatients(ctx, v.ID, 1, d.hr.Actor()))
	paper := signedPaper(v.ID, "Vera Holm", "2026-11-22")
	paper.Until = "2026-12-05"
	a := d.authorize(t, paper)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	d.must(t, d.MarkPosted(ctx, v.ID, "facebook", "https://example.org/f", d.hr.Actor()))
	d.now = d.now.AddDate(0, 0, 14)
	list := d.lapsed(t)
	if len(list) != 1 || list[0].Authorized != a.ID || list[0].ConsentID != 0 || !list[0].Lapsed || list[0].Opened.Format(practice.Day) != "2026-12-06" {
		t.Errorf("got %+v", list)
	}
}

// authorize records what a patient signed, with its signed copy.
func (d *desk) authorize(t *testing.T, a advocacy.Authorization) advocacy.Authorization {
	t.Helper()
	a, err := d.Authorize(t.Context(), a, d.hr.Actor())
	d.must(t, err)
	a, err = d.AttachAuthorization(t.Context(), a.ID, strings.NewReader("%PDF-1.4 signed"), d.hr.Actor())
	d.must(t, err)
	return a
}

// A day outside the consent is refused wherever it is chosen: on the card, in the calendar, with the nomination and on the day itself.
func TestADayOutsideTheConsentIsRefusedWhereverItIsChosen(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	hr := d.hr.Actor()
	wish, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.staff.ID, Occasion: "meet the team", Schedule: d.now.AddDate(0, 1, 0)}, hr)
	if err != nil || wish.Schedule.IsZero() {
		t.Fatalf("while no consent is on record a day is a wish: %v", err)
	}
	d.consent(t, advocacy.Consent{From: "2026-11-22", Until: "2026-11-28"})
	v := d.drafted(t)
	wants(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 7), hr), advocacy.ErrConsent, "holds from 2026-11-22 until 2026-11-28, which 2026-11-29 is not within")
	_, err = d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team", Schedule: d.now.AddDate(0, 0, 7)}, hr)
	wants(t, err, advocacy.ErrConsent, "2026-11-29")
	d.must(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 6), hr))
	e := advocacy.Entry{Kind: advocacy.EntrySpotlight, SpotlightID: v.ID, Stage: advocacy.DraftStage}
	wants(t, d.Reschedule(ctx, e, "2026-11-29", hr), advocacy.ErrConsent, "2026-11-29")
	d.must(t, d.Reschedule(ctx, e, "2026-11-27", hr))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, hr))
	wants(t, d.Reschedule(ctx, e, "2026-11-29", hr), advocacy.ErrConsent, "2026-11-29")
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	wants(t, d.Reschedule(ctx, e, "2026-12-01", hr), advocacy.ErrConsent, "2026-12-01")
	d.must(t, d.SaveAccount(ctx, advocacy.Account{Network: "bluesky", Server: "https://pds.example", Handle: "lakeside.example"}, hr))
	_, err = d.BeginPost(ctx, v.ID, "bluesky", d.now.AddDate(0, 0, 8), hr)
	wants(t, err, advocacy.ErrConsent, "2026-11-30")
	d.now = d.now.AddDate(0, 0, 7)
	wants(t, d.MarkPosted(ctx, v.ID, "facebook", "https://example.org/1", hr), advocacy.ErrConsent, "2026-11-29")
	_, err = d.BeginPost(ctx, v.ID, "bluesky", time.Time{}, hr)
	wants(t, err, advocacy.ErrConsent, "2026-11-29")
	again := d.nominated(t)
	d.must(t, d.Schedule(ctx, again.ID, d.now.AddDate(0, 0, 1), hr)) // the consent has run out, and a new one is to be asked for
}

// nominated is a fresh nomination of the hygienist.
func (d *desk) nominated(t *testing.T) advocacy.Spotlight {
	t.Helper()
	v, err := d.Nominate(t.Context(), advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "anniversary"}, d.hr.Actor())
	d.must(t, err)
	return v
}
