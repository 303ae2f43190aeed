package sources

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/fetch"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// adding is the work of adding a source: an address, a look at what is there, what it would bring, then Add.
type adding struct {
	screen *Screen
	cancel func()

	address, name, match *kit.Entry
	all, inside          *widget.Check
	often                *widget.Select
	field                *kit.Field
	look, put            *widget.Button
	preview              *kit.States

	found collect.Looked // what stands at the address that was looked at
}

// shownEntries is how many entries a preview shows.
const shownEntries = 8

// Add opens the form for a new source.
func (s *Screen) Add() {
	if s.add != nil {
		return
	}
	a := &adding{screen: s, cancel: func() {}, preview: kit.NewStates()}
	a.address, a.name, a.match = kit.NewEntry("https://"), kit.NewEntry("The feed's own name"), kit.NewEntry("")
	a.address.OnSubmitted = func(string) { a.see() }
	a.address.OnChanged = func(string) { a.forget() }
	a.match.OnSubmitted = func(string) { a.see() }
	a.all = widget.NewCheck("Everything it says is about us", func(bool) { a.again() })
	a.inside = widget.NewCheck("The address is inside our own network", func(bool) { a.forget() })
	a.often = kit.NewSelect(everyTitles(60), nil)
	a.often.SetSelected(everyTitle(60))
	a.look = kit.NewButton("Look", theme.Icon("search"), a.see)
	a.put = kit.NewPrimary("Add", theme.IconIn("plus", theme.OnAccent), a.store)
	a.put.Disable()
	a.field = kit.NewField("Address", "Paste the address of a feed, or of any page: the feed behind it is found.", a.address)
	form := kit.NewForm(a.field, kit.Column(0, a.inside, a.all),
		kit.NewField("Watch words", "Separated by commas. An entry counts if it has one of them, as a whole word, in any spelling of case and accents.", a.match),
		kit.NewField("Name", "", a.name), kit.NewField("How often", "", a.often), kit.Line(theme.Space2, a.look, a.put, kit.NewQuiet("Cancel", nil, s.back)))
	a.waiting()
	split := kit.NewSplit(kit.Scrolling(kit.InsetSides(form, theme.Space1, theme.Space2, theme.Space6, theme.Space6)), kit.InsetSides(a.preview, theme.Space6, 0, 0, 0), 400)
	page := kit.NewPage("Add a source", "See what it would bring before it is added", kit.NewButton("Back", theme.Icon("arrow-left"), s.back))
	s.begin(a, page.SetContent(kit.InsetXY(split, theme.Space6, 0)))
	s.add = a
	s.host.Focus(a.address)
	a.readWords()
}

func (a *adding) stop() { a.cancel() }

// readWords shows what an empty field of watch words stands for.
func (a *adding) readWords() {
	s := a.screen
	s.bg.Run(func(ctx context.Context) func() {
		p, err := s.deps.Practices.Get(ctx)
		return func() {
			if err == nil {
				a.match.SetPlaceHolder(placeholder(p.WatchWords))
			}
		}
	})
}

func (a *adding) waiting() {
	a.preview.ShowEmpty("search", "A look before you add", "Paste an address and press Look. You see here what is there and how much of it is about the practice. Nothing is stored yet.", nil)
}

// forget drops what was seen, since the address is another now.
func (a *adding) forget() {
	a.field.SetError("")
	if a.found.Address == "" {
		return
	}
	a.found = collect.Looked{}
	a.put.Disable()
	a.waiting()
}

// see looks at the address in the background.
func (a *adding) see() {
	address, inside := strings.TrimSpace(a.address.Text), a.inside.Checked
	if address == "" {
		a.field.SetError("Paste an address first.")
		a.screen.host.Focus(a.address)
		return
	}
	a.field.SetError("")
	if a.found.Address != "" {
		a.again()
		return
	}
	a.put.Disable()
	a.look.Disable()
	a.preview.ShowLoading("Looking at " + host(address))
	a.cancel()
	a.cancel = a.screen.bg.Run(func(ctx context.Context) func() {
		found, err := a.screen.deps.Collector.Look(ctx, address, inside)
		return func() {
			a.look.Enable()
			if err != nil {
				a.refused(err)
				return
			}
			a.found = found
			a.again()
		}
	})
}

// refused says why there is nothing to add.
func (a *adding) refused(err error) {
	switch {
	case errors.Is(err, fetch.ErrOffline):
		a.preview.ShowEmpty("wifi-off", "Goodword is offline", "No request leaves this computer, so nobody can look at the address.",
			kit.NewButton("Go online", theme.Icon("globe"), a.goOnline))
	case insideOurs(err):
		a.preview.ShowEmpty("shield-alert", "This address is inside your own network",
			"Goodword keeps away from such addresses, so that no feed can reach into the office. If you know this one and want it, allow it.",
			kit.NewButton("Allow it and look", nil, func() { a.inside.SetChecked(true); a.see() }))
	case errors.Is(err, collect.ErrIsOPML):
		a.preview.ShowEmpty("list", "This is a list of sources", "Save the list as a file, then import the file: each source in it is added.", kit.NewButton("Import a file", nil, func() { a.screen.back(); a.screen.chooseFile() }))
	default:
		a.preview.ShowError("Nothing can be collected there", err, a.see)
	}
}

// goOnline lets requests out again. The look is left to the user, since the switch is stored in the background.
func (a *adding) goOnline() {
	a.screen.network.setOffline(false)
	a.waiting()
	a.screen.host.Focus(a.address)
}

// again works out what of the entries is about the practice by the words as they are now.
func (a *adding) again() {
	if a.found.Address == "" {
		return
	}
	match, all, found := words(a.match.Text), a.all.Checked, a.found
	a.cancel()
	a.cancel = a.screen.bg.Run(func(ctx context.Context) func() {
		about := found.Entries
		if !all {
			var err error
			if about, err = a.screen.deps.Collector.About(ctx, found.Entries, match); err != nil {
				return func() { a.preview.ShowError("The watch words could not be applied", err, a.again) }
			}
		}
		return func() { a.show(about) }
	})
}

func (a *adding) show(about []reviews.Found) {
	a.put.Enable()
	name := a.found.Title
	if name == "" {
		name = host(a.found.Address)
	}
	a.name.SetPlaceHolder(name)
	title := kit.NewParagraph(name)
	title.SetStyle(kit.Heading)
	parts := []fyne.CanvasObject{title, kit.Help(a.found.Address),
		kit.Flow(kit.NewChip(kinds[a.found.Kind], kit.ToneNeutral), kit.NewChip(entriesText(len(a.found.Entries)), kit.ToneNeutral),
			kit.NewChip(number(int64(len(about)))+" about the practice", toneOf(len(about))))}
	switch {
	case len(a.found.Entries) == 0:
		parts = append(parts, kit.NewBanner(kit.ToneNeutral, "The feed has no entries at the moment. It can be added all the same; entries that come later are collected."))
	case len(about) == 0:
		parts = append(parts, kit.NewBanner(kit.ToneWarn, "None of the entries has one of the watch words. Later ones may. If the whole feed is about the practice, tick “Everything it says is about us”."))
	}
	parts = append(parts, kit.NewSmallList(entryRows(about, host(a.found.Address)), nil))
	if len(about) > shownEntries {
		parts = append(parts, kit.Help("and "+kit.Counted(len(about)-shownEntries, "more", "more")))
	}
	a.preview.ShowContent(kit.Scrolling(kit.Column(theme.Space3, parts...)))
}

var kinds = map[string]string{"rss": "RSS feed", "atom": "Atom feed", "json": "JSON feed"}

func toneOf(n int) kit.Tone {
	if n > 0 {
		return kit.ToneGood
	}
	return kit.ToneWarn
}

// entryRows are the first entries as a list shows mentions.
func entryRows(found []reviews.Found, where string) []kit.RowData {
	var rows []kit.RowData
	for i, f := range found[:min(len(found), shownEntries)] {
		row := kit.RowData{ID: int64(i + 1), Title: f.Author, Meta: f.Site, Text: firstWords(f), Stars: -1}
		if f.Stars > 0 {
			row.Stars = float64(f.Stars)
		}
		if row.Title == "" {
			row.Title = "No name"
		}
		if row.Meta == "" {
			row.Meta = where
		}
		if !f.Posted.IsZero() {
			row.Age = f.Posted.Local().Format("2 Jan 2006")
		}
		rows = append(rows, row)
	}
	return rows
}

func firstWords(f reviews.Found) string {
	text := f.Text
	if f.Title != "" {
		text = f.Title + " – " + text
	}
	if runes := []rune(strings.Join(strings.Fields(text), " ")); len(runes) > 160 {
		return string(runes[:160]) + "…"
	}
	if text == "" {
		return "A rating without words"
	}
	return text
}

// store adds the source and visits it for the first time.
func (a *adding) store() {
	if a.found.Address == "" {
		a.see()
		return
	}
	s, by, found := a.screen, a.screen.actor(), a.found
	options := collect.AddOptions{Name: strings.TrimSpace(a.name.Text), Match: words(a.match.Text), All: a.all.Checked, AllowPrivate: a.inside.Checked, Every: everyMinutes(a.often.Selected, 60)}
	a.put.Disable()
	s.bg.Run(func(ctx context.Context) func() {
		source, err := s.deps.Collector.AddFound(ctx, found, options, by)
		return func() {
			a.put.Enable()
			if err != nil {
				s.host.Fail("Adding the source", err)
				return
			}
			s.back()
			s.detail.source = source
			s.list.SelectID(source.ID)
			s.host.Toast(source.Name + " is added")
			s.CollectOne(source.ID)
		}
	})
}
