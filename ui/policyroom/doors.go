package policyroom

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// doorsPane shows which training opens what, to whom, from when, and the exceptions.
type doorsPane struct {
	screen    *Screen
	states    *kit.States
	read      reading
	staff     staff
	rules     policy.DoorRules
	passages  map[int64][]policy.Passage
	overrides []policy.Override
}

func newDoorsPane(s *Screen) *doorsPane { return &doorsPane{screen: s, states: kit.NewStates()} }

func (p *doorsPane) name() string               { return "Doors" }
func (p *doorsPane) content() fyne.CanvasObject { return p.states }
func (p *doorsPane) open(string)                {}

func (p *doorsPane) commands() []kit.Command {
	title := "Switch the doors on"
	if p.rules.On {
		title = "Switch the doors off"
	}
	return []kit.Command{{Title: title, Run: p.turn, Enabled: func() bool { return p.staff.day != "" }},
		{Title: "Make an exception at a door", Key: "N", Run: func() { p.except(0, 0) }, Enabled: func() bool { return p.rules.On }}}
}

func (p *doorsPane) load() {
	if p.staff.day == "" {
		p.states.ShowLoading("Looking at the doors")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var rules policy.DoorRules
		var passages map[int64][]policy.Passage
		var overrides []policy.Override
		if err == nil {
			rules, err = p.screen.deps.Doors.DoorRules(ctx)
		}
		if err == nil {
			passages, err = p.screen.deps.Doors.Passages(ctx)
		}
		if err == nil {
			overrides, err = p.screen.deps.Doors.Overrides(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The doors could not be read", err, p.load)
				return
			}
			p.staff, p.rules, p.passages, p.overrides = f, rules, passages, overrides
			p.show()
		}
	})
}

func (p *doorsPane) show() {
	content := kit.Column(theme.Space6, p.state(), p.which(), p.people())
	if section := p.exceptions(); section != nil {
		content.Add(section)
	}
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(content, 960), theme.Space6, theme.Space4)))
}

// state says whether the doors are on, and from when they shut.
func (p *doorsPane) state() fyne.CanvasObject {
	title, text, tone := "The doors are open", "Everybody may do what their role allows, trained or not. When you switch the doors on, writing, approving and scheduling ask for the training as well. "+
		"Nobody is shut out at once: there is time to learn first, and a warning two weeks before a door shuts. The owner can make exceptions, and can switch the doors off again at any time.", kit.ToneNeutral
	button := kit.NewPrimary("Switch the doors on", theme.Icon("lock"), p.turn)
	if p.rules.On {
		button = kit.NewButton("Switch the doors off", nil, p.turn)
		title, tone = "The doors are on", kit.ToneGood
		text = "Writing, approving and scheduling ask for the training."
		if !p.rules.Shut(p.staff.day) {
			title, tone = "The doors shut from "+longDay(p.rules.From())+", "+policy.Away(p.rules.From(), p.staff.day), kit.ToneWarn
			text = "Until then everybody may do what their role allows. Those marked below have training to do first."
		}
	}
	return kit.NewCard("", kit.Column(theme.Space3, kit.Spread(kit.NewLabel(title, kit.Heading.In(tone.Text())).Ellipsis(), button), kit.NewParagraph(text),
		note(p.rules.Ground(), p.staff.day), measured("warn-days", p.staff.day)))
}

func (p *doorsPane) which() fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for _, d := range policy.Doors() {
		list := kit.Column(theme.Space1)
		for _, id := range d.Modules {
			m, err := policy.FindModule(id)
			if err != nil {
				continue
			}
			list.Add(kit.Tipped(kit.NewLabel(m.Title, kit.Body).Ellipsis()))
		}
		cards = append(cards, kit.NewCard(d.Title, list))
	}
	return kit.Column(theme.Space2, kit.Grid(260, theme.Space4, cards...), measured("doors", p.staff.day))
}

// people is a table of who comes through which door.
func (p *doorsPane) people() fyne.CanvasObject {
	columns := []kit.TableColumn{{Title: "Person"}}
	for _, d := range policy.Doors() {
		columns = append(columns, kit.TableColumn{Title: d.Title, Width: 210})
	}
	table := kit.NewTable(columns...)
	var rows [][]kit.Cell
	here := p.staff.here()
	for _, person := range here {
		row := []kit.Cell{{Text: person.Name, Strong: true}}
		for _, passage := range p.passages[person.ID] {
			row = append(row, p.cell(passage, roleHas(person.Role, passage.Door.Right)))
		}
		rows = append(rows, row)
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.except(here[row].ID, 0) }
	return kit.NewSection("Who comes through", kit.Column(theme.Space2, kit.Help("Open a person to make an exception."), table, measured("pass-months", p.staff.day)))
}

func roleHas(role roleOfPerson, right policy.Right) bool {
	if right == policy.RightDraft {
		return role.MayDraft()
	}
	return role.MayApprove()
}

func (p *doorsPane) cell(passage policy.Passage, byRole bool) kit.Cell {
	missing := kit.Counted(len(passage.Missing), "module", "modules") + " to pass"
	switch {
	case !byRole:
		return kit.Cell{Text: "Not in the role", Secondary: true}
	case passage.Override != nil:
		return kit.Cell{Text: "Exception until " + kit.ShortDay(passage.Override.Until), Tone: kit.ToneAccent}
	case passage.Trained && passage.Warning != "":
		return kit.Cell{Text: "Shuts after " + kit.ShortDay(passage.Until) + ", " + policy.Away(passage.Until, p.staff.day), Tone: kit.ToneWarn}
	case passage.Trained:
		return kit.Cell{Text: "Trained", Icon: "check"}
	case !p.rules.On:
		return kit.Cell{Text: kit.Capital(missing), Secondary: true}
	case passage.Open:
		return kit.Cell{Text: kit.Capital(missing), Tone: kit.ToneWarn}
	}
	return kit.Cell{Text: "Shut: " + missing, Tone: kit.ToneBad}
}

func (p *doorsPane) exceptions() fyne.CanvasObject {
	if len(p.overrides) == 0 {
		return nil
	}
	list := kit.Column(theme.Space3)
	for _, o := range p.overrides[:min(len(p.overrides), 40)] {
		door, err := policy.FindDoor(o.Right)
		if err != nil {
			continue
		}
		state := "until " + longDay(o.Until)
		switch {
		case !o.Ended.IsZero():
			state = "taken back on " + dayOf(o.Ended, p.staff.practice.Location())
		case !o.Stands(p.staff.day):
			state = "ended on " + longDay(o.Until)
		}
		words := kit.Column(0, kit.NewParagraph(fmt.Sprintf("%s: %s, %s", p.staff.name(o.PersonID), strings.ToLower(door.Title), state)), kit.Help(fmt.Sprintf("%s. Given by %s on %s.", strings.TrimSuffix(o.Reason, "."), o.By, dayOf(o.At, p.staff.practice.Location()))))
		line := kit.Line(theme.Space3, kit.Fill(words))
		if o.Stands(p.staff.day) {
			line.Add(kit.NewButton("Take it back", nil, func() { p.end(o) }))
		}
		list.Add(line)
	}
	list.Add(measured("exception-days", p.staff.day))
	return kit.NewSection("Exceptions", list)
}

func (p *doorsPane) end(o policy.Override) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do("Taking the exception back", func(ctx context.Context) error { return p.screen.deps.Doors.EndOverride(ctx, o.ID, by) }, func() {
		p.screen.again()
		p.screen.host.ToastUndo("The exception is taken back.", func() {
			p.give(policy.Override{PersonID: o.PersonID, Right: o.Right, Reason: o.Reason, Until: o.Until}, by)
		})
	})
}

func (p *doorsPane) give(o policy.Override, by audit.Actor) {
	p.screen.do("Making the exception", func(ctx context.Context) error {
		_, err := p.screen.deps.Doors.GiveOverride(ctx, o, by)
		return err
	}, p.screen.again)
}

// turn switches the doors on, after asking for the time before they shut, or off.
func (p *doorsPane) turn() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	if p.rules.On {
		grace := p.rules.Grace
		p.screen.do("Switching the doors off", func(ctx context.Context) error {
			_, err := p.screen.deps.Doors.SwitchDoors(ctx, false, grace, by)
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast("The doors are open.")
		})
		return
	}
	untrained := 0
	for _, person := range p.staff.here() {
		if slices.ContainsFunc(p.passages[person.ID], func(g policy.Passage) bool { return !g.Trained && roleHas(person.Role, g.Door.Right) }) {
			untrained++
		}
	}
	days := kit.NewEntry(strconv.Itoa(policy.UsualGrace))
	days.SetText(strconv.Itoa(p.rules.Grace))
	field := kit.NewField("Days before a door shuts to anybody", "For a practice that begins with the training, a month is usual.", days)
	text := fmt.Sprintf("Today %d of %d people would be shut out of something that their role lets them do. They have these days to pass the training.", untrained, len(p.staff.here()))
	var shut func()
	shut = p.screen.host.Dialog("Switch the doors on", kit.MaxWidth(kit.Column(theme.Space4, kit.NewParagraph(text), field, measured("grace-days", p.staff.day)), 480), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Switch on", Primary: true, Stay: true, Run: func() {
			n, err := strconv.Atoi(strings.TrimSpace(days.Text))
			if err != nil {
				field.SetError("This is not a number of days.")
				return
			}
			p.screen.back.Run(func(ctx context.Context) func() {
				_, err := p.screen.deps.Doors.SwitchDoors(ctx, true, n, by)
				return func() {
					field.SetErr(err)
					if err == nil {
						shut()
						p.screen.again()
					}
				}
			})
		}})
}

// except asks for an exception; person 0 lets it be chosen.
func (p *doorsPane) except(person int64, door int) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	var titles []string
	for _, d := range policy.Doors() {
		titles = append(titles, d.Title)
	}
	who, which := kit.NewSelect(p.staff.names(), nil), kit.NewSelect(titles, nil)
	who.SetSelected(p.staff.name(person))
	which.SetSelected(titles[door])
	until, reason := kit.NewEntry(p.staff.day), kit.NewMultiLine("Why it cannot wait for the training", 2)
	reasonField := kit.NewField("Reason", fmt.Sprintf("The owner makes exceptions, for %d days at most. Reason and day stay on record.", policy.MostOverride), reason)
	content := kit.NewForm(kit.Grid(180, theme.Space4, kit.NewField("Person", "", who), kit.NewField("Door", "", which), kit.NewField("Last day", "", until)), reasonField, measured("exception-days", p.staff.day))
	var shut func()
	shut = p.screen.host.Dialog("Make an exception", kit.MaxWidth(content, 560), kit.Button{Title: "Cancel"}, kit.Button{Title: "Make the exception", Primary: true, Stay: true, Run: func() {
		o := policy.Override{PersonID: p.staff.idOf(who.Selected), Reason: reason.Text, Until: strings.TrimSpace(until.Text)}
		for i, d := range policy.Doors() {
			if titles[i] == which.Selected {
				o.Right = d.Right
			}
		}
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Doors.GiveOverride(ctx, o, by)
			return func() {
				reasonField.SetErr(err)
				if err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("The exception is made.")
				}
			}
		})
	}})
}
