package policyroom

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/audit"
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

	read     reading
	looking  reading // for where a statement was used
	all      []policy.Myth
	approved map[string]policy.ApprovedMyth
	staff    staff
}

// Claims is what the screen needs of the statements about health.
type Claims interface {
	AllMyths(ctx context.Context) ([]policy.Myth, error)
	Approved(ctx context.Context) ([]policy.ApprovedMyth, error)
	ApproveMyth(ctx context.Context, id string, by audit.Actor) error
	WithdrawMyth(ctx context.Context, id string, by audit.Actor) error
	SaveMyth(ctx context.Context, m policy.Myth, by audit.Actor) (policy.Myth, error)
	EndMyth(ctx context.Context, id string, by audit.Actor) error
	RestoreMyth(ctx context.Context, id string, by audit.Actor) error
}

// Uses knows where a statement about health was said; *house.House does.
type Uses interface {
	MythUses(ctx context.Context, m policy.Myth) ([]policy.MythUse, error)
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
func (p *mythsPane) open(id string)             { p.list.mark(id); p.show(id) }

func (p *mythsPane) commands() []kit.Command {
	own := func() bool { return p.opened().Own() }
	return []kit.Command{{Title: "Add a statement about health", Key: "N", Run: func() { p.form(policy.Myth{}) }},
		{Title: "Change our statement about health", Key: "E", Run: func() { p.form(p.opened()) }, Enabled: own},
		{Title: "Put our statement about health out of use", Run: func() { p.end(p.opened()) }, Enabled: own}}
}

func (p *mythsPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var all []policy.Myth
		var approved []policy.ApprovedMyth
		if err == nil {
			all, err = p.screen.deps.Claims.AllMyths(ctx)
		}
		if err == nil {
			approved, err = p.screen.deps.Claims.Approved(ctx)
		}
		return func() {
			if err != nil {
				p.right.ShowError("The library could not be read", err, p.load)
				return
			}
			p.staff, p.all, p.approved = f, all, map[string]policy.ApprovedMyth{}
			for _, a := range approved {
				p.approved[a.ID] = a
			}
			p.fill()
			p.show(p.list.opened())
		}
	})
}

func (p *mythsPane) step(doing string, step func(ctx context.Context, by audit.Actor) error) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do(doing, func(ctx context.Context) error { return step(ctx, by) }, p.load)
}

// standing says who stands behind the statement and until when, with the button to change it.
func (p *mythsPane) standing(m policy.Myth) fyne.CanvasObject {
	claims := p.screen.deps.Claims
	if a, ok := p.approved[m.ID]; ok {
		zone := p.staff.practice.Location()
		return kit.NewBanner(kit.ToneGood, fmt.Sprintf("%s stands behind it since %s. Due again on %s.", p.staff.name(a.By), dayOf(a.At, zone), dayOf(a.Due, zone)), kit.Button{Title: "Take it back", Run: func() {
			p.step("Taking the approval back", func(ctx context.Context, by audit.Actor) error { return claims.WithdrawMyth(ctx, m.ID, by) })
		}})
	}
	return kit.NewBanner(kit.ToneNeutral, "A clinician of the practice approves a statement before it is published.", kit.Button{Title: "I stand behind it", Run: func() {
		p.step("Approving the statement", func(ctx context.Context, by audit.Actor) error { return claims.ApproveMyth(ctx, m.ID, by) })
	}})
}

func (p *mythsPane) fill() {
	found := policy.FindMythsIn(p.all, p.words)
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
		if _, ok := p.approved[m.ID]; ok {
			e.icon, e.role, e.right, e.tone = "circle-check", theme.Good, "Approved", kit.ToneGood
		}
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
	p.looking.stop()
	if id == howToID {
		p.right.ShowContent(p.howTo())
		return
	}
	for _, m := range p.all {
		if m.ID == id {
			p.look(m)
		}
	}
}

func (p *mythsPane) full(m policy.Myth, uses fyne.CanvasObject) fyne.CanvasObject {
	said, fact := kit.NewParagraph("“"+m.Myth+"”"), kit.NewParagraph(m.Correct)
	said.SetStyle(kit.Body.In(theme.Secondary))
	fact.SetStyle(kit.Heading)
	copyIt := kit.NewButton("Copy the statement", theme.Icon("copy"), func() {
		p.screen.host.Copy(m.Correct + " (" + m.Source + ": " + m.URL + ")")
		p.screen.host.Toast("The statement and its source are on the clipboard.")
	})
	parts := kit.Column(theme.Space4, kit.NewGroup("What is said", said), kit.NewGroup("What holds", fact), kit.Line(theme.Space2, copyIt), p.standing(m))
	if m.Own() {
		parts.Add(kit.Line(theme.Space2, kit.NewButton("Change", theme.Icon("pencil"), func() { p.form(m) }), kit.NewQuiet("Put out of use", theme.Icon("circle-x"), func() { p.end(m) })))
	}
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
	sources.Add(age(m.Ground(), p.staff.day))
	sources.Add(measured("myth-months", p.staff.day))
	parts.Add(kit.NewGroup("Cite", sources))
	parts.Add(kit.NewSection("Where it was said", uses))
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
		lines := kit.Column(0, p.cite(s.Name, s.URL), text, age(s.Ground(), p.staff.day))
		if s.Caution != "" {
			caution := kit.NewParagraph(s.Caution)
			caution.SetStyle(kit.Secondary.In(theme.Warn))
			lines.Add(caution)
		}
		sources.Add(lines)
	}
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, kit.NewSection("How to answer in public", kit.Column(theme.Space2, bullets(policy.HowToAnswer()), measured("how-to-answer", p.staff.day))), kit.NewSection("Sources to trust", sources)), 640), theme.Space6, theme.Space4))
}
