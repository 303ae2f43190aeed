// Package secret keeps passwords and secret addresses in the keychain of the system, never in the database, in a backup or in a log.
package secret

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/zalando/go-keyring"
)

// service is the name under which the keychain shows our entries.
const service = "Goodword"

// ErrNone says that nothing is kept under a name.
var ErrNone = errors.New("nothing is kept under this name")

// ErrNoKeychain says that this computer has no keychain that answers.
var ErrNoKeychain = errors.New("This computer has no keychain that answers")

// Store keeps secrets by name. Where the computer has no keychain, as a server without a desktop, they stand in a file that only this user
// can read; InFile tells so, and the screens say it.
type Store struct {
	mu   sync.Mutex
	file string
	bare func() bool
}

// New returns a store; file is used where there is no keychain.
func New(file string) *Store {
	return &Store{file: file, bare: sync.OnceValue(func() bool {
		_, err := keyring.Get(service, "is there a keychain")
		return err != nil && !errors.Is(err, keyring.ErrNotFound)
	})}
}

// InFile reports whether secrets go into the file, because there is no keychain that answers. The first call asks the keychain, so it is not
// for the window's goroutine.
func (s *Store) InFile() bool { return s.bare() }

// Get returns a secret, or ErrNone.
func (s *Store) Get(name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if value, err := keyring.Get(service, name); err == nil {
		return value, nil
	}
	kept, err := s.read()
	if err != nil {
		return "", err
	}
	value, ok := kept[name]
	if !ok {
		return "", ErrNone
	}
	return value, nil
}

// Set keeps a secret in place of the one of that name.
func (s *Store) Set(name, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := keyring.Set(service, name, value); err == nil {
		return nil
	}
	return s.change(func(kept map[string]string) { kept[name] = value })
}

// Keep keeps a secret in the keychain and nowhere else: for what must never lie in a file.
func (s *Store) Keep(name, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := keyring.Set(service, name, value); err != nil {
		return fmt.Errorf("%w: %w", ErrNoKeychain, err)
	}
	return nil
}

// Delete forgets a secret; one that is not there is forgotten already.
func (s *Store) Delete(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	// An error says that the keychain does not have it or does not answer; the file is cleaned either way.
	_ = keyring.Delete(service, name)
	if _, err := os.Stat(s.file); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return s.change(func(kept map[string]string) { delete(kept, name) })
}

func (s *Store) read() (map[string]string, error) {
	kept := map[string]string{}
	text, err := os.ReadFile(s.file)
	if errors.Is(err, os.ErrNotExist) {
		return kept, nil
	}
	if err != nil {
		return nil, fmt.Errorf("The file of secrets %s cannot be read: %w", s.file, err)
	}
	if err := json.Unmarshal(text, &kept); err != nil {
		return nil, fmt.Errorf("The file of secrets %s is damaged; move it away and enter the passwords again: %w", s.file, err)
	}
	return kept, nil
}

func (s *Store) change(do func(map[string]string)) error {
	kept, err := s.read()
	if err != nil {
		return err
	}
	do(kept)
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(s.file), ".secrets") // made for this user alone
	if err != nil {
		return fmt.Errorf("The file of secrets %s cannot be written: %w", s.file, err)
	}
	_, err = beside.Write(text)
	if err = errors.Join(err, beside.Sync(), beside.Close()); err == nil {
		err = os.Rename(beside.Name(), s.file)
	}
	if err != nil {
		_ = os.Remove(beside.Name())
		return fmt.Errorf("The file of secrets %s cannot be written: %w", s.file, err)
	}
	return nil
}
