package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Decisions keeps what the practice has decided about the gate; *policy.Store does.
type Decisions interface {
	GateRules(ctx context.Context) ([]policy.GateRule, error)
	AddGateRule(ctx context.Context, g policy.GateRule, by audit.Actor) (policy.GateRule, error)
	ChangeGateRule(ctx context.Context, id int64, g policy.GateRule, by audit.Actor) (policy.GateRule, error)
	EndGateRule(ctx context.Context, id int64, why string, by audit.Actor) error
}

// gatePane lists the rules of the gate with where they come from, and what the practice has decided about them.
type gatePane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	rules   []guard.Rule
	decided []policy.GateRule
	ours    bool      // the decisions are in sight, not the rules
	form    *gateForm // that is open; nil: the lists are in sight
}

func newGatePane(s *Screen) *gatePane {
	p := &gatePane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Reading the rules of the gate")
	return p
}

func (p *gatePane) name() string               { return "Gate" }
func (p *gatePane) content() fyne.CanvasObject { return p.states }

func (p *gatePane) commands() []kit.Command {
	if f := p.form; f != nil {
		return []kit.Command{{Title: "Save the rule", Key: "Ctrl+S", Run: f.save}, {Title: "Back to the gate", Key: "Escape", Run: p.back}}
	}
	return []kit.Command{{Title: "Add words that the gate stops", Key: "N", Run: p.add}, {Title: "Name words of your own for the gate", Run: p.own}}
}

func (p *gatePane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		decided, err := p.screen.deps.Decisions.GateRules(ctx)
		rules := p.screen.deps.Gate.Rules()
		return func() {
			if err != nil {
				p.states.ShowError("The rules of the gate could not be read", err, p.load)
				return
			}
			p.rules, p.decided = rules, decided
			if p.form == nil {
				p.show()
			}
		}
	})
}

func (p *gatePane) show() {
	at, list := 0, p.table
	if p.ours {
		at, list = 1, p.decisions
	}
	which := kit.NewSegmented([]string{kit.Counted(len(p.rules), "rule", "rules"), "Your decisions: " + kit.Count(p.holding())}, at, func(i int) {
		p.ours = i == 1
		p.show()
	})
	actions := kit.Line(theme.Space1, kit.NewQuiet("Your own words", theme.Icon("shield-check"), p.own), kit.NewPrimary("Add a rule", theme.Icon("plus"), p.add))
	help := kit.Help("Open a rule to see why it is there. To soften one needs a reason and a day to look again; every judgement that it touches says so.")
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, kit.Column(theme.Space2, kit.Spread(which, actions), help), list()), 1080), theme.Space6, theme.Space4)))
}

// holding counts the decisions that hold.
func (p *gatePane) holding() int {
	n := 0
	for _, g := range p.decided {
		if g.Ended.IsZero() {
			n++
		}
	}
	return n
}

// changed is the decision about a rule that holds, if there is one.
func (p *gatePane) changed(id string) (policy.GateRule, bool) {
	at := slices.IndexFunc(p.decided, func(g policy.GateRule) bool { return g.Rule == id && g.Ended.IsZero() })
	if at < 0 {
		return policy.GateRule{}, false
	}
	return p.decided[at], true
}

func (p *gatePane) table() fyne.CanvasObject {
	table := kit.NewTable(kit.TableColumn{Title: "Rule"}, kit.TableColumn{Title: "Code", Width: 210}, kit.TableColumn{Title: "Verdict", Width: 90},
		kit.TableColumn{Title: "Checked", Width: 130}, kit.TableColumn{Title: "Here", Width: 120})
	rows := make([][]kit.Cell, len(p.rules))
	for i, r := range p.rules {
		verdict := kit.Cell{Text: "Blocks"}
		if r.Severity == guard.Warn {
			verdict = kit.Cell{Text: "Warns", Secondary: true}
		}
		here := kit.Cell{Text: "As shipped", Secondary: true}
		if g, ok := p.changed(r.ID); ok {
			here = kit.Cell{Text: map[string]string{policy.SoftenRule: "Softened", policy.RuleOff: "Switched off"}[g.What], Tone: kit.ToneWarn}
		}
		rows[i] = []kit.Cell{{Text: r.Label, Strong: true}, {Text: r.Code, Secondary: true}, verdict, {Text: kit.ShortDay(r.Checked), Secondary: true}, here}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.open(p.rules[row]) }
	return table
}

func (p *gatePane) decisions() fyne.CanvasObject {
	table := kit.NewTable(kit.TableColumn{Title: "What"}, kit.TableColumn{Title: "Why"}, kit.TableColumn{Title: "By", Width: 150}, kit.TableColumn{Title: "Since", Width: 110},
		kit.TableColumn{Title: "Look again", Width: 110}, kit.TableColumn{Title: "", Width: 80})
	rows := make([][]kit.Cell, len(p.decided))
	for i, g := range p.decided {
		state := kit.Cell{}
		if !g.Ended.IsZero() {
			state = kit.Cell{Text: map[bool]string{true: "Replaced", false: "Ended"}[p.replaced(g.ID)], Secondary: true}
		}
		rows[i] = []kit.Cell{{Text: p.said(g), Strong: true}, {Text: g.Reason}, {Text: g.By.Name, Secondary: true}, {Text: kit.ShortDay(g.Since.Format("2006-01-02")), Secondary: true},
			{Text: kit.ShortDay(g.ReviewOn), Secondary: true}, state}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) {
		p.openDecision(p.decided[row])
	}
	return table
}

func (p *gatePane) replaced(id int64) bool {
	return slices.ContainsFunc(p.decided, func(g policy.GateRule) bool { return g.InsteadOf == id })
}

// openDecision opens what holds to be changed, and shows what has ended with the reason.
func (p *gatePane) openDecision(g policy.GateRule) {
	why := kit.NewField("Why", "", kit.NewParagraph(g.Reason))
	switch {
	case !g.Ended.IsZero():
		parts := []*kit.Field{why}
		if g.EndedWhy != "" {
			parts = append(parts, kit.NewField("Why it ended", "", kit.NewParagraph(g.EndedWhy)))
		}
		form := kit.Column(theme.Space4)
		for _, f := range parts {
			form.Add(f)
		}
		p.screen.host.Dialog(p.said(g), form, kit.Button{Title: "Close"})
	case g.What == policy.AddRule:
		p.edit(g)
	default:
		p.screen.host.Dialog(p.said(g), why, kit.Button{Title: "End it", Primary: true, Run: func() { p.end(g, "") }}, kit.Button{Title: "Close"})
	}
}

func (p *gatePane) said(g policy.GateRule) string {
	switch g.What {
	case policy.AddRule:
		return "“" + strings.ReplaceAll(g.Words, "\n", "”, “") + "” " + map[guard.Verdict]string{guard.Block: "blocks", guard.Warn: "warns"}[g.Severity]
	case policy.OwnWord:
		return "“" + g.Words + "” is your own"
	}
	label := g.Rule
	for _, r := range p.rules {
		if r.ID == g.Rule {
			label = r.Label
		}
	}
	return map[string]string{policy.SoftenRule: "Softened: ", policy.RuleOff: "Switched off: "}[g.What] + label
}

// open shows a rule in full.
func (p *gatePane) open(r guard.Rule) {
	fires, silent := p.screen.deps.Gate.Examples(r.ID)
	parts := kit.Column(theme.Space3, kit.NewField("Why", "", kit.NewParagraph(r.Why)), kit.NewField("Basis", "", kit.NewParagraph(r.Basis)),
		kit.NewField("Source", "", kit.NewParagraph(fmt.Sprintf("%s (%s). Checked %s, to be looked at again by %s.", r.Source, r.URL, r.Checked, r.ReviewBy))))
	for _, e := range []struct {
		title string
		list  []string
	}{{"It fires on", fires}, {"It is silent on", silent}} {
		if len(e.list) > 0 {
			parts.Add(kit.NewField(e.title, "", kit.NewParagraph(strings.Join(e.list[:min(len(e.list), 3)], "\n"))))
		}
	}
	buttons := []kit.Button{{Title: "Close"}}
	if g, ok := p.changed(r.ID); ok {
		buttons = append(buttons, kit.Button{Title: "As shipped again", Primary: true, Run: func() { p.end(g, "") }})
	} else {
		if r.Severity == guard.Block {
			buttons = append(buttons, kit.Button{Title: "Soften", Run: func() { p.decide("Soften: "+r.Label, policy.GateRule{What: policy.SoftenRule, Rule: r.ID}) }})
		}
		if !guard.IsCore(r.Code) {
			buttons = append(buttons, kit.Button{Title: "Switch off", Run: func() { p.decide("Switch off: "+r.Label, policy.GateRule{What: policy.RuleOff, Rule: r.ID}) }})
		}
	}
	p.screen.host.Dialog(r.Label, parts, buttons...)
}

func (p *gatePane) add() {
	p.edit(policy.GateRule{What: policy.AddRule, Severity: guard.Block, Code: "hostile-tone"})
}

func (p *gatePane) edit(g policy.GateRule) {
	p.form = newGateForm(p, g)
	p.states.ShowContent(p.form.content)
	p.screen.host.Focus(p.form.words)
}

func (p *gatePane) back() {
	p.form = nil
	p.show()
	p.load()
}

func (p *gatePane) own() { p.decide("Words of your own", policy.GateRule{What: policy.OwnWord}) }

// decide asks for the reason of a decision, and for its words where it has some.
func (p *gatePane) decide(title string, g policy.GateRule) {
	words, reason, day := kit.NewEntry("Maple Street Fun Run"), kit.NewEntry("Why, in a sentence"), kit.NewEntry("2027-05-22")
	day.SetText(p.screen.deps.Now().AddDate(0, 6, 0).Format("2006-01-02"))
	reasonField := kit.NewField("Reason", "It stands in the list and beside every judgement that it touches.", reason)
	first, form := reason, []fyne.CanvasObject{reasonField, kit.NewField("Look again on", "A date such as 2027-05-22.", day)}
	if g.Rule == "" {
		first, form = words, append([]fyne.CanvasObject{kit.NewField("Words", "", words)}, form...)
	}
	check := func() bool {
		g.Words, g.Reason, g.ReviewOn = words.Text, reason.Text, strings.TrimSpace(day.Text)
		return true
	}
	var kept policy.GateRule
	keep := func(ctx context.Context, by audit.Actor) (err error) {
		kept, err = p.screen.deps.Decisions.AddGateRule(ctx, g, by)
		return err
	}
	p.screen.askThen(title, kit.MaxWidth(kit.NewForm(form...), 520), reasonField, first, check, keep, func() {
		p.screen.host.ToastUndo(p.said(kept), func() {
			p.undo(func(ctx context.Context, by audit.Actor) error {
				return p.screen.deps.Decisions.EndGateRule(ctx, kept.ID, "Taken back at once", by)
			})
		})
	})
}

// endAdded asks why a rule of the practice's own is to stop nothing any more.
func (p *gatePane) endAdded(g policy.GateRule) {
	reason := kit.NewEntry("Nobody says it any more")
	field := kit.NewField("Why is it switched off?", "The reason stays in the list of your decisions.", reason)
	var shut func()
	send := func() {
		if strings.TrimSpace(reason.Text) == "" {
			field.SetError("Say it in a few words.")
			return
		}
		shut()
		p.end(g, reason.Text)
	}
	reason.OnSubmitted = func(string) { send() }
	shut = p.screen.host.Dialog("Switch off", kit.MaxWidth(field, 520), kit.Button{Title: "Cancel"}, kit.Button{Title: "Switch off", Primary: true, Stay: true, Run: send})
	p.screen.host.Focus(reason)
}

// end ends a decision; what stood before can be had back at once.
func (p *gatePane) end(g policy.GateRule, why string) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.Decisions.EndGateRule(ctx, g.ID, why, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Ending the decision", err)
				return
			}
			p.back()
			p.screen.host.ToastUndo("Ended: "+p.said(g), func() {
				p.undo(func(ctx context.Context, by audit.Actor) error {
					_, err := p.screen.deps.Decisions.AddGateRule(ctx, g, by)
					return err
				})
			})
		}
	})
}

// undo takes back what was just decided, which is a decision of its own.
func (p *gatePane) undo(do func(ctx context.Context, by audit.Actor) error) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := do(ctx, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Taking the decision back", err)
			}
			p.load()
		}
	})
}
