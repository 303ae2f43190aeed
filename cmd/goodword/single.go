package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// single holds a database for one window. The lock decides who is first; beside it lies a note with the port on loopback and a word that
// only this user can read, by which a second program asks the first to show its window.
type single struct {
	lock   *flock.Flock
	listen net.Listener
	note   string
}

// patience is how long the second program waits for the first to answer.
const patience = 3 * time.Second

// alone takes the database at path for this program. When another program holds it, that one is asked to show its window and alone
// returns nil without an error.
func alone(path string, show func()) (*single, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("The folder for the database cannot be made: %w", err)
	}
	s := &single{lock: flock.New(path + ".lock"), note: path + ".window"}
	first, err := s.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("The file %s cannot be locked: %w", s.lock.Path(), err)
	}
	if !first {
		return nil, askToShow(s.note)
	}
	word := rand.Text()
	if s.listen, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, errors.Join(fmt.Errorf("This computer does not allow a connection to itself: %w", err), s.lock.Unlock())
	}
	if err := os.WriteFile(s.note, []byte(s.listen.Addr().String()+"\n"+word+"\n"), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("The note beside the database cannot be written: %w", err), s.release())
	}
	go s.answer(word, show)
	return s, nil
}

func (s *single) answer(word string, show func()) {
	for {
		caller, err := s.listen.Accept()
		if err != nil {
			return
		}
		_ = caller.SetDeadline(time.Now().Add(patience))
		if said, err := bufio.NewReader(caller).ReadString('\n'); err == nil && strings.TrimSpace(said) == word {
			show()
			_, _ = caller.Write([]byte("shown\n"))
		}
		_ = caller.Close()
	}
}

func askToShow(note string) error {
	text, err := os.ReadFile(note)
	if err != nil {
		return fmt.Errorf("Goodword is already open on this database: %w", err)
	}
	address, word, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	call, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return fmt.Errorf("Goodword is already open on this database, but does not answer: %w", err)
	}
	defer func() { _ = call.Close() }()
	_ = call.SetDeadline(time.Now().Add(patience))
	if _, err := call.Write([]byte(word + "\n")); err != nil {
		return fmt.Errorf("Goodword is already open on this database, but does not answer: %w", err)
	}
	if answer, err := bufio.NewReader(call).ReadString('\n'); err != nil || answer != "shown\n" {
		return fmt.Errorf("Goodword is already open on this database, but did not show its window: %w", err)
	}
	return nil
}

// release gives the database free.
func (s *single) release() error {
	return errors.Join(s.listen.Close(), os.Remove(s.note), s.lock.Unlock())
}
