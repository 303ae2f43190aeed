package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// templateAbout says what a template of the practice's own is for: the case in which it is offered.
type templateAbout struct {
	title, when                        *kit.Entry
	kind, sorry, language, least, most *widget.Select
	topics, sites                      *several
	content                            fyne.CanvasObject
}

// What the choices stand for, in their order.
var (
	templateKinds   = []respond.Kind{respond.Praise, respond.Complaint, respond.Mixed, respond.Stars, respond.Question, respond.Comment, respond.Holding, respond.Other}
	templateSorries = []practice.Apology{practice.NoApology, practice.Regret, practice.FullApology}
	templateTongues = []string{"en", "es"}
)

func newTemplateAbout(f *templateForm, t respond.Template) *templateAbout {
	a := &templateAbout{title: kit.NewEntry("Long wait in the morning"), when: kit.NewEntry("Somebody waited long for an appointment in the morning")}
	a.title.SetText(t.Title)
	a.when.SetText(t.When)
	a.kind = kit.NewSelect([]string{"Praise", "Complaint", "Praise and complaint", "Stars without words", "A question with a public answer", "Neither praise nor complaint", "Holding reply", "No review"}, nil)
	a.sorry = kit.NewSelect([]string{"Says no sorry", "Regrets", "Apologises"}, nil)
	a.language = kit.NewSelect([]string{"English", "Spanish"}, nil)
	stars := append([]string{"any"}, starWords[1:]...)
	a.least, a.most = kit.NewSelect(stars, nil), kit.NewSelect(stars, nil)
	a.kind.SetSelectedIndex(max(0, slices.Index(templateKinds, t.Kind)))
	a.sorry.SetSelectedIndex(max(0, slices.Index(templateSorries, t.Apology)))
	a.language.SetSelectedIndex(max(0, slices.Index(templateTongues, t.Language)))
	a.least.SetSelectedIndex(0)
	a.most.SetSelectedIndex(0)
	if len(t.Stars) == 2 {
		a.least.SetSelectedIndex(t.Stars[0])
		a.most.SetSelectedIndex(t.Stars[1])
	}
	a.topics, a.sites = newSeveral("Any topic", f.judge), newSeveral("Every site", f.judge)
	for _, topic := range f.pane.screen.deps.Topics() {
		a.topics.offer(topic.ID, topic.Label)
	}
	for _, site := range respond.Sites() {
		a.sites.offer(site.ID, site.Name)
	}
	a.topics.set(t.Topics)
	a.sites.set(t.Sites)
	changed := func(string) { f.judge() }
	a.title.OnChanged, a.when.OnChanged = changed, changed
	for _, s := range []*widget.Select{a.kind, a.sorry, a.language, a.least, a.most} {
		s.OnChanged = changed
	}
	a.content = kit.Column(theme.Space4, kit.NewField("Name", "", a.title), kit.NewField("When to use it", "It stands beside the template when it is offered.", a.when),
		kit.Grid(200, theme.Space3, kit.NewField("Kind", "", a.kind), kit.NewField("Language", "", a.language), kit.NewField("How sorry it is", "", a.sorry)),
		kit.Grid(200, theme.Space3, kit.NewField("Stars from", "", a.least), kit.NewField("To", "", a.most)),
		kit.Grid(200, theme.Space3, kit.NewField("Topics", "", a.topics.content), kit.NewField("Sites", "", a.sites.content)))
	return a
}

// named reports whether it has a name and a purpose.
func (a *templateAbout) named() bool {
	return strings.TrimSpace(a.title.Text) != "" && strings.TrimSpace(a.when.Text) != ""
}

// into puts what stands in the form into a template.
func (a *templateAbout) into(t *respond.Template) {
	t.Title, t.When, t.Own = strings.TrimSpace(a.title.Text), strings.TrimSpace(a.when.Text), true
	t.Kind, t.Apology, t.Language = templateKinds[a.kind.SelectedIndex()], templateSorries[a.sorry.SelectedIndex()], templateTongues[a.language.SelectedIndex()]
	t.Topics, t.Sites, t.Stars = slices.Clone(a.topics.chosen), slices.Clone(a.sites.chosen), nil
	least, most := a.least.SelectedIndex(), a.most.SelectedIndex()
	if least > 0 || most > 0 {
		t.Stars = []int{max(least, 1), most}
		if most == 0 {
			t.Stars[1] = 5
		}
	}
	if t.ID == "" && t.Title != "" {
		t.ID = "own" // until it is stored, so that it can be tried
	}
}

// several is a choice of any number of things: chips of what is chosen, and a list to choose another from.
type several struct {
	ids, names []string
	chosen     []string
	none       string // said while nothing is chosen
	changed    func()
	chips      *fyne.Container
	choose     *widget.Select
	content    *fyne.Container
}

func newSeveral(none string, changed func()) *several {
	s := &several{none: none, changed: changed, chips: kit.Flow()}
	s.choose = kit.NewSelect(nil, func(name string) {
		if at := slices.Index(s.names, name); at >= 0 && !slices.Contains(s.chosen, s.ids[at]) {
			s.set(append(slices.Clone(s.chosen), s.ids[at]))
			s.changed()
		}
	})
	s.choose.PlaceHolder = "Add one"
	s.content = kit.Column(theme.Space2, s.chips, kit.Framed(s.choose))
	return s
}

func (s *several) offer(id, name string) {
	s.ids, s.names = append(s.ids, id), append(s.names, name)
	s.choose.Options = s.names
}

func (s *several) set(chosen []string) {
	s.chosen, s.chips.Objects = chosen, nil
	for _, id := range chosen {
		name := id
		if at := slices.Index(s.ids, id); at >= 0 {
			name = s.names[at]
		}
		chip := kit.NewChip(name, kit.ToneAccent)
		chip.OnRemoved = func() {
			s.set(slices.DeleteFunc(slices.Clone(s.chosen), func(c string) bool { return c == id }))
			s.changed()
		}
		s.chips.Add(chip)
	}
	if len(chosen) == 0 {
		s.chips.Add(kit.NewChip(s.none, kit.ToneNeutral))
	}
	s.choose.ClearSelected()
	s.chips.Refresh()
	s.content.Refresh()
}
