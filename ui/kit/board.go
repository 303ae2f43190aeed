package kit

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// BoardColumn is one stage of a Board.
type BoardColumn struct {
	ID    string
	Title string
}

// BoardChip is a word on a card.
type BoardChip struct {
	Text string
	Tone Tone
}

// BoardCard is one piece of work on a Board.
type BoardCard struct {
	ID     int64
	Title  string
	Text   string // what it is about, at most two lines
	Note   string // a date or what is missing, in the card's tone
	Tone   Tone
	Chips  []BoardChip
	Person string // whose initials stand on the card
}

// Board shows work by stage: a column for each stage, a card for each piece. A card is moved by
// dragging it, or with Alt and the left or right arrow key while it has the keyboard.
type Board struct {
	widget.BaseWidget

	// OnOpened opens a card.
	OnOpened func(card int64)
	// OnMoved asks to move a card to another column. The board shows the move only when SetCards
	// is called with it, because the move may not be allowed.
	OnMoved func(card int64, column string)
	// CanMove tells whether a card may go to a column; nil allows every move.
	CanMove func(card int64, column string) bool

	columns []*boardColumn
	across  *container.Scroll
	content *fyne.Container
	chosen  int64
}

const boardColumnWidth float32 = 216

// NewBoard makes a board of empty columns.
func NewBoard(columns []BoardColumn) *Board {
	b := &Board{}
	parts := make([]fyne.CanvasObject, len(columns))
	for i, column := range columns {
		b.columns = append(b.columns, newBoardColumn(b, column))
		parts[i] = b.columns[i]
	}
	b.across = container.NewHScroll(container.New(boardLayout{}, parts...))
	b.content = container.NewStack(b.across)
	b.ExtendBaseWidget(b)
	return b
}

// SetCards changes the cards of a column.
func (b *Board) SetCards(column string, cards []BoardCard) {
	for _, c := range b.columns {
		if c.info.ID == column {
			c.set(cards)
		}
	}
}

// Held is the card that has the keyboard, 0 if none has.
func (b *Board) Held() int64 {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(b); canvas != nil {
		if card, ok := canvas.Focused().(*boardCard); ok && card.column.board == b {
			return card.card.ID
		}
	}
	return 0
}

// Hold gives the keyboard to the first card of the board, unless a card has it already.
func (b *Board) Hold() {
	if b.Held() != 0 {
		return
	}
	for _, c := range b.columns {
		if len(c.cards.Objects) > 0 {
			takeFocus(c.cards.Objects[0].(*boardCard))
			return
		}
	}
}

// Choose marks a card as the open one; 0 marks none.
func (b *Board) Choose(card int64) {
	b.chosen = card
	for _, c := range b.columns {
		for _, o := range c.cards.Objects {
			o.Refresh()
		}
	}
}

// CreateRenderer is used by Fyne.
func (b *Board) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

func (b *Board) move(card int64, from string, to int) {
	if to < 0 || to >= len(b.columns) || b.OnMoved == nil {
		return
	}
	target := b.columns[to].info.ID
	if target == from || b.CanMove != nil && !b.CanMove(card, target) {
		return
	}
	b.OnMoved(card, target)
}

func (b *Board) indexOf(column string) int {
	for i, c := range b.columns {
		if c.info.ID == column {
			return i
		}
	}
	return -1
}

// under is the column at a place of the window, -1 if there is none.
func (b *Board) under(at fyne.Position) int {
	driver := fyne.CurrentApp().Driver()
	for i, c := range b.columns {
		p := driver.AbsolutePositionForObject(c)
		if at.X >= p.X && at.X < p.X+c.Size().Width && at.Y >= p.Y && at.Y < p.Y+c.Size().Height {
			return i
		}
	}
	return -1
}

// boardLayout gives columns equal widths, never too narrow.
type boardLayout struct{}

// MinSize is all columns at their least width.
func (boardLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := float32(len(objects))
	return fyne.NewSize(n*boardColumnWidth+(n-1)*theme.Space3, 200)
}

// Layout sets the columns side by side.
func (boardLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(objects))
	width := max(boardColumnWidth, min(340, (size.Width-(n-1)*theme.Space3)/n))
	for i, o := range objects {
		put(o, float32(i)*(width+theme.Space3), 0, width, size.Height)
	}
}

// boardColumn is the head and the cards of one stage.
type boardColumn struct {
	widget.BaseWidget
	board   *Board
	info    BoardColumn
	shown   []BoardCard
	title   *Label
	count   *Label
	cards   *fyne.Container
	down    fyne.CanvasObject // the cards, scrolling
	content fyne.CanvasObject
	target  bool // a card is held over it
}

func newBoardColumn(b *Board, info BoardColumn) *boardColumn {
	c := &boardColumn{board: b, info: info, title: NewLabel(info.Title, Strong).Ellipsis(), count: NewLabel("0", Caption)}
	c.cards = Column(theme.Space2)
	c.down = Scrolling(InsetSides(c.cards, theme.Space2, 0, theme.Space2, theme.Space2))
	c.content = container.NewBorder(InsetXY(Spread(c.title, c.count), theme.Space3, theme.Space3), nil, nil, nil, c.down)
	c.ExtendBaseWidget(c)
	return c
}

// set shows other cards. A column that stays as it is is left alone, and a card that had the keyboard keeps it wherever it goes.
func (c *boardColumn) set(cards []BoardCard) {
	if reflect.DeepEqual(c.shown, cards) {
		return
	}
	held := c.board.Held()
	c.shown = slices.Clone(cards)
	c.count.SetText(Count(len(cards)))
	c.cards.Objects = c.cards.Objects[:0]
	for _, card := range cards {
		c.cards.Objects = append(c.cards.Objects, newBoardCard(c, card))
	}
	c.cards.Refresh()
	c.Refresh()
	for i, card := range cards {
		if card.ID == held && held != 0 {
			takeFocus(c.cards.Objects[i].(*boardCard))
		}
	}
}

// CreateRenderer is used by Fyne.
func (c *boardColumn) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	paint := func() {
		face.FillColor = theme.Color(theme.Sidebar)
		face.CornerRadius = 8
		face.StrokeWidth = 0
		if c.target {
			face.StrokeColor, face.StrokeWidth = theme.Color(theme.Focus), 2
		}
	}
	paint()
	return &sketch{
		owner: c, objects: fixed(face, c.content), paint: paint,
		min: func() fyne.Size { return fyne.NewSize(boardColumnWidth, 160) },
		place: func(size fyne.Size) {
			face.Resize(size)
			c.content.Resize(size)
			c.cards.Refresh()
		},
	}
}

// boardCard draws one BoardCard.
type boardCard struct {
	widget.BaseWidget
	column         *boardColumn
	card           BoardCard
	content        fyne.CanvasObject
	hovered, focus bool
	over           int // column under the pointer while held, -1 if none
}

func newBoardCard(column *boardColumn, card BoardCard) *boardCard {
	b := &boardCard{column: column, card: card, over: -1}
	head := fyne.CanvasObject(NewLabel(card.Title, Strong).Ellipsis())
	if card.Person != "" {
		head = Line(theme.Space2, NewAvatar(card.Person, 24), Fill(head))
	}
	parts := []fyne.CanvasObject{head}
	if card.Text != "" {
		text := NewParagraph(card.Text)
		text.SetStyle(Secondary)
		parts = append(parts, still(text))
	}
	if len(card.Chips) > 0 {
		chips := make([]fyne.CanvasObject, len(card.Chips))
		for i, chip := range card.Chips {
			chips[i] = NewChip(chip.Text, chip.Tone)
		}
		parts = append(parts, Flow(chips...))
	}
	if card.Note != "" {
		style := Caption
		if card.Tone != ToneNeutral {
			style = Caption.In(card.Tone.Text())
		}
		parts = append(parts, NewLabel(card.Note, style).Ellipsis())
	}
	b.content = Inset(Column(theme.Space2, parts...), theme.Space3)
	b.ExtendBaseWidget(b)
	return b
}

// AccessibilityLabel reads the card.
func (b *boardCard) AccessibilityLabel() string {
	return b.card.Title + ", " + b.column.info.Title + ". " + b.card.Text + " " + b.card.Note
}

// AccessibilityRole is a button.
func (b *boardCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (b *boardCard) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	paint := func() {
		face.FillColor = theme.Color(theme.Surface)
		face.StrokeColor, face.StrokeWidth = theme.Color(theme.Hairline), 1
		face.CornerRadius = theme.Radius
		if b.hovered {
			face.StrokeColor = theme.Color(theme.Outline)
		}
		if b.column.board.chosen == b.card.ID && b.card.ID != 0 {
			face.FillColor = theme.Color(theme.Selected)
		}
		if b.focus || b.over >= 0 {
			face.StrokeColor, face.StrokeWidth = theme.Color(theme.Focus), 2
		}
	}
	paint()
	return &sketch{
		owner: b, objects: fixed(face, b.content), paint: paint, min: b.content.MinSize,
		place: func(size fyne.Size) {
			face.Resize(size)
			b.content.Resize(size)
		},
	}
}

// Tapped opens the card.
func (b *boardCard) Tapped(*fyne.PointEvent) {
	takeFocus(b)
	if b.column.board.OnOpened != nil {
		b.column.board.OnOpened(b.card.ID)
	}
}

// Dragged holds the card over a column.
func (b *boardCard) Dragged(e *fyne.DragEvent) {
	over := b.column.board.under(e.AbsolutePosition)
	if over == b.over {
		return
	}
	b.over = over
	for i, c := range b.column.board.columns {
		allowed := b.column.board.CanMove == nil || b.column.board.CanMove(b.card.ID, c.info.ID)
		c.target = i == over && c != b.column && allowed
		c.Refresh()
	}
	b.Refresh()
}

// DragEnd lets the card go.
func (b *boardCard) DragEnd() {
	over := b.over
	b.over = -1
	for _, c := range b.column.board.columns {
		c.target = false
		c.Refresh()
	}
	b.column.board.move(b.card.ID, b.column.info.ID, over)
}

// Cursor is a hand.
func (b *boardCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the card can be opened.
func (b *boardCard) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing.
func (b *boardCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (b *boardCard) MouseOut() { b.hovered = false; b.Refresh() }

// FocusGained shows the ring, and brings the card into sight.
func (b *boardCard) FocusGained() {
	b.focus = true
	b.Refresh()
	revealAcross(b.column.board.across, b.column.Position().X, b.column.Size().Width)
	Reveal(b.column.down, b)
}

// FocusLost hides the ring.
func (b *boardCard) FocusLost() { b.focus = false; b.Refresh() }

// TypedRune passes the letter on to the shell.
func (b *boardCard) TypedRune(r rune) { PassRune(b, r) }

// TypedKey opens the card by space or return.
func (b *boardCard) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		b.pass(e.Name)
	default:
		PassKey(b, e)
	}
}

// pass hands the keyboard to the card in the direction of an arrow key: up and down in the column, left and right to the next column that
// has cards, at the same height where it can.
func (b *boardCard) pass(key fyne.KeyName) {
	column, at := b.column.board.indexOf(b.column.info.ID), 0
	for i, o := range b.column.cards.Objects {
		if o == fyne.CanvasObject(b) {
			at = i
		}
	}
	columns, across := b.column.board.columns, 0
	switch key {
	case fyne.KeyUp:
		at--
	case fyne.KeyDown:
		at++
	case fyne.KeyLeft:
		across = -1
	case fyne.KeyRight:
		across = 1
	}
	if across != 0 {
		for column += across; column >= 0 && column < len(columns) && len(columns[column].cards.Objects) == 0; {
			column += across
		}
		if column < 0 || column >= len(columns) {
			return
		}
		at = min(at, len(columns[column].cards.Objects)-1)
	}
	if cards := columns[column].cards.Objects; at >= 0 && at < len(cards) {
		takeFocus(cards[at].(*boardCard))
	}
}

// TypedShortcut moves the card by Alt and an arrow key.
func (b *boardCard) TypedShortcut(s fyne.Shortcut) {
	key, ok := s.(*desktop.CustomShortcut)
	if !ok || key.Modifier != fyne.KeyModifierAlt {
		PassShortcut(b, s)
		return
	}
	at := b.column.board.indexOf(b.column.info.ID)
	switch key.KeyName {
	case fyne.KeyLeft:
		b.column.board.move(b.card.ID, b.column.info.ID, at-1)
	case fyne.KeyRight:
		b.column.board.move(b.card.ID, b.column.info.ID, at+1)
	default:
		PassShortcut(b, s)
	}
}
