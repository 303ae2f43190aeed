package vault_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/secret"
	"goodword/internal/vault"
)

var (
	ctx  = context.Background()
	dana = audit.Actor{ID: 1, Name: "Dana Whitlock"}
)

const passphrase = "seven grey herons wait"

// computer is a vault on a computer; folder is where its files lie.
type computer struct {
	*vault.Vault
	db     *database.DB
	file   string
	folder string
}

// at opens the database file as on a computer with or without a keychain of its own.
func at(t testing.TB, file string, keychain bool) *computer {
	t.Helper()
	if keychain {
		keyring.MockInit()
	} else {
		keyring.MockInitWithError(errors.New("no Secret Service"))
	}
	return again(t, file)
}

// again opens the file as the program does at its next start.
func again(t testing.TB, file string) *computer {
	t.Helper()
	now := clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	db, err := database.Open(ctx, file, now)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	folder := t.TempDir()
	return &computer{vault.New(db, now, secret.New(filepath.Join(folder, "secrets"))), db, file, folder}
}

func (c *computer) state(t testing.TB) vault.Status {
	t.Helper()
	s, err := c.Status(ctx)
	must(t, err)
	return s
}

func (c *computer) setUp(t testing.TB, passphrase string) []string {
	t.Helper()
	b, err := c.Begin(ctx)
	must(t, err)
	must(t, b.Finish(ctx, passphrase, dana))
	return b.Phrase()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFromSetUpToTheNextStart(t *testing.T) {
	for _, keychain := range []bool{true, false} {
		file := filepath.Join(t.TempDir(), "goodword.db")
		c := at(t, file, keychain)
		if s := c.state(t); s.State != vault.None || s.Keychain != keychain {
			t.Fatalf("before: %+v", s)
		}
		if _, err := c.Seal([]byte("x")); !errors.Is(err, vault.ErrLocked) {
			t.Errorf("sealed without a key: %v", err)
		}
		b, err := c.Begin(ctx)
		must(t, err)
		words := b.Phrase()
		if len(words) != 24 || !b.Right(3, " "+strings.ToUpper(words[2])) || b.Right(3, words[3]+"x") || b.Right(0, words[0]) || b.Right(25, "") {
			t.Errorf("%d words, or the check of them is wrong", len(words))
		}
		if c.state(t).State != vault.None {
			t.Error("there is a vault before anybody wrote the phrase down")
		}
		if !keychain {
			if err := b.Finish(ctx, "short", dana); !errors.Is(err, vault.ErrWeak) {
				t.Errorf("a short passphrase: %v", err)
			}
		}
		must(t, b.Finish(ctx, passphrase, dana))
		sealed, err := c.Seal([]byte("She is Rosa's sister"))
		must(t, err)
		if bytes.Contains(sealed, []byte("Rosa")) {
			t.Error("the sealed note can be read")
		}
		if _, err := c.Begin(ctx); !errors.Is(err, vault.ErrThere) {
			t.Errorf("a second vault: %v", err)
		}
		next := again(t, file)
		must(t, next.Unlock(ctx))
		if next.Open() != keychain {
			t.Errorf("keychain %v: open after the start: %v", keychain, next.Open())
		}
		if !keychain {
			if s := next.state(t); s.State != vault.Locked || !s.Passphrase {
				t.Errorf("the next start: %+v", s)
			}
			if err := next.Enter(ctx, "seven grey herons fly"); !errors.Is(err, vault.ErrPassphrase) || next.Open() {
				t.Errorf("a wrong passphrase: %v", err)
			}
			must(t, next.Enter(ctx, passphrase))
		}
		if plain, err := next.Unseal(sealed); err != nil || string(plain) != "She is Rosa's sister" {
			t.Errorf("got %q, %v", plain, err)
		}
		next.Lock()
		if _, err := next.Unseal(sealed); !errors.Is(err, vault.ErrLocked) {
			t.Errorf("after Lock: %v", err)
		}
		if files, err := filepath.Glob(c.folder + "/*"); err != nil || len(files) != 0 {
			t.Errorf("the key lies in a file: %v", files)
		}
	}
}

func TestAnotherComputer(t *testing.T) {
	for _, to := range []bool{true, false} {
		file := filepath.Join(t.TempDir(), "goodword.db")
		first := at(t, file, true)
		words := first.setUp(t, "")
		sealed, err := first.Seal([]byte("note"))
		must(t, err)
		must(t, first.db.Close())
		c := at(t, file, to) // the mock keychain of another computer is empty
		must(t, c.Unlock(ctx))
		if s := c.state(t); s.State != vault.Locked {
			t.Fatalf("on the new computer: %+v", s)
		}
		swapped := slices.Clone(words)
		swapped[0], swapped[5] = swapped[5], swapped[0]
		for _, wrong := range []string{"", "one two three", strings.Join(words[:23], " "), strings.Join(swapped, " ")} {
			if err := c.Restore(ctx, wrong, passphrase, dana); !errors.Is(err, vault.ErrPhrase) && !errors.Is(err, vault.ErrOther) {
				t.Errorf("the phrase %q: %v", wrong, err)
			}
		}
		other, err := vault.New(again(t, filepath.Join(t.TempDir(), "other.db")).db, clock.System(), secret.New("none")).Begin(ctx)
		must(t, err)
		if err := c.Restore(ctx, strings.Join(other.Phrase(), " "), passphrase, dana); !errors.Is(err, vault.ErrOther) {
			t.Errorf("the phrase of another vault: %v", err)
		}
		must(t, c.Restore(ctx, "  "+strings.ToUpper(strings.Join(words, "\n ")), passphrase, dana))
		if plain, err := c.Unseal(sealed); err != nil || string(plain) != "note" {
			t.Errorf("got %q, %v", plain, err)
		}
		next := again(t, file)
		must(t, next.Unlock(ctx))
		if !to {
			must(t, next.Enter(ctx, passphrase))
		}
		if !next.Open() {
			t.Error("the next start does not open it")
		}
	}
}

func TestNothingOfTheKeyIsOnTheDisk(t *testing.T) {
	c := at(t, filepath.Join(t.TempDir(), "goodword.db"), false)
	words := c.setUp(t, passphrase)
	lines, err := audit.List(ctx, c.db.Reader(), "vault", 10)
	must(t, err)
	if len(lines) != 1 || strings.Contains(lines[0].After+lines[0].Before, words[0]) {
		t.Errorf("the audit log: %+v", lines)
	}
	must(t, c.db.Backup(ctx, c.file+".backup"))
	for _, file := range []string{c.file, c.file + "-wal", c.file + ".backup"} {
		for _, secret := range []string{passphrase, strings.Join(words[:3], " ")} {
			if holds(t, file, secret) {
				t.Errorf("%s holds %q", filepath.Base(file), secret)
			}
		}
	}
}

func TestEachChangedByteIsNoticed(t *testing.T) {
	c := at(t, filepath.Join(t.TempDir(), "goodword.db"), true)
	c.setUp(t, "")
	rapid.Check(t, func(rt *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(rt, "plain")
		sealed, err := c.Seal(plain)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := c.Unseal(sealed)
		if err != nil || !bytes.Equal(got, plain) {
			rt.Fatalf("got %q, %v", got, err)
		}
		at := rapid.IntRange(0, len(sealed)-1).Draw(rt, "at")
		sealed[at] ^= byte(rapid.IntRange(1, 255).Draw(rt, "bits"))
		if _, err := c.Unseal(sealed); !errors.Is(err, vault.ErrSealed) {
			rt.Fatalf("a changed byte: %v", err)
		}
		if _, err := c.Unseal(sealed[:at]); !errors.Is(err, vault.ErrSealed) {
			rt.Fatalf("a cut note: %v", err)
		}
	})
}

func holds(t testing.TB, file, words string) bool {
	t.Helper()
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	must(t, err)
	return bytes.Contains(content, []byte(words))
}
