package collect

import (
	"context"
	"crypto/rand"
	"errors"

	"goodword/internal/audit"
)

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

// KeepSecrets moves the secret addresses of plain feeds to the keychain.
func (c *Collector) KeepSecrets(ctx context.Context) error {
	list, err := c.Store.Sources(ctx)
	if err != nil {
		return err
	}
	for _, source := range list {
		if source.Kind != kindFeed {
			continue
		}
		kind, values, ok := secretIn(source.Address)
		if !ok {
			continue
		}
		_, draft, err := fill(kind.ID, values, source.AllowPrivate)
		if err != nil {
			continue // the address stays as it works
		}
		if source.Name == source.Address {
			source.Name = draft.Source.Address
		}
		source.Kind, source.Address, source.Options = kind.ID, draft.Source.Address, draft.Source.Options
		source.Secret = "source " + rand.Text()
		if err := c.Secrets.Set(source.Secret, draft.secret); err != nil {
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
