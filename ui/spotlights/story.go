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
	asked   []advocacy.Question
	answers map[string]*kit.Entry
	saved   map[string]string
}

func newStoryPane(c *card) *storyPane {
	return &storyPane{c: c, content: kit.Column(theme.Space4), answers: map[string]*kit.Entry{}, saved: map[string]string{}}
}

// show makes the sheet once and then only fills in what nobody is typing in.
func (p *storyPane) show() {
	v := p.c.step.Spotlight
	if p.asked == nil {
		p.build(v)
	}
	locked := v.Stage == advocacy.Scheduled || v.Stage == advocacy.Published || v.Stage == advocacy.Archived
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

func (p *storyPane) build(v advocacy.Spotlight) {
	p.asked = advocacy.Questions(v.Occasion)
	p.content.Add(kit.Help("Ask " + p.c.step.Person.Name + ", or let them type. Facts they are glad to tell; nothing about a patient, nothing about health or pay."))
	for _, q := range p.asked {
		entry := kit.NewMultiLine("", 2)
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
