package inbox

import (
	"context"
	"errors"
	"strings"
	"time"

	"goodword/policy/guard"
	"goodword/reviews"
)

// soundNow reports whether the words as they stand in the editor would pass the gate.
func (r *reply) soundNow() bool {
	return r.editor.Text() != "" && r.shown.choices.Result.Verdict != guard.Block && !r.fenced && r.shown.choices.Write == nil
}

// needsAsking reports whether the next step is to ask somebody.
func (r *reply) needsAsking() bool {
	return r.stored != "" && r.editor.Text() != "" && errors.Is(r.shown.choices.Copy, reviews.ErrRights)
}

// mayCopy reports whether the reply may go out: the stored words are allowed, or what is being typed looks as if it will be once it is stored. The
// domain judges the stored words again in any case.
func (r *reply) mayCopy() bool {
	if r.fenced || r.editor.Text() == "" || r.shown.choices.Awaits != nil {
		return false
	}
	if r.editor.Text() == r.stored {
		return r.shown.choices.Copy == nil || r.shown.choices.Release == nil
	}
	return r.soundNow() && !r.needsAsking()
}

// errChanged stops what would publish or store words for a review that the writer has not read.
var errChanged = errors.New("The review was changed while you were writing. Read it again first")

// unsaved reports whether there are words to store, and nothing forbids it.
func (r *reply) unsaved() bool {
	return r.id != 0 && r.editor.Text() != r.stored && !r.fenced && r.shown.choices.Write == nil
}

// keeping takes what is not stored yet and returns how to store it; nothing waits any more after it. It belongs to the window's goroutine, what it
// returns to the background.
func (r *reply) keeping() func(context.Context) error {
	r.cancel()
	id, text, template, by, revision := r.id, r.editor.Text(), r.template, r.s.by(), r.revision
	if !r.unsaved() {
		return func(context.Context) error { return nil }
	}
	deps := r.s.deps
	return func(ctx context.Context) error {
		m, err := deps.Mentions.Find(ctx, id)
		if err != nil {
			return err
		}
		if m.Revisions != revision {
			return errChanged
		}
		_, _, err = deps.Replies.SaveDraft(ctx, id, text, template, by)
		return err
	}
}

// after chains a step behind the storing of what was typed last.
func after(keep func(context.Context) error, step step) step {
	return func(ctx context.Context, id int64, by actor) error {
		if err := keep(ctx); err != nil {
			return err
		}
		return step(ctx, id, by)
	}
}

// save stores the text after a pause, unless it is called again before.
func (r *reply) save(pause time.Duration) {
	if !r.unsaved() {
		return
	}
	keep := r.keeping()
	id, text, by := r.id, r.editor.Text(), r.s.by()
	r.cancel = r.s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, pause) {
			return nil
		}
		var saved reviews.Reply
		var choices reviews.Choices
		err := keep(ctx)
		if err == nil {
			saved, err = r.s.deps.Replies.ReplyTo(ctx, id)
		}
		if err == nil {
			choices, err = r.s.deps.Replies.Choices(ctx, id, by)
		}
		return func() { r.saved(id, text, saved, choices, err) }
	})
}

func (r *reply) saved(id int64, text string, saved reviews.Reply, choices reviews.Choices, err error) {
	if errors.Is(err, errChanged) {
		r.s.reading.refresh() // which shows the new words and holds the saving back
		return
	}
	if err != nil {
		r.s.host.Fail("Saving the reply", err)
		return
	}
	r.s.list.update(id)
	if r.id != id {
		return
	}
	r.stored = text
	r.shown.reply, r.shown.choices = saved, choices
	if next := answering(r.shown.mention.Status, text); next != r.shown.mention.Status {
		r.s.reading.refresh() // its head says how far the work is
	}
	r.showTemplates()
	r.showNote()
	r.showState()
	r.showButtons()
}

// answering is the state that saving a text leads to, as the domain has it.
func answering(s reviews.Status, text string) reviews.Status {
	step := reviews.StepAnswer
	if strings.TrimSpace(text) == "" {
		step = reviews.StepWithdraw
	}
	if next, err := s.After(step); err == nil {
		return next
	}
	return s
}

// flush stores at once what the pause still holds back.
func (r *reply) flush() { r.save(0) }

// fence holds the saving back when the review was changed under the writer's hands: a text for another review must be looked at first.
func (r *reply) fence(revision int) {
	if revision != r.revision {
		r.cancel()
		r.fenced = true
		r.revision = revision
		r.showNote()
		r.showButtons()
	}
}

// unfence goes on with the text after the changed review was read: it is stored anew, for the review as it reads now.
func (r *reply) unfence() {
	r.fenced = false
	r.stored = ""
	r.save(0)
	r.refresh()
}
