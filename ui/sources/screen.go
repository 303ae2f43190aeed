// Package sources is the screen of where mentions come from: each source with its health and what it brought, adding one by pasting any
// address, importing files, and the network ledger that shows every request the program made.
package sources

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Store keeps the sources and their visits.
type Store interface {
	Sources(ctx context.Context) ([]reviews.Source, error)
	Source(ctx context.Context, id int64) (reviews.Source, error)
	SaveSource(ctx context.Context, source reviews.Source, by audit.Actor) error
	RemoveSource(ctx context.Context, id int64, by audit.Actor) error
	RestoreSource(ctx context.Context, source reviews.Source, by audit.Actor) error
	Visits(ctx context.Context, sourceID int64, limit int) ([]reviews.Visit, error)
	Ratings(ctx context.Context, sourceID int64) ([]reviews.Rating, error)
	rounds
}

// Collector visits, looks and imports.
type Collector interface {
	Look(ctx context.Context, addressOrFile string, allowPrivate bool) (collect.Looked, error)
	LookKind(ctx context.Context, kind string, values reviews.Options, allowPrivate bool) (collect.Draft, error)
	AddDraft(ctx context.Context, draft collect.Draft, o collect.AddOptions, by audit.Actor) (reviews.Source, error)
	Change(ctx context.Context, source reviews.Source, values reviews.Options, by audit.Actor) error
	About(ctx context.Context, entries []reviews.Found, match []string) ([]reviews.Found, error)
	Collect(ctx context.Context, o collect.Options) (collect.Totals, error)
	Live(ctx context.Context, source reviews.Source) (collect.Draft, error)
	Preview(ctx context.Context, file string, mapping collect.Mapping, format string) (collect.Preview, error)
	Import(ctx context.Context, file string, o collect.ImportOptions, by audit.Actor) (reviews.Outcome, error)
	TakeBackImport(ctx context.Context, by audit.Actor) (int, error)
	ImportOPML(ctx context.Context, from io.Reader, allowPrivate bool, by audit.Actor) (collect.ListOutcome, error)
	ExportOPML(ctx context.Context, to io.Writer) error
	taker
}

// Network tells what was asked of other computers.
type Network interface {
	Ledger(ctx context.Context, limit int) ([]fetch.Entry, error)
}

// Practices knows the watch words.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
}

// Deps is what the screen works with.
type Deps struct {
	Store      Store
	Collector  Collector
	Network    Network
	Practices  Practices
	InFile     func() bool // tells that secrets stand in a file, since there is no keychain
	Offline    func() bool
	SetOffline func(offline bool) // stores it and tells the user
	Now        clock.Clock
}

// Screen is the place of sources in the window.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	content *fyne.Container // the page, or the work that stands over it
	page    *kit.Page
	paged   []page // the tabs, the list of sources first
	tabs    *kit.Tabs
	states  *kit.States
	list    *kit.List
	search  *kit.Search
	split   *kit.Split
	detail  *detail
	network *network
	sweep   *sweep
	work    work      // what stands over the pages; nil: nothing
	choose  *choosing // nil while no kind of source is being chosen
	add     *adding   // nil while nothing is being added
	bring   *bringing // nil while no file is being imported
	offline *kit.Banner
	banner  *fyne.Container // holds the banner while the program is offline
	frame   *fyne.Container // the banner above the tabs
	collect *widget.Button

	seen    shown
	stop    func() // ends the collection under way; nil when there is none
	asked   int    // how far the collection is, so that an older message does not take it back
	chooser chooser
}

// shown is what the list shows. The pager reads it in the background.
type shown struct {
	mu    sync.Mutex
	words string
	list  []reviews.Source
	all   int

	offline bool
}

// New makes the screen; it reads nothing before it is shown.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, states: kit.NewStates(), content: container.NewStack()}
	s.chooser = windowChooser{s}
	s.detail = newDetail(s)
	s.network = newNetwork(s)
	s.sweep = newSweep(s)
	s.newList()
	s.collect = kit.NewButton("Collect now", theme.Icon("refresh-cw"), s.CollectAll)
	s.page = kit.NewPage("Sources", " ", kit.NewButton("Import", theme.Icon("upload"), s.chooseFile), s.collect,
		kit.NewPrimary("Add a source", theme.IconIn("plus", theme.OnAccent), s.Add))
	s.paged = s.pages()
	s.tabs = s.tabsOf()
	s.offline = kit.NewBanner(kit.ToneWarn, "Goodword is offline. No request leaves this computer, so no source is visited.", kit.Button{Title: "Go online", Run: func() { s.network.setOffline(false) }})
	s.banner = container.NewStack()
	s.frame = container.NewBorder(s.banner, nil, nil, nil, kit.InsetXY(s.tabs, theme.Space6, 0))
	s.page.SetContent(s.frame)
	s.content.Objects = []fyne.CanvasObject{s.page}
	s.states.ShowLoading("Reading the sources")
	return s
}

func (s *Screen) newList() {
	pager := kit.NewPager(s.bg, s.count, s.rows)
	pager.OnError = func(err error) { s.states.ShowError("The sources could not be read", err, s.reload) }
	pager.OnChanged = s.arrange
	s.list = kit.NewList(pager)
	s.list.OnOpened = func(row kit.RowData) { s.detail.open(row.ID) }
	s.list.OnActivated = func(row kit.RowData) { s.CollectOne(row.ID) }
	s.search = kit.NewSearch("Find a source", func(text string) {
		s.seen.mu.Lock()
		s.seen.words = text
		s.seen.mu.Unlock()
		s.list.Reload()
	}, func(string) { s.host.Focus(s.list) })
	left := container.NewBorder(kit.InsetSides(s.search, 0, theme.Space3, theme.Space3, theme.Space2), nil, nil, nil, s.list)
	s.split = kit.NewSplit(left, s.detail.content, 420)
}

// ID is the name by which other screens open this one.
func (s *Screen) ID() string { return "sources" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Sources" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("rss") }

// Content is the screen itself.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown reads everything anew, and takes files that are dropped on the window.
func (s *Screen) Shown() {
	if w := s.host.Window(); w != nil {
		w.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
			var paths []string
			for _, file := range files {
				paths = append(paths, file.Path())
			}
			s.host.Go(s.ID(), paths)
		})
	}
	s.detail.live.forget()
	s.reload()
}

// Changed reads anew when sources changed, or the practice with its watch words.
func (s *Screen) Changed(what string) {
	if what == kit.ChangedSources || what == kit.ChangedPractice {
		s.reload()
	}
}

// Receive opens a source by its number, files by their paths, adding a source with "add", the import of a file with "import", or a
// page by its name, such as the ledger by "network".
func (s *Screen) Receive(arg any) {
	switch arg := arg.(type) {
	case int64:
		s.back()
		s.tabs.Select(0)
		s.list.SelectID(arg)
		s.detail.open(arg)
	case []string:
		s.Drop(arg)
	case string:
		switch arg {
		case "add":
			s.Add()
		case "import":
			s.chooseFile()
		case "round":
			s.Sweep()
		default:
			s.turn(arg)
		}
	}
}

// Commands are what the palette and the keyboard offer here.
func (s *Screen) Commands() []kit.Command {
	onPage := s.onPage
	onSource := func() bool { return onPage() && s.detail.source.ID != 0 }
	onFeed := func() bool { return onSource() && visited(s.detail.source) }
	list := []kit.Command{
		{Title: "Add a source", Key: "N", Run: s.Add, Enabled: onPage},
		{Title: "Collect from all sources now", Key: "Ctrl+R", Run: s.CollectAll, Enabled: func() bool { return s.stop == nil }},
		{Title: "Collect from this source now", Key: "R", Run: func() { s.CollectOne(s.detail.source.ID) }, Enabled: func() bool { return onFeed() && s.stop == nil }},
		{Title: "Stop collecting", Run: func() { s.stop() }, Enabled: func() bool { return s.stop != nil }},
		{Title: "Pause or resume this source", Key: "P", Run: s.detail.pause, Enabled: onFeed},
		{Title: "Change this source", Key: "E", Run: s.detail.edit, Enabled: func() bool { return onSource() && changeable(s.detail.source) }},
		{Title: "Last answers of this source", Key: "A", Run: s.detail.answers, Enabled: onFeed},
		{Title: "Remove this source", Key: "Delete", Run: s.detail.remove, Enabled: onSource},
		{Title: "Import reviews or a list of sources", Key: "I", Run: s.chooseFile, Enabled: onPage},
		{Title: "Save the sources as a list (OPML)", Run: s.exportList, Enabled: onPage},
		{Title: "Show the network ledger", Key: "L", Run: s.showNetwork, Enabled: onPage},
		{Title: "Back to the sources", Key: "Escape", Run: s.back, Enabled: func() bool { return !onPage() }},
	}
	for _, p := range s.paged {
		if p.commands != nil {
			list = append(list, p.commands()...)
		}
	}
	return list
}

func (s *Screen) actor() audit.Actor {
	id, name := s.host.Who()
	return audit.Actor{ID: id, Name: name}
}

func (s *Screen) showNetwork() { s.turn("network") }

func (s *Screen) reload() {
	s.network.readSwitch()
	s.list.Reload()
	if s.detail.source.ID != 0 {
		s.detail.open(s.detail.source.ID)
	}
	s.paged[s.tabs.Selected()].load()
}

// count reads the sources, the failing ones first, and keeps those that have the words of the search field.
func (s *Screen) count(ctx context.Context) (int, error) {
	list, err := s.deps.Store.Sources(ctx)
	if err != nil {
		return 0, err
	}
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	s.seen.all = len(list)
	now := s.deps.Now()
	wanted := strings.Fields(strings.ToLower(s.seen.words))
	list = slices.DeleteFunc(list, func(source reviews.Source) bool {
		text := strings.ToLower(source.Name + " " + source.Address + " " + source.Site + " " + kindTitle(source))
		return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(text, w) })
	})
	slices.SortStableFunc(list, func(a, b reviews.Source) int { return rank(a, now) - rank(b, now) })
	s.seen.list = list
	return len(list), nil
}

// rank puts what needs a person first and what is only history last.
func rank(s reviews.Source, now time.Time) int {
	switch h := reviews.HealthOf(s, now); {
	case s.Kind == reviews.KindImport:
		return 4
	case s.Paused:
		return 3
	case h.Troubled:
		return 0
	case s.Failures > 0:
		return 1
	}
	return 2
}

func (s *Screen) rows(_ context.Context, offset, limit int) ([]kit.RowData, error) {
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	now := s.deps.Now()
	var rows []kit.RowData
	for i := offset; i < min(offset+limit, len(s.seen.list)); i++ {
		rows = append(rows, rowOf(s.seen.list[i], now, s.seen.offline))
	}
	return rows, nil
}

func (s *Screen) sources() (list []reviews.Source, all int, words string) {
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	return slices.Clone(s.seen.list), s.seen.all, s.seen.words
}

// arrange shows the list, or why there is none.
func (s *Screen) arrange() {
	list, all, words := s.sources()
	s.page.SetSubtitle(s.summary(list, all))
	switch {
	case all == 0:
		s.states.ShowEmpty("rss", "Nothing is being collected yet",
			"Paste the address of any page that speaks of your practice: a news search, a blog, a review feed. Goodword finds the feed behind it and asks it regularly. "+
				"Reviews from Google and other sites come in as files: import a Google Takeout archive, a CSV or an Excel export.",
			kit.NewPrimary("Add a source", theme.IconIn("plus", theme.OnAccent), s.Add))
		return
	case len(list) == 0 && words != "":
		s.detail.showNothing("No source has these words")
	case s.detail.source.ID == 0 && len(list) > 0:
		s.detail.open(list[0].ID)
		s.list.SelectID(list[0].ID)
	}
	s.states.ShowContent(s.split)
}

func (s *Screen) summary(list []reviews.Source, all int) string {
	if all == 0 {
		return ""
	}
	failing, brought, now := 0, 0, s.deps.Now()
	for _, source := range list {
		if rank(source, now) < 2 {
			failing++
		}
		brought += source.Brought
	}
	text := kit.Counted(all, "source", "sources")
	if len(list) < all { // the figures are those of what is in sight
		text = fmt.Sprintf("%s of %s", kit.Count(len(list)), text)
	}
	text += fmt.Sprintf(", %s brought so far", kit.Counted(brought, "mention", "mentions"))
	if failing > 0 {
		text += fmt.Sprintf(", %s", kit.Counted(failing, "needs a look", "need a look"))
	}
	return text
}

// siteOr is where a source is, in the shortest words.
func siteOr(source reviews.Source) string {
	switch {
	case source.Kind == reviews.KindImport:
		if _, known := respond.SiteOf(source.Site); known {
			return "Imported from " + respond.SiteName(source.Site)
		}
		return "Imported file"
	case source.Kind == anyAddress:
		return host(source.Address)
	}
	return kindTitle(source)
}

// rowOf is a source as the list shows it.
func rowOf(source reviews.Source, now time.Time, offline bool) kit.RowData {
	h := healthOf(source, now)
	row := kit.RowData{ID: source.ID, Title: source.Name, Meta: siteOr(source), Status: nextVisit(source, now, offline), Stars: -1, Age: h.word, AgeTone: kit.ToneNeutral,
		Text: kit.Counted(source.Brought, "mention", "mentions")}
	if shownOnly(source) {
		row.Text = "Shown when you look, never stored"
	}
	if h.tone == kit.ToneBad || h.tone == kit.ToneWarn {
		row.Text, row.AgeTone = h.brief, h.tone
	}
	return row
}
