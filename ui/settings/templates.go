package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Wordings keeps what the practice did to the templates; *reviews.Store does.
type Wordings interface {
	KeptTemplates(ctx context.Context) ([]reviews.KeptTemplate, error)
	TemplateHistory(ctx context.Context, id string) ([]reviews.TemplateVersion, error)
	SaveTemplate(ctx context.Context, t reviews.OwnTemplate, by audit.Actor) (reviews.TemplateVersion, error)
	ApproveTemplate(ctx context.Context, id string, by audit.Actor) error
	RestoreTemplate(ctx context.Context, id string, by audit.Actor) error
	SwitchTemplate(ctx context.Context, id string, off bool, by audit.Actor) error
}

// templatesPane is the list of templates, or the form of one.
type templatesPane struct {
	screen *Screen
	states *kit.States
	read   reading
	trial  respond.Trial
	all    []respond.Listed
	shown  []respond.Listed
	words  string // that are looked for
	table  *kit.Table
	search *kit.Search
	list   fyne.CanvasObject
	form   *templateForm // that is open; nil: the list is in sight
}

func newTemplatesPane(s *Screen) *templatesPane {
	p := &templatesPane{screen: s, states: kit.NewStates()}
	p.table = kit.NewTable(kit.TableColumn{Title: "Template"}, kit.TableColumn{Title: "For", Width: 110}, kit.TableColumn{Title: "Sorry", Width: 90},
		kit.TableColumn{Title: "Language", Width: 90}, kit.TableColumn{Title: "State", Width: 150})
	p.table.OnOpened = func(row int) { p.open(p.shown[row]) }
	p.search = kit.NewSearch("Search templates", func(words string) { p.words = words; p.show() }, nil)
	head := kit.InsetXY(kit.Column(theme.Space2, p.search, kit.Help("Open one to read it, to see it filled in, or to write your own version. What ships can always be restored.")), theme.Space6, theme.Space3)
	p.list = kit.Column(0, head, kit.Fill(kit.InsetXY(p.table, theme.Space6, 0)))
	p.states.ShowLoading("Reading the templates")
	return p
}

func (p *templatesPane) name() string               { return "Templates" }
func (p *templatesPane) content() fyne.CanvasObject { return p.states }

func (p *templatesPane) commands() []kit.Command {
	if f := p.form; f != nil {
		return []kit.Command{{Title: "Save the template", Key: "Ctrl+S", Run: f.save, Enabled: func() bool { return f.flaw == "" }},
			{Title: "Approve the template", Key: "Ctrl+Enter", Run: f.approve, Enabled: func() bool { return f.listed.Waiting != nil }},
			{Title: "Back to the templates", Key: "Escape", Run: p.back}}
	}
	return []kit.Command{{Title: "Search the templates", Key: "F", Run: func() { p.screen.host.Focus(p.search) }}}
}

func (p *templatesPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		trial, err := p.screen.deps.Trial(ctx)
		var kept []reviews.KeptTemplate
		if err == nil {
			kept, err = p.screen.deps.Wordings.KeptTemplates(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The templates could not be read", err, p.load)
				return
			}
			p.trial, p.all = trial, respond.Default().Listed(kept)
			if p.form == nil {
				p.show()
				p.states.ShowContent(p.list)
			}
		}
	})
}

// show fills the table with what has all the words that are looked for.
func (p *templatesPane) show() {
	p.shown = nil
	var rows [][]kit.Cell
	for _, t := range p.all {
		text := strings.ToLower(t.Title + " " + t.ID + " " + t.When + " " + string(t.Kind) + " " + strings.Join(t.Wordings, " "))
		if slices.ContainsFunc(strings.Fields(strings.ToLower(p.words)), func(w string) bool { return !strings.Contains(text, w) }) {
			continue
		}
		p.shown = append(p.shown, t)
		rows = append(rows, []kit.Cell{{Text: t.Title, Strong: true}, {Text: string(t.Kind), Secondary: true}, {Text: string(t.Apology), Secondary: true},
			{Text: t.Language, Secondary: true}, stateOf(t)})
	}
	p.table.SetRows(rows)
}

func stateOf(t respond.Listed) kit.Cell {
	switch {
	case t.Waiting != nil:
		return kit.Cell{Text: "Waits for approval", Tone: kit.ToneWarn}
	case t.Off:
		return kit.Cell{Text: "Switched off", Secondary: true}
	case t.Own:
		return kit.Cell{Text: fmt.Sprintf("Yours, version %d", t.Version), Tone: kit.ToneAccent}
	}
	return kit.Cell{Text: "As shipped", Secondary: true}
}

func (p *templatesPane) open(t respond.Listed) {
	p.form = newTemplateForm(p, t)
	p.states.ShowContent(p.form.content)
	p.screen.host.Focus(p.form.words.Entry)
}

func (p *templatesPane) back() {
	p.form = nil
	p.states.ShowContent(p.list)
	p.load()
}

// templateForm is one template: its wordings with what the gate says of them, how they read when filled in, and the steps of its life.
type templateForm struct {
	pane    *templatesPane
	listed  respond.Listed
	words   *kit.MarkedEntry
	preview *fyne.Container
	history *kit.Paragraph
	flaw    string // why it cannot be kept; "" when it can
	content fyne.CanvasObject
}

func newTemplateForm(p *templatesPane, t respond.Listed) *templateForm {
	f := &templateForm{pane: p, listed: t, preview: kit.Column(theme.Space2), history: kit.Help("")}
	wordings := t.Template.Wordings
	if t.Waiting != nil {
		wordings = t.Waiting.Template.Wordings
	}
	f.words = kit.NewMarkedEntry("One wording a paragraph, with an empty line between two", 9)
	f.words.SetText(strings.Join(wordings, "\n\n"))
	f.words.OnChanged = func(string) { f.judge() }
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel(t.Title, kit.Heading), kit.NewLabel(t.ID, kit.Caption)), kit.NewButton("Back", theme.Icon("arrow-left"), p.back))
	buttons := kit.Flow(kit.NewPrimary("Save as your version", nil, f.save))
	if t.Waiting != nil {
		buttons.Add(kit.NewButton("Approve", theme.Icon("check"), f.approve))
	}
	if t.Own || t.Waiting != nil {
		buttons.Add(kit.NewButton("Restore the shipped text", theme.Icon("undo-2"), f.restore))
	}
	turn := "Switch off"
	if t.Off {
		turn = "Switch on"
	}
	buttons.Add(kit.NewButton(turn, nil, f.turn))
	f.content = scrolled(kit.Column(theme.Space4, head, kit.NewField("When to use it", "", kit.NewParagraph(t.When)),
		kit.NewField("Wordings", "They take turns. Variables: "+strings.Join(respond.Variables(), " "), f.words), buttons,
		kit.NewSection("As it would read", f.preview), kit.NewSection("Where it comes from", kit.Column(theme.Space1, kit.Help(whence(t)), f.history))))
	f.judge()
	f.readHistory()
	return f
}

func whence(t respond.Listed) string {
	if t.Own {
		return t.Source + ", approved on " + t.Checked + "."
	}
	return fmt.Sprintf("%s. Version %d, %s.", t.Source, t.Version, t.Checked)
}

// paragraphs are the wordings that are typed.
func paragraphs(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func (f *templateForm) typed() respond.Template {
	t := f.listed.Template
	t.Wordings, t.Tones = paragraphs(f.words.Text()), nil
	return t
}

// judge fills in what is typed, and says what the gate finds.
func (f *templateForm) judge() {
	t, p := f.typed(), f.pane
	trial := p.trial
	p.read.run(p.screen.back, func(context.Context) func() {
		err := trial.Sound(t)
		texts := respond.Filled(t, respond.Ground{Practice: trial.Practice})
		return func() {
			f.flaw = ""
			if err != nil {
				f.flaw = kit.Sentence(err)
				f.words.SetVerdict(kit.ToneBad, f.flaw)
			} else {
				f.words.SetVerdict(kit.ToneGood, "Safe however its variables are filled.")
			}
			f.preview.Objects = nil
			for _, text := range texts {
				f.preview.Objects = append(f.preview.Objects, kit.NewParagraph(text))
			}
			if len(texts) < len(t.Wordings) {
				f.preview.Objects = append(f.preview.Objects, kit.Help("A wording whose facts are missing is left out."))
			}
			f.preview.Refresh()
		}
	})
}

func (f *templateForm) readHistory() {
	f.pane.screen.back.Run(func(ctx context.Context) func() {
		versions, err := f.pane.screen.deps.Wordings.TemplateHistory(ctx, f.listed.ID)
		return func() {
			var lines []string
			for _, v := range versions {
				lines = append(lines, fmt.Sprintf("Version %d, %s, %s", v.Version, v.State, v.At.In(f.pane.trial.Practice.Location()).Format("2 Jan 2006 15:04")))
			}
			if err == nil {
				f.history.SetText(strings.Join(lines, "\n"))
			}
		}
	})
}

func (f *templateForm) save() {
	own := f.typed().Copy()
	f.step("Saving the template", "Saved. Another person approves it before it is used.", func(ctx context.Context, by audit.Actor) error {
		_, err := f.pane.screen.deps.Wordings.SaveTemplate(ctx, own, by)
		return err
	})
}

func (f *templateForm) approve() {
	f.step("Approving the template", "It is in use now.", func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.ApproveTemplate(ctx, f.listed.ID, by)
	})
}

func (f *templateForm) restore() {
	f.step("Restoring the template", "It reads as it was shipped.", func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.RestoreTemplate(ctx, f.listed.ID, by)
	})
}

func (f *templateForm) turn() {
	off := !f.listed.Off
	f.step("Switching the template", "Done.", func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.SwitchTemplate(ctx, f.listed.ID, off, by)
	})
}

func (f *templateForm) step(doing, done string, do func(ctx context.Context, by audit.Actor) error) {
	s := f.pane.screen
	by := s.actor()
	s.back.Run(func(ctx context.Context) func() {
		err := do(ctx, by)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			s.host.Toast(done)
			f.pane.back()
		}
	})
}
