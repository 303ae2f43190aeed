package sources

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// rounds keeps the sites that a person visits.
type rounds interface {
	Round(ctx context.Context) ([]reviews.SweepStop, error)
	Known(ctx context.Context, sourceID int64, found []reviews.Found) (map[string]bool, error)
	Uncheck(ctx context.Context, stamp reviews.Stamp, by audit.Actor) error
}

// taker takes in what a person pasted.
type taker interface {
	Split(ctx context.Context, text string) (collect.Pasted, error)
	Take(ctx context.Context, sourceID int64, found []reviews.Found, by audit.Actor) (reviews.Stamp, error)
}

// sweep is the tab of the weekly round: its sites, when each was checked, and the way into the round.
type sweep struct {
	screen  *Screen
	content *kit.States
	cancel  func()
	stops   []reviews.SweepStop
	run     *sweeping // the round under way; nil: none
	begin   bool      // start as soon as the sites are read
}

func newSweep(s *Screen) *sweep {
	w := &sweep{screen: s, content: kit.NewStates(), cancel: func() {}}
	w.content.ShowLoading("Reading the sites of your round")
	return w
}

// load reads the sites.
func (w *sweep) load() {
	w.cancel()
	w.cancel = w.screen.bg.Run(func(ctx context.Context) func() {
		stops, err := w.screen.deps.Store.Round(ctx)
		return func() {
			if err != nil {
				w.content.ShowError("The sites of your round could not be read", err, w.load)
				return
			}
			w.stops = stops
			w.show()
			if w.begin && len(stops) > 0 {
				w.begin = false
				w.start()
			}
		}
	})
}

func (w *sweep) show() {
	if len(w.stops) == 0 {
		w.content.ShowEmpty("list-checks", "Ten sites, five minutes a week",
			"Healthgrades, Zocdoc, Yelp, Facebook, Glassdoor and others let no program read what people say. So you look, once a week: Goodword opens one page after the other, "+
				"you copy what is new and press Ctrl+V, and it takes the reviews apart. What you pasted before is not taken twice.",
			kit.NewPrimary("Choose your sites", theme.IconIn("plus", theme.OnAccent), w.choose))
		return
	}
	now := w.screen.deps.Now()
	table := kit.NewTable(kit.TableColumn{Title: "Site"}, kit.TableColumn{Title: "Last checked", Width: 170}, kit.TableColumn{Title: "It brought", Width: 150},
		kit.TableColumn{Title: "So far", Width: 90, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "", Width: 120})
	rows := make([][]kit.Cell, len(w.stops))
	for i, stop := range w.stops {
		state := kit.Cell{Text: "Checked", Tone: kit.ToneGood}
		if stop.Due() {
			state = kit.Cell{Text: "Due", Tone: kit.ToneWarn}
		}
		rows[i] = []kit.Cell{{Text: stop.Name, Strong: true}, {Text: kit.Capital(ago(stop.Checked, now))}, {Text: broughtText(stop), Secondary: true}, {Text: kit.Count(stop.Brought), Secondary: true}, state}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { w.from(w.stops, row) }
	due := w.due()
	start := kit.NewPrimary("Start the round", theme.IconIn("play", theme.OnAccent), w.start)
	text := fmt.Sprintf("%s due, about %s.", kit.Counted(len(due), "site is", "sites are"), minutes(len(due)))
	if len(due) == 0 {
		text = "All sites were checked this week. The next round begins " + inDays(w.next().Sub(now)) + "."
		start = kit.NewButton("Go round again", theme.Icon("refresh-cw"), w.start)
	}
	head := kit.Spread(kit.InsetXY(kit.NewLabel(text, kit.Body), 0, theme.Space2), kit.Line(theme.Space2, kit.NewButton("Choose sites", theme.Icon("plus"), w.choose), start))
	w.content.ShowContent(container.NewBorder(kit.InsetXY(head, 0, theme.Space4), nil, nil, nil, kit.Scrolling(table)))
}

// due are the sites whose time has come.
func (w *sweep) due() []reviews.SweepStop {
	var due []reviews.SweepStop
	for _, stop := range w.stops {
		if stop.Due() {
			due = append(due, stop)
		}
	}
	return due
}

// next is when the first site is due again.
func (w *sweep) next() time.Time {
	var next time.Time
	for _, stop := range w.stops {
		if next.IsZero() || stop.Next.Before(next) {
			next = stop.Next
		}
	}
	return next
}

// start goes round the sites that are due, or all of them if none is.
func (w *sweep) start() {
	stops := w.due()
	if len(stops) == 0 {
		stops = w.stops
	}
	w.from(stops, 0)
}

// one goes to a single site.
func (w *sweep) one(source reviews.Source) {
	w.screen.bg.Run(func(ctx context.Context) func() {
		stops, err := w.screen.deps.Store.Round(ctx)
		return func() {
			i := slices.IndexFunc(stops, func(stop reviews.SweepStop) bool { return stop.ID == source.ID })
			if err != nil || i < 0 {
				w.screen.host.Fail("Opening the site", err)
				return
			}
			w.stops = stops
			w.from(stops[i:i+1], 0)
		}
	})
}

// Sweep opens the round, as soon as its sites are known.
func (s *Screen) Sweep() {
	s.sweep.begin = true
	s.turn("sweep")
}

func broughtText(stop reviews.SweepStop) string {
	switch {
	case stop.Checked.IsZero():
		return ""
	case stop.Last.New+stop.Last.Edited == 0:
		return "nothing new"
	case stop.Last.New == 0:
		return fmt.Sprintf("%d changed", stop.Last.Edited)
	}
	return fmt.Sprintf("%d new", stop.Last.New)
}

// minutes is how long a round takes: most sites have nothing new.
func minutes(sites int) string { return kit.Counted(max(1, (sites*50+30)/60), "minute", "minutes") }

func inDays(d time.Duration) string {
	switch days := int(d.Hours()+12) / 24; {
	case days <= 0:
		return "today"
	case days == 1:
		return "tomorrow"
	default:
		return fmt.Sprintf("in %d days", days)
	}
}

// commands are what the keyboard offers within the round and beside it.
func (w *sweep) commands() []kit.Command {
	inRound := func() bool { return w.run != nil && w.screen.work == work(w.run) && !w.run.over }
	return []kit.Command{
		{Title: "Start the weekly round", Key: "W", Run: w.screen.Sweep, Enabled: w.screen.onPage},
		{Title: "Choose the sites of the weekly round", Run: w.choose, Enabled: w.screen.onPage},
		{Title: "Open the page of this site", Key: "O", Run: func() { w.run.open() }, Enabled: inRound},
		{Title: "Paste what is new", Key: "Ctrl+V", Run: func() { w.run.paste() }, Enabled: inRound},
		{Title: "Nothing new here", Key: "N", Run: func() { w.run.nothing() }, Enabled: inRound},
		{Title: "Take these reviews", Key: "Ctrl+Enter", Run: func() { w.run.take() }, Enabled: func() bool { return inRound() && len(w.run.found) > 0 }},
		{Title: "Skip this site", Key: "S", Run: func() { w.run.skip() }, Enabled: inRound},
		{Title: "Back to the site before", Key: "B", Run: func() { w.run.before() }, Enabled: func() bool { return inRound() && w.run.at > 0 }},
	}
}
