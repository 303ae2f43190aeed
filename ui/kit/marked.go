package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Finding is something to mend in a draft: which words, why, under which rule, and what to say
// instead. Start and End are bytes of UTF-8.
type Finding struct {
	Start, End int
	Quote      string
	Why        string
	Instead    string
	Basis      string
	Tone       Tone
}

// MarkedEntry is a draft being written, with what is to be mended listed beneath while it is
// written. Pressing a finding selects its words in the draft.
type MarkedEntry struct {
	widget.BaseWidget

	// Entry is the field itself, for the keyboard.
	Entry *Entry
	// OnChanged is told each change of the text.
	OnChanged func(text string)

	verdict  *Banner
	said     string
	list     *fyne.Container
	content  *fyne.Container
	findings []Finding
	quiet    bool
}

// NewMarkedEntry makes an empty draft of rows lines.
func NewMarkedEntry(placeholder string, rows int) *MarkedEntry {
	m := &MarkedEntry{Entry: NewMultiLine(placeholder, rows), list: Column(theme.Space1)}
	m.verdict = NewBanner(ToneGood, "")
	m.verdict.Hide()
	m.Entry.OnChanged = func(text string) {
		if !m.quiet && m.OnChanged != nil {
			m.OnChanged(text)
		}
	}
	m.content = Column(theme.Space2, m.Entry, m.verdict, m.list)
	m.ExtendBaseWidget(m)
	return m
}

// Text is the draft.
func (m *MarkedEntry) Text() string { return m.Entry.Text }

// SetText changes the draft without telling OnChanged.
func (m *MarkedEntry) SetText(text string) {
	m.quiet = true
	m.Entry.SetText(text)
	m.quiet = false
}

// SetVerdict says in a line how the draft stands, and beneath it each note on it as a sentence; an empty text takes all of it away.
func (m *MarkedEntry) SetVerdict(tone Tone, text string, notes ...string) {
	if text != "" {
		for _, note := range notes {
			text += "\n" + strings.TrimSuffix(note, ".") + "."
		}
	}
	if text == m.said && tone == m.verdict.tone {
		return // drawing it anew with each letter would make the typing slow
	}
	m.said = text
	m.verdict.Hidden = text == ""
	m.verdict.Set(tone, text)
	m.Refresh()
}

// Verdict is what is said of how the draft stands.
func (m *MarkedEntry) Verdict() string { return m.said }

// SetFindings lists what is to be mended.
func (m *MarkedEntry) SetFindings(findings []Finding) {
	m.findings = findings
	m.list.Objects = m.list.Objects[:0]
	for i := range findings {
		m.list.Objects = append(m.list.Objects, newFindingRow(findings[i], func() { m.SelectFinding(i) }))
	}
	m.list.Refresh()
	m.Refresh()
}

// Findings is what is listed.
func (m *MarkedEntry) Findings() []Finding { return m.findings }

// SelectFinding puts the cursor at the words of a finding and selects them.
func (m *MarkedEntry) SelectFinding(index int) {
	if index < 0 || index >= len(m.findings) {
		return
	}
	f, text := m.findings[index], m.Entry.Text
	start, end := f.Start, f.End
	if start < 0 || end > len(text) || start > end || text[start:end] != f.Quote && f.Quote != "" {
		// The draft went on while the gate was looking: the words may stand elsewhere now.
		start = strings.Index(text, f.Quote)
		if start < 0 {
			return
		}
		end = start + len(f.Quote)
	}
	takeFocus(m.Entry)
	selectIn(m.Entry, start, end)
}

// selectIn selects bytes of an entry. Fyne offers no call for it, so the cursor is put one letter
// before the end and the last step is made as the keyboard would make it, with Shift held.
func selectIn(e *Entry, start, end int) {
	from, to := utf8.RuneCountInString(e.Text[:start]), utf8.RuneCountInString(e.Text[:end])
	if from >= to {
		return
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	placeCursor(e, from)
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	placeCursor(e, to-1)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// placeCursor puts the cursor of an entry before a letter, whatever line that stands on.
func placeCursor(e *Entry, letter int) {
	row, rowStart := 0, 0
	e.CursorRow, e.CursorColumn = 0, 0
	for next := 1; ; next++ {
		e.CursorRow = next
		at := e.CursorTextOffset()
		if at <= rowStart || at > letter {
			break
		}
		row, rowStart = next, at
	}
	e.CursorRow, e.CursorColumn = row, letter-rowStart
}

// CreateRenderer is used by Fyne.
func (m *MarkedEntry) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: m, objects: fixed(m.content), min: m.content.MinSize, paint: func() {},
		place: func(size fyne.Size) {
			m.content.Resize(size)
			m.content.Refresh()
		},
	}
}

// findingRow is one finding: the words, why, and what to say instead.
type findingRow struct {
	widget.BaseWidget
	tone           Tone
	onTapped       func()
	label          string
	content        *fyne.Container
	hovered, focus bool
}

func newFindingRow(f Finding, onTapped func()) *findingRow {
	quote := Strong.In(f.Tone.Text())
	lines := []fyne.CanvasObject{}
	if f.Quote != "" {
		words := NewParagraph("“" + f.Quote + "”")
		words.SetStyle(quote)
		lines = append(lines, still(words))
	}
	lines = append(lines, still(NewParagraph(f.Why)))
	if f.Instead != "" {
		instead := NewParagraph("Instead: " + f.Instead)
		instead.SetStyle(Body.In(theme.AccentText))
		lines = append(lines, still(instead))
	}
	if f.Basis != "" {
		lines = append(lines, still(Help(f.Basis)))
	}
	r := &findingRow{tone: f.Tone, onTapped: onTapped, label: f.Quote + ": " + f.Why + " " + f.Instead}
	r.content = InsetSides(Column(2, lines...), theme.Space4, theme.Space2, theme.Space3, theme.Space2)
	r.ExtendBaseWidget(r)
	return r
}

// still wraps a paragraph so that pressing it presses what it stands on.
func still(p *Paragraph) fyne.CanvasObject {
	s := &stillParagraph{p: p}
	s.ExtendBaseWidget(s)
	return s
}

type stillParagraph struct {
	widget.BaseWidget
	p *Paragraph
}

// CreateRenderer is used by Fyne; it draws what the paragraph draws but takes no events.
func (s *stillParagraph) CreateRenderer() fyne.WidgetRenderer {
	inner := s.p.CreateRenderer().(*sketch)
	return &sketch{
		owner: s, objects: inner.objects, min: inner.min, paint: inner.paint, place: inner.place,
	}
}

// AccessibilityLabel reads the finding.
func (r *findingRow) AccessibilityLabel() string { return r.label }

// AccessibilityRole is a button.
func (r *findingRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (r *findingRow) CreateRenderer() fyne.WidgetRenderer {
	face, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	paint := func() {
		face.FillColor = theme.Color(theme.Canvas)
		if r.hovered {
			face.FillColor = theme.Color(r.tone.Soft())
		}
		face.CornerRadius = theme.Radius
		face.StrokeWidth = 0
		if r.focus {
			face.StrokeColor, face.StrokeWidth = theme.Color(theme.Focus), 2
		}
		edge.FillColor = theme.Color(r.tone.Mark())
		edge.CornerRadius = 2
	}
	paint()
	return &sketch{
		owner: r, objects: fixed(face, edge, r.content), paint: paint, min: r.content.MinSize,
		place: func(size fyne.Size) {
			face.Resize(size)
			put(edge, 4, 8, 4, size.Height-16)
			r.content.Resize(size)
		},
	}
}

// Tapped selects the words.
func (r *findingRow) Tapped(*fyne.PointEvent) { r.onTapped() }

// Cursor is a hand.
func (r *findingRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the finding can be pressed.
func (r *findingRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved does nothing.
func (r *findingRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (r *findingRow) MouseOut() { r.hovered = false; r.Refresh() }

// FocusGained shows the ring.
func (r *findingRow) FocusGained() { r.focus = true; r.Refresh() }

// FocusLost hides the ring.
func (r *findingRow) FocusLost() { r.focus = false; r.Refresh() }

// TypedRune passes the letter on to the shell.
func (r *findingRow) TypedRune(letter rune) { PassRune(r, letter) }

// TypedKey selects the words by space or return.
func (r *findingRow) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		r.onTapped()
		return
	}
	PassKey(r, e)
}
