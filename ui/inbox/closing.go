package inbox

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// twoLines is the height that the explanation of a reason needs at most, so that the dialog does not change its size with it.
const twoLines = 2*theme.Space6 - theme.Space1

// closeDialog asks why no public reply is the right answer. Where a reply was copied it asks first whether it was posted: then there is one.
func (s *Screen) closeDialog() {
	if !s.reply.copied() {
		s.closeBy(s.deps.Life.Close)
		return
	}
	s.host.Dialog("Was the copied reply posted?", kit.Help("If it stands on the site, the mention is answered."),
		kit.Button{Title: "Yes, it is posted", Primary: true, Run: s.reply.posted},
		kit.Button{Title: "No, it was not posted", Run: func() { s.closeBy(s.deps.Life.CloseUnposted) }}, kit.Button{Title: "Cancel"})
}

// closeBy asks for the reason. One that fits the mention stands there; where none does, a person chooses.
func (s *Screen) closeBy(end func(ctx context.Context, id int64, reason string, by actor) error) {
	reasons := s.deps.Templates.SafeReasons()
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = r.Text
	}
	help := kit.Help("Choose a reason. A recorded decision counts as handled in every figure.")
	say := func(text string, style kit.Style) {
		help.SetStyle(style)
		help.SetText(text)
	}
	choice := newReasonChoice(texts, func(i int) { say(reasons[i].When, kit.Secondary) })
	own := kit.NewEntry("Or in your own words")
	if fitting, ok := s.deps.Templates.Fitting(s.reading.shown.mention); ok {
		choice.SetSelectedIndex(slices.IndexFunc(reasons, func(r respond.Reason) bool { return r.ID == fitting.ID }))
	}
	var closeIt func()
	decide := func() {
		reason := strings.TrimSpace(own.Text)
		if reason == "" {
			reason = choice.Selected
		}
		if reason == "" {
			say("Choose a reason or write one, so that others know why nothing was written.", kit.Secondary.In(theme.Bad))
			s.host.Focus(choice)
			return
		}
		closeIt()
		s.reply.leave()
		s.act("Closing", func(ctx context.Context, id int64, by actor) error {
			return end(ctx, id, reason, by)
		},
			func(id int64) {
				s.reply.open = false
				s.undoable("Closed without a public reply")(id)
			})
	}
	own.OnSubmitted = func(string) { decide() }
	closeIt = s.host.Dialog("No public reply",
		kit.Column(theme.Space3, kit.NewField("Reason", "", kit.Framed(choice)), container.NewStack(kit.Gap(twoLines), help), own),
		kit.Button{Title: "No public reply", Primary: true, Stay: true, Run: decide}, kit.Button{Title: "Cancel"})
	s.host.Focus(choice)
}

// reasonChoice is a choice in which the arrows go on from the reason that stands there, as in other programs; Fyne's opens its list at the top.
type reasonChoice struct{ widget.Select }

func newReasonChoice(texts []string, onChosen func(int)) *reasonChoice {
	c := &reasonChoice{}
	c.ExtendBaseWidget(c)
	c.Options, c.PlaceHolder = texts, "Choose"
	c.OnChanged = func(string) { onChosen(c.SelectedIndex()) }
	return c
}

// TypedKey moves with the arrows, opens the list with space, and leaves return and Escape to the dialog.
func (c *reasonChoice) TypedKey(e *fyne.KeyEvent) {
	at := c.SelectedIndex()
	switch e.Name {
	case fyne.KeyDown:
		c.SetSelectedIndex(min(at+1, len(c.Options)-1))
	case fyne.KeyUp:
		c.SetSelectedIndex(max(at-1, 0))
	case fyne.KeyHome:
		c.SetSelectedIndex(0)
	case fyne.KeyEnd:
		c.SetSelectedIndex(len(c.Options) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		kit.PassKey(c, e)
	default:
		c.Select.TypedKey(e)
	}
}
