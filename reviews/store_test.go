package reviews_test

import (
	"context"
	"errors"
	"fmt"
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
)

var ctx = context.Background()

// monday is a Monday at nine in the morning.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

type desk struct {
	*reviews.Store
	db        *database.DB
	practices *practice.Store
	at        time.Time
	manager   audit.Actor
	author    audit.Actor
	staff     audit.Actor
}

func open(t testing.TB) *desk {
	t.Helper()
	d := &desk{at: monday}
	now := clock.Clock(func() time.Time { return d.at })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	d.db, d.practices = db, practice.NewStore(db, now)
	d.Store = reviews.NewStore(db, now, d.practices, guard.Default())
	if err := d.practices.Save(ctx, practice.Practice{Name: "Harbor Dental", Phone: "512-555-0140", TimeZone: "UTC"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	d.manager = d.person(t, "Dana Whitlock", practice.Manager)
	d.author = d.person(t, "Ivo Marsh", practice.Author)
	d.staff = d.person(t, "Lena Ortiz", practice.Staff)
	return d
}

func (d *desk) person(t testing.TB, name string, role practice.Role) audit.Actor {
	t.Helper()
	id, err := d.practices.SavePerson(ctx, practice.Person{Name: name, Role: role}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	return audit.Actor{ID: id, Name: name}
}

func (d *desk) feed(t testing.TB, name string) reviews.Source {
	t.Helper()
	s, err := d.AddSource(ctx, reviews.Source{Name: name, Address: "https://" + name + ".example/feed", Site: name}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) visit(t testing.TB, s reviews.Source, found ...reviews.Found) reviews.Outcome {
	t.Helper()
	o, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at, Status: 200}, found)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (d *desk) ids(t testing.TB, query string) []int64 {
	t.Helper()
	q, err := reviews.ParseQuery(query, d.at, time.UTC)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	ids, err := d.IDs(ctx, q)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return ids
}

func (d *desk) only(t testing.TB) reviews.Mention {
	t.Helper()
	ids := d.ids(t, "")
	if len(ids) != 1 {
		t.Fatalf("got %d mentions, want 1", len(ids))
	}
	return d.find(t, ids[0])
}

func (d *desk) find(t testing.TB, id int64) reviews.Mention {
	t.Helper()
	m, err := d.Find(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t testing.TB, err, kind error, words string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Fatalf("got error %v, want one of kind %q with %q", err, kind, words)
	}
}

var waited = reviews.Found{Key: "r1", URL: "https://google.example/r1", Author: "Pat Q.", Stars: 2, Posted: monday.Add(-time.Hour),
	Text: "I sat in the waiting room for a whole hour and nobody at the front desk said a word.", Understood: reviews.Understood{
		Language: "en", Sentiment: "negative", Score: -0.5, Topics: []string{"wait", "front-desk"}}}

func TestVisitSeenTwiceIsStoredOnce(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	if got, want := d.visit(t, s, waited), (reviews.Outcome{New: 1}); got != want {
		t.Fatalf("first visit: got %+v, want %+v", got, want)
	}
	if got, want := d.visit(t, s, waited), (reviews.Outcome{Unchanged: 1}); got != want {
		t.Fatalf("second visit: got %+v, want %+v", got, want)
	}
	m := d.only(t)
	if m.Site != "google" || m.Status != reviews.New || m.Author != "Pat Q." || len(m.Topics) != 2 {
		t.Errorf("got %+v", m)
	}
	if want := monday.Add(8 * time.Hour); !m.Due.Equal(want) { // eight office hours of a Monday from nine: five o'clock
		t.Errorf("due: got %s, want %s", m.Due, want)
	}
	got, err := d.Source(ctx, s.ID)
	must(t, err)
	if got.Brought != 1 || got.Entries != 1 || got.Next.Before(monday.Add(time.Hour)) || got.Next.After(monday.Add(72*time.Minute)) {
		t.Errorf("source: got brought %d, entries %d, next %s", got.Brought, got.Entries, got.Next)
	}
}

func TestEditIsARevisionAndReopensWhenTheMeaningChanged(t *testing.T) {
	worse := waited
	worse.Text, worse.Stars = "I sat there for a whole hour and then they lost my records. Never again, truly awful.", 1
	typo := waited
	typo.Text = strings.Replace(waited.Text, "nobody", "noone", 1)
	for name, c := range map[string]struct {
		after reviews.Found
		want  reviews.Status
	}{
		"rating and words": {worse, reviews.Read},
		"one word":         {typo, reviews.NoReply},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			s := d.feed(t, "google")
			d.visit(t, s, waited)
			id := d.only(t).ID
			must(t, d.Close(ctx, id, "Settled by telephone", d.manager))
			d.at = d.at.Add(24 * time.Hour)
			if got, want := d.visit(t, s, c.after), (reviews.Outcome{Edited: 1}); got != want {
				t.Fatalf("got %+v, want %+v", got, want)
			}
			m := d.find(t, id)
			if m.Status != c.want || m.Revisions != 1 || m.Text != c.after.Text {
				t.Errorf("got status %s, revisions %d, text %q", m.Status, m.Revisions, m.Text)
			}
			if open := c.want == reviews.Read; open == m.Due.IsZero() || open == !m.Handled.IsZero() {
				t.Errorf("due %s, handled %s", m.Due, m.Handled)
			}
			old, err := d.Revisions(ctx, id)
			must(t, err)
			if len(old) != 1 || old[0].Text != waited.Text || old[0].Stars != 2 {
				t.Errorf("revisions: got %+v", old)
			}
			if got := d.ids(t, "front"); len(got) != 1 && c.want == reviews.NoReply {
				t.Errorf("search for a kept word: got %v", got)
			}
			if got := d.ids(t, "awful"); (len(got) == 1) != (c.want == reviews.Read) {
				t.Errorf("search for a new word: got %v", got)
			}
		})
	}
}

func TestHistoryIsNeverOwed(t *testing.T) {
	d := open(t)
	old := waited
	old.Posted = monday.AddDate(0, -3, 0)
	d.visit(t, d.feed(t, "google"), old)
	if m := d.only(t); !m.Imported || !m.Due.IsZero() {
		t.Errorf("an old entry of a first visit: imported %v, due %s", m.Imported, m.Due)
	}
	o, err := d.Import(ctx, reviews.Source{Name: "export.csv"}, []reviews.Found{{Key: "a", Text: "All good", Stars: 5, Posted: monday}}, d.manager)
	must(t, err)
	if o.New != 1 {
		t.Fatalf("got %+v", o)
	}
	if m := d.find(t, d.ids(t, "is:imported good")[0]); !m.Imported || !m.Due.IsZero() || m.Sentiment != "positive" {
		t.Errorf("an imported row: %+v", m)
	}
	again, err := d.Import(ctx, reviews.Source{Name: "export.csv"}, []reviews.Found{{Key: "a", Text: "All good", Stars: 5, Posted: monday}}, d.manager)
	must(t, err)
	if again != (reviews.Outcome{Unchanged: 1}) {
		t.Errorf("second import: got %+v", again)
	}
}

func TestSameStoryElsewhereIsOneMention(t *testing.T) {
	elsewhere := waited
	elsewhere.Key, elsewhere.URL, elsewhere.Posted = "y9", "https://yelp.example/y9", waited.Posted.Add(48*time.Hour)
	elsewhere.Text = strings.ToUpper(waited.Text)
	late := elsewhere
	late.Posted = waited.Posted.Add(-60 * 24 * time.Hour)
	other := elsewhere
	other.Author = "Robin"
	sameAddress := reviews.Found{Key: "n1", URL: "http://www.google.example/r1/?utm_source=alert", Text: "News about a review"}
	for name, c := range map[string]struct {
		second reviews.Found
		want   reviews.Outcome
	}{
		"same words two days later":   {elsewhere, reviews.Outcome{Duplicates: 1}},
		"same words two months apart": {late, reviews.Outcome{New: 1}},
		"another author":              {other, reviews.Outcome{New: 1}},
		"same address":                {sameAddress, reviews.Outcome{Duplicates: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.visit(t, d.feed(t, "google"), waited)
			yelp := d.feed(t, "yelp")
			if got := d.visit(t, yelp, c.second); got != c.want {
				t.Fatalf("got %+v, want %+v", got, c.want)
			}
			if got, want := d.visit(t, yelp, c.second), (reviews.Outcome{Unchanged: 1}); got != want {
				t.Errorf("second visit: got %+v, want %+v", got, want)
			}
			ids := d.ids(t, "")
			places, err := d.Appearances(ctx, ids[len(ids)-1])
			must(t, err)
			if len(places) != c.want.Duplicates {
				t.Errorf("places: got %+v", places)
			}
		})
	}
}

func TestSideBySideIsTwo(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	twin := waited
	twin.Key = "r2"
	if got, want := d.visit(t, s, waited, twin), (reviews.Outcome{New: 2}); got != want {
		t.Errorf("two keys with the same words: got %+v, want %+v", got, want)
	}
	// An id that changes at each visit does not repeat the item.
	moved := reviews.Found{Key: "x-1", Author: "Kim", Stars: 5, Posted: monday, Text: "Kind people, clean rooms, on time, gentle hands."}
	d.visit(t, s, moved)
	moved.Key = "x-2"
	if got, want := d.visit(t, s, moved), (reviews.Outcome{Duplicates: 1}); got != want {
		t.Errorf("changed id: got %+v, want %+v", got, want)
	}
	// A page that holds many reviews is not one story.
	a := reviews.Found{URL: "https://page.example/reviews", Author: "A", Stars: 5, Text: "Great"}
	b := reviews.Found{URL: "https://page.example/reviews", Author: "B", Stars: 1, Text: "Bad"}
	for range 2 {
		d.visit(t, s, a, b)
	}
	if got := len(d.ids(t, "author:A")) + len(d.ids(t, "author:B")); got != 2 {
		t.Errorf("reviews of one page: got %d, want 2", got)
	}
	// A key used twice loses neither.
	c1, c2 := reviews.Found{Key: "same", Text: "First of two"}, reviews.Found{Key: "same", Text: "Second of two"}
	if got := d.visit(t, s, c1, c2); got.New != 2 {
		t.Errorf("a key used twice: got %+v", got)
	}
	if got := d.visit(t, s, c2, c1); got.Unchanged != 2 {
		t.Errorf("a key used twice, in another order: got %+v", got)
	}
}

func TestFailingSourceBacksOff(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	pauses := []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour}
	for i, want := range pauses {
		_, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at, Problem: "The server did not answer"}, nil)
		must(t, err)
		got, err := d.Source(ctx, s.ID)
		must(t, err)
		if got.Failures != i+1 || !got.Failing.Equal(monday) || got.Next.Sub(d.at) < want || got.Next.Sub(d.at) > want*5/4 {
			t.Errorf("failure %d: got failures %d since %s, pause %s, want %s and up to a quarter more", i+1, got.Failures, got.Failing, got.Next.Sub(d.at), want)
		}
	}
	c, err := d.Counts(ctx)
	must(t, err)
	if c.Failing != 1 || c.Sources != 1 {
		t.Errorf("counts: got %+v", c)
	}
	if due, err := d.Due(ctx); err != nil || len(due) != 0 {
		t.Errorf("due: got %v, %v", due, err)
	}
	d.at = d.at.Add(5 * time.Hour)
	if due, err := d.Due(ctx); err != nil || len(due) != 1 {
		t.Errorf("due later: got %v, %v", due, err)
	}
	d.visit(t, s)
	if got, err := d.Source(ctx, s.ID); err != nil || got.Failures != 0 || !got.Failing.IsZero() || got.Problem != "" {
		t.Errorf("healthy again: got %+v, %v", got, err)
	}
	if visits, err := d.Visits(ctx, s.ID, 10); err != nil || len(visits) != 4 || visits[0].Problem != "" || visits[1].Problem == "" {
		t.Errorf("visits: got %+v, %v", visits, err)
	}
}

func TestRemovedSourceComesBack(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	must(t, d.RemoveSource(ctx, s.ID, d.manager))
	if list, err := d.Sources(ctx); err != nil || len(list) != 0 {
		t.Fatalf("after the removal: got %v, %v", list, err)
	}
	if got := d.only(t); got.SourceID != s.ID {
		t.Errorf("the mention did not stay: %+v", got)
	}
	again := d.feed(t, "google")
	if again.ID != s.ID {
		t.Errorf("the same address: got source %d, want %d", again.ID, s.ID)
	}
	if got, want := d.visit(t, again, waited), (reviews.Outcome{Unchanged: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	_, err := d.AddSource(ctx, reviews.Source{Address: s.Address}, d.manager)
	wants(t, err, reviews.ErrStep, "there already")
}

func TestReplySeenOnTheSiteAnswers(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	answered := waited
	answered.Reply, answered.ReplyAt = "Thank you for telling us. Please call 512-555-0140.", monday.Add(time.Hour)
	d.visit(t, s, answered)
	m := d.only(t)
	if m.Status != reviews.Answered || !m.Due.IsZero() {
		t.Errorf("got status %s, due %s", m.Status, m.Due)
	}
	r, err := d.ReplyTo(ctx, m.ID)
	must(t, err)
	if r.State != reviews.OnSite || r.Text != answered.Reply {
		t.Errorf("reply: got %+v", r)
	}
	if got := d.visit(t, s, answered); got.Unchanged != 1 {
		t.Errorf("third visit: got %+v", got)
	}
}

func TestLifeOfAMention(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	must(t, d.MarkRead(ctx, id, d.author))
	must(t, d.MarkUnread(ctx, id, d.author))
	wants(t, d.Close(ctx, id, " ", d.author), reviews.ErrStep, "reason")
	must(t, d.Escalate(ctx, id, d.manager.ID, "A lawyer is named", d.author))
	wants(t, d.Close(ctx, id, "No", d.author), reviews.ErrStep, "with somebody")
	if m := d.find(t, id); m.Status != reviews.Escalated || m.Assigned != d.manager.ID || m.Reason != "A lawyer is named" || m.Due.IsZero() {
		t.Errorf("escalated: got %+v", m)
	}
	must(t, d.Resolve(ctx, id, "Spoke to them", d.manager))
	if m := d.find(t, id); !m.Handled.Equal(monday) || !m.Due.IsZero() {
		t.Errorf("resolved: got handled %s, due %s", m.Handled, m.Due)
	}
	wants(t, d.Resolve(ctx, id, "", d.manager), reviews.ErrStep, "Only an escalated")
	must(t, d.Reopen(ctx, id, d.manager))
	if m := d.find(t, id); m.Status != reviews.Read || !m.Handled.IsZero() || m.Due.IsZero() {
		t.Errorf("reopened: got %+v", m)
	}
	urgent, topics := "critical", []string{"safety"}
	must(t, d.Correct(ctx, id, reviews.Correction{Urgency: &urgent, Topics: &topics}, d.manager))
	if m := d.find(t, id); !m.Due.Equal(monday.Add(time.Hour)) || m.Topics[0] != "safety" || len(m.Corrected) != 2 {
		t.Errorf("corrected: due %s, topics %v, corrected %v", m.Due, m.Topics, m.Corrected)
	}
	lines, err := d.History(ctx, id)
	must(t, err)
	if got, want := len(lines), 6; got != want { // read, unread, escalated, resolved, reopened, corrected
		t.Errorf("history: got %d lines, want %d: %+v", got, want, lines)
	}
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
	_, err = d.Find(ctx, 999)
	wants(t, err, reviews.ErrNotFound, "999")
}

func TestAddByHandAndViews(t *testing.T) {
	d := open(t)
	_, err := d.Add(ctx, reviews.Found{}, d.author)
	wants(t, err, reviews.ErrStep, "text or a rating")
	m, err := d.Add(ctx, reviews.Found{Text: "Heard in the shop: they are lovely", Site: "word of mouth"}, d.author)
	must(t, err)
	if m.SourceID != 0 || m.Site != "word of mouth" || m.Sentiment != "not judged" {
		t.Errorf("got %+v", m)
	}
	d.at = d.at.Add(24 * time.Hour)
	again, err := d.Add(ctx, reviews.Found{Text: "Heard in the shop: they are lovely", Site: "word of mouth"}, d.author)
	wants(t, err, reviews.ErrThere, "already, since "+monday.Format("2 January 2006"))
	if again.ID != m.ID || again.Status != reviews.New {
		t.Errorf("entered again: got %+v, want mention %d", again, m.ID)
	}
	page := "https://google.example/maps/harbor-dental"
	for _, text := range []string{"Lovely", "Dreadful"} {
		if _, err := d.Add(ctx, reviews.Found{Text: text, URL: page}, d.author); err != nil {
			t.Errorf("two reviews of one page: %v", err)
		}
	}
	if got := len(d.ids(t, "")); got != 3 {
		t.Errorf("got %d mentions, want 3", got)
	}
	_, err = d.SaveView(ctx, reviews.View{Name: "Bad", Query: "stars:9"}, d.author)
	wants(t, err, reviews.ErrQuery, "stars:<3")
	v, err := d.SaveView(ctx, reviews.View{Name: "Bad", Query: "stars:<3"}, d.author)
	must(t, err)
	must(t, d.RemoveView(ctx, v.ID, d.author))
	if views, err := d.Views(ctx); err != nil || len(views) != 0 {
		t.Errorf("views: got %v, %v", views, err)
	}
}

func TestListenersHearAfterTheCommit(t *testing.T) {
	d := open(t)
	var heard []string
	d.OnChanged(func(c reviews.Change) {
		n, err := d.Count(ctx, reviews.Query{}, 10)
		must(t, err)
		heard = append(heard, fmt.Sprintf("%s %d %d", c.What, len(c.IDs), n))
	})
	d.visit(t, d.feed(t, "google"), waited)
	if got, want := strings.Join(heard, "; "), "sources 1 0; mentions 1 1; sources 0 1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
