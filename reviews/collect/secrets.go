package collect

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"goodword/internal/audit"
	"goodword/reviews"
)

// errNoSecret says that the keychain no longer has what a source needs.
var errNoSecret = errors.New("The password or secret address of this source is not in this computer's keychain. Open the source and enter it again")

// secretOf is what the keychain holds for a source; empty if the source has no secret.
func (c *Collector) secretOf(source reviews.Source) (string, error) {
	if source.Secret == "" {
		return "", nil
	}
	secret, err := c.Secrets.Get(source.Secret)
	if err != nil {
		return "", fmt.Errorf("%w (%w)", errNoSecret, err)
	}
	return secret, nil
}

// keepSecret puts a secret into the keychain and returns the name under which it is there.
func (c *Collector) keepSecret(secret string) (name string, err error) {
	name = "source " + rand.Text()
	return name, c.Secrets.Set(name, secret)
}

// TidySecrets does what is due with the secrets of sources, when the program starts: what a removed source left in the keychain for Undo goes,
// and the address of a feed that was stored as it is, although it lets anybody in who knows it, moves to the keychain.
func (c *Collector) TidySecrets(ctx context.Context) error {
	return errors.Join(c.ForgetRemoved(ctx, audit.Program), c.KeepSecrets(ctx))
}

// ForgetRemoved deletes the secrets of removed sources.
func (c *Collector) ForgetRemoved(ctx context.Context, by audit.Actor) error {
	list, err := c.Store.RemovedWithSecret(ctx)
	if err != nil {
		return err
	}
	for _, source := range list {
		// The keychain first: while the name is known, a deletion that fails is tried again.
		if err := c.Secrets.Delete(source.Secret); err != nil {
			return err
		}
		if err := c.Store.ForgetSecret(ctx, source.ID, by); err != nil {
			return err
		}
	}
	return nil
}

// KeepSecrets moves the secret addresses of plain feeds and pages to the keychain.
func (c *Collector) KeepSecrets(ctx context.Context) error {
	list, err := c.Store.Sources(ctx)
	if err != nil {
		return err
	}
	for _, source := range list {
		id, values := source.Kind, Filled(source)
		switch secret := len(secretsOf(source.Address)) > 0; {
		case source.Secret != "":
			continue
		case id == pageKind.ID && secret, id == changeKind.ID && secret, id == reviews.KindFeed:
		default:
			continue
		}
		kind, draft, err := fill(id, values, source.AllowPrivate)
		if err != nil || draft.secret == "" {
			continue // the address stays as it works
		}
		if source.Name == source.Address {
			source.Name = draft.Source.Address
		}
		source.Kind, source.Address, source.Options = kind.ID, draft.Source.Address, draft.Source.Options
		if source.Secret, err = c.keepSecret(draft.secret); err != nil {
			return err
		}
		hidden, err := c.Store.HideAddress(ctx, source, audit.Program)
		if err != nil || !hidden {
			err = errors.Join(err, c.Secrets.Delete(source.Secret))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
