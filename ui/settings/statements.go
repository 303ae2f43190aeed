package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// statementsPane lists errors about health with what holds; a clinician of the practice stands behind each before it is used.
type statementsPane struct {
	screen *Screen
	states *kit.States
	read   reading
	words  string
	search *kit.Search
	table  *kit.Table
	list   fyne.CanvasObject
	shown  []policy.Myth
	agreed []policy.ApprovedMyth
}

func newStatementsPane(s *Screen) *statementsPane {
	p := &statementsPane{screen: s, states: kit.NewStates()}
	p.table = kit.NewTable(kit.TableColumn{Title: "Common error"}, kit.TableColumn{Title: "About", Width: 180}, kit.TableColumn{Title: "Answer", Width: 150})
	p.table.OnOpened = func(row int) { p.open(p.shown[row]) }
	p.search = kit.NewSearch("Search errors about health", func(words string) { p.words = words; p.show() }, nil)
	head := kit.InsetXY(kit.Column(theme.Space2, p.search, kit.Help("The answer says what holds, the error once, what holds again, and one trusted page. A clinician on the staff list opens it, reads it and stands behind it; until then it is not offered.")), theme.Space6, theme.Space3)
	p.list = kit.Column(0, head, kit.Fill(kit.InsetXY(p.table, theme.Space6, 0)))
	p.states.ShowLoading("Reading the statements")
	return p
}

func (p *statementsPane) name() string               { return "Health claims" }
func (p *statementsPane) content() fyne.CanvasObject { return p.states }
func (p *statementsPane) commands() []kit.Command    { return nil }

func (p *statementsPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		agreed, err := p.screen.deps.Statements.Approved(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The statements could not be read", err, p.load)
				return
			}
			p.agreed = agreed
			p.show()
			p.states.ShowContent(p.list)
		}
	})
}

func (p *statementsPane) show() {
	p.shown = policy.FindMyths(p.words)
	var rows [][]kit.Cell
	for _, m := range p.shown {
		state := kit.Cell{Text: "Not approved", Secondary: true}
		if p.approved(m.ID) {
			state = kit.Cell{Text: "Approved", Tone: kit.ToneGood}
		}
		rows = append(rows, []kit.Cell{{Text: m.Myth, Strong: true}, {Text: m.Topic, Secondary: true}, state})
	}
	p.table.SetRows(rows)
}

func (p *statementsPane) approved(id string) bool {
	return slices.ContainsFunc(p.agreed, func(a policy.ApprovedMyth) bool { return a.ID == id })
}

// open shows a statement in full, with where it comes from and how far that was checked.
func (p *statementsPane) open(m policy.Myth) {
	parts := kit.Column(theme.Space3, kit.NewField("The error", "", kit.NewParagraph(m.Sentence())), kit.NewField("What holds", "", kit.NewParagraph(m.Correct)),
		kit.NewField("To read on", "", kit.NewParagraph(m.Source+": "+m.URL+". An answer points to "+m.Link()+".")), kit.Help(m.HowChecked(m.Checked)+". Open the page and read it before you stand behind it."))
	if m.Contested {
		parts.Add(kit.Help("Agencies and medical societies differ here, so read both sources: " + m.Second + ", " + m.SecondURL))
	}
	act, do := "I stand behind it", p.screen.deps.Statements.ApproveMyth
	if p.approved(m.ID) {
		act, do = "Take the approval back", p.screen.deps.Statements.WithdrawMyth
	}
	p.screen.host.Dialog("About "+m.Topic, parts, kit.Button{Title: act, Primary: true, Run: func() { p.step(m.ID, do) }}, kit.Button{Title: "Close"})
}

func (p *statementsPane) step(id string, do func(context.Context, string, audit.Actor) error) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := do(ctx, id, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Approving the statement", err)
				return
			}
			p.load()
		}
	})
}
