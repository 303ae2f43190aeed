package collect_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
)

// round is a database with one site of the round.
type round struct {
	store  *reviews.Store
	c      *collect.Collector
	at     time.Time
	source reviews.Source
}

func newRound(t *testing.T) *round {
	t.Helper()
	r := &round{at: pastedNow}
	now := clock.Clock(func() time.Time { return r.at })
	ctx := context.Background()
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	practices := practice.NewStore(db, now)
	if err := practices.Save(ctx, practice.Practice{Name: "Bright Harbor Dental", TimeZone: "UTC"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	r.store = reviews.NewStore(db, now, practices, guard.Default())
	r.c = collect.New(collect.Deps{Store: r.store, Judge: classify.Default(), Practices: practices, Now: now})
	draft, err := r.c.LookKind(ctx, "sweep", reviews.Options{"site": "Healthgrades", "profile": "www.healthgrades.com/physician/dr-reed"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if r.source, err = r.c.AddDraft(ctx, draft, collect.AddOptions{}, dana); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *round) stop(t *testing.T) reviews.SweepStop {
	t.Helper()
	stops, err := r.store.Round(context.Background())
	if err != nil || len(stops) != 1 {
		t.Fatalf("the round has %d stops, %v", len(stops), err)
	}
	return stops[0]
}

func (r *round) take(t *testing.T, text string) reviews.Stamp {
	t.Helper()
	pasted, err := r.c.Split(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := r.c.Take(context.Background(), r.source.ID, pasted.Found, dana)
	if err != nil {
		t.Fatal(err)
	}
	return stamp
}

func (r *round) mentions(t *testing.T) []reviews.Mention {
	t.Helper()
	ctx := context.Background()
	ids, err := r.store.IDs(ctx, reviews.Query{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := r.store.Page(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const (
	firstPaste = "★★★★★\nDr. Reed listened to all my questions and never looked at the clock.\nSusan K. – Nov 12, 2026\nHelpful\nFlag\n" +
		"★★☆☆☆\nSurgery went well. The office did not return two calls.\nAnonymous – Nov 3, 2026\nHelpful\nFlag\n"
	newerPaste = "★★★★★\nA quick visit, and nobody hurried me.\nPaul – Nov 27, 2026\nHelpful\nFlag\n"
)

func TestWhatWasPastedBeforeIsNotNew(t *testing.T) {
	r := newRound(t)
	if s := r.stop(t); !s.Due() || s.Name != "Healthgrades" || s.Site != "healthgrades" || s.Profile != "https://www.healthgrades.com/physician/dr-reed" {
		t.Errorf("a site that was never checked is %+v", s)
	}
	if got := r.take(t, firstPaste).Outcome; got.New != 2 {
		t.Errorf("the first paste brought %+v, want 2 new", got)
	}
	for _, m := range r.mentions(t) {
		if m.Imported || m.Due.IsZero() && m.Stars < 4 || len(m.Payload) == 0 || m.Site != "healthgrades" {
			t.Errorf("a review of this month came in as %+v", m)
		}
	}
	if s := r.stop(t); s.Due() || s.Checked != r.at || s.Last.New != 2 {
		t.Errorf("after the check the site is %+v", s)
	}
	r.at = r.at.AddDate(0, 0, 7)
	if s := r.stop(t); !s.Due() {
		t.Error("a week later the site is not due")
	}
	if got := r.take(t, newerPaste+firstPaste).Outcome; got.New != 1 || got.Unchanged != 2 {
		t.Errorf("the second paste brought %+v, want 1 new and 2 unchanged", got)
	}
	if got := len(r.mentions(t)); got != 3 {
		t.Errorf("the inbox has %d mentions, want 3", got)
	}
}

func TestARelativeDateRepeatsNothing(t *testing.T) {
	r := newRound(t)
	r.take(t, "Maria Gomez\nLocal Guide · 12 reviews\n★★★★★ a week ago\nThe front desk was kind and the hygienist explained every step to me, twice.\nLike\nShare\n")
	r.at = r.at.AddDate(0, 0, 7)
	stamp := r.take(t, "Maria Gomez\nLocal Guide · 13 reviews\n★★★☆☆ 2 weeks ago\nThe front desk was kind and the hygienist explained every step to me, twice. The bill was wrong.\nLike\nShare\n")
	if stamp.Outcome.New != 0 || stamp.Outcome.Edited != 1 {
		t.Errorf("the changed review came as %+v, want 1 edited", stamp.Outcome)
	}
	if list := r.mentions(t); len(list) != 1 || list[0].Stars != 3 || list[0].Revisions != 1 || !list[0].About {
		t.Errorf("the inbox has %+v", list)
	}
}

func TestTwoWithoutANameMayWriteTheSame(t *testing.T) {
	r := newRound(t)
	same := "Rated 5 out of 5\nNov 12, 2026\nGreat doctor.\nWas this review helpful?\nYes\nNo\n"
	if got := r.take(t, same+same).Outcome.New; got != 2 {
		t.Errorf("two reviews of the same words brought %d", got)
	}
	if got := r.take(t, same+same).Outcome; got.New != 0 || got.Unchanged != 2 {
		t.Errorf("the same paste again brought %+v", got)
	}
}

func TestACheckIsTakenBack(t *testing.T) {
	r := newRound(t)
	ctx := context.Background()
	stamp := r.take(t, firstPaste)
	worked := r.mentions(t)[0]
	if err := r.store.Uncheck(ctx, stamp, dana); err != nil {
		t.Fatal(err)
	}
	if s := r.stop(t); !s.Due() || !s.Checked.IsZero() || s.Brought != 0 {
		t.Errorf("after taking back the site is %+v", s)
	}
	if got := len(r.mentions(t)); got != 0 {
		t.Errorf("%d mentions are left", got)
	}
	if _, err := r.store.Find(ctx, worked.ID); err == nil {
		t.Error("the mention can still be found")
	}
	if err := r.store.Uncheck(ctx, stamp, dana); err == nil {
		t.Error("a check can be taken back twice")
	}
	nothing, err := r.c.Take(ctx, r.source.ID, nil, dana)
	if err != nil || nothing.Outcome != (reviews.Outcome{}) {
		t.Errorf("nothing new is %+v, %v", nothing.Outcome, err)
	}
	if s := r.stop(t); s.Due() {
		t.Error("after nothing new the site is still due")
	}
}

func TestAPersonSaysHowOften(t *testing.T) {
	r := newRound(t)
	ctx := context.Background()
	r.take(t, firstPaste)
	source, err := r.store.Source(ctx, r.source.ID)
	if err != nil {
		t.Fatal(err)
	}
	values := collect.Filled(source)
	values["every"] = "Every two weeks"
	if err := r.c.Change(ctx, source, values, dana); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]bool{7: false, 13: false, 14: true} {
		r.at = pastedNow.AddDate(0, 0, day)
		if got := r.stop(t).Due(); got != want {
			t.Errorf("after %d days: due %v, want %v", day, got, want)
		}
	}
}

func TestSweepFields(t *testing.T) {
	r := newRound(t)
	for _, c := range []struct {
		values      reviews.Options
		name, wrong string
	}{
		{reviews.Options{"site": "Another site", "name": "Jameda", "profile": "https://www.jameda.de/praxis"}, "Jameda", ""},
		{reviews.Options{"site": "Glassdoor", "profile": "not an address"}, "", "not complete"},
		{reviews.Options{"site": "Glassdoor", "profile": "javascript:alert(1)"}, "", "not complete"},
		{reviews.Options{"site": "Glassdoor", "profile": "https://www.glassdoor.com/x", "reply": "??"}, "", "not complete"},
		{reviews.Options{"site": "Zocdoc"}, "", "needs address"},
	} {
		draft, err := r.c.LookKind(context.Background(), "sweep", c.values, false)
		switch {
		case c.wrong == "" && (err != nil || draft.Source.Name != c.name):
			t.Errorf("%v became %q, %v", c.values, draft.Source.Name, err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%v: %v, want %q", c.values, err, c.wrong)
		}
	}
	if collect.Visited("sweep") {
		t.Error("sites of the round are visited by the program")
	}
}

func TestMergeAndPart(t *testing.T) {
	a := reviews.Found{Author: "Susan K.", Stars: 4, Text: "First half."}
	b := reviews.Found{Text: "Second half.", Posted: pastedNow, Reply: "Thank you."}
	whole := collect.Merge(a, b)
	if whole.Text != "First half.\nSecond half." || whole.Author != "Susan K." || whole.Posted != pastedNow || whole.Reply != "Thank you." {
		t.Errorf("merged: %+v", whole)
	}
	first, second := collect.Part(whole, strings.Index(whole.Text, "Second"))
	if first.Text != "First half." || second.Text != "Second half." || first.Key == second.Key || first.Reply != "" || second.Reply != "Thank you." {
		t.Errorf("parted: %+v and %+v", first, second)
	}
}
