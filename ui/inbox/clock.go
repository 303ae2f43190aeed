package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// tick draws what stands against a clock anew each minute: the chips of the open mention, and the ages in the list. The rest of a
// reply in the outbox has a clock of its own, which tells to the second when it is over.
func (s *Screen) tick() {
	if s.deps.Tick <= 0 {
		return
	}
	s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, s.deps.Tick) {
			return nil
		}
		return func() {
			s.list.rows.Reload()
			s.reading.tick()
			s.tick()
		}
	})
}

// tick sets the head of the open mention anew and nothing else, so that what is read and what is selected stays where it is.
func (r *reading) tick() {
	if r.id == 0 || len(r.body.Objects) == 0 {
		return
	}
	r.body.Objects[0] = r.head(r.shown.mention)
	r.body.Refresh()
}

// clocks are the chips of how a mention stands against its target, on the ladder, and until when it is put off.
func (r *reading) clocks(o opened) []fyne.CanvasObject {
	known, now := r.s.known(), r.s.deps.Now()
	zone := known.practice.Location()
	var chips []fyne.CanvasObject
	chip := func(text string, tone kit.Tone) { chips = append(chips, kit.NewChip(text, tone)) }
	c := reviews.ClockOf(o.mention, now, known.practice)
	switch {
	case !c.Runs:
	case c.Paused:
		chip("Clock stands still until "+c.Until.In(zone).Format("Mon 2 Jan, 15:04"), kit.ToneNeutral)
	case c.Late:
		chip(kit.Worked(c.Used)+" of "+kit.Worked(c.Target)+" used", kit.ToneBad)
	case c.Soon:
		chip(kit.Worked(c.Used)+" of "+kit.Worked(c.Target)+" used", kit.ToneWarn)
	default:
		chip(kit.Worked(c.Used)+" of "+kit.Worked(c.Target)+" used", kit.ToneNeutral)
	}
	if !o.mention.Snoozed.IsZero() {
		chip("Put off until "+o.mention.Snoozed.In(zone).Format("Mon 2 Jan, 15:04"), kit.ToneAccent)
	}
	if e := o.escalation; o.mention.Status == reviews.Escalated && e.Mention != 0 {
		rung, _ := o.ladder.Rung(e.Rung)
		switch {
		case e.Up():
			chip("Taken up by "+firstName(known.person(e.Taker)), kit.ToneGood)
		case now.After(e.Due):
			chip(rung.Title+": not taken up, "+kit.Span(now.Sub(e.Due))+" late", kit.ToneBad)
		default:
			chip(rung.Title+": take up within "+kit.Span(e.Due.Sub(now)), kit.ToneWarn)
		}
	}
	return chips
}

// channel says how much of the talk may stay in public, and why, with what to do in place of a reply.
func (r *reading) channel(o opened) fyne.CanvasObject {
	if len(o.channels) == 0 || o.mention.Status.Done() {
		return nil
	}
	first := o.channels[0]
	if first.Public == reviews.PublicReply {
		return nil
	}
	var why []string
	for _, c := range o.channels {
		if c.Public != reviews.PublicReply {
			why = append(why, c.Why)
		}
	}
	tone := kit.ToneNeutral
	if first.Public == reviews.PublicNone {
		tone = kit.ToneWarn
	}
	buttons := []kit.Button{{Title: "Call-back script", Run: r.s.callBack}}
	if r.s.mayClose() {
		buttons = append(buttons, kit.Button{Title: "No public reply", Run: r.s.closeDialog})
	}
	return kit.NewBanner(tone, first.Then+" "+strings.Join(slices.Compact(why), " "), buttons...)
}

// handedOver is the card of an escalated mention: with whom, since when, what was said.
func (r *reading) handedOver(o opened) fyne.CanvasObject {
	e := o.escalation
	if o.mention.Status != reviews.Escalated || e.Mention == 0 {
		return nil
	}
	zone := r.s.known().practice.Location()
	rung, _ := o.ladder.Rung(e.Rung)
	whom := r.s.known().person(e.Person)
	if e.Person == 0 {
		whom = rung.Contact
	}
	head := strings.Trim(whom+", "+strings.ToLower(rung.Title), ", ")
	parts := []fyne.CanvasObject{kit.NewParagraph(kit.Capital(head) + ", since " + e.Since.In(zone).Format("Mon 2 Jan, 15:04") + ".")}
	if e.Climbs > 0 {
		parts = append(parts, kit.NewParagraph(fmt.Sprintf("It climbed %s because nobody took it up in time.", times(e.Climbs, "once", "%d times"))))
	}
	for _, fact := range []struct{ name, text string }{{"Why", e.Reason}, {"Tried", e.Tried}, {"Not to be done", e.Avoid}} {
		if fact.text != "" {
			parts = append(parts, kit.NewLabel(fact.name, kit.Overline), kit.NewParagraph(fact.text))
		}
	}
	buttons := kit.Flow()
	if e.Waits() {
		buttons.Add(kit.NewPrimary("I have it", nil, r.s.takeUp))
	}
	buttons.Add(kit.NewButton("Hand-over note", nil, r.s.handOverNote))
	buttons.Add(kit.NewButton("Pass on", nil, r.s.escalateDialog))
	buttons.Add(kit.NewButton("Resolve", nil, r.s.resolveDialog))
	return kit.NewCard("Escalated", kit.Column(theme.Space2, append(parts, buttons)...))
}
