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

// adding is the form of one kind of source: fill it in, look at what is there, then Add.
type adding struct {
	screen *Screen
	cancel func()
	kind   collect.Kind
	inputs []*input

	name, match *kit.Entry
	all, inside *widget.Check
	often       *widget.Select
	look, put   *widget.Button
	tabs        *kit.Tabs // the help and the preview
	preview     *kit.States

	seen  bool // draft is what stands at the address
	draft collect.Draft
}

// shownEntries is how many entries a preview shows.
const shownEntries = 8

// fill opens the form of a kind, with values in it.
func (s *Screen) fill(kind collect.Kind, values reviews.Options) {
	a := &adding{screen: s, cancel: func() {}, kind: kind, preview: kit.NewStates()}
	a.inputs = inputsOf(kind, values, s.keeper(), false, a.forget, a.see)
	a.name, a.match = kit.NewEntry("The name it has itself"), kit.NewEntry("")
	a.match.OnSubmitted = func(string) { a.see() }
	a.all = widget.NewCheck("Everything it says is about us", func(bool) { a.wordless(); a.again() })
	a.all.Checked = kind.All
	a.wordless()
	a.inside = widget.NewCheck("The address is inside our own network", func(bool) { a.forget() })
	a.often = kit.NewSelect(everyTitles(0), nil)
	a.often.SetSelected(everyTitle(0))
	a.look = kit.NewButton("Look", theme.Icon("search"), a.see)
	a.put = kit.NewPrimary("Add", theme.IconIn("plus", theme.OnAccent), a.store)
	a.put.Disable()
	a.waiting()
	a.tabs = kit.NewTabs(kit.Tab{Title: "How to find it", Content: helpOf(kind)}, kit.Tab{Title: "What it brings", Content: a.preview})
	split := kit.NewSplit(kit.Scrolling(kit.InsetSides(a.form(), theme.Space1, theme.Space2, theme.Space6, theme.Space6)), kit.InsetSides(a.tabs, theme.Space6, 0, 0, 0), 400)
	page := kit.NewPage("Add a source: "+kind.Title, "See what it would bring before it is added", kit.NewButton("Other kinds", theme.Icon("arrow-left"), s.Add), kit.NewQuiet("Cancel", nil, s.back))
	s.begin(a, page.SetContent(kit.InsetXY(split, theme.Space6, 0)))
	s.add = a
	if len(a.inputs) > 0 {
		s.host.Focus(a.inputs[0].focusable())
	}
	a.readWords()
}

func (a *adding) form() fyne.CanvasObject {
	parts := framesOf(a.inputs)
	if collect.Visited(a.kind.ID) {
		checks := kit.Column(0, a.all)
		if a.mayBeInside() {
			checks = kit.Column(0, a.inside, a.all)
		}
		parts = append(parts, checks,
			kit.NewField("Watch words", "Separated by commas. An entry counts if it has one of them, as a whole word, in any spelling of case and accents.", a.match))
	}
	parts = append(parts, kit.NewField("Name", "", a.name))
	if collect.Visited(a.kind.ID) {
		parts = append(parts, kit.NewField("How often", "As it shows itself: often while it brings something, seldom while it does not.", a.often))
	}
	return kit.NewForm(append(parts, kit.Line(theme.Space2, a.look, a.put))...)
}

// mayBeInside reports whether the kind goes where a person says, and not to a site that is known.
func (a *adding) mayBeInside() bool {
	for _, f := range a.kind.Fields {
		if f.Name == "address" && a.kind.ID != "google-alerts" || f.Name == "site" || f.Name == "server" || f.Name == "host" {
			return true
		}
	}
	return false
}

func framesOf(inputs []*input) []fyne.CanvasObject {
	var frames []fyne.CanvasObject
	for _, in := range inputs {
		frames = append(frames, in.frame)
	}
	return frames
}

// helpOf shows where to find what the form asks for, a line for each step.
func helpOf(kind collect.Kind) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for line := range strings.SplitSeq(kind.Help, "\n") {
		lines = append(lines, kit.NewParagraph(line))
	}
	return kit.Scrolling(kit.InsetSides(kit.MaxWidth(kit.Column(theme.Space3, lines...), 640), theme.Space4, theme.Space1, theme.Space4, theme.Space4))
}

func (a *adding) stop() { a.cancel() }

// readWords shows what an empty field of watch words stands for.
func (a *adding) readWords() {
	s := a.screen
	s.bg.Run(func(ctx context.Context) func() {
		p, err := s.deps.Practices.Get(ctx)
		return func() {
			if err == nil && !a.seen {
				a.match.SetPlaceHolder(placeholder(p.WatchWords))
			}
		}
	})
}

func (a *adding) waiting() {
	a.preview.ShowEmpty("search", "A look before you add", "Fill in the form and press Look. You see here what is there and how much of it is about the practice. Nothing is stored yet.", nil)
}

// forget drops what was seen, since the form says something else now.
func (a *adding) forget() {
	if !a.seen {
		return
	}
	a.seen, a.draft = false, collect.Draft{}
	a.put.Disable()
	a.waiting()
}

// see looks at what was filled in, in the background. An address that another kind knows goes to the form of that kind.
func (a *adding) see() {
	s := a.screen
	if in := missing(a.inputs, false); in != nil {
		s.host.Focus(in.focusable())
		return
	}
	if a.seen {
		a.again()
		return
	}
	values, inside := filled(a.inputs), a.inside.Checked
	if a.kind.ID == anyAddress {
		if kind, known := recognised(values["address"]); kind.ID != anyAddress {
			s.fill(kind, known)
			s.add.inside.SetChecked(inside)
			s.add.see()
			return
		}
	}
	a.put.Disable()
	a.look.Disable()
	a.tabs.Select(1)
	a.preview.ShowLoading("Looking at what is there")
	a.cancel()
	id := a.kind.ID
	a.cancel = s.bg.Run(func(ctx context.Context) func() {
		draft, err := s.deps.Collector.LookKind(ctx, id, values, inside)
		return func() {
			a.look.Enable()
			if err != nil {
				a.refused(err)
				return
			}
			a.take(draft)
		}
	})
}

// take shows what was seen, with what the kind says by itself about words and visits.
func (a *adding) take(draft collect.Draft) {
	a.seen, a.draft = true, draft
	if draft.Source.Every != 0 && a.often.Selected == everyTitle(0) {
		a.often.SetOptions(everyTitles(draft.Source.Every))
		a.often.SetSelected(everyTitle(draft.Source.Every))
	}
	if len(draft.Source.Match) > 0 {
		a.match.SetPlaceHolder(strings.Join(draft.Source.Match, ", "))
	}
	if draft.Source.All && !a.all.Checked {
		a.all.Checked = true
		a.all.Refresh()
		a.wordless()
	}
	a.again()
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
	case errors.Is(err, collect.ErrNoFeedBehind):
		a.preview.ShowContent(kit.EmptyState("file-text", "A page without a feed", "No feed was found behind this page. If it shows reviews, Goodword can read them on the page itself; "+
			"of any page it can tell when its text changes.", a.instead("page", "Read the reviews on the page"), a.instead("page-change", "Tell when the page changes")))
	case errors.Is(err, collect.ErrNoReviews):
		a.preview.ShowContent(kit.EmptyState("file-text", "No reviews for programs to read", kit.Sentence(err), a.instead("page-change", "Tell when the page changes")))
	default:
		a.preview.ShowError("Nothing can be collected there", err, a.see)
	}
}

// instead is the way to the form of another kind, with the same address in it.
func (a *adding) instead(id, title string) *widget.Button {
	return kit.NewButton(title, nil, func() {
		s, inside := a.screen, a.inside.Checked
		s.fill(kindOf(id), reviews.Options{"address": filled(a.inputs)["address"]})
		s.add.inside.SetChecked(inside)
		s.add.see()
	})
}

// goOnline lets requests out again. The look is left to the user, since the switch is stored in the background.
func (a *adding) goOnline() {
	a.screen.network.setOffline(false)
	a.waiting()
	a.screen.host.Focus(a.look)
}

// words are the watch words as they are now: those of the form, else those that the kind has from its fields.
func (a *adding) words() []string {
	if own := words(a.match.Text); len(own) > 0 {
		return own
	}
	return a.draft.Source.Match
}

// wordless leaves the watch words alone while all counts anyhow.
func (a *adding) wordless() {
	if a.all.Checked {
		a.match.Disable()
	} else {
		a.match.Enable()
	}
}

// again works out what of the entries is about the practice by the words as they are now.
func (a *adding) again() {
	if !a.seen {
		return
	}
	match, all, found := a.words(), a.all.Checked, a.draft
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
	name := a.draft.Title
	if name == "" {
		name = host(a.draft.Address)
	}
	a.name.SetPlaceHolder(name)
	title := kit.NewParagraph(name)
	title.SetStyle(kit.Heading)
	parts := []fyne.CanvasObject{title, kit.Help(a.draft.Address)}
	rating := a.draft.Rating
	if !collect.Visited(a.kind.ID) && len(a.draft.Entries) == 0 && rating == nil {
		a.preview.ShowContent(kit.Scrolling(kit.InsetSides(kit.Column(theme.Space3, parts...), theme.Space4, 0, 0, 0)))
		return
	}
	chips := []fyne.CanvasObject{kit.NewChip(kindTitle(reviews.Source{Kind: a.kind.ID}), kit.ToneNeutral), kit.NewChip(entriesText(len(a.draft.Entries)), kit.ToneNeutral)}
	if len(a.draft.Entries) > 0 {
		chips = append(chips, kit.NewChip(number(int64(len(about)))+" about the practice", toneOf(len(about))))
	}
	parts = append(parts, kit.Flow(chips...))
	if rating != nil {
		parts = append(parts, kit.Line(theme.Space2, kit.NewStars(rating.Stars()), kit.Fill(kit.NewParagraph(ratingText(*rating)))))
	}
	switch {
	case len(a.draft.Entries) == 0 && rating != nil:
		parts = append(parts, kit.NewBanner(kit.ToneNeutral, "It shows its overall rating and no single reviews. The rating is noted at each visit, and a line is drawn of how it goes."))
	case len(a.draft.Entries) == 0:
		parts = append(parts, kit.NewBanner(kit.ToneNeutral, "There is nothing in it at the moment. It can be added all the same; what comes later is collected."))
	case len(about) == 0:
		parts = append(parts, kit.NewBanner(kit.ToneWarn, "None of the entries has one of the watch words. Later ones may. If all of it is about the practice, tick “Everything it says is about us”."))
	}
	parts = append(parts, kit.NewSmallList(entryRows(about, host(a.draft.Address)), nil))
	if len(about) > shownEntries {
		parts = append(parts, kit.Help("and "+kit.Counted(len(about)-shownEntries, "more", "more")))
	}
	a.preview.ShowContent(kit.Scrolling(kit.InsetSides(kit.Column(theme.Space3, parts...), theme.Space4, 0, 0, 0)))
}

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
	if !a.seen {
		a.see()
		return
	}
	s, by, draft := a.screen, a.screen.actor(), a.draft
	draft.Source.All, draft.Source.Every = a.all.Checked, everyMinutes(a.often.Selected, draft.Source.Every)
	options := collect.AddOptions{Name: strings.TrimSpace(a.name.Text), Match: words(a.match.Text)}
	a.put.Disable()
	s.bg.Run(func(ctx context.Context) func() {
		source, err := s.deps.Collector.AddDraft(ctx, draft, options, by)
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
			if visited(source) {
				s.CollectOne(source.ID)
			}
		}
	})
}
