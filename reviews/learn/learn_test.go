package learn_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
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
	"goodword/reviews/learn"
)

var ctx = context.Background()

type desk struct {
	t         *testing.T
	store     *reviews.Store
	practices *practice.Store
	judge     *learn.Judge
	collect   *collect.Collector
	source    reviews.Source
	heard     []string
}

func open(t *testing.T) *desk {
	t.Helper()
	now := clock.Clock(func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	practices := practice.NewStore(db, now)
	must(t, practices.Save(ctx, practice.Practice{Name: "Harbor Dental", TimeZone: "UTC"}, audit.Program))
	d := &desk{t: t, practices: practices, store: reviews.NewStore(db, now, practices, guard.Default())}
	d.judge = learn.New(d.store)
	d.collect = collect.New(collect.Deps{Store: d.store, Judge: d.judge, Practices: practices, Now: now})
	d.source, err = d.store.AddSource(ctx, reviews.Source{Name: "google", Address: "https://google.example/feed", Site: "google", All: true}, audit.Program)
	must(t, err)
	d.store.OnChanged(func(c reviews.Change) { d.heard = append(d.heard, c.What) })
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// say stores texts and returns their mentions, in order.
func (d *desk) say(texts ...string) []int64 {
	d.t.Helper()
	var found []reviews.Found
	for i, text := range texts {
		found = append(found, reviews.Found{Key: fmt.Sprint(text, i), Author: fmt.Sprint("Author ", i), Text: text, Understood: d.collect.Understand("", text, 0)})
	}
	_, err := d.store.RecordVisit(ctx, reviews.Visit{SourceID: d.source.ID, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Status: 200}, found)
	must(d.t, err)
	ids, err := d.store.IDs(ctx, reviews.Query{})
	must(d.t, err)
	slices.Sort(ids)
	return ids[len(ids)-len(texts):]
}

func (d *desk) find(id int64) reviews.Mention {
	d.t.Helper()
	m, err := d.store.Find(ctx, id)
	must(d.t, err)
	return m
}

func (d *desk) again() int {
	d.t.Helper()
	must(d.t, d.judge.Reload(ctx))
	n, err := d.judge.Again(ctx, d.collect.Understand, nil)
	must(d.t, err)
	return n
}

const facility = "facility_parking"

func (d *desk) correct(id int64, topics ...string) {
	d.t.Helper()
	must(d.t, d.store.Correct(ctx, id, reviews.Correction{Topics: &topics}, audit.Actor{ID: 1, Name: "Dana"}))
}

func TestCorrectionsReachOlderMentionsAndLeaveNoTrace(t *testing.T) {
	d := open(t)
	ids := d.say("Your waiting room smelled. I left.", "Nice people, but the waiting room smelled of something.", "Your waiting room smells terrible.", "I spent an hour in the waiting room.")
	d.again()
	var before []reviews.Understood
	for _, id := range ids {
		before = append(before, d.find(id).Understood)
	}
	d.correct(ids[0], facility)
	d.correct(ids[1], facility)
	if !slices.Contains(d.heard, reviews.ChangedLists) {
		t.Errorf("nobody heard that there is something to learn: %v", d.heard)
	}
	if n := d.again(); n != 1 {
		t.Errorf("%d older mentions changed, want 1", n)
	}
	if m := d.find(ids[2]); !slices.Contains(m.Topics, facility) || len(m.Corrected) != 0 {
		t.Errorf("a similar one: %+v", m.Understood)
	}
	if m := d.find(ids[3]); slices.Contains(m.Topics, facility) {
		t.Errorf("another matter: %+v", m.Understood)
	}
	if hits, err := d.store.IDs(ctx, reviews.Query{Terms: []reviews.Term{{Field: "topic", Values: []string{facility}}}}); err != nil || len(hits) != 3 {
		t.Errorf("the search finds %v %v, want 3", hits, err)
	}
	corrections, err := d.store.Corrections(ctx, 10)
	if err != nil || len(corrections) != 2 {
		t.Errorf("got %d corrections %v, want 2", len(corrections), err)
	}
	must(t, d.judge.TakeBack(ctx, ids[0], d.collect.Understand, audit.Program))
	must(t, d.judge.TakeBack(ctx, ids[1], d.collect.Understand, audit.Program))
	d.again()
	for i, id := range ids {
		if got := d.find(id).Understood; !reflect.DeepEqual(got, before[i]) {
			t.Errorf("mention %d: got %+v, want %+v", i, got, before[i])
		}
	}
}

func TestJudgingAnewGoesOnWhereItStopped(t *testing.T) {
	d := open(t)
	texts := make([]string, 600)
	for i := range texts {
		texts[i] = fmt.Sprintf("Visit %d: the robot dog barked.", i)
	}
	ids := d.say(texts...)
	urgent := "high"
	must(t, d.store.Correct(ctx, ids[50], reviews.Correction{Urgency: &urgent}, audit.Program))
	lists, err := d.store.SaveOwnLists(ctx, classify.Lists{Topics: []classify.OwnTopic{{Label: "Robot dog", About: []string{"robot dog"}}}}, audit.Program)
	must(t, err)
	must(t, d.judge.Reload(ctx))
	stopped, cancel := context.WithCancel(ctx)
	_, err = d.judge.Again(stopped, d.collect.Understand, func(reviews.Rejudging) { cancel() })
	if err == nil {
		t.Error("a stopped run says that it is done")
	}
	own := lists.Topics[0].ID
	if a, b := d.find(ids[599]), d.find(ids[0]); !slices.Contains(a.Topics, own) || slices.Contains(b.Topics, own) {
		t.Errorf("after the stop the newest has %v and the oldest %v", a.Topics, b.Topics)
	}
	if due, err := d.judge.Due(ctx); err != nil || !due {
		t.Errorf("after the stop: due %v %v", due, err)
	}
	var seen []reviews.Rejudging
	fresh := learn.New(d.store) // as after a new start
	n, err := fresh.Again(ctx, d.collect.Understand, func(r reviews.Rejudging) { seen = append(seen, r) })
	must(t, err)
	if n != 100 || len(seen) != 1 || seen[0].Total != 100 {
		t.Errorf("went on with %d changed, %+v; want the 100 that were left", n, seen)
	}
	m := d.find(ids[50])
	if !slices.Contains(m.Topics, own) || m.Urgency != "high" {
		t.Errorf("a corrected mention: %+v", m.Understood)
	}
	if due, err := fresh.Due(ctx); err != nil || due {
		t.Errorf("at the end: due %v %v", due, err)
	}
	if n, err := fresh.Again(ctx, d.collect.Understand, nil); err != nil || n != 0 {
		t.Errorf("once more: %d %v", n, err)
	}
}

func TestAnUndoneCorrectionRestoresWhatStoodThere(t *testing.T) {
	d := open(t)
	id := d.say("A quiet word about nothing.")[0]
	positive := "positive"
	must(t, d.store.Correct(ctx, id, reviews.Correction{Sentiment: &positive}, audit.Program))
	before := d.find(id).Understood
	d.correct(id, facility)
	must(t, d.store.TakeBack(ctx, id, before, audit.Program))
	if got := d.find(id).Understood; !reflect.DeepEqual(got, before) {
		t.Errorf("got %+v, want %+v", got, before)
	}
}

func TestPeopleAndPlacesReachOlderMentions(t *testing.T) {
	d := open(t)
	ids := d.say("Priya at Harbor Point was so kind to me.", "Grace was gentle.", "Nobody was kind.")
	d.again()
	if due, err := d.judge.Due(ctx); err != nil || due {
		t.Errorf("nothing is new: due %v %v", due, err)
	}
	point, err := d.practices.SavePlace(ctx, practice.Place{Name: "Harbor Point"}, audit.Program)
	must(t, err)
	priya, err := d.practices.SavePerson(ctx, practice.Person{Name: "Priya Anand", Role: practice.Author}, audit.Program)
	must(t, err)
	if due, err := d.judge.Due(ctx); err != nil || !due {
		t.Errorf("with a new person: due %v %v", due, err)
	}
	if n := d.again(); n != 1 {
		t.Errorf("%d mentions are about somebody, want 1", n)
	}
	d.about(ids[0], priya)
	d.about(ids[1])
	if m := d.find(ids[0]); m.PlaceID != point {
		t.Errorf("it means place %d, want %d", m.PlaceID, point)
	}
	// What a person says of it wins over the list, whatever comes later, and can be taken back.
	before := d.find(ids[1]).Understood
	must(t, d.store.Correct(ctx, ids[1], reviews.Correction{People: &[]int64{priya}}, audit.Program))
	grace, err := d.practices.SavePerson(ctx, practice.Person{Name: "Grace Okafor", Role: practice.Clinician}, audit.Program)
	must(t, err)
	none := int64(0)
	must(t, d.store.Correct(ctx, ids[0], reviews.Correction{PlaceID: &none}, audit.Program))
	d.again()
	d.about(ids[1], priya)
	if m := d.find(ids[0]); m.PlaceID != 0 {
		t.Errorf("a place that a person took away is back: %d", m.PlaceID)
	}
	must(t, d.store.TakeBack(ctx, ids[1], before, audit.Program))
	d.about(ids[1], grace)
}

func (d *desk) about(id int64, want ...int64) {
	d.t.Helper()
	if got, err := d.store.About(ctx, id); err != nil || !slices.Equal(got, want) {
		d.t.Errorf("mention %d is about %v %v, want %v", id, got, err, want)
	}
}

func TestJudgingAnewKeepsDaysAndHistory(t *testing.T) {
	d := open(t)
	ids := d.say("The robot dog barked.", "The robot dog sang.")
	dana := audit.Actor{ID: 1, Name: "Dana"}
	must(t, d.store.MarkRead(ctx, ids[0], dana))
	must(t, d.store.Close(ctx, ids[0], "Thanked in person", dana))
	d.again()
	type kept struct {
		posted, seen, handled, due time.Time
		status                     reviews.Status
		revisions, lines           int
	}
	look := func(id int64) kept {
		m := d.find(id)
		history, err := d.store.History(ctx, id)
		must(t, err)
		return kept{m.Posted, m.Seen, m.Handled, m.Due, m.Status, m.Revisions, len(history)}
	}
	before := []kept{look(ids[0]), look(ids[1])}
	_, err := d.store.SaveOwnLists(ctx, classify.Lists{Topics: []classify.OwnTopic{{Label: "Robot dog", About: []string{"robot dog"}}}}, audit.Program)
	must(t, err)
	if n := d.again(); n != 2 {
		t.Errorf("%d changed, want both", n)
	}
	for i, id := range ids {
		if got := look(id); got != before[i] {
			t.Errorf("mention %d: got %+v, want %+v", i, got, before[i])
		}
		if m := d.find(id); len(m.Topics) == 0 {
			t.Errorf("mention %d has not been judged anew", i)
		}
	}
	if before[0].handled.IsZero() || before[0].lines == 0 {
		t.Errorf("there was nothing to keep: %+v", before[0])
	}
}

func TestACorrectionWinsOverNewListsUntilItIsTakenBack(t *testing.T) {
	d := open(t)
	id := d.say("The robot dog barked.")[0]
	d.correct(id, facility)
	lists, err := d.store.SaveOwnLists(ctx, classify.Lists{Topics: []classify.OwnTopic{{Label: "Robot dog", About: []string{"robot dog"}}}}, audit.Program)
	must(t, err)
	d.again()
	if m := d.find(id); !slices.Equal(m.Topics, []string{facility}) {
		t.Errorf("got %v, want what the person said", m.Topics)
	}
	must(t, d.judge.TakeBack(ctx, id, d.collect.Understand, audit.Program))
	d.again()
	if m := d.find(id); !slices.Contains(m.Topics, lists.Topics[0].ID) || slices.Contains(m.Topics, facility) || len(m.Corrected) != 0 {
		t.Errorf("after taking back: %+v", m.Understood)
	}
}
