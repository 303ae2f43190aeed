package house_test

import (
	"errors"
	"strings"
	"testing"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/policy"
)

func (d desk) pass(t *testing.T, who audit.Actor, modules ...string) {
	t.Helper()
	for _, id := range modules {
		a, err := d.Policy.Start(t.Context(), who.ID, id)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := d.Policy.Grade(t.Context(), who.ID, id, policy.RightAnswers(a.Quiz), who); err != nil || !r.Passed {
			t.Fatalf("%s: %+v, %v", id, r, err)
		}
	}
}

// The doors are asked where replies are written and approved and spotlights are scheduled, and the gate's own catches come back as training.
func TestTrainingOpensTheDoorsOfTheHouse(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	m := d.says(t, "The wait was long.", 2)
	if _, _, err := d.Reviews.SaveDraft(ctx, m.ID, "Thank you for writing.", "", d.author); err != nil {
		t.Errorf("before anybody switched the doors on: %v", err)
	}
	if _, err := d.Policy.SwitchDoors(ctx, true, 0, d.owner); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Reviews.SaveDraft(ctx, m.ID, "Thank you for writing to us.", "", d.author); !errors.Is(err, policy.ErrDoor) {
		t.Errorf("an author without training wrote: %v", err)
	}
	if c, err := d.Reviews.Choices(ctx, m.ID, d.author); err != nil || !errors.Is(c.Write, policy.ErrDoor) {
		t.Errorf("the screen is told %v, %v", c.Write, err)
	}
	d.pass(t, d.author, "m1", "m2")
	if _, _, err := d.Reviews.SaveDraft(ctx, m.ID, "Thank you for writing. Please call our office manager at 555-0140.", "", d.author); err != nil {
		t.Errorf("a trained author: %v", err)
	}
	if err := d.Reviews.AskApproval(ctx, m.ID, d.author); err != nil {
		t.Fatal(err)
	}
	if err := d.Reviews.Approve(ctx, m.ID, d.manager); !errors.Is(err, policy.ErrDoor) {
		t.Errorf("a manager without training approved: %v", err)
	}
	d.pass(t, d.manager, "m1", "m3", "m10")
	if err := d.Reviews.Approve(ctx, m.ID, d.manager); err != nil {
		t.Errorf("a trained manager: %v", err)
	}
	s, err := d.Advocacy.Nominate(ctx, advocacy.Spotlight{PersonID: d.clinician.ID, Occasion: advocacy.Occasions()[0].ID, Title: "Rae"}, d.manager)
	if err != nil {
		t.Fatal(err)
	}
	if step, err := d.Advocacy.Step(ctx, s.ID, d.manager); err != nil || !errors.Is(step.Untrained, policy.ErrDoor) {
		t.Errorf("scheduling: %v, %v", step.Untrained, err)
	}
	d.pass(t, d.manager, "m4")
	if step, err := d.Advocacy.Step(ctx, s.ID, d.manager); err != nil || step.Untrained != nil {
		t.Errorf("scheduling after the training: %v, %v", step.Untrained, err)
	}

	bad := d.says(t, "Nice people.", 5)
	if _, _, err := d.Reviews.SaveDraft(ctx, bad.ID, "Thank you Mr. Larkin, your root canal on Tuesday went well!", "", d.author); err != nil {
		t.Fatal(err)
	}
	stopped, err := d.Stopped(ctx)
	if err != nil || len(stopped) != 1 || strings.Contains(stopped[0].Proposal, "Larkin") || strings.Contains(stopped[0].Proposal, "Tuesday") || stopped[0].Label == "" {
		t.Fatalf("got %+v, %v", stopped, err)
	}
	if _, err := d.ProposeNearMiss(ctx, stopped[0].DraftID, "Good to hear that Larkin is well again.", d.author); !errors.Is(err, policy.ErrStep) {
		t.Errorf("the reviewer's name was taken: %v", err)
	}
	if _, err := d.ProposeNearMiss(ctx, stopped[0].DraftID, "Good to hear that the nerve treatment is behind you.", d.author); err != nil {
		t.Error(err)
	}
	if left, err := d.Stopped(ctx); err != nil || len(left) != 0 {
		t.Errorf("what was retold still waits: %+v, %v", left, err)
	}
}

func TestWhatWaitsForOneWhoLeaves(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	m := d.says(t, "The wait was long.", 2)
	if err := d.Reviews.Assign(ctx, m.ID, d.author.ID, d.manager); err != nil {
		t.Fatal(err)
	}
	if err := d.Policy.Answer(ctx, "gov1", policy.Answered{Answer: policy.Partly, OwnerID: d.author.ID}, d.manager); err != nil {
		t.Fatal(err)
	}
	work, err := d.OpenWork(ctx, d.author.ID)
	if err != nil || len(work) != 2 {
		t.Fatalf("got %+v, %v; want a review and an item of the checklist", work, err)
	}
	if _, err := d.HandOver(ctx, d.author.ID, d.author.ID, d.manager); err == nil {
		t.Error("work was handed over to the one who leaves")
	}
	if n, err := d.HandOver(ctx, d.author.ID, d.manager.ID, d.manager); err != nil || n != 2 {
		t.Errorf("got %d, %v; want 2", n, err)
	}
	if work, err = d.OpenWork(ctx, d.author.ID); err != nil || len(work) != 0 {
		t.Errorf("still waits: %+v, %v", work, err)
	}
}
