package inbox

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
)

// Commands offers what can be done here to the palette and the keyboard. The list knows J and K itself while it has the focus; the commands
// are for when nothing has.
func (s *Screen) Commands() []kit.Command {
	open := func() bool { return s.reading.id != 0 }
	owed := func() bool { return open() && !s.reading.shown.mention.Status.Done() }
	list := []kit.Command{
		{Title: "Next mention", Key: "J", Run: s.list.rows.Next},
		{Title: "Previous mention", Key: "K", Run: s.list.rows.Previous},
		{Title: "Reply", Key: "R", Run: s.reply.begin, Enabled: owed},
		{Title: "Copy the reply and open the page", Key: "Ctrl+Enter", Run: s.reply.copyAndOpen, Enabled: func() bool { return open() && (s.reply.open || s.reply.mayCopy()) }},
		{Title: "Recall the reply from the outbox", Key: "Alt+R", Run: s.reply.recall, Enabled: func() bool { return open() && s.reply.resting() }},
		{Title: "Copy the reply now, before its rest is over", Run: s.reply.hurryDialog, Enabled: func() bool { return open() && s.reply.shown.choices.Hurry }},
		{Title: "Next finding of the gate", Key: "Alt+N", Run: s.reply.stepFinding(1), Enabled: func() bool { return open() && s.reply.open }},
		{Title: "Previous finding of the gate", Key: "Alt+P", Run: s.reply.stepFinding(-1), Enabled: func() bool { return open() && s.reply.open }},
		{Title: "Use the other wording of the finding", Key: "Alt+U", Run: s.reply.sayInstead, Enabled: func() bool { return open() && s.reply.open }},
		{Title: "Private notes", Key: "M", Run: s.reply.private.begin, Enabled: func() bool { return open() && s.deps.Notes != nil }},
		{Title: "The reply is posted", Key: "Y", Run: s.reply.posted, Enabled: func() bool { return open() && s.reply.copied() && !s.reply.open }},
		{Title: "Put a line into the reply", Key: "Ctrl+L", Run: s.reply.linesDialog, Enabled: func() bool { return owed() && s.reply.open }},
		{Title: "Another wording", Key: "Alt+Right", Run: func() { s.reply.turn(fyne.KeyTab) }, Enabled: func() bool { return owed() && s.reply.chosen() >= 0 }},
		{Title: "Ask the language model on this computer", Key: "Ctrl+M", Run: s.reply.askModel, Enabled: func() bool { return owed() && s.reading.shown.model && s.reply.open }},
		{Title: "No public reply", Key: "N", Run: s.closeDialog, Enabled: s.mayClose},
		{Title: "Escalate", Key: "E", Run: s.escalateDialog, Enabled: owed},
		{Title: "Resolve the escalation", Run: s.resolveDialog, Enabled: func() bool { return open() && s.reading.shown.mention.Status == reviews.Escalated }},
		{Title: "I have it: take it up", Key: "I", Run: s.takeUp, Enabled: s.mayTakeUp},
		{Title: "Come back to it: put it off, or bring it back", Key: "B", Run: s.putOff, Enabled: owed},
		{Title: "Hand-over note", Key: "H", Run: s.handOverNote, Enabled: func() bool { return open() && s.reading.shown.escalation.Mention != 0 }},
		{Title: "Call-back script", Key: "Q", Run: s.callBack, Enabled: open},
		{Title: "Incident record of this mention", Run: s.openIncident, Enabled: func() bool { return open() && s.deps.Incidents != nil }},
		{Title: "Reopen", Key: "O", Run: s.reopen, Enabled: func() bool { return open() && s.reading.shown.mention.Status.Done() }},
		{Title: "Mark as unread", Key: "U", Run: s.markUnread, Enabled: open},
		{Title: "Flag", Key: "F", Run: s.flag, Enabled: open},
		{Title: "Assign to somebody", Key: "A", Run: s.assignDialog, Enabled: open},
		{Title: "Open the page of the review", Key: "P", Run: s.openPage, Enabled: func() bool { return open() && s.reading.page() != "" }},
		{Title: "Nominate for a spotlight", Run: s.nominate, Enabled: s.praises},
		{Title: "Say what it is about", Key: "T", Run: s.topicsDialog, Enabled: open},
		{Title: "Tag it", Key: "L", Run: s.tagsDialog, Enabled: open},
		{Title: "Legal hold: put under it or release", Run: s.hold, Enabled: open},
		{Title: "Correct: it is positive", Key: "+", Run: s.correctSentiment("positive"), Enabled: open},
		{Title: "Correct: it is mixed", Key: "=", Run: s.correctSentiment("mixed"), Enabled: open},
		{Title: "Correct: it is negative", Key: "-", Run: s.correctSentiment("negative"), Enabled: open},
		{Title: "Correct: how urgent it is", Key: "G", Run: s.urgencyDialog, Enabled: open},
		{Title: "Correct what the program understood", Key: "C", Run: s.correctDialog, Enabled: open},
		{Title: "Show why: the words that decided", Key: "W", Run: s.toggleWhy, Enabled: open},
		{Title: "Same as another mention", Key: "S", Run: s.sameDialog, Enabled: open},
		{Title: "The site refused the reply", Key: "X", Run: s.reply.refusedDialog, Enabled: s.reply.mayRefuse},
		{Title: "Export the incident folder", Key: "D", Run: s.folderDialog, Enabled: func() bool { return open() && s.deps.Folders != nil }},
		{Title: "Prove an incident folder", Run: s.proveFolder, Enabled: func() bool { return s.deps.Folders != nil }},
		{Title: "Copy the reasons for a removal report", Run: s.copyRemoval, Enabled: s.removable},
		{Title: "Show the evidence", Key: "V", Run: s.toggleEvidence, Enabled: open},
		{Title: "Add a mention by hand", Key: "Ctrl+N", Run: s.addDialog},
		{Title: "Save this search as a view", Run: s.list.saveView, Enabled: func() bool { return !s.list.query.Empty() }},
		{Title: "Mark all of this list as read", Run: s.list.markAllRead},
	}
	list = append(list, s.placeCommands()...)
	return append(list, s.templateCommands(owed)...)
}

// templateCommands take the templates by their numbers: by Alt at any time, by the digit alone while the reply is open and empty. The shell learns the keys
// with Alt once, so all of them stand here whether or not there are so many templates now.
func (s *Screen) templateCommands(owed func() bool) []kit.Command {
	var list []kit.Command
	for i := range maxTemplates {
		number := strconv.Itoa(i + 1)
		there := func() bool { return owed() && i < len(s.reply.suggestions) }
		title := "Template " + number
		if i < len(s.reply.suggestions) {
			title += ": " + s.reply.suggestions[i].Title
		}
		list = append(list, kit.Command{Title: title, Key: "Alt+" + number, Run: func() { s.reply.use(i) }, Enabled: there},
			kit.Command{Title: title + ", into the empty reply", Key: number, Run: func() { s.reply.use(i) },
				Enabled: func() bool { return there() && s.reply.open && s.reply.editor.Text() == "" }})
	}
	return list
}

// mayClose reports whether the open mention can be closed without a public reply.
func (s *Screen) mayClose() bool {
	_, err := s.reading.shown.mention.Status.After(reviews.StepClose)
	return s.reading.id != 0 && err == nil
}

func (s *Screen) markUnread() {
	s.act("Marking as unread", s.deps.Life.MarkUnread, nil)
}

func (s *Screen) toggleEvidence() {
	s.reading.proof = !s.reading.proof
	s.reading.render()
}

func (s *Screen) flag() {
	on := !s.reading.shown.mention.Starred
	s.act("Flagging", func(ctx context.Context, id int64, by actor) error { return s.deps.Life.Flag(ctx, id, on, by) }, nil)
}

func (s *Screen) reopen() {
	s.act("Reopening", s.deps.Life.Reopen, nil)
}

func (s *Screen) openPage() {
	if err := s.host.Open(s.reading.page()); err != nil {
		s.host.Fail("Opening the page", err)
	}
}
