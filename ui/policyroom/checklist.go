package policyroom

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// checklistPane shows the checklist: how far it is by level, the items by group, and one item in full.
type checklistPane struct {
	screen *Screen
	states *kit.States
	read   reading

	groups []policy.Group
	staff  staff
	words  string
	which  string

	meters *fyne.Container
	list   *ledger
	found  *kit.Label
	detail *itemDetail
	body   fyne.CanvasObject
}

// The choices of the filter, before the levels.
const (
	everyItem   = "All items"
	notAnswered = "Not answered"
	stillOpen   = "Partly or no"
	overdue     = "Overdue"
	mine        = "Mine"
)

func newChecklistPane(s *Screen) *checklistPane {
	p := &checklistPane{screen: s, states: kit.NewStates(), which: everyItem, meters: kit.Grid(170, theme.Space6), found: kit.NewLabel("", kit.Caption).Ellipsis()}
	p.list = newLedger(p.show)
	p.list.onLetter = p.answerByKey
	p.detail = newItemDetail(p)
	choices := []string{everyItem, notAnswered, stillOpen, overdue, mine}
	for _, level := range policy.Levels() {
		choices = append(choices, level.Words())
	}
	filter := kit.NewSelect(choices, func(which string) { p.which = which; p.fill() })
	filter.Selected = everyItem
	search := kit.NewSearch("Find in the checklist", func(words string) { p.words = words; p.fill() }, nil)
	bar := kit.InsetXY(kit.Grid(150, theme.Space2, search, filter), theme.Space4, theme.Space2)
	top := kit.Column(0, kit.InsetXY(p.meters, theme.Space6, theme.Space4), kit.Hairline())
	left := kit.Column(0, bar, kit.InsetSides(p.found, theme.Space4, 0, theme.Space4, theme.Space1), kit.Fill(p.list))
	p.body = container.NewBorder(top, nil, nil, nil, kit.NewSplit(left, p.detail.content, 480))
	return p
}

func (p *checklistPane) name() string               { return "Checklist" }
func (p *checklistPane) content() fyne.CanvasObject { return p.states }
func (p *checklistPane) open(id string)             { p.list.mark(id); p.show(id) }

func (p *checklistPane) commands() []kit.Command {
	var all []kit.Command
	for i, a := range policy.Answers() {
		all = append(all, kit.Command{Title: "Answer: " + answerWords(a), Key: string("YPNA"[i]), Run: func() { p.answer(a, true) },
			Enabled: func() bool { return p.detail.item.ID != "" }})
	}
	return append(all,
		kit.Command{Title: "Next item", Key: "J", Run: func() { p.list.step(1) }},
		kit.Command{Title: "Previous item", Key: "K", Run: func() { p.list.step(-1) }},
		kit.Command{Title: "Save the evidence", Key: "Ctrl+S", Run: p.detail.save, Enabled: func() bool { return p.detail.dirty }})
}

func (p *checklistPane) load() {
	if len(p.groups) == 0 {
		p.states.ShowLoading("Reading the checklist")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		groups, err := p.screen.deps.Checklist.Checklist(ctx)
		var f staff
		if err == nil {
			f, err = p.screen.staff(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The checklist could not be read", err, p.load)
				return
			}
			p.groups, p.staff = groups, f
			p.states.ShowContent(p.body)
			p.measure()
			p.fill()
		}
	})
}

func (p *checklistPane) measure() {
	progress := policy.Measure(p.groups, p.staff.day)
	p.meters.Objects = nil
	for _, share := range append([]policy.Share{progress.All}, progress.Levels...) {
		name := share.Name
		if share.Level == "" {
			name = "All in all"
		}
		note := fmt.Sprintf("%d of %d", share.Yes, share.Total)
		if share.Partly > 0 {
			note += fmt.Sprintf(", %d partly", share.Partly)
		}
		tone := kit.ToneAccent
		if share.Done() == 1 {
			tone = kit.ToneGood
		}
		p.meters.Add(kit.Column(theme.Space1, kit.NewLabel(name, kit.Strong).Ellipsis(), kit.NewMeter(share.Done(), tone), kit.NewLabel(note, kit.Caption).Ellipsis()))
	}
	p.meters.Refresh()
	p.screen.tabs.SetCount(p.name(), progress.All.Overdue)
}

func (p *checklistPane) wants(i policy.Item) bool {
	who, _ := p.screen.host.Who()
	switch p.which {
	case everyItem, "":
	case notAnswered:
		if i.Answer != policy.Unanswered {
			return false
		}
	case stillOpen:
		if i.Answer != policy.Partly && i.Answer != policy.No {
			return false
		}
	case overdue:
		if !i.Overdue(p.staff.day) {
			return false
		}
	case mine:
		if who == 0 || i.OwnerID != who {
			return false
		}
	default:
		if i.Level.Words() != p.which {
			return false
		}
	}
	text := strings.ToLower(i.Text + " " + i.Basis.Basis + " " + i.Note)
	for word := range strings.FieldsSeq(strings.ToLower(p.words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (p *checklistPane) fill() {
	var rows []entry
	count := 0
	for _, g := range p.groups {
		at := len(rows)
		done, all := 0, 0
		for _, i := range g.Items {
			if i.Settled() {
				done++
			}
			all++
			if p.wants(i) {
				rows = append(rows, p.row(i))
				count++
			}
		}
		if len(rows) > at {
			head := entry{heading: true, title: fmt.Sprintf("%s · %d of %d done", g.Title, done, all)}
			rows = append(rows[:at], append([]entry{head}, rows[at:]...)...)
		}
	}
	p.found.SetText(kit.Counted(count, "item", "items"))
	if !p.list.set(rows) && len(rows) > 0 {
		p.list.first()
		return
	}
	if len(rows) == 0 {
		p.found.SetText("No item fits. Change the words or the choice above.")
	}
	p.show(p.list.opened())
}

func (p *checklistPane) row(i policy.Item) entry {
	icon, role := answerMark(i.Answer)
	e := entry{id: i.ID, icon: icon, role: role, title: i.Text, note: i.Level.Words()}
	if name := p.staff.name(i.OwnerID); name != "" {
		e.note += " · " + name
	}
	switch {
	case i.Overdue(p.staff.day) && i.Settled():
		e.right, e.tone = "Look again", kit.ToneWarn
	case i.Overdue(p.staff.day):
		e.right, e.tone = "Overdue", kit.ToneBad
	case i.Due != "" && !i.Settled():
		e.right = kit.ShortDay(i.Due)
	}
	return e
}

func (p *checklistPane) find(id string) (policy.Item, bool) {
	for _, g := range p.groups {
		for _, i := range g.Items {
			if i.ID == id {
				return i, true
			}
		}
	}
	return policy.Item{}, false
}

func (p *checklistPane) show(id string) {
	if item, ok := p.find(id); ok {
		p.detail.show(item, p.staff)
	}
}

func (p *checklistPane) answerByKey(r rune) bool {
	i := strings.IndexRune("ypna", []rune(strings.ToLower(string(r)))[0])
	if i < 0 || p.detail.item.ID == "" {
		return false
	}
	p.answer(policy.Answers()[i], true)
	return true
}

// answer stores an answer with what stands in the form, offers to take it back, and goes on to the next item if it came from the keyboard.
func (p *checklistPane) answer(a policy.Answer, goOn bool) {
	by, ok := p.screen.actor()
	if !ok {
		p.detail.showAnswer()
		return
	}
	item := p.detail.item
	said, err := p.detail.form()
	if err != nil {
		p.screen.host.Fail("Saving the answer", err)
		return
	}
	before := item.Answered
	said.Answer = a
	p.store(item, said, by, func() {
		p.screen.host.ToastUndo(answerWords(a)+": "+item.Text, func() {
			p.store(item, before, by, func() { p.open(item.ID) })
		})
		if goOn {
			p.list.step(1)
		}
	})
}

func (p *checklistPane) store(item policy.Item, a policy.Answered, by audit.Actor, done func()) {
	p.screen.do("Saving the answer", func(ctx context.Context) error {
		return p.screen.deps.Checklist.Answer(ctx, item.ID, a, by)
	}, func() {
		p.detail.dirty = false
		p.screen.again()
		done()
	})
}
