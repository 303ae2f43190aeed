package settings

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// peoplePane lists the staff and their roles.
type peoplePane struct {
	screen *Screen
	states *kit.States
	read   reading
	people []practice.Person
	places []practice.Place
	pins   map[int64]bool
}

// roles says in words what each role may do.
var roles = map[practice.Role]struct{ title, may string }{
	practice.Owner:      {"Owner", "Writes, approves and publishes without a second person."},
	practice.Compliance: {"Compliance officer", "Approves texts and takes escalated matters."},
	practice.Manager:    {"Manager", "Writes, approves and assigns."},
	practice.HR:         {"HR", "Writes spotlights and replies; somebody else approves them."},
	practice.Clinician:  {"Clinician", "Reads, approves health facts, appears in spotlights."},
	practice.Author:     {"Author", "Writes replies and posts; somebody else approves them."},
	practice.Staff:      {"Staff", "Reads the policy, takes the training, signs."},
}

func newPeoplePane(s *Screen) *peoplePane { return &peoplePane{screen: s, states: kit.NewStates()} }

func (p *peoplePane) name() string               { return "People" }
func (p *peoplePane) content() fyne.CanvasObject { return p.states }

func (p *peoplePane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a person", Key: "N", Run: p.add}, {Title: "Import a staff list", Run: p.choose}, {Title: "Export the staff list", Run: p.export}}
}

func (p *peoplePane) add() {
	p.form(practice.Person{Role: practice.Staff, HiredOn: p.screen.deps.Now().Format(practice.Day)})
}

func (p *peoplePane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		people, err := p.screen.deps.Practices.People(ctx)
		var places []practice.Place
		if err == nil {
			places, err = p.screen.deps.Practices.Places(ctx)
		}
		var pins map[int64]bool
		if err == nil {
			pins, err = p.screen.deps.People.HavePIN(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The staff list could not be read", err, p.load)
				return
			}
			p.people, p.places, p.pins = people, places, pins
			p.show()
		}
	})
}

func (p *peoplePane) placeName(id int64) string {
	for _, place := range p.places {
		if place.ID == id {
			return place.Name
		}
	}
	return ""
}

func (p *peoplePane) show() {
	add := kit.NewPrimary("Add a person", theme.Icon("user-plus"), p.add)
	if len(p.people) == 0 {
		p.states.ShowEmpty("users", "Nobody yet", "Enter the people of the practice and what each may do.", add)
		return
	}
	table := kit.NewTable(kit.TableColumn{Title: "Person"}, kit.TableColumn{Title: "Job"}, kit.TableColumn{Title: "Role", Width: 160}, kit.TableColumn{Title: "Place"}, kit.TableColumn{Title: "Since", Width: 110}, kit.TableColumn{Title: "PIN", Width: 60}, kit.TableColumn{Title: "", Width: 90})
	today := p.screen.deps.Now().Format(practice.Day)
	here := 0
	var rows [][]kit.Cell
	for _, person := range p.people {
		state := kit.Cell{}
		name := kit.Cell{Text: person.Name, Strong: true}
		if !person.Here(today) {
			state = kit.Cell{Text: "Left", Tone: kit.ToneWarn}
			name = kit.Cell{Text: person.Name, Secondary: true}
		} else {
			here++
		}
		rows = append(rows, []kit.Cell{name, {Text: person.Job, Secondary: true}, {Text: roles[person.Role].title}, {Text: p.placeName(person.PlaceID), Secondary: true}, {Text: kit.ShortDay(person.HiredOn), Secondary: true}, {Text: map[bool]string{true: "Yes"}[p.pins[person.ID]], Secondary: true}, state})
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.form(p.people[row]) }
	title := fmt.Sprintf("%d people work here", here)
	if here == 1 {
		title = "One person works here"
	}
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, kit.Spread(kit.NewLabel(title, kit.Heading), kit.Line(theme.Space2, kit.NewButton("Import", theme.Icon("upload"), p.choose), kit.NewButton("Export", theme.Icon("download"), p.export), add)), table,
		kit.Gap(theme.Space2), kit.NewSection("What each role may do", rightsTable())), 1080), theme.Space6, theme.Space4)))
}

const noPlace = "No fixed place"

func (p *peoplePane) form(person practice.Person) {
	name, job, credentials, email := kit.NewEntry("Iris Okafor"), kit.NewEntry("dental hygienist"), kit.NewEntry("RDH"), kit.NewEntry("iris@example.org")
	hired, left := kit.NewEntry("2026-01-31"), kit.NewEntry("still here")
	name.SetText(person.Name)
	job.SetText(person.Job)
	credentials.SetText(person.Credentials)
	email.SetText(person.Email)
	hired.SetText(person.HiredOn)
	left.SetText(person.LeftOn)
	may := kit.Help(roles[person.Role].may)
	var titles []string
	byTitle := map[string]practice.Role{}
	for _, r := range practice.Roles() {
		titles = append(titles, roles[r].title)
		byTitle[roles[r].title] = r
	}
	role := kit.NewSelect(titles, func(title string) { may.SetText(roles[byTitle[title]].may) })
	role.SetSelected(roles[person.Role].title)
	placeNames := []string{noPlace}
	for _, place := range p.places {
		placeNames = append(placeNames, place.Name)
	}
	place := kit.NewSelect(placeNames, nil)
	place.SetSelected(noPlace)
	if at := p.placeName(person.PlaceID); at != "" {
		place.SetSelected(at)
	}
	nameField, hiredField, leftField := kit.NewField("Name", "", name), kit.NewField("Here since", "", hired), kit.NewField("Last day", "Who left keeps their signatures and training on record.", left)
	content := kit.MaxWidth(kit.NewForm(kit.Grid(200, theme.Space4, nameField, kit.NewField("E-mail", "", email)), kit.NewField("Role", "", kit.Column(theme.Space1, role, may)),
		kit.Grid(200, theme.Space4, kit.NewField("Job, as on a badge", "", job), kit.NewField("Credentials", "", credentials), kit.NewField("Place", "", place), hiredField, leftField)), 560)
	parts := kit.Column(theme.Space4, content)
	if person.ID != 0 {
		parts.Add(kit.Line(theme.Space6, p.pinPart(person), kit.NewGroup("Leaving", kit.NewButton("What waits for them", theme.Icon("log-out"), func() { p.leaving(person) }))))
	}
	check := func() bool {
		good := true
		for _, d := range []struct {
			text  string
			field *kit.Field
		}{{hired.Text, hiredField}, {left.Text, leftField}} {
			d.field.SetError("")
			if _, err := time.Parse(practice.Day, d.text); err != nil && d.text != "" {
				d.field.SetError("This is not a day such as 2026-01-31.")
				good = false
			}
		}
		if !good {
			return false
		}
		person.Name, person.Job, person.Credentials, person.Email = name.Text, job.Text, credentials.Text, email.Text
		person.Role, person.HiredOn, person.LeftOn, person.PlaceID = byTitle[role.Selected], hired.Text, left.Text, 0
		for _, candidate := range p.places {
			if candidate.Name == place.Selected {
				person.PlaceID = candidate.ID
			}
		}
		return true
	}
	title := "Add a person"
	if person.ID != 0 {
		title = person.Name
	}
	p.screen.ask(title, parts, nameField, name, check, func(ctx context.Context, by audit.Actor) error {
		_, err := p.screen.deps.Practices.SavePerson(ctx, person, by)
		return err
	})
	left.OnChanged = func(day string) {
		if day != "" {
			leftField.SetHelp("Who left keeps their signatures and training on record. See what waits for them, below.")
		}
	}
}
