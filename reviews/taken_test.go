package reviews_test

import (
	"testing"

	"goodword/internal/practice"
	"goodword/reviews"
)

func TestWhatSomebodyHasIsTakenOverOnlyOnPurpose(t *testing.T) {
	d := open(t)
	rosa := d.person(t, "Rosa Lind", practice.Clinician)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	must(t, d.HandOver(ctx, id, reviews.HandOver{Person: rosa.ID, Reason: "look"}, d.author))
	wants(t, d.Resolve(ctx, id, "done", d.author), reviews.ErrRights, "who took it up")
	must(t, d.TakeUp(ctx, id, rosa))
	wants(t, d.TakeUp(ctx, id, d.author), reviews.ErrTaken, "Rosa Lind has this mention")
	must(t, d.TakeUp(ctx, id, rosa)) // again is no harm
	must(t, d.TakeOver(ctx, id, d.author))
	wants(t, d.Resolve(ctx, id, "done", rosa), reviews.ErrRights, "who took it up")
	must(t, d.HandBack(ctx, id, rosa.ID, d.author))
	if e, err := d.EscalationOf(ctx, id); err != nil || e.Taker != rosa.ID || d.find(t, id).Assigned != rosa.ID {
		t.Errorf("given back: %+v, %v", e, err)
	}
	must(t, d.Resolve(ctx, id, "called", rosa))
	must(t, d.Close(ctx, id, "Answered in private", rosa))
	if got := d.find(t, id); got.Status != reviews.NoReply || got.Reason == "" {
		t.Errorf("closed: %+v", got)
	}
}

func TestACopiedReplyIsAskedAboutBeforeThereIsNone(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever}, d.manager))
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	_, err = d.Copy(ctx, id, d.manager)
	must(t, err)
	wants(t, d.Close(ctx, id, "Better in private", d.manager), reviews.ErrCopied, "Was it posted?")
	must(t, d.CloseUnposted(ctx, id, "Better in private", d.manager))
	if r, err := d.ReplyTo(ctx, id); err != nil || r.State != reviews.Draft || d.find(t, id).Status != reviews.NoReply {
		t.Errorf("closed: %+v, %v", r, err)
	}
	if texts, err := d.Recent(ctx, 5); err != nil || len(texts) != 0 {
		t.Errorf("words that never went out count as said: %q, %v", texts, err)
	}
}

// A clinician approves the words where somebody's health is in danger, and nothing else.
func TestAClinicianApprovesClinicalWords(t *testing.T) {
	d := open(t)
	vega := d.person(t, "Dr. Vega", practice.Clinician)
	d.visit(t, d.feed(t, "google"), waited)
	other := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, other, fine, "", d.manager)
	must(t, err)
	must(t, d.AskApproval(ctx, other, d.manager))
	wants(t, d.Approve(ctx, other, vega), reviews.ErrRights, "clinician")
	for i, signal := range []string{"self_harm", "emergency_symptoms", "adverse_event"} {
		key := string(rune('a' + i))
		m, err := d.Add(ctx, reviews.Found{Key: key, Text: "Case " + key, Stars: 1, Understood: reviews.Understood{Urgency: "critical", Signals: []string{signal}}}, d.manager)
		must(t, err)
		_, _, err = d.SaveDraft(ctx, m.ID, fine, "", d.manager)
		must(t, err)
		_, err = d.Copy(ctx, m.ID, d.manager)
		wants(t, err, reviews.ErrRights, "Ask for approval")
		must(t, d.AskApproval(ctx, m.ID, d.manager))
		must(t, d.Approve(ctx, m.ID, vega))
	}
}
