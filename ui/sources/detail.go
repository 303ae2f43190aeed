package sources

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// detail shows one source: how it is, what it brought, its last visits.
type detail struct {
	screen  *Screen
	content fyne.CanvasObject
	states  *kit.States
	source  reviews.Source
	watched []string // watch words of the practice
	cancel  func()
}

// shownVisits is how many of the last visits are listed.
const shownVisits = 20

func newDetail(s *Screen) *detail {
	d := &detail{screen: s, states: kit.NewStates(), cancel: func() {}}
	d.content = d.states
	d.showNothing("Choose a source to see how it is")
	return d
}

func (d *detail) showNothing(why string) {
	d.source = reviews.Source{}
	d.states.ShowEmpty("rss", why, "", nil)
}

// open reads a source and shows it. What was shown before stays until then.
func (d *detail) open(id int64) {
	d.cancel()
	d.cancel = d.screen.bg.Run(func(ctx context.Context) func() {
		source, err := d.screen.deps.Store.Source(ctx, id)
		if err != nil {
			return func() {
				d.states.ShowError("The source could not be read", err, func() { d.open(id) })
			}
		}
		visits, err := d.screen.deps.Store.Visits(ctx, id, shownVisits)
		p, practiceErr := d.screen.deps.Practices.Get(ctx)
		return func() {
			if err := errors.Join(err, practiceErr); err != nil {
				d.states.ShowError("The visits could not be read", err, func() { d.open(id) })
				return
			}
			d.watched = p.WatchWords
			d.show(source, visits)
		}
	})
}

func (d *detail) show(source reviews.Source, visits []reviews.Visit) {
	d.source = source
	now := d.screen.deps.Now()
	h := healthOf(source, now)
	title := kit.NewParagraph(source.Name)
	title.SetStyle(kit.Title)
	parts := []fyne.CanvasObject{title}
	if visited(source) {
		parts = append(parts, kit.Help(source.Address))
	}
	state := kit.NewParagraph(h.text)
	if h.tone == kit.ToneBad || h.tone == kit.ToneWarn {
		state.SetStyle(kit.Body.In(h.tone.Text()))
	}
	parts = append(parts, kit.Line(theme.Space2, kit.NewChip(h.word, h.tone), kit.Fill(state)), d.buttons(), d.facts(now))
	if visited(source) {
		parts = append(parts, d.visits(visits))
	}
	d.states.ShowContent(kit.Scrolling(kit.Inset(kit.MaxWidth(kit.Column(theme.Space4, parts...), 860), theme.Space4)))
}

func (d *detail) buttons() fyne.CanvasObject {
	s, source := d.screen, d.source
	var row []fyne.CanvasObject
	for _, a := range s.actions() {
		if !a.fits(source) {
			continue
		}
		button := kit.NewButton(a.title, theme.Icon(a.icon), func() { a.run(source) })
		if a.title == "Collect now" && s.stop != nil {
			button.Disable()
		}
		row = append(row, button)
	}
	return kit.Flow(append(row, kit.NewQuiet("Remove", theme.Icon("trash-2"), d.remove))...)
}

func (d *detail) facts(now time.Time) fyne.CanvasObject {
	source := d.source
	facts := []fyne.CanvasObject{fact("Brought so far", kit.Counted(source.Brought, "mention", "mentions"))}
	if visited(source) {
		match := noWords
		switch {
		case source.All:
			match = "None: all of it is about us"
		case len(source.Match) > 0:
			match = strings.Join(source.Match, ", ")
		case len(d.watched) > 0:
			match = "Those of the practice: " + strings.Join(d.watched, ", ")
		}
		facts = append(facts, fact("Last good visit", kit.Capital(ago(source.Succeeded, now))), fact("Next visit", kit.Capital(nextVisit(source, now, d.screen.deps.Offline()))),
			fact("How often", everyTitle(source.Every)), fact("In the last answer", kit.Counted(source.Entries, "entry", "entries")), fact("Watch words", match))
		if source.AllowPrivate {
			facts = append(facts, fact("Own network", "Allowed for this source"))
		}
	} else {
		facts = append(facts, fact("Last import", kit.Capital(ago(source.Succeeded, now))))
	}
	return kit.NewCard("", kit.Grid(180, theme.Space4, facts...))
}

// noWords says what holds while neither the source nor the practice has watch words.
const noWords = "None yet: every entry counts"

// placeholder is what an empty field of watch words stands for.
func placeholder(ofPractice []string) string {
	if len(ofPractice) == 0 {
		return noWords
	}
	return strings.Join(ofPractice, ", ")
}

func fact(name, value string) fyne.CanvasObject {
	text := kit.NewParagraph(value)
	return kit.Column(theme.Space1, kit.NewLabel(name, kit.Caption), text)
}

func (d *detail) visits(visits []reviews.Visit) fyne.CanvasObject {
	if len(visits) == 0 {
		return kit.NewSection("Last visits", kit.Help("There was no visit yet."))
	}
	table := kit.NewTable(kit.TableColumn{Title: "When", Width: 140}, kit.TableColumn{Title: "Result"}, kit.TableColumn{Title: "Entries", Width: 72, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "New", Width: 56, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Took", Width: 76, Align: fyne.TextAlignTrailing})
	rows := make([][]kit.Cell, len(visits))
	for i, v := range visits {
		rows[i] = visitRow(v, d.screen.deps.Now())
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { d.explain(visits[row]) }
	return kit.NewSection("Last visits", table)
}

func visitRow(v reviews.Visit, now time.Time) []kit.Cell {
	result := kit.Cell{Text: "Something new", Icon: "circle-check"}
	switch {
	case v.Problem != "":
		result = kit.Cell{Text: v.Problem, Icon: "circle-alert"}
	case v.Unchanged:
		result = kit.Cell{Text: "Nothing changed", Icon: "check", Secondary: true}
	case v.New+v.Edited+v.Duplicates == 0:
		result = kit.Cell{Text: "Nothing new", Icon: "check", Secondary: true}
	}
	entries := kit.Count(v.Entries)
	if v.Unchanged || v.Problem != "" && v.Entries == 0 {
		entries = "–"
	}
	return []kit.Cell{{Text: kit.Capital(day(v.At, now))}, result, {Text: entries}, {Text: kit.Count(v.New), Strong: v.New > 0}, {Text: kit.Count(v.Took) + " ms", Secondary: true}}
}

// explain shows one visit in full.
func (d *detail) explain(v reviews.Visit) {
	now := d.screen.deps.Now()
	facts := []fyne.CanvasObject{fact("When", kit.Capital(day(v.At, now))), fact("Took", kit.Count(v.Took)+" ms"), fact("Answer of the server", statusText(v.Status)),
		fact("Entries", kit.Count(v.Entries)), fact("New", kit.Count(v.New)), fact("Edited", kit.Count(v.Edited)), fact("Known from elsewhere", kit.Count(v.Duplicates)),
		fact("Known already", kit.Count(v.Outcome.Unchanged)), fact("Not about the practice", kit.Count(v.Ignored))}
	parts := []fyne.CanvasObject{kit.Grid(160, theme.Space4, facts...)}
	if v.Problem != "" {
		parts = append([]fyne.CanvasObject{kit.NewBanner(kit.ToneBad, v.Problem)}, parts...)
	}
	d.screen.host.Dialog("One visit", kit.MinWidth(kit.Column(theme.Space4, parts...), 520), kit.Button{Title: "Close", Primary: true})
}

func statusText(status int) string {
	switch {
	case status == 0:
		return "None"
	case status == 304:
		return "Nothing changed (304)"
	case status < 300:
		return "Good (" + number(int64(status)) + ")"
	}
	return "Refused (" + number(int64(status)) + ")"
}

// pause stops the visits to a source, or lets them go on.
func (d *detail) pause() {
	source := d.source
	source.Paused = !source.Paused
	d.save(source, "Pausing the source", func() {
		if source.Paused {
			d.screen.host.Toast(source.Name + " is paused")
		} else {
			d.screen.host.Toast(source.Name + " is visited again")
		}
	})
}

func (d *detail) save(source reviews.Source, doing string, then func()) {
	s, by := d.screen, d.screen.actor()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Store.SaveSource(ctx, source, by)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			then()
			s.reload()
		}
	})
}

// remove ends the visits and offers to take that back.
func (d *detail) remove() {
	s, source, by := d.screen, d.source, d.screen.actor()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Store.RemoveSource(ctx, source.ID, by)
		return func() {
			if err != nil {
				s.host.Fail("Removing the source", err)
				return
			}
			d.showNothing("Choose a source to see how it is")
			s.host.ToastUndo(source.Name+" is removed. What it brought stays in the inbox", func() { d.restore(source) })
			s.reload()
		}
	})
}

func (d *detail) restore(source reviews.Source) {
	s, by := d.screen, d.screen.actor()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Store.RestoreSource(ctx, source, by)
		return func() {
			if err != nil {
				s.host.Fail("Bringing the source back", err)
				return
			}
			d.source = source
			s.list.SelectID(source.ID)
			s.reload()
		}
	})
}

// edit changes what a person may set.
func (d *detail) edit() {
	source := d.source
	name, address, match := kit.NewEntry(""), kit.NewEntry(""), kit.NewEntry(placeholder(d.watched))
	name.SetText(source.Name)
	address.SetText(source.Address)
	match.SetText(strings.Join(source.Match, ", "))
	often := kit.NewSelect(everyTitles(source.Every), nil)
	often.SetSelected(everyTitle(source.Every))
	all := widget.NewCheck("Everything it says is about us", nil)
	all.SetChecked(source.All)
	inside := widget.NewCheck("The address is inside our own network", nil)
	inside.SetChecked(source.AllowPrivate)
	nameField := kit.NewField("Name", "", name)
	form := kit.NewForm(nameField, kit.NewField("Address", "", address), kit.NewField("How often", "", often),
		kit.NewField("Watch words", "Separated by commas. An entry counts if it has one of them.", match), kit.Column(0, all, inside))
	var closeDialog func()
	save := func() {
		if strings.TrimSpace(name.Text) == "" {
			nameField.SetError("A source needs a name.")
			return
		}
		source.Name, source.Address, source.Match = strings.TrimSpace(name.Text), strings.TrimSpace(address.Text), words(match.Text)
		source.Every, source.All, source.AllowPrivate = everyMinutes(often.Selected, source.Every), all.Checked, inside.Checked
		d.save(source, "Changing the source", func() { closeDialog() })
	}
	name.OnSubmitted = func(string) { save() }
	address.OnSubmitted, match.OnSubmitted = name.OnSubmitted, name.OnSubmitted
	closeDialog = d.screen.host.Dialog("Change the source", kit.MinWidth(container.NewStack(form), 520), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	d.screen.host.Focus(name)
}

// refresh shows the open source anew.
func (d *detail) refresh() {
	if d.source.ID != 0 {
		d.open(d.source.ID)
	}
}
