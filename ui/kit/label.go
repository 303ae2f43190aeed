package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Style is how a text looks.
type Style struct {
	Size   fyne.ThemeSizeName
	Color  fyne.ThemeColorName
	Bold   bool
	Italic bool
}

// The styles of Goodword. Others are made from these with In.
var (
	// Body is most text.
	Body = Style{Size: theme.SizeText, Color: theme.Text}
	// Strong is Body with weight.
	Strong = Style{Size: theme.SizeText, Color: theme.Text, Bold: true}
	// Secondary accompanies: a second line, a date.
	Secondary = Style{Size: theme.SizeSmall, Color: theme.Secondary}
	// Caption is the smallest: counts, labels of charts.
	Caption = Style{Size: theme.SizeCaption, Color: theme.Secondary}
	// Overline names a group above it.
	Overline = Style{Size: theme.SizeCaption, Color: theme.Secondary, Bold: true}
	// Reading is for reviews and replies.
	Reading = Style{Size: theme.SizeReading, Color: theme.Text}
	// Heading is over cards and sections.
	Heading = Style{Size: theme.SizeHeading, Color: theme.Text, Bold: true}
	// Title is the name of a screen.
	Title = Style{Size: theme.SizeTitle, Color: theme.Text, Bold: true}
	// Figure is a large number.
	Figure = Style{Size: theme.SizeFigure, Color: theme.Text, Bold: true}
)

// In gives the style in the colour of another role.
func (s Style) In(role fyne.ThemeColorName) Style {
	s.Color = role
	return s
}

func (s Style) text() fyne.TextStyle {
	return fyne.TextStyle{Bold: s.Bold, Italic: s.Italic}
}

func (s Style) paint(t *canvas.Text) {
	t.TextSize = theme.Size(s.Size)
	t.Color = theme.Color(s.Color)
	t.TextStyle = s.text()
}

// Label is one line of text without padding of its own.
type Label struct {
	widget.BaseWidget

	text  string
	style Style
	align fyne.TextAlign
	short bool
	drawn *canvas.Text
}

// NewLabel makes a label as wide as its text.
func NewLabel(text string, style Style) *Label {
	l := &Label{text: text, style: style}
	l.ExtendBaseWidget(l)
	return l
}

// Ellipsis lets the label be narrower than its text, which then ends in an ellipsis.
func (l *Label) Ellipsis() *Label {
	l.short = true
	return l
}

// Align places the text within a wider label.
func (l *Label) Align(align fyne.TextAlign) *Label {
	l.align = align
	return l
}

// Text is the whole text, cut or not.
func (l *Label) Text() string { return l.text }

// SetText changes the text.
func (l *Label) SetText(text string) {
	if l.text != text {
		l.text = text
		l.Refresh()
	}
}

// SetStyle changes the look.
func (l *Label) SetStyle(style Style) {
	if l.style != style {
		l.style = style
		l.Refresh()
	}
}

// AccessibilityLabel is the whole text.
func (l *Label) AccessibilityLabel() string { return l.text }

// AccessibilityRole is text.
func (l *Label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	l.drawn = canvas.NewText(l.text, nil)
	paint := func() {
		l.style.paint(l.drawn)
		l.drawn.Alignment = l.align
	}
	paint()
	return &sketch{
		owner:   l,
		objects: fixed(l.drawn),
		min: func() fyne.Size {
			size := measure(l.text, l.style)
			if l.short {
				size.Width = min(size.Width, 4*theme.Size(l.style.Size))
			}
			return size
		},
		place: func(size fyne.Size) {
			l.drawn.Text = l.text
			if l.short && measure(l.text, l.style).Width > size.Width {
				l.drawn.Text = lettersFor(l.drawn.TextSize, l.drawn.TextStyle).fit(l.text, size.Width)
			}
			height := measure("Ág", l.style).Height
			put(l.drawn, 0, (size.Height-height)/2, size.Width, height)
			l.drawn.Refresh()
		},
		paint: paint,
	}
}
