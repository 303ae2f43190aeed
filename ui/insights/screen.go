// Package insights is the screen of figures: are we getting better, where, what do people talk about, how fast are we. Each bar opens the
// mentions it counts in the inbox.
package insights

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/reviews/insight"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Reader works the figures out and writes them into files.
type Reader interface {
	Figures(ctx context.Context, scope insight.Scope, p practice.Practice) (insight.Figures, error)
	First(ctx context.Context) (time.Time, error)
	SitesSeen(ctx context.Context) ([]string, error)
	Export(ctx context.Context, file string, scope insight.Scope, p practice.Practice) error
}

// Practices tells of the practice and its places.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	Places(ctx context.Context) ([]practice.Place, error)
}

// Deps is what the screen reads from.
type Deps struct {
	Reader    Reader
	Moves     Moves
	Practices Practices
	Now       clock.Clock
}

// Screen is the screen of figures.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	page         *kit.Page
	states       *kit.States
	view         *view
	period       *widget.Select
	site, place  *widget.Select
	filters      *fyne.Container // around the pickers of site and place
	export       *widget.Button
	askFile      func(name string, then func(file string))
	cancel       func()
	own          *insight.Scope // the days that a person chose
	chosenPeriod string

	loaded loaded
}

// loaded is what one reading brought.
type loaded struct {
	practice practice.Practice
	places   []practice.Place
	sites    []string
	scope    insight.Scope
	figures  insight.Figures
	ever     bool // anything was ever said

	today     time.Time
	moves     []insight.Move  // that go on
	negatives []insight.Point // the last weeks
}

const (
	allSites  = "All sites"
	allPlaces = "All places"
)

// New builds the screen.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, chosenPeriod: usual, states: kit.NewStates()}
	s.askFile = s.askForFile
	s.period = kit.NewSelect(titles(), s.choosePeriod)
	s.period.Selected = usual
	s.site = kit.NewSelect([]string{allSites}, func(string) { s.load() })
	s.place = kit.NewSelect([]string{allPlaces}, func(string) { s.load() })
	s.site.Selected, s.place.Selected = allSites, allPlaces
	s.export = kit.NewButton("Export", theme.Icon("download"), s.Export)
	s.export.Disable()
	s.view = newView(s)
	s.filters = kit.Line(theme.Space2, picker(s.site), picker(s.place))
	s.page = kit.NewPage("Insights", "", s.filters, picker(s.period), s.export)
	s.page.SetContent(s.states)
	s.states.ShowLoading("Working out the figures")
	return s
}

// ID is the name by which other screens open this one.
func (s *Screen) ID() string { return "insights" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Insights" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("chart-column") }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown reads the figures anew.
func (s *Screen) Shown() { s.load() }

// Changed reads the figures anew when mentions or the practice changed while the screen is in sight; otherwise Shown will.
func (s *Screen) Changed(what string) {
	if what != kit.ChangedMentions && what != kit.ChangedPractice {
		return
	}
	if fyne.CurrentApp().Driver().CanvasForObject(s.page) != nil {
		s.load()
	}
}

// Commands offers what the palette can do here.
func (s *Screen) Commands() []kit.Command {
	return []kit.Command{
		{Title: "Export the figures", Key: "Ctrl+E", Run: s.Export, Enabled: func() bool { return !s.export.Disabled() }},
		{Title: "Choose the days of the figures", Run: s.askDays},
	}
}

func (s *Screen) choosePeriod(title string) {
	if title == ownDays {
		s.askDays()
		return
	}
	s.own, s.chosenPeriod = nil, title
	s.load()
}

// load reads in the background; a newer reading cancels the one under way. What is shown stays until the new figures are there.
func (s *Screen) load() {
	if s.cancel != nil {
		s.cancel()
	}
	title, own, site, place := s.chosenPeriod, s.own, s.site.Selected, s.place.Selected
	s.cancel = s.bg.Run(func(ctx context.Context) func() {
		l, err := s.read(ctx, title, own, site, place)
		return func() { s.show(l, err) }
	})
}

func (s *Screen) read(ctx context.Context, title string, own *insight.Scope, site, place string) (l loaded, err error) {
	if l.practice, err = s.deps.Practices.Get(ctx); err != nil {
		return l, err
	}
	if l.places, err = s.deps.Practices.Places(ctx); err != nil {
		return l, err
	}
	first, err := s.deps.Reader.First(ctx)
	if err != nil {
		return l, err
	}
	l.ever = !first.IsZero()
	if l.sites, err = s.deps.Reader.SitesSeen(ctx); err != nil {
		return l, err
	}
	l.scope = scopeOf(title, s.deps.Now(), first, l.practice.Location())
	if own != nil {
		l.scope = *own
	}
	for _, id := range l.sites {
		if respond.SiteName(id) == site {
			l.scope.Site = id
		}
	}
	for _, p := range l.places {
		if p.Name == place {
			l.scope.PlaceID = p.ID
		}
	}
	if l.figures, err = s.deps.Reader.Figures(ctx, l.scope, l.practice); err != nil {
		return l, err
	}
	return l, s.readMoves(ctx, &l)
}

func (s *Screen) show(l loaded, err error) {
	if err != nil {
		s.export.Disable()
		s.states.ShowError("The figures cannot be shown", err, s.load)
		return
	}
	s.loaded = l
	s.offer(l)
	subtitle := spanned(l.scope) + ", compared with " + spanned(l.figures.Previous)
	if l.figures.Unfinished {
		subtitle += ". Not over yet"
	}
	s.page.SetSubtitle(subtitle)
	switch {
	case !l.ever:
		s.export.Disable()
		s.page.SetSubtitle("")
		s.states.ShowEmpty("chart-column", "No figures yet", "Figures appear with the first mentions. Add a source, or import what a site lets you export.",
			kit.NewPrimary("Add a source", theme.IconIn("plus", theme.OnAccent), func() { s.host.Go("sources", "add") }))
	case l.figures.Now.Mentions == 0 && l.figures.Before.Mentions == 0:
		s.export.Disable()
		s.states.ShowEmpty("calendar-days", "Nothing was said in these days", "Choose a longer period, another site or another place.", nil)
	default:
		s.export.Enable()
		s.view.set(l)
		s.states.ShowContent(s.view.content)
		s.view.content.Refresh() // lists of another length want another height
	}
}

// offer fills the pickers of sites and places; one that has no choice is hidden.
func (s *Screen) offer(l loaded) {
	s.site.Options = []string{allSites}
	for _, id := range l.sites {
		s.site.Options = append(s.site.Options, respond.SiteName(id))
	}
	s.place.Options = []string{allPlaces}
	for _, p := range l.places {
		s.place.Options = append(s.place.Options, p.Name)
	}
	hide(s.filters.Objects[0], len(s.site.Options) < 3)
	hide(s.filters.Objects[1], len(s.place.Options) < 3)
	s.period.Selected = s.chosenPeriod
	if s.own != nil {
		s.period.Selected = ownDays
	}
	s.period.Refresh()
	s.page.Refresh()
}

// picker gives a choice room for its longest usual entry.
func picker(choice *widget.Select) fyne.CanvasObject {
	framed := kit.Framed(choice)
	return container.NewGridWrap(fyne.NewSize(11*theme.Size(theme.SizeText), framed.MinSize().Height), framed)
}

func hide(o fyne.CanvasObject, when bool) {
	if when {
		o.Hide()
	} else {
		o.Show()
	}
}

func spanned(scope insight.Scope) string {
	return scope.From.Format("2 Jan 2006") + " to " + scope.Last().Format("2 Jan 2006")
}

// open shows the mentions of some days in the inbox.
func (s *Screen) open(from, to time.Time, more ...string) {
	place := ""
	for _, p := range s.loaded.places {
		if p.ID == s.loaded.scope.PlaceID {
			place = p.Name
		}
	}
	s.host.Go("inbox", search(from, to, s.loaded.scope, place, more...))
}

// openAll shows the mentions of the whole period.
func (s *Screen) openAll(more ...string) {
	s.open(s.loaded.scope.From, s.loaded.scope.To, more...)
}
