package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
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
	head := kit.InsetXY(kit.Column(theme.Space2, kit.Line(theme.Space2, kit.Fill(p.search), kit.NewPrimary("New template", theme.IconIn("plus", theme.OnAccent), p.add)), kit.Help("Open one to read it, to see it filled in, or to write your own version. What ships can always be restored.")), theme.Space6, theme.Space3)
	p.list = kit.Column(0, head, kit.Fill(kit.InsetXY(p.table, theme.Space6, 0)))
	p.states.ShowLoading("Reading the templates")
	return p
}

func (p *templatesPane) name() string               { return "Templates" }
func (p *templatesPane) content() fyne.CanvasObject { return p.states }

func (p *templatesPane) commands() []kit.Command {
	if f := p.form; f != nil {
		return []kit.Command{{Title: "Save the template", Key: "Ctrl+S", Run: f.save, Enabled: func() bool { return f.flaws == 0 }},
			{Title: "Approve the template", Key: "Ctrl+Enter", Run: f.approve, Enabled: func() bool { return f.listed.Waiting != nil && f.flaws == 0 }},
			{Title: "Back to the templates", Key: "Escape", Run: p.back}}
	}
	return []kit.Command{{Title: "New template", Key: "N", Run: p.add}, {Title: "Search the templates", Key: "F", Run: func() { p.screen.host.Focus(p.search) }}}
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
	p.screen.host.Focus(p.form.first())
}

// add begins a template that has no shipped text behind it.
func (p *templatesPane) add() {
	p.open(respond.Listed{Template: respond.Template{Kind: respond.Complaint, Language: "en", Apology: practice.NoApology, Own: true}})
}

func (p *templatesPane) back() {
	p.form = nil
	p.states.ShowContent(p.list)
	p.load()
}
