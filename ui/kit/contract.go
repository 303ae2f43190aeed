// Package kit holds what the screens of Goodword share: the contracts between a screen and the
// shell around it, and the widgets every screen is built of. It knows no domain: widgets take
// plain values and tell by callback what the user did.
package kit

import (
	"context"

	"fyne.io/fyne/v2"
)

// Background runs work away from the window's goroutine and shows its result on it.
//
// The work returns a function that shows the result; a nil function shows nothing. Once cancel
// has been called nothing is shown any more, so a newer search never loses to an older one.
type Background interface {
	Run(work func(context.Context) (show func())) (cancel func())
}

// Inline is the Background of tests: work and show run at once on the caller's goroutine.
type Inline struct{}

// Run does the work and shows it before it returns.
func (Inline) Run(work func(context.Context) (show func())) (cancel func()) {
	if show := work(context.Background()); show != nil {
		show()
	}
	return func() {}
}

// Screen is one place of the rail.
//
// Shown is called each time the user comes to the screen, Changed when data changed underneath
// it: what is one of the Changed constants below.
type Screen interface {
	ID() string
	Title() string
	Icon() fyne.Resource
	Content() fyne.CanvasObject
	Shown()
	Changed(what string)
}

// The kinds of data that Screen.Changed is told about.
const (
	ChangedMentions   = "mentions"
	ChangedSpotlights = "spotlights"
	ChangedPolicy     = "policy"
	ChangedSources    = "sources"
	ChangedPractice   = "practice"
)

// Receiver is implemented by screens that other screens can open at a certain place with Host.Go.
type Receiver interface {
	Receive(arg any)
}

// Commander is implemented by screens that offer commands to the palette and the keyboard while
// they are shown.
type Commander interface {
	Commands() []Command
}

// Command is something the user can do from the palette or with a key.
//
// Key is written as "Ctrl+Enter", "J" or "?"; it may be empty. A single letter acts only while no
// entry has the focus. Enabled may be nil, which means always.
type Command struct {
	Title   string
	Key     string
	Run     func()
	Enabled func() bool
}

// CanRun tells whether the command makes sense now.
func (c Command) CanRun() bool {
	return c.Run != nil && (c.Enabled == nil || c.Enabled())
}

// Button is one button at the foot of a dialog. The dialog closes after Run unless Stay is set.
type Button struct {
	Title   string
	Run     func()
	Primary bool
	Danger  bool
	Stay    bool
}

// Host is what the shell gives to every screen.
type Host interface {
	// Toast shows a short sentence that goes away by itself.
	Toast(text string)
	// ToastUndo is Toast with an Undo button; use it in place of asking first.
	ToastUndo(text string, undo func())
	// Fail tells that doing something did not work, as "Opening the page: <reason>".
	Fail(doing string, err error)
	// Confirm asks before a step that cannot be undone; yes names the step, as "Delete source".
	Confirm(title, text, yes string, then func())
	// Dialog shows content over the window until a button or Escape closes it.
	Dialog(title string, content fyne.CanvasObject, buttons ...Button) (close func())
	// Go opens a screen by its id; a non-nil arg reaches it if it is a Receiver.
	Go(screen string, arg any)
	// Copy puts text on the clipboard.
	Copy(text string)
	// Open shows a web page or an e-mail address in the user's own program, if it is safe.
	Open(link string) error
	// Window is the window, for file dialogs.
	Window() fyne.Window
	// Focus moves the keyboard to a widget.
	Focus(target fyne.Focusable)
	// Who is working: the id and name of the person, 0 and "" if nobody chose yet.
	Who() (id int64, name string)
	// SetStatus shows work under way in the top bar: progress 0 to 1, or below 0 for none.
	// A non-nil cancel offers to stop it. An empty text clears the status.
	SetStatus(text string, progress float64, cancel func())
}
