package spotlights

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/disk"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// shareKit makes the page for staff, a paper or a mail of the card's texts.
func (c *card) shareKit() {
	by := c.s.actor()
	c.s.bg.Run(func(ctx context.Context) func() {
		made, err := c.s.deps.Store.MakeShareKit(ctx, c.id, by)
		var sharers []advocacy.Sharer
		if err == nil {
			sharers, err = c.s.deps.Store.Sharers(ctx)
		}
		return func() {
			if err != nil {
				c.s.host.Fail("Making the share kit", err)
				return
			}
			c.showKit(made, sharers)
		}
	})
}

func (c *card) showKit(made advocacy.ShareKit, sharers []advocacy.Sharer) {
	var names, posts []string
	for _, s := range sharers {
		names = append(names, s.Person.Name)
	}
	for _, p := range made.Posts {
		posts = append(posts, p.Name)
	}
	to := "Nobody said yet that they like to share. Staff are added under Results, Sharing, when they ask to be."
	if len(names) > 0 {
		to = strings.Join(names, ", ")
	}
	d := advocacy.Disclosing()
	out := kit.Column(theme.Space1)
	for _, l := range advocacy.WhatToLeaveOut() {
		out.Add(kit.Column(0, kit.NewParagraph("• "+l.Say), kit.Help(l.Source+". "+l.HowChecked()+".")))
	}
	parts := kit.Column(theme.Space4, kit.NewField("Texts for", "", kit.NewParagraph(strings.Join(posts, ", ")+". "+d.Why+" Source: "+d.Source+".")))
	if len(made.Left) > 0 {
		parts.Add(kit.NewField("Not in it", "", kit.NewParagraph(strings.Join(made.Left, "\n"))))
	}
	parts.Add(kit.NewField("What not to add", "Stands in the kit, each with its source and how far it was checked.", out))
	parts.Add(kit.NewField("For", "", kit.NewParagraph(to)))
	_, mail := made.Mail()
	parts.Add(kit.Flow(kit.NewButton("Save the web page", theme.Icon("globe"), func() { c.saveKit(made, ".html") }), kit.NewButton("Save as PDF", theme.Icon("printer"), func() { c.saveKit(made, ".pdf") }),
		kit.NewButton("Copy the mail", theme.Icon("mail"), func() {
			c.s.host.Copy(mail)
			c.s.host.Toast("The text of the mail is on the clipboard. Send it with the page attached.")
		})))
	c.s.host.Dialog("Share kit", kit.MinWidth(kit.MaxWidth(parts, 560), 480), kit.Button{Title: "Done", Primary: true})
}

func (c *card) saveKit(made advocacy.ShareKit, ending string) {
	name := "share-" + strings.Join(strings.FieldsFunc(strings.ToLower(made.Title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-") + ending
	kit.SaveFile(c.s.host, "Saving the share kit", name, func(path string) { c.writeKit(made, path) })
}

func (c *card) writeKit(made advocacy.ShareKit, path string) {
	c.s.do("Saving the share kit", func(context.Context) error {
		return disk.WriteMade(path, func(w io.Writer) error {
			if strings.EqualFold(filepath.Ext(path), ".pdf") {
				return paper.WritePDF(w, made.Sheet())
			}
			return made.WriteHTML(w)
		})
	}, func() { c.s.host.Toast("The share kit is saved.") })
}

// showSharing lists who likes to share, and the thanks that were said.
func (a *after) showSharing() {
	people := kit.Column(theme.Space1)
	for _, p := range a.seen.people {
		if !p.Here(a.seen.today) {
			continue
		}
		i := slices.IndexFunc(a.seen.sharers, func(s advocacy.Sharer) bool { return s.Person.ID == p.ID })
		tick := widget.NewCheck(p.Name, nil)
		tick.SetChecked(i >= 0)
		tick.OnChanged = func(on bool) { a.setSharer(p, on) }
		note := ""
		if i >= 0 {
			note = "since " + a.seen.sharers[i].Since.In(a.seen.practice.Location()).Format("2 January 2006")
		}
		people.Add(kit.Spread(tick, kit.NewLabel(note, kit.Caption)))
	}
	thanks := kit.Column(theme.Space3)
	for _, t := range a.seen.thanks {
		line := a.name(t.By) + " to " + a.name(t.PersonID) + " · " + t.Said.In(a.seen.practice.Location()).Format("2 January 2006")
		thanks.Add(kit.Column(2, kit.NewParagraph(t.Words), kit.NewLabel(line, kit.Caption).Ellipsis()))
	}
	if len(a.seen.thanks) == 0 {
		thanks.Add(kit.Help("Nobody was thanked yet. There are no points and no ranks here: a word from a person is worth more."))
	}
	left := kit.NewCard("Who likes to share", kit.Column(theme.Space3, kit.Help("Only who asked to be on this list. Sharing is up to everybody; nobody counts who shares, and not sharing has no consequence."), people))
	right := kit.NewCard("Thanks", thanks, kit.NewButton("Say thank you", theme.Icon("sparkles"), a.thank))
	a.sharing.ShowContent(kit.Scrolling(kit.InsetSides(kit.Grid(420, theme.Space4, left, right), 0, theme.Space4, theme.Space2, theme.Space6)))
}

func (a *after) setSharer(p practice.Person, on bool) {
	by := a.s.actor()
	a.do("Noting who shares", func(ctx context.Context) error { return a.s.deps.Store.SetSharer(ctx, p.ID, on, by) }, "")
}

// thank keeps a thank-you to a colleague.
func (a *after) thank() {
	var names []string
	var ids []int64
	for _, p := range a.seen.people {
		if p.Here(a.seen.today) {
			names, ids = append(names, p.Name), append(ids, p.ID)
		}
	}
	who, words := kit.NewSelect(names, nil), kit.NewMultiLine("Thank you for sharing the post about Mara", 3)
	field := kit.NewField("Words", "Say it in person too.", words)
	by := a.s.actor()
	var shut func()
	shut = a.s.host.Dialog("Say thank you", kit.MinWidth(kit.MaxWidth(kit.NewForm(kit.NewField("To", "", kit.Framed(who)), field), 460), 400), kit.Button{Title: "Cancel"}, kit.Button{Title: "Keep it", Primary: true, Stay: true, Run: func() {
		if who.SelectedIndex() < 0 {
			field.SetError("Choose to whom.")
			return
		}
		t := advocacy.Thanks{PersonID: ids[who.SelectedIndex()], Words: words.Text}
		a.s.bg.Run(func(ctx context.Context) func() {
			_, err := a.s.deps.Store.SayThanks(ctx, t, by)
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
}
