package policyroom

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	choice policy.PlaceChoice
	words  string
	which  string
	level  policy.Level
	whose  string

	meters *fyne.Container
	rules  *kit.Label
	owners *widget.Select
	list   *ledger
	found  *kit.Label
	detail *itemDetail
	body   fyne.CanvasObject
}

// The choices of the filters.
const (
	everyItem   = "All items"
	notAnswered = "Not answered"
	stillOpen   = "Partly or no"
	overdue     = "Overdue"
	everyLevel  = "Every level"
	anybody     = "Anybody's"
	mine        = "Mine"
)

func newChecklistPane(s *Screen) *checklistPane {
	p := &checklistPane{screen: s, states: kit.NewStates(), which: everyItem, whose: anybody, meters: kit.Grid(140, theme.Space4), found: kit.NewLabel("", kit.Caption).Ellipsis(),
		rules: kit.NewLabel("", kit.Secondary).Ellipsis()}
	p.list = newLedger(p.show)
	p.list.onLetter = p.answerByKey
	p.detail = newItemDetail(p)
	choices := []string{everyItem, notAnswered, stillOpen, overdue}
	for _, a := range policy.Answers() {
		choices = append(choices, answerWords(a))
	}
	state := kit.NewSelect(choices, func(which string) { p.which = which; p.fill() })
	state.Selected = everyItem
	levels := []string{everyLevel}
	for _, level := range policy.Levels() {
		levels = append(levels, level.Words())
	}
	level := kit.NewSelect(levels, func(words string) {
		p.level = ""
		for _, l := range policy.Levels() {
			if l.Words() == words {
				p.level = l
			}
		}
		p.fill()
	})
	level.Selected = everyLevel
	p.owners = kit.NewSelect([]string{anybody, mine, nobody}, func(whose string) { p.whose = whose; p.fill() })
	p.owners.Selected = anybody
	search := kit.NewSearch("Find in the checklist", func(words string) { p.words = words; p.fill() }, nil)
	bar := kit.InsetXY(kit.Column(theme.Space2, search, kit.Grid(120, theme.Space2, state, level, p.owners)), theme.Space4, theme.Space2)
	head := kit.Spread(p.rules, kit.Line(theme.Space2, kit.NewQuiet("Rules of...", theme.Icon("globe"), p.choosePlaces), kit.NewButton("What changed", theme.Icon("history"), p.changed),
		kit.NewButton("Add an item", theme.Icon("plus"), func() { p.own(policy.OwnItem{GroupID: p.groupOf(p.detail.item.ID)}) }), kit.NewButton("Report", theme.Icon("file-text"), p.report)))
	top := kit.Column(0, kit.InsetSides(head, theme.Space6, theme.Space3, theme.Space6, 0), kit.InsetXY(p.meters, theme.Space6, theme.Space3), kit.Hairline())
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
		kit.Command{Title: "Add an item to the checklist", Run: func() { p.own(policy.OwnItem{GroupID: p.groupOf(p.detail.item.ID)}) }},
		kit.Command{Title: "What changed on the checklist", Run: p.changed},
		kit.Command{Title: "Save the checklist as a report", Key: "Ctrl+P", Run: p.report},
		kit.Command{Title: "Choose whose rules the checklist follows", Run: p.choosePlaces},
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
		var choice policy.PlaceChoice
		if err == nil {
			choice, err = p.screen.deps.Checklist.PlaceChoice(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The checklist could not be read", err, p.load)
				return
			}
			p.groups, p.staff, p.choice = groups, f, choice
			p.rules.SetText(rulesOf(choice))
			p.owners.Options = append([]string{anybody, mine, nobody}, f.names()...)
			p.states.ShowContent(p.body)
			p.measure()
			p.fill()
		}
	})
}

func (p *checklistPane) measure() {
	progress := policy.Measure(p.groups, p.staff.day)
	p.meters.Objects = nil
	for _, share := range append(slices.Clone(progress.Levels), progress.All) {
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
		p.meters.Add(kit.Column(theme.Space1, kit.Tipped(kit.NewLabel(name, kit.Strong).Ellipsis()), kit.NewMeter(share.Done(), tone), kit.NewLabel(note, kit.Caption).Ellipsis()))
	}
	p.meters.Refresh()
	p.screen.tabs.SetCount(p.name(), progress.All.Overdue)
}

// filter is what stands above the list.
func (p *checklistPane) filter() policy.Filter {
	f := policy.Filter{Words: p.words, Level: p.level, Overdue: p.which == overdue, Unowned: p.whose == nobody}
	switch p.which {
	case everyItem, overdue, "":
	case notAnswered:
		f.Answers = []policy.Answer{policy.Unanswered}
	case stillOpen:
		f.Answers = []policy.Answer{policy.Partly, policy.No}
	default:
		for _, a := range policy.Answers() {
			if answerWords(a) == p.which {
				f.Answers = []policy.Answer{a}
			}
		}
	}
	switch p.whose {
	case anybody, nobody, "":
	case mine:
		if f.OwnerID, _ = p.screen.host.Who(); f.OwnerID == 0 {
			f.OwnerID = -1 // nobody chose who works: nothing is theirs
		}
	default:
		f.OwnerID = p.staff.idOf(p.whose)
	}
	return f
}

func (p *checklistPane) fill() {
	var rows []entry
	count := 0
	filter := p.filter()
	for _, g := range p.groups {
		at := len(rows)
		done, all := 0, 0
		for _, i := range g.Items {
			if i.Settled() {
				done++
			}
			all++
			if filter.Keeps(i, p.staff.day) {
				rows = append(rows, p.row(i))
				count++
			}
		}
		if len(rows) > at {
			head := entry{heading: true, title: fmt.Sprintf("%s · %d of %d done", g.Title, done, all)}
			rows = append(rows[:at], append([]entry{head}, rows[at:]...)...)
		}
	}
	p.found.SetText(kit.Counted(count, "item", "items") + ", counted from our own answers as of today, " + kit.ShortDay(p.staff.day))
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
