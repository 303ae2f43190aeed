package reviews_test

import (
	"slices"
	"strings"
	"testing"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// What the facts say about a public reply to a signal is the stop that the program makes.
func TestTheSignalsThatNeedAGoAheadAreThoseThatSaySo(t *testing.T) {
	for _, s := range classify.Default().Signals() {
		want := strings.Contains(s.PublicReply, "agrees") || strings.Contains(s.PublicReply, "after counsel")
		if got := slices.Contains(reviews.GoAheadSignals(), s.ID); got != want {
			t.Errorf("%s (%s): needs a go-ahead %v, want %v", s.ID, s.PublicReply, got, want)
		}
	}
}

func TestNobodyAnswersALegalThreatBeforeCounselAgrees(t *testing.T) {
	d := open(t)
	second := d.person(t, "Rosa Lind", practice.Owner)
	s := d.feed(t, "google")
	threat := reviews.Found{Key: "1", Text: "You will hear from my lawyer.", Stars: 1, Posted: monday,
		Understood: reviews.Understood{Urgency: "high", Signals: []string{"legal_threat"}}}
	d.visit(t, s, threat)
	id := d.only(t).ID
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever}, d.manager))
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	closed := func() {
		t.Helper()
		_, err := d.Copy(ctx, id, d.manager)
		wants(t, err, reviews.ErrGoAhead, "before counsel, the malpractice insurer or the owner agrees")
		_, err = d.CopyNow(ctx, id, "in a hurry", d.manager)
		wants(t, err, reviews.ErrGoAhead, "counsel")
		_, err = d.Release(ctx, id, d.manager)
		wants(t, err, reviews.ErrGoAhead, "counsel")
		c, err := d.Choices(ctx, id, d.manager)
		if err != nil || c.Copy == nil || c.Release == nil || c.Hurry || c.Awaits == nil {
			t.Errorf("the window offers %+v, %v", c, err)
		}
	}
	closed()
	must(t, d.AskApproval(ctx, id, d.manager))
	must(t, d.Approve(ctx, id, second))
	closed() // two of the practice are not counsel
	calm := ""
	wants(t, d.Correct(ctx, id, reviews.Correction{Urgency: &calm}, d.author), reviews.ErrRights, "may not say that this is not a legal threat")
	closed() // nor does an author take the threat away
	yes := reviews.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line harms nobody"}
	wants(t, d.GoAhead(ctx, id, yes, d.author), reviews.ErrRights, "may not record a go-ahead")
	wants(t, d.GoAhead(ctx, id, reviews.GoAhead{From: "a friend", Name: "Ada", Reason: "fine"}, d.manager), reviews.ErrStep, "counsel, insurer, owner")
	wants(t, d.GoAhead(ctx, id, reviews.GoAhead{From: "counsel", Reason: "fine"}, d.manager), reviews.ErrStep, "name")
	wants(t, d.GoAhead(ctx, id, reviews.GoAhead{From: "counsel", Name: "Ada"}, d.manager), reviews.ErrStep, "why")
	must(t, d.GoAhead(ctx, id, yes, d.manager))
	if g, err := d.GoAheadFor(ctx, id); err != nil || g.Name != "Ada Quist" || g.Recorder != d.manager.ID {
		t.Errorf("recorded %+v, %v", g, err)
	}
	if text, err := d.Copy(ctx, id, d.manager); err != nil || text != fine {
		t.Errorf("copied %q, %v", text, err)
	}
	threat.Text = "You will hear from my lawyer, and so will the paper."
	d.visit(t, s, threat)
	if g, err := d.GoAheadFor(ctx, id); err != nil || g.Mention != 0 {
		t.Errorf("the go-ahead outlived the words it was given for: %+v, %v", g, err)
	}
}
