package inbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showBar is the pane while it is folded: what can be decided about the mention.
func (r *reply) showBar() {
	m := r.shown.mention
	var list []fyne.CanvasObject
	switch {
	case r.toAsk():
		list = append(list, onLine(kit.NewLabel("Is the reply posted on "+r.s.known().site(m.Site)+"?", kit.Strong)), r.postedButton(),
			kit.NewButton("The site refused it", nil, r.refusedDialog), kit.NewQuiet("Later", nil, func() { r.asked = true; r.refresh() }))
	case m.Status.Done():
		text, _ := replyState(r.shown, r.s.known())
		if text == "" {
			text = statusWord(m, r.s.known())
		}
		list = append(list, onLine(kit.NewLabel(text, kit.Secondary)), kit.NewButton("Reopen", theme.Icon("rotate-ccw"), r.s.reopen))
		if r.shown.reply.Text != "" {
			list = append(list, kit.NewQuiet("Show the reply", nil, func() { r.open = true; r.refresh() }))
		}
	default:
		write := "Reply"
		if r.shown.reply.Text != "" {
			write = "Go on with the reply"
		}
		list = append(list, kit.NewPrimary(write, theme.IconIn("message-square-text", theme.OnAccent), r.begin))
		if r.s.mayClose() {
			list = append(list, kit.NewButton("No public reply", theme.Icon("ban"), r.s.closeDialog))
		}
		list = append(list, r.escalation()...)
	}
	r.bar.Objects = list
	r.bar.Hidden = r.open
	r.bar.Refresh()
}

// onLine sets a label on the line of the buttons beside it.
func onLine(label *kit.Label) fyne.CanvasObject {
	return kit.InsetXY(label, 0, theme.Space2)
}

func (r *reply) escalation() []fyne.CanvasObject {
	if r.shown.mention.Status == reviews.Escalated {
		return []fyne.CanvasObject{kit.NewButton("Resolve", theme.Icon("check"), r.s.resolveDialog), kit.NewButton("Take back", theme.Icon("undo-2"), r.s.reopen)}
	}
	return []fyne.CanvasObject{kit.NewButton("Escalate", theme.Icon("users"), r.s.escalateDialog)}
}

// toAsk reports whether it is time to ask, once, if a copied reply was posted.
func (r *reply) toAsk() bool {
	return r.shown.reply.State == reviews.Copied && !r.asked && r.shown.mention.Status.Done()
}

func (r *reply) postedButton() fyne.CanvasObject {
	return kit.NewPrimary("Yes, it is posted", theme.IconIn("check", theme.OnAccent), func() {
		r.s.act("Noting that it is posted", r.s.deps.Replies.MarkPosted, nil)
	})
}

// offer is one button at the foot of the reply.
type offer struct {
	title, icon string
	primary     bool
	off         bool
	run         func()
}

// showButtons offers what the gate and the rights allow; what keeps the reply from going out is said in words.
func (r *reply) showButtons() {
	offers, why := r.offers()
	key := why
	for _, o := range offers {
		key += fmt.Sprint("|", o.title, o.off)
	}
	if key == r.offered {
		return // drawing buttons anew with each letter would make the typing slow
	}
	r.offered = key
	r.buttons.Objects = nil
	for _, o := range offers {
		b := kit.NewButton(o.title, theme.Icon(o.icon), o.run)
		if o.primary {
			b = kit.NewPrimary(o.title, theme.IconIn(o.icon, theme.OnAccent), o.run)
		}
		enable(b, !o.off)
		r.buttons.Objects = append(r.buttons.Objects, b)
	}
	r.buttons.Refresh()
	r.why.Hidden = why == ""
	r.why.SetText(why)
	r.desk.Refresh()
}

func (r *reply) offers() (offers []offer, why string) {
	c := r.shown.choices
	switch {
	case r.shown.mention.Status.Done():
		return []offer{{"Reopen", "rotate-ccw", false, false, r.s.reopen}}, ""
	case r.fenced || c.Stale && r.editor.Text() == r.stored:
		offers = []offer{{"I have read it", "check", true, false, r.unfence}}
	case c.Approve == nil:
		offers = []offer{{"Approve", "check", true, false, r.approve}, {"Send back", "undo-2", false, false, r.sendBackDialog}}
	case r.needsAsking():
		offers = []offer{{"Ask for approval", "send", true, !r.soundNow(), r.ask}}
		why = "This is free text by somebody who may not publish alone, so a second person reads it first. Templates left as they are go out at once."
	default:
		offers = []offer{{"Copy and open page", "copy", true, !r.mayCopy(), r.copyAndOpen}}
		if r.editor.Text() == r.stored && r.stored != "" && c.Copy != nil && !errors.Is(c.Copy, reviews.ErrGate) {
			why = kit.Sentence(c.Copy)
		}
	}
	if r.s.mayClose() {
		offers = append(offers, offer{"No public reply", "ban", false, false, r.s.closeDialog})
	}
	if r.shown.mention.Status == reviews.Escalated {
		return append(offers, offer{"Resolve", "check", false, false, r.s.resolveDialog}, offer{"Take back", "undo-2", false, false, r.s.reopen}), why
	}
	return append(offers, offer{"Escalate", "users", false, false, r.s.escalateDialog}), why
}

// soundNow reports whether the words as they stand in the editor would pass the gate.
func (r *reply) soundNow() bool {
	return r.editor.Text() != "" && r.shown.choices.Result.Verdict != guard.Block && !r.fenced
}

// needsAsking reports whether the next step is to ask somebody.
func (r *reply) needsAsking() bool {
	if r.editor.Text() == "" || r.shown.reply.State == reviews.Approved || r.shown.reply.State == reviews.Copied {
		return false
	}
	return r.shown.reply.ID != 0 && !r.shown.choices.Alone && r.stored != "" && errors.Is(r.shown.choices.Copy, reviews.ErrRights)
}

// mayCopy reports whether the reply may go out: the stored words are allowed, and the words in sight are the stored ones.
func (r *reply) mayCopy() bool {
	return r.shown.choices.Copy == nil && r.editor.Text() == r.stored && r.stored != "" && !r.fenced
}

// save stores the text after a pause, unless it is called again before.
func (r *reply) save(pause time.Duration) {
	r.cancel()
	id, text, template, by, revision := r.id, r.editor.Text(), r.template, r.s.by(), r.revision
	if id == 0 || text == r.stored {
		return
	}
	r.cancel = r.s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, pause) {
			return nil
		}
		m, err := r.s.deps.Mentions.Find(ctx, id)
		if err == nil && m.Revisions != revision {
			return func() { r.fence(m.Revisions); r.s.reading.refresh() }
		}
		var saved reviews.Reply
		if err == nil {
			saved, _, err = r.s.deps.Replies.SaveDraft(ctx, id, text, template, by)
		}
		var choices reviews.Choices
		if err == nil {
			choices, err = r.s.deps.Replies.Choices(ctx, id, by)
		}
		return func() { r.saved(id, text, saved, choices, err) }
	})
}

func (r *reply) saved(id int64, text string, saved reviews.Reply, choices reviews.Choices, err error) {
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
func (r *reply) flush() {
	if r.id != 0 && !r.fenced && r.shown.choices.Write == nil {
		r.save(0)
	}
}

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

// unfence goes on with the text after the changed review was read.
func (r *reply) unfence() {
	r.fenced = false
	r.stored = "" // it is to be stored anew, for the review as it reads now
	r.save(0)
	r.refresh()
}
