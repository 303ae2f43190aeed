package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/house"
	"goodword/house/sample"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var friday = clock.At(time.Date(2026, 11, 20, 10, 30, 0, 0, time.UTC))

func window(t *testing.T, path string) (*ui.Window, fyne.Window) {
	t.Helper()
	app := kittest.App(t)
	win := test.NewTempWindow(t, nil)
	win.Resize(fyne.NewSize(1280, 800))
	w := ui.NewWindow(app, win, ui.Options{Path: path, Now: friday, Background: kit.Inline{}, ToastTime: -1})
	t.Cleanup(func() { _ = w.Close() })
	return w, win
}

// words are all texts in sight.
func words(win fyne.Window) string {
	var all []string
	for _, o := range kittest.Objects(win.Canvas().Content()) {
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *kit.Chip:
			all = append(all, o.Text())
		}
	}
	return strings.Join(all, "\n")
}

func TestEveryScreenOpensOnTheSamplePractice(t *testing.T) {
	if testing.Short() {
		t.Skip("the sample practice writes some thousand rows, which takes minutes under the race detector")
	}
	path := filepath.Join(t.TempDir(), "goodword.db")
	if err := sample.Fill(t.Context(), path, friday()); err != nil {
		t.Fatal(err)
	}
	w, win := window(t, path)
	for screen, want := range map[string]string{
		"today": "Needs you now", "inbox": "To answer", "spotlights": "Nominated", "calendar": "November 2026", "policy": "Required by law",
		"insights": "Are we getting better?", "sources": "Fernhollow News", "settings": "Willowmere",
	} {
		w.Show(screen, nil)
		if got := words(win); !strings.Contains(got, want) {
			t.Errorf("%s does not show %q", screen, want)
		}
	}
}

func TestAnEmptyDatabaseAsksForThePractice(t *testing.T) {
	_, win := window(t, filepath.Join(t.TempDir(), "goodword.db"))
	if got := words(win); !strings.Contains(got, "Welcome to Goodword") {
		t.Error("the set-up is not shown")
	}
}

func TestADamagedDatabaseOffersTheLastBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "goodword.db")
	h, err := house.Open(t.Context(), path, friday)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Backup(t.Context(), filepath.Join(database.BackupFolder(path), "daily-2026-11-19.db")); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("damage ", 3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, win := window(t, path)
	if got := strings.Join(strings.Fields(words(win)), ""); !strings.Contains(got, "daily-2026-11-19.db") { // the name may be broken over two lines
		t.Fatalf("the last backup is not offered")
	}
	button := find(win, "Restore the last backup")
	if button == nil {
		t.Fatal("there is no button to restore")
	}
	test.Tap(button)
	if got := words(win); !strings.Contains(got, "Welcome to Goodword") {
		t.Error("after the restore the practice did not open")
	}
}

func find(win fyne.Window, title string) fyne.Tappable {
	for _, o := range kittest.Objects(win.Canvas().Content()) {
		if b, ok := o.(*widget.Button); ok && b.Text == title {
			return b
		}
	}
	return nil
}

func TestTheSamplePracticeCanBeLeftForOnesOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("the sample practice writes some thousand rows, which takes minutes under the race detector")
	}
	path := filepath.Join(t.TempDir(), "goodword.db")
	_, win := window(t, path)
	test.Tap(find(win, "Look around with a sample practice"))
	if got := words(win); !strings.Contains(got, "Sample practice") || !strings.Contains(got, "Offline") {
		t.Fatalf("the window does not say that the practice is a sample and offline:\n%s", got)
	}
	for _, o := range kittest.Objects(win.Canvas().Content()) {
		if chip, ok := o.(*kit.Chip); ok && chip.OnTapped != nil && strings.Contains(chip.Text(), "Sample") {
			test.Tap(chip)
		}
	}
	win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := words(win); !strings.Contains(got, "Step 1 of 3") {
		t.Error("leaving the sample practice does not lead to the set-up")
	}
	kept, err := filepath.Glob(filepath.Join(database.BackupFolder(path), "replaced-*.db"))
	if err != nil || len(kept) != 1 {
		t.Errorf("the sample practice was kept as %v, %v", kept, err)
	}
}

func TestAFoldedRailStaysFoldedAtTheNextStart(t *testing.T) {
	app := kittest.App(t)
	path := filepath.Join(t.TempDir(), "goodword.db")
	h, err := house.Open(t.Context(), path, friday)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.Practices.Save(t.Context(), practice.Practice{Name: "Oak Lane"}, audit.Program), h.Close()); err != nil {
		t.Fatal(err)
	}
	begin := func() (*ui.Window, fyne.Window, *kit.IconButton) {
		win := test.NewTempWindow(t, nil)
		win.Resize(fyne.NewSize(1280, 800))
		w := ui.NewWindow(app, win, ui.Options{Path: path, Now: friday, Background: kit.Inline{}, ToastTime: -1})
		for _, o := range kittest.Objects(win.Content()) {
			if b, ok := o.(*kit.IconButton); ok && b.AccessibilityLabel() == "Show icons only" {
				return w, win, b
			}
		}
		return w, win, nil
	}
	w, _, fold := begin()
	if fold == nil {
		t.Fatal("the rail cannot be folded")
	}
	test.Tap(fold)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w, win, fold := begin()
	defer func() { _ = w.Close() }()
	if fold != nil {
		t.Error("the rail is unfolded at the second start")
	}
	for _, o := range kittest.Objects(win.Content()) {
		if name, ok := o.(*canvas.Text); ok && name.Visible() && name.Text == "Policy" {
			t.Error("names stand in the folded rail")
		}
	}
}

func TestWhatGoodwordctlChangedIsReadAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "goodword.db")
	other, err := house.Open(t.Context(), path, friday)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	if err := other.Practices.Save(t.Context(), practice.Practice{Name: "Harbor Dental"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	w, win := window(t, path)
	w.Show("inbox", nil)
	if _, err := other.Collect.AddByHand(t.Context(), reviews.Found{Text: "A kind and quick visit.", Author: "Nora Quill", Stars: 5, Site: "google"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	if got := words(win); strings.Contains(got, "Nora Quill") {
		t.Fatal("the inbox knows of the mention before it looked")
	}
	w.CatchUp()
	if got := words(win); !strings.Contains(got, "Nora Quill") {
		t.Error("the inbox does not show what another program added")
	}
	badge := ""
	for _, o := range kittest.Objects(win.Canvas().Content()) {
		if named, ok := o.(interface{ AccessibilityLabel() string }); ok && strings.HasPrefix(named.AccessibilityLabel(), "Inbox, ") {
			badge = named.AccessibilityLabel()
		}
	}
	if badge != "Inbox, 1 new" {
		t.Errorf("the rail says %q, want the one new mention", badge)
	}
}
