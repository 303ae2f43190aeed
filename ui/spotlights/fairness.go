package spotlights

import (
	"fmt"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// fairness shows how the posts are spread over the people: whose turn it could be, who was never shown, and how roles, places and months share.
type fairness struct {
	s       *Screen
	content fyne.CanvasObject
	next    *fyne.Container
	people  *kit.Label
	table   *kit.Table
	turns   []advocacy.Showing
	roles   *fyne.Container
	places  *fyne.Container
	placed  fyne.CanvasObject
	months  *kit.BarChart
	pace    *kit.Paragraph
}

func newFairness(s *Screen) *fairness {
	f := &fairness{s: s, next: kit.Column(theme.Space3), roles: kit.Column(theme.Space3), places: kit.Column(theme.Space3), months: kit.NewBarChart(nil), pace: kit.Help("")}
	f.table = kit.NewTable(kit.TableColumn{Title: "Colleague"}, kit.TableColumn{Title: "Role", Width: 220}, kit.TableColumn{Title: "Place", Width: 150},
		kit.TableColumn{Title: "Posts", Width: 70, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Last shown", Width: 140}, kit.TableColumn{Title: "Now", Width: 140})
	f.table.OnOpened = f.open
	f.placed = kit.NewCard("By place, last twelve months", f.places)
	turns, months := kit.NewCard("Whose turn it could be", f.next), kit.NewCard("Posts by month", kit.Column(theme.Space2, f.months, f.pace))
	parts := kit.Column(theme.Space4, kit.Grid(440, theme.Space4, turns, months), kit.Grid(440, theme.Space4, kit.NewCard("By role, last twelve months", f.roles), f.placed),
		kit.NewCard("Everybody, least shown first", f.table))
	f.content = kit.Scrolling(kit.InsetSides(parts, 0, theme.Space1, theme.Space6, theme.Space6))
	return f
}

// show works out how things are spread and draws it.
func (f *fairness) show(seen scene) {
	fair := advocacy.FairnessOf(seen.list, seen.people, seen.places, seen.consents, seen.practice, seen.now)
	f.showNext(fair)
	f.showPeople(fair, seen)
	share(f.roles, fair.Roles)
	share(f.places, fair.Places)
	shown(f.placed, len(fair.Places) > 0)
	bars := make([]kit.Bar, len(fair.Months))
	for i, m := range fair.Months {
		bars[i] = kit.Bar{Label: m.Start.Format("Jan"), Value: float64(m.Shown), Tone: kit.ToneAccent}
	}
	f.months.SetBars(bars)
	switch {
	case fair.Between == 0:
		f.pace.SetText("Nothing was posted in the last twelve months.")
	case fair.Between > 2*365:
		f.pace.SetText(fmt.Sprintf("At this pace everybody has a turn in about %d years.", (fair.Between+182)/365))
	default:
		f.pace.SetText("At this pace everybody has a turn in about " + kit.Counted(max(1, (fair.Between+15)/30), "month", "months") + ".")
	}
}

func (f *fairness) showNext(fair advocacy.Fairness) {
	f.next.Objects = nil
	if len(fair.Next) == 0 {
		f.next.Add(kit.Help("Everybody was shown lately, is on the way, or would rather not be shown."))
	}
	for _, s := range fair.Next {
		o, _ := advocacy.OccasionByID(s.Occasion)
		words := kit.Column(2, kit.NewLabel(s.Person.Name, kit.Strong).Ellipsis(), kit.NewLabel(o.Name+". "+s.Why, kit.Caption).Ellipsis())
		f.next.Add(kit.Line(theme.Space3, kit.NewAvatar(s.Person.Name, 32), kit.Fill(words), kit.NewButton("Nominate", theme.Icon("user-plus"), func() {
			f.s.nominateFrom(nomination{people: []int64{s.Person.ID}, occasion: s.Occasion})
		})))
	}
	f.next.Add(kit.Help("Suggestions only: by who was shown least, and by what the calendar offers. Nobody has to be shown."))
	f.next.Refresh()
}

func (f *fairness) showPeople(fair advocacy.Fairness, seen scene) {
	f.turns = fair.People
	rows := make([][]kit.Cell, len(fair.People))
	for i, t := range fair.People {
		last, now := kit.Cell{Text: "Never", Secondary: true}, kit.Cell{}
		if !t.Last.IsZero() {
			last.Text = t.Last.In(seen.practice.Location()).Format("2 Jan 2006")
		}
		switch {
		case t.UnderWay > 0:
			now = kit.Cell{Text: "On the way", Tone: kit.ToneAccent}
		case t.Declined:
			now = kit.Cell{Text: "Took it back", Secondary: true}
		case t.Never():
			now = kit.Cell{Text: "Never shown", Tone: kit.ToneWarn}
		}
		rows[i] = []kit.Cell{{Text: t.Person.Name, Strong: true}, {Text: t.Person.Job, Secondary: true}, {Text: seen.place(t.Person.PlaceID), Secondary: true}, {Text: kit.Count(t.Shown)}, last, now}
	}
	f.table.SetRows(rows)
}

// open goes on with a colleague: to the spotlight on the way, to those that were, or to a nomination.
func (f *fairness) open(row int) {
	switch t := f.turns[row]; {
	case t.OpenID != 0:
		f.s.open(t.OpenID)
	case t.Shown > 0:
		f.s.overall.filters.clear()
		f.s.overall.filters.set(f.s.overall.filters.who, t.Person.Name)
		f.s.overall.show(asList)
	default:
		f.s.nominateFrom(nomination{people: []int64{t.Person.ID}})
	}
}

// share draws each group with its posts beside what its heads would give it.
func share(into *fyne.Container, groups []advocacy.Spread) {
	into.Objects = nil
	most := 1.0
	for _, g := range groups {
		most = max(most, float64(g.Shown), g.Fair)
	}
	for _, g := range groups {
		tone, note := kit.ToneAccent, kit.Counted(g.Shown, "post", "posts")+" for "+kit.Counted(g.People, "colleague", "colleagues")
		if g.Behind() {
			tone, note = kit.ToneWarn, note+fmt.Sprintf(", %.0f by heads", g.Fair)
		}
		into.Add(kit.Column(theme.Space1, kit.Spread(kit.NewLabel(g.Name, kit.Body).Ellipsis(), kit.NewLabel(note, kit.Caption)), kit.NewMeter(float64(g.Shown)/most, tone)))
	}
	into.Refresh()
}
