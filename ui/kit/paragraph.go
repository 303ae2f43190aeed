package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// leading is the height of a line of a paragraph as a share of the size of its letters.
const leading = 1.45

// Mark makes a part of a paragraph stand out. Start and End are bytes of UTF-8.
type Mark struct {
	Start, End int
	Tone       Tone
	Underline  bool
	Quiet      bool   // the line alone, thin, without a tint
	Strike     bool   // a line through the words
	Tip        string // shown while the pointer rests on it
}

// Paragraph is text over several lines, with room between them. The words can be selected with the
// pointer and copied, and parts can be marked.
type Paragraph struct {
	widget.BaseWidget

	// OnMarkTapped is told which mark was pressed.
	OnMarkTapped func(index int)

	text     string
	style    Style
	align    fyne.TextAlign
	marks    []Mark
	lines    []textLine
	width    float32
	tail     int // where the selection began
	head     int // where it ends
	focus    bool
	pressing bool
	told     string // the tip that is shown
	objects  []fyne.CanvasObject
}

// textLine is one line of a paragraph: its bytes of the text.
type textLine struct{ start, end int }

// NewParagraph makes a paragraph in Body.
func NewParagraph(text string) *Paragraph {
	p := &Paragraph{text: text, style: Body, width: 320}
	p.ExtendBaseWidget(p)
	return p
}

// Help makes small grey words that explain.
func Help(text string) *Paragraph {
	p := NewParagraph(text)
	p.style = Secondary
	return p
}

// Text is the whole text.
func (p *Paragraph) Text() string { return p.text }

// SetText changes the text and drops marks and selection.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text, p.marks, p.tail, p.head = text, nil, 0, 0
		p.Refresh()
	}
}

// SetStyle changes the look.
func (p *Paragraph) SetStyle(style Style) {
	if p.style != style {
		p.style = style
		p.Refresh()
	}
}

// SetAlign places the lines within the width.
func (p *Paragraph) SetAlign(align fyne.TextAlign) {
	p.align = align
	p.Refresh()
}

// SetMarks makes parts stand out; marks outside the text are dropped.
func (p *Paragraph) SetMarks(marks []Mark) {
	p.marks = p.marks[:0]
	for _, m := range marks {
		if m.Start >= 0 && m.End <= len(p.text) && m.Start < m.End {
			p.marks = append(p.marks, m)
		}
	}
	p.Refresh()
}

// Disabled keeps the paragraph out of the round of the Tab key; with SelectedText, Fyne still lets
// the pointer give it the keyboard.
func (p *Paragraph) Disabled() bool { return true }

// Enable does nothing: a paragraph is only read.
func (p *Paragraph) Enable() {}

// Disable does nothing: a paragraph is only read.
func (p *Paragraph) Disable() {}

// SelectedText is the selected part of the text.
func (p *Paragraph) SelectedText() string {
	return p.text[min(p.tail, p.head):max(p.tail, p.head)]
}

// AccessibilityLabel is the whole text.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole is text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.draw()
	return &sketch{
		owner:   p,
		objects: func() []fyne.CanvasObject { return p.objects },
		min: func() fyne.Size {
			return fyne.NewSize(min(48, p.width), float32(len(p.lines))*p.lineHeight())
		},
		place: func(size fyne.Size) {
			if size.Width > 0 && size.Width != p.width {
				p.width = size.Width
				p.draw()
			}
		},
		paint: p.draw,
	}
}

func (p *Paragraph) lineHeight() float32 { return theme.Size(p.style.Size) * leading }

func (p *Paragraph) letters() *letters { return lettersFor(theme.Size(p.style.Size), p.style.text()) }

// draw wraps the text and makes the objects anew.
func (p *Paragraph) draw() {
	p.lines = wrap(p.text, p.width, p.letters())
	p.objects = p.objects[:0]
	height := p.lineHeight()
	for i := range p.marks {
		p.eachRect(p.marks[i].Start, p.marks[i].End, func(x, y, w float32) {
			if p.marks[i].Quiet {
				under := canvas.NewRectangle(theme.Color(p.marks[i].Tone.Mark()))
				put(under, x, y+height-3, w, 1)
				p.objects = append(p.objects, under)
				return
			}
			tint := canvas.NewRectangle(theme.Color(p.marks[i].Tone.Soft()))
			tint.CornerRadius = 3
			put(tint, x-1, y+1, w+2, height-2)
			p.objects = append(p.objects, tint)
			if p.marks[i].Underline {
				under := canvas.NewRectangle(theme.Color(p.marks[i].Tone.Mark()))
				put(under, x, y+height-3, w, 2)
				p.objects = append(p.objects, under)
			}
			if p.marks[i].Strike {
				through := canvas.NewRectangle(theme.Color(p.marks[i].Tone.Mark()))
				put(through, x, y+height/2, w, 1)
				p.objects = append(p.objects, through)
			}
		})
	}
	p.eachRect(min(p.tail, p.head), max(p.tail, p.head), func(x, y, w float32) {
		selection := canvas.NewRectangle(theme.Color(theme.Marked))
		put(selection, x, y, w, height)
		p.objects = append(p.objects, selection)
	})
	for i, line := range p.lines {
		if line.start == line.end {
			continue
		}
		t := canvas.NewText(strings.TrimRight(p.text[line.start:line.end], " \t"), nil)
		p.style.paint(t)
		m := t.MinSize()
		put(t, p.indent(line), float32(i)*height+(height-m.Height)/2, m.Width, m.Height)
		p.objects = append(p.objects, t)
	}
}

func (p *Paragraph) indent(line textLine) float32 {
	if p.align == fyne.TextAlignLeading {
		return 0
	}
	spare := p.width - p.widthOf(strings.TrimRight(p.text[line.start:line.end], " \t"))
	if p.align == fyne.TextAlignCenter {
		spare /= 2
	}
	return max(0, spare)
}

func (p *Paragraph) widthOf(text string) float32 { return measure(text, p.style).Width }

// eachRect calls do with the place of each piece of the bytes start to end on its line.
func (p *Paragraph) eachRect(start, end int, do func(x, y, w float32)) {
	if start >= end {
		return
	}
	for i, line := range p.lines {
		from, to := max(start, line.start), min(end, line.end)
		if from >= to {
			continue
		}
		x := p.widthOf(p.text[line.start:from])
		do(p.indent(line)+x, float32(i)*p.lineHeight(), p.widthOf(p.text[line.start:to])-x)
	}
}

// wrap breaks text into lines no wider than width, at spaces where it can.
func wrap(text string, width float32, l *letters) []textLine {
	var lines []textLine
	start := 0
	for start <= len(text) {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		lines = wrapLine(lines, text, start, end, width, l)
		start = end + 1
	}
	return lines
}

func wrapLine(lines []textLine, text string, start, end int, width float32, l *letters) []textLine {
	from, space := start, -1 // the line being filled, and the place after its last space
	var used, sinceSpace float32
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:end])
		w := l.letter(r)
		if r == ' ' || r == '\t' {
			used += w
			i += size
			space, sinceSpace = i, 0
			continue
		}
		if used+w > width && i > from {
			cut := i
			if space > from {
				cut = space
				used = sinceSpace
			} else {
				used = 0
			}
			lines = append(lines, textLine{from, cut})
			from, space = cut, -1
		}
		used += w
		sinceSpace += w
		i += size
		if r == '-' || r == '/' || unicode.Is(unicode.Han, r) {
			space, sinceSpace = i, 0
		}
	}
	return append(lines, textLine{from, end})
}

// at is the byte of the text nearest to a place.
func (p *Paragraph) at(pos fyne.Position) int {
	if len(p.lines) == 0 {
		return 0
	}
	line := p.lines[max(0, min(len(p.lines)-1, int(pos.Y/p.lineHeight())))]
	x, l := pos.X-p.indent(line), p.letters()
	var used float32
	for i, r := range p.text[line.start:line.end] {
		w := l.letter(r)
		if used+w/2 > x {
			return line.start + i
		}
		used += w
	}
	return line.end
}

// MouseDown begins a selection.
func (p *Paragraph) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(p)
	}
	p.tail = p.at(e.Position)
	p.head, p.pressing = p.tail, true
	p.Refresh()
}

// MouseUp ends a selection.
func (p *Paragraph) MouseUp(*desktop.MouseEvent) { p.pressing = false }

// Dragged widens the selection.
func (p *Paragraph) Dragged(e *fyne.DragEvent) {
	if p.pressing {
		p.head = p.at(e.Position)
		p.Refresh()
	}
}

// DragEnd ends a selection.
func (p *Paragraph) DragEnd() { p.pressing = false }

// Tapped presses a mark.
func (p *Paragraph) Tapped(e *fyne.PointEvent) {
	if p.OnMarkTapped == nil {
		return
	}
	at := p.at(e.Position)
	for i, m := range p.marks {
		if m.Start <= at && at <= m.End {
			p.OnMarkTapped(i)
			return
		}
	}
}

// MouseIn shows the tip of the mark under the pointer.
func (p *Paragraph) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved shows the tip of the mark under the pointer.
func (p *Paragraph) MouseMoved(e *desktop.MouseEvent) {
	tip, at := "", p.at(e.Position)
	for _, m := range p.marks {
		if m.Tip != "" && m.Start <= at && at <= m.End {
			tip = m.Tip
		}
	}
	if tip == p.told {
		return
	}
	p.told = tip
	if tip == "" {
		HideTip(p)
	} else {
		ShowTip(p, tip)
	}
}

// MouseOut takes the tip away.
func (p *Paragraph) MouseOut() {
	if p.told != "" {
		p.told = ""
		HideTip(p)
	}
}

// DoubleTapped selects a word.
func (p *Paragraph) DoubleTapped(e *fyne.PointEvent) {
	at := p.at(e.Position)
	outside := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }
	p.tail = 0
	if i := strings.LastIndexFunc(p.text[:at], outside); i >= 0 {
		_, size := utf8.DecodeRuneInString(p.text[i:])
		p.tail = i + size
	}
	p.head = len(p.text)
	if i := strings.IndexFunc(p.text[at:], outside); i >= 0 {
		p.head = at + i
	}
	p.Refresh()
}

// Cursor is the text cursor.
func (p *Paragraph) Cursor() desktop.Cursor { return desktop.TextCursor }

// FocusGained lets keys copy.
func (p *Paragraph) FocusGained() { p.focus = true }

// FocusLost drops the selection.
func (p *Paragraph) FocusLost() {
	p.focus = false
	if p.tail != p.head {
		p.head = p.tail
		p.Refresh()
	}
}

// TypedRune passes the letter on to the shell.
func (p *Paragraph) TypedRune(r rune) { PassRune(p, r) }

// TypedKey passes the key on to the shell.
func (p *Paragraph) TypedKey(e *fyne.KeyEvent) { PassKey(p, e) }

// TypedShortcut copies or selects all.
func (p *Paragraph) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		if selected := p.SelectedText(); selected != "" {
			fyne.CurrentApp().Clipboard().SetContent(selected)
		}
	case *fyne.ShortcutSelectAll:
		p.tail, p.head = 0, len(p.text)
		p.Refresh()
	default:
		PassShortcut(p, s)
	}
}
