package policyroom

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// assign asks which module somebody is to take, by when and why; what stands in a already is filled in.
func (p *trainingPane) assign(a policy.Assignment) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	var titles []string
	for _, m := range policy.Modules() {
		titles = append(titles, m.Title)
	}
	who, which := kit.NewSelect(p.staff.names(), nil), kit.NewSelect(titles, nil)
	who.SetSelected(p.staff.name(a.PersonID))
	at := 0
	for n, m := range policy.Modules() {
		if m.ID == p.list.opened() {
			at = n
		}
	}
	which.SetSelectedIndex(at)
	month := p.screen.deps.Now().In(p.staff.practice.Location()).AddDate(0, 0, policy.FirstDays).Format(practice.Day)
	due, reason := kit.NewEntry(month), kit.NewMultiLine("Why, in a sentence that the person will read", 2)
	due.SetText(month)
	field := kit.NewField("Reason", "The person reads it, and it stays on record.", reason)
	form := kit.NewForm(kit.Grid(200, theme.Space4, kit.NewField("Person", "", kit.Framed(who)), kit.NewField("Module", "", kit.Framed(which)), kit.NewField("Last day", "", due)), field,
		kit.Help("The compliance officer assigns; where there is none, the owner. It stands until the module is passed or it is taken back."))
	var shut func()
	save := func() {
		made := policy.Assignment{PersonID: p.staff.idOf(who.Selected), ModuleID: policy.Modules()[max(which.SelectedIndex(), 0)].ID, Due: strings.TrimSpace(due.Text), Reason: reason.Text}
		if made.PersonID == 0 {
			field.SetError("Choose the person.")
			return
		}
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Training.Assign(ctx, made, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("Assigned. It stands in their training from now on.")
				}
			}
		})
	}
	shut = p.screen.host.Dialog("Assign a module", kit.MaxWidth(form, 600), kit.Button{Title: "Cancel"}, kit.Button{Title: "Assign", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(reason)
}

// assigned lists what was assigned, those first that stand.
func (p *trainingPane) assigned() fyne.CanvasObject {
	if len(p.given) == 0 {
		return kit.Gap(0)
	}
	list := kit.Column(theme.Space3)
	for _, stands := range []bool{true, false} {
		for _, a := range p.given[:min(len(p.given), 60)] {
			if a.Stands() == stands {
				list.Add(p.assignment(a))
			}
		}
	}
	return kit.NewSection("Assigned", list)
}

func (p *trainingPane) assignment(a policy.Assignment) fyne.CanvasObject {
	m, err := policy.FindModule(a.ModuleID)
	if err != nil {
		return kit.Gap(0)
	}
	zone := p.staff.practice.Location()
	state := "by " + longDay(a.Due) + ", " + policy.Away(a.Due, p.staff.day)
	switch {
	case !a.Removed.IsZero():
		state = fmt.Sprintf("taken back by %s on %s", a.RemovedBy, dayOf(a.Removed, zone))
	case !a.Passed.IsZero():
		state = "passed on " + dayOf(a.Passed, zone)
	}
	words := kit.Column(0, kit.NewParagraph(fmt.Sprintf("%s: %s, %s", p.staff.name(a.PersonID), m.Title, state)),
		kit.Help(fmt.Sprintf("%s. Assigned by %s on %s.", strings.TrimSuffix(a.Reason, "."), a.By, dayOf(a.At, zone))))
	line := kit.Line(theme.Space3, kit.Fill(words))
	if a.Stands() {
		line.Add(kit.NewButton("Take it back", nil, func() { p.takeBack(a) }))
	}
	return line
}

func (p *trainingPane) takeBack(a policy.Assignment) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do("Taking the assignment back", func(ctx context.Context) error { return p.screen.deps.Training.TakeAssignmentBack(ctx, a.ID, by) }, func() {
		p.screen.again()
		p.screen.host.ToastUndo("The assignment is taken back.", func() { p.give(a, by) })
	})
}

// give assigns anew what was taken back by mistake.
func (p *trainingPane) give(a policy.Assignment, by audit.Actor) {
	p.screen.do("Assigning the module", func(ctx context.Context) error {
		_, err := p.screen.deps.Training.Assign(ctx, policy.Assignment{PersonID: a.PersonID, ModuleID: a.ModuleID, Due: a.Due, Reason: a.Reason}, by)
		return err
	}, p.screen.again)
}
