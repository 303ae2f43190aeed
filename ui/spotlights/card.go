package spotlights

import (
	"bytes"
	"context"
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// card is one spotlight with all that belongs to it. Its parts are made once and told what changed, so that nothing typed is lost when
// data changes underneath.
type card struct {
	s       *Screen
	id      int64
	content *fyne.Container
	cancel  func()

	states  *kit.States
	step    advocacy.Step
	title   *kit.Label
	sub     *kit.Label
	track   *fyne.Container
	missing *kit.Banner
	reason  *kit.Label
	forward *widget.Button
	back    *widget.Button // send back, only in review and when scheduled
	tabs    *kit.Tabs

	consent *consentPane
	ground  *groundPane // of a public post, in place of the consent
	story   *storyPane
	picture *picturePane
	texts   *textsPane
	when    *whenPane
	history *fyne.Container
	stage   advocacy.Stage    // for which the pane was chosen
	going   advocacy.Stage    // where a step taken here leads; the keyboard then goes where the next work is
	left    fyne.CanvasObject // the scrolled pane of what must be on record
}

// found is what one reading of a card brings.
type found struct {
	step    advocacy.Step
	lines   []audit.Line
	downs   []advocacy.TakeDown
	picture image.Image

	accounts []advocacy.Account // of the practice
	posts    []advocacy.Post

	bad error // why the picture cannot be shown
}

func newCard(s *Screen, id int64) *card {
	c := &card{s: s, id: id, cancel: func() {}, states: kit.NewStates(), track: kit.Line(theme.Space1), history: kit.Column(theme.Space3)}
	c.title, c.sub = kit.NewLabel("", kit.Title).Ellipsis(), kit.NewLabel("", kit.Secondary).Ellipsis()
	c.missing, c.reason = kit.NewBanner(kit.ToneAccent, ""), kit.NewLabel("", kit.Body).Ellipsis()
	c.forward = kit.NewPrimary("", nil, c.next)
	c.back = kit.NewButton("Send back", theme.Icon("undo-2"), c.sendBack)
	c.consent, c.story, c.picture, c.texts, c.when = newConsentPane(c), newStoryPane(c), newPicturePane(c), newTextsPane(c), newWhenPane(c)
	c.ground = newGroundPane(c)
	c.tabs = kit.NewTabs(kit.Tab{Title: "Story sheet", Content: c.story.pane}, kit.Tab{Title: "Texts", Content: c.texts.pane},
		kit.Tab{Title: "History", Content: pane(c.history, 820)})
	c.tabs.OnChanged = func(int) { c.save(nil) }
	c.content = container.NewStack(c.states)
	c.states.ShowLoading("Reading the spotlight")
	c.listenForDrops()
	return c
}

func pane(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	return kit.Scrolling(kit.InsetSides(kit.MaxWidth(o, width), 0, theme.Space4, theme.Space2, theme.Space6))
}

// layout sets the parts: the head above, what must be on record at the left, what is written at the right.
func (c *card) layout() fyne.CanvasObject {
	leave := kit.NewIconButton(theme.Icon("arrow-left"), "Back to all spotlights (Escape)", c.s.back)
	change := kit.NewIconButton(theme.Icon("pencil"), "Change the title, the reason and the day (E)", c.change)
	more := kit.NewButton("Move", theme.Icon("ellipsis"), c.moveMenu)
	names := kit.Column(theme.Space1, kit.Tipped(c.title), kit.Tipped(c.sub), c.reason)
	head := kit.Column(theme.Space3, kit.Line(theme.Space3, leave, kit.NewAvatar(c.step.Person.Name, 40), kit.Fill(names), change, more, c.back, c.forward), c.track, c.missing)
	ground := kit.NewCard("Consent", c.consent.content, kit.NewQuiet("Record", theme.Icon("plus"), c.consent.record))
	if c.step.Spotlight.Kind.Public() {
		ground = kit.NewCard("What it stands on", c.ground.content)
	}
	when := kit.NewCard("When and where", c.when.content)
	record := kit.Column(theme.Space4, ground, when, kit.NewCard("Picture", c.picture.content))
	if stage := c.step.Spotlight.Stage; stage == advocacy.Scheduled || stage == advocacy.Published {
		record.Objects[0], record.Objects[1] = when, ground // what is to be done now stands first
	}
	c.left = kit.Scrolling(kit.InsetSides(record, theme.Space6, theme.Space1, theme.Space4, theme.Space6))
	right := kit.InsetSides(c.tabs, theme.Space4, theme.Space1, theme.Space6, 0)
	split := kit.NewSplit(c.left, right, 400)
	split.MinFirst, split.MinSecond = 340, 420
	return container.NewBorder(kit.InsetSides(head, theme.Space6, theme.Space4, theme.Space6, theme.Space3), nil, nil, nil, split)
}

func (c *card) reload() {
	c.cancel()
	by, held := c.s.actor(), c.picture.shown
	c.cancel = c.s.bg.Run(func(ctx context.Context) func() {
		f, err := c.read(ctx, by, held)
		return func() {
			if err != nil {
				c.states.ShowError("The spotlight could not be read", err, c.reload)
				return
			}
			c.show(f)
		}
	})
}

func (c *card) read(ctx context.Context, by audit.Actor, held string) (found, error) {
	var f found
	var err error
	if f.step, err = c.s.deps.Store.Step(ctx, c.id, by); err != nil {
		return f, err
	}
	if f.lines, err = c.s.deps.Store.History(ctx, c.id); err != nil {
		return f, err
	}
	if f.downs, err = c.s.deps.Store.TakeDownsOf(ctx, c.id); err != nil {
		return f, err
	}
	if err = c.readAccounts(ctx, &f); err != nil {
		return f, err
	}
	if p := f.step.Spotlight.Picture; p.File != "" && p.Hash != held {
		data, err := c.s.deps.Store.ReadPicture(ctx, p)
		if err == nil {
			f.picture, _, err = image.Decode(bytes.NewReader(data))
		}
		f.bad = err
	}
	return f, nil
}

func (c *card) show(f found) {
	first := c.step.Spotlight.ID == 0
	c.step = f.step
	v := c.step.Spotlight
	c.title.SetText(v.Title)
	c.sub.SetText(c.subtitle())
	c.reason.SetText("“" + strings.Join(strings.Fields(v.Reason), " ") + "”")
	shown(c.reason, v.Reason != "")
	c.consent.show()
	c.ground.show()
	c.story.show()
	c.picture.show(f)
	c.when.accounts, c.when.tries = f.accounts, f.posts
	c.texts.show()
	c.when.show(f.downs)
	c.showHistory(f.lines)
	c.showNext()
	if first {
		c.states.ShowContent(c.layout())
	}
	c.settle()
}

func (c *card) subtitle() string {
	v, parts := c.step.Spotlight, []string{}
	if c.step.Person.Job != "" {
		parts = append(parts, c.step.Person.Job)
	}
	if o, ok := advocacy.OccasionByID(v.Occasion); ok && !strings.HasPrefix(v.Title, o.Name) {
		parts = append(parts, o.Name)
	}
	if v.Kind.Public() {
		return v.Kind.Name() + " · planned by " + c.s.overall.nominator(v) + " on " + v.Created.In(c.step.Practice.Location()).Format("2 January 2006")
	}
	parts = append(parts, "nominated by "+c.s.overall.nominator(v)+" on "+v.Created.In(c.step.Practice.Location()).Format("2 January 2006"))
	return strings.Join(parts, " · ")
}

// showTrack draws the way from nomination to published and where this spotlight stands on it.
func (c *card) showTrack() {
	c.track.Objects = nil
	at := slices.Index(advocacy.Stages(), c.step.Spotlight.Stage)
	for i, stage := range advocacy.Stages() {
		tone, text := kit.ToneNeutral, stageTitle(stage)
		switch {
		case i == at:
			tone = kit.ToneAccent
		case i < at && at < len(advocacy.Stages())-1:
			tone, text = kit.ToneGood, "✓ "+text
		}
		if stage == advocacy.Archived && i != at || c.step.Spotlight.Kind.Public() && i < slices.Index(advocacy.Stages(), advocacy.DraftStage) {
			continue
		}
		c.track.Add(kit.NewChip(text, tone))
	}
	c.track.Refresh()
}

// forwardStep is the stage after the present one and what the button to it says.
func (c *card) forwardStep() (to advocacy.Stage, says string) {
	switch c.step.Spotlight.Stage {
	case advocacy.Nominated:
		if c.covered() {
			return advocacy.ConsentAsked, "Begin the story"
		}
		return advocacy.ConsentAsked, "Ask for consent"
	case advocacy.ConsentAsked:
		return advocacy.StoryStage, "Begin the story"
	case advocacy.StoryStage:
		return advocacy.DraftStage, "Write the texts"
	case advocacy.DraftStage:
		return advocacy.ReviewStage, "Send to review"
	case advocacy.ReviewStage:
		return advocacy.Scheduled, "Approve and schedule"
	case advocacy.Scheduled:
		return advocacy.Published, "Finish"
	case advocacy.Published:
		return advocacy.Archived, "Archive"
	}
	if c.step.Allows(advocacy.Published) == nil {
		return advocacy.Published, "Bring back"
	}
	return advocacy.Nominated, "Bring back"
}

// covered reports whether a nomination needs no question, since a consent on file allows the story already.
func (c *card) covered() bool {
	asked := c.step
	asked.Spotlight.Stage = advocacy.ConsentAsked
	return c.step.Spotlight.Stage == advocacy.Nominated && asked.Allows(advocacy.StoryStage) == nil
}

// showNext says what is missing for the next step, and opens the button when nothing is.
func (c *card) showNext() {
	c.showTrack()
	v := c.step.Spotlight
	to, says := c.forwardStep()
	c.forward.SetText(says)
	step := c.step
	if v.Stage == advocacy.StoryStage {
		step.Spotlight.Answers = c.story.typed() // what is typed is saved on the way to the next step
	}
	err := step.Allows(to)
	if err != nil {
		c.forward.Disable()
	} else {
		c.forward.Enable()
	}
	shown(c.forward, err == nil || v.Stage != advocacy.Scheduled) // posting the last text finishes by itself
	if v.Stage == advocacy.ReviewStage || v.Stage == advocacy.Scheduled {
		c.back.Show()
	} else {
		c.back.Hide()
	}
	tone, text := kit.ToneGood, "Everything for the next step is here."
	switch {
	case v.Stage == advocacy.Published || v.Stage == advocacy.Archived:
		text = ""
	case v.Stage == advocacy.Scheduled:
		tone, text = kit.ToneAccent, "Approved. Copy each text, post it, and mark it as posted under “When and where”."
	case err != nil:
		tone, text = kit.ToneAccent, said(err)
	case c.covered():
		text = "A consent of " + c.step.Person.Name + " is on file, so the story can begin."
	case v.Stage == advocacy.Nominated:
		tone, text = kit.ToneAccent, "Ask "+c.step.Person.Name+" whether they would like to be shown, where, and with what."
	}
	if v.Note != "" {
		tone, text = kit.ToneWarn, strings.TrimSpace("Sent back: "+v.Note+" "+text)
	}
	c.missing.Set(tone, text)
	c.missing.Hidden = text == ""
	c.content.Refresh()
}

// said is the sentence of an error of the domain without the name of its kind.
func said(err error) string {
	text := err.Error()
	for _, kind := range []error{advocacy.ErrStep, advocacy.ErrConsent, advocacy.ErrGate, advocacy.ErrRights, advocacy.ErrLength, advocacy.ErrNotFound} {
		text = strings.TrimSuffix(text, ": "+kind.Error())
	}
	return strings.TrimSuffix(text, ".") + "."
}

// next keeps what was typed and takes the next step.
func (c *card) next() {
	c.save(func() {
		to, _ := c.forwardStep()
		if err := c.step.Allows(to); err != nil {
			c.missing.Set(kit.ToneWarn, said(err))
			return
		}
		if c.covered() {
			c.going = advocacy.StoryStage
			c.s.beginStory(c.id)
			return
		}
		c.going = to
		c.s.move(c.id, c.step.Spotlight.Stage, to, func() {
			if to == advocacy.DraftStage && len(c.step.Spotlight.Variants) == 0 {
				c.texts.write()
			}
		})
	})
}

// moveMenu offers every stage, so that the way there needs no pointer; those that cannot be reached say why.
func (c *card) moveMenu() {
	list := kit.Column(theme.Space2)
	var shut func()
	for _, stage := range advocacy.Stages() {
		if stage == c.step.Spotlight.Stage {
			continue
		}
		step := kit.NewButton(stageTitle(stage), nil, func() {
			shut()
			c.going = stage
			c.save(func() { c.s.move(c.id, c.step.Spotlight.Stage, stage, nil) })
		})
		step.Alignment = widget.ButtonAlignLeading
		list.Add(step)
		if err := c.step.Allows(stage); err != nil {
			step.Disable()
			list.Add(kit.Help(said(err)))
		}
	}
	shut = c.s.host.Dialog("Move to", kit.MaxWidth(list, 420), kit.Button{Title: "Close"})
}

// change asks for the title, the reason and the day by which the next step is wanted.
func (c *card) change() {
	v, by := c.step.Spotlight, c.s.actor()
	title, why, due := kit.NewEntry(""), kit.NewMultiLine("What makes this colleague worth showing", 3), c.s.newDay(v.Due)
	title.SetText(v.Title)
	why.SetText(v.Reason)
	field := kit.NewField("Title", "", title)
	form := kit.NewForm(field, kit.NewField("Why", "Never name a patient here. The colleague may read it.", why),
		kit.NewField("Next step wanted by", "Empty: no day. It stands in the calendar.", due.content))
	var shut func()
	save := func() {
		name, reason, day := strings.TrimSpace(title.Text), strings.TrimSpace(why.Text), due.text()
		c.s.bg.Run(func(ctx context.Context) func() {
			err := c.s.deps.Store.SaveCard(ctx, c.id, name, reason, day, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				c.s.reload()
			}
		})
	}
	title.OnSubmitted = func(string) { save() }
	shut = c.s.host.Dialog("Change the card", kit.MaxWidth(form, 440), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	c.s.host.Focus(title)
}

func (c *card) sendBack() {
	why := kit.NewMultiLine("What should change", 3)
	field := kit.NewField("Note for the author", "", why)
	by := c.s.actor()
	var shut func()
	shut = c.s.host.Dialog("Send back to the draft", kit.MaxWidth(field, 420), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Send back", Primary: true, Stay: true, Run: func() {
			if strings.TrimSpace(why.Text) == "" {
				field.SetError("Say in a line what should change.")
				return
			}
			shut()
			c.s.do("Sending it back", func(ctx context.Context) error { return c.s.deps.Store.SendBack(ctx, c.id, why.Text, by) },
				func() { c.s.host.Toast("Sent back to the draft.") })
		}})
	c.s.host.Focus(why)
}

// save stores what was typed and not stored yet; then runs when all of it is.
func (c *card) save(then func()) {
	c.story.save(func() {
		c.texts.save(func() {
			c.picture.save(func() {
				if then != nil {
					then()
				}
			})
		})
	})
}

// keep runs a step for the card and reads it anew before then runs.
func (c *card) keep(doing string, work func(ctx context.Context) error, then func()) {
	by, held := c.s.actor(), c.picture.shown
	c.s.bg.Run(func(ctx context.Context) func() {
		err := work(ctx)
		var f found
		if err == nil {
			f, err = c.read(ctx, by, held)
		}
		return func() {
			if err != nil {
				c.s.host.Fail(doing, err)
				return
			}
			c.show(f)
			if then != nil {
				then()
			}
		}
	})
}

func (c *card) showHistory(lines []audit.Line) {
	c.history.Objects = nil
	zone := c.step.Practice.Location()
	for _, line := range lines {
		who := line.Who.Name
		if who == "" {
			who = "Somebody"
		}
		detail := ""
		switch line.Did {
		case "moved the spotlight":
			detail = " to “" + line.After + "”"
		case "chose the date":
			detail = ": " + line.After
		}
		c.history.Add(kit.Column(2, kit.NewLabel(who+" "+line.Did+detail, kit.Body).Ellipsis(), kit.NewLabel(line.At.In(zone).Format("Mon 2 January 2006, 15:04"), kit.Caption)))
	}
	c.history.Refresh()
}

func (c *card) close() {
	c.cancel()
	if w := c.s.host.Window(); w != nil {
		w.SetOnDropped(nil)
	}
}

// listenForDrops takes a picture that is dropped on the window while the card is open.
func (c *card) listenForDrops() {
	if w := c.s.host.Window(); w != nil {
		w.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
			if len(files) > 0 {
				c.s.Drop(files[0])
			}
		})
	}
}
