package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Tab is one pane of Tabs. Load, if there is one, reads the pane anew.
type Tab struct {
	Title   string
	Content fyne.CanvasObject
	Load    func()
}

// Tabs shows one of several panes, with their names above.
type Tabs struct {
	widget.BaseWidget

	// OnChanged is told which pane the user chose.
	OnChanged func(index int)

	panes   []Tab
	stale   []bool // what stands in the pane is older than the data
	bar     *tabBar
	across  *container.Scroll // the names, where they need more room than there is
	deck    *Deck
	content *fyne.Container
}

type tabBar struct{ choice }

// NewTabs makes tabs; the first pane is shown. Nothing is loaded before Freshen.
func NewTabs(panes ...Tab) *Tabs {
	t := &Tabs{panes: panes, stale: make([]bool, len(panes))}
	t.soil()
	titles, contents := make([]string, len(panes)), make([]fyne.CanvasObject, len(panes))
	for i, pane := range panes {
		titles[i], contents[i] = pane.Title, pane.Content
	}
	t.deck = NewDeck(contents...)
	t.bar = &tabBar{choice{titles: titles, over: -1, tabs: true, counts: make([]int, len(panes))}}
	t.bar.self = t.bar
	t.bar.ExtendBaseWidget(t.bar)
	t.bar.OnChanged = func(i int) {
		t.deck.ShowAt(i)
		t.reveal()
		t.Freshen()
		if t.OnChanged != nil {
			t.OnChanged(i)
		}
	}
	t.across = container.NewHScroll(t.bar)
	t.content = container.NewBorder(t.across, nil, nil, nil, t.deck)
	t.ExtendBaseWidget(t)
	return t
}

// Selected is the index of the pane in sight.
func (t *Tabs) Selected() int { return t.bar.selected }

// Select shows a pane without telling OnChanged.
func (t *Tabs) Select(index int) {
	t.bar.SetSelected(index)
	t.deck.ShowAt(index)
	t.reveal()
}

// reveal brings the name of the pane in sight wholly into sight.
func (t *Tabs) reveal() {
	if i := t.bar.selected; i < len(t.bar.edges) && i >= 0 {
		width := t.bar.cell(i)
		revealAcross(t.across, t.bar.edges[i]-width, width)
	}
}

// Open shows the pane of a title, fresh, and returns its index; -1 if there is none.
func (t *Tabs) Open(title string) int {
	i := t.at(title)
	if i >= 0 {
		t.Select(i)
		t.Freshen()
	}
	return i
}

// Freshen loads the pane in sight, if the data changed since it was last loaded.
func (t *Tabs) Freshen() {
	i := t.Selected()
	if t.stale[i] && t.panes[i].Load != nil {
		t.stale[i] = false
		t.panes[i].Load()
	}
}

// Again loads the pane in sight anew, and the others when they come into sight.
func (t *Tabs) Again() {
	t.soil()
	t.Freshen()
}

func (t *Tabs) soil() {
	for i := range t.stale {
		t.stale[i] = true
	}
}

// SetCount shows a count behind the title of a pane; 0 takes it away.
func (t *Tabs) SetCount(title string, count int) {
	if i := t.at(title); i >= 0 {
		t.bar.counts[i] = count
		t.bar.Refresh()
	}
}

// at is the index of the pane of a title, -1 if there is none.
func (t *Tabs) at(title string) int {
	return slices.IndexFunc(t.panes, func(p Tab) bool { return strings.EqualFold(p.Title, title) })
}

// CreateRenderer is used by Fyne.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }
