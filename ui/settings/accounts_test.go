package settings_test

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// accounts are the practice's accounts in memory; one password is right.
type accounts struct {
	list []advocacy.Account
	last string
}

func (a *accounts) Accounts(context.Context) ([]advocacy.Account, error) { return a.list, nil }

func (a *accounts) InFile() bool { return false }

func (a *accounts) Connect(_ context.Context, account advocacy.Account, password string, _ audit.Actor) (advocacy.Account, error) {
	if a.last = password; password != "sesame" {
		return account, refusal.Because(publish.ErrAccount, "Bluesky does not accept the app password of %s. Enter a new one", account.Handle)
	}
	account.Shows, account.Server, account.Added = "@"+account.Handle, "https://bsky.social", time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	a.list = append(a.list, account)
	return account, nil
}

func (a *accounts) Disconnect(_ context.Context, network string, _ audit.Actor) error {
	if len(a.list) == 0 || a.list[0].Network != network {
		return errors.New("There is no such account")
	}
	a.list = nil
	return nil
}

func TestAccounts(t *testing.T) {
	d := open(t)
	d.Receive("accounts")
	d.run(t, "Connect an account on Bluesky")
	dialog := d.host.LastDialog()
	entries := entriesIn(dialog.Content)
	if len(entries) != 3 || !entries[2].Password {
		t.Fatalf("got %d fields", len(entries))
	}
	entries[1].SetText("lakeside.example")
	entries[2].SetText("wrong")
	dialog.Press("Sign in and connect")
	if dialog.Closed && len(d.accounts.list) == 0 {
		t.Error("the dialog closed on a wrong password")
	}
	entries[2].SetText("sesame")
	dialog.Press("Sign in and connect")
	if len(d.accounts.list) != 1 || len(d.host.Toasts) == 0 || !strings.Contains(d.host.Toasts[len(d.host.Toasts)-1], "Connected as @lakeside.example") {
		t.Errorf("got %+v, said %v", d.accounts.list, d.host.Toasts)
	}
	d.host.Yes = true
	d.press("Disconnect")
	if len(d.accounts.list) != 0 {
		t.Error("it is still connected")
	}
}

func (d *desk) run(t *testing.T, title string) {
	t.Helper()
	for _, c := range d.Commands() {
		if c.Title == title {
			c.Run()
			return
		}
	}
	t.Fatalf("there is no command %q", title)
}

func entriesIn(o fyne.CanvasObject) (list []*kit.Entry) {
	for _, child := range kittest.Objects(o) {
		if e, ok := child.(*kit.Entry); ok {
			list = append(list, e)
		}
	}
	return list
}

// TestAccountPictures draws the pane into GOODWORD_PICTURES, for a person to look at.
func TestAccountPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	d := open(t)
	d.accounts.list = []advocacy.Account{{Network: "mastodon", Server: "https://mastodon.social", Handle: "lakeside", Shows: "Lakeside Family Dental (@lakeside@mastodon.social)", Added: d.at}}
	d.window.Resize(fyne.NewSize(1208, 752))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string, w fyne.Canvas) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("settings-%s-%s.png", name, mode)))
			must(t, err)
			defer func() { _ = file.Close() }()
			must(t, png.Encode(file, w.Capture()))
		}
		d.Receive("accounts")
		draw("accounts", d.window.Canvas())
		d.run(t, "Connect an account on WordPress")
		content := d.host.LastDialog().Content
		size := content.MinSize()
		draw("connect", kittest.Window(t, kit.Inset(content, 24), size.Width+48, size.Height+48).Canvas())
	}
}
