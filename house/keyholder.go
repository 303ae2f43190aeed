package house

import (
	"context"
	"errors"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// RecoveryPhrase shows the owner the 24 words of the private notes again. secret is the passphrase of the notes, or, where a keychain keeps their key, the
// owner's own PIN: whoever sits at an open computer is not yet the owner.
func (h *House) RecoveryPhrase(ctx context.Context, secret string, by audit.Actor) ([]string, error) {
	if err := h.mayHoldKeys(ctx, by); err != nil {
		return nil, err
	}
	status, err := h.Vault.Status(ctx)
	if err != nil {
		return nil, err
	}
	if !status.Passphrase {
		err := h.Practices.CheckPIN(ctx, by.ID, secret)
		if errors.Is(err, practice.ErrNoPIN) {
			return nil, refusal.Because(practice.ErrNoPIN, "You have no PIN yet, and this computer has no passphrase to ask for. Set a PIN of your own under People first")
		}
		if err != nil {
			return nil, err
		}
	}
	return h.Vault.PhraseAgain(ctx, secret, by)
}

// ChangePassphrase gives the private notes another passphrase; the owner does, who knows the old one.
func (h *House) ChangePassphrase(ctx context.Context, old, passphrase string, by audit.Actor) error {
	if err := h.mayHoldKeys(ctx, by); err != nil {
		return err
	}
	return h.Vault.ChangePassphrase(ctx, old, passphrase, by)
}

func (h *House) mayHoldKeys(ctx context.Context, by audit.Actor) error {
	person, err := h.Practices.Person(ctx, by.ID)
	if err != nil || person.Role != practice.Owner || !person.Here(h.Now().UTC().Format(practice.Day)) {
		return refusal.Because(practice.ErrRights, "Only the owner of the practice does this. Choose at the top who is working, or enter the owner under People")
	}
	return nil
}
