// Package ui is the shell of Goodword's window: the rail of screens, the top bar, the command
// palette, keys, toasts and dialogs, and the runner of background work. The screens live in
// folders beneath it and meet the shell only through the contracts of package kit.
package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/pkg/browser"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Config is what a Shell is made of.
type Config struct {
	// Window is filled by the shell; its title is set to "Goodword" and nothing else, because titles
	// show in places where no patient's words belong.
	Window fyne.Window
	// Background runs the shell's own work.
	Background kit.Background
	// SearchScreen is the screen that receives what is typed into the search field.
	SearchScreen string
	// People lists who can work with the program; nil leaves the choice out.
	People func(context.Context) ([]Person, error)
	// OnPerson is told who works from now on.
	OnPerson func(Person)
	// OnEnter is asked before somebody else works: it calls then once they may. nil lets everybody.
	OnEnter func(p Person, then func())
	// OnCover hides the window from those who pass by; nil leaves the choice out. OnStir is told each move of the pointer and each key.
	OnCover, OnStir func()
	// OnOffline is told that the user switched the network off or on; nil leaves the switch out.
	OnOffline func(offline bool)
	// OnLeaveSample goes from the sample practice to the set-up of one's own; nil leaves the choice out.
	OnLeaveSample func()
	// OnShown is told each screen the user comes to, to open it at the next start.
	OnShown func(screen string)
	// Folded shows the rail as icons from the start; OnFolded is told when the user folds or unfolds it.
	Folded   bool
	OnFolded func(folded bool)
	// OpenPage shows an address that passed kit.SafeLink; nil uses the user's browser.
	OpenPage func(address string) error
	// ToastTime is how long a toast stays: 0 is six seconds, below 0 until it is closed.
	ToastTime time.Duration
}

// Shell is the window's frame around the screens; it is the kit.Host of all of them.
type Shell struct {
	config  Config
	screens []kit.Screen
	current int
	who     Person
	offline bool
	recent  []string // titles of commands, newest first
	open    []*openDialog
	undo    func() // of the toast in sight

	cover         *cover // nil: the window shows
	coverCommands []kit.Command

	rail   *rail
	top    *topBar
	toasts *toasts
	deck   *kit.Deck       // the screens that were shown so far
	frame  *fyne.Container // rail, top bar and screen
	root   *fyne.Container // frame, or what stands alone
	keys   *keyboard
}

// openDialog is a dialog in sight; primary presses its main button, and is nil if there is none.
type openDialog struct {
	modal   *modal
	primary func()
}

var _ kit.Host = (*Shell)(nil)

// NewShell fills a window. Screens are made with the shell as their host and then given to Start.
func NewShell(config Config) *Shell {
	if config.ToastTime == 0 {
		config.ToastTime = 6 * time.Second
	}
	if config.OpenPage == nil {
		config.OpenPage = browser.OpenURL
	}
	s := &Shell{config: config, current: -1}
	s.rail = newRail(config.Folded, func(folded bool) {
		s.frame.Refresh()
		if config.OnFolded != nil {
			config.OnFolded(folded)
		}
	})
	s.top = newTopBar(s)
	s.toasts = newToasts(config.Background, config.ToastTime, s.rail.width)
	s.frame = container.New(frameLayout{s.rail}, kit.Gap(0), s.top.content, s.rail)
	s.root = container.NewStack(s.frame)
	config.Window.SetTitle("Goodword")
	config.Window.SetPadded(false)
	layers := kit.NewLayers(kit.Ground(theme.Background, s.root), s.toasts.layer)
	config.Window.SetContent(layers)
	s.keys = &keyboard{canvas: config.Window.Canvas(), commands: s.commands, stirred: s.stir}
	layers.OnShortcut, layers.OnStir = s.keys.shortcut, s.stir
	s.keys.listen(s.escape)
	return s
}

// frameLayout sets the rail at the left, the top bar above, and the screen in the rest.
type frameLayout struct{ rail *rail }

// MinSize is the least window in which the program can be used.
func (frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(760, 520) }

// Layout places the three parts.
func (f frameLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := f.rail.width(size.Width)
	o[2].Resize(fyne.NewSize(left, size.Height))
	o[1].Resize(fyne.NewSize(size.Width-left, topHeight))
	o[1].Move(fyne.NewPos(left, 0))
	o[0].Resize(fyne.NewSize(size.Width-left, size.Height-topHeight))
	o[0].Move(fyne.NewPos(left, topHeight))
}

// Start takes the screens in the order of the rail, the last one at its foot, and shows one by id,
// or the first if there is none of that id.
func (s *Shell) Start(show string, screens ...kit.Screen) {
	s.screens = screens
	s.deck = kit.NewDeck()
	s.frame.Objects[0] = kit.Ground(theme.Background, s.deck)
	s.rail.items = nil
	for i, screen := range screens {
		item := newRailItem(screen, func() { s.show(i, nil) })
		item.narrow = s.rail.narrow
		s.rail.items = append(s.rail.items, item)
	}
	s.root.Objects = []fyne.CanvasObject{s.frame}
	s.root.Refresh()
	s.rail.Refresh()
	s.frame.Refresh()
	s.current = -1
	s.show(max(0, s.index(show)), nil)
}

// ShowAlone shows content without rail and top bar, for the first run; Start ends it.
func (s *Shell) ShowAlone(content fyne.CanvasObject) {
	s.root.Objects = []fyne.CanvasObject{content}
	s.root.Refresh()
}

func (s *Shell) index(id string) int {
	return slices.IndexFunc(s.screens, func(screen kit.Screen) bool { return screen.ID() == id })
}

// Shown is the id of the screen in sight, "" if there is none.
func (s *Shell) Shown() string {
	if s.current < 0 {
		return ""
	}
	return s.screens[s.current].ID()
}

func (s *Shell) show(index int, arg any) {
	if index < 0 || index >= len(s.screens) {
		return
	}
	screen := s.screens[index]
	if s.current != index {
		s.current = index
		for i, item := range s.rail.items {
			if selected := i == index; item.selected != selected {
				item.selected = selected
				item.Refresh()
			}
		}
		s.config.Window.Canvas().Unfocus()
		s.deck.ShowObject(screen.Content())
		if s.config.OnShown != nil {
			s.config.OnShown(screen.ID())
		}
	}
	screen.Shown()
	if receiver, ok := screen.(kit.Receiver); ok && arg != nil {
		receiver.Receive(arg)
	}
	s.keys.refresh()
}

// SetBadge shows a count beside a screen of the rail, and in words what it counts; 0 takes it away.
func (s *Shell) SetBadge(screen string, count int, counts string) {
	if i := s.index(screen); i >= 0 && s.rail.items[i].badge != count {
		s.rail.items[i].badge, s.rail.items[i].counts = count, counts
		s.rail.items[i].Refresh()
	}
}

// Changed tells every screen that data changed: one of the kit.Changed constants.
func (s *Shell) Changed(what string) {
	for _, screen := range s.screens {
		screen.Changed(what)
	}
}

// Go opens a screen; arg reaches it if it is a kit.Receiver.
func (s *Shell) Go(screen string, arg any) { s.show(s.index(screen), arg) }

// Copy puts text on the clipboard.
func (s *Shell) Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// Open shows a web page or an e-mail address in the user's own program. Every address from outside
// passes kit.SafeLink here, for the operating system would also run a file.
func (s *Shell) Open(link string) error {
	address, err := kit.SafeLink(link)
	if err != nil {
		return err
	}
	if err := s.config.OpenPage(address.String()); err != nil {
		return fmt.Errorf("no browser opened on this computer; the address is %s: %w", address, err)
	}
	return nil
}

// Window is the window.
func (s *Shell) Window() fyne.Window { return s.config.Window }

// Focus gives the keyboard to a widget.
func (s *Shell) Focus(target fyne.Focusable) { s.config.Window.Canvas().Focus(target) }

// Who is working.
func (s *Shell) Who() (id int64, name string) { return s.who.ID, s.who.Name }

// SetStatus shows work under way; an empty text takes it away.
func (s *Shell) SetStatus(text string, progress float64, cancel func()) {
	s.top.status.Hidden = text == ""
	s.top.status.OnCancel = cancel
	s.top.status.Set(text, progress)
	s.top.content.Refresh()
}

// Toast shows a short sentence.
func (s *Shell) Toast(text string) {
	s.undo = nil
	s.toasts.show(text, "", "", nil, false)
}

// ToastUndo shows a short sentence with a way back, by pointer or with the key Z.
func (s *Shell) ToastUndo(text string, undo func()) {
	once := func() {
		if s.undo != nil {
			s.undo = nil
			undo()
		}
	}
	s.undo = once
	s.toasts.show(text, "", "Undo", once, false)
}

// Fail tells that something did not work, and stays until it is read.
func (s *Shell) Fail(doing string, err error) {
	s.toasts.show(doing+" did not work. "+kit.Sentence(err), "circle-alert", "", nil, true)
}

// Confirm asks before a step that cannot be undone.
func (s *Shell) Confirm(title, text, yes string, then func()) {
	s.Dialog(title, kit.NewParagraph(text), kit.Button{Title: "Cancel"}, kit.Button{Title: yes, Danger: true, Run: then})
}

// Dialog shows content over the window; Escape closes it as well as its buttons.
func (s *Shell) Dialog(title string, content fyne.CanvasObject, buttons ...kit.Button) (close func()) {
	var dialog *openDialog
	leave := func() { s.close(dialog) }
	if len(buttons) == 0 {
		buttons = []kit.Button{{Title: "Close"}}
	}
	// The step stands at the right in every dialog, the way out at its left.
	buttons = slices.Clone(buttons)
	slices.SortStableFunc(buttons, func(a, b kit.Button) int { return rank(a) - rank(b) })
	presses := make([]fyne.CanvasObject, len(buttons))
	dialog = &openDialog{}
	for i, button := range buttons {
		press := func() {
			if !button.Stay {
				leave()
			}
			if button.Run != nil {
				button.Run()
			}
		}
		presses[i] = newDialogButton(button, press)
		if button.Primary {
			dialog.primary = press
		}
	}
	dialog.modal = newModal(newDialogContent(title, content, presses), 480, nil)
	s.push(dialog)
	// The first thing to fill in has the keyboard; a dialog that only asks gives it to nothing, so
	// that no key presses a button unseen.
	s.config.Window.Canvas().FocusNext()
	if _, button := s.config.Window.Canvas().Focused().(*dialogButton); button {
		s.config.Window.Canvas().Unfocus()
	}
	return leave
}

func rank(b kit.Button) int {
	switch {
	case b.Primary:
		return 2
	case b.Danger:
		return 1
	}
	return 0
}

func (s *Shell) push(d *openDialog) {
	canvas := s.config.Window.Canvas()
	s.open = append(s.open, d)
	canvas.Overlays().Add(d.modal)
	d.modal.Resize(canvas.Size())
	d.modal.Refresh()
	s.onTop()
	s.keys.refresh()
}

func (s *Shell) close(d *openDialog) {
	at := slices.Index(s.open, d)
	if at < 0 {
		return
	}
	s.open = slices.Delete(s.open, at, at+1)
	s.config.Window.Canvas().Overlays().Remove(d.modal)
	s.keys.refresh()
}

// escape closes what lies on top, or gives up the focus, or goes back where the screen has a way back.
func (s *Shell) escape() {
	if s.cover != nil {
		return
	}
	if len(s.open) > 0 {
		s.close(s.open[len(s.open)-1])
		return
	}
	if canvas := s.config.Window.Canvas(); canvas.Focused() != nil {
		canvas.Unfocus()
		return
	}
	s.keys.run(0, fyne.KeyEscape, 0)
}

// commands are all that may run now: while a dialog is open, only its main button.
func (s *Shell) commands() []kit.Command {
	if s.cover != nil {
		return s.coverCommands
	}
	if top := len(s.open) - 1; top >= 0 && s.open[top].primary != nil {
		press := s.open[top].primary
		return []kit.Command{{Title: "Press the main button", Key: "Ctrl+Enter", Run: press}, {Title: "Press the main button", Key: "Enter", Run: press}}
	}
	if s.config.Window.Canvas().Overlays().Top() != nil || s.current < 0 {
		return nil
	}
	return append(s.screenCommands(), s.ownCommands()...)
}

func (s *Shell) screenCommands() []kit.Command {
	if commander, ok := s.screens[s.current].(kit.Commander); ok {
		return commander.Commands()
	}
	return nil
}

func (s *Shell) ownCommands() []kit.Command {
	commands := []kit.Command{
		{Title: "Find a command", Key: "Ctrl+K", Run: s.showPalette},
		{Title: "Show all keys", Key: "?", Run: s.showKeys},
		{Title: "Search mentions", Key: "/", Run: func() { s.Focus(s.top.search) }},
		{Title: "Undo the last step", Key: "Z", Run: func() { s.undo() }, Enabled: func() bool { return s.undo != nil }},
	}
	for i, screen := range s.screens {
		commands = append(commands, kit.Command{Title: "Go to " + screen.Title(), Key: "Ctrl+" + strconv.Itoa(i+1), Run: func() { s.show(i, nil) }})
	}
	if s.config.People != nil {
		commands = append(commands, kit.Command{Title: "Switch to another person", Run: s.choosePerson})
	}
	if s.config.OnCover != nil {
		commands = append(commands, kit.Command{Title: "Cover the screen", Key: "Ctrl+L", Run: s.config.OnCover})
	}
	if s.config.OnLeaveSample != nil && s.top.sample.Visible() {
		commands = append(commands, kit.Command{Title: "Set up my own practice", Run: s.leaveSample})
	}
	if s.config.OnOffline != nil {
		title := "Work offline"
		if s.offline {
			title = "Go online"
		}
		commands = append(commands, kit.Command{Title: title, Run: func() { s.setOfflineByUser(!s.offline) }})
	}
	return commands
}

func (s *Shell) showPalette() {
	commands := slices.DeleteFunc(s.commands(), func(c kit.Command) bool { return c.Key == "Ctrl+K" })
	var dialog *openDialog
	p := newPalette(commands, s.recent, func(c kit.Command) {
		s.close(dialog)
		s.recent = slices.DeleteFunc(s.recent, func(title string) bool { return title == c.Title })
		s.recent = slices.Insert(s.recent, 0, c.Title)
		s.recent = s.recent[:min(len(s.recent), recentKept)]
		c.Run()
	})
	m := newModal(p.content, paletteWidth, func() { s.close(dialog) })
	m.top = true
	dialog = &openDialog{modal: m}
	s.push(dialog)
	s.config.Window.Canvas().Focus(p.entry)
}

// showKeys lists the keys that work now.
func (s *Shell) showKeys() {
	list := kit.Column(theme.Space2)
	add := func(title string, commands []kit.Command) {
		rows := kit.Column(theme.Space1)
		for _, c := range commands {
			if c.Key != "" && c.CanRun() {
				rows.Add(kit.Spread(kit.NewLabel(c.Title, kit.Body).Ellipsis(), kit.NewKeyHint(keyText(c.Key))))
			}
		}
		if len(rows.Objects) > 0 {
			list.Add(kit.NewGroup(title, rows))
			list.Add(kit.Gap(theme.Space2))
		}
	}
	add(s.screens[s.current].Title(), s.screenCommands())
	add("Everywhere", s.ownCommands())
	s.Dialog("Keys", list, kit.Button{Title: "Close", Primary: true})
}
