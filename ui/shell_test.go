package ui_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"goodword/ui"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// place is a screen that remembers what the shell told it.
type place struct {
	id, title string
	content   fyne.CanvasObject
	shown     int
	changed   []string
	received  []any
	commands  []kit.Command
}

func (p *place) ID() string                 { return p.id }
func (p *place) Title() string              { return p.title }
func (p *place) Icon() fyne.Resource        { return theme.Icon("inbox") }
func (p *place) Content() fyne.CanvasObject { return p.content }
func (p *place) Shown()                     { p.shown++ }
func (p *place) Changed(what string)        { p.changed = append(p.changed, what) }
func (p *place) Receive(arg any)            { p.received = append(p.received, arg) }
func (p *place) Commands() []kit.Command    { return p.commands }

type room struct {
	*ui.Shell
	window       fyne.Window
	today, inbox *place
	entry        *kit.Entry
	opened       []string
	offline      []bool
}

// newRoom starts a shell with two screens; the inbox holds an entry.
func newRoom(t *testing.T) *room {
	t.Helper()
	kittest.App(t)
	r := &room{window: test.NewTempWindow(t, nil), entry: kit.NewEntry("Reply")}
	r.Shell = ui.NewShell(ui.Config{
		Window: r.window, Background: kit.Inline{}, SearchScreen: "inbox", ToastTime: -1,
		People:    func(context.Context) ([]ui.Person, error) { return []ui.Person{{1, "Ana Ruiz", "Manager"}}, nil },
		OnOffline: func(off bool) { r.offline = append(r.offline, off) },
		OpenPage:  func(address string) error { r.opened = append(r.opened, address); return nil },
	})
	r.today = &place{id: "today", title: "Today", content: kit.NewLabel("Today", kit.Title)}
	r.inbox = &place{id: "inbox", title: "Inbox", content: kit.Column(0, r.entry)}
	r.Start("today", r.today, r.inbox)
	r.window.Resize(fyne.NewSize(1280, 800))
	return r
}

func (r *room) shortcut(key fyne.KeyName) {
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	if focused, ok := r.window.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(shortcut)
		return
	}
	r.window.Canvas().Content().(*kit.Layers).OnShortcut(shortcut)
}

func (r *room) press(key fyne.KeyName) {
	event := &fyne.KeyEvent{Name: key}
	if focused := r.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(event)
		return
	}
	r.window.Canvas().OnTypedKey()(event)
}

func (r *room) letter(letter rune) {
	if focused := r.window.Canvas().Focused(); focused != nil {
		focused.TypedRune(letter)
		return
	}
	r.window.Canvas().OnTypedRune()(letter)
}

func TestGoShowsAScreenAndHandsOverTheArgument(t *testing.T) {
	r := newRoom(t)
	if got := r.Shown(); got != "today" {
		t.Fatalf("got %q at the start, want today", got)
	}
	r.Go("inbox", "is:overdue")
	if got := r.Shown(); got != "inbox" {
		t.Errorf("got %q, want inbox", got)
	}
	if len(r.inbox.received) != 1 || r.inbox.received[0] != "is:overdue" {
		t.Errorf("got %v handed over, want [is:overdue]", r.inbox.received)
	}
	r.Go("nowhere", nil)
	if got := r.Shown(); got != "inbox" {
		t.Errorf("an unknown screen led to %q", got)
	}
	if r.window.Title() != "Goodword" {
		t.Errorf("got window title %q, want only Goodword", r.window.Title())
	}
}

func TestNumberKeysGoToScreens(t *testing.T) {
	r := newRoom(t)
	r.shortcut(fyne.Key2)
	if got := r.Shown(); got != "inbox" {
		t.Errorf("Ctrl+2 shows %q, want inbox", got)
	}
	r.Focus(r.entry)
	r.shortcut(fyne.Key1)
	if got := r.Shown(); got != "today" {
		t.Errorf("Ctrl+1 from within an entry shows %q, want today", got)
	}
}

func TestLettersActOnlyOutsideEntries(t *testing.T) {
	r := newRoom(t)
	done := 0
	able := true
	r.inbox.commands = []kit.Command{{Title: "Escalate", Key: "E", Run: func() { done++ }, Enabled: func() bool { return able }}}
	r.Go("inbox", nil)
	r.letter('e')
	if done != 1 {
		t.Errorf("E ran the command %d times, want 1", done)
	}
	r.Focus(r.entry)
	r.letter('e')
	if done != 1 || r.entry.Text != "e" {
		t.Errorf("in an entry E ran the command %d times and typed %q, want 1 and e", done, r.entry.Text)
	}
	r.press(fyne.KeyEscape)
	able = false
	r.letter('e')
	if done != 1 {
		t.Error("a disabled command ran")
	}
	able = true
	r.Go("today", nil)
	r.letter('e')
	if done != 1 {
		t.Error("the command of a screen out of sight ran")
	}
}

func TestTheListOfKeysHasOnlyThoseThatWorkNow(t *testing.T) {
	r := newRoom(t)
	r.inbox.commands = []kit.Command{{Title: "Escalate", Key: "E", Run: func() {}},
		{Title: "Reopen", Key: "O", Run: func() {}, Enabled: func() bool { return false }}}
	r.Go("inbox", nil)
	r.letter('?')
	var listed []string
	for _, o := range kittest.Objects(r.window.Canvas().Overlays().Top()) {
		if text, ok := o.(*canvas.Text); ok {
			listed = append(listed, text.Text)
		}
	}
	for title, want := range map[string]bool{"Escalate": true, "Reopen": false, "Undo the last step": false, "Find a command": true} {
		if got := slices.Contains(listed, title); got != want {
			t.Errorf("%s is listed: %v, want %v", title, got, want)
		}
	}
}

func TestPaletteFindsAndRuns(t *testing.T) {
	r := newRoom(t)
	r.shortcut(fyne.KeyK)
	palette := r.window.Canvas().Overlays().Top()
	if palette == nil {
		t.Fatal("Ctrl+K opens nothing")
	}
	for _, letter := range "gibx" {
		r.letter(letter)
	}
	r.press(fyne.KeyReturn)
	if got := r.Shown(); got != "inbox" {
		t.Errorf("the palette led to %q, want inbox", got)
	}
	if r.window.Canvas().Overlays().Top() != nil {
		t.Error("the palette stays open after a command")
	}
	r.shortcut(fyne.KeyK)
	r.press(fyne.KeyEscape)
	if r.window.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the palette")
	}
}

func TestDialogHoldsKeysBack(t *testing.T) {
	r := newRoom(t)
	ran := 0
	r.Confirm("Delete the source", "It cannot be brought back.", "Delete", func() { ran++ })
	r.shortcut(fyne.Key2)
	if got := r.Shown(); got != "today" {
		t.Errorf("a key went past the dialog to %q", got)
	}
	r.press(fyne.KeyEscape)
	if ran != 0 || r.window.Canvas().Overlays().Top() != nil {
		t.Errorf("Escape ran the step %d times or left the dialog open", ran)
	}
	r.Confirm("Delete the source", "It cannot be brought back.", "Delete", func() { ran++ })
	r.window.Canvas().FocusNext() // Cancel
	r.window.Canvas().FocusNext() // Delete
	r.press(fyne.KeyReturn)
	if ran != 1 || r.window.Canvas().Overlays().Top() != nil {
		t.Errorf("the button ran the step %d times, want 1 and the dialog closed", ran)
	}
}

func TestDialogGivesTheKeyboardToItsFirstEntry(t *testing.T) {
	r := newRoom(t)
	entry := kit.NewEntry("")
	leave := r.Dialog("Add", kit.NewForm(kit.NewField("Address", "", entry)), kit.Button{Title: "Add", Primary: true})
	if r.window.Canvas().Focused() != fyne.Focusable(entry) {
		t.Errorf("got %T focused, want the entry", r.window.Canvas().Focused())
	}
	r.press(fyne.KeyEscape)
	if r.window.Canvas().Overlays().Top() != nil {
		t.Error("Escape within an entry does not close the dialog")
	}
	leave() // closing twice does no harm
}

func TestEscapeLeavesAnEntryAndThenGoesBack(t *testing.T) {
	r := newRoom(t)
	back := 0
	r.inbox.commands = []kit.Command{{Title: "Back", Key: "Escape", Run: func() { back++ }}}
	r.Go("inbox", nil)
	r.Focus(r.entry)
	r.press(fyne.KeyEscape)
	if back != 0 || r.window.Canvas().Focused() != nil {
		t.Errorf("the first Escape went back %d times, and the keyboard is at %T", back, r.window.Canvas().Focused())
	}
	r.press(fyne.KeyEscape)
	if back != 1 {
		t.Errorf("the second Escape went back %d times, want once", back)
	}
}

func TestUndoRunsOnce(t *testing.T) {
	r := newRoom(t)
	undone := 0
	r.ToastUndo("Closed without a reply.", func() { undone++ })
	r.letter('z')
	r.letter('z')
	if undone != 1 {
		t.Errorf("undone %d times, want 1", undone)
	}
}

func TestOpenRefusesWhatIsNoPage(t *testing.T) {
	r := newRoom(t)
	for _, link := range []string{"file:///etc/passwd", `\\server\share\x.exe`, "javascript:alert(1)"} {
		if err := r.Open(link); !errors.Is(err, kit.ErrUnsafeLink) {
			t.Errorf("%s: got %v, want ErrUnsafeLink", link, err)
		}
	}
	if err := r.Open("https://example.org/reviews"); err != nil {
		t.Fatal(err)
	}
	if len(r.opened) != 1 || r.opened[0] != "https://example.org/reviews" {
		t.Errorf("got %v opened, want the one page", r.opened)
	}
}

func TestChangedReachesEveryScreen(t *testing.T) {
	r := newRoom(t)
	r.Changed(kit.ChangedMentions)
	for _, p := range []*place{r.today, r.inbox} {
		if len(p.changed) != 1 || p.changed[0] != kit.ChangedMentions {
			t.Errorf("%s heard %v, want [mentions]", p.id, p.changed)
		}
	}
}

func TestWho(t *testing.T) {
	r := newRoom(t)
	if id, name := r.Who(); id != 0 || name != "" {
		t.Errorf("got %d %q before anyone chose", id, name)
	}
	r.SetPerson(ui.Person{ID: 7, Name: "Ana Ruiz"})
	if id, name := r.Who(); id != 7 || name != "Ana Ruiz" {
		t.Errorf("got %d %q, want 7 Ana Ruiz", id, name)
	}
}

func TestBackgroundShowsAndCancels(t *testing.T) {
	kittest.App(t)
	b := ui.NewBackground(context.Background())
	shown := make(chan bool, 2)
	b.Run(func(context.Context) func() { return func() { shown <- true } })
	select {
	case <-shown:
	case <-time.After(5 * time.Second):
		t.Fatal("nothing was shown")
	}
	started, ended := make(chan bool), make(chan error, 1)
	cancel := b.Run(func(ctx context.Context) func() {
		close(started)
		<-ctx.Done()
		ended <- ctx.Err()
		return func() { shown <- true }
	})
	<-started
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	b.Close()
	if len(shown) != 0 {
		t.Error("cancelled work was shown")
	}
}

func TestADialogIsAnsweredFromTheKeyboard(t *testing.T) {
	r := newRoom(t)
	line, text := kit.NewEntry("Name"), kit.NewMultiLine("Why", 3)
	pressed := 0
	ask := func(first fyne.Focusable) {
		r.Dialog("Nominate", kit.Column(0, line, text), kit.Button{Title: "Cancel"}, kit.Button{Title: "Nominate", Primary: true, Run: func() { pressed++ }})
		r.window.Canvas().Focus(first)
	}
	ask(text)
	if text.AcceptsTab() {
		t.Error("the entry keeps the Tab key, so nobody gets past it")
	}
	r.press(fyne.KeyReturn)
	if pressed != 0 || text.Text != "\n" {
		t.Errorf("Enter in a text of several lines pressed %d times and wrote %q", pressed, text.Text)
	}
	r.shortcut(fyne.KeyReturn)
	if pressed != 1 || r.window.Canvas().Overlays().Top() != nil {
		t.Errorf("Ctrl+Enter pressed %d times, want once, and the dialog closed", pressed)
	}
	ask(line)
	r.press(fyne.KeyReturn)
	if pressed != 2 {
		t.Errorf("Enter in a line pressed %d times, want twice", pressed)
	}
	r.Confirm("Delete", "This cannot be undone.", "Delete", func() { pressed++ })
	r.press(fyne.KeyReturn)
	if pressed != 2 {
		t.Error("Enter pressed a button that cannot be undone")
	}
}
