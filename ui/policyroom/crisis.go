package policyroom

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/paper"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// crisisPane shows the plan for a crisis: who has which duty, who calls whom, and what may be said at once.
type crisisPane struct {
	screen *Screen
	states *kit.States
	read   reading
	staff  staff
	plan   policy.Plan
	choice policy.PlaceChoice
}

func newCrisisPane(s *Screen) *crisisPane { return &crisisPane{screen: s, states: kit.NewStates()} }

func (p *crisisPane) name() string               { return "Crisis plan" }
func (p *crisisPane) content() fyne.CanvasObject { return p.states }
func (p *crisisPane) open(string)                {}

func (p *crisisPane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a duty to the crisis plan", Key: "N", Run: func() { p.form(policy.Duty{Called: "lead"}) }}, {Title: "Save the crisis plan for print", Key: "Ctrl+P", Run: p.print}}
}

func (p *crisisPane) load() {
	if p.staff.day == "" {
		p.states.ShowLoading("Reading the crisis plan")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var plan policy.Plan
		var choice policy.PlaceChoice
		if err == nil {
			plan, err = p.screen.deps.Registers.CrisisPlan(ctx)
		}
		if err == nil {
			choice, err = p.screen.deps.Checklist.PlaceChoice(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The crisis plan could not be read", err, p.load)
				return
			}
			p.staff, p.plan, p.choice = f, plan, choice
			p.show()
		}
	})
}

func (p *crisisPane) show() {
	p.screen.tabs.SetCount(p.name(), 0)
	calls := p.plan.Tree()
	table := kit.NewTable(kit.TableColumn{Title: "Duty"}, kit.TableColumn{Title: "Who", Width: 200}, kit.TableColumn{Title: "Telephone", Width: 140}, kit.TableColumn{Title: "If they do not answer", Width: 220})
	var rows [][]kit.Cell
	for _, call := range calls {
		d := call.Duty
		who := kit.Cell{Text: d.Person, Strong: true}
		if d.Person == "" {
			who = kit.Cell{Text: "Nobody yet", Tone: kit.ToneWarn}
		}
		rows = append(rows, []kit.Cell{{Text: strings.Repeat("      ", call.Depth) + d.Duty}, who, {Text: d.Phone}, {Text: strings.TrimSpace(d.Deputy + "  " + d.Second), Secondary: true}})
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.form(calls[row].Duty) }
	note := "Everybody has a name. Print it and hang it beside the telephone."
	if open := p.plan.Open(); open > 0 {
		note = fmt.Sprintf("%s without a name. Open one to fill it in.", kit.Counted(open, "duty is", "duties are"))
	}
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel("Who calls whom", kit.Heading), kit.NewLabel(note, kit.Secondary).Ellipsis()),
		kit.Line(theme.Space2, kit.NewButton("Add a duty", theme.Icon("plus"), func() { p.form(policy.Duty{Called: "lead"}) }), kit.NewPrimary("Print the plan", theme.Icon("printer"), p.print)))
	var cards []fyne.CanvasObject
	for _, st := range p.plan.Statements {
		words := kit.NewParagraph(st.Text)
		words.SetStyle(kit.Reading)
		from := "As we suggest it"
		if st.By != "" {
			from = "Changed by " + st.By + " on " + dayOf(st.Changed, p.staff.practice.Location())
		}
		cards = append(cards, kit.NewCard(st.Title, kit.Column(theme.Space3, words, kit.Spread(kit.NewLabel(from, kit.Caption).Ellipsis(),
			kit.Line(theme.Space2, kit.NewQuiet("Copy", theme.Icon("copy"), func() { p.screen.host.Copy(st.Text); p.screen.host.Toast("Copied.") }),
				kit.NewQuiet("Change", theme.Icon("pencil"), func() { p.statement(st) }))))))
	}
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, kit.Column(theme.Space3, head, table),
		kit.NewSection("What may be said at once", kit.Column(theme.Space3, kit.Help("Each of these passes the speak-safe gate. None says that anybody is or was a patient."), kit.Grid(340, theme.Space4, cards...))),
		measured("crisis", p.staff.day)), 1000), theme.Space6, theme.Space4)))
}

// form fills a duty in, or adds one.
func (p *crisisPane) form(d policy.Duty) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	duty, person, phone, deputy, second := kit.NewEntry("Speaks for the practice"), kit.NewEntry("Name"), kit.NewEntry("555-0100"), kit.NewEntry("Name"), kit.NewEntry("555-0101")
	for input, text := range map[*kit.Entry]string{duty: d.Duty, person: d.Person, phone: d.Phone, deputy: d.Deputy, second: d.Second} {
		input.SetText(text)
	}
	const notices = "Whoever notices"
	callers, ids := []string{notices}, []string{""}
	for _, other := range p.plan.Duties {
		if other.ID != d.ID {
			callers, ids = append(callers, other.Duty), append(ids, other.ID)
		}
	}
	caller := kit.NewSelect(callers, nil)
	caller.SetSelected(notices)
	for n, id := range ids {
		if id == d.Called {
			caller.SetSelected(callers[n])
		}
	}
	field := kit.NewField("Duty", "", duty)
	var shut func()
	save := func() {
		made := d
		made.Duty, made.Person, made.Phone, made.Deputy, made.Second, made.Called = duty.Text, person.Text, phone.Text, deputy.Text, second.Text, ids[max(0, caller.SelectedIndex())]
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Registers.SaveDuty(ctx, made, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("Saved.")
				}
			}
		})
	}
	shut = p.screen.host.Dialog("A duty in a crisis", kit.MaxWidth(kit.Column(theme.Space4, field, kit.Grid(200, theme.Space4, kit.NewField("Who", "", person), kit.NewField("Telephone", "", phone),
		kit.NewField("Deputy", "", deputy), kit.NewField("The deputy's telephone", "", second)), kit.NewField("Is called by", "", caller)), 520),
		kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(person)
}

// statement changes the words of a holding statement; the gate has the last word.
func (p *crisisPane) statement(st policy.Statement) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	text := kit.NewMultiLine("", 6)
	text.SetText(st.Text)
	field := kit.NewField("What is said", "The gate must let it through. Empty brings our words back.", text)
	var shut func()
	save := func() {
		words := text.Text
		p.screen.back.Run(func(ctx context.Context) func() {
			err := p.screen.deps.Registers.SaveStatement(ctx, st.ID, words, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("Saved. The gate lets it through.")
				}
			}
		})
	}
	shut = p.screen.host.Dialog(st.Title, kit.MaxWidth(field, 520), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(text)
}

func (p *crisisPane) print() {
	plan, f, places, made := p.plan, p.staff, p.choice.Places(), p.screen.deps.Now()
	p.screen.savePaper("Saving the crisis plan", "crisis-plan.pdf", func() paper.Sheet { return policy.CrisisSheet(f.practice, plan, places, made) })
}
