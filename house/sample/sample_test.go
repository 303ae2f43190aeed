package sample_test

import (
	"path/filepath"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/house/sample"
	"goodword/internal/clock"
	"goodword/policy"
	"goodword/reviews"
)

var end = time.Date(2026, 11, 20, 10, 30, 0, 0, time.UTC) // a Friday morning

func fill(t *testing.T) *house.House {
	t.Helper()
	if testing.Short() {
		t.Skip("the sample practice writes some thousand rows, which takes minutes under the race detector")
	}
	path := filepath.Join(t.TempDir(), "sample.db")
	if err := sample.Fill(t.Context(), path, end); err != nil {
		t.Fatal(err)
	}
	h, err := house.Open(t.Context(), path, clock.At(end))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func count(t *testing.T, h *house.House, query string) int {
	t.Helper()
	q, err := reviews.ParseQuery(query, end, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := h.Reviews.IDs(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

// One practice serves the tests that only look at it, for filling takes seconds.
func TestTheSamplePractice(t *testing.T) {
	h := fill(t)
	t.Run("every screen has work", func(t *testing.T) { everyScreenHasWork(t, h) })
	t.Run("the same moment makes the same practice", func(t *testing.T) { sameMoment(t, h, fill(t)) })
	t.Run("an existing practice is not touched", func(t *testing.T) { existingIsNotTouched(t, h) })
}

func everyScreenHasWork(t *testing.T, h *house.House) {
	if got := count(t, h, ""); got < 390 || got > 400 {
		t.Errorf("%d mentions, want 400 less the few that are the same story", got)
	}
	for query, least := range map[string]int{"is:unread": 8, "is:overdue": 2, "urgency:critical": 3, "urgency:high": 3, "status:answered": 150, `status:"no reply"`: 20,
		"status:escalated": 1, "status:resolved": 2, "lang:es": 8, "stars:1": 30, "stars:3": 20, "stars:5": 60} {
		if got := count(t, h, query); got < least {
			t.Errorf("%s: %d mentions, want at least %d", query, got, least)
		}
	}
	for _, topic := range h.Judge.Topics() {
		if topic.ID != "complaint_general" && count(t, h, "topic:"+topic.ID) == 0 {
			t.Errorf("no mention is about %s", topic.ID)
		}
	}
	people, err := h.Practices.People(t.Context())
	if err != nil || len(people) != 14 {
		t.Errorf("%d people, %v; want 14", len(people), err)
	}
	places, err := h.Practices.Places(t.Context())
	if err != nil || len(places) != 3 {
		t.Errorf("%d places, %v; want 3", len(places), err)
	}
	sources, err := h.Reviews.Sources(t.Context())
	if err != nil || len(sources) != 8 {
		t.Errorf("%d sources, %v; want 8", len(sources), err)
	}
	counts, err := h.Advocacy.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range advocacy.Stages() {
		if counts.Stages[stage] == 0 {
			t.Errorf("no spotlight is %s", stage)
		}
	}
	progress, err := h.Policy.Progress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p := progress.All; p.Open == 0 || p.Yes == 0 || p.Partly == 0 || p.No == 0 || p.Open > p.Total*2/3 {
		t.Errorf("the checklist is not half done: %+v", p)
	}
	version, err := h.Policy.InForce(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	signed, missing, err := h.Policy.Signatures(t.Context(), version.ID)
	if err != nil || len(signed) == 0 || len(missing) == 0 {
		t.Errorf("%d signed, %d missing, %v; want some of both", len(signed), len(missing), err)
	}
	ways := map[policy.RollState]int{}
	roll, err := h.Policy.RollCall(t.Context(), version.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range roll {
		ways[l.State]++
		if l.Signature == nil || l.Signature.Scan == "" {
			continue
		}
		ways["on paper"]++
		if sheet, err := h.Policy.SignedSheet(t.Context(), l.Signature.Scan); err != nil || sheet.Kind != "pdf" || len(sheet.Data) < 5000 {
			t.Errorf("the signed sheet: %v", err)
		}
	}
	if ways[policy.RollRefused] != 1 || ways["on paper"] != 1 || ways[policy.RollOverdue] == 0 {
		t.Errorf("where people stand with the policy: %v", ways)
	}
	drills, err := h.Policy.Drills(t.Context())
	if err != nil || len(drills) != 1 || drills[0].Closed.IsZero() || drills[0].Lesson == "" || drills[0].Next() != "" {
		t.Errorf("the drill: %+v, %v", drills, err)
	}
	if own, err := h.Policy.Item(t.Context(), "own-1"); err != nil || own.Answer != policy.Partly {
		t.Errorf("the practice's own point of the checklist: %+v, %v", own, err)
	}
	if plan, err := h.Policy.CrisisPlan(t.Context()); err != nil || plan.Open() != 2 {
		t.Errorf("the crisis plan: %d duties are open, %v", plan.Open(), err)
	}
	results, err := h.Policy.Results(t.Context())
	if err != nil || len(policy.Latest(results)) < 5 {
		t.Errorf("%d results, %v", len(results), err)
	}
	if _, err := h.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func sameMoment(t *testing.T, a, b *house.House) {
	first, err := a.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if first.Head != second.Head || first.Head == "" {
		t.Errorf("two sample practices differ: %s and %s", first.Head, second.Head)
	}
}

func existingIsNotTouched(t *testing.T, h *house.House) {
	before := count(t, h, "")
	if err := sample.Fill(t.Context(), h.DB.Path(), end); err == nil {
		t.Error("the sample practice was laid over another")
	}
	if after := count(t, h, ""); after != before {
		t.Errorf("%d mentions became %d", before, after)
	}
}
