package inbox

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
)

// reasonOf is the choice in the dialog shown last.
func reasonOf(t *testing.T, r *room) *reasonChoice {
	t.Helper()
	var found *reasonChoice
	each(r.host.LastDialog().Content, func(o fyne.CanvasObject) {
		if c, ok := o.(*reasonChoice); ok {
			found = c
		}
	})
	if found == nil {
		t.Fatal("there is no reason to choose")
	}
	return found
}

func TestTheReasonThatFitsStandsThere(t *testing.T) {
	r := newRoom(t, 1100, 760)
	google := r.source("google")
	for _, c := range []struct {
		author string
		stars  int
		text   string
		want   string
	}{
		{"Sam", 5, praise, "Praise that needs no answer"},
		{"Kim", 5, "Lovely team, gentle and kind. Do you also see children?", ""},
		{"Lee", 4, "", "A rating without words"},
		{"Pat", 2, complaint, ""},
		{"Max", 1, "They pulled the wrong tooth. My lawyer will sue you for malpractice.", "With counsel or the insurer"},
	} {
		r.open(r.say(google, c.author, c.stars, time.Duration(len(c.author+c.text))*time.Minute, c.text))
		r.press("N")
		if got := reasonOf(t, r).Selected; got != c.want {
			t.Errorf("%s, %d stars: got %q, want %q", c.text, c.stars, got, c.want)
		}
	}
	r.noFailures()
}

func TestWithoutAReasonNothingIsClosed(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("N")
	r.host.LastDialog().Press("No public reply")
	if m := r.find(bad); r.host.LastDialog().Closed || m.Status != reviews.Read {
		t.Fatalf("closed without a reason: dialog gone %v, status %s", r.host.LastDialog().Closed, m.Status)
	}
	choice := reasonOf(t, r)
	choice.SetSelectedIndex(3)
	choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if got := choice.SelectedIndex(); got != 4 {
		t.Errorf("Down from reason 3 goes to %d, want 4", got)
	}
	choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	reason := choice.Selected
	r.host.LastDialog().Press("No public reply")
	if m := r.find(bad); m.Status != reviews.NoReply || m.Reason != reason {
		t.Errorf("got status %s for %q, want no reply for %q", m.Status, m.Reason, reason)
	}
	r.noFailures()
}

func TestACopiedReplyIsAskedAboutFirst(t *testing.T) {
	r := newRoom(t, 1100, 760)
	r.Shown()
	id := r.say(r.source("google"), "Pat", 5, time.Hour, praise)
	r.must(r.store.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestNever}, r.manager))
	_, _, err := r.store.SaveDraft(ctx, id, safe, "", r.manager)
	r.must(err)
	_, err = r.store.Copy(ctx, id, r.manager)
	r.must(err)
	r.open(id)
	r.press("N")
	r.host.LastDialog().Press("No, it was not posted")
	r.host.LastDialog().Press("No public reply")
	r.noFailures()
	if m, err := r.store.Find(ctx, id); err != nil || m.Status != reviews.NoReply {
		t.Errorf("closed: %+v, %v", m, err)
	}
	if reply, err := r.store.ReplyTo(ctx, id); err != nil || reply.State != reviews.Draft {
		t.Errorf("the reply: %+v, %v", reply, err)
	}
}

func TestTakingOverSaysWhoseItWasAndCanBeUndone(t *testing.T) {
	r := newRoom(t, 1100, 760)
	r.Shown()
	id := r.say(r.source("google"), "Pat", 2, time.Hour, complaint)
	r.must(r.store.TakeUp(ctx, id, r.author))
	r.open(id)
	r.as(r.manager)
	r.press("I")
	if got, want := r.host.Toasts[len(r.host.Toasts)-1], "You have it now. It was with "+r.author.Name+"."; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	r.host.Undo()
	r.noFailures()
	if m, err := r.store.Find(ctx, id); err != nil || m.Assigned != r.author.ID {
		t.Errorf("after undo: %+v, %v", m, err)
	}
}
