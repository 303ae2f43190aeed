package house_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/internal/vault"
	"goodword/policy/guard"
	"goodword/reviews"
)

// planted are words that stand in a private note and nowhere else.
const planted = "zanzibarite quokka ledger 4471"

// TestAPrivateNoteIsReadNowhere writes a note, lets it live through all that the program does, and then looks for its words in every byte of the
// database, its journal, its backup, the exports, the audit log, the search and the errors.
func TestAPrivateNoteIsReadNowhere(t *testing.T) {
	keyring.MockInit()
	ctx := t.Context()
	folder := t.TempDir()
	path := filepath.Join(folder, "goodword.db")
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(ctx, path, clock.Clock(func() time.Time { return at }))
	need(t, err)
	need(t, h.Practices.Save(ctx, practice.Practice{Name: "Harbor Dental", Phone: "512-555-0140", TimeZone: "UTC"}, audit.Program))
	id, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Dana Whitlock", Role: practice.Manager}, audit.Program)
	need(t, err)
	dana := audit.Actor{ID: id, Name: "Dana Whitlock"}
	m, err := h.Collect.AddByHand(ctx, reviews.Found{Site: "google", Author: "Pat Q.", Text: "I waited for an hour.", Stars: 2, Posted: at}, dana)
	need(t, err)
	if err := h.Reviews.SaveNote(ctx, m.ID, planted, dana); !errors.Is(err, reviews.ErrLocked) {
		t.Errorf("a note was written before there is a vault: %v", err)
	}
	begin, err := h.Vault.Begin(ctx)
	need(t, err)
	need(t, begin.Finish(ctx, "", dana))
	need(t, h.Reviews.SaveNote(ctx, m.ID, "First: "+planted, dana))
	need(t, h.Reviews.SaveNote(ctx, m.ID, planted, dana))
	if n, err := h.Reviews.Note(ctx, m.ID); err != nil || n.Text != planted || n.Author != dana.ID || n.Locked {
		t.Errorf("the note: %+v, %v", n, err)
	}
	draft, err := h.Reviews.GateDraft(ctx, m.ID, "Thank you.")
	need(t, err)
	if len(draft.Private) != 1 || draft.Private[0] != planted {
		t.Errorf("the gate gets %q", draft.Private)
	}
	_, _, err = h.Reviews.SaveDraft(ctx, m.ID, "Thank you for telling us. Please call us at 512-555-0140.", "", dana)
	need(t, err)
	if q, err := reviews.ParseQuery("zanzibarite", at, time.UTC); err != nil {
		t.Error(err)
	} else if ids, err := h.Reviews.IDs(ctx, q); err != nil || len(ids) != 0 {
		t.Errorf("the search finds the note: %v, %v", ids, err)
	}
	lines, err := audit.List(ctx, h.DB.Reader(), "", 1000)
	need(t, err)
	noted := 0
	for _, l := range lines {
		if strings.Contains(l.Did+l.Before+l.After+l.Subject, "quokka") {
			t.Errorf("the audit log tells the note: %+v", l)
		}
		if l.Did == "changed the private notes" {
			noted++
			if l.Before+l.After != "" {
				t.Errorf("the audit log says of a note %q, %q", l.Before, l.After)
			}
		}
	}
	if noted != 2 {
		t.Errorf("%d lines in the audit log about notes, want 2", noted)
	}
	need(t, h.DB.Backup(ctx, filepath.Join(folder, "copy.backup")))
	p, err := h.Practices.Get(ctx)
	need(t, err)
	for _, ending := range []string{".html", ".csv", ".xlsx"} {
		need(t, h.Insight.Write(ctx, filepath.Join(folder, "report"+ending), at.AddDate(0, 0, -7), at.AddDate(0, 0, 1), p))
	}
	nowhere(t, folder) // with the journal
	h.Vault.Lock()
	n, err := h.Reviews.Note(ctx, m.ID)
	if need(t, err); !n.There || !n.Locked || n.Text != "" || n.Author != 0 {
		t.Errorf("locked: %+v", n)
	}
	_, err = h.Reviews.Copy(ctx, m.ID, dana)
	if !errors.Is(err, reviews.ErrLocked) {
		t.Errorf("copied although the gate could not compare with the notes: %v", err)
	}
	if c, err := h.Reviews.Choices(ctx, m.ID, dana); err != nil || c.Result.Verdict == guard.Block {
		t.Errorf("%+v, %v", c, err)
	}
	need(t, h.Close())
	nowhere(t, folder)

	h, err = house.Open(ctx, path, clock.At(at))
	need(t, err)
	need(t, h.Vault.Unlock(ctx))
	if n, err := h.Reviews.Note(ctx, m.ID); err != nil || n.Text != planted {
		t.Errorf("after the next start: %+v, %v", n, err)
	}
	h.Vault.Lock()
	need(t, h.Reviews.RemoveNotes(ctx, m.ID, dana)) // the phrase is lost: the way on
	if n, err := h.Reviews.Note(ctx, m.ID); err != nil || n.There {
		t.Errorf("after RemoveNotes: %+v, %v", n, err)
	}
	need(t, h.Close())
}

func need(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// nowhere proves that no file beneath a folder holds a word of the note.
func nowhere(t *testing.T, folder string) {
	t.Helper()
	files := 0
	need(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, word := range []string{planted, "zanzibarite", "quokka"} {
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("%s holds %q", filepath.Base(path), word)
			}
		}
		return err
	}))
	if files < 2 {
		t.Fatalf("only %d files were looked through", files)
	}
}

// The recovery phrase is shown again to the owner alone, who proves once more who they are, and never without a line in the audit log.
func TestTheRecoveryPhraseAgain(t *testing.T) {
	for _, keychain := range []bool{true, false} {
		if keyring.MockInit(); !keychain {
			keyring.MockInitWithError(errors.New("no Secret Service"))
		}
		ctx := t.Context()
		h, err := house.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)))
		need(t, err)
		need(t, h.Practices.Save(ctx, practice.Practice{Name: "Harbor Dental", TimeZone: "UTC"}, audit.Program))
		person := func(name string, role practice.Role) audit.Actor {
			id, err := h.Practices.SavePerson(ctx, practice.Person{Name: name, Role: role}, audit.Program)
			need(t, err)
			return audit.Actor{ID: id, Name: name}
		}
		owner, manager := person("Rosa Lind", practice.Owner), person("Dana Whitlock", practice.Manager)
		const old, fresh, pin = "seven grey herons wait", "nine quiet otters swim", "4071"
		begin, err := h.Vault.Begin(ctx)
		need(t, err)
		want := strings.Join(begin.Phrase(), " ")
		need(t, begin.Finish(ctx, old, owner))
		secret := old
		if keychain {
			if _, err := h.RecoveryPhrase(ctx, pin, owner); !errors.Is(err, practice.ErrNoPIN) {
				t.Errorf("without a PIN: got %v", err)
			}
			need(t, h.Practices.SetPIN(ctx, owner.ID, "", pin, owner))
			secret = pin
			if err := h.ChangePassphrase(ctx, old, fresh, owner); !errors.Is(err, vault.ErrNoPassphrase) {
				t.Errorf("with a keychain: got %v", err)
			}
		}
		before, err := h.Verify(ctx)
		need(t, err)
		for name, try := range map[string]func() error{
			"a wrong secret":         func() error { _, err := h.RecoveryPhrase(ctx, "4072 is not it", owner); return err },
			"a manager":              func() error { _, err := h.RecoveryPhrase(ctx, secret, manager); return err },
			"nobody":                 func() error { _, err := h.RecoveryPhrase(ctx, secret, audit.Actor{}); return err },
			"a manager who changes":  func() error { return h.ChangePassphrase(ctx, old, fresh, manager) },
			"a wrong old passphrase": func() error { return h.ChangePassphrase(ctx, "not this one at all", fresh, owner) },
		} {
			if try() == nil {
				t.Errorf("%s, keychain %v: got no refusal", name, keychain)
			}
		}
		words, err := h.RecoveryPhrase(ctx, secret, owner)
		if err != nil || strings.Join(words, " ") != want {
			t.Errorf("keychain %v: got %d words, %v, want the phrase that was written down", keychain, len(words), err)
		}
		after, err := h.Verify(ctx)
		need(t, err)
		if after.Lines != before.Lines+1 {
			t.Errorf("got %d lines in the audit log, want one", after.Lines-before.Lines)
		}
		if !keychain {
			if err := h.ChangePassphrase(ctx, old, "short", owner); !errors.Is(err, vault.ErrWeak) {
				t.Errorf("a short one: got %v", err)
			}
			if err := h.ChangePassphrase(ctx, old, old+" ", owner); !errors.Is(err, vault.ErrSame) {
				t.Errorf("the same: got %v", err)
			}
			need(t, h.ChangePassphrase(ctx, old, fresh, owner))
			h.Vault.Lock()
			if _, err := h.RecoveryPhrase(ctx, fresh, owner); !errors.Is(err, vault.ErrLocked) {
				t.Errorf("locked: got %v", err)
			}
			if err := h.Vault.Enter(ctx, old); !errors.Is(err, vault.ErrPassphrase) {
				t.Errorf("the old passphrase: got %v", err)
			}
			need(t, h.Vault.Enter(ctx, fresh))
			h.Vault.Lock()
			need(t, h.Vault.Restore(ctx, want, "another passphrase here", owner))
		}
		need(t, h.Close())
	}
}
