package sources

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	last    []reviews.Visit // its last visits, the newest first
	watched []string        // watch words of the practice
	live    *live
	cancel  func()
}

// shownVisits is how many of the last visits are listed, shownAnswers how many stand in the dialog.
const (
	shownVisits  = 20
	shownAnswers = 10
)

func newDetail(s *Screen) *detail {
	d := &detail{screen: s, states: kit.NewStates(), cancel: func() {}}
	d.content = d.states
	d.live = &live{detail: d, cancel: func() {}}
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
		ratings, ratingsErr := d.screen.deps.Store.Ratings(ctx, id)
		p, practiceErr := d.screen.deps.Practices.Get(ctx)
		return func() {
			if err := errors.Join(err, ratingsErr, practiceErr); err != nil {
				d.states.ShowError("The visits could not be read", err, func() { d.open(id) })
				return
			}
			d.watched = p.WatchWords
			d.show(source, visits, ratings)
		}
	})
}

func (d *detail) show(source reviews.Source, visits []reviews.Visit, ratings []reviews.Rating) {
	if source.ID != d.source.ID {
		d.live.forget()
	}
	d.source, d.last = source, visits
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
	parts = append(parts, container.NewBorder(nil, nil, kit.Column(0, kit.InsetSides(kit.NewChip(h.word, h.tone), 0, 0, theme.Space2, 0)), nil, state), d.buttons())
	if said := d.live.content(); said != nil {
		parts = append(parts, said)
	}
	parts = append(parts, d.facts(now))
	if len(ratings) > 0 {
		parts = append(parts, ratingsCard(ratings))
	}
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
	facts := []fyne.CanvasObject{fact("Kind", kindTitle(source))}
	if !shownOnly(source) {
		facts = append(facts, fact("Brought so far", kit.Counted(source.Brought, "mention", "mentions")))
	}
	switch {
	case visited(source):
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
			fact("How often", rhythmText(source)), fact("In the last answer", kit.Counted(source.Entries, "entry", "entries")), fact("Watch words", match))
		if source.AllowPrivate {
			facts = append(facts, fact("Own network", "Allowed for this source"))
		}
	case source.Kind == reviews.KindImport:
		facts = append(facts, fact("Last import", kit.Capital(ago(source.Succeeded, now))))
	case !shownOnly(source):
		facts = append(facts, fact("Last look", kit.Capital(ago(source.Succeeded, now))))
	}
	if source.Secret != "" {
		facts = append(facts, fact("Secret", d.screen.kept()))
	}
	facts = append(facts, fact("How long it is kept", retentionText(source)))
	return kit.NewCard("", kit.Grid(180, theme.Space4, facts...))
}

// rhythmText says how often a source is visited.
func rhythmText(s reviews.Source) string {
	if s.Every > 0 {
		return everyTitle(s.Every)
	}
	if s.Rhythm > 0 {
		return asItShows + ": now every " + span(time.Duration(s.Rhythm)*time.Minute)
	}
	return asItShows
}

// ratingsCard draws how the rating of the practice as a whole went.
func ratingsCard(ratings []reviews.Rating) fyne.CanvasObject {
	text := ratingText(ratings[len(ratings)-1])
	if len(ratings) == 1 {
		return kit.NewCard("Rating there", kit.Column(theme.Space2, kit.NewParagraph(text), kit.Help("A line is drawn here as soon as it changes.")))
	}
	labels, values := make([]string, len(ratings)), make([]float64, len(ratings))
	for i, r := range ratings {
		labels[i], values[i] = r.At.Local().Format("2 Jan 2006"), r.Stars()
	}
	chart := kit.NewLineChart(labels, kit.Series{Name: "Stars", Values: values, Tone: kit.ToneAccent})
	chart.Format = func(v float64) string { return fmt.Sprintf("%.1f", v) }
	return kit.NewCard("Rating there", kit.Column(theme.Space2, kit.NewParagraph(text), chart))
}

// ratingText writes what a page shows for the practice as a whole.
func ratingText(r reviews.Rating) string {
	text := fmt.Sprintf("%.1f of %.0f", r.Value, r.Best)
	if r.Count > 0 {
		text += " from " + kit.Counted(r.Count, "rating", "ratings")
	}
	return text
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
	return kit.NewSection("Last visits", d.visitTable(visits))
}

// answers shows what came of the last visits, without scrolling down to them.
func (d *detail) answers() {
	content := fyne.CanvasObject(kit.Help("There was no visit yet."))
	if len(d.last) > 0 {
		content = kit.Column(theme.Space2, d.visitTable(d.last[:min(len(d.last), shownAnswers)]), kit.Help("Press a line to see that visit in full."))
	}
	d.screen.host.Dialog("Last answers of "+d.source.Name, kit.MinWidth(content, 640), kit.Button{Title: "Close", Primary: true})
}

func (d *detail) visitTable(visits []reviews.Visit) *kit.Table {
	table := kit.NewTable(kit.TableColumn{Title: "When", Width: 140}, kit.TableColumn{Title: "Result"}, kit.TableColumn{Title: "Entries", Width: 72, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "New", Width: 56, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Took", Width: 76, Align: fyne.TextAlignTrailing})
	rows := make([][]kit.Cell, len(visits))
	for i, v := range visits {
		rows[i] = visitRow(v, d.screen.deps.Now())
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { d.explain(visits[row]) }
	return table
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
	}
	word := "Refused"
	switch {
	case status < 300:
		word = "Good"
	case status < 400:
		word = "Sent elsewhere"
	case status == http.StatusNotFound:
		word = "Not found"
	case status == http.StatusGone:
		word = "Gone for good"
	case status == http.StatusTooManyRequests:
		word = "Too often"
	case status >= 500:
		word = "A fault of the server"
	}
	return word + " (" + number(int64(status)) + ")"
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

// refresh shows the open source anew.
func (d *detail) refresh() {
	if d.source.ID != 0 {
		d.open(d.source.ID)
	}
}
