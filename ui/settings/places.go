package settings

import (
	"context"
	"sort"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// placesPane lists the locations.
type placesPane struct {
	screen *Screen
	states *kit.States
	read   reading
	places []practice.Place
}

func newPlacesPane(s *Screen) *placesPane { return &placesPane{screen: s, states: kit.NewStates()} }

func (p *placesPane) name() string               { return "Places" }
func (p *placesPane) content() fyne.CanvasObject { return p.states }

func (p *placesPane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a place", Key: "N", Run: p.add}}
}

func (p *placesPane) add() { p.form(practice.Place{}) }

func (p *placesPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		places, err := p.screen.deps.Practices.Places(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The places could not be read", err, p.load)
				return
			}
			p.places = places
			p.show()
		}
	})
}

func (p *placesPane) show() {
	add := kit.NewPrimary("Add a place", theme.Icon("plus"), p.add)
	if len(p.places) == 0 {
		p.states.ShowEmpty("map-pin", "No places yet", "Enter each location of the practice, with the address of its page on each review site. Replies then open the right page.", add)
		return
	}
	table := kit.NewTable(kit.TableColumn{Title: "Place"}, kit.TableColumn{Title: "City"}, kit.TableColumn{Title: "Telephone", Width: 150}, kit.TableColumn{Title: "Pages", Width: 220})
	var rows [][]kit.Cell
	for _, place := range p.places {
		var sites []string
		for site := range place.Pages {
			sites = append(sites, site)
		}
		sort.Strings(sites)
		rows = append(rows, []kit.Cell{{Text: place.Name, Strong: true}, {Text: place.City, Secondary: true}, {Text: place.Phone}, {Text: strings.Join(sites, ", "), Secondary: true}})
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.form(p.places[row]) }
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, kit.Spread(kit.NewLabel("Places", kit.Heading), add), table), 1080), theme.Space6, theme.Space4)))
}

func (p *placesPane) form(place practice.Place) {
	name, address, city, phone := kit.NewEntry("Elm Street"), kit.NewEntry("12 Elm Street"), kit.NewEntry("Springfield"), kit.NewEntry("+1 555 0140")
	pages := kit.NewMultiLine("google: https://…\nyelp: https://…", 4)
	name.SetText(place.Name)
	address.SetText(place.Address)
	city.SetText(place.City)
	phone.SetText(place.Phone)
	pages.SetText(factLines(place.Pages))
	nameField := kit.NewField("Name", "", name)
	pagesField := kit.NewField("Pages", "One a line, as \"google: https://…\". A reply opens the page of its site.", pages)
	content := kit.MaxWidth(kit.NewForm(nameField, kit.NewField("Address", "", address), kit.Grid(200, theme.Space4, kit.NewField("City", "", city), kit.NewField("Telephone", "", phone)), pagesField), 520)
	check := func() bool {
		found, wrong := parseFacts(pages.Text)
		pagesField.SetError("")
		if wrong != "" {
			pagesField.SetError("The line \"" + wrong + "\" lacks the site and a colon in front.")
			return false
		}
		for site, link := range found {
			if _, err := kit.SafeLink(link); err != nil {
				pagesField.SetError("The address for " + site + " cannot be opened: " + kit.Sentence(err))
				return false
			}
		}
		place.Name, place.Address, place.City, place.Phone, place.Pages = name.Text, address.Text, city.Text, phone.Text, found
		return true
	}
	title := "Add a place"
	if place.ID != 0 {
		title = place.Name
	}
	p.screen.ask(title, content, nameField, name, check, func(ctx context.Context, by audit.Actor) error {
		_, err := p.screen.deps.Practices.SavePlace(ctx, place, by)
		return err
	})
}
