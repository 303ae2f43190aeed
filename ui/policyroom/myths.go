package policyroom

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// mythsPane is the library for answering health misinformation: what is said, what holds, and which page to cite.
type mythsPane struct {
	screen *Screen
	words  string
	list   *ledger
	found  *kit.Label
	right  *kit.States
	body   fyne.CanvasObject
}

const howToID = "how"

func newMythsPane(s *Screen) *mythsPane {
	p := &mythsPane{screen: s, right: kit.NewStates(), found: kit.NewLabel("", kit.Caption).Ellipsis()}
	p.list = newLedger(p.show)
	search := kit.NewSearch("Find a myth", func(words string) { p.words = words; p.fill() }, nil)
	top := kit.InsetXY(kit.Column(theme.Space2, search, p.found), theme.Space4, theme.Space2)
	p.body = kit.NewSplit(container.NewBorder(top, nil, nil, nil, p.list), p.right, 440)
	return p
}

func (p *mythsPane) name() string               { return "Myths" }
func (p *mythsPane) content() fyne.CanvasObject { return p.body }
func (p *mythsPane) load()                      { p.fill() }
func (p *mythsPane) open(id string)             { p.list.mark(id); p.show(id) }
func (p *mythsPane) commands() []kit.Command    { return nil }

func (p *mythsPane) fill() {
	found := policy.FindMyths(p.words)
	p.found.SetText(kit.Counted(len(found), "myth", "myths") + ", each with a statement that holds and a page to cite")
	if len(found) == 0 {
		p.found.SetText("No myth has these words.")
	}
	var rows []entry
	if p.words == "" {
		rows = append(rows, entry{id: howToID, icon: "info", role: theme.Secondary, title: "How to answer in public", note: "Fact, warning, fact; one answer, then stop"})
	}
	heading := ""
	for _, m := range found {
		if under := kit.Capital(m.Disciplines[0]); under != heading {
			heading = under
			rows = append(rows, entry{heading: true, title: heading})
		}
		e := entry{id: m.ID, icon: "message-square-text", role: theme.Secondary, title: m.Myth, note: m.Source}
		if m.Contested {
			e.icon, e.role, e.right, e.tone = "scale", theme.Warn, "Two sources", kit.ToneWarn
		}
		rows = append(rows, e)
	}
	if !p.list.set(rows) && len(rows) > 0 {
		p.list.first()
	}
}

func (p *mythsPane) show(id string) {
	if id == howToID {
		p.right.ShowContent(p.howTo())
		return
	}
	for _, m := range policy.Myths() {
		if m.ID == id {
			p.right.ShowContent(p.full(m))
		}
	}
}

func (p *mythsPane) full(m policy.Myth) fyne.CanvasObject {
	said, fact := kit.NewParagraph("“"+m.Myth+"”"), kit.NewParagraph(m.Correct)
	said.SetStyle(kit.Body.In(theme.Secondary))
	fact.SetStyle(kit.Heading)
	copyIt := kit.NewButton("Copy the statement", theme.Icon("copy"), func() {
		p.screen.host.Copy(m.Correct + " (" + m.Source + ": " + m.URL + ")")
		p.screen.host.Toast("The statement and its source are on the clipboard.")
	})
	parts := kit.Column(theme.Space4, kit.NewGroup("What is said", said), kit.NewGroup("What holds", fact), kit.Line(0, copyIt),
		kit.NewBanner(kit.ToneNeutral, "A clinician of the practice approves a statement before it is published."))
	if m.Contested {
		parts.Add(kit.NewBanner(kit.ToneWarn, "Agencies and medical societies differ here: name both sources and the date, and look again every three months."))
	}
	if m.Note != "" {
		parts.Add(kit.Help(m.Note))
	}
	parts.Add(kit.Hairline())
	sources := kit.Column(theme.Space2, p.cite(m.Source, m.URL))
	if m.Second != "" {
		sources.Add(p.cite(m.Second, m.SecondURL))
	}
	sources.Add(kit.Help(fmt.Sprintf("%s. Due again after %d months.", m.HowChecked(longDay(m.Checked)), m.Months)))
	parts.Add(kit.NewGroup("Cite", sources))
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 640), theme.Space6, theme.Space4))
}

func (p *mythsPane) cite(name, link string) fyne.CanvasObject {
	words := kit.NewParagraph(name)
	if link == "" {
		return words
	}
	return kit.Spread(words, kit.NewQuiet("Open", theme.Icon("external-link"), func() { p.screen.openLink(link) }))
}

func (p *mythsPane) howTo() fyne.CanvasObject {
	sources := kit.Column(theme.Space3)
	for _, s := range policy.TrustedSources() {
		text := kit.Help(kit.Capital(s.GoodFor))
		lines := kit.Column(0, p.cite(s.Name, s.URL), text)
		if s.Caution != "" {
			caution := kit.NewParagraph(s.Caution)
			caution.SetStyle(kit.Secondary.In(theme.Warn))
			lines.Add(caution)
		}
		sources.Add(lines)
	}
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, kit.NewSection("How to answer in public", bullets(policy.HowToAnswer())), kit.NewSection("Sources to trust", sources)), 640), theme.Space6, theme.Space4))
}
