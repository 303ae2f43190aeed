package spotlights

import (
	"slices"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
)

// The panes of the card, in the order of its tabs.
const (
	storyTab = iota
	textsTab
	historyTab
)

// cardCommands are what the card offers to the palette and the keyboard.
func (s *Screen) cardCommands() []kit.Command {
	on := func(holds func(*card) bool) func() bool {
		return func() bool { return s.card != nil && s.card.step.Spotlight.ID != 0 && holds(s.card) }
	}
	always := on(func(*card) bool { return true })
	several := on(func(c *card) bool { return len(c.texts.networks) > 1 })
	return []kit.Command{
		{Title: "Take the next step", Key: "Ctrl+Enter", Run: func() { s.card.next() }, Enabled: always},
		{Title: "Save the card", Key: "Ctrl+S", Run: func() { s.card.save(nil) }, Enabled: always},
		{Title: "Change the card", Key: "E", Run: func() { s.card.change() }, Enabled: always},
		{Title: "Record a consent", Key: "C", Run: func() { s.card.consent.record() }, Enabled: always},
		{Title: "Answer the story sheet", Key: "S", Run: func() { s.card.work(storyTab) }, Enabled: always},
		{Title: "Work on the texts", Key: "T", Run: func() { s.card.work(textsTab) }, Enabled: always},
		{Title: "Next network", Key: "Ctrl+PageDown", Run: func() { s.card.texts.turn(1) }, Enabled: several},
		{Title: "Network before", Key: "Ctrl+PageUp", Run: func() { s.card.texts.turn(-1) }, Enabled: several},
		{Title: "Choose the day", Key: "D", Run: func() { s.card.when.work() }, Enabled: on(func(c *card) bool { return c.when.open() })},
		{Title: "Copy the text and open the network", Key: "Ctrl+Shift+C", Run: func() { s.card.texts.copyOut() },
			Enabled: on(func(c *card) bool { return c.step.MayCopy(c.texts.at) == nil })},
		{Title: "Mark as posted", Key: "P", Run: func() { s.card.when.postedNext() }, Enabled: on(func(c *card) bool { return len(c.texts.postable()) > 0 })},
		{Title: "Post with the practice's account", Key: "O", Run: func() { s.card.when.askNext() },
			Enabled: on(func(c *card) bool { _, ok := c.when.nextWithAccount(); return ok })},
		{Title: "Make the share kit for staff", Key: "K", Run: func() { s.card.shareKit() },
			Enabled: on(func(c *card) bool {
				return c.step.Spotlight.Stage == advocacy.Scheduled || c.step.Spotlight.Stage == advocacy.Published
			})},
		{Title: "Print the release", Run: func() { s.card.consent.print(s.card.consent.usual()) }, Enabled: always},
		{Title: "Record a patient's authorization", Run: func() { s.card.consent.authorize() }, Enabled: on(func(c *card) bool { return c.step.Spotlight.Patients > 0 })},
		{Title: "Crop the picture", Key: "X", Run: func() { s.card.picture.crop() }, Enabled: on(func(c *card) bool { return c.picture.image != nil })},
		{Title: "Add a picture", Key: "I", Run: func() { s.card.picture.choose() }, Enabled: always},
		{Title: "Send back to the draft", Run: func() { s.card.sendBack() }, Enabled: on(func(c *card) bool { return c.back.Visible() })},
		{Title: "Move a spotlight to another stage", Key: "M", Run: func() { s.card.moveMenu() }, Enabled: always},
		{Title: "Show the history", Key: "H", Run: func() { s.card.turn(historyTab) }, Enabled: always},
		{Title: "Back to all spotlights", Key: "Escape", Run: s.back, Enabled: func() bool { return s.card != nil }},
	}
}

// turn brings a pane into sight and keeps what was typed in the one before.
func (c *card) turn(pane int) {
	if c.tabs.Selected() != pane {
		c.save(nil)
		c.tabs.Select(pane)
	}
}

// work brings a pane into sight and puts the keyboard where its next work is.
func (c *card) work(pane int) {
	c.turn(pane)
	switch {
	case pane == storyTab && !c.story.locked() && c.story.next() != nil:
		c.s.host.Focus(c.story.next())
	case pane == textsTab && c.texts.writable() && len(c.texts.networks) > 0:
		c.s.host.Focus(c.texts.editor.Entry)
	}
}

// settle chooses the pane for a stage that is new here, and after a step taken here puts the keyboard where the next work is.
func (c *card) settle() {
	v := c.step.Spotlight
	if v.Stage == c.stage {
		return
	}
	c.stage = v.Stage
	pane := storyTab
	if slices.Index(advocacy.Stages(), v.Stage) >= slices.Index(advocacy.Stages(), advocacy.DraftStage) {
		pane = textsTab
	}
	c.tabs.Select(pane)
	if v.Stage != c.going {
		return
	}
	c.going = ""
	c.s.unfocus()
	if v.Stage == advocacy.StoryStage || v.Stage == advocacy.DraftStage {
		c.work(pane)
	}
}

// unfocus takes the keyboard from every field, so that single letters are commands again.
func (s *Screen) unfocus() {
	if w := s.host.Window(); w != nil {
		w.Canvas().Unfocus()
	}
}

// typeOver gives the keyboard to a field whose text is selected, so that typing replaces it.
func (s *Screen) typeOver(entry *kit.Entry) {
	s.host.Focus(entry)
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}
