package sources

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// choosing is the first step of adding a source: paste any address, or choose a kind.
type choosing struct {
	screen  *Screen
	address *kit.Entry
	field   *kit.Field
	search  *kit.Search
	list    *fyne.Container // the headings with their cards
	cards   []*kindCard     // those in sight, in their order
}

// Add opens the first step of adding a source.
func (s *Screen) Add() {
	c := &choosing{screen: s, list: kit.Column(theme.Space6)}
	c.address = kit.NewEntry("https://")
	c.address.OnSubmitted = func(string) { c.paste() }
	c.address.OnChanged = func(string) { c.field.SetError("") }
	look := kit.NewPrimary("Look", theme.IconIn("search", theme.OnAccent), c.paste)
	c.field = kit.NewField("Paste any address", "A page, a feed, a search, an alert: Goodword finds out what it is.", container.NewBorder(nil, nil, nil, look, kit.InsetSides(c.address, 0, 0, theme.Space2, 0)))
	c.search = kit.NewSearch("Find a kind of source", func(string) { c.arrange() }, func(string) { c.first() })
	c.arrange()
	content := kit.Column(theme.Space4, kit.NewCard("", c.field), kit.NewLabel("Or choose what to follow", kit.Heading), kit.MaxWidth(c.search, 360), c.list)
	page := kit.NewPage("Add a source", "See what it would bring before it is added", kit.NewButton("Import a file", theme.Icon("upload"), func() { s.back(); s.chooseFile() }),
		kit.NewButton("Back", theme.Icon("arrow-left"), s.back))
	s.begin(c, page.SetContent(kit.Scrolling(kit.InsetSides(kit.MaxWidth(content, 1120), theme.Space6, theme.Space1, theme.Space6, theme.Space6))))
	s.choose = c
	s.host.Focus(c.address)
}

func (c *choosing) stop() {}

// cardsAbreast is how many cards stand beside each other where there is room.
const cardsAbreast = 3

// offered reports whether a kind can be added by its form. Files have their own way in.
func offered(kind collect.Kind) bool { return len(kind.Fields) > 0 }

// fits reports whether a kind has all the words of the search.
func fits(kind collect.Kind, words string) bool {
	text := strings.ToLower(kind.Title + " " + kind.Group + " " + kind.Help)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return !strings.Contains(text, w) })
}

// arrange shows the kinds that have the words of the search, under their headings.
func (c *choosing) arrange() {
	words := ""
	if c.search != nil {
		words = c.search.Text
	}
	c.cards, c.list.Objects = nil, nil
	var groups []string
	under := map[string][]fyne.CanvasObject{}
	for _, kind := range collect.Kinds() {
		if kind.ID == anyAddress || !offered(kind) || !fits(kind, words) {
			continue
		}
		at := len(c.cards)
		card := newKindCard(kind, func() { c.screen.fill(kind, nil) }, func(by int) { c.step(at, by) })
		c.cards = append(c.cards, card)
		if under[kind.Group] == nil {
			groups = append(groups, kind.Group)
		}
		under[kind.Group] = append(under[kind.Group], card)
	}
	for _, group := range groups {
		for len(under[group]) < cardsAbreast { // a single card is no wider than the others
			under[group] = append(under[group], kit.Gap(0))
		}
		c.list.Add(kit.NewGroup(group, kit.Grid(300, theme.Space3, under[group]...)))
	}
	if len(groups) == 0 {
		c.list.Add(kit.EmptyState("search-x", "No kind of source has these words", "Any page or feed can be followed by its address: paste it above."))
	}
	c.list.Refresh()
}

// step gives the keyboard to a neighbour; before the first card stands the search.
func (c *choosing) step(at, by int) {
	switch next := at + by; {
	case next < 0:
		c.screen.host.Focus(c.search)
	case next < len(c.cards):
		c.screen.host.Focus(c.cards[next])
	}
}

// first opens the only kind that the search left, or gives the keyboard to the first of several.
func (c *choosing) first() {
	switch {
	case len(c.cards) == 1:
		c.cards[0].choose()
	case len(c.cards) > 1:
		c.screen.host.Focus(c.cards[0])
	}
}

// paste opens the form of the kind that an address belongs to, and looks at it.
func (c *choosing) paste() {
	address := strings.TrimSpace(c.address.Text)
	if address == "" {
		c.field.SetError("Paste an address first.")
		c.screen.host.Focus(c.address)
		return
	}
	kind, values := recognised(address)
	c.screen.fill(kind, values)
	c.screen.add.see()
}
