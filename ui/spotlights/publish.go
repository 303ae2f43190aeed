package spotlights

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Publisher posts with the practice's own accounts, and asks how posts were received.
type Publisher interface {
	Accounts(ctx context.Context) ([]advocacy.Account, error)
	Post(ctx context.Context, spotlight int64, network string, appears time.Time, by audit.Actor) (publish.Outcome, error)
	Count(ctx context.Context, spotlight int64, network string, by audit.Actor) (advocacy.Result, error)
}

// readAccounts reads with which accounts the card can post, and what was tried.
func (c *card) readAccounts(ctx context.Context, f *found) error {
	if c.s.deps.Publisher == nil {
		return nil
	}
	var err error
	if f.accounts, err = c.s.deps.Publisher.Accounts(ctx); err != nil {
		return err
	}
	f.posts, err = c.s.deps.Store.Posts(ctx, c.id)
	return err
}

// accountFor finds the practice's account on a network.
func (p *whenPane) accountFor(network string) (advocacy.Account, bool) {
	i := slices.IndexFunc(p.accounts, func(a advocacy.Account) bool { return a.Network == network })
	if i < 0 {
		return advocacy.Account{}, false
	}
	return p.accounts[i], true
}

// lastTry is the newest try on a network, the zero post for none.
func (p *whenPane) lastTry(network string) advocacy.Post {
	for _, post := range p.tries {
		if post.Network == network {
			return post
		}
	}
	return advocacy.Post{}
}

// waiting is a network whose text is still to be posted: with the practice's account where there is one, by hand everywhere.
func (p *whenPane) waiting(n advocacy.Network, name fyne.CanvasObject) fyne.CanvasObject {
	mark := kit.NewButton("Mark as posted", theme.Icon("check"), func() { p.posted(n) })
	account, ok := p.accountFor(n.ID)
	if !ok {
		return kit.Spread(name, mark)
	}
	row := kit.Column(theme.Space2, kit.Spread(kit.Column(2, name, kit.NewLabel(account.Shows, kit.Caption).Ellipsis()), kit.NewPrimary("Post", theme.IconIn("send", theme.OnAccent), func() { p.ask(n) })))
	switch last := p.lastTry(n.ID); last.State {
	case advocacy.PostRefused, advocacy.PostUnsure:
		row.Add(kit.NewBanner(kit.ToneWarn, last.Problem+"."))
	case advocacy.PostTrying:
		row.Add(kit.NewBanner(kit.ToneAccent, "A try was under way. Press Post: Goodword looks first whether it is up."))
	}
	row.Add(kit.Line(0, kit.NewQuiet("Posted by hand", theme.Icon("check"), func() { p.posted(n) })))
	return row
}

// askNext asks about the first text that can be posted with an account, that in sight before the others.
func (p *whenPane) askNext() {
	if n, ok := p.nextWithAccount(); ok {
		p.ask(n)
	}
}

// askFor asks about the text for a network.
func (p *whenPane) askFor(network string) {
	if n, ok := advocacy.NetworkByID(network); ok {
		p.ask(n)
	}
}

// showPost offers to post the text in sight where the practice has an account; copying then is the second way.
func (p *textsPane) showPost(ready bool) {
	v, _ := p.c.step.Spotlight.Variant(p.at)
	_, ok := p.c.when.accountFor(p.at)
	ok = ok && ready && v.PostedAt.IsZero()
	shown(p.post, ok)
	p.copy.Importance = widget.HighImportance
	if ok {
		p.copy.Importance = widget.MediumImportance
	}
	p.copy.Refresh()
}

func (p *whenPane) nextWithAccount() (advocacy.Network, bool) {
	for _, network := range p.c.texts.postable() {
		if _, ok := p.accountFor(network); ok {
			return advocacy.NetworkByID(network)
		}
	}
	return advocacy.Network{}, false
}

// ask shows once more what is posted, where and as whom. Nothing leaves before a press here.
func (p *whenPane) ask(n advocacy.Network) {
	account, _ := p.accountFor(n.ID)
	how, _ := publish.NetworkByID(n.ID)
	step := p.c.step
	v, _ := step.Spotlight.Variant(n.ID)
	parts := kit.Column(theme.Space3, kit.NewField("As", "", kit.NewParagraph(account.Shows)), kit.NewField("Text", "", kit.Ground(theme.Canvas, kit.Inset(kit.NewParagraph(v.Whole(step.Practice)), theme.Space3))))
	if picture := step.Spotlight.Picture; picture.File != "" {
		parts.Add(kit.NewField("Picture", "", kit.NewParagraph("With the description “"+picture.Alt+"”")))
	}
	buttons := []kit.Button{{Title: "Cancel"}}
	if at := step.Spotlight.Schedule; how.Schedule && at.After(p.c.s.deps.Now().Add(10*time.Minute)) {
		parts.Add(kit.Help(how.Name + " can keep it until the planned moment. It then appears there even while this computer is off, so take it down there if the consent is withdrawn before."))
		buttons = append(buttons, kit.Button{Title: "Let it appear " + at.In(step.Practice.Location()).Format("Mon 2 Jan, 15:04"), Run: func() { p.send(n, at) }})
	}
	title := "Post on " + inSentence(n)
	if step.Spotlight.Missed(p.c.s.deps.Now()) {
		title = "Post now?"
		parts.Add(kit.Help("It was planned for " + step.Spotlight.Schedule.In(step.Practice.Location()).Format("Mon 2 January, 15:04") + "."))
	}
	p.c.s.host.Dialog(title, kit.MinWidth(kit.MaxWidth(parts, 520), 440), append(buttons, kit.Button{Title: "Post now", Primary: true, Run: func() { p.send(n, time.Time{}) }})...)
}

// send posts and says what became of it.
func (p *whenPane) send(n advocacy.Network, appears time.Time) {
	s, id, by := p.c.s, p.c.id, p.c.s.actor()
	cancel := s.bg.Run(func(ctx context.Context) func() {
		out, err := s.deps.Publisher.Post(ctx, id, n.ID, appears, by)
		return func() {
			s.host.SetStatus("", 0, nil)
			switch {
			case err != nil:
				s.host.Fail("Posting on "+inSentence(n), err)
			case out.Earlier:
				s.host.Toast("It was up already from an earlier try, so nothing was sent. Open it and see that it is the text you want.")
			case !appears.IsZero():
				s.host.Toast("It waits there and appears " + appears.In(p.c.step.Practice.Location()).Format("Mon 2 January, 15:04") + ".")
			default:
				s.host.Toast("It is posted on " + inSentence(n) + ".")
			}
			if err == nil {
				p.c.texts.goOn(n.ID)
			}
			s.reload()
		}
	})
	s.host.SetStatus("Posting on "+inSentence(n), -1, cancel)
}
