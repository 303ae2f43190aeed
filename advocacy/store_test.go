package advocacy_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// desk is a practice with four colleagues on a real database, whose clock the test can move.
type desk struct {
	*advocacy.Store
	db        *database.DB
	practices *practice.Store
	now       time.Time

	owner, hr, staff, hygienist practice.Person
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{now: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)}
	folder := t.TempDir()
	clockwork := clock.Clock(func() time.Time { return d.now })
	db, err := database.Open(t.Context(), filepath.Join(folder, "goodword.db"), clockwork)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.db, d.practices = db, practice.NewStore(db, clockwork)
	err = d.practices.Save(t.Context(), practice.Practice{Name: "Lakeside Family Dental", Phone: "218-555-0140", TimeZone: "America/Chicago",
		Country: "US", Disciplines: []string{"dental"}}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	add := func(p practice.Person) practice.Person {
		if p.ID, err = d.practices.SavePerson(t.Context(), p, audit.Program); err != nil {
			t.Fatal(err)
		}
		return p
	}
	d.owner = add(practice.Person{Name: "Dr. Ada Brandt", Role: practice.Owner, Job: "dentist"})
	d.hr = add(practice.Person{Name: "Ines Calloway", Role: practice.HR, Job: "office coordinator"})
	d.staff = add(practice.Person{Name: "Otto Frane", Role: practice.Staff, Job: "dental assistant"})
	d.hygienist = add(practice.Person{Name: "Mara Lindqvist", Role: practice.Staff, Job: "dental hygienist", Credentials: "RDH", HiredOn: "2019-03-01"})
	d.Store = advocacy.NewStore(db, clockwork, d.practices, guard.Default())
	return d
}

func (d *desk) consent(t testing.TB, c advocacy.Consent) advocacy.Consent {
	t.Helper()
	if c.PersonID == 0 {
		c.PersonID = d.hygienist.ID
	}
	if c.Uses == nil {
		c.Uses = advocacy.ConsentUses()
	}
	c, err := d.Record(t.Context(), c, d.hr.Actor())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (d *desk) must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// drafted is a spotlight with consent, story and texts for Bluesky and Facebook, at the stage of the draft.
func (d *desk) drafted(t testing.TB) advocacy.Spotlight {
	t.Helper()
	ctx := t.Context()
	v, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team", Reason: "Always helps"}, d.staff.Actor())
	d.must(t, err)
	d.must(t, d.Move(ctx, v.ID, advocacy.ConsentAsked, d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.StoryStage, d.hr.Actor()))
	d.must(t, d.SaveStory(ctx, v.ID, answered("meet the team").Answers, d.hygienist.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.DraftStage, d.hr.Actor()))
	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	p, err := d.practices.Get(ctx)
	d.must(t, err)
	for _, variant := range advocacy.WriteVariants(v, d.hygienist, p, d.now) {
		if variant.Network != "bluesky" && variant.Network != "facebook" {
			continue
		}
		_, result, err := d.SaveVariant(ctx, v.ID, variant, d.hr.Actor())
		d.must(t, err)
		if result.Verdict == guard.Block {
			t.Fatalf("the draft is blocked: %+v", result.Findings)
		}
	}
	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	return v
}

// scheduled is the same, reviewed by the owner and planned for the next day.
func (d *desk) scheduled(t testing.TB) advocacy.Spotlight {
	t.Helper()
	v := d.drafted(t)
	d.must(t, d.Move(t.Context(), v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(t.Context(), v.ID, d.now.Add(24*time.Hour), d.hr.Actor()))
	d.must(t, d.Move(t.Context(), v.ID, advocacy.Scheduled, d.owner.Actor()))
	v, err := d.Find(t.Context(), v.ID)
	d.must(t, err)
	return v
}

func wants(t *testing.T, err, kind error, words string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %v with %q", err, kind, words)
	}
}

func TestFromNominationToPublished(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	heard := 0
	d.OnChanged(func(c advocacy.Change) {
		if c.What == "spotlights" {
			heard++
		}
	})
	d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	if v.Title != "Meet the team: Mara Lindqvist" || v.By != d.staff.ID {
		t.Errorf("got title %q nominated by %d", v.Title, v.By)
	}
	text, err := d.CopyVariant(ctx, v.ID, "bluesky", d.hr.Actor())
	d.must(t, err)
	if !strings.Contains(text, "Shared with Mara's permission.") || !strings.HasSuffix(text, "#employee") {
		t.Errorf("got %q", text)
	}
	d.must(t, d.MarkPosted(ctx, v.ID, "bluesky", "https://bsky.app/profile/x/post/1", d.hr.Actor()))
	if v, err = d.Find(ctx, v.ID); err != nil || v.Stage != advocacy.Scheduled {
		t.Errorf("one of two is posted: got %q, %v", v.Stage, err)
	}
	d.must(t, d.MarkPosted(ctx, v.ID, "facebook", "", d.hr.Actor()))
	if v, err = d.Find(ctx, v.ID); err != nil || v.Stage != advocacy.Published {
		t.Errorf("all are posted: got %q, %v", v.Stage, err)
	}
	posted, _ := v.Variant("bluesky")
	if posted.PostedURL == "" || !posted.PostedAt.Equal(d.now) || posted.PostedBy != d.hr.ID || posted.ConsentID == 0 {
		t.Errorf("got %+v", posted)
	}
	d.must(t, d.Archive(ctx, v.ID, d.hr.Actor()))
	history, err := d.History(ctx, v.ID)
	d.must(t, err)
	if len(history) < 12 || history[0].After != "archived" || history[len(history)-1].Did != "nominated a colleague" {
		t.Errorf("got %d lines, the newest %+v", len(history), history[0])
	}
	if heard < 12 {
		t.Errorf("the listener heard of %d changes", heard)
	}
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}

func TestEveryStageSaysWhatIsMissing(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	hr, owner := d.hr.Actor(), d.owner.Actor()
	v, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team"}, hr)
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.DraftStage, hr), advocacy.ErrStep, "One step at a time")
	wants(t, d.Move(ctx, v.ID, advocacy.Published, hr), advocacy.ErrStep, "scheduled")
	wants(t, d.Move(ctx, v.ID, "nowhere", hr), advocacy.ErrStep, "no stage")
	d.must(t, d.Move(ctx, v.ID, advocacy.ConsentAsked, hr))
	wants(t, d.Move(ctx, v.ID, advocacy.StoryStage, hr), advocacy.ErrConsent, "Mara Lindqvist")
	d.consent(t, advocacy.Consent{Networks: []string{"bluesky"}, Until: "2026-11-25", Uses: []string{"name", "story"}})
	d.must(t, d.Move(ctx, v.ID, advocacy.StoryStage, hr))
	wants(t, d.Move(ctx, v.ID, advocacy.DraftStage, hr), advocacy.ErrStep, "story sheet")
	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: "Hello"}, hr)
	wants(t, err, advocacy.ErrStep, "draft")
	d.must(t, d.SaveStory(ctx, v.ID, []advocacy.Answer{{Question: "work", Text: "keeps teeth clean"}}, hr))
	d.must(t, d.Move(ctx, v.ID, advocacy.DraftStage, hr))
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, hr), advocacy.ErrStep, "text")

	good := "Meet Mara Lindqvist, our dental hygienist. Shared with Mara's permission."
	_, result, err := d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: good + " " + "Mrs. Kowalczyk walked again after her surgery with us on March 3.", Disclosure: true}, hr)
	d.must(t, err)
	if result.Verdict == guard.Block {
		wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, hr), advocacy.ErrGate, "cannot be published")
	}
	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: strings.Repeat(good, 5), Disclosure: true}, hr)
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, hr), advocacy.ErrLength, "Bluesky")
	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: good, Disclosure: true}, hr)
	d.must(t, err)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, hr))
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, hr), advocacy.ErrRights, "You wrote the text")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.staff.Actor()), advocacy.ErrRights, "approves")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, audit.Program), advocacy.ErrRights, "who is working")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, owner), advocacy.ErrStep, "Choose the day")
	wants(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 7), hr), advocacy.ErrConsent, "2026-11-29")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, owner), advocacy.ErrStep, "Choose the day")
	d.must(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 2), hr))
	_, err = d.CopyVariant(ctx, v.ID, "bluesky", hr)
	wants(t, err, advocacy.ErrStep, "reviewed")
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, owner))

	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "bluesky", Text: "Something else"}, hr)
	wants(t, err, advocacy.ErrStep, "approved")
	wants(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 7), owner), advocacy.ErrConsent, "2026-11-29")
	wants(t, d.Schedule(ctx, v.ID, time.Time{}, owner), advocacy.ErrStep, "needs a date")
	wants(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, -2), owner), advocacy.ErrStep, "20 November 2026, 09:00 has passed")
	wants(t, d.Move(ctx, v.ID, advocacy.Published, owner), advocacy.ErrStep, "mark it as posted")
	_, err = d.CopyVariant(ctx, v.ID, "linkedin", hr)
	wants(t, err, advocacy.ErrStep, "no text")
	d.now = d.now.AddDate(0, 0, 5)
	_, err = d.CopyVariant(ctx, v.ID, "bluesky", hr)
	wants(t, err, advocacy.ErrConsent, "2026-11-27")
	wants(t, d.MarkPosted(ctx, v.ID, "bluesky", "", hr), advocacy.ErrConsent, "2026-11-27")
	missed, err := d.Missed(ctx)
	if err != nil || len(missed) != 1 || missed[0].ID != v.ID {
		t.Errorf("got %d missed, %v", len(missed), err)
	}
	d.must(t, d.SendBack(ctx, v.ID, "Ask again, please", owner))
	if v, err = d.Find(ctx, v.ID); err != nil || v.Stage != advocacy.DraftStage || v.Note != "Ask again, please" {
		t.Errorf("got %q with note %q, %v", v.Stage, v.Note, err)
	}
}

func TestAPersonWhoLeavesIsNotScheduled(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.AddDate(0, 0, 10), d.hr.Actor()))
	d.hygienist.LeftOn = "2026-11-30"
	if _, err := d.practices.SavePerson(ctx, d.hygienist, d.hr.Actor()); err != nil {
		t.Fatal(err)
	}
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrConsent, "left on 2026-11-30")
}

func TestWithdrawalOpensTheTakeDownList(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	given := d.consent(t, advocacy.Consent{Form: "signed release, HR folder"})
	first, second := d.scheduled(t), d.scheduled(t)
	d.must(t, d.MarkPosted(ctx, first.ID, "bluesky", "https://bsky.app/profile/x/post/1", d.hr.Actor()))
	d.must(t, d.MarkPosted(ctx, first.ID, "facebook", "https://www.facebook.com/1", d.hr.Actor()))
	d.now = d.now.Add(time.Hour)
	list, err := d.Withdraw(ctx, given.ID, d.hr.Actor())
	d.must(t, err)
	if len(list) != 2 || list[0].SpotlightID != first.ID || list[0].URL == "" || list[0].PersonID != d.hygienist.ID {
		t.Fatalf("got %+v", list)
	}
	if second, err = d.Find(ctx, second.ID); err != nil || second.Stage != advocacy.ConsentAsked || second.Note == "" {
		t.Errorf("what was scheduled goes back: got %q, %v", second.Stage, err)
	}
	_, err = d.Withdraw(ctx, given.ID, d.hr.Actor())
	wants(t, err, advocacy.ErrConsent, "already")
	d.must(t, d.TickTakeDown(ctx, list[0].ID, true, d.hr.Actor()))
	open, err := d.TakeDowns(ctx)
	if err != nil || len(open) != 1 || open[0].ID != list[1].ID {
		t.Errorf("one stays open: got %+v, %v", open, err)
	}
	first, err = d.Find(ctx, first.ID)
	d.must(t, err)
	if down, _ := first.Variant(list[0].Network); down.TakenDown.IsZero() {
		t.Error("the text does not say that it was taken down")
	}
	d.must(t, d.TickTakeDown(ctx, list[0].ID, false, d.hr.Actor()))
	if open, err = d.TakeDowns(ctx); err != nil || len(open) != 2 {
		t.Errorf("unticked it is open again: got %d, %v", len(open), err)
	}
	counts, err := d.Counts(ctx)
	if err != nil || counts.TakeDowns != 2 || counts.Stages[advocacy.Published] != 1 || counts.Open != 1 {
		t.Errorf("got %+v, %v", counts, err)
	}
}

func TestASecondConsentKeepsThePost(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	old := d.consent(t, advocacy.Consent{})
	renewed := d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	d.must(t, d.MarkPosted(ctx, v.ID, "bluesky", "", d.hr.Actor()))
	if list, err := d.Withdraw(ctx, old.ID, d.hr.Actor()); err != nil || len(list) != 0 {
		t.Errorf("the other consent still covers it: got %d, %v", len(list), err)
	}
	if list, err := d.Withdraw(ctx, renewed.ID, d.hr.Actor()); err != nil || len(list) != 1 {
		t.Errorf("nothing covers it any more: got %d, %v", len(list), err)
	}
}

func TestRecordRefuses(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	tests := []struct {
		name    string
		consent advocacy.Consent
		by      practice.Person
		kind    error
	}{
		{"no use", advocacy.Consent{PersonID: d.hygienist.ID}, d.hr, advocacy.ErrConsent},
		{"unknown use", advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"soul"}}, d.hr, advocacy.ErrConsent},
		{"unknown network", advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"name"}, Networks: []string{"myspace"}}, d.hr, advocacy.ErrNotFound},
		{"ends before it begins", advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"name"}, From: "2026-05-01", Until: "2026-04-01"}, d.hr, advocacy.ErrConsent},
		{"no day", advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"name"}, From: "tomorrow"}, d.hr, advocacy.ErrConsent},
		{"nobody", advocacy.Consent{PersonID: 99, Uses: []string{"name"}}, d.hr, advocacy.ErrNotFound},
		{"another colleague", advocacy.Consent{PersonID: d.hygienist.ID, Uses: []string{"name"}}, d.staff, advocacy.ErrRights},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := d.Record(ctx, test.consent, test.by.Actor()); !errors.Is(err, test.kind) {
				t.Errorf("got %v, want %v", err, test.kind)
			}
		})
	}
	if list, err := d.Consents(ctx, 0); err != nil || len(list) != 0 {
		t.Errorf("nothing was recorded: got %d, %v", len(list), err)
	}
}

func TestPictureOfASpotlight(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{Uses: []string{"name", "story", "quote"}})
	v := d.drafted(t)
	picture := func(side int) *bytes.Buffer {
		var file bytes.Buffer
		d.must(t, png.Encode(&file, image.NewGray(image.Rect(0, 0, side, side))))
		return &file
	}
	first, err := d.SavePicture(ctx, v.ID, picture(16), "", d.hr.Actor())
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrStep, "what the picture shows")
	d.must(t, d.DescribePicture(ctx, v.ID, "Mara beside the window of the break room", d.hr.Actor()))
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrStep, "not checked")
	var all []string
	checks, basis := advocacy.PictureChecks()
	for _, c := range checks {
		all = append(all, c.ID)
	}
	if basis == "" || len(all) < 5 {
		t.Errorf("got %d checks on the basis %q", len(all), basis)
	}
	wants(t, d.CheckPicture(ctx, v.ID, []string{"moon"}, d.hr.Actor()), advocacy.ErrNotFound, "moon")
	d.must(t, d.CheckPicture(ctx, v.ID, all, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	wants(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()), advocacy.ErrConsent, "")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrConsent, "photo")

	if data, err := d.ReadPicture(ctx, first); err != nil || len(data) == 0 {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	second, err := d.SavePicture(ctx, v.ID, picture(32), "Mara", d.hr.Actor())
	d.must(t, err)
	_, err = d.ReadPicture(ctx, first)
	wants(t, err, advocacy.ErrPicture, "missing")
	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	if v.Picture.File != second.File || len(v.Picture.Checked) != 0 {
		t.Errorf("a new picture is checked anew: got %+v", v.Picture)
	}
	if n, err := d.VerifyPictures(ctx); n != 1 || err != nil {
		t.Errorf("got %d proven pictures, %v; want 1", n, err)
	}
	d.must(t, d.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(`UPDATE pictures SET data = x'00'`); return err }))
	_, err = d.VerifyPictures(ctx)
	wants(t, err, advocacy.ErrPicture, "changed outside")
	d.must(t, d.RemovePicture(ctx, v.ID, d.hr.Actor()))
	var left int
	d.must(t, d.db.Reader().QueryRow(`SELECT COUNT(*) FROM pictures`).Scan(&left))
	if left != 0 {
		t.Errorf("%d pictures are left", left)
	}
}

func TestListFilters(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	for _, person := range []practice.Person{d.hygienist, d.staff, d.owner} {
		_, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: person.ID, Occasion: "meet the team", Title: "Hello", Reason: "50% kinder"}, d.hr.Actor())
		d.must(t, err)
	}
	d.must(t, d.Move(ctx, 1, advocacy.ConsentAsked, d.hr.Actor()))
	d.must(t, d.Archive(ctx, 3, d.hr.Actor()))
	tests := []struct {
		name   string
		filter advocacy.Filter
		want   int
	}{
		{"all but archived", advocacy.Filter{}, 2},
		{"with archived", advocacy.Filter{Archived: true}, 3},
		{"a stage", advocacy.Filter{Stages: []advocacy.Stage{advocacy.ConsentAsked}}, 1},
		{"two stages", advocacy.Filter{Stages: []advocacy.Stage{advocacy.ConsentAsked, advocacy.Archived}}, 2},
		{"a person", advocacy.Filter{PersonID: d.staff.ID}, 1},
		{"the person's name", advocacy.Filter{Words: "lindq kinder"}, 1},
		{"a sign of SQL", advocacy.Filter{Words: "50%"}, 2},
		{"nobody", advocacy.Filter{Words: "lindq otto"}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list, err := d.List(ctx, test.filter)
			if err != nil || len(list) != test.want {
				t.Errorf("got %d, %v, want %d", len(list), err, test.want)
			}
		})
	}
	if _, err := d.Find(ctx, 99); !errors.Is(err, advocacy.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.List(cancelled, advocacy.Filter{}); err == nil {
		t.Error("a cancelled list gives no error")
	}
}

func TestMonth(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{Until: "2026-11-28"})
	v := d.scheduled(t)
	d.must(t, d.SaveCard(ctx, v.ID, "Meet Mara", "Because", "2026-11-27", d.hr.Actor()))
	entries, err := d.Month(ctx, 2026, time.November)
	d.must(t, err)
	kinds := map[advocacy.EntryKind]int{}
	for _, e := range entries {
		kinds[e.Kind]++
		if e.To < "2026-11-01" || e.From > "2026-11-30" {
			t.Errorf("%s runs %s to %s", e.Title, e.From, e.To)
		}
		if e.Kind == advocacy.EntrySpotlight && (e.From != "2026-11-23" || e.SpotlightID != v.ID || e.Late) {
			t.Errorf("got %+v", e)
		}
		if e.Kind == advocacy.EntryObservance && e.Observance.Source == "" {
			t.Errorf("%s has no source", e.Title)
		}
	}
	if kinds[advocacy.EntrySpotlight] != 1 || kinds[advocacy.EntryDeadline] != 2 || kinds[advocacy.EntryObservance] == 0 {
		t.Errorf("got %v", kinds)
	}
	if entries, err = d.Month(ctx, 2027, time.January); err != nil || len(entries) == 0 {
		t.Errorf("January: got %d, %v", len(entries), err)
	}
}

func TestATextChangedInReviewGoesBackToTheDraft(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	text, _ := v.Variant("facebook")
	text.Text += " See you soon."
	if _, _, err := d.SaveVariant(ctx, v.ID, text, d.owner.Actor()); err != nil {
		t.Fatal(err)
	}
	if v, _ = d.Find(ctx, v.ID); v.Stage != advocacy.ReviewStage {
		t.Errorf("a reviewer may mend a word: got %q", v.Stage)
	}
	if _, _, err := d.SaveVariant(ctx, v.ID, text, d.hr.Actor()); err != nil {
		t.Fatal(err)
	}
	if v, _ = d.Find(ctx, v.ID); v.Stage != advocacy.DraftStage || v.Note == "" {
		t.Errorf("what the reviewer did not read goes back: got %q", v.Stage)
	}
	_, _, err := d.SaveVariant(ctx, v.ID, text, d.staff.Actor())
	wants(t, err, advocacy.ErrRights, "role")
}
