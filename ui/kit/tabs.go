package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Tab is one pane of Tabs. Load, if there is one, reads the pane anew. Group is the heading that it stands under in an index.
type Tab struct {
	Title   string
	Group   string
	Content fyne.CanvasObject
	Load    func()
}

// Tabs shows one of several panes, with their names above or at the left.
type Tabs struct {
	widget.BaseWidget

	// OnChanged is told which pane the user chose.
	OnChanged func(index int)

	panes   []Tab
	stale   []bool // what stands in the pane is older than the data
	names   names
	deck    *Deck
	content *fyne.Container
}

// names show the titles of the panes and which one is in sight.
type names interface {
	current() int
	SetSelected(i int)
	setCount(i, count int)
	reveal() // brings the name of the pane in sight wholly into sight
}

type tabBar struct {
	choice
	across *container.Scroll // the names, where they need more room than there is
}

func (b *tabBar) current() int { return b.selected }

func (b *tabBar) setCount(i, count int) {
	b.counts[i] = count
	b.Refresh()
}

func (b *tabBar) reveal() {
	if i := b.selected; i < len(b.edges) && i >= 0 {
		width := b.cell(i)
		revealAcross(b.across, b.edges[i]-width, width)
	}
}

func newTabs(n names, panes []Tab) *Tabs {
	t := &Tabs{panes: panes, stale: make([]bool, len(panes)), names: n}
	t.soil()
	contents := make([]fyne.CanvasObject, len(panes))
	for i, pane := range panes {
		contents[i] = pane.Content
	}
	t.deck = NewDeck(contents...)
	return t
}

// NewTabs makes tabs; the first pane is shown. Nothing is loaded before Freshen.
func NewTabs(panes ...Tab) *Tabs {
	bar := &tabBar{choice: choice{over: -1, tabs: true, counts: make([]int, len(panes))}}
	t := newTabs(bar, panes)
	for _, pane := range panes {
		bar.titles = append(bar.titles, pane.Title)
	}
	bar.self = bar
	bar.ExtendBaseWidget(bar)
	bar.OnChanged = t.chosen
	bar.across = container.NewHScroll(bar)
	t.content = container.NewBorder(bar.across, nil, nil, nil, t.deck)
	t.ExtendBaseWidget(t)
	return t
}

// chosen shows what the user chose.
func (t *Tabs) chosen(i int) {
	t.deck.ShowAt(i)
	t.names.reveal()
	t.Freshen()
	if t.OnChanged != nil {
		t.OnChanged(i)
	}
}

// Selected is the index of the pane in sight.
func (t *Tabs) Selected() int { return t.names.current() }

// Select shows a pane without telling OnChanged.
func (t *Tabs) Select(index int) {
	t.names.SetSelected(index)
	t.deck.ShowAt(index)
	t.names.reveal()
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
		t.names.setCount(i, count)
	}
}

// at is the index of the pane of a title, -1 if there is none.
func (t *Tabs) at(title string) int {
	return slices.IndexFunc(t.panes, func(p Tab) bool { return strings.EqualFold(p.Title, title) })
}

// CreateRenderer is used by Fyne.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }
