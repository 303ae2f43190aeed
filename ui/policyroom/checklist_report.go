package policyroom

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/disk"
	"goodword/internal/paper"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func or[T ~string](text, otherwise T) T {
	if text == "" {
		return otherwise
	}
	return text
}

// rulesOf says whose rules the checklist follows.
func rulesOf(c policy.PlaceChoice) string {
	var titles []string
	for _, id := range c.Places() {
		titles = append(titles, policy.PlaceTitle(id))
	}
	switch {
	case len(titles) == 0:
		return "We have no rules for your country"
	case c.Chosen != nil:
		return "By choice: " + strings.Join(titles, ", ")
	default:
		return "By your address: " + strings.Join(titles, ", ")
	}
}

// choosePlaces lets the practice say whose rules it is under.
func (p *checklistPane) choosePlaces() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	rows := kit.Column(theme.Space2, kit.NewParagraph("The address of the practice decides, unless you choose here. Items of other places are hidden; their answers are kept."))
	var checks []*widget.Check
	for _, place := range policy.Places() {
		check := widget.NewCheck(place.Title, nil)
		check.SetChecked(slices.Contains(p.choice.Places(), place.ID))
		checks = append(checks, check)
		rows.Add(check)
	}
	before := p.choice.Chosen
	set := func(places []string, undo bool) {
		p.screen.do("Choosing the rules", func(ctx context.Context) error { return p.screen.deps.Checklist.ChoosePlaces(ctx, places, by) }, func() {
			p.screen.again()
			if undo {
				p.screen.host.ToastUndo("The checklist follows other rules now.", func() {
					p.screen.do("Choosing the rules", func(ctx context.Context) error { return p.screen.deps.Checklist.ChoosePlaces(ctx, before, by) }, p.screen.again)
				})
			}
		})
	}
	p.screen.host.Dialog("Whose rules", kit.MaxWidth(rows, 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "By the address", Run: func() { set(nil, true) }},
		kit.Button{Title: "Use these", Primary: true, Run: func() {
			places := []string{}
			for n, place := range policy.Places() {
				if checks[n].Checked {
					places = append(places, place.ID)
				}
			}
			set(places, true)
		}})
}

func (p *checklistPane) groupOf(itemID string) string {
	for _, g := range p.groups {
		for _, i := range g.Items {
			if i.ID == itemID {
				return g.ID
			}
		}
	}
	return p.groups[0].ID
}

// own adds an item of the practice's own, or changes one.
func (p *checklistPane) own(o policy.OwnItem) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	text, evidence, basis := kit.NewMultiLine("What should be so, in one sentence", 2), kit.NewEntry("A photo, a page, a list"), kit.NewEntry("A rule of our own, the lease, the insurer")
	text.SetText(o.Text)
	evidence.SetText(o.Evidence)
	basis.SetText(o.Basis)
	var groups, levels []string
	for _, g := range policy.List() {
		groups = append(groups, g.Title)
	}
	for _, l := range policy.Levels() {
		levels = append(levels, l.Words())
	}
	group, level := kit.NewSelect(groups, nil), kit.NewSelect(levels, nil)
	for n, g := range policy.List() {
		if g.ID == o.GroupID {
			group.SetSelected(groups[n])
		}
	}
	level.SetSelected(or(o.Level, policy.ByUs).Words())
	field := kit.NewField("The item", "", text)
	var shut func()
	save := func() {
		made := o
		made.Text, made.Evidence, made.Basis = text.Text, evidence.Text, basis.Text
		made.GroupID, made.Level = policy.List()[max(0, group.SelectedIndex())].ID, policy.Levels()[max(0, level.SelectedIndex())]
		p.screen.back.Run(func(ctx context.Context) func() {
			saved, err := p.screen.deps.Checklist.SaveOwnItem(ctx, made, by)
			return func() {
				if field.SetErr(err); err != nil {
					return
				}
				shut()
				p.list.rows.open = saved.ItemID()
				p.screen.again()
				p.screen.host.Toast("It is on the checklist.")
			}
		})
	}
	shut = p.screen.host.Dialog("An item of our own", kit.MaxWidth(kit.NewForm(field, kit.NewField("Group", "", group), kit.NewField("Who asks for it", "", level), kit.NewField("What would prove it", "", evidence),
		kit.NewField("Stands on", "", basis)), 480), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(text)
}

func (p *checklistPane) changeOwn(id int64) {
	var o policy.OwnItem
	p.screen.do("Reading the item", func(ctx context.Context) (err error) {
		o, err = p.screen.deps.Checklist.OwnItem(ctx, id)
		return err
	}, func() { p.own(o) })
}

func (p *checklistPane) removeOwn(item policy.Item) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	set := func(removed bool, then func()) {
		p.screen.do("Changing the checklist", func(ctx context.Context) error {
			return p.screen.deps.Checklist.RemoveOwnItem(ctx, item.Own, removed, by)
		}, func() {
			p.screen.again()
			then()
		})
	}
	set(true, func() {
		p.screen.host.ToastUndo("Off the list: "+item.Text, func() { set(false, func() { p.open(item.ID) }) })
	})
}

// lately is the day from which changes are shown first.
func (p *checklistPane) lately() string {
	return p.screen.deps.Now().In(p.staff.practice.Location()).AddDate(0, -3, 0).Format("2006-01-02")
}

// changed shows what is different since a day that the user chooses.
func (p *checklistPane) changed() {
	day := kit.NewEntry("2026-01-31")
	day.SetText(p.lately())
	field := kit.NewField("Since the end of", "The first look is three months back.", day)
	found := kit.NewStates()
	var shut func()
	look := func() {
		chosen := strings.TrimSpace(day.Text)
		p.screen.back.Run(func(ctx context.Context) func() {
			since, err := p.screen.deps.Checklist.ChecklistSince(ctx, chosen)
			return func() {
				if field.SetErr(err); err == nil {
					found.ShowContent(p.sinceView(since, func(id string) { shut(); p.open(id) }))
				}
			}
		})
	}
	day.OnSubmitted = func(string) { look() }
	content := kit.Column(theme.Space4, kit.Line(theme.Space3, kit.Fill(field), kit.NewButton("Look", nil, look)), container.NewGridWrap(fyne.NewSize(620, 320), found))
	shut = p.screen.host.Dialog("What changed", content, kit.Button{Title: "Close", Primary: true})
	look()
}

func (p *checklistPane) sinceView(since policy.Since, open func(id string)) fyne.CanvasObject {
	scores := kit.NewTable(kit.TableColumn{Title: "Who asks"}, kit.TableColumn{Title: "Then", Width: 90, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Now", Width: 90, Align: fyne.TextAlignTrailing})
	var rows [][]kit.Cell
	for n, now := range append(slices.Clone(since.Now.Levels), since.Now.All) {
		then, name := since.Before.All, "All in all"
		if n < len(since.Before.Levels) {
			then, name = since.Before.Levels[n], now.Name
		}
		rows = append(rows, []kit.Cell{{Text: name}, {Text: kit.Percent(then.Done())}, {Text: kit.Percent(now.Done()), Strong: true}})
	}
	scores.SetRows(rows)
	list := kit.Column(theme.Space2)
	for _, m := range since.Moves {
		icon, role := answerMark(m.Item.Answer)
		words := kit.NewParagraph(fmt.Sprintf("%s: %s, before %s", m.Item.Text, answerWords(m.Item.Answer), strings.ToLower(answerWords(m.From))))
		list.Add(kit.Line(theme.Space2, widget.NewIcon(theme.IconIn(icon, role)), kit.Fill(words), kit.NewIconButton(theme.Icon("arrow-right"), "Open the item", func() { open(m.Item.ID) })))
	}
	for _, i := range since.Added {
		list.Add(kit.NewParagraph("New: " + i.Text))
	}
	if len(since.Moves)+len(since.Added) == 0 {
		list.Add(kit.NewParagraph("No answer is another one than it was."))
	}
	if n := len(since.Looked); n > 0 {
		list.Add(kit.Help(kit.Counted(n, "item was", "items were") + " looked at again, with the same answer."))
	}
	return kit.Scrolling(kit.Column(theme.Space4, scores, list))
}

// report saves the checklist on paper.
func (p *checklistPane) report() {
	day := kit.NewEntry("Leave empty to leave it out")
	day.SetText(p.lately())
	p.screen.host.Dialog("Report", kit.MaxWidth(kit.Column(theme.Space4, kit.NewParagraph("The score with the law first, every item with its answer, evidence and basis. PDF, Word, web page or Markdown, by the ending of the name."),
		kit.NewField("With what changed since", "A day, or nothing.", day)), 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Run: func() {
		chosen := strings.TrimSpace(day.Text)
		kit.SaveFile(p.screen.host, "Saving the report", "checklist-"+p.staff.day+".pdf", func(path string) { p.writeReport(path, chosen) })
	}})
}

func (p *checklistPane) writeReport(path, day string) {
	names := map[int64]string{}
	for _, person := range p.staff.people {
		names[person.ID] = person.Name
	}
	groups, places, f, made := p.groups, p.choice.Places(), p.staff, p.screen.deps.Now()
	p.screen.do("Saving the report", func(ctx context.Context) error {
		var since *policy.Since
		if day != "" {
			s, err := p.screen.deps.Checklist.ChecklistSince(ctx, day)
			if err != nil {
				return err
			}
			since = &s
		}
		return paper.Save(ctx, path, policy.ChecklistSheet(f.practice, groups, places, names, since, made))
	}, func() { p.screen.host.Toast("Saved as " + filepath.Base(path) + ".") })
}

// saveEvidence writes a copy of a file that is kept.
func (s *Screen) saveEvidence(file policy.File) {
	var data []byte
	s.do("Reading the file", func(ctx context.Context) (err error) {
		data, err = s.deps.Checklist.KeptFile(ctx, file.Hash)
		return err
	}, func() {
		kit.SaveFile(s.host, "Saving the file", file.Name, func(path string) {
			s.do("Saving the file", func(context.Context) error {
				return disk.Write(path, data)
			}, func() { s.host.Toast("Saved as " + filepath.Base(path) + ".") })
		})
	})
}
