package settings

import (
	"context"
	"fmt"
	"os"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func (p *peoplePane) export() {
	kit.SaveFile(p.screen.host, "Writing the staff list", "staff.csv", func(path string) {
		people, places := p.people, p.places
		p.screen.back.Run(func(context.Context) func() {
			err := writeRoster(path, people, places)
			return func() {
				if err != nil {
					p.screen.host.Fail("Writing the staff list", err)
					return
				}
				p.screen.host.Toast("The staff list is written.")
			}
		})
	})
}

func writeRoster(path string, people []practice.Person, places []practice.Place) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closed := out.Close(); err == nil {
			err = closed
		}
	}()
	return practice.WriteRoster(out, people, places)
}

func (p *peoplePane) choose() {
	kit.OpenFile(p.screen.host, "Reading the staff list", []string{".csv", ".txt", ".tsv"}, p.readFile)
}

// readFile reads a staff list and shows what it would change.
func (p *peoplePane) readFile(path string) {
	p.screen.back.Run(func(context.Context) func() {
		roster, err := openRoster(path)
		return func() {
			if err != nil {
				p.screen.host.Fail("Reading the staff list", err)
				return
			}
			p.preview(roster)
		}
	})
}

func openRoster(path string) (practice.Roster, error) {
	in, err := os.Open(path)
	if err != nil {
		return practice.Roster{}, fmt.Errorf("The file cannot be opened: %w", err)
	}
	defer func() { _ = in.Close() }()
	return practice.ReadRoster(in)
}

// notThere is what the mapping shows for a field that is in no column.
const notThere = "Not in the file"

// preview shows which column is what, and line by line what the import would do.
func (p *peoplePane) preview(roster practice.Roster) {
	mapping := roster.Guess()
	var lines []practice.RosterLine
	table := kit.NewTable(kit.TableColumn{Title: "Line", Width: 56}, kit.TableColumn{Title: "Name"}, kit.TableColumn{Title: "Role", Width: 110}, kit.TableColumn{Title: "What happens", Width: 250})
	sum := kit.Help("")
	again := func() {
		lines = roster.Read(mapping, p.people, p.places)
		added, changed, same, wrong := 0, 0, 0, 0
		var rows [][]kit.Cell
		for _, l := range lines {
			what := kit.Cell{Text: "New", Tone: kit.ToneGood}
			switch {
			case l.Err != nil:
				what = kit.Cell{Text: l.Err.Error(), Tone: kit.ToneBad}
				wrong++
			case l.Known != nil && l.Change:
				what = kit.Cell{Text: "Changes " + l.Known.Name, Tone: kit.ToneAccent}
				changed++
			case l.Known != nil:
				what = kit.Cell{Text: "Known already", Secondary: true}
				same++
			default:
				added++
			}
			rows = append(rows, []kit.Cell{{Text: fmt.Sprint(l.Number), Secondary: true}, {Text: l.Person.Name, Strong: true}, {Text: roles[l.Person.Role].title, Secondary: true}, what})
		}
		table.SetRows(rows)
		sum.SetText(fmt.Sprintf("%d new, %d changed, %d as they are. %s left out, with the reason beside each.", added, changed, same, kit.Counted(wrong, "line is", "lines are")))
	}
	fields := kit.Grid(150, theme.Space3)
	for _, field := range []struct{ id, title string }{{"name", "Name"}, {"first", "First name"}, {"last", "Last name"}, {"email", "E-mail"}, {"role", "Role"}, {"job", "Job"}, {"place", "Place"}, {"hired", "First day"}, {"left", "Last day"}} {
		column := kit.NewSelect(append([]string{notThere}, roster.Columns...), nil)
		column.SetSelected(notThere)
		if at := mapping[field.id]; at != "" {
			column.SetSelected(at)
		}
		column.OnChanged = func(chosen string) {
			if chosen == notThere {
				chosen = ""
			}
			mapping[field.id] = chosen
			again()
		}
		fields.Objects = append(fields.Objects, kit.NewField(field.title, "", column))
	}
	again()
	content := kit.Column(theme.Space4, kit.NewGroup("Which column is what", fields), sum, table)
	p.screen.host.Dialog("Import a staff list", kit.MinWidth(content, 720), kit.Button{Title: "Cancel"}, kit.Button{Title: "Import", Primary: true, Run: func() {
		by, taken := p.screen.actor(), lines
		p.screen.back.Run(func(ctx context.Context) func() {
			added, changed, err := p.screen.deps.People.ImportPeople(ctx, taken, by)
			return func() {
				if err != nil {
					p.screen.host.Fail("Importing the staff list", err)
					return
				}
				p.screen.told()
				p.screen.host.Toast(fmt.Sprintf("%d people are new, %d changed.", added, changed))
			}
		})
	}})
}

// leaving lists what waits for somebody who leaves, and hands it to somebody else.
func (p *peoplePane) leaving(person practice.Person) {
	p.screen.back.Run(func(ctx context.Context) func() {
		work, err := p.screen.deps.Waiting(ctx, person.ID)
		return func() {
			if err != nil {
				p.screen.host.Fail("Looking for open work", err)
				return
			}
			p.showLeaving(person, work)
		}
	})
}

func (p *peoplePane) showLeaving(person practice.Person, work []Waiting) {
	title := "What waits for " + person.Name
	if len(work) == 0 {
		p.screen.host.Dialog(title, kit.NewParagraph("Nothing. Signatures and training stay on record."), kit.Button{Title: "Close", Primary: true})
		return
	}
	list := kit.Column(theme.Space2)
	for _, w := range work[:min(len(work), 30)] {
		list.Add(kit.Column(0, kit.NewParagraph(w.Kind+": "+w.Title), kit.Help(kit.Capital(w.Why)+".")))
	}
	if len(work) > 30 {
		list.Add(kit.Help(fmt.Sprintf("and %d more", len(work)-30)))
	}
	today := p.screen.deps.Now().Format(practice.Day)
	var names []string
	byName := map[string]int64{}
	for _, o := range p.people {
		if o.ID != person.ID && o.Here(today) {
			names = append(names, o.Name)
			byName[o.Name] = o.ID
		}
	}
	heir := kit.NewSelect(names, nil)
	field := kit.NewField("Hand over to", "Reviews and checklist items change hands; spotlights, consents and roles need a decision of yours.", heir)
	var shut func()
	content := fyne.CanvasObject(kit.Column(theme.Space4, kit.NewGroup(kit.Counted(len(work), "thing waits", "things wait"), list), field))
	shut = p.screen.host.Dialog(title, kit.MinWidth(content, 560), kit.Button{Title: "Later"}, kit.Button{Title: "Hand over", Primary: true, Stay: true, Run: func() {
		to := byName[heir.Selected]
		if to == 0 {
			field.SetError("Choose who takes it over.")
			return
		}
		by := p.screen.actor()
		p.screen.back.Run(func(ctx context.Context) func() {
			n, err := p.screen.deps.HandOver(ctx, person.ID, to, by)
			return func() {
				field.SetErr(err)
				if err == nil {
					shut()
					p.screen.told()
					p.screen.host.Toast(fmt.Sprintf("%d things went to %s.", n, heir.Selected))
				}
			}
		})
	}})
}
