package insight_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/insight"
)

// told adds a mention of its own words at a moment.
func (d *desk) told(t testing.TB, at time.Time, sentiment, author, text string, imported bool) reviews.Mention {
	t.Helper()
	back := d.at
	d.at, d.n = at, d.n+1
	defer func() { d.at = back }()
	f := reviews.Found{Key: fmt.Sprint(d.n), Author: author, Stars: map[string]int{"negative": 1, "positive": 5}[sentiment], Site: "google", Posted: at, Imported: imported,
		Text: fmt.Sprintf("%s a%[2]d few%[2]d words%[2]d of%[2]d my%[2]d own%[2]d so%[2]d that%[2]d it%[2]d is%[2]d alone%[2]d.", text, d.n)}
	f.Language, f.Sentiment = "en", sentiment
	m, err := d.store.Add(ctx, f, boss)
	must(t, err)
	return m
}

// calm is a practice with some months behind it: a mention a day, each third one negative.
func calm(t testing.TB, imported bool) *desk {
	d := open(t)
	d.at = d.time(t, "2026-06-30 12:00")
	for i := range 120 {
		d.told(t, d.at.AddDate(0, 0, i-120), []string{"negative", "positive", "positive"}[i%3], fmt.Sprint("Writer ", i), "The visit was as it was.", imported)
	}
	return d
}

func (d *desk) look(t testing.TB, want int) []insight.Move {
	t.Helper()
	raised, err := d.LookForMoves(ctx)
	must(t, err)
	if raised != want {
		t.Fatalf("%d alerts were raised, want %d", raised, want)
	}
	moves, err := d.Moves(ctx)
	must(t, err)
	return moves
}

func (d *desk) today() time.Time {
	y, m, day := d.at.In(d.practice.Location()).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, d.practice.Location())
}

func TestABurstIsRaisedOnceAndEnds(t *testing.T) {
	d := calm(t, false)
	told := 0
	d.OnMoved(func() { told++ })
	if moves := d.look(t, 0); len(moves) != 0 {
		t.Fatalf("calm days raise %+v", moves)
	}
	var want []int64
	for i := range 8 {
		want = append(want, d.told(t, d.at.Add(-time.Duration(i)*time.Minute), "negative", fmt.Sprint("Angry ", i), "The visit was as it was.", false).ID)
	}
	d.told(t, d.at, "positive", "Happy", "The visit was as it was.", false)
	moves := d.look(t, 1)
	m := moves[0]
	if got, want := m.Says(d.today()), "8 negative mentions today, fewer than 1 is usual"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if slices.Sort(m.Mentions); !slices.Equal(m.Mentions, want) || m.State != insight.MoveOpen || len(m.Points) == 0 {
		t.Errorf("got %+v, want the mentions %v behind it", m, want)
	}
	q, err := reviews.ParseQuery(fmt.Sprintf("move:%d", m.ID), d.at, time.UTC)
	must(t, err)
	ids, err := d.store.IDs(ctx, q)
	must(t, err)
	if slices.Sort(ids); !slices.Equal(ids, want) {
		t.Errorf("the search finds %v, want %v", ids, want)
	}

	d.at = d.at.AddDate(0, 0, 1)
	d.told(t, d.at, "negative", "Late", "The visit was as it was.", false)
	m = d.look(t, 0)[0]
	if got, want := m.Says(d.today()), "9 negative mentions since yesterday, 1 is usual"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	must(t, d.MarkMoveSeen(ctx, m.ID, true, boss))
	if err := d.MarkMoveSeen(ctx, m.ID, true, boss); !errors.Is(err, insight.ErrNoMove) {
		t.Errorf("seen twice: %v", err)
	}
	open, err := d.OpenMoves(ctx)
	must(t, err)
	if d.look(t, 0); len(open) != 0 {
		t.Errorf("what was seen is still open: %+v", open)
	}
	for range 14 {
		d.at = d.at.AddDate(0, 0, 1)
		d.look(t, 0)
	}
	if m = d.look(t, 0)[0]; m.State != insight.MoveEnded || m.Ended.IsZero() {
		t.Errorf("after two calm weeks it is %s", m.State)
	}
	if told == 0 {
		t.Error("nobody was told")
	}
	lines, err := audit.List(ctx, d.db.Reader(), fmt.Sprintf("move/%d", m.ID), 10)
	must(t, err)
	var did []string
	for _, l := range lines {
		did = append(did, l.Did)
	}
	if got, want := strings.Join(did, ", "), "a move ended, looked at a move, noticed a move"; got != want {
		t.Errorf("the audit log says %q, want %q", got, want)
	}
}

func TestImportedHistoryIsNormalAndNoNews(t *testing.T) {
	d := calm(t, true)
	for i := range 12 {
		d.told(t, d.at.Add(-time.Hour), "negative", fmt.Sprint("Past ", i), "They say there is mould.", true)
	}
	d.look(t, 0)
	for i := range 8 {
		d.told(t, d.at.AddDate(0, 0, -1), "negative", fmt.Sprint("Angry ", i), "The visit was as it was.", false)
	}
	if m := d.look(t, 1)[0]; m.Kind != insight.MoveNegatives || m.Count != 8 {
		t.Errorf("got %+v, want the 8 that came in", m)
	}
}

func TestARumourIsNamedAndStaffIsNot(t *testing.T) {
	d := calm(t, false)
	_, err := practice.NewStore(d.db, func() time.Time { return d.at }).SavePerson(ctx, practice.Person{Name: "Orla Quayle", Role: practice.Clinician}, boss)
	must(t, err)
	var want []int64
	for i := range 7 {
		at := d.at.AddDate(0, 0, -(i % 3))
		want = append(want, d.told(t, at, "positive", fmt.Sprint("Rumour ", i), "Quayle says there is mould near the chairs.", false).ID)
	}
	for i := range 7 {
		d.told(t, d.at, "positive", "One and the same", fmt.Sprintf("Sharks again %d.", i), false)
	}
	moves := d.look(t, 1)
	if slices.Sort(moves[0].Mentions); moves[0].Kind != insight.MoveWord || !slices.Equal(moves[0].Mentions, want) {
		t.Fatalf("got %+v, want the rumour", moves[0])
	}
	if got := moves[0].Says(d.today()); strings.Contains(got, "quayle") || !strings.Contains(got, "mould") && !strings.Contains(got, "chairs") {
		t.Errorf("got %q", got)
	}
}

func TestMovesLookAnewAfterJudgingAnew(t *testing.T) {
	d := calm(t, false)
	var told []int64
	for i := range 8 {
		told = append(told, d.told(t, d.at.Add(-time.Duration(i)*time.Minute), "positive", fmt.Sprint("Writer of today ", i), "The visit was as it was.", false).ID)
	}
	d.look(t, 0)
	d.look(t, 0) // nothing is new
	judge := func(sentiment string) func(reviews.Mention) reviews.Understood {
		return func(m reviews.Mention) reviews.Understood {
			u := m.Understood
			if slices.Contains(told, m.ID) {
				u.Sentiment = sentiment
			}
			return u
		}
	}
	n, err := d.store.Rejudge(ctx, "other lists", judge("negative"), nil)
	must(t, err)
	if n != len(told) {
		t.Fatalf("%d mentions are judged otherwise, want %d", n, len(told))
	}
	moves := d.look(t, 1)
	if slices.Sort(told); moves[0].Kind != insight.MoveNegatives || !slices.Equal(slices.Sorted(slices.Values(moves[0].Mentions)), told) {
		t.Errorf("got %+v, want the burst that the new lists see", moves[0])
	}
	_, err = d.store.Rejudge(ctx, "lists as before", judge("positive"), nil)
	must(t, err)
	for _, m := range d.look(t, 0) {
		if m.Kind == insight.MoveNegatives && m.State == insight.MoveOpen {
			t.Errorf("the burst that nobody sees any more is still open: %+v", m)
		}
	}
}
