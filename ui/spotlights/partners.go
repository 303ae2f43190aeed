package spotlights

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showPartners lists who else speaks for the practice, and what is to be done about them.
func (a *after) showPartners() {
	add := kit.NewPrimary("Add a partner", theme.IconIn("handshake", theme.OnAccent), func() { a.openPartner(advocacy.Partner{Kind: "influencer"}) })
	if len(a.seen.partners) == 0 {
		a.partners.ShowEmpty("handshake", "Nobody else speaks for the practice", "Write down influencers and partners: what was checked, how their posts say that they are paid, and until when the contract runs.", add)
		return
	}
	table := kit.NewTable(kit.TableColumn{Title: "Name"}, kit.TableColumn{Title: "Kind", Width: 110}, kit.TableColumn{Title: "Contract", Width: 210}, kit.TableColumn{Title: "Standing", Width: 290})
	rows, pressing := make([][]kit.Cell, len(a.seen.partners)), 0
	for i, p := range a.seen.partners {
		contract := strings.Trim(p.From+" – "+p.Until, " –")
		switch {
		case p.From == "" && p.Until != "":
			contract = "until " + p.Until
		case p.From != "" && p.Until == "":
			contract = "from " + p.From
		case contract == "":
			contract = "no dates"
		}
		standing := p.Standing(a.seen.today)
		if standing != advocacy.InOrder && standing != advocacy.PartnerClosed {
			pressing++
		}
		rows[i] = []kit.Cell{{Text: p.Name, Strong: true}, {Text: capital(p.Kind)}, {Text: contract, Secondary: true}, {Text: capital(string(standing)), Tone: standingTone(standing)}}
	}
	a.tabs.SetCount("Partners", pressing)
	table.SetRows(rows)
	table.OnOpened = func(row int) { a.openPartner(a.seen.partners[row]) }
	a.partners.ShowContent(kit.Scrolling(kit.InsetSides(kit.Column(theme.Space4, kit.Spread(kit.Help("Nobody speaks for the practice before all is checked and the words of the disclosure are agreed."), add), table), 0, theme.Space4, theme.Space2, theme.Space6)))
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func standingTone(s advocacy.Standing) kit.Tone {
	switch s {
	case advocacy.ContractOver:
		return kit.ToneBad
	case advocacy.ChecksOpen, advocacy.NoDisclosure, advocacy.ContractSoon:
		return kit.ToneWarn
	case advocacy.ContractEnds:
		return kit.ToneAccent
	case advocacy.InOrder:
		return kit.ToneGood
	}
	return kit.ToneNeutral
}

// openPartner is the form of one partner.
func (a *after) openPartner(p advocacy.Partner) {
	name, link, disclosure, gets, note := kit.NewEntry("Name"), kit.NewEntry("https://"), kit.NewEntry("Paid partnership with "+a.seen.practice.Name), kit.NewEntry("money, a free treatment, nothing"), kit.NewMultiLine("What was agreed", 2)
	for entry, text := range map[*kit.Entry]string{name: p.Name, link: p.Link, disclosure: p.Disclosure, gets: p.Gets, note: p.Note} {
		entry.SetText(text)
	}
	kinds := advocacy.PartnerKinds()
	kind := kit.NewSegmented([]string{"Influencer", "Partner"}, max(0, slices.Index(kinds, p.Kind)), nil)
	from, until := a.s.newDay(p.From), a.s.newDay(p.Until)
	checks := kit.Column(theme.Space2)
	ticked := map[string]*widget.Check{}
	for _, c := range advocacy.PartnerChecks() {
		tick := widget.NewCheck(c.Ask, nil)
		tick.SetChecked(slices.Contains(p.Checks, c.ID))
		ticked[c.ID] = tick
		why := c.Why
		if c.Source != "" {
			why += " (" + c.Source + ". " + c.HowChecked() + ".)"
		}
		checks.Add(kit.Column(0, tick, kit.InsetSides(kit.Help(why), theme.Space6, 0, 0, 0)))
	}
	if p.CheckedBy != 0 {
		checks.Add(kit.Help("Checked by " + a.name(p.CheckedBy) + " on " + p.CheckedAt.In(a.seen.practice.Location()).Format("2 January 2006") + "."))
	}
	field := kit.NewField("Name", "", name)
	form := kit.NewForm(field, kit.NewField("What they are", "", kind), kit.NewField("Where they post", "", link),
		kit.NewField("Contract", "", kit.Grid(180, theme.Space2, from.content, until.content)), kit.NewField("What they get", "", gets),
		kit.NewField("Words of the disclosure", "As they stand in each post, at its beginning.", disclosure), kit.NewField("Checks", "", checks), kit.NewField("Note", "", note))
	var shut func()
	by := a.s.actor()
	store := func(p advocacy.Partner, then string) {
		a.s.bg.Run(func(ctx context.Context) func() {
			_, err := a.s.deps.Store.SavePartner(ctx, p, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				a.s.host.Toast(then)
				a.load()
			}
		})
	}
	filled := func() advocacy.Partner {
		q := p
		q.Name, q.Kind, q.Link, q.Disclosure, q.Gets, q.Note = name.Text, kinds[kind.Selected()], strings.TrimSpace(link.Text), disclosure.Text, gets.Text, note.Text
		q.From, q.Until, q.Checks = from.text(), until.text(), nil
		for _, c := range advocacy.PartnerChecks() {
			if ticked[c.ID].Checked {
				q.Checks = append(q.Checks, c.ID)
			}
		}
		return q
	}
	buttons := []kit.Button{{Title: "Cancel"}}
	if p.ID != 0 && p.Ended.IsZero() {
		buttons = append(buttons, kit.Button{Title: "Close the entry", Stay: true, Run: func() { q := filled(); q.Ended = a.s.deps.Now(); store(q, "The entry is closed.") }})
	}
	title := "Partner"
	if p.ID == 0 {
		title = "Add a partner"
	}
	shut = a.s.host.Dialog(title, kit.MinWidth(kit.MaxWidth(form, 540), 480), append(buttons, kit.Button{Title: "Save", Primary: true, Stay: true, Run: func() { store(filled(), "Saved.") }})...)
	a.s.host.Focus(name)
}
