package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Remembered keeps the settings of the program; *practice.Store does.
type Remembered interface {
	Setting(ctx context.Context, name string) (string, error)
	SetSetting(ctx context.Context, name, value string, by audit.Actor) error
}

// answersPane is how the practice answers: how far it says sorry, its tone, and the sheet of facts that routine questions are answered from.
type answersPane struct {
	practiceForm
	apology     *kit.Segmented
	apologyHelp *kit.Paragraph
	law         *kit.Paragraph
	lawSource   *kit.Paragraph
	tone        *kit.Segmented
	facts       []*kit.Entry
	others      map[string]string // facts that the sheet has no field for
	practice    practice.Practice
}

var apologies = []struct {
	level practice.Apology
	title string
	help  string
}{
	{practice.NoApology, "Thanks only", "Replies thank and offer to listen. The most careful choice."},
	{practice.Regret, "Regret", "Replies may say that you are sorry when anyone feels you fell short."},
	{practice.FullApology, "Apology", "Replies may say that the practice fell short. Agree on this with your insurer and counsel first."},
}

func newAnswersPane(s *Screen) *answersPane {
	p := &answersPane{practiceForm: practiceForm{screen: s, states: kit.NewStates(), part: "the answers"}, apologyHelp: kit.Help(""), law: kit.NewParagraph(""), lawSource: kit.Help("")}
	titles := make([]string, len(apologies))
	for i, a := range apologies {
		titles[i] = a.title
	}
	p.apology = kit.NewSegmented(titles, 1, func(int) { p.showLaw(); p.touched() })
	p.tone = kit.NewSegmented([]string{"Plain", "Warm", "Formal"}, 0, func(int) { p.touched() })
	fields := make([]fyne.CanvasObject, 0, len(respond.FactSheet()))
	for _, f := range respond.FactSheet() {
		e := kit.NewMultiLine(f.Example, 2)
		e.OnChanged = func(string) { p.touched() }
		p.facts = append(p.facts, e)
		fields = append(fields, kit.NewField(f.Title, "", e))
	}
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.fill, p.store = p.show, p.check
	p.form = saved(kit.Column(theme.Space6,
		kit.NewSection("How far a reply may say sorry", kit.Column(theme.Space2, kit.Line(0, p.apology), p.apologyHelp, p.law, p.lawSource)),
		kit.NewSection("Tone", kit.Column(theme.Space2, kit.Line(0, p.tone), kit.Help("The same in other words: what may be said does not change with it."))),
		kit.NewSection("Fact sheet", kit.Column(theme.Space3, kit.Help("Routine questions are answered from these lines, word for word. What is empty is said to be missing, never guessed."), kit.NewForm(fields...)))),
		"Drafts take their words from here.", p.save)
	return p
}

func (p *answersPane) name() string { return "Answers" }

func (p *answersPane) show(f practice.Practice) {
	p.practice = f
	for i, a := range apologies {
		if a.level == f.Apology {
			p.apology.SetSelected(i)
		}
	}
	p.others = map[string]string{}
	for id, text := range f.Facts {
		p.others[id] = text
	}
	for i, fact := range respond.FactSheet() {
		p.facts[i].SetText(f.Facts[fact.ID])
		delete(p.others, fact.ID)
	}
	p.showLaw()
	p.readTone()
}

func (p *answersPane) readTone() {
	p.screen.back.Run(func(ctx context.Context) func() {
		tone, err := p.screen.deps.Remembered.Setting(ctx, respond.SettingTone)
		return func() {
			for i, t := range respond.Tones() {
				if err == nil && string(t) == tone && !p.dirty {
					p.filling = true
					p.tone.SetSelected(i)
					p.filling = false
				}
			}
		}
	})
}

// showLaw says what the level means, and what is known of the law where the practice is, with its source and its age.
func (p *answersPane) showLaw() {
	a := apologies[max(0, p.apology.Selected())]
	p.apologyHelp.SetText(a.help)
	library := respond.Default()
	law, known := library.ApologyLaw(p.practice.Country, p.practice.Region)
	if !known {
		p.law.SetText("Nothing is known here of the law on apologies where the practice is. Ask counsel before going beyond thanks.")
		p.lawSource.SetText(library.ApologyCaution())
		return
	}
	text := law.Name + ": " + law.Says
	if law.Exceeds(a.level) {
		text += " The chosen level goes beyond what is known to be protected there."
	}
	p.law.SetText(text)
	source := law.Source
	if law.Basis != "" {
		source = law.Basis + ". Source: " + source
	}
	if law.URL != "" {
		source += ", " + law.URL
	}
	p.lawSource.SetText(source + ". " + policy.HowChecked(law.Status, law.Checked) + ", to be looked at again by " + law.Review + ". " + library.ApologyCaution())
}

func (p *answersPane) check() {
	facts := map[string]string{}
	for id, text := range p.others {
		facts[id] = text
	}
	for i, fact := range respond.FactSheet() {
		if text := strings.Join(strings.Fields(p.facts[i].Text), " "); text != "" {
			facts[fact.ID] = text
		}
	}
	level, tone := apologies[max(0, p.apology.Selected())].level, respond.Tones()[max(0, p.tone.Selected())]
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.Remembered.SetSetting(ctx, respond.SettingTone, string(tone), by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Saving the tone", err)
				return
			}
			p.keep(func(f *practice.Practice) { f.Apology, f.Facts = level, facts })
		}
	})
}
