package policyroom

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// trainingPane shows the modules with their lessons, the quiz, and how far everybody is.
type trainingPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	staff   staff
	results []policy.Result
	best    map[int64]map[string]policy.Result
	waiting map[string]policy.Attempt
	needs   map[int64][]policy.Need
	given   []policy.Assignment

	list  *ledger
	right *kit.States
	quiz  *quiz
	body  fyne.CanvasObject
}

const teamID = "team"

func newTrainingPane(s *Screen) *trainingPane {
	p := &trainingPane{screen: s, states: kit.NewStates(), right: kit.NewStates()}
	p.list = newLedger(p.show)
	p.list.onActivated = func(id string) {
		if id != teamID {
			p.begin(id)
		}
	}
	p.body = kit.NewSplit(p.list, p.right, 340)
	return p
}

func (p *trainingPane) name() string               { return "Training" }
func (p *trainingPane) content() fyne.CanvasObject { return p.states }
func (p *trainingPane) open(id string)             { p.list.mark(id); p.show(id) }

func (p *trainingPane) commands() []kit.Command {
	var all []kit.Command
	for n := range 4 {
		all = append(all, kit.Command{Title: fmt.Sprintf("Quiz: answer %d", n+1), Key: fmt.Sprint(n + 1), Run: func() { p.quiz.choose(n) }, Enabled: func() bool { return p.quiz != nil && !p.quiz.answered() }})
	}
	return append(all,
		kit.Command{Title: "Assign a module to somebody", Run: func() { p.assign(policy.Assignment{}) }},
		kit.Command{Title: "Quiz: next question", Key: "Enter", Run: func() { p.quiz.next() }, Enabled: func() bool { return p.quiz != nil && p.quiz.answered() }},
		kit.Command{Title: "Take the quiz", Key: "Q", Run: func() { p.begin(p.list.opened()) }, Enabled: func() bool { return p.quiz == nil && p.list.opened() != teamID }})
}

func (p *trainingPane) load() {
	if p.staff.day == "" {
		p.states.ShowLoading("Reading the training")
	}
	who, _ := p.screen.host.Who()
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var results []policy.Result
		var waiting map[string]policy.Attempt
		var needs map[int64][]policy.Need
		if err == nil {
			results, err = p.screen.deps.Training.Results(ctx)
		}
		if err == nil && who != 0 {
			waiting, err = p.screen.deps.Training.Open(ctx, who)
		}
		if err == nil {
			needs, err = p.screen.deps.Training.AllNeeds(ctx)
		}
		var given []policy.Assignment
		if err == nil {
			given, err = p.screen.deps.Training.Assignments(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The training could not be read", err, p.load)
				return
			}
			p.staff, p.results, p.best, p.waiting, p.needs, p.given = f, results, policy.Latest(results), waiting, needs, given
			p.states.ShowContent(p.body)
			p.fill()
		}
	})
}

func (p *trainingPane) fill() {
	who, _ := p.screen.host.Who()
	role := p.roleOf(who)
	var mine, others []entry
	due := 0
	for _, m := range policy.Modules() {
		e := entry{id: m.ID, icon: "circle", role: theme.Secondary, title: m.Title, note: fmt.Sprintf("%d minutes · for %s", m.Minutes, m.For)}
		n := p.need(who, m.ID)
		switch {
		case n.Assigned() && !n.Late(p.staff.day):
			e.icon, e.role, e.right, e.tone = "user-round", theme.AccentText, "Assigned, by "+kit.ShortDay(n.By), kit.ToneAccent
			due++
		case n.Soon(p.staff.day) && n.Wanted:
			e.icon, e.role, e.right, e.tone = "clock-alert", theme.Warn, "By "+kit.ShortDay(n.By), kit.ToneWarn
			due++
		case n.Counts(p.staff.day):
			e.icon, e.role, e.note = "circle-check", theme.Good, "Passed · counts until "+kit.ShortDay(n.By)
		case n.Wanted && n.Late(p.staff.day):
			e.icon, e.role, e.right, e.tone = "clock-alert", theme.Bad, "Due since "+kit.ShortDay(n.By), kit.ToneBad
			due++
		case n.Wanted && n.By != "":
			e.right = "By " + kit.ShortDay(n.By)
			due++
		case n.Wanted:
			due++
		}
		if r, taken := p.best[who][m.ID]; taken && !r.Passed {
			e.icon, e.role, e.right, e.tone = "rotate-ccw", theme.Warn, "Try again", kit.ToneWarn
		}
		if a, begun := p.waiting[m.ID]; begun && len(a.Answers) > 0 {
			e.icon, e.role, e.right, e.tone = "circle-dot", theme.AccentText, fmt.Sprintf("%d of %d", len(a.Answers), len(a.Asked)), kit.ToneAccent
		}
		if role == "" || m.Wants(role) || n.Wanted {
			mine = append(mine, e)
		} else {
			others = append(others, e)
		}
	}
	p.screen.tabs.SetCount(p.name(), due)
	title := "Modules"
	if role != "" {
		title = "For you"
	}
	rows := append([]entry{{heading: true, title: title}}, mine...)
	if len(others) > 0 {
		rows = append(append(rows, entry{heading: true, title: "For other roles"}), others...)
	}
	rows = append(rows, entry{heading: true, title: "The team"}, entry{id: teamID, icon: "users", role: theme.Secondary, title: "Who has passed what", note: fmt.Sprintf("%d people", len(p.staff.here()))})
	if !p.list.set(rows) {
		p.list.first()
		return
	}
	if p.quiz == nil {
		p.show(p.list.opened())
	}
}

func (p *trainingPane) roleOf(id int64) (role roleOfPerson) {
	for _, person := range p.staff.people {
		if person.ID == id {
			return person.Role
		}
	}
	return ""
}

func (p *trainingPane) show(id string) {
	p.quiz = nil
	if id == teamID {
		p.right.ShowContent(p.team())
		return
	}
	m, err := policy.FindModule(id)
	if err != nil {
		return
	}
	p.right.ShowContent(p.lesson(m))
}

func (p *trainingPane) lesson(m policy.Module) fyne.CanvasObject {
	who, _ := p.screen.host.Who()
	words := "Take the quiz"
	if a, begun := p.waiting[m.ID]; begun && len(a.Answers) > 0 {
		words = "Go on with the quiz"
	} else if _, taken := p.best[who][m.ID]; taken {
		words = "Take the quiz again"
	}
	start := kit.NewPrimary(words, theme.Icon("graduation-cap"), func() { p.begin(m.ID) })
	title := kit.NewLabel(m.Title, kit.Title).Ellipsis()
	asks := kit.Help(fmt.Sprintf("%d minutes, then %s.", m.Minutes, kit.Counted(m.Asks(), "question", "questions")))
	head := kit.InsetXY(kit.Column(theme.Space1, kit.Spread(kit.Tipped(title), start), asks, measured("pass-mark", p.staff.day)), theme.Space6, theme.Space4)
	bases := kit.Column(theme.Space4)
	for _, b := range m.Basis {
		bases.Add(kit.Column(theme.Space1, kit.NewLabel(b.What, kit.Strong).Ellipsis(), p.screen.basisLines(b.Basis, p.staff.day)))
	}
	text := kit.Column(theme.Space6, p.reasons(p.need(who, m.ID)), kit.NewGroup("You will be able to", bullets(m.Goals)), document(m.Lesson, nil), kit.Hairline(), kit.NewSection("What this stands on", bases),
		kit.Line(0, kit.NewButton(words, theme.Icon("graduation-cap"), func() { p.begin(m.ID) })))
	return container.NewBorder(kit.Column(0, head, kit.Hairline()), nil, nil, nil, kit.Scrolling(kit.InsetXY(kit.MaxWidth(text, 680), theme.Space6, theme.Space4)))
}

// need is how a person stands with a module; that of somebody unknown is empty.
func (p *trainingPane) need(person int64, module string) policy.Need {
	for _, n := range p.needs[person] {
		if n.Module.ID == module {
			return n
		}
	}
	return policy.Need{}
}

// reasons says why the module is due, or when it will be.
func (p *trainingPane) reasons(n policy.Need) fyne.CanvasObject {
	if len(n.Reasons) == 0 || !n.Wanted {
		return kit.Gap(0)
	}
	tone, text := kit.ToneNeutral, "Passed and up to date."
	switch day := p.staff.day; {
	case n.Assigned() && !n.Late(day):
		tone, text = kit.ToneAccent, "Assigned to you. Due by "+longDay(n.By)+", "+policy.Away(n.By, day)+"."
	case n.Soon(day):
		tone, text = kit.ToneWarn, "Due again by "+longDay(n.By)+", "+policy.Away(n.By, day)+"."
	case n.Counts(day):
	case n.Late(day):
		tone, text = kit.ToneBad, "Was due by "+longDay(n.By)+", "+policy.Away(n.By, day)+"."
	case n.By != "":
		tone, text = kit.ToneAccent, "Due by "+longDay(n.By)+", "+policy.Away(n.By, day)+"."
	}
	var why []string
	for _, r := range n.Reasons {
		why = append(why, daysInWords(kit.Capital(r.Text))+".")
	}
	parts := kit.Column(theme.Space1, kit.NewLabel(text, kit.Strong.In(tone.Text())), kit.Help(strings.Join(why, " ")))
	return kit.NewCard("", kit.Column(theme.Space2, parts, p.timesNote()))
}

// timesNote says where the days and months come from by which modules are due.
func (p *trainingPane) timesNote() fyne.CanvasObject {
	return kit.Column(theme.Space1, measured("training-days", p.staff.day), measured("pass-months", p.staff.day))
}

// begin starts the quiz of a module, or takes it up where it was left.
func (p *trainingPane) begin(id string) {
	m, err := policy.FindModule(id)
	if err != nil {
		return
	}
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	var a policy.Attempt
	p.screen.do("Beginning the quiz", func(ctx context.Context) (err error) {
		a, err = p.screen.deps.Training.Start(ctx, by.ID, id)
		return err
	}, func() {
		p.quiz = newQuiz(p, m, a, by)
		p.right.ShowContent(p.quiz.content)
		p.quiz.show()
	})
}

// team is a table of who has passed what, those with most to do first.
func (p *trainingPane) team() fyne.CanvasObject {
	type line struct {
		cells []kit.Cell
		open  int
		id    int64
	}
	var lines []line
	for _, person := range p.staff.here() {
		passed, wanted, late, next := 0, 0, 0, ""
		for _, n := range p.needs[person.ID] {
			if !n.Wanted {
				continue
			}
			wanted++
			if n.Counts(p.staff.day) && !n.Assigned() {
				passed++
			} else if n.Late(p.staff.day) {
				late++
			}
			if n.By != "" && (next == "" || n.By < next) {
				next = n.By
			}
		}
		state := kit.Cell{Text: "To do", Tone: kit.ToneWarn}
		switch {
		case late > 0:
			state = kit.Cell{Text: fmt.Sprintf("%d late", late), Tone: kit.ToneBad}
		case passed == wanted:
			state = kit.Cell{Text: "Done", Tone: kit.ToneGood}
		}
		lines = append(lines, line{[]kit.Cell{{Text: person.Name, Strong: true}, {Text: fmt.Sprintf("%d of %d", passed, wanted)}, {Text: kit.ShortDay(next), Secondary: true}, state}, wanted - passed, person.ID})
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].open > lines[j].open })
	table := kit.NewTable(kit.TableColumn{Title: "Person"}, kit.TableColumn{Title: "Passed", Width: 80}, kit.TableColumn{Title: "Next is due", Width: 120}, kit.TableColumn{Title: "", Width: 90})
	var rows [][]kit.Cell
	for _, l := range lines {
		rows = append(rows, l.cells)
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.assign(policy.Assignment{PersonID: lines[row].id}) }
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, kit.NewSection("Who has passed what", kit.Column(theme.Space3, kit.Help("Counted are the modules that the role asks for or that were assigned. Open a person to assign one. Results are kept with the questions missed and the policy version of the day."), table, p.timesNote(), measured("pass-mark", p.staff.day)), kit.NewButton("Assign a module", theme.Icon("user-plus"), func() { p.assign(policy.Assignment{}) })), p.assigned()), 860), theme.Space6, theme.Space4))
}
