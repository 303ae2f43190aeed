package inbox

import (
	"cmp"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

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
		list = append(list, onLine(kit.NewLabel("Is the reply posted on "+r.s.known().where(m.Site, m.SourceID)+"?", kit.Strong)), r.postedButton(),
			kit.NewButton("Not yet", nil, func() { r.asked = true; r.refresh() }), kit.NewQuiet("The site refused it", nil, r.refusedDialog))
	case m.Status.Done():
		text, _ := replyState(r.shown, r.s.known())
		if text == "" {
			text = statusWord(m, r.s.known())
		}
		if seen := seenText(r.shown, r.s.known().practice.Location()); seen != "" {
			text = seen
		}
		list = append(list, onLine(kit.NewLabel(text, kit.Secondary)))
		if r.unseen() {
			list = append(list, kit.InsetXY(kit.NewChip("Not seen on the site yet", kit.ToneWarn), 0, theme.Space1), kit.NewQuiet("The site refused it", nil, r.refusedDialog))
		}
		list = append(list, kit.NewButton("Reopen", theme.Icon("rotate-ccw"), r.s.reopen))
		if r.s.mayClose() {
			list = append(list, kit.NewButton("No public reply", theme.Icon("ban"), r.s.closeDialog))
		}
		if r.shown.reply.Text != "" {
			list = append(list, kit.NewQuiet("Show the reply", nil, func() { r.open = true; r.refresh() }))
		}
	default:
		write := "Reply"
		if r.resting() {
			text, _ := replyState(r.shown, r.s.known())
			list = append(list, onLine(kit.NewLabel(text, kit.Strong)), kit.Hinted(kit.NewButton("Recall", theme.Icon("undo-2"), r.recall), refused(r.shown.choices.Recall)))
		}
		if r.shown.reply.Text != "" {
			write = "Go on with the reply"
		}
		if r.copied() {
			list = append(list, onLine(kit.NewLabel("Copied, not confirmed", kit.Strong)), kit.NewButton("It is posted", theme.Icon("check"), r.posted))
		}
		list = append(list, kit.Hinted(kit.NewPrimary(write, theme.IconIn("message-square-text", theme.OnAccent), r.begin), refused(r.shown.choices.Write)))
		if refused(r.shown.choices.Write) != "" && r.shown.reply.Text != "" {
			list = append(list, kit.NewQuiet("Show the reply", nil, func() { r.open = true; r.refresh() }))
		}
		if r.s.mayClose() {
			list = append(list, kit.NewButton("No public reply", theme.Icon("ban"), r.s.closeDialog))
		}
		list = append(list, r.escalation()...)
	}
	r.bar.Objects = list
	r.bar.Hidden = r.open
	r.bar.Refresh()
}

// refused says why a role may not take a step; "" where it may, or where something else stands in the way that may pass.
func refused(err error) string {
	if !errors.Is(err, reviews.ErrRights) {
		return ""
	}
	return kit.Sentence(err)
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
	return r.copied() && !r.asked
}

// copied reports whether the reply was copied and nobody has said yet that it is posted.
func (r *reply) copied() bool {
	return r.shown.reply.State == reviews.Copied && !r.shown.mention.Status.Done()
}

func (r *reply) postedButton() fyne.CanvasObject {
	return kit.NewPrimary("Yes, it is posted", theme.IconIn("check", theme.OnAccent), r.posted)
}

// posted notes that the reply stands on the site, which answers the mention.
func (r *reply) posted() {
	r.s.act("Noting that it is posted", r.s.deps.Replies.MarkPosted, nil)
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
		approve := "Approve"
		if c.Rest > 0 {
			approve, why = "Approve and release", kit.Capital("after that it rests "+minutes(c.Rest)+" in the outbox: "+c.Why+".")
		}
		offers = []offer{{approve, "check", true, false, r.approve}, {"Send back", "undo-2", false, false, r.sendBackDialog}}
	case c.Awaits != nil && r.stored != "" && r.editor.Text() != "":
		offers = []offer{{"Record the go-ahead", "check", true, !r.soundNow() || c.GoAhead != nil, r.goAheadDialog}}
		why = "No public reply to " + c.Awaits.To + " before " + c.Awaits.Who() + " agrees."
		if c.GoAhead != nil {
			why += " " + refused(c.GoAhead)
		}
	case r.resting() && r.editor.Text() == r.stored:
		offers, why = r.outboxOffers()
	case r.needsAsking():
		offers = []offer{{"Ask for approval", "send", true, !r.soundNow() || refused(c.Ask) != "", r.ask}}
		if why = cmp.Or(refused(c.Ask), kit.Sentence(c.Copy)); refused(c.Ask) == "" && r.shown.mention.Urgency != "critical" {
			why += " Templates left as they are need no second person."
		}
	case r.toRest() > 0 && r.mayCopy():
		rest := minutes(r.toRest())
		offers = []offer{{"Into the outbox (" + rest + ")", "hourglass", true, false, r.copyAndOpen}}
		if c.Hurry && r.editor.Text() == r.stored {
			offers = append(offers, offer{"Copy now", "copy", false, false, r.hurryDialog})
		}
		why = kit.Capital(c.Why + ". It can be recalled until it is copied.")
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
