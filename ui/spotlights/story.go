package spotlights

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// storyPane is the story sheet: the questions of the occasion and their answers.
type storyPane struct {
	c       *card
	content *fyne.Container
	pane    fyne.CanvasObject // the scrolled pane it stands in
	asked   []advocacy.Question
	answers map[string]*kit.Entry
	saved   map[string]string

	language languages // of the sheet that is printed or mailed
}

func newStoryPane(c *card) *storyPane {
	p := &storyPane{c: c, content: kit.Column(theme.Space4), answers: map[string]*kit.Entry{}, saved: map[string]string{}}
	p.pane = pane(p.content, 820)
	return p
}

// show makes the sheet once and then only fills in what nobody is typing in.
func (p *storyPane) show() {
	v := p.c.step.Spotlight
	if v.Kind.Public() {
		p.showNobody()
		return
	}
	if p.asked == nil {
		p.build(v)
	}
	locked := p.locked()
	for _, q := range p.asked {
		entry, stored := p.answers[q.ID], v.Answered(q.ID)
		if entry.Text == p.saved[q.ID] {
			entry.SetText(stored)
		}
		p.saved[q.ID] = stored
		if locked {
			entry.Disable()
		} else {
			entry.Enable()
		}
	}
}

// showNobody says what a post that is about nobody has in place of a story.
func (p *storyPane) showNobody() {
	if len(p.content.Objects) > 0 {
		return
	}
	text := "This post shows nobody, so there is no story to ask for. Write its words under Texts; nobody's consent is needed unless a colleague is named or in the picture."
	if p.c.step.Spotlight.Kind == advocacy.KindEducation {
		text = "This post shows nobody, so there is no story to ask for. In its place stands a trusted page that somebody has read, and a clinician of the practice who approves the words: both are at the left. Write the words under Texts."
	}
	p.content.Add(kit.NewParagraph(text))
	p.content.Add(kit.Line(0, kit.NewButton("Go to the texts", theme.Icon("pencil"), func() { p.c.work(textsTab) })))
}

// locked reports whether what is approved stands, so that no answer can change any more.
func (p *storyPane) locked() bool {
	stage := p.c.step.Spotlight.Stage
	return stage == advocacy.Scheduled || stage == advocacy.Published || stage == advocacy.Archived
}

func (p *storyPane) build(v advocacy.Spotlight) {
	p.asked = advocacy.QuestionsFor(v.Occasion, p.c.step.Person.Job)
	p.content.Add(kit.Help("Ask " + p.c.step.Person.Name + ", or let them type. Facts they are glad to tell; nothing about a patient, nothing about health or pay."))
	p.content.Add(p.handOut())
	for _, q := range p.asked {
		entry := kit.NewMultiLine("", 2)
		entry.OnFocus = func() { kit.Reveal(p.pane, entry) }
		p.answers[q.ID] = entry
		entry.OnChanged = func(string) {
			if p.c.step.Spotlight.Stage == advocacy.StoryStage {
				p.c.showNext()
			}
		}
		help := q.Hint
		if q.Quote {
			help = strings.TrimSpace(help + " Shown in quotation marks.")
		}
		title := q.Ask
		if q.Need {
			title += " (needed)"
		}
		p.content.Add(kit.NewField(title, help, entry))
	}
	p.content.Add(kit.Line(theme.Space2, kit.NewButton("Save the answers", theme.Icon("save"), func() {
		p.save(func() { p.c.s.host.Toast("The answers are saved.") })
	})))
}

// handOut is the row of ways to let the colleague answer on their own: a sheet to print and a mail, in their language.
func (p *storyPane) handOut() fyne.CanvasObject {
	p.language = newLanguages()
	return kit.Flow(p.language.choice, kit.NewButton("Print the sheet", theme.Icon("printer"), p.print), kit.NewButton("Mail the questions", theme.Icon("mail"), p.mail))
}

// sheet is the story sheet with what is typed so far.
func (p *storyPane) sheet() advocacy.StorySheet {
	step := p.c.step
	step.Spotlight.Answers = p.typed()
	return advocacy.StorySheet{Spotlight: step.Spotlight, Person: step.Person, Practice: step.Practice, Language: p.language.id(), To: step.Actor.Name, Made: step.Now}
}

// print saves the sheet as a paper to print.
func (p *storyPane) print() {
	sheet := p.sheet()
	p.c.s.saveSheet("Printing the story sheet", "story-sheet-"+fileName(sheet.Person.Name)+".pdf", sheet.Paper(), "Saved. Print it and hand it over; the answers are typed in here.")
}

// mail puts the questions on the clipboard and opens a mail to the colleague where their address is known.
func (p *storyPane) mail() {
	_, body := p.sheet().Mail()
	p.c.s.host.Copy(body)
	to := p.c.step.Person.Email
	if to == "" {
		p.c.s.host.Toast("The mail is on the clipboard. No address of " + p.c.step.Person.Name + " is entered in Settings.")
		return
	}
	p.c.s.host.Toast("The mail is on the clipboard: paste it.")
	if err := p.c.s.host.Open("mailto:" + to); err != nil {
		p.c.s.host.Fail("Opening the mail program", err)
	}
}

// next is the field of the first question without an answer, or of the first question if all are answered. A post that shows nobody has none.
func (p *storyPane) next() *kit.Entry {
	if len(p.asked) == 0 {
		return nil
	}
	for _, q := range p.asked {
		if entry := p.answers[q.ID]; strings.TrimSpace(entry.Text) == "" {
			return entry
		}
	}
	return p.answers[p.asked[0].ID]
}

func (p *storyPane) dirty() bool {
	for id, entry := range p.answers {
		if strings.TrimSpace(entry.Text) != p.saved[id] {
			return true
		}
	}
	return false
}

// typed are the answers as they stand in the window.
func (p *storyPane) typed() []advocacy.Answer {
	var answers []advocacy.Answer
	for _, q := range p.asked {
		if text := strings.TrimSpace(p.answers[q.ID].Text); text != "" {
			answers = append(answers, advocacy.Answer{Question: q.ID, Text: text})
		}
	}
	return answers
}

func (p *storyPane) save(then func()) {
	if !p.dirty() {
		then()
		return
	}
	answers, by := p.typed(), p.c.s.actor()
	p.c.keep("Saving the answers", func(ctx context.Context) error { return p.c.s.deps.Store.SaveStory(ctx, p.c.id, answers, by) }, then)
}
