// Package publish posts what the rules let out, with the practice's own account, on the networks that take posts from programs: one file
// for each. Nothing is posted without a press, and nothing twice: a post that may be up already is looked for before it is sent again.
package publish

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/fetch"
	"goodword/internal/refusal"
	"goodword/internal/secret"
)

// The errors that callers tell apart.
var (
	ErrAccount = errors.New("the network does not accept the account")
	ErrLarge   = errors.New("the network finds it too large")
	ErrLimit   = errors.New("the network asks to wait")
	ErrRefused = errors.New("the network refused the post")
	ErrUnsure  = errors.New("no answer came, so the post may be up")
	ErrForm    = errors.New("the account was not entered in full")
)

// Network is a network that takes posts from a program.
type Network struct {
	ID       string // as advocacy knows it
	Name     string
	Server   string // what is asked when none is named; "": one must be
	Example  string // of a handle; "": the token tells who it is
	Secret   string // what its password is called
	Help     string // how to get one, a step on each line
	Schedule bool   // it can keep a post until its time

	wire wire
}

// wire is how a network is spoken to.
type wire interface {
	who(ctx context.Context, l *line) (handle, shows string, err error)
	find(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, bool, error)
	post(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, error)
}

// Networks lists the networks that take posts from a program.
func Networks() []Network { return []Network{blueskyNetwork, mastodonNetwork, wordpressNetwork} }

// NetworkByID finds one of them.
func NetworkByID(id string) (Network, bool) {
	for _, n := range Networks() {
		if n.ID == id {
			return n, true
		}
	}
	return Network{}, false
}

// Publisher posts with the practice's own accounts.
type Publisher struct {
	store   *advocacy.Store
	fetch   *fetch.Client
	secrets *secret.Store
	now     clock.Clock
	where   func(string) string // the public counts of Bluesky; tests ask another server
}

// New returns a publisher. Requests go through f, passwords are kept in secrets.
func New(store *advocacy.Store, f *fetch.Client, secrets *secret.Store, now clock.Clock) *Publisher {
	return &Publisher{store: store, fetch: f, secrets: secrets, now: now, where: func(address string) string { return address }}
}

func secretName(network string) string { return "publish/" + network }

// Accounts lists the practice's accounts.
func (p *Publisher) Accounts(ctx context.Context) ([]advocacy.Account, error) {
	return p.store.Accounts(ctx)
}

// InFile reports whether passwords stand in a file, because this computer has no keychain.
func (p *Publisher) InFile() bool { return p.secrets.InFile() }

// Connect signs in once to see that the account works and keeps it: the password in the keychain, the rest in the database.
func (p *Publisher) Connect(ctx context.Context, a advocacy.Account, password string, by audit.Actor) (advocacy.Account, error) {
	n, ok := NetworkByID(a.Network)
	if !ok {
		return a, refusal.Because(ErrForm, "Goodword cannot post on %q by itself. Copy the text and post it there", a.Network)
	}
	var err error
	if a.Server, err = serverOf(a.Server, n, a.Inside); err != nil {
		return a, err
	}
	a.Handle, password = strings.TrimPrefix(strings.TrimSpace(a.Handle), "@"), strings.TrimSpace(password)
	if a.Handle == "" && n.Example != "" {
		return a, refusal.Because(ErrForm, "Enter the name of the account, such as %s", n.Example)
	}
	if password == "" {
		if password, err = p.secrets.Get(secretName(a.Network)); err != nil {
			return a, refusal.Because(ErrForm, "Enter the %s", strings.ToLower(n.Secret))
		}
	}
	a.Handle, a.Shows, err = n.wire.who(ctx, p.line(n, a, password))
	if err != nil {
		return a, err
	}
	if err := p.secrets.Set(secretName(a.Network), password); err != nil {
		return a, err
	}
	return a, p.store.SaveAccount(ctx, a, by)
}

// Disconnect forgets an account and its password.
func (p *Publisher) Disconnect(ctx context.Context, network string, by audit.Actor) error {
	if err := p.secrets.Delete(secretName(network)); err != nil {
		return err
	}
	return p.store.RemoveAccount(ctx, network, by)
}

// Outcome is what became of a press.
type Outcome struct {
	URL     string
	Earlier bool // an earlier try had arrived; nothing was sent now
}

// Post posts the text of a spotlight for a network, at once, or to appear at a moment where the network can wait. It asks the rules first and
// records what became of it.
func (p *Publisher) Post(ctx context.Context, spotlight int64, network string, appears time.Time, by audit.Actor) (Outcome, error) {
	n, ok := NetworkByID(network)
	if !ok || !appears.IsZero() && !n.Schedule {
		return Outcome{}, refusal.Because(ErrForm, "This network takes no such post from a program. Copy the text and post it there")
	}
	account, err := p.store.Account(ctx, network)
	if err != nil {
		return Outcome{}, err
	}
	password, err := p.secrets.Get(secretName(network))
	if err != nil {
		return Outcome{}, refusal.Because(ErrAccount, "The %s for %s is not in the keychain of this computer. Enter it under Settings, Accounts", strings.ToLower(n.Secret), n.Name)
	}
	if p.fetch.Offline(ctx) {
		return Outcome{}, fetch.ErrOffline
	}
	post, err := p.store.BeginPost(ctx, spotlight, network, appears, by)
	if err != nil {
		return Outcome{}, err
	}
	made, earlier, open, err := p.send(ctx, n, p.line(n, account, password), post)
	settled := context.WithoutCancel(ctx) // what happened is written down even while the window closes
	if err == nil {
		return Outcome{URL: made.URL, Earlier: earlier}, p.store.EndPost(settled, post, made, by)
	}
	state := advocacy.PostRefused
	if open {
		state = advocacy.PostUnsure
	}
	if failed := p.store.FailPost(settled, post, state, err.Error(), by); failed != nil {
		return Outcome{}, errors.Join(err, failed)
	}
	return Outcome{}, err
}

// lookFor is how long is looked for a post whose answer did not come.
const lookFor = 20 * time.Second

// send looks for the post where an earlier try may have arrived, sends it, and looks again where no answer came. open tells, beside an error,
// that the post may be up.
func (p *Publisher) send(ctx context.Context, n Network, l *line, post advocacy.Post) (made advocacy.Made, earlier, open bool, err error) {
	if post.Tries > 1 {
		made, found, err := n.wire.find(ctx, l, post)
		if err != nil || found {
			return made, found, true, err
		}
	}
	made, err = n.wire.post(ctx, l, post)
	if !errors.Is(err, ErrUnsure) {
		return made, false, false, err
	}
	again, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookFor)
	defer cancel()
	if found, ok, wrong := n.wire.find(again, l, post); wrong == nil && ok {
		return found, false, false, nil
	}
	return made, false, true, err
}

// serverOf is the address of a server without an end; passwords go unencrypted only within the practice's own network.
func serverOf(text string, n Network, inside bool) (string, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" {
		text = n.Server
	}
	if text == "" {
		return "", refusal.Because(ErrForm, "Enter the address of the server")
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := parse(text)
	if err != nil {
		return "", refusal.Because(ErrForm, "%q is not the address of a server. It looks like https://%s", text, "example.org")
	}
	if u.Scheme != "https" && !inside {
		return "", refusal.Because(ErrForm, "The password would go out unencrypted. Use the address that begins with https://")
	}
	return u.String(), nil
}

func (p *Publisher) line(n Network, a advocacy.Account, password string) *line {
	return &line{fetch: p.fetch, network: n, account: a, password: password, now: p.now}
}

// problem is an error in a sentence that wraps its kind and its cause.
func problem(kind, cause error, format string, args ...any) error {
	err := refusal.Because(kind, format, args...)
	if cause == nil {
		return err
	}
	return told{err, cause}
}

// told reads as its sentence and knows its cause too.
type told struct{ sentence, cause error }

func (t told) Error() string   { return t.sentence.Error() }
func (t told) Unwrap() []error { return []error{t.sentence, t.cause} }

func quoted(said string) string {
	if said == "" {
		return ""
	}
	return fmt.Sprintf(". It says: “%s”", strings.TrimSuffix(said, "."))
}
