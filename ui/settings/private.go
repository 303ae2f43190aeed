package settings

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/vault"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Vault seals the private notes; *vault.Vault does.
type Vault interface {
	Status(ctx context.Context) (vault.Status, error)
	Begin(ctx context.Context) (*vault.Beginning, error)
	Restore(ctx context.Context, phrase, passphrase string, by audit.Actor) error
	Enter(ctx context.Context, passphrase string) error
	Lock()
}

// Keys are what only the owner does with the key of the private notes; *house.House does it.
type Keys interface {
	RecoveryPhrase(ctx context.Context, secret string, by audit.Actor) ([]string, error)
	ChangePassphrase(ctx context.Context, old, passphrase string, by audit.Actor) error
}

// Leaving knows how replies leave the practice; *reviews.Store does.
type Leaving interface {
	Leaving(ctx context.Context) (reviews.Leaving, error)
	SetLeaving(ctx context.Context, l reviews.Leaving, by audit.Actor) error
}

// privatePane sets the private notes up and opens them.
type privatePane struct {
	screen *Screen
	states *kit.States
	read   reading
}

func newPrivatePane(s *Screen) *privatePane {
	p := &privatePane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Looking at the private notes")
	return p
}

func (p *privatePane) name() string               { return "Private notes" }
func (p *privatePane) content() fyne.CanvasObject { return p.states }
func (p *privatePane) commands() []kit.Command    { return nil }

func (p *privatePane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		status, err := p.screen.deps.Vault.Status(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The private notes could not be looked at", err, p.load)
				return
			}
			p.states.ShowContent(p.body(status))
		}
	})
}

// body says how the vault stands and offers what can be done.
func (p *privatePane) body(status vault.Status) fyne.CanvasObject {
	about := kit.Help("What only the practice knows of a mention is written beside the public reply, and never published. It is sealed with a key of 32 random bytes; backups hold only the sealed notes. The gate compares each reply with them.")
	where := "This computer has a keychain, which keeps the key."
	if !status.Keychain {
		where = "This computer has no keychain that answers, so the key is sealed with a passphrase, which is asked after each start. It is never kept in a plain file."
	}
	parts := []fyne.CanvasObject{about, kit.NewParagraph(where)}
	restore := kit.NewButton("Open with the recovery phrase", theme.Icon("rotate-ccw"), func() { p.restore(status) })
	switch status.State {
	case vault.None:
		parts = append(parts, kit.Flow(kit.NewPrimary("Set up private notes", theme.IconIn("lock", theme.OnAccent), func() { p.begin(status) })))
	case vault.Opened:
		parts = append(parts, kit.NewBanner(kit.ToneGood, "The private notes are open."), kit.Flow(kit.NewButton("Lock them", theme.Icon("lock"), p.lock)))
		owner := kit.Flow(kit.NewButton("Show the recovery phrase again", theme.Icon("eye"), func() { p.again(status) }))
		if status.Passphrase {
			owner.Add(kit.NewButton("Change the passphrase", nil, p.change))
		}
		parts = append(parts, kit.NewGroup("For the owner", owner))
	default:
		buttons := []fyne.CanvasObject{restore}
		if status.Passphrase {
			buttons = []fyne.CanvasObject{kit.NewPrimary("Unlock with the passphrase", theme.IconIn("lock", theme.OnAccent), p.enter), restore}
		}
		parts = append(parts, kit.NewBanner(kit.ToneWarn, "The private notes are locked. That there are some is all that can be seen."), kit.Flow(buttons...))
	}
	return scrolled(kit.NewSection("Private notes", kit.Column(theme.Space3, parts...)))
}

func (p *privatePane) lock() {
	p.screen.deps.Vault.Lock()
	p.after("Locked")
}

// after says what was done, here and on the other screens.
func (p *privatePane) after(said string) {
	p.screen.host.Toast(said)
	p.load()
	if p.screen.deps.Changed != nil {
		p.screen.deps.Changed(kit.ChangedMentions)
	}
}

// begin makes the key and shows the phrase once.
func (p *privatePane) begin(status vault.Status) {
	p.screen.back.Run(func(ctx context.Context) func() {
		b, err := p.screen.deps.Vault.Begin(ctx)
		return func() {
			if err != nil {
				p.screen.host.Fail("Setting up the private notes", err)
				return
			}
			p.phrase(b, status)
		}
	})
}

// phrase shows the 24 words, numbered, to be written down.
func (p *privatePane) phrase(b *vault.Beginning, status vault.Status) {
	content := kit.Column(theme.Space3, kit.NewBanner(kit.ToneWarn, "Write this down now, on paper. It is shown this once."),
		kit.Help("With these 24 words anybody can open the private notes on any computer, and without them nobody can if this one is lost. Keep the paper as safe as the keys of the practice."),
		numbered(b.Phrase()))
	p.screen.host.Dialog("Recovery phrase", content, kit.Button{Title: "I have written it down", Primary: true, Run: func() { p.check(b, status) }}, kit.Button{Title: "Cancel"})
}

// numbered are words with their places, as they are written down.
func numbered(phrase []string) fyne.CanvasObject {
	var words []fyne.CanvasObject
	for i, word := range phrase {
		words = append(words, kit.NewLabel(fmt.Sprintf("%2d  %s", i+1, word), kit.Strong))
	}
	return kit.Grid(110, theme.Space2, words...)
}

// asked is how many words of the phrase are asked for.
const asked = 3

// check asks for some words, so that nobody has notes whose phrase was not written down.
func (p *privatePane) check(b *vault.Beginning, status vault.Status) {
	places := rand.Perm(len(b.Phrase()))[:asked]
	var fields []fyne.CanvasObject
	var entries []*kit.Entry
	var marked []*kit.Field
	for _, place := range places {
		entry := kit.NewEntry("")
		field := kit.NewField("Word "+strconv.Itoa(place+1), "", entry)
		entries, marked, fields = append(entries, entry), append(marked, field), append(fields, field)
	}
	words, again := kit.NewEntry(""), kit.NewEntry("")
	words.Password, again.Password = true, true
	passphrase := kit.NewField("Passphrase", "This computer has no keychain, so the passphrase is asked after each start. At least 12 letters.", words)
	repeat := kit.NewField("The same once more", "", again)
	if !status.Keychain {
		fields = append(fields, passphrase, repeat)
	}
	var closeIt func()
	finish := func() {
		wrong := false
		for i, place := range places {
			marked[i].SetError("")
			if !b.Right(place+1, entries[i].Text) {
				marked[i].SetError("This is not the word. Look at the paper")
				wrong = true
			}
		}
		if !status.Keychain && words.Text != again.Text {
			repeat.SetError("The two are not the same")
			wrong = true
		}
		if wrong {
			return
		}
		text, by := words.Text, p.screen.actor()
		p.screen.back.Run(func(ctx context.Context) func() {
			err := b.Finish(ctx, text, by)
			return func() {
				if errors.Is(err, vault.ErrWeak) {
					passphrase.SetErr(err)
					return
				}
				closeIt()
				if err != nil {
					p.screen.host.Fail("Setting up the private notes", err)
					return
				}
				p.after("The private notes are set up")
			}
		})
	}
	closeIt = p.screen.host.Dialog("What did you write down?", kit.Column(theme.Space3, fields...), kit.Button{Title: "Set up", Primary: true, Stay: true, Run: finish}, kit.Button{Title: "Cancel"})
	p.screen.host.Focus(entries[0])
}

// enter asks for the passphrase.
func (p *privatePane) enter() {
	words := kit.NewEntry("")
	words.Password = true
	field := kit.NewField("Passphrase", "", words)
	p.ask("Unlock the private notes", "Unlock", field, field.SetErr, words, func(ctx context.Context) error { return p.screen.deps.Vault.Enter(ctx, words.Text) }, p.opened)
}

// restore opens the notes with the 24 words, as on a new computer.
func (p *privatePane) restore(status vault.Status) {
	phrase := kit.NewMultiLine("24 words with spaces between them", 4)
	field := kit.NewField("Recovery phrase", "The words that were written down when the notes were set up.", phrase)
	words := kit.NewEntry("")
	words.Password = true
	content := kit.Column(theme.Space3, field)
	if !status.Keychain {
		content.Add(kit.NewField("New passphrase for this computer", "This computer has no keychain, so it is asked after each start. At least 12 letters.", words))
	}
	by := p.screen.actor()
	p.ask("Open with the recovery phrase", "Open", content, field.SetErr, phrase, func(ctx context.Context) error {
		return p.screen.deps.Vault.Restore(ctx, strings.TrimSpace(phrase.Text), words.Text, by)
	}, p.opened)
}

func (p *privatePane) opened() { p.after("The private notes are open") }

// again shows the phrase to the owner, who proves once more who they are.
func (p *privatePane) again(status vault.Status) {
	secret := kit.NewEntry("")
	secret.Password = true
	field := kit.NewField("Your PIN", "The keychain of this computer keeps the key, so your own PIN is asked.", secret)
	if status.Passphrase {
		field = kit.NewField("Passphrase of the private notes", "", secret)
	}
	by, phrase := p.screen.actor(), []string{}
	p.ask("Show the recovery phrase again", "Show it", kit.MaxWidth(kit.Column(theme.Space3, kit.Help("Only the owner sees it. That it was shown is noted in the audit log."), field), 520), field.SetErr, secret, func(ctx context.Context) (err error) {
		phrase, err = p.screen.deps.Keys.RecoveryPhrase(ctx, secret.Text, by)
		return err
	}, func() {
		p.screen.host.Dialog("Recovery phrase", kit.Column(theme.Space3, kit.NewBanner(kit.ToneWarn, "Anybody who reads these words can open the private notes. Look who stands behind you."), numbered(phrase)),
			kit.Button{Title: "I have seen it", Primary: true})
	})
}

// change gives the notes another passphrase.
func (p *privatePane) change() {
	old, words, again := kit.NewEntry(""), kit.NewEntry(""), kit.NewEntry("")
	old.Password, words.Password, again.Password = true, true, true
	was := kit.NewField("Passphrase so far", "", old)
	repeat := kit.NewField("The new one once more", "", again)
	fresh := kit.NewField("New passphrase", "At least 12 letters. The recovery phrase stays as it is.", words)
	form := kit.NewForm(was, fresh, repeat)
	mark := func(err error) { // at the field that it is about
		at := was
		switch {
		case errors.Is(err, errNotSame):
			at = repeat
		case errors.Is(err, vault.ErrWeak), errors.Is(err, vault.ErrSame):
			at = fresh
		}
		for _, f := range []*kit.Field{was, fresh, repeat} {
			f.SetError("")
		}
		at.SetErr(err)
	}
	by := p.screen.actor()
	p.ask("Change the passphrase", "Change it", kit.MaxWidth(form, 520), mark, old, func(ctx context.Context) error {
		if words.Text != again.Text {
			return errNotSame
		}
		return p.screen.deps.Keys.ChangePassphrase(ctx, old.Text, words.Text, by)
	}, func() { p.after("The passphrase is changed") })
}

var errNotSame = errors.New("The two new passphrases are not the same")

// ask runs a step from a dialog that stays while the step is refused; done follows.
func (p *privatePane) ask(title, press string, content fyne.CanvasObject, mark func(error), first fyne.Focusable, step func(ctx context.Context) error, done func()) {
	var closeIt func()
	run := func() {
		p.screen.back.Run(func(ctx context.Context) func() {
			err := step(ctx)
			return func() {
				if err != nil {
					mark(err)
					return
				}
				closeIt()
				done()
			}
		})
	}
	closeIt = p.screen.host.Dialog(title, content, kit.Button{Title: press, Primary: true, Stay: true, Run: run}, kit.Button{Title: "Cancel"})
	p.screen.host.Focus(first)
}
