package inbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// resting reports whether the reply is in the outbox.
func (r *reply) resting() bool {
	return r.shown.reply.State == reviews.Released && !r.shown.mention.Status.Done()
}

// toRest is how long the words in the editor will rest when they are let out, as far as the window can tell; the domain decides.
func (r *reply) toRest() time.Duration {
	text := r.editor.Text()
	if text == r.stored {
		return r.shown.choices.Rest
	}
	for _, s := range r.suggestions {
		if s.Text == text && r.template == s.TemplateID {
			return 0
		}
	}
	return r.shown.choices.Rest
}

// minutes says a time as people do.
func minutes(d time.Duration) string {
	n := int((d + time.Minute - 1) / time.Minute)
	if n == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", n)
}

// outboxOffers are the buttons of a reply that rests, and why it does.
func (r *reply) outboxOffers() (offers []offer, why string) {
	c := r.shown.choices
	if c.Copy == nil {
		return []offer{{"Copy and open page", "copy", true, false, r.copyAndOpen}, {"Recall", "undo-2", false, c.Recall != nil, r.recall}}, "It has rested. Nothing leaves by itself: copy it when you are ready."
	}
	offers = []offer{{"Recall", "undo-2", true, c.Recall != nil, r.recall}}
	if c.Hurry {
		offers = append(offers, offer{"Copy now", "copy", false, false, r.hurryDialog})
	}
	if c.Left == 0 {
		return offers, kit.Sentence(c.Copy)
	}
	until := r.s.deps.Now().Add(c.Left).In(r.s.known().practice.Location())
	return offers, fmt.Sprintf("In the outbox until %s, for another %s: %s.", until.Format("15:04"), minutes(c.Left), c.Why)
}

// intoOutbox says after the press that the reply rests, why, and how to have it back.
func (r *reply) intoOutbox(id int64, put reviews.Reply, why string) {
	r.s.host.ToastUndo(fmt.Sprintf("In the outbox for %s: %s", minutes(put.Rest), why), func() { r.recallOf(id) })
}

// recall takes the reply that is in sight out of the outbox.
func (r *reply) recall() { r.recallOf(r.id) }

func (r *reply) recallOf(id int64) {
	by := r.s.by()
	r.s.bg.Run(func(ctx context.Context) func() {
		err := r.s.deps.Replies.Recall(ctx, id, by)
		return func() {
			if err != nil {
				r.s.host.Fail("Recalling the reply", err)
			} else {
				r.s.host.Toast("Recalled. It is a draft again.")
			}
			r.s.reading.refresh()
			r.s.list.update(id)
		}
	})
}

// hurryDialog asks why the reply goes out before its rest is over.
func (r *reply) hurryDialog() {
	if !r.shown.choices.Hurry {
		r.sayWhyNot()
		return
	}
	reason := kit.NewEntry("The caller waits, the page closes at noon, ...")
	field := kit.NewField("Why does it go out before its rest is over?", "The reason stays in the history of this mention.", reason)
	var closeIt func()
	send := func() {
		why := strings.TrimSpace(reason.Text)
		if why == "" {
			field.SetErr(errReason)
			return
		}
		closeIt()
		r.letOut(func(ctx context.Context, id int64, by actor) (string, error) {
			return r.s.deps.Replies.CopyNow(ctx, id, why, by)
		})
	}
	reason.OnSubmitted = func(string) { send() }
	closeIt = r.s.host.Dialog("Copy now", field, kit.Button{Title: "Copy and open page", Primary: true, Stay: true, Run: send}, kit.Button{Title: "Cancel"})
	r.s.host.Focus(reason)
}

var errReason = fmt.Errorf("Say in a few words why")

// watchRest shows the rest going by, minute by minute, and that it is over.
func (r *reply) watchRest() {
	r.ticking()
	r.ticking = func() {}
	left := r.shown.choices.Left
	if !r.resting() || left <= 0 || r.s.deps.Pause <= 0 {
		return
	}
	id := r.id
	r.ticking = r.s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, (left-1)%time.Minute+time.Second) {
			return nil
		}
		return func() {
			if r.id == id {
				r.s.reading.refresh()
			}
		}
	})
}
