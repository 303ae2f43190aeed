package reviews_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
)

func TestWhatRests(t *testing.T) {
	usual := reviews.UsualLeaving
	free := reviews.Matter{Verdict: guard.Clear}
	negative := reviews.Matter{Verdict: guard.Clear, Negative: true}
	for _, c := range []struct {
		name string
		rule reviews.Leaving
		of   reviews.Matter
		want int // minutes
	}{
		{"free text on praise", usual, free, 0},
		{"free text on a negative review", usual, negative, 10},
		{"free text on an urgent matter", usual, reviews.Matter{Verdict: guard.Clear, Urgent: true}, 10},
		{"free text with a remark of the gate", usual, reviews.Matter{Verdict: guard.Warn}, 10},
		{"a template on a negative review", usual, reviews.Matter{Verdict: guard.Clear, Template: true, Negative: true, Urgent: true}, 0},
		{"always, a template", reviews.Leaving{Rest: reviews.RestAlways, Minutes: 25}, reviews.Matter{Verdict: guard.Clear, Template: true}, 25},
		{"always, praise", reviews.Leaving{Rest: reviews.RestAlways, Minutes: 60}, free, 60},
		{"never", reviews.Leaving{Rest: reviews.RestNever, Minutes: 10}, negative, 0},
		{"no minutes", reviews.Leaving{Rest: reviews.RestAlways}, negative, 0},
		{"less than nothing", reviews.Leaving{Rest: reviews.RestAlways, Minutes: -5}, negative, 0},
		{"a day", reviews.Leaving{Rest: reviews.RestAlways, Minutes: 1440}, negative, 60},
	} {
		got, why := c.rule.For(c.of)
		if want := time.Duration(c.want) * time.Minute; got != want || (why == "") != (want == 0) {
			t.Errorf("%s: got %s because %q, want %s", c.name, got, why, want)
		}
	}
}

func TestTheClockSetBackBeginsTheRestAnew(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	_, err = d.Release(ctx, id, d.manager)
	must(t, err)
	d.at = d.at.Add(-24 * time.Hour)
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrResting, "another 10 minutes")
	d.at = d.at.Add(9 * time.Minute)
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrResting, "another minute")
	d.at = d.at.Add(time.Minute)
	if text, err := d.Copy(ctx, id, d.manager); err != nil || text != fine {
		t.Errorf("after the rest: %q, %v", text, err)
	}
}

func TestRecallAndTheHurry(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.author)
	must(t, err)
	_, err = d.Release(ctx, id, d.author)
	wants(t, err, reviews.ErrRights, "approval")
	must(t, d.AskApproval(ctx, id, d.author))
	must(t, d.Approve(ctx, id, d.manager))
	_, err = d.Release(ctx, id, d.author)
	must(t, err)
	wants(t, d.Recall(ctx, id, d.staff), reviews.ErrRights, "staff")
	must(t, d.Recall(ctx, id, d.author))
	if r, err := d.ReplyTo(ctx, id); err != nil || r.State != reviews.Approved || r.Approver != d.manager.ID || !r.Since.IsZero() {
		t.Errorf("recalled: %+v, %v", r, err)
	}
	_, err = d.Release(ctx, id, d.author)
	must(t, err)
	_, err = d.CopyNow(ctx, id, "The patient waits on the phone", d.author)
	wants(t, err, reviews.ErrRights, "before its rest is over")
	_, err = d.CopyNow(ctx, id, "  ", d.manager)
	wants(t, err, reviews.ErrStep, "Say why")
	if text, err := d.CopyNow(ctx, id, "The patient waits on the phone", d.manager); err != nil || text != fine {
		t.Errorf("in a hurry: %q, %v", text, err)
	}
	lines, err := d.History(ctx, id)
	must(t, err)
	found := false
	for _, l := range lines {
		found = found || l.Did == "copied the reply before its rest was over: The patient waits on the phone"
	}
	if !found {
		t.Errorf("the hurry is not in the audit log: %+v", lines)
	}
}

func TestWhatTakesAReplyOutOfTheOutbox(t *testing.T) {
	changed := waited
	changed.Text += " And it was cold."
	for name, c := range map[string]struct {
		do   func(d *desk, s reviews.Source, id int64) error
		want reviews.ReplyState
	}{
		"an edit of the text": {func(d *desk, _ reviews.Source, id int64) error {
			_, _, err := d.SaveDraft(ctx, id, fineToo, "", d.author)
			return err
		}, reviews.Draft},
		"an edit of the review": {func(d *desk, s reviews.Source, _ int64) error {
			_, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at}, []reviews.Found{changed})
			return err
		}, reviews.Draft},
		"closing the mention": {func(d *desk, _ reviews.Source, id int64) error { return d.Close(ctx, id, "Reason", d.manager) }, reviews.Approved},
		"sending it back":     {func(d *desk, _ reviews.Source, id int64) error { return d.SendBack(ctx, id, "Softer", d.manager) }, reviews.SentBack},
		"nothing":             {func(*desk, reviews.Source, int64) error { return nil }, reviews.Released},
	} {
		d := open(t)
		s := d.feed(t, "google")
		d.visit(t, s, waited)
		id := d.only(t).ID
		_, _, err := d.SaveDraft(ctx, id, fine, "", d.author)
		must(t, err)
		must(t, d.AskApproval(ctx, id, d.author))
		must(t, d.Approve(ctx, id, d.manager))
		_, err = d.Release(ctx, id, d.author)
		must(t, err)
		must(t, c.do(d, s, id))
		r, err := d.ReplyTo(ctx, id)
		must(t, err)
		if r.State != c.want || (r.State == reviews.Released) == r.Since.IsZero() {
			t.Errorf("%s: got %+v, want %s", name, r, c.want)
		}
		if r.State == reviews.Draft && r.Approver != 0 {
			t.Errorf("%s: the approval outlived what it was given for", name)
		}
	}
}

func TestASecondPersonAlways(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	wants(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever, Second: true}, d.author), reviews.ErrRights, "author")
	wants(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestAlways, Minutes: 61}, d.manager), reviews.ErrStep, "0 to 60")
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever, Second: true}, d.manager))
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrRights, "nobody else here may approve")
	owner := d.person(t, "Rosa Lind", "owner")
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrRights, "second person for all free text")
	must(t, d.AskApproval(ctx, id, d.manager))
	wants(t, d.Approve(ctx, id, d.manager), reviews.ErrRights, "their own reply")
	must(t, d.Approve(ctx, id, owner))
	if text, err := d.Copy(ctx, id, d.manager); err != nil || text != fine {
		t.Errorf("approved by a second person: %q, %v", text, err)
	}
}

// fingerprint is the beginning of the hash by which the audit log names a text.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprint("sha256:", hex.EncodeToString(sum[:8]))
}

func TestAStricterRuleHoldsForWhatRestsAlready(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	must(t, d.rest(id, d.manager))
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNegative, Minutes: 30}, d.manager))
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrResting, "another 20 minutes")
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever, Minutes: 30}, d.manager))
	if _, err := d.Copy(ctx, id, d.manager); err != nil {
		t.Errorf("the rule has gone: %v", err)
	}
}

// A critical mention never skips the second person: not for a template left as it is, not for the words of somebody who may approve, and not by calling it
// less urgent.
func TestACriticalMentionNeedsASecondPerson(t *testing.T) {
	d := open(t)
	second := d.person(t, "Rosa Lind", practice.Owner)
	d.TrustTemplates(func(_ context.Context, id, text string, _ reviews.Mention) bool {
		return id == "holding" && text == fine
	})
	d.visit(t, d.feed(t, "google"), reviews.Found{Key: "1", Text: "I will hurt myself", Stars: 1, Posted: monday, Understood: reviews.Understood{Urgency: "critical"}})
	id := d.list(t, "")[0].ID
	for _, who := range []audit.Actor{d.author, d.manager} {
		_, _, err := d.SaveDraft(ctx, id, "", "", who)
		must(t, err)
		_, _, err = d.SaveDraft(ctx, id, fine, "holding", who)
		must(t, err)
		if _, err := d.Copy(ctx, id, who); !errors.Is(err, reviews.ErrRights) || !strings.Contains(err.Error(), "second person") {
			t.Errorf("%s copied a template alone: %v", who.Name, err)
		}
		if _, err := d.Release(ctx, id, who); !errors.Is(err, reviews.ErrRights) {
			t.Errorf("%s put a template into the outbox alone: %v", who.Name, err)
		}
	}
	calm := ""
	if err := d.Correct(ctx, id, reviews.Correction{Urgency: &calm}, d.author); !errors.Is(err, reviews.ErrRights) {
		t.Errorf("an author called it less urgent: %v", err)
	}
	must(t, d.AskApproval(ctx, id, d.manager))
	if err := d.Approve(ctx, id, d.manager); err == nil {
		t.Error("the author approved")
	}
	must(t, d.Approve(ctx, id, second))
	text, err := d.Copy(ctx, id, d.manager)
	if err != nil || text != fine {
		t.Errorf("got %q, %v, want the approved template", text, err)
	}
	must(t, d.Correct(ctx, id, reviews.Correction{Urgency: &calm}, d.manager))
}

// What the policy in force says of a second reader holds, whatever the setting is.
func TestTheReplyKeepsToThePolicyInForce(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	second := d.person(t, "Rosa Lind", practice.Owner)
	must(t, d.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever}, d.manager))
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.manager)
	must(t, err)
	policies := policy.NewStore(d.db, func() time.Time { return d.at }, d.practices)
	put := func(reader, from string) {
		t.Helper()
		v, _, err := policies.BuildDraft(ctx, policy.Situation{"reader": {reader}}, second)
		must(t, err)
		_, err = policies.PutInForce(ctx, v.ID, from, second)
		must(t, err)
	}
	put("second", d.at.Format(practice.Day))
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrRights, "The policy in force says that a second person reads each text")
	_, err = d.CopyNow(ctx, id, "hurry", d.manager)
	wants(t, err, reviews.ErrRights, "The policy in force")
	d.at = d.at.AddDate(0, 0, 40)
	put("alone", d.at.Format(practice.Day))
	if _, err := d.Copy(ctx, id, d.manager); err != nil {
		t.Errorf("the policy says that whoever writes reads again: %v", err)
	}
}
