package inbox

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

const (
	closedReply = 60  // height of the reply pane while nobody replies
	openReply   = 340 // and at least while somebody does

	maxTemplates = 9 // that have a key
)

// reply is the pane beneath a mention: what may be answered, and how the gate finds it.
type reply struct {
	s           *Screen
	id          int64
	shown       opened
	suggestions []respond.Suggestion
	template    string // id of the template that was last taken
	open        bool

	stored   string // the text as it is stored
	revision int    // of the mention, when the text was begun: a later one was not read yet
	fenced   bool   // the review was changed while somebody was writing
	asked    bool   // "posted?" was asked
	offered  string // the buttons in sight
	choosing bool   // all templates are shown although something else is written
	cancel   func() // of the saving that waits
	checking func() // of the judging under way
	ticking  func() // of the clock of the outbox
	seen     string // the text before the last change, to tell what was pasted
	asking   func() // of the language model

	editor    *kit.MarkedEntry
	private   *private
	note      *kit.Banner // what the approver wrote, what changed, what is advised
	templates *fyne.Container
	when      *kit.Paragraph // when to use the template that stands there
	state     *kit.Chip
	length    *kit.Label
	why       *kit.Paragraph // why it cannot be copied
	buttons   *fyne.Container
	head      *fyne.Container
	bar       *fyne.Container // folded
	desk      *fyne.Container // unfolded
	content   *fyne.Container
}

func newReply(s *Screen) *reply {
	r := &reply{s: s, cancel: func() {}, checking: func() {}, asking: func() {}, ticking: func() {}}
	r.editor = kit.NewMarkedEntry("Write a reply, or choose a template above", 5)
	r.editor.OnChanged = r.changed
	r.editor.Entry.OnKey = func(e *fyne.KeyEvent) bool {
		if r.turn(e.Name) {
			return true
		}
		if e.Name != fyne.KeyEscape {
			return false
		}
		s.host.Focus(s.list.rows)
		return true
	}
	r.editor.Entry.OnRune = r.digit
	r.note = kit.NewBanner(kit.ToneNeutral, "")
	r.templates = kit.Flow()
	r.when = kit.Help("")
	r.state = kit.NewChip("", kit.ToneNeutral)
	r.length = kit.NewLabel("", kit.Caption)
	r.why = kit.Help("")
	r.buttons = kit.Flow()
	r.bar = kit.Flow()
	fold := kit.NewIconButton(theme.Icon("chevron-down"), "Fold", r.fold)
	r.head = kit.Line(theme.Space2, kit.NewLabel("Reply", kit.Strong), r.state, kit.Fill(nil), r.length, fold)
	r.private = newPrivate(r)
	public := kit.Column(theme.Space2, kit.Line(theme.Space2, widget.NewIcon(theme.Icon("globe")), kit.NewLabel("Public: what everybody will read", kit.Strong)), r.editor)
	sides := kit.Grid(260, theme.Space3, public, r.private.content)
	body := kit.Scrolling(kit.InsetSides(kit.MaxWidth(kit.Column(theme.Space2, r.note, r.templates, r.when, sides), 860), theme.Space6, 0, theme.Space6, theme.Space2))
	foot := kit.Column(theme.Space1, r.why, r.buttons)
	r.desk = kit.Column(0, kit.InsetSides(r.head, theme.Space6, theme.Space2, theme.Space4, theme.Space1), kit.Fill(body), kit.Hairline(),
		kit.InsetXY(foot, theme.Space6, theme.Space2))
	r.desk.Hide()
	bar := kit.InsetXY(r.bar, theme.Space6, theme.Space3)
	r.content = kit.Ground(theme.Canvas, container.NewStack(bar, r.desk))
	return r
}

// show shows the reply of a mention. Words that somebody is typing are never taken from under their hands.
func (r *reply) show(o opened) {
	same := r.id == o.mention.ID
	dirty := same && r.editor.Text() != r.stored && r.editor.Text() != o.reply.Text
	r.shown, r.id = o, o.mention.ID
	r.suggestions = o.offer.Suggestions
	if !same {
		r.template, r.fenced, r.asked, r.choosing = o.reply.Template, false, false, false
		r.revision = o.mention.Revisions
		r.open = o.reply.Text != "" && o.reply.State != reviews.Copied && !o.mention.Status.Done()
	}
	if dirty {
		r.fence(o.mention.Revisions)
	} else {
		r.stored, r.revision, r.fenced = o.reply.Text, o.mention.Revisions, false
		if r.editor.Text() != o.reply.Text {
			r.put(o.reply.Text)
		}
		r.judged(o.choices.Result)
	}
	r.private.show(o, same)
	r.refresh()
	r.watchRest()
}

// put sets the text without its being typed or pasted.
func (r *reply) put(text string) {
	r.seen = text
	r.editor.SetText(text)
}

// changed is told each change of the text. Words that stand in the private notes do not come in from the clipboard.
func (r *reply) changed(text string) {
	before := r.seen
	if pasted := inserted(before, text); utf8.RuneCountInString(pasted) > 1 && fromNotes(pasted, r.private.entry.Text) {
		r.put(before)
		r.s.host.Toast("These words stand in the private notes, which are never published. Say it in other words, without what only the practice knows")
		return
	}
	r.typed(text)
}

// refresh puts the pane in line with what is known.
func (r *reply) refresh() {
	r.showBar()
	r.showNote()
	r.showTemplates()
	r.showState()
	r.showButtons()
	r.desk.Hidden = !r.open
	r.content.Refresh()
	height := float32(closedReply)
	if r.open {
		height = max(openReply, r.s.reading.split.Size().Height*0.54)
	}
	if split := r.s.reading.split; (split.PaneSize() <= closedReply) == r.open {
		split.SetSize(height)
	} else {
		split.Refresh() // the bar may take another number of lines now
	}
}

// begin unfolds the pane and goes to the text.
func (r *reply) begin() {
	if r.id == 0 {
		return
	}
	if err := r.shown.choices.Write; err != nil {
		r.s.host.Toast(kit.Sentence(err))
		return
	}
	if !r.open {
		r.open = true
		r.refresh()
	}
	r.s.host.Focus(r.editor.Entry)
}

// digit takes a template by its number while nothing is written; in a text that has begun a digit is a digit.
func (r *reply) digit(letter rune) bool {
	i := int(letter - '1')
	if r.editor.Text() != "" || i < 0 || i >= min(len(r.suggestions), maxTemplates) {
		return false
	}
	r.use(i)
	return true
}

// fold puts the pane away; what was written stays.
func (r *reply) fold() {
	r.flush()
	r.open = false
	r.refresh()
	r.s.host.Focus(r.s.list.rows)
}

// leave ends the work on this mention: what was typed last is stored at once.
func (r *reply) leave() {
	r.flush()
	r.checking()
	r.asking()
	r.id, r.open = 0, false
	r.suggestions = nil
}

// use takes a suggested text. Words of somebody's own that it takes the place of can be had back.
func (r *reply) use(i int) {
	if i < 0 || i >= len(r.suggestions) || r.shown.choices.Write != nil {
		return
	}
	r.asking()
	id, before, template, own := r.id, r.editor.Text(), r.template, r.ownWords()
	r.open = true
	r.write(r.suggestions[i].Text, r.suggestions[i].TemplateID)
	if own {
		r.s.host.ToastUndo("The template took the place of your words", func() {
			if r.id == id {
				r.write(before, template)
			}
		})
	}
}

// write puts a text into the editor as if it had been typed, and goes to its end.
func (r *reply) write(text, template string) {
	r.template = template
	r.put(text)
	r.typed(text)
	r.refresh()
	r.s.host.Focus(r.editor.Entry)
	for _, key := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyEnd} {
		r.editor.Entry.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// ownWords reports whether something is written that is not one of the templates.
func (r *reply) ownWords() bool {
	text := r.editor.Text()
	return text != "" && !slices.ContainsFunc(r.suggestions, func(s respond.Suggestion) bool { return s.Text == text })
}

// typed judges the text at once and stores it when the typing rests.
func (r *reply) typed(text string) {
	r.seen = text
	r.judge(text)
	r.showState()
	r.showButtons()
	r.save(r.s.deps.Pause)
}

// judge lets the gate look at a text in the background; what it finds stands beside the words a moment later.
func (r *reply) judge(text string) {
	draft := r.shown.draft
	draft.Text = text
	r.checking()
	r.checking = r.s.bg.Run(func(context.Context) func() {
		result := r.s.deps.Gate.Check(draft)
		return func() { r.judged(result) }
	})
}

// stepFinding goes to the next or the previous finding.
func (r *reply) stepFinding(step int) func() {
	return func() {
		if !r.editor.StepFinding(step) {
			r.s.host.Toast("The gate has found nothing")
		}
	}
}

// sayInstead puts the wording of the finding in the place of its words; they can be had back.
func (r *reply) sayInstead() {
	text, ok := r.editor.Instead()
	if !ok || r.shown.choices.Write != nil {
		r.s.host.Toast("There is no other wording to take here")
		return
	}
	id, before, template := r.id, r.editor.Text(), r.template
	r.write(text, "")
	r.s.host.ToastUndo("Said in other words", func() {
		if r.id == id {
			r.write(before, template)
		}
	})
}

// judged shows what the gate found.
func (r *reply) judged(result guard.Result) {
	found := guard.Told(result.Findings)
	findings := make([]kit.Finding, len(found))
	for i, f := range found {
		findings[i] = kit.Finding{Start: f.Start, End: f.End, Quote: f.Quote, Why: f.Why, Instead: f.Instead, Basis: f.Basis, Tone: kit.ToneWarn}
		if f.Severity == guard.Block {
			findings[i].Tone = kit.ToneBad
		}
	}
	if !slices.Equal(findings, r.editor.Findings()) {
		r.editor.SetFindings(findings)
	}
	tone, said := verdict(r.editor.Text(), result)
	r.editor.SetVerdict(tone, said, result.Notes...)
	r.shown.choices.Result = result
	r.showButtons()
}

func wentOut(s reviews.ReplyState) bool {
	return s == reviews.Copied || s == reviews.Posted || s == reviews.OnSite
}

// verdict is how a text stands, in words.
func verdict(text string, result guard.Result) (kit.Tone, string) {
	switch {
	case text == "":
		return kit.ToneNeutral, ""
	case result.Verdict == guard.Block:
		return kit.ToneBad, "This may not be published yet. Change the words below."
	case result.Verdict == guard.Warn:
		return kit.ToneWarn, "It may be published. Look at the words below once more."
	}
	return kit.ToneGood, "Safe to publish."
}

// showNote says the one thing that matters most before writing.
func (r *reply) showNote() {
	m, a := r.shown.mention, r.shown.advice
	tone, text := kit.ToneNeutral, ""
	switch {
	case r.shown.choices.Stale && wentOut(r.shown.reply.State):
		tone, text = kit.ToneWarn, "This reply went out, and the review was changed since. Read it again, and change the reply if it no longer fits."
	case r.fenced || r.shown.choices.Stale:
		tone, text = kit.ToneWarn, "The review was changed after this was written. Read it again before the reply goes out."
	case r.shown.reply.State == reviews.SentBack:
		tone, text = kit.ToneWarn, "Sent back: "+r.shown.reply.Note
	case r.shown.reply.State == reviews.Rejected:
		tone, text = kit.ToneWarn, "The site did not take it. "+r.shown.reply.Note
	case r.gap() != "" && !m.Status.Done():
		tone, text = kit.ToneNeutral, r.gap()
	case a != nil && !m.Status.Done():
		tone, text = kit.ToneWarn, "No public reply is the safer choice here: "+a.Text+". "+a.When
	}
	r.note.Hidden = text == ""
	r.note.Set(tone, text)
}

// showTemplates offers what could be written. Once something else stands there they make room for what the gate says.
func (r *reply) showTemplates() {
	text := r.editor.Text()
	r.templates.Objects = nil
	r.templates.Hidden = r.shown.choices.Write != nil || len(r.suggestions) == 0
	if r.ownWords() && !r.choosing {
		chip := kit.NewChip(fmt.Sprintf("Templates (%d)", len(r.suggestions)), kit.ToneNeutral)
		chip.OnTapped = func() { r.choosing = true; r.showTemplates() }
		r.templates.Objects = []fyne.CanvasObject{chip}
	} else {
		for i, suggestion := range r.suggestions {
			tone := kit.ToneNeutral
			if text == suggestion.Text {
				tone = kit.ToneAccent
			}
			chip := kit.NewChip(strconv.Itoa(i+1)+"  "+suggestion.Title, tone)
			chip.OnTapped = func() { r.use(i) }
			r.templates.Objects = append(r.templates.Objects, chip)
		}
		r.templates.Objects = append(r.templates.Objects, kit.InsetXY(kit.NewLabel(templateKeys(len(r.suggestions), text == "", r.chosen() >= 0), kit.Caption), 0, theme.Space1))
	}
	r.templates.Objects = append(r.templates.Objects, r.aids()...)
	r.showWhen()
	r.desk.Refresh()
}

// templateKeys says which keys choose a template now.
func templateKeys(n int, blank, chosen bool) string {
	keys := "Alt+1"
	if n = min(n, maxTemplates); n > 1 {
		keys += " to " + strconv.Itoa(n)
	}
	switch {
	case blank:
		return "Press the number, or " + keys + " at any time"
	case chosen && n > 1:
		return "Tab: another wording; " + keys
	}
	return keys
}

func (r *reply) showState() {
	text, tone := replyState(r.shown, r.s.known())
	if r.editor.Text() != r.stored {
		text, tone = "Saving", kit.ToneNeutral
	}
	r.state.Hidden = text == ""
	r.state.SetText(text)
	r.state.SetTone(tone)
	r.length.SetText(lengthOf(r.editor.Text(), r.shown.mention.Site))
	r.head.Refresh()
	enable(r.editor.Entry, r.shown.choices.Write == nil)
}

// lengthOf says how long a text is; near the limit of the site, in what the site counts.
func lengthOf(text, siteID string) string {
	if text == "" {
		return ""
	}
	if site, known := respond.SiteOf(siteID); known && site.Limit > 0 && site.Length(text) > site.Limit*3/4 {
		return fmt.Sprintf("%s of %s %s", kit.Count(site.Length(text)), kit.Count(site.Limit), site.Unit)
	}
	n := utf8.RuneCountInString(text)
	if n == 1 {
		return "1 character"
	}
	return kit.Count(n) + " characters"
}

func replyState(o opened, known *names) (string, kit.Tone) {
	if o.reply.ID == 0 || o.reply.Text == "" {
		return "", kit.ToneNeutral
	}
	switch o.reply.State {
	case reviews.Draft:
		return "Draft, saved", kit.ToneNeutral
	case reviews.Asked:
		return "Waits for approval", kit.ToneWarn
	case reviews.Approved:
		return "Approved by " + firstName(known.person(o.reply.Approver)), kit.ToneGood
	case reviews.SentBack:
		return "Sent back", kit.ToneWarn
	case reviews.Rejected:
		return "Not taken by the site", kit.ToneWarn
	case reviews.Copied:
		return "Copied, not confirmed", kit.ToneWarn
	case reviews.Released:
		if o.choices.Left > 0 {
			return "In the outbox, " + minutes(o.choices.Left), kit.ToneWarn
		}
		return "Rested, ready to copy", kit.ToneGood
	}
	return kit.Capital(string(o.reply.State)), kit.ToneGood
}
