package house_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
)

// A post names nobody who wrote a review that this practice keeps.
func TestAPostNamesNobodyWhoWrote(t *testing.T) {
	ctx, at := t.Context(), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), clock.At(at))
	need(t, err)
	defer func() { need(t, h.Close()) }()
	need(t, h.Practices.Save(ctx, practice.Practice{Name: "Harbor Dental", TimeZone: "UTC"}, audit.Program))
	id, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Bao Tran", Role: practice.Manager}, audit.Program)
	need(t, err)
	bao := audit.Actor{ID: id, Name: "Bao Tran"}
	for _, author := range []string{"Ellen Marsh", "Jo \"Red\" Pike", "Bob R."} {
		_, err := h.Collect.AddByHand(ctx, reviews.Found{Site: "google", Author: author, Text: author + " was pleased.", Stars: 5, Posted: at}, bao)
		need(t, err)
	}
	wrote, err := h.Reviews.Wrote(ctx, []string{"ellen marsh", "Ellen Fox", "Bob R.", "Marsh"})
	if err != nil || strings.Join(wrote, ", ") != "Ellen Marsh, Bob R." {
		t.Errorf("got %q, %v", wrote, err)
	}
	v, err := h.Advocacy.Nominate(ctx, advocacy.Spotlight{PersonID: id, Occasion: "meet the team", Title: "Meet Bao, praised by Ellen Marsh"}, bao)
	need(t, err)
	step, err := h.Advocacy.Step(ctx, v.ID, bao)
	need(t, err)
	if beside := step.Beside(); len(beside) != 1 || beside[0].Result.Verdict != guard.Block {
		t.Errorf("the title: %+v", beside)
	}
	for text, want := range map[string]guard.Verdict{
		"A reader, Ellen Marsh, called Bao wonderful. Shared with Bao's permission.": guard.Block,
		"Bao likes the quiet mornings. Shared with Bao's permission.":                guard.Clear,
	} {
		if result := step.Judge(advocacy.Variant{Network: "facebook", Text: text}); result.Verdict != want {
			t.Errorf("%q: %+v", text, result)
		}
	}
}
