package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Accounts keeps the practice's own accounts on the networks; *publish.Publisher does.
type Accounts interface {
	Accounts(ctx context.Context) ([]advocacy.Account, error)
	Connect(ctx context.Context, a advocacy.Account, password string, by audit.Actor) (advocacy.Account, error)
	Disconnect(ctx context.Context, network string, by audit.Actor) error
	InFile() bool
}

// accountsPane lists the networks on which the practice can post with an account of its own.
type accountsPane struct {
	screen *Screen
	states *kit.States
	read   reading
}

func newAccountsPane(s *Screen) *accountsPane {
	p := &accountsPane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Reading the accounts")
	return p
}

func (p *accountsPane) name() string               { return "Accounts" }
func (p *accountsPane) content() fyne.CanvasObject { return p.states }

func (p *accountsPane) commands() []kit.Command {
	var commands []kit.Command
	for _, n := range publish.Networks() {
		commands = append(commands, kit.Command{Title: "Connect an account on " + n.Name, Run: func() { p.connect(n, advocacy.Account{Network: n.ID}) }})
	}
	return commands
}

func (p *accountsPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		list, err := p.screen.deps.Accounts.Accounts(ctx)
		bare := p.screen.deps.Accounts.InFile()
		return func() {
			if err != nil {
				p.states.ShowError("The accounts could not be read", err, p.load)
				return
			}
			p.show(list, bare)
		}
	})
}

func (p *accountsPane) show(list []advocacy.Account, bare bool) {
	where := "Passwords are in the keychain of this computer, never in the database or a backup."
	if bare {
		where = "This computer has no keychain that answers, so passwords stand in a file that only this user can read."
	}
	parts := kit.Column(theme.Space4, kit.Help("With an account of its own the practice posts from here: after approval, under a live consent, and only when somebody presses. Everywhere else the text is copied and posted by hand. "+where))
	for _, n := range publish.Networks() {
		account := advocacy.Account{Network: n.ID}
		for _, a := range list {
			if a.Network == n.ID {
				account = a
			}
		}
		parts.Add(p.card(n, account))
	}
	p.states.ShowContent(scrolled(parts))
}

func (p *accountsPane) card(n publish.Network, a advocacy.Account) fyne.CanvasObject {
	title := n.Name
	if n.ID == "website" {
		title = "Website with WordPress"
	}
	if a.Server == "" {
		return kit.NewCard(title, kit.Help("Not connected."), kit.NewButton("Connect", theme.Icon("plus"), func() { p.connect(n, a) }))
	}
	since := "Connected on " + a.Added.Local().Format("2 January 2006") + " · " + a.Server
	return kit.NewCard(title, kit.Column(2, kit.NewLabel(a.Shows, kit.Strong).Ellipsis(), kit.NewLabel(since, kit.Caption).Ellipsis()),
		kit.NewQuiet("Disconnect", nil, func() { p.disconnect(n) }), kit.NewButton("Change", theme.Icon("pencil"), func() { p.connect(n, a) }))
}

// connect asks for an account and signs in once to see that it works.
func (p *accountsPane) connect(n publish.Network, a advocacy.Account) {
	server, handle := kit.NewEntry("https://example.org"), kit.NewEntry(n.Example)
	password := kit.NewEntry("")
	password.Password = true
	if n.Server != "" {
		server.SetPlaceHolder(n.Server)
	}
	server.SetText(a.Server)
	handle.SetText(a.Handle)
	inside := widget.NewCheck("The server is inside our own network", nil)
	inside.SetChecked(a.Inside)
	help := "Kept in the keychain of this computer."
	if a.Server != "" {
		help = "Leave it empty to keep the one in the keychain."
	}
	secret := kit.NewField(n.Secret, help, password)
	steps := kit.Column(theme.Space1)
	for line := range strings.SplitSeq(n.Help, "\n") {
		steps.Add(kit.NewParagraph("• " + line))
	}
	form := kit.NewForm(kit.NewField("How to", "", steps), kit.NewField("Server", "", server))
	if n.Example != "" {
		form.Add(kit.NewField("Name of the account", "", handle))
	}
	form.Add(secret)
	form.Add(inside)
	var shut func()
	by := p.screen.actor()
	shut = p.screen.host.Dialog("Connect "+n.Name, kit.MinWidth(kit.MaxWidth(form, 520), 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Sign in and connect", Primary: true, Stay: true, Run: func() {
		asked := advocacy.Account{Network: n.ID, Server: server.Text, Handle: handle.Text, Inside: inside.Checked}
		typed := password.Text
		secret.SetError("")
		p.screen.back.Run(func(ctx context.Context) func() {
			connected, err := p.screen.deps.Accounts.Connect(ctx, asked, typed, by)
			return func() {
				if err != nil {
					secret.SetErr(err)
					return
				}
				shut()
				p.screen.host.Toast("Connected as " + connected.Shows + ".")
				p.load()
			}
		})
	}})
	p.screen.host.Focus(server)
}

func (p *accountsPane) disconnect(n publish.Network) {
	by := p.screen.actor()
	p.screen.host.Confirm("Disconnect "+n.Name, "The password is forgotten. What was posted stays up, and on record here.", "Disconnect", func() {
		p.screen.back.Run(func(ctx context.Context) func() {
			err := p.screen.deps.Accounts.Disconnect(ctx, n.ID, by)
			return func() {
				if err != nil {
					p.screen.host.Fail("Disconnecting "+n.Name, err)
					return
				}
				p.load()
			}
		})
	})
}
