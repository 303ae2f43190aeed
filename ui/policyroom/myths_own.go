package policyroom

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// opened is the statement in sight; none has no id.
func (p *mythsPane) opened() policy.Myth {
	for _, m := range p.all {
		if m.ID == p.list.opened() {
			return m
		}
	}
	return policy.Myth{}
}

// form asks for a statement of the practice's own, or changes one.
func (p *mythsPane) form(m policy.Myth) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	topic, said, holds := kit.NewEntry("oil pulling"), kit.NewMultiLine("Oil pulling replaces brushing.", 2), kit.NewMultiLine("Rinsing with oil does not replace brushing twice a day.", 3)
	source, link, second, secondLink := kit.NewEntry("NIDCR"), kit.NewEntry("https://"), kit.NewEntry("ADA"), kit.NewEntry("https:// of the second")
	for input, text := range map[*kit.Entry]string{topic: m.Topic, said: m.Myth, holds: m.Correct, source: m.Source, link: m.URL, second: m.Second, secondLink: m.SecondURL} {
		input.SetText(text)
	}
	title, help := "Add a statement about health", "A clinician of the practice approves it before it is published."
	if m.ID != "" {
		title, help = "Change our statement about health", "An approval holds for the words that were approved: after a change a clinician approves it anew."
	}
	field := kit.NewField("About", "", topic)
	form := kit.NewForm(field, kit.NewField("What is said", "", said), kit.NewField("What holds", "Two short sentences: the fact, and the fact again.", holds),
		kit.NewField("Source", "Saving says that you have read the page today.", source), kit.NewField("Its page", "", link),
		kit.NewField("Second source", "Where agencies and medical societies differ, name both.", second), kit.NewField("Its page", "", secondLink), kit.Help(help))
	var shut func()
	save := func() {
		made := m
		made.Topic, made.Myth, made.Correct, made.Source, made.URL, made.Second, made.SecondURL = topic.Text, said.Text, holds.Text, source.Text, link.Text, second.Text, secondLink.Text
		if contested := strings.TrimSpace(second.Text) != ""; contested != m.Contested {
			made.Contested, made.Months = contested, 0
		}
		p.screen.back.Run(func(ctx context.Context) func() {
			saved, err := p.screen.deps.Claims.SaveMyth(ctx, made, by)
			return func() {
				if field.SetErr(err); err != nil {
					return
				}
				shut()
				p.list.rows.open = saved.ID
				p.load()
				p.screen.host.Toast("Saved.")
			}
		})
	}
	shut = p.screen.host.Dialog(title, kit.MaxWidth(form, 520), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(topic)
}

// end puts a statement of ours out of use, and offers to bring it back.
func (p *mythsPane) end(m policy.Myth) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	claims := p.screen.deps.Claims
	p.screen.do("Putting the statement out of use", func(ctx context.Context) error { return claims.EndMyth(ctx, m.ID, by) }, func() {
		p.list.rows.open = ""
		p.load()
		p.screen.host.ToastUndo("Out of use: "+m.Myth, func() {
			p.step("Bringing the statement back", func(ctx context.Context, by audit.Actor) error { return claims.RestoreMyth(ctx, m.ID, by) })
			p.open(m.ID)
		})
	})
}

// look reads in which replies and posts a statement was said, and shows it with them.
func (p *mythsPane) look(m policy.Myth) {
	p.right.ShowContent(p.full(m, kit.Help("Looking through the replies and posts")))
	p.looking.run(p.screen.back, func(ctx context.Context) func() {
		all, err := p.screen.deps.Uses.MythUses(ctx, m)
		return func() { p.right.ShowContent(p.full(m, p.uses(all, err))) }
	})
}

func (p *mythsPane) uses(all []policy.MythUse, err error) fyne.CanvasObject {
	const most = 30
	list := kit.Column(theme.Space2)
	switch {
	case err != nil:
		list.Add(kit.Help("The replies and posts could not be read. " + kit.Sentence(err)))
	case len(all) == 0:
		list.Add(kit.Help("No reply and no post has said it so far."))
	}
	for _, u := range all[:min(len(all), most)] {
		list.Add(p.use(u))
	}
	if more := len(all) - most; more > 0 {
		list.Add(kit.Help("And " + kit.Counted(more, "older one", "older ones") + "."))
	}
	return list
}

func (p *mythsPane) use(u policy.MythUse) fyne.CanvasObject {
	words, screen := "Reply, "+u.State, "inbox"
	if u.Kind == policy.UsedInPost {
		words, screen = "Post: "+u.Title+", "+u.State, "spotlights"
	}
	words += " · last changed " + dayOf(u.At, p.staff.practice.Location())
	return kit.Spread(kit.NewLabel(words, kit.Body).Ellipsis(), kit.NewQuiet("Show", theme.Icon("arrow-right"), func() { p.screen.host.Go(screen, u.ID) }))
}
