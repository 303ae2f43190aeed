package spotlights

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// PublishStore is what the pages after the post ask of the domain: how posts were received, who shares them, who else speaks.
type PublishStore interface {
	Posts(ctx context.Context, spotlight int64) ([]advocacy.Post, error)
	Results(ctx context.Context) (advocacy.Results, error)
	SaveResult(ctx context.Context, r advocacy.Result, by audit.Actor) error
	SaveOutcome(ctx context.Context, o advocacy.Outcome, by audit.Actor) (advocacy.Outcome, error)
	RemoveOutcome(ctx context.Context, o advocacy.Outcome, by audit.Actor) error
	MakeShareKit(ctx context.Context, id int64, by audit.Actor) (advocacy.ShareKit, error)
	SetSharer(ctx context.Context, person int64, on bool, by audit.Actor) error
	Sharers(ctx context.Context) ([]advocacy.Sharer, error)
	SayThanks(ctx context.Context, t advocacy.Thanks, by audit.Actor) (advocacy.Thanks, error)
	ThanksSaid(ctx context.Context, limit int) ([]advocacy.Thanks, error)
	SavePartner(ctx context.Context, p advocacy.Partner, by audit.Actor) (advocacy.Partner, error)
	Partners(ctx context.Context) ([]advocacy.Partner, error)
}

// after is the page of what comes after the post: results, those who share, and partners. It stands in place of the overview.
type after struct {
	s        *Screen
	content  fyne.CanvasObject
	tabs     *kit.Tabs
	cancel   func()
	results  *kit.States
	sharing  *kit.States
	partners *kit.States

	seen afterScene
}

// afterScene is what the page shows, read at one moment.
type afterScene struct {
	practice practice.Practice
	people   []practice.Person
	results  advocacy.Results
	sharers  []advocacy.Sharer
	thanks   []advocacy.Thanks
	partners []advocacy.Partner
	today    string
}

// The tabs of the page.
const (
	resultsTab = iota
	sharingTab
	partnersTab
)

func newAfter(s *Screen) *after {
	a := &after{s: s, cancel: func() {}, results: kit.NewStates(), sharing: kit.NewStates(), partners: kit.NewStates()}
	a.tabs = kit.NewTabs(kit.Tab{Title: "Results", Content: a.results}, kit.Tab{Title: "Sharing", Content: a.sharing}, kit.Tab{Title: "Partners", Content: a.partners})
	page := kit.NewPage("After the post", "How it was received, who shares it, who else speaks for the practice", kit.NewButton("All spotlights", theme.Icon("arrow-left"), s.leave))
	page.SetContent(kit.InsetSides(a.tabs, theme.Space6, 0, theme.Space6, 0))
	a.content = page
	for _, states := range a.panes() {
		states.ShowLoading("Reading what came after the posts")
	}
	return a
}

func (a *after) panes() []*kit.States { return []*kit.States{a.results, a.sharing, a.partners} }

// showAfter brings the page into sight, at one of its tabs.
func (s *Screen) showAfter(tab int) {
	if s.card != nil {
		s.card.save(func() {
			s.card.close()
			s.card = nil
			s.showAfter(tab)
		})
		return
	}
	if s.after == nil {
		s.after = newAfter(s)
	}
	s.after.tabs.Select(tab)
	s.unfocus()
	s.content.Objects = []fyne.CanvasObject{s.after.content}
	s.content.Refresh()
	s.after.load()
}

// leave returns from the page to the overview.
func (s *Screen) leave() {
	s.after, s.campaigns = nil, nil
	s.unfocus()
	s.content.Objects = []fyne.CanvasObject{s.overall.content}
	s.content.Refresh()
	s.reload()
}

func (a *after) load() {
	a.cancel()
	a.cancel = a.s.bg.Run(func(ctx context.Context) func() {
		seen, err := a.read(ctx)
		return func() {
			if err != nil {
				for _, states := range a.panes() {
					states.ShowError("What came after the posts could not be read", err, a.load)
				}
				return
			}
			a.seen = seen
			a.showResults()
			a.showSharing()
			a.showPartners()
		}
	})
}

func (a *after) read(ctx context.Context) (afterScene, error) {
	var seen afterScene
	var err error
	store := a.s.deps.Store
	if seen.practice, err = a.s.deps.Practices.Get(ctx); err != nil {
		return seen, err
	}
	if seen.people, err = a.s.deps.Practices.People(ctx); err != nil {
		return seen, err
	}
	if seen.results, err = store.Results(ctx); err != nil {
		return seen, err
	}
	if seen.sharers, err = store.Sharers(ctx); err != nil {
		return seen, err
	}
	if seen.thanks, err = store.ThanksSaid(ctx, 100); err != nil {
		return seen, err
	}
	seen.partners, err = store.Partners(ctx)
	seen.today = a.s.deps.Now().In(seen.practice.Location()).Format(practice.Day)
	return seen, err
}

func (a *after) name(id int64) string { return scene{people: a.seen.people}.person(id).Name }

// showResults shows the sums, what worked, and each post with its figures.
func (a *after) showResults() {
	r := a.seen.results
	if len(r.Posts) == 0 {
		a.results.ShowEmpty("chart-column", "No post yet", "Once a spotlight is posted, its figures stand here: entered by hand, or asked of Bluesky and Mastodon.", nil)
		return
	}
	known, reactions := 0, 0
	for _, p := range r.Posts {
		if p.Last.ID != 0 {
			known++
			reactions += p.Last.Reactions()
		}
	}
	tiles := kit.Grid(190, theme.Space4,
		kit.NewTile("Posts", kit.Count(len(r.Posts)), fmt.Sprintf("%d with figures", known), kit.ToneNeutral, nil),
		kit.NewTile("Reactions", kit.Count(reactions), "likes, shares, comments", kit.ToneNeutral, nil),
		kit.NewTile("Applications", kit.Count(r.Brought(advocacy.Application)), fmt.Sprintf("%d hired", r.Brought(advocacy.Hire)), kit.ToneNeutral, nil),
		kit.NewTile("Bookings", kit.Count(r.Brought(advocacy.Booking)), "that named a post", kit.ToneNeutral, nil))
	table := kit.NewTable(kit.TableColumn{Title: "Post"}, kit.TableColumn{Title: "Network", Width: 120}, kit.TableColumn{Title: "Posted", Width: 110},
		kit.TableColumn{Title: "Reach", Width: 80}, kit.TableColumn{Title: "Reactions", Width: 90}, kit.TableColumn{Title: "Looked at", Width: 110})
	rows := make([][]kit.Cell, len(r.Posts))
	zone := a.seen.practice.Location()
	for i, p := range r.Posts {
		n, _ := advocacy.NetworkByID(p.Variant.Network)
		reach, got, looked := "–", "–", "–"
		if p.Last.ID != 0 {
			got, looked = kit.Count(p.Last.Reactions()), p.Last.Seen.In(zone).Format("2 Jan 2006")
			if p.Last.Reach != nil {
				reach = kit.Count(*p.Last.Reach)
			}
		}
		rows[i] = []kit.Cell{{Text: p.Spotlight.Title, Strong: true}, {Text: shortName(n)}, {Text: p.Variant.PostedAt.In(zone).Format("2 Jan 2006"), Secondary: true}, {Text: reach}, {Text: got}, {Text: looked, Secondary: true}}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { a.openPost(r.Posts[row]) }
	parts := kit.Column(theme.Space6, tiles)
	if known > 0 {
		parts.Add(kit.Grid(340, theme.Space4, worked("By kind", r.ByKind()), worked("By weekday", r.ByWeekday(a.seen.practice)), worked("By network", r.ByNetwork())))
	}
	parts.Add(kit.NewSection("Posts", table))
	if len(r.Outcomes) > 0 {
		list := kit.Column(theme.Space2)
		for _, o := range r.Outcomes {
			undo := kit.NewIconButton(theme.Icon("undo-2"), "Take this line back", func() { a.takeBack(o) })
			list.Add(kit.Spread(kit.NewLabel(o.Day+" · "+plural(o.Many, o.Kind)+" · "+a.titleOf(o.SpotlightID), kit.Body).Ellipsis(), undo))
		}
		parts.Add(kit.NewSection("What named a spotlight", list))
	}
	a.results.ShowContent(kit.Scrolling(kit.InsetSides(parts, 0, theme.Space4, theme.Space2, theme.Space8)))
}

// worked is a chart of groups. Where posts are few it shows counts and says that they bear no comparison.
func worked(title string, groups []advocacy.Group) fyne.CanvasObject {
	chart := kit.NewBarChart(nil)
	chart.Horizontal = true
	few, bars := false, []kit.Bar(nil)
	for _, g := range groups {
		few = few || g.Few()
	}
	for _, g := range groups {
		bar := kit.Bar{Label: g.Name, Value: g.Each(), Note: g.Says()}
		if few {
			bar.Value, bar.Note = float64(g.Reactions), g.Counts()
		}
		bars = append(bars, bar)
	}
	chart.SetBars(bars)
	chart.Format = func(v float64) string { return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0") }
	says := "Reactions a post, on average."
	if few {
		says = "Reactions in all. Groups of fewer than 10 posts are too few to compare."
	}
	return kit.NewCard(title, kit.Column(theme.Space3, chart, kit.Help(says)))
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func (a *after) titleOf(id int64) string {
	for _, p := range a.seen.results.Posts {
		if p.Spotlight.ID == id {
			return p.Spotlight.Title
		}
	}
	return "a spotlight"
}

// openPost shows the figures of a post, to be entered by hand or asked of the network, and what it brought.
func (a *after) openPost(p advocacy.Received) {
	n, _ := advocacy.NetworkByID(p.Variant.Network)
	entry := func(figure *int) *kit.Entry {
		e := kit.NewEntry("not known")
		if figure != nil {
			e.SetText(strconv.Itoa(*figure))
		}
		return e
	}
	reach, likes, shares, comments := entry(p.Last.Reach), entry(p.Last.Likes), entry(p.Last.Shares), entry(p.Last.Comments)
	field := kit.NewField("Reach", "How many people saw it, as "+inSentence(n)+" tells the owner of the account. Leave empty what you do not know.", reach)
	parts := kit.Column(theme.Space4, field, kit.Grid(120, theme.Space3, kit.NewField("Likes", "", likes), kit.NewField("Shares", "", shares), kit.NewField("Comments", "", comments)))
	line := kit.Line(theme.Space2)
	if p.Variant.PostedURL != "" {
		line.Add(kit.NewButton("Open the post", theme.Icon("external-link"), func() { a.s.openLink("Opening the post", p.Variant.PostedURL) }))
	}
	var shut func()
	if a.s.deps.Publisher != nil && publish.Counts(n.ID) {
		line.Add(kit.NewButton("Ask "+n.Name, theme.Icon("refresh-cw"), func() { shut(); a.count(p) }))
	}
	line.Add(kit.NewButton("It brought somebody", theme.Icon("user-plus"), func() { shut(); a.brought(p.Spotlight) }))
	parts.Add(line)
	save := func() {
		r := advocacy.Result{SpotlightID: p.Spotlight.ID, Network: n.ID, Counted: "hand"}
		for _, f := range []struct {
			entry *kit.Entry
			into  **int
		}{{reach, &r.Reach}, {likes, &r.Likes}, {shares, &r.Shares}, {comments, &r.Comments}} {
			text := strings.TrimSpace(f.entry.Text)
			if text == "" {
				continue
			}
			figure, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
			if err != nil || figure < 0 {
				field.SetError("Figures are whole numbers, such as 240.")
				return
			}
			*f.into = &figure
		}
		by := a.s.actor()
		a.s.bg.Run(func(ctx context.Context) func() {
			err := a.s.deps.Store.SaveResult(ctx, r, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				a.s.host.Toast("Noted.")
				a.load()
			}
		})
	}
	shut = a.s.host.Dialog(p.Spotlight.Title+" · "+shortName(n), kit.MinWidth(kit.MaxWidth(parts, 520), 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save the figures", Primary: true, Stay: true, Run: save})
	a.s.host.Focus(reach)
}

// count asks the network how the post was received.
func (a *after) count(p advocacy.Received) {
	by := a.s.actor()
	a.do("Asking for the figures", func(ctx context.Context) error {
		_, err := a.s.deps.Publisher.Count(ctx, p.Spotlight.ID, p.Variant.Network, by)
		return err
	}, "The figures are in.")
}

// do runs a step of the page and reads it anew.
func (a *after) do(doing string, work func(ctx context.Context) error, then string) {
	a.s.bg.Run(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			if err != nil {
				a.s.host.Fail(doing, err)
				return
			}
			if then != "" {
				a.s.host.Toast(then)
			}
			a.load()
		}
	})
}

// brought asks how many applied, were hired or booked and named the spotlight. It asks for no name.
func (a *after) brought(v advocacy.Spotlight) {
	kinds := []string{"Application", "Hire", "Booking"}
	kind, many, day := kit.NewSegmented(kinds, 0, nil), kit.NewEntry("1"), a.s.newDay(a.seen.today)
	many.SetText("1")
	field := kit.NewField("How many", "Only the number. Who it was, a patient above all, is not written down here.", many)
	form := kit.NewForm(kit.NewField("What", "", kind), field, kit.NewField("When", "", day.content))
	by := a.s.actor()
	var shut func()
	shut = a.s.host.Dialog("What named “"+v.Title+"”", kit.MinWidth(kit.MaxWidth(form, 460), 400), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: func() {
		n, err := strconv.Atoi(strings.TrimSpace(many.Text))
		if err != nil {
			field.SetError("Enter a number.")
			return
		}
		o := advocacy.Outcome{SpotlightID: v.ID, Kind: advocacy.OutcomeKinds()[max(0, slices.Index(kinds, kinds[kind.Selected()]))], Many: n, Day: day.text()}
		a.s.bg.Run(func(ctx context.Context) func() {
			_, err := a.s.deps.Store.SaveOutcome(ctx, o, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				a.load()
			}
		})
	}})
	a.s.host.Focus(many)
}

func (a *after) takeBack(o advocacy.Outcome) {
	by := a.s.actor()
	a.do("Taking the line back", func(ctx context.Context) error { return a.s.deps.Store.RemoveOutcome(ctx, o, by) }, "")
	a.s.host.ToastUndo("The line is taken back.", func() {
		a.do("Bringing the line back", func(ctx context.Context) error { _, err := a.s.deps.Store.SaveOutcome(ctx, o, by); return err }, "")
	})
}

// openLink shows a page in the user's own browser.
func (s *Screen) openLink(doing, link string) {
	if err := s.host.Open(link); err != nil {
		s.host.Fail(doing, err)
	}
}
