package reviews_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/policy/guard"
	"goodword/reviews"
)

// steps is the design's table, written down a second time: from each state, what may follow.
var steps = map[reviews.Status]map[reviews.Step]reviews.Status{
	reviews.New:       {"read": reviews.Read, "answer": reviews.Answering, "close": reviews.NoReply, "escalate": reviews.Escalated},
	reviews.Read:      {"unread": reviews.New, "answer": reviews.Answering, "close": reviews.NoReply, "escalate": reviews.Escalated},
	reviews.Answering: {"close": reviews.NoReply, "escalate": reviews.Escalated, "withdraw": reviews.Read},
	reviews.Escalated: {"resolve": reviews.Resolved, "reopen": "back"},
	reviews.NoReply:   {"reopen": "back"},
	reviews.Resolved:  {"reopen": "back", "close": reviews.NoReply}, // an emergency that is over, and nothing was said in public
	reviews.Answered:  {"reopen": "back"},
}

func TestNoIllegalStep(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		must2(t, record(d, s, reviews.Found{Key: fmt.Sprint("life", n), Text: fmt.Sprintf("Number %d waited long", n), Stars: 2, Posted: monday}))
		id := newest(t, d)
		do := map[reviews.Step]func() error{
			"read":     func() error { return d.MarkRead(ctx, id, d.author) },
			"unread":   func() error { return d.MarkUnread(ctx, id, d.author) },
			"close":    func() error { return d.Close(ctx, id, "Reason", d.author) },
			"escalate": func() error { return d.Escalate(ctx, id, d.manager.ID, "Reason", d.author) },
			"resolve":  func() error { return d.Resolve(ctx, id, "Note", d.manager) }, // who has it, or leads
			"reopen":   func() error { return d.Reopen(ctx, id, d.author) },
			"answer": func() error {
				_, _, err := d.SaveDraft(ctx, id, fmt.Sprintf("Thank you. Please call 512-555-0140. %d", time.Now().UnixNano()), "", d.author)
				return err
			},
			"withdraw": func() error { _, _, err := d.SaveDraft(ctx, id, "", "", d.author); return err },
		}
		names := []reviews.Step{"read", "unread", "close", "escalate", "resolve", "reopen", "answer", "withdraw"}
		for range rapid.IntRange(1, 12).Draw(t, "length") {
			step := rapid.SampledFrom(names).Draw(t, "step")
			before, lines := status(t, d, id), history(t, d, id)
			reply, err := d.ReplyTo(ctx, id)
			must2(t, err)
			err = do[step]()
			after := status(t, d, id)
			want, listed := steps[before][step]
			if want == "back" {
				want = reviews.Read
				if reply.Text != "" {
					want = reviews.Answering
				}
			}
			switch {
			case err != nil && (!errors.Is(err, reviews.ErrStep) || after != before || listed):
				t.Fatalf("%s from %s: became %s with error %v", step, before, after, err)
			case err == nil && listed && after != want && !(step == "withdraw" && reply.ID == 0):
				t.Fatalf("%s from %s: got %s, want %s", step, before, after, want)
			case err == nil && !listed && after != before:
				t.Fatalf("%s from %s led to %s, which no table allows", step, before, after)
			case after != before && history(t, d, id) < lines+1:
				t.Fatalf("%s from %s to %s left no line in the audit log", step, before, after)
			case after == before && err != nil && history(t, d, id) != lines:
				t.Fatalf("a refused step left a line in the audit log")
			}
			checkOwed(t, d, id)
		}
	})
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}

// checkOwed proves that something is due exactly as long as the mention is not done.
func checkOwed(t *rapid.T, d *desk, id int64) {
	m, err := d.Find(ctx, id)
	must2(t, err)
	if m.Status.Done() == m.Handled.IsZero() || m.Status.Done() != m.Due.IsZero() {
		t.Fatalf("%s: due %s, handled %s", m.Status, m.Due, m.Handled)
	}
}

func must2(t fataler, err error) {
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func record(d *desk, s reviews.Source, found ...reviews.Found) error {
	_, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at}, found)
	return err
}

func newest(t fataler, d *desk) int64 {
	ids, err := d.IDs(ctx, reviews.Query{})
	must2(t, err)
	return slices.Max(ids)
}

func status(t fataler, d *desk, id int64) reviews.Status {
	m, err := d.Find(ctx, id)
	must2(t, err)
	return m.Status
}

func history(t fataler, d *desk, id int64) int {
	lines, err := d.History(ctx, id)
	must2(t, err)
	return len(lines)
}

const (
	fine     = "Thank you for telling us. We would like to listen. Please call us at 512-555-0140."
	fineToo  = "Thank you for your words. Please call our office manager at 512-555-0140 so that we can help."
	confirms = "We are sorry that your root canal at our office on March 3 hurt. You are a valued patient."
	template = "Thank you for taking the time. Please call us at 512-555-0140."
)

// expected reports whether a step was taken, and fails on an error of another kind than a refusal.
func expected(t *rapid.T, err error) bool {
	if err != nil && !errors.Is(err, reviews.ErrStep) && !errors.Is(err, reviews.ErrGate) && !errors.Is(err, reviews.ErrResting) && !errors.Is(err, reviews.ErrLocked) && !errors.Is(err, reviews.ErrRights) && !errors.Is(err, reviews.ErrCopied) && !errors.Is(err, reviews.ErrTaken) && !errors.Is(err, reviews.ErrGoAhead) {
		t.Fatalf("%v", err)
	}
	return err == nil
}

func TestOneReplyFromDraftToPosted(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	d.visit(t, s, waited)
	id := d.only(t).ID
	_, result, err := d.SaveDraft(ctx, id, confirms, "", d.author)
	must(t, err)
	if result.Verdict != guard.Block {
		t.Fatalf("verdict: got %s, want block", result.Verdict)
	}
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrGate, "may not be published")
	wants(t, d.AskApproval(ctx, id, d.author), reviews.ErrGate, "")
	_, _, err = d.SaveDraft(ctx, id, fine, "", d.staff)
	wants(t, err, reviews.ErrRights, "staff")
	_, _, err = d.SaveDraft(ctx, id, fine, "", d.author)
	must(t, err)
	_, err = d.Copy(ctx, id, d.manager)
	wants(t, err, reviews.ErrRights, "approval")
	must(t, d.AskApproval(ctx, id, d.author))
	if asked, err := d.IDs(ctx, query(t, d, "is:asked")); err != nil || !slices.Equal(asked, []int64{id}) {
		t.Errorf("waiting for approval: %v %v, want mention %d", asked, err, id)
	}
	wants(t, d.Approve(ctx, id, d.author), reviews.ErrRights, "may not approve")
	must(t, d.SendBack(ctx, id, "Shorter, please", d.manager))
	if r, err := d.ReplyTo(ctx, id); err != nil || r.State != reviews.SentBack || r.Note != "Shorter, please" {
		t.Errorf("sent back: got %+v, %v", r, err)
	}
	_, _, err = d.SaveDraft(ctx, id, fineToo, "", d.author)
	must(t, err)
	must(t, d.AskApproval(ctx, id, d.author))
	must(t, d.Approve(ctx, id, d.manager))
	changed := waited
	changed.Text += " And it was cold."
	d.visit(t, s, changed)
	_, err = d.Copy(ctx, id, d.author)
	wants(t, err, reviews.ErrStep, "was changed after this reply")
	_, _, err = d.SaveDraft(ctx, id, fineToo, "", d.author)
	must(t, err)
	_, err = d.Copy(ctx, id, d.author)
	wants(t, err, reviews.ErrRights, "approval")
	must(t, d.AskApproval(ctx, id, d.author))
	must(t, d.Approve(ctx, id, d.manager))
	_, err = d.Copy(ctx, id, d.author)
	wants(t, err, reviews.ErrResting, "rests 10 minutes in the outbox first: free text on a negative review")
	must(t, d.rest(id, d.author))
	text, err := d.Copy(ctx, id, d.author)
	must(t, err)
	if m := d.find(t, id); text != fineToo || m.Status != reviews.Answering || m.Due.IsZero() {
		t.Errorf("copied %q, mention %s, due %s", text, m.Status, m.Due)
	}
	if states, err := d.ReplyStates(ctx, []int64{id, id + 1}); err != nil || len(states) != 1 || states[id] != reviews.Copied {
		t.Errorf("the states of the replies: %v, %v", states, err)
	}
	must(t, d.MarkPosted(ctx, id, d.author))
	if m := d.find(t, id); m.Status != reviews.Answered || !m.Due.IsZero() {
		t.Errorf("posted: mention %s, due %s", m.Status, m.Due)
	}
	must(t, d.MarkRejected(ctx, id, "Too long for the site", d.author))
	if m := d.find(t, id); m.Status != reviews.Read || m.Due.IsZero() {
		t.Errorf("rejected: mention %s, due %s", m.Status, m.Due)
	}
	drafts, err := d.Drafts(ctx, id)
	must(t, err)
	if len(drafts) < 3 {
		t.Errorf("drafts: got %d, want at least the three that were shown to somebody", len(drafts))
	}
	if last, err := d.Recent(ctx, 5); err != nil || len(last) != 1 || last[0] != fineToo {
		t.Errorf("recent: got %v, %v", last, err)
	}
}

func TestTypingGoesIntoOneDraft(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	for _, text := range []string{"Thank", "Thank you", "Thank you for telling us."} {
		_, _, err := d.SaveDraft(ctx, id, text, "", d.author)
		must(t, err)
	}
	count := func() int {
		drafts, err := d.Drafts(ctx, id)
		must(t, err)
		return len(drafts)
	}
	if got := count(); got != 1 {
		t.Errorf("typing on: got %d drafts, want 1", got)
	}
	d.at = d.at.Add(time.Hour)
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.author)
	must(t, err)
	if got := count(); got != 2 {
		t.Errorf("an hour later: got %d drafts, want 2", got)
	}
	if got := history2(t, d, id); got != 5 { // a reply was begun, and each stored wording has its hash there
		t.Errorf("typing left %d lines in the audit log, want 5", got)
	}
}

func history2(t *testing.T, d *desk, id int64) int {
	lines, err := d.History(ctx, id)
	must(t, err)
	return len(lines)
}

func TestNobodyOnTheStaffMeansTheOwnerSitsHere(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, fine, "", audit.Actor{})
	must(t, err)
	_, err = d.Copy(ctx, id, audit.Actor{})
	wants(t, err, reviews.ErrRights, "approval")
	for _, p := range []audit.Actor{d.manager} {
		person, err := d.practices.Person(ctx, p.ID)
		must(t, err)
		person.LeftOn = "2026-01-01"
		_, err = d.practices.SavePerson(ctx, person, audit.Program)
		must(t, err)
	}
	must(t, d.rest(id, audit.Actor{}))
	text, err := d.Copy(ctx, id, audit.Actor{})
	must(t, err)
	if text != fine {
		t.Errorf("got %q", text)
	}
}

// rest puts a reply into the outbox and lets its rest go by.
func (d *desk) rest(id int64, by audit.Actor) error {
	_, err := d.Release(ctx, id, by)
	d.at = d.at.Add(10 * time.Minute)
	return err
}

func TestChoicesAgreeWithTheSteps(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), waited)
	id := d.only(t).ID
	choices := func(who audit.Actor) reviews.Choices {
		t.Helper()
		c, err := d.Choices(ctx, id, who)
		must(t, err)
		return c
	}
	if c := choices(d.author); c.Write != nil || c.Ask == nil || c.Copy == nil || c.Alone {
		t.Errorf("before the reply: %+v", c)
	}
	if c := choices(d.staff); c.Write == nil {
		t.Error("staff may write")
	}
	_, _, err := d.SaveDraft(ctx, id, fine, "", d.author)
	must(t, err)
	if c := choices(d.author); c.Ask != nil || c.Copy == nil || c.Alone {
		t.Errorf("a draft by an author: %+v", c)
	}
	must(t, d.AskApproval(ctx, id, d.author))
	if c := choices(d.manager); c.Approve != nil || c.SendBack != nil || c.Copy == nil {
		t.Errorf("asked, for the manager: %+v", c)
	}
	must(t, d.Approve(ctx, id, d.manager))
	if c := choices(d.author); c.Copy == nil || c.Release != nil || c.Rest != 10*time.Minute || c.Why == "" || c.Hurry || c.Posted == nil {
		t.Errorf("approved: %+v", c)
	}
	if c := choices(d.manager); !c.Hurry {
		t.Errorf("approved, for the manager: %+v", c)
	}
	_, err = d.Release(ctx, id, d.author)
	must(t, err)
	d.at = d.at.Add(4 * time.Minute)
	if c := choices(d.author); c.Copy == nil || c.Release == nil || c.Recall != nil || c.Left != 6*time.Minute {
		t.Errorf("in the outbox: %+v", c)
	}
	d.at = d.at.Add(6 * time.Minute)
	if c := choices(d.author); c.Copy != nil || c.Left != 0 {
		t.Errorf("rested: %+v", c)
	}
	_, err = d.Copy(ctx, id, d.author)
	must(t, err)
	if c := choices(d.author); c.Write != nil || c.Posted != nil {
		t.Errorf("copied: %+v", c)
	}
}
