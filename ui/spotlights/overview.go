package spotlights

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

const (
	asBoard = iota
	asList
	asFairness
)

// overview shows all spotlights, as a board by stage or as a list.
type overview struct {
	screen  *Screen
	content fyne.CanvasObject

	page    *kit.Page
	banners *fyne.Container
	body    *fyne.Container // all below the head
	states  *kit.States
	way     *kit.Segmented
	search  *kit.Search
	board   *kit.Board
	table   *kit.Table
	rows    []advocacy.Spotlight // as the table shows them
	filters *filters
	fair    *fairness
	sorted  int
	down    bool
}

func newOverview(s *Screen) *overview {
	o := &overview{screen: s, states: kit.NewStates(), banners: kit.Column(theme.Space2), sorted: -1}
	o.way = kit.NewSegmented([]string{"Board", "List", "Fairness"}, asBoard, o.show)
	o.search = kit.NewSearch("Name or words", func(string) { o.refresh() }, nil)
	o.filters, o.fair = newFilters(o), newFairness(s)
	o.page = kit.NewPage("Spotlights", " ", container.NewGridWrap(fyne.NewSize(14*theme.Size(theme.SizeText), o.search.MinSize().Height), o.search), o.way,
		kit.NewButton("Results", theme.Icon("chart-column"), func() { s.showAfter(resultsTab) }),
		kit.NewPrimary("Nominate", theme.IconIn("user-plus", theme.OnAccent), s.nominate))
	o.newBoard()
	o.newTable()
	o.body = container.NewBorder(kit.InsetXY(kit.Column(theme.Space2, o.banners, o.filters.content), theme.Space6, 0), nil, nil, nil,
		kit.InsetSides(container.New(edge{}, o.states), theme.Space6, theme.Space2, 0, theme.Space4))
	o.page.SetContent(o.body)
	o.content = o.page
	o.states.ShowLoading("Reading the spotlights")
	return o
}

// edge lets the board run to the edge of the window where not all its columns fit, so that one sees that it goes on.
type edge struct{}

// wholeBoard is the width from which all columns fit.
const wholeBoard = 1640

// MinSize is that of the board.
func (edge) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout leaves the usual margin where it fits.
func (edge) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width >= wholeBoard {
		size.Width -= theme.Space6
	}
	objects[0].Resize(size)
}

func (o *overview) newBoard() {
	var columns []kit.BoardColumn
	for _, stage := range advocacy.Stages() {
		if stage != advocacy.Archived {
			columns = append(columns, kit.BoardColumn{ID: string(stage), Title: stageTitle(stage)})
		}
	}
	o.board = kit.NewBoard(columns)
	o.board.OnOpened = func(id int64) {
		if id == moreCard {
			o.show(asList)
			return
		}
		o.screen.open(id)
	}
	o.board.CanMove = func(id int64, to string) bool { return id != moreCard && canTry(o.find(id).Stage, advocacy.Stage(to)) }
	o.board.OnMoved = func(id int64, to string) { o.screen.move(id, o.find(id).Stage, advocacy.Stage(to), nil) }
}

// canTry leaves out the moves that no spotlight can make; what else is missing, the domain says in a sentence.
func canTry(from, to advocacy.Stage) bool {
	stages := advocacy.Stages()
	a, b := slices.Index(stages, from), slices.Index(stages, to)
	return b == a+1 || b < a && to != advocacy.Scheduled && to != advocacy.ReviewStage && from != advocacy.Published
}

func (o *overview) newTable() {
	o.table = kit.NewTable(kit.TableColumn{Title: "Spotlight"}, kit.TableColumn{Title: "Colleague", Width: 190}, kit.TableColumn{Title: "Stage", Width: 120},
		kit.TableColumn{Title: "Planned", Width: 150}, kit.TableColumn{Title: "Networks", Width: 190}, kit.TableColumn{Title: "Nominated by", Width: 150})
	o.table.OnOpened = func(row int) { o.screen.open(o.rows[row].ID) }
	o.table.OnSort = func(column int) {
		o.down = o.sorted == column && !o.down
		o.sorted = column
		o.refresh()
	}
}

func (o *overview) find(id int64) advocacy.Spotlight {
	for _, v := range o.screen.seen.list {
		if v.ID == id {
			return v
		}
	}
	return advocacy.Spotlight{}
}

func (o *overview) show(way int) {
	o.way.SetSelected(way)
	o.refresh()
}

func (o *overview) fail(err error) {
	o.states.ShowError("The spotlights could not be read", err, o.screen.reload)
}

// refresh shows what was read, narrowed by the words in the search field.
func (o *overview) refresh() {
	defer o.body.Refresh() // banners and filters change their height
	seen := o.screen.seen
	o.page.SetSubtitle(o.summary())
	o.showBanners()
	o.filters.show(seen)
	shown(o.filters.content, o.way.Selected() != asFairness && len(seen.list) > 0)
	list := o.narrowed()
	open := slices.ContainsFunc(seen.list, func(v advocacy.Spotlight) bool { return v.Stage != advocacy.Archived })
	switch {
	case seen.now.IsZero():
		return // nothing was read yet
	case o.way.Selected() == asFairness && len(seen.people) > 0:
		o.fair.show(seen)
		o.states.ShowContent(o.fair.content)
	case len(seen.list) == 0 || !open && o.way.Selected() == asBoard:
		o.states.ShowEmpty("sparkles", "Show the people behind the practice",
			"Nominate a colleague for a short, kind post. Goodword asks for the consent, collects the story and writes a text for every network.",
			kit.NewPrimary("Nominate a colleague", theme.IconIn("user-plus", theme.OnAccent), o.screen.nominate))
	case len(list) == 0:
		o.states.ShowEmpty("search-x", "No spotlight fits", "Try fewer words, or take a filter away.", kit.NewButton("Show all", nil, o.clear))
	case o.way.Selected() == asList:
		o.showTable(list)
	default:
		o.showBoard(list)
	}
}

func (o *overview) narrowed() []advocacy.Spotlight {
	f := o.filter()
	f.Archived = true
	return f.Narrow(o.screen.seen.list, o.screen.seen.people)
}

// filter is what the search field and the choices ask for.
func (o *overview) filter() advocacy.Filter {
	f := o.filters.chosen()
	f.Words = o.search.Text
	return f
}

// clear takes all filters away.
func (o *overview) clear() {
	o.filters.clear()
	o.search.SetText("")
	o.refresh()
}

// hold puts the keyboard on the board or the list.
func (o *overview) hold() {
	switch o.way.Selected() {
	case asBoard:
		o.board.Hold()
	case asList:
		o.screen.host.Focus(o.table)
	case asFairness:
		o.screen.host.Focus(o.fair.table)
	}
}

// marked is the spotlight that has the keyboard.
func (o *overview) marked() advocacy.Spotlight {
	switch o.way.Selected() {
	case asBoard:
		return o.find(o.board.Held())
	case asList:
		if i := o.table.Marked(); i >= 0 && i < len(o.rows) {
			return o.rows[i]
		}
	}
	return advocacy.Spotlight{}
}

// step moves the spotlight that has the keyboard a stage on or back.
func (o *overview) step(by int) {
	v := o.marked()
	to := slices.Index(advocacy.Stages(), v.Stage) + by
	if to < 0 || to >= len(advocacy.Stages()) || !canTry(v.Stage, advocacy.Stages()[to]) {
		o.screen.host.Toast("There is no such step from \u201c" + stageTitle(v.Stage) + "\u201d.")
		return
	}
	o.screen.move(v.ID, v.Stage, advocacy.Stages()[to], nil)
}

func (o *overview) summary() string {
	under, published := 0, 0
	for _, v := range o.screen.seen.list {
		switch v.Stage {
		case advocacy.Published:
			published++
		case advocacy.Archived:
		default:
			under++
		}
	}
	return fmt.Sprintf("%d under way, %d published", under, published)
}

func (o *overview) missed() []advocacy.Spotlight {
	seen := o.screen.seen
	return slices.DeleteFunc(slices.Clone(seen.list), func(v advocacy.Spotlight) bool {
		return v.Stage != advocacy.Scheduled || v.Schedule.IsZero() || !v.Schedule.Before(seen.now)
	})
}

// showBanners says what cannot wait: posts that must come down, and schedules whose moment has passed.
func (o *overview) showBanners() {
	o.banners.Objects = nil
	if downs := o.screen.seen.downs; len(downs) > 0 {
		o.banners.Add(kit.NewBanner(kit.ToneBad, mustComeDown(downs), kit.Button{Title: "Show the list", Run: func() { o.screen.takeDownDialog(downs) }}))
	}
	o.showEndings()
	if missed := o.missed(); len(missed) == 1 {
		v := missed[0]
		o.banners.Add(kit.NewBanner(kit.ToneWarn, fmt.Sprintf("“%s” was planned for %s and is not posted yet. Post it now?", v.Title, o.when(v.Schedule)),
			kit.Button{Title: "Open", Run: func() { o.screen.open(v.ID) }}))
	} else if len(missed) > 1 {
		o.banners.Add(kit.NewBanner(kit.ToneWarn, fmt.Sprintf("%d spotlights were planned for a moment that has passed.", len(missed)),
			kit.Button{Title: "Open the oldest", Run: func() { o.screen.open(missed[0].ID) }}))
	}
	o.banners.Refresh()
}

func (o *overview) when(t time.Time) string {
	return t.In(o.screen.seen.practice.Location()).Format("Mon 2 Jan, 15:04")
}

func (o *overview) showBoard(list []advocacy.Spotlight) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b advocacy.Spotlight) int { return lastPosted(b).Compare(lastPosted(a)) }) // the latest post first
	cards := map[advocacy.Stage][]kit.BoardCard{}
	for _, v := range list {
		cards[v.Stage] = append(cards[v.Stage], o.cardOf(v))
	}
	for _, stage := range advocacy.Stages() {
		if stage != advocacy.Archived {
			o.board.SetCards(string(stage), newest(cards[stage]))
		}
	}
	o.states.ShowContent(o.board)
}

const (
	columnCards = 20 // what a column shows at most
	moreCard    = -1 // stands for the rest
)

// newest keeps a column short: years of published posts belong in the list.
func newest(cards []kit.BoardCard) []kit.BoardCard {
	if len(cards) <= columnCards {
		return cards
	}
	more := kit.BoardCard{ID: moreCard, Title: fmt.Sprintf("%d more", len(cards)-columnCards), Note: "Show all in the list"}
	return append(cards[:columnCards:columnCards], more)
}

// cardOf is a spotlight as the board shows it: who, why, and what stands next to be done.
func (o *overview) cardOf(v advocacy.Spotlight) kit.BoardCard {
	seen := o.screen.seen
	occasion, _ := advocacy.OccasionByID(v.Occasion)
	card := kit.BoardCard{ID: v.ID, Title: seen.person(v.PersonID).Name, Person: seen.person(v.PersonID).Name, Text: v.Title}
	if strings.HasPrefix(v.Title, occasion.Name) {
		card.Text = occasion.Name
	}
	if v.Kind.Public() {
		card.Title, card.Text = v.Title, v.Kind.Name()
	}
	for _, variant := range v.Variants {
		if n, ok := advocacy.NetworkByID(variant.Network); ok && strings.TrimSpace(variant.Text) != "" {
			card.Chips = append(card.Chips, kit.BoardChip{Text: shortName(n), Tone: variantTone(v, variant)})
		}
	}
	if len(card.Chips) > 3 {
		card.Chips = append(card.Chips[:3], kit.BoardChip{Text: fmt.Sprintf("+%d", len(card.Chips)-3), Tone: kit.ToneNeutral})
	}
	switch {
	case v.Note != "":
		card.Note, card.Tone = v.Note, kit.ToneWarn
	case v.Stage == advocacy.Scheduled && v.Schedule.Before(seen.now):
		card.Note, card.Tone = "Was planned for "+o.when(v.Schedule), kit.ToneBad
	case v.Stage == advocacy.Published:
		card.Note = "Posted " + o.when(lastPosted(v))
	case !v.Schedule.IsZero():
		card.Note = o.when(v.Schedule)
	case v.Due != "":
		card.Note = "Wanted by " + v.Due
		if v.Due < seen.now.Format("2006-01-02") {
			card.Tone = kit.ToneBad
		}
	default:
		card.Note = "Nominated by " + o.nominator(v)
	}
	return card
}

func (o *overview) nominator(v advocacy.Spotlight) string {
	if v.By == 0 {
		return "Goodword"
	}
	return o.screen.seen.person(v.By).Name
}

func lastPosted(v advocacy.Spotlight) time.Time {
	var last time.Time
	for _, variant := range v.Variants {
		if variant.PostedAt.After(last) {
			last = variant.PostedAt
		}
	}
	return last
}

// shortName is a network's name where there is little room.
func shortName(n advocacy.Network) string {
	if n.ID == "google" {
		return "Google"
	}
	return n.Name
}

// inSentence is a network's name within a sentence.
func inSentence(n advocacy.Network) string {
	if n.ID == "website" {
		return "the website"
	}
	return n.Name
}

func (o *overview) showTable(list []advocacy.Spotlight) {
	if o.sorted >= 0 {
		slices.SortStableFunc(list, func(a, b advocacy.Spotlight) int {
			c := strings.Compare(o.sortKey(a), o.sortKey(b))
			if o.down {
				return -c
			}
			return c
		})
	}
	marked := o.marked().ID
	o.rows = list
	rows := make([][]kit.Cell, len(list))
	for i, v := range list {
		planned := "–"
		if !v.Schedule.IsZero() {
			planned = o.when(v.Schedule)
		}
		rows[i] = []kit.Cell{{Text: v.Title, Strong: true}, {Text: o.shows(v)}, {Text: stageTitle(v.Stage), Tone: stageTone(v, o.screen.seen.now)}, {Text: planned, Secondary: v.Schedule.IsZero()},
			{Text: networkNames(v), Secondary: true}, {Text: o.nominator(v), Secondary: true}}
	}
	o.table.SetRows(rows)
	o.table.SetSorted(o.sorted, o.down)
	o.table.Choose(slices.IndexFunc(list, func(v advocacy.Spotlight) bool { return marked != 0 && v.ID == marked }))
	o.states.ShowContent(kit.Scrolling(kit.InsetSides(o.table, 0, 0, theme.Space6, 0)))
}

// shows is whom a spotlight shows; a public post shows nobody.
func (o *overview) shows(v advocacy.Spotlight) string {
	if v.Kind.Public() {
		return "–"
	}
	return o.screen.seen.person(v.PersonID).Name
}

func (o *overview) sortKey(v advocacy.Spotlight) string {
	switch o.sorted {
	case 1:
		return o.shows(v)
	case 2:
		return fmt.Sprint(slices.Index(advocacy.Stages(), v.Stage))
	case 3:
		return v.Schedule.UTC().Format(time.RFC3339)
	case 4:
		return networkNames(v)
	case 5:
		return o.nominator(v)
	}
	return strings.ToLower(v.Title)
}

func networkNames(v advocacy.Spotlight) string {
	var names []string
	for _, variant := range v.Variants {
		if n, ok := advocacy.NetworkByID(variant.Network); ok && strings.TrimSpace(variant.Text) != "" {
			names = append(names, shortName(n))
		}
	}
	return strings.Join(names, ", ")
}

func stageTone(v advocacy.Spotlight, now time.Time) kit.Tone {
	switch {
	case v.Stage == advocacy.Scheduled && v.Schedule.Before(now):
		return kit.ToneBad
	case v.Stage == advocacy.Published:
		return kit.ToneGood
	case v.Stage == advocacy.Scheduled:
		return kit.ToneAccent
	case v.Note != "":
		return kit.ToneWarn
	}
	return kit.ToneNeutral
}

// takeDownDialog lists what must come down, with a tick for each that is done.
func (s *Screen) takeDownDialog(downs []advocacy.TakeDown) {
	list := kit.Column(theme.Space3, kit.Help("Open each post, delete it there, then tick it here. The list stays open until every line is ticked."))
	for _, d := range downs {
		list.Add(s.takeDownRow(d))
	}
	s.host.Dialog("Take down", kit.MaxWidth(list, 520), kit.Button{Title: "Done", Primary: true})
}

// mustComeDown says what has to be taken down, and what of it is only perhaps posted.
func mustComeDown(downs []advocacy.TakeDown) string {
	perhaps := 0
	for _, d := range downs {
		if d.Perhaps {
			perhaps++
		}
	}
	switch n := len(downs); {
	case n == 1 && perhaps == 1:
		return "A post that is perhaps out must be looked for and taken down, because the consent under it " + endedHow(downs[0]) + "."
	case n == 1:
		return "A post must be taken down, because the consent under it " + endedHow(downs[0]) + "."
	case perhaps == n:
		return fmt.Sprintf("%d posts that are perhaps out must be looked for and taken down, because the consent under them was withdrawn or ran out.", n)
	case perhaps > 0:
		return fmt.Sprintf("%d posts must be taken down, %d of them only perhaps posted, because the consent under them was withdrawn or ran out.", n, perhaps)
	default:
		return fmt.Sprintf("%d posts must be taken down, because the consent under them was withdrawn or ran out.", n)
	}
}

// endedHow says how the paper under a post came to its end.
func endedHow(d advocacy.TakeDown) string {
	if d.Lapsed {
		return "ran out"
	}
	return "was withdrawn"
}

func (s *Screen) takeDownRow(d advocacy.TakeDown) fyne.CanvasObject {
	n, _ := advocacy.NetworkByID(d.Network)
	title := fmt.Sprintf("%s: %s", n.Name, d.Title)
	if d.Perhaps {
		title += " (perhaps posted: look)"
	}
	tick := widget.NewCheck(title, nil)
	tick.SetChecked(!d.Done.IsZero())
	by := s.actor()
	tick.OnChanged = func(done bool) {
		s.do("Ticking the take-down list", func(ctx context.Context) error { return s.deps.Store.TickTakeDown(ctx, d.ID, done, by) }, nil)
	}
	paper := "The consent "
	if d.Authorized != 0 {
		paper = "The authorization of a patient "
	}
	line := kit.Column(0, tick, kit.Help(paper+endedHow(d)+" on "+d.Opened.In(s.seen.practice.Location()).Format("2 January 2006")+"."))
	if d.URL == "" {
		return line
	}
	return kit.Spread(line, kit.NewQuiet("Open the post", theme.Icon("external-link"), func() {
		if err := s.host.Open(d.URL); err != nil {
			s.host.Fail("Opening the post", err)
		}
	}))
}
