package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Page is the frame of a screen: its name and what can be done at the top, the work beneath.
type Page struct {
	widget.BaseWidget
	title, subtitle *Label
	head            *fyne.Container
	body            *fyne.Container
	content         *fyne.Container
}

// NewPage makes a page; subtitle may be empty.
func NewPage(title, subtitle string, actions ...fyne.CanvasObject) *Page {
	p := &Page{
		title:    NewLabel(title, Title),
		subtitle: NewLabel(subtitle, Secondary).Ellipsis(),
		body:     container.NewStack(),
	}
	p.subtitle.Hidden = subtitle == ""
	p.head = container.New(&headline{}, Column(theme.Space1, p.title, p.subtitle), Line(theme.Space2, actions...))
	p.content = Column(0, InsetSides(p.head, theme.Space6, theme.Space4, theme.Space6, theme.Space4), Fill(p.body))
	p.ExtendBaseWidget(p)
	return p
}

// headline sets the title at the left and the actions at the right, or beneath where both do not fit side by side.
type headline struct {
	width float32 // as last laid out, so that MinSize knows the rows
}

func (h *headline) stacked(o []fyne.CanvasObject) bool {
	return h.width > 0 && o[0].MinSize().Width+theme.Space3+o[1].MinSize().Width > h.width
}

// MinSize is that of one row or of two.
func (h *headline) MinSize(o []fyne.CanvasObject) fyne.Size {
	title, actions := o[0].MinSize(), o[1].MinSize()
	if h.stacked(o) {
		return fyne.NewSize(max(title.Width, actions.Width), title.Height+theme.Space2+actions.Height)
	}
	return fyne.NewSize(title.Width, max(title.Height, actions.Height))
}

// Layout sets one row or two.
func (h *headline) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h.width = size.Width
	title, actions := o[0].MinSize(), o[1].MinSize()
	if h.stacked(o) {
		put(o[0], 0, 0, size.Width, title.Height)
		put(o[1], 0, title.Height+theme.Space2, actions.Width, actions.Height)
		return
	}
	left := size.Width - actions.Width - theme.Space3
	if actions.Width == 0 {
		left = size.Width
	}
	put(o[0], 0, (size.Height-title.Height)/2, left, title.Height)
	put(o[1], size.Width-actions.Width, (size.Height-actions.Height)/2, actions.Width, actions.Height)
}

// SetContent fills the page below its head from edge to edge.
func (p *Page) SetContent(o fyne.CanvasObject) *Page {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
	return p
}

// Scroll fills the page with content that has margins, a reading width, and is scrolled if it is
// too high. A width of 0 is the usual one.
func (p *Page) Scroll(o fyne.CanvasObject, width float32) *Page {
	if width == 0 {
		width = 1080
	}
	return p.SetContent(Scrolling(InsetSides(MaxWidth(o, width), theme.Space6, 0, theme.Space6, theme.Space6)))
}

// SetSubtitle changes the second line of the head.
func (p *Page) SetSubtitle(text string) {
	p.subtitle.SetText(text)
	if p.subtitle.Hidden != (text == "") {
		p.subtitle.Hidden = text == ""
		p.Refresh()
	}
}

// SetTitle changes the first line of the head.
func (p *Page) SetTitle(text string) { p.title.SetText(text) }

// CreateRenderer is used by Fyne.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(p.content)
}

// NewCard sets content on a framed surface; title may be empty, actions stand at its right.
func NewCard(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *fyne.Container {
	return container.NewStack(cardGround(), Inset(titled(title, Heading, theme.Space3, content, actions), theme.Space4))
}

// NewSection puts a heading over content without a frame.
func NewSection(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *fyne.Container {
	return titled(title, Heading, theme.Space3, content, actions)
}

// NewGroup puts a small grey heading over content.
func NewGroup(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *fyne.Container {
	return titled(title, Overline, theme.Space2, content, actions)
}

func titled(title string, style Style, gap float32, content fyne.CanvasObject, actions []fyne.CanvasObject) *fyne.Container {
	if title == "" && len(actions) == 0 {
		return Column(gap, content)
	}
	head := Tipped(NewLabel(title, style).Ellipsis())
	if len(actions) > 0 {
		head = Spread(head, Line(theme.Space2, actions...))
	}
	return Column(gap, head, content)
}

func cardGround() *ground {
	g := newGround(theme.Surface)
	g.border, g.radius = theme.Hairline, 8
	return g
}

// Tile is a large number with what it counts; it opens what it stands for.
type Tile struct {
	widget.BaseWidget

	// OnTapped opens what the number counts; nil makes the tile still.
	OnTapped func()

	title, figure, note *Label
	tone                Tone
	hovered, focus      bool
}

// NewTile makes a tile. The note beneath the number says how to take it and has the tone's colour.
func NewTile(title, figure, note string, tone Tone, onTapped func()) *Tile {
	t := &Tile{
		OnTapped: onTapped,
		title:    NewLabel(title, Secondary).Ellipsis(),
		figure:   NewLabel(figure, Figure),
		note:     NewLabel(note, Caption).Ellipsis(),
	}
	t.ExtendBaseWidget(t)
	t.Set(figure, note, tone)
	return t
}

// Set changes the number and the note.
func (t *Tile) Set(figure, note string, tone Tone) {
	t.tone = tone
	t.figure.SetText(figure)
	t.note.SetText(note)
	style := Caption
	if tone != ToneNeutral {
		style = Caption.In(tone.Text())
	}
	t.note.SetStyle(style)
}

// AccessibilityLabel reads the tile as a sentence.
func (t *Tile) AccessibilityLabel() string {
	return t.title.text + ": " + t.figure.text + ". " + t.note.text
}

// AccessibilityRole is a button if the tile opens something.
func (t *Tile) AccessibilityRole() fyne.AccessibleRole {
	if t.OnTapped != nil {
		return fyne.AccessibleRoleButton
	}
	return fyne.AccessibleRoleText
}

// CreateRenderer is used by Fyne.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	content := Inset(Column(theme.Space1, t.title, t.figure, t.note), theme.Space4)
	paint := func() {
		face.FillColor = theme.Color(theme.Surface)
		face.StrokeColor, face.StrokeWidth = theme.Color(theme.Hairline), 1
		if t.OnTapped != nil && t.hovered {
			face.FillColor = theme.Color(theme.Hover)
		}
		if t.focus {
			face.StrokeColor, face.StrokeWidth = theme.Color(theme.Focus), 2
		}
		face.CornerRadius = 8
	}
	paint()
	return &sketch{
		owner: t, objects: fixed(face, content), paint: paint, min: content.MinSize,
		place: func(size fyne.Size) {
			face.Resize(size)
			content.Resize(size)
		},
	}
}

// Tapped opens what the tile counts.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// Cursor is a hand over a tile that opens something.
func (t *Tile) Cursor() desktop.Cursor {
	if t.OnTapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn shows that the tile can be pressed.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved does nothing.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (t *Tile) MouseOut() { t.hovered = false; t.Refresh() }

// Disabled keeps a still tile out of the round of the Tab key.
func (t *Tile) Disabled() bool { return t.OnTapped == nil }

// Enable does nothing; a tile is enabled by OnTapped.
func (t *Tile) Enable() {}

// Disable does nothing; a tile is disabled by having no OnTapped.
func (t *Tile) Disable() {}

// FocusGained shows the ring.
func (t *Tile) FocusGained() { t.focus = true; t.Refresh() }

// FocusLost hides the ring.
func (t *Tile) FocusLost() { t.focus = false; t.Refresh() }

// TypedRune passes the letter on to the shell.
func (t *Tile) TypedRune(r rune) { PassRune(t, r) }

// TypedKey opens by space or return.
func (t *Tile) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		t.Tapped(nil)
		return
	}
	PassKey(t, e)
}
