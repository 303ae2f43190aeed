package vault

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"unicode/utf8"

	"goodword/internal/audit"
)

// ErrNoPassphrase means that the key is kept by the computer's keychain, so that there is no passphrase to ask for or to change.
var ErrNoPassphrase = errors.New("These notes have no passphrase: the keychain of this computer keeps their key. Use the recovery phrase")

// ErrSame means that the new passphrase is the old one.
var ErrSame = errors.New("The new passphrase is the old one")

// wrap seals the key with a passphrase.
func (r *record) wrap(key *[keySize]byte, passphrase string) error {
	if utf8.RuneCountInString(strings.TrimSpace(passphrase)) < shortest {
		return ErrWeak
	}
	r.salt = make([]byte, saltSize)
	_, _ = rand.Read(r.salt) // never fails: the system ends the program instead
	r.wrapped = seal(key[:], derive(passphrase, r.salt))
	return nil
}

// unwrap opens the key with the passphrase.
func (r record) unwrap(passphrase string) (*[keySize]byte, error) {
	if len(r.wrapped) == 0 {
		return nil, ErrNoPassphrase
	}
	plain, ok := unseal(r.wrapped, derive(passphrase, r.salt))
	if !ok || len(plain) != keySize || !r.fits((*[keySize]byte)(plain)) {
		return nil, ErrPassphrase
	}
	return (*[keySize]byte)(plain), nil
}

// PhraseAgain returns the 24 words of notes that are open, so that they can be written down again. Where there is a passphrase it is asked once more;
// whoever calls has made sure who asks. That the words were shown goes into the audit log.
func (v *Vault) PhraseAgain(ctx context.Context, passphrase string, by audit.Actor) ([]string, error) {
	r, there, err := v.read(ctx)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	key := v.key
	v.mu.Unlock()
	if !there || key == nil {
		return nil, ErrLocked
	}
	if len(r.wrapped) > 0 {
		if key, err = r.unwrap(passphrase); err != nil {
			return nil, err
		}
	}
	if err := v.note(ctx, "showed the recovery phrase of the private notes again", by); err != nil {
		return nil, err
	}
	return (&Beginning{vault: v, key: key}).Phrase(), nil
}

// ChangePassphrase seals the key with another passphrase. The notes, and the recovery phrase, stay as they are.
func (v *Vault) ChangePassphrase(ctx context.Context, old, passphrase string, by audit.Actor) error {
	r, there, err := v.read(ctx)
	if err != nil || !there {
		return errors.Join(err, ErrLocked)
	}
	key, err := r.unwrap(old)
	if err != nil {
		return err
	}
	if strings.TrimSpace(old) == strings.TrimSpace(passphrase) {
		return ErrSame
	}
	if err := r.wrap(key, passphrase); err != nil {
		return err
	}
	if err := v.write(ctx, r, "changed the passphrase of the private notes", by); err != nil {
		return err
	}
	v.take(key)
	return nil
}
