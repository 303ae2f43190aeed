package sources

import (
	"slices"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
)

// page is one tab of the screen. A further one is a line in pages; other screens open it by its name, as Go("sources", name).
type page struct {
	name     string
	title    string
	content  fyne.CanvasObject
	load     func()               // reads it anew; called whenever it is shown
	commands func() []kit.Command // nil: none of its own
}

// pages are the tabs in their order. The list of sources reads itself.
func (s *Screen) pages() []page {
	return []page{
		{name: "sources", title: "Sources", content: s.states, load: func() {}},
		{name: "sweep", title: "Weekly round", content: s.sweep.content, load: s.sweep.load, commands: s.sweep.commands},
		{name: "network", title: "Network", content: s.network.content, load: s.network.load},
	}
}

// tabsOf are the pages as tabs.
func (s *Screen) tabsOf() *kit.Tabs {
	var tabs []kit.Tab
	for _, p := range s.paged {
		tabs = append(tabs, kit.Tab{Title: p.title, Content: p.content})
	}
	t := kit.NewTabs(tabs...)
	t.OnChanged = func(i int) { s.paged[i].load() }
	return t
}

// turn shows a page by its name and reports whether there is one.
func (s *Screen) turn(name string) bool {
	i := slices.IndexFunc(s.paged, func(p page) bool { return p.name == name })
	if i < 0 {
		return false
	}
	s.back()
	s.tabs.Select(i)
	s.paged[i].load()
	return true
}

// work is something that stands over the pages until it is done: adding a source, importing a file.
type work interface {
	stop() // ends what it does in the background
}

// begin shows work over the pages, in place of any other.
func (s *Screen) begin(w work, content fyne.CanvasObject) {
	s.back()
	s.work = w
	s.over(content)
}

// onPage reports whether no work stands over the pages.
func (s *Screen) onPage() bool { return s.work == nil }

// over shows content in place of what the screen shows. The pages stay in the tree, hidden, so that a change of the theme reaches them.
func (s *Screen) over(content fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{s.page}
	if content == s.page {
		s.page.Show()
	} else {
		s.page.Hide()
		s.content.Add(content)
	}
	s.content.Refresh()
}

// back ends the work and shows the pages again.
func (s *Screen) back() {
	if s.work != nil {
		s.work.stop()
	}
	s.work, s.choose, s.add, s.bring = nil, nil, nil, nil
	s.over(s.page)
}

// action is a button beside an open source. A further one is a line in actions.
type action struct {
	title string
	icon  string
	fits  func(reviews.Source) bool
	run   func(reviews.Source)
}

// actions are what can be done with a source, besides removing it.
func (s *Screen) actions() []action {
	return []action{
		{"Collect now", "refresh-cw", visited, func(source reviews.Source) { s.CollectOne(source.ID) }},
		{"Check now", "clipboard-paste", func(source reviews.Source) bool { return source.Kind == reviews.KindSweep }, func(source reviews.Source) { s.sweep.one(source) }},
		{"Show what it says now", "eye", shownOnly, func(reviews.Source) { s.detail.live.ask() }},
		{"Pause", "pause", func(source reviews.Source) bool { return visited(source) && !source.Paused }, func(reviews.Source) { s.detail.pause() }},
		{"Resume", "play", func(source reviews.Source) bool { return visited(source) && source.Paused }, func(reviews.Source) { s.detail.pause() }},
		{"Change", "pencil", changeable, func(reviews.Source) { s.detail.edit() }},
		{"Last answers", "history", visited, func(reviews.Source) { s.detail.answers() }},
		{"Show in the inbox", "inbox", func(source reviews.Source) bool { return source.Brought > 0 }, func(source reviews.Source) { s.host.Go("inbox", "source:"+number(source.ID)) }},
	}
}
