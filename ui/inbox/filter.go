package inbox

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// filterMenu offers the usual conditions, so that nobody has to know the words of the search.
func (l *list) filterMenu(under fyne.CanvasObject) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(under)
	if canvas == nil {
		return
	}
	widget.ShowPopUpMenuAtRelativePosition(l.filters(), canvas, fyne.NewPos(0, under.Size().Height), under)
}

func (l *list) filters() *fyne.Menu {
	item := func(title, condition string) *fyne.MenuItem { return fyne.NewMenuItem(title, l.narrow(condition)) }
	group := func(title string, items ...*fyne.MenuItem) *fyne.MenuItem {
		m := fyne.NewMenuItem(title, nil)
		m.ChildMenu = fyne.NewMenu(title, items...)
		return m
	}
	var topics, sites, places []*fyne.MenuItem
	for _, t := range l.s.known().topics {
		topics = append(topics, item(t.Label, "topic:"+t.ID))
	}
	for _, site := range l.s.known().sites {
		sites = append(sites, item(l.s.known().site(site), "source:"+site))
	}
	for _, p := range l.s.known().places {
		places = append(places, item(p.Name, `place:"`+p.Name+`"`))
	}
	all := []*fyne.MenuItem{
		group("Stars", item("1 and 2 stars", "stars:<3"), item("3 stars", "stars:3"), item("4 and 5 stars", "stars:>3"), item("No rating", "stars:none")),
		group("Feeling", item("Negative", "sentiment:negative"), item("Mixed", "sentiment:mixed"), item("Positive", "sentiment:positive")),
		group("Posted", item("Last 7 days", "after:7d"), item("Last 30 days", "after:30d"), item("Last 12 months", "after:12m"), item("Before that", "before:12m")),
		group("Topic", topics...),
	}
	if len(sites) > 0 {
		all = append(all, group("Site", sites...))
	}
	if len(places) > 1 {
		all = append(all, group("Place", places...))
	}
	if tags := l.s.views.tags; len(tags) > 0 {
		items := []*fyne.MenuItem{}
		for _, tag := range tags {
			items = append(items, item(tag, "tag:"+tag))
		}
		all = append(all, group("Tag", append(items, item("No tag", "tag:none"))...))
	}
	return fyne.NewMenu("", append(all,
		group("State", item("Unread", "is:unread"), item("Open", "is:open"), item("Overdue", "is:overdue"), item("Late soon", "is:soon"), item("Put off", "is:snoozed"), item("Done", "is:done"), item("Edited", "is:edited"), item("Under legal hold", "is:held"), item("Waiting for approval", "is:asked"), item("In the outbox", "is:outbox"), item("Not seen on the site yet", "is:unseen")))...)
}
