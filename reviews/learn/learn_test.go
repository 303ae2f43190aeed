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
	t       *testing.T
	store   *reviews.Store
	judge   *learn.Judge
	collect *collect.Collector
	source  reviews.Source
	heard   []string
}

func open(t *testing.T) *desk {
	t.Helper()
	now := clock.Clock(func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	practices := practice.NewStore(db, now)
	must(t, practices.Save(ctx, practice.Practice{Name: "Harbor Dental", TimeZone: "UTC"}, audit.Program))
	d := &desk{t: t, store: reviews.NewStore(db, now, practices, guard.Default())}
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
	ids := d.say("The wait room smells. I nearly left.", "Nice people, but the waiting room smelled of something.", "Your waiting room smells terrible.", "I spent an hour in the waiting room.")
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
