package policyroom

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// rulesPane shows the rules of the speak-safe gate with where each comes from.
type rulesPane struct {
	screen *Screen
	rules  []guard.Rule
	read   reading
	day    string
	words  string
	list   *ledger
	found  *kit.Label
	right  *kit.States
	body   fyne.CanvasObject
}

func newRulesPane(s *Screen) *rulesPane {
	p := &rulesPane{screen: s, right: kit.NewStates(), found: kit.NewLabel("", kit.Caption).Ellipsis()}
	p.list = newLedger(p.show)
	search := kit.NewSearch("Find in the rules", func(words string) { p.words = words; p.fill() }, nil)
	top := kit.InsetXY(kit.Column(theme.Space2, search, p.found), theme.Space4, theme.Space2)
	p.body = kit.NewSplit(container.NewBorder(top, nil, nil, nil, p.list), p.right, 480)
	p.right.ShowEmpty("shield-check", "No rule is open", "Choose one at the left.", nil)
	return p
}

func (p *rulesPane) name() string               { return "Rules" }
func (p *rulesPane) content() fyne.CanvasObject { return p.body }
func (p *rulesPane) open(id string)             { p.list.mark(id); p.show(id) }
func (p *rulesPane) commands() []kit.Command    { return nil }

func (p *rulesPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		return func() {
			if err != nil {
				p.right.ShowError("The rules could not be read", err, p.load)
				return
			}
			p.rules, p.day = p.screen.deps.Rules(), f.day
			p.fill()
			p.show(p.list.opened())
		}
	})
}

// fill lists the rules by code, what blocks first within each.
func (p *rulesPane) fill() {
	var codes []string
	by := map[string][]guard.Rule{}
	count := 0
	for _, r := range p.rules {
		if !p.wants(r) {
			continue
		}
		if by[r.Code] == nil {
			codes = append(codes, r.Code)
		}
		by[r.Code] = append(by[r.Code], r)
		count++
	}
	var rows []entry
	for _, code := range codes {
		rows = append(rows, entry{heading: true, title: code})
		for _, r := range by[code] {
			e := entry{id: r.ID, icon: "ban", role: theme.Bad, title: r.Label, note: r.Basis}
			if r.Severity == guard.Warn {
				e.icon, e.role = "triangle-alert", theme.Warn
			}
			if policy.RuleBasis(r).Stale(p.day) {
				e.right, e.tone = "Look again", kit.ToneWarn
			}
			rows = append(rows, e)
		}
	}
	p.found.SetText(kit.Counted(count, "rule", "rules") + " of the check that every public text passes")
	if !p.list.set(rows) && len(rows) > 0 {
		p.list.first()
	}
}

func (p *rulesPane) wants(r guard.Rule) bool {
	text := strings.ToLower(strings.Join([]string{r.Code, r.Label, r.Why, r.Basis, r.Instead, r.Source}, " "))
	for word := range strings.FieldsSeq(strings.ToLower(p.words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (p *rulesPane) show(id string) {
	for _, r := range p.rules {
		if r.ID == id {
			p.right.ShowContent(p.full(r))
		}
	}
}

func (p *rulesPane) full(r guard.Rule) fyne.CanvasObject {
	verdict := kit.NewChip("Stops the text", kit.ToneBad)
	if r.Severity == guard.Warn {
		verdict = kit.NewChip("Warns", kit.ToneWarn)
	}
	title := kit.NewParagraph(r.Label)
	title.SetStyle(kit.Heading)
	why := kit.NewParagraph(r.Why)
	why.SetStyle(kit.Reading)
	parts := kit.Column(theme.Space4, kit.Flow(verdict, kit.NewChip(r.Code, kit.ToneNeutral)), title, why)
	if r.Instead != "" {
		instead := kit.NewParagraph(r.Instead)
		instead.SetStyle(kit.Reading)
		parts.Add(kit.NewGroup("Better", instead))
	}
	parts.Add(kit.Hairline())
	parts.Add(p.screen.basisCard("Stands on", policy.RuleBasis(r), p.day))
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 620), theme.Space6, theme.Space4))
}

// amountWords writes a sum as people read it; none set is said so.
func amountWords(c policy.Case) string {
	if c.Amount == 0 {
		return "No sum"
	}
	return c.Currency + " " + kit.Count(c.Amount)
}
