// Package vault seals what only the practice knows. The key is 32 random bytes; it lies in the keychain of the system, or, where there is none,
// in the database under a passphrase that a person types at each start. The 24 words of the recovery phrase are the key itself, so that whoever has them
// can open the notes on another computer. Neither the key nor the phrase is ever in a log, and never in a plain file.
package vault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/tyler-smith/go-bip39"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/nacl/secretbox"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
)

// Keychain is where the key lies; *secret.Store is one.
type Keychain interface {
	InFile() bool // there is no keychain that answers
	Get(name string) (string, error)
	Keep(name, value string) error // never in a file
	Delete(name string) error
}

// State is how the vault stands.
type State int

// The states of the vault.
const (
	None   State = iota // nobody has set it up
	Locked              // its key is not at hand
	Opened
)

// The errors that callers tell apart. Each is a sentence for the person.
var (
	ErrLocked     = errors.New("The private notes are locked. Unlock them first")
	ErrPhrase     = errors.New("These are not the 24 words of a recovery phrase. Look for a word that is missing, misspelt or out of order")
	ErrOther      = errors.New("These 24 words are a recovery phrase, but not the one of these notes")
	ErrPassphrase = errors.New("This is not the passphrase of these notes")
	ErrWeak       = errors.New("A passphrase needs at least 12 letters. Four or five words that have nothing to do with each other are good")
	ErrThere      = errors.New("The private notes are set up already")
	ErrSealed     = errors.New("A private note is damaged, or was sealed with another key")
)

// The sizes, and what a guess at the passphrase costs (RFC 9106, second recommended choice).
const (
	keySize   = 32
	nonceSize = 24
	saltSize  = 16
	rounds    = 3
	memory    = 64 * 1024
	lanes     = 4
	shortest  = 12 // letters of a passphrase
)

// known is what the proof seals.
var known = []byte("Goodword, private notes")

// Vault seals and opens notes. It is safe for concurrent use.
type Vault struct {
	db       *database.DB
	now      clock.Clock
	keychain Keychain

	mu  sync.Mutex
	key *[keySize]byte // nil while locked
}

// New returns the vault of a database, locked.
func New(db *database.DB, now clock.Clock, keychain Keychain) *Vault {
	return &Vault{db: db, now: now, keychain: keychain}
}

// Open reports whether notes can be read and written now.
func (v *Vault) Open() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.key != nil
}

// Lock forgets the key until somebody unlocks the vault again.
func (v *Vault) Lock() { v.take(nil) }

func (v *Vault) take(key *[keySize]byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.key = key
}

// Seal encrypts a note.
func (v *Vault) Seal(plain []byte) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	return seal(plain, v.key), nil
}

// Unseal decrypts a note; it notices each changed byte.
func (v *Vault) Unseal(sealed []byte) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	plain, ok := unseal(sealed, v.key)
	if !ok {
		return nil, ErrSealed
	}
	return plain, nil
}

func seal(plain []byte, key *[keySize]byte) []byte {
	var nonce [nonceSize]byte
	_, _ = rand.Read(nonce[:]) // never fails: the system ends the program instead
	return secretbox.Seal(nonce[:], plain, &nonce, key)
}

func unseal(sealed []byte, key *[keySize]byte) ([]byte, bool) {
	if len(sealed) < nonceSize {
		return nil, false
	}
	return secretbox.Open(nil, sealed[nonceSize:], (*[nonceSize]byte)(sealed), key)
}

// Status is how the vault stands, and how it is opened here.
type Status struct {
	State      State
	Keychain   bool // this computer has a keychain
	Passphrase bool // the vault has a passphrase, which is asked at each start
}

// Status says how the vault stands. The first call asks the keychain, so it is not for the window's goroutine.
func (v *Vault) Status(ctx context.Context) (Status, error) {
	s := Status{Keychain: !v.keychain.InFile()}
	r, there, err := v.read(ctx)
	if err != nil || !there {
		return s, err
	}
	s.Passphrase, s.State = len(r.wrapped) > 0, Locked
	if v.Open() {
		s.State = Opened
	}
	return s, nil
}

// Unlock opens the vault with the key in the keychain, when the program starts. Where there is none it stays locked, which is no error.
func (v *Vault) Unlock(ctx context.Context) error {
	r, there, err := v.read(ctx)
	if err != nil || !there || v.keychain.InFile() {
		return err
	}
	text, err := v.keychain.Get(r.name)
	if err != nil {
		return nil //nolint:nilerr // the keychain of another computer does not have it: the person is asked for the phrase
	}
	key, ok := unpackKey(text)
	if !ok || !r.fits(key) {
		return nil
	}
	v.take(key)
	return nil
}

// Beginning is a vault that is being set up: its phrase is shown, and nothing is stored before a person has written it down.
type Beginning struct {
	vault *Vault
	key   *[keySize]byte
}

// Begin makes a key for a vault that there is not yet.
func (v *Vault) Begin(ctx context.Context) (*Beginning, error) {
	if _, there, err := v.read(ctx); err != nil || there {
		return nil, errors.Join(err, ErrThere)
	}
	b := &Beginning{vault: v, key: new([keySize]byte)}
	_, _ = rand.Read(b.key[:])
	return b, nil
}

// Phrase is the 24 words.
func (b *Beginning) Phrase() []string {
	phrase, err := bip39.NewMnemonic(b.key[:])
	if err != nil {
		panic(err) // only for a key of another length
	}
	return strings.Fields(phrase)
}

// Right reports whether the word at a place of the phrase, from 1, is the one that was written down.
func (b *Beginning) Right(place int, word string) bool {
	words := b.Phrase()
	return place >= 1 && place <= len(words) && strings.EqualFold(strings.TrimSpace(word), words[place-1])
}

// Finish stores the vault: its key goes into the keychain, or under the passphrase where there is no keychain. Then it is open.
func (b *Beginning) Finish(ctx context.Context, passphrase string, by audit.Actor) error {
	r := record{name: "notes/" + random(8), proof: seal(known, b.key)}
	return b.vault.keep(ctx, r, b.key, passphrase, "set up the private notes", by)
}

// Restore opens the vault with the recovery phrase, as on a new computer, and keeps the key here from then on: in the keychain, or under a new
// passphrase where there is none.
func (v *Vault) Restore(ctx context.Context, phrase, passphrase string, by audit.Actor) error {
	r, there, err := v.read(ctx)
	if err != nil {
		return err
	}
	entropy, err := bip39.EntropyFromMnemonic(strings.Join(strings.Fields(strings.ToLower(phrase)), " "))
	if err != nil || len(entropy) != keySize {
		return ErrPhrase
	}
	key := (*[keySize]byte)(entropy)
	switch {
	case !there:
		return errors.New("There are no private notes in this database that a phrase could open")
	case !r.fits(key):
		return ErrOther
	}
	return v.keep(ctx, r, key, passphrase, "opened the private notes with the recovery phrase", by)
}

// Enter opens the vault with its passphrase.
func (v *Vault) Enter(ctx context.Context, passphrase string) error {
	r, there, err := v.read(ctx)
	if err != nil || !there {
		return err
	}
	key, err := r.unwrap(passphrase)
	if err != nil {
		return err
	}
	v.take(key)
	return nil
}

// keep puts the key where it belongs on this computer, stores the record, and opens the vault.
func (v *Vault) keep(ctx context.Context, r record, key *[keySize]byte, passphrase, did string, by audit.Actor) error {
	r.wrapped, r.salt = []byte{}, []byte{}
	if v.keychain.InFile() {
		if err := r.wrap(key, passphrase); err != nil {
			return err
		}
	} else if err := v.keychain.Keep(r.name, hex.EncodeToString(key[:])); err != nil {
		return fmt.Errorf("The keychain did not take the key: %w", err)
	}
	if err := v.write(ctx, r, did, by); err != nil {
		return err
	}
	v.take(key)
	return nil
}

func derive(passphrase string, salt []byte) *[keySize]byte {
	return (*[keySize]byte)(argon2.IDKey([]byte(strings.TrimSpace(passphrase)), salt, rounds, memory, lanes, keySize))
}

func unpackKey(text string) (*[keySize]byte, bool) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != keySize {
		return nil, false
	}
	return (*[keySize]byte)(raw), true
}

func random(bytes int) string {
	raw := make([]byte, bytes)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}
