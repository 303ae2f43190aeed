package ui_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// shared is a practice whose computer several people share, and its window with a clock that a test moves.
func shared(t *testing.T, desk practice.Desk) (w *ui.Window, win fyne.Window, now *time.Time, iris, dana practice.Person) {
	t.Helper()
	at := friday()
	now = &at
	path := filepath.Join(t.TempDir(), "goodword.db")
	h, err := house.Open(t.Context(), path, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	iris, dana = practice.Person{Name: "Iris Okafor", Role: practice.Author}, practice.Person{Name: "Dana Whitlock", Role: practice.Manager}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(h.Practices.Save(t.Context(), practice.Practice{Name: "Elm Dental"}, audit.Program))
	for _, p := range []*practice.Person{&iris, &dana} {
		p.ID, err = h.Practices.SavePerson(t.Context(), *p, audit.Program)
		must(err)
	}
	must(h.Practices.SetPIN(t.Context(), dana.ID, "", "4071", dana.Actor()))
	must(h.Practices.SetDesk(t.Context(), desk, audit.Program))
	must(h.Close())
	app := kittest.App(t)
	win = test.NewTempWindow(t, nil)
	win.Resize(fyne.NewSize(1280, 800))
	w = ui.NewWindow(app, win, ui.Options{Path: path, Now: func() time.Time { return *now }, Background: kit.Inline{}, ToastTime: -1})
	t.Cleanup(func() { _ = w.Close() })
	return w, win, now, iris, dana
}

// over are the texts of what lies on top.
func over(win fyne.Window) string {
	top := win.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	var all []string
	for _, o := range kittest.Objects(top) {
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *widget.Button:
			all = append(all, o.Text)
		}
	}
	return strings.Join(all, "\n")
}

func tapOver(t *testing.T, win fyne.Window, title string) {
	t.Helper()
	for _, o := range kittest.Objects(win.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == title {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q on top; there is:\n%s", title, over(win))
}

func pinOver(t *testing.T, win fyne.Window, pin string) {
	t.Helper()
	for _, o := range kittest.Objects(win.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok && e.Password {
			e.SetText(pin)
			e.OnSubmitted(pin)
			return
		}
	}
	t.Fatalf("nothing asks for a PIN; there is:\n%s", over(win))
}

func ctrl(win fyne.Window, key fyne.KeyName) {
	win.Canvas().Content().(*kit.Layers).OnShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
}

func TestASharedComputerAsksWhoWorks(t *testing.T) {
	w, win, now, _, _ := shared(t, practice.Desk{On: true, Minutes: 5})
	if got := over(win); !strings.Contains(got, "Who is working?") || !strings.Contains(got, "Iris Okafor") {
		t.Fatalf("at the start: got\n%s", got)
	}
	if strings.Contains(words(win), "Today") {
		t.Error("what lies under the cover is still there")
	}
	tapOver(t, win, "Iris Okafor")
	if over(win) != "" || !strings.Contains(words(win), "Iris Okafor is working now.") {
		t.Fatalf("Iris has no PIN and was not let in:\n%s", over(win))
	}
	*now = now.Add(4 * time.Minute)
	w.Idle()
	if over(win) != "" {
		t.Error("locked too early")
	}
	if c, ok := win.Canvas().Content().(*kit.Layers); ok {
		c.Cursor() // the pointer moves
	}
	*now = now.Add(4 * time.Minute)
	w.Idle()
	if over(win) != "" {
		t.Error("locked although the pointer was moved")
	}
	*now = now.Add(time.Minute)
	w.Idle()
	tapOver(t, win, "Dana Whitlock")
	pinOver(t, win, "1111")
	if got := over(win); !strings.Contains(got, "This is not the PIN") {
		t.Errorf("a wrong PIN: got\n%s", got)
	}
	pinOver(t, win, "4071")
	if over(win) != "" || !strings.Contains(words(win), "Dana Whitlock is working now.") {
		t.Errorf("the right PIN: got\n%s", over(win))
	}
}

func TestTheCoverHidesEverything(t *testing.T) {
	_, win, _, _, _ := shared(t, practice.Desk{Minutes: 5, Blur: true})
	before := words(win)
	if !strings.Contains(before, "Today") {
		t.Fatalf("got\n%s", before)
	}
	ctrl(win, fyne.KeyL)
	if got := over(win); !strings.Contains(got, "Covered") {
		t.Fatalf("Ctrl+L: got\n%s", got)
	}
	if got := strings.TrimSpace(words(win)); got != "" {
		t.Errorf("there is text under the cover:\n%s", got)
	}
	ctrl(win, fyne.KeyK)
	if got := over(win); !strings.Contains(got, "Covered") {
		t.Errorf("the palette opened over the cover:\n%s", got)
	}
	ctrl(win, fyne.KeyL)
	if words(win) != before || over(win) != "" {
		t.Errorf("after the cover: got\n%s\n%s", over(win), words(win))
	}
}
