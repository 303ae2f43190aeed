package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Entry is Fyne's entry with two differences: keys it has no use for, such as Ctrl+K, reach the
// shell, and OnKey and OnRune may take a key or a letter before the entry sees it.
type Entry struct {
	widget.Entry

	// OnKey returns true for a key that it has dealt with; it may be nil.
	OnKey func(*fyne.KeyEvent) bool
	// OnRune returns true for a letter that it has dealt with; it may be nil.
	OnRune func(rune) bool
	// OnFocus is told that the entry has the keyboard now, so that what holds it can bring it into sight; it may be nil.
	OnFocus func()

	behind blank
}

// NewEntry makes an entry for one line.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.PlaceHolder = placeholder
	return e
}

// NewMultiLine makes an entry for text over several lines that wraps at words and shows rows lines.
func NewMultiLine(placeholder string, rows int) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.PlaceHolder = placeholder
	e.SetMinRowsVisible(rows)
	return e
}

// AcceptsTab leaves the Tab key to the window: nobody indents here, and everybody must get on to the next field.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained shows the cursor and tells OnFocus.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus()
	}
}

// TypedKey offers the key to OnKey, passes on to the shell Escape, and Enter where it would do nothing, and types the rest.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key) {
		return
	}
	enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
	if key.Name == fyne.KeyEscape || enter && !e.MultiLine && e.OnSubmitted == nil {
		PassKey(e, key)
		return
	}
	if key.Name == fyne.KeyBackspace && e.isBehind() {
		e.replaceBehind("")
		return
	}
	e.Entry.TypedKey(key)
}

// TypedShortcut passes on to the shell what does not move or delete by words, and moves to the start or the end of the text by Ctrl+Home and
// Ctrl+End, which Fyne does by PageUp and PageDown only.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	key, ok := s.(*desktop.CustomShortcut)
	switch {
	case ok && !editing(key.KeyName):
		PassShortcut(e, s)
	case ok && key.Modifier == fyne.KeyModifierShortcutDefault && key.KeyName == fyne.KeyHome:
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	case ok && key.Modifier == fyne.KeyModifierShortcutDefault && key.KeyName == fyne.KeyEnd:
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	default:
		e.Entry.TypedShortcut(s)
	}
}

func editing(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyInsert:
		return true
	}
	return false
}

// Search is a search field: a glass at the left, a cross that empties it at the right.
type Search struct {
	widget.Entry
	clear *IconButton
}

// NewSearch makes a search field. OnChanged is told each letter and may be nil; onSubmit is told
// what stands there when Return is pressed.
func NewSearch(placeholder string, onChanged, onSubmit func(string)) *Search {
	s := &Search{}
	s.ExtendBaseWidget(s)
	s.PlaceHolder = placeholder
	s.Icon = theme.IconIn("search", theme.Secondary)
	s.clear = NewIconButton(theme.IconIn("x", theme.Secondary), "Clear", func() {
		s.SetText("")
		if onSubmit != nil {
			onSubmit("")
		}
		takeFocus(s)
	})
	s.clear.Hide()
	s.ActionItem = s.clear
	s.OnChanged = func(text string) {
		if s.clear.Hidden != (text == "") {
			s.clear.Hidden = text == ""
			s.Refresh()
		}
		if onChanged != nil {
			onChanged(text)
		}
	}
	s.OnSubmitted = onSubmit
	return s
}

// TypedKey empties the field with Escape, and leaves it when it is empty.
func (s *Search) TypedKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyEscape {
		s.Entry.TypedKey(e)
		return
	}
	if s.Text != "" {
		s.clear.OnTapped()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Unfocus()
	}
}

// TypedShortcut passes on to the shell what does not move or delete by words.
func (s *Search) TypedShortcut(cut fyne.Shortcut) {
	if key, ok := cut.(*desktop.CustomShortcut); ok && !editing(key.KeyName) {
		PassShortcut(s, cut)
		return
	}
	s.Entry.TypedShortcut(cut)
}

// NewSelect makes a choice of one from a list that opens. Put it in a Field, or in Framed, which
// draw the border that Fyne leaves out.
func NewSelect(options []string, onChanged func(string)) *widget.Select {
	s := widget.NewSelect(options, onChanged)
	s.PlaceHolder = "Choose"
	return s
}

// Framed draws the border of an input around an object that has none.
func Framed(o fyne.CanvasObject) fyne.CanvasObject {
	frame := newGround(fynetheme.ColorNameInputBackground)
	frame.border, frame.radius = theme.Outline, theme.Radius
	return container.NewStack(frame, Inset(o, 1))
}

// Field is one input of a form: its name above, help beneath, and beneath that what is wrong.
type Field struct {
	widget.BaseWidget
	help, fault *Paragraph
	content     *fyne.Container
}

// NewField makes a field; help may be empty.
func NewField(label, help string, input fyne.CanvasObject) *Field {
	name := Strong
	name.Size = theme.SizeSmall
	f := &Field{help: Help(help), fault: NewParagraph("")}
	f.fault.SetStyle(Secondary.In(theme.Bad))
	f.fault.Hide()
	f.help.Hidden = help == ""
	if _, bare := input.(*widget.Select); bare {
		input = Framed(input)
	}
	f.content = Column(theme.Space1, NewLabel(label, name), input, f.help, f.fault)
	f.ExtendBaseWidget(f)
	return f
}

// SetError says what is wrong with the input; empty takes it back.
func (f *Field) SetError(text string) {
	f.fault.SetText(text)
	f.fault.Hidden = text == ""
	f.Refresh()
}

// SetErr is SetError with an error, nil takes it back.
func (f *Field) SetErr(err error) { f.SetError(Sentence(err)) }

// Error is what is said to be wrong.
func (f *Field) Error() string { return f.fault.Text() }

// SetHelp changes the help.
func (f *Field) SetHelp(text string) {
	f.help.SetText(text)
	f.help.Hidden = text == ""
	f.Refresh()
}

// CreateRenderer is used by Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: f, objects: fixed(f.content), min: f.content.MinSize, paint: func() {},
		place: func(size fyne.Size) {
			f.content.Resize(size)
			f.content.Refresh()
		},
	}
}

// NewForm stacks fields.
func NewForm(fields ...fyne.CanvasObject) *fyne.Container {
	return Column(theme.Space4, fields...)
}
