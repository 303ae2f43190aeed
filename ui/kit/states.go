package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// EmptyState fills a pane in which there is nothing: it says why and offers the next step. Icon is
// a name of assets/icons; a button may be nil.
func EmptyState(icon, title, text string, buttons ...*widget.Button) fyne.CanvasObject {
	return stateOf(picture(icon, theme.Secondary), title, text, buttons...)
}

// LoadingState fills a pane while it is being filled.
func LoadingState(text string) fyne.CanvasObject {
	return stateOf(picture("hourglass", theme.Secondary), text, "")
}

// ErrorState fills a pane whose content could not be had: what went wrong, and a way to try again.
func ErrorState(title string, err error, retry func()) fyne.CanvasObject {
	var button *widget.Button
	if retry != nil {
		button = NewButton("Try again", theme.Icon("refresh-cw"), retry)
	}
	return stateOf(picture("circle-alert", theme.Bad), title, Sentence(err), button)
}

func picture(icon string, role fyne.ThemeColorName) fyne.CanvasObject {
	image := widget.NewIcon(theme.IconIn(icon, role))
	return container.NewGridWrap(fyne.NewSquareSize(32), image)
}

func stateOf(icon fyne.CanvasObject, title, text string, buttons ...*widget.Button) fyne.CanvasObject {
	heading := NewParagraph(title)
	heading.SetStyle(Heading)
	heading.SetAlign(fyne.TextAlignCenter)
	parts := []fyne.CanvasObject{container.NewCenter(icon), heading}
	if text != "" {
		words := NewParagraph(text)
		words.SetStyle(Body.In(theme.Secondary))
		words.SetAlign(fyne.TextAlignCenter)
		parts = append(parts, words)
	}
	for i, button := range buttons {
		if button == nil {
			continue
		}
		if i == 0 {
			parts = append(parts, Gap(theme.Space1))
		}
		parts = append(parts, container.NewCenter(button))
	}
	return container.New(middle{}, Column(theme.Space2, parts...))
}

// middle centres one object both ways, at a width that reads well.
type middle struct{}

// MinSize is that of the child with a margin.
func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*theme.Space4, 2*theme.Space4)
}

// Layout centres the child, a little above the middle where the eye rests.
func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-2*theme.Space4, 380)
	height := settle(objects[0], width)
	put(objects[0], (size.Width-width)/2, max(theme.Space4, (size.Height-height)*0.44), width, height)
}

// States shows one thing at a time in a pane: content, or why there is none. The content stays in the tree, hidden, while the pane shows why it is
// not there: Fyne tells a change of theme to what is in the tree only.
type States struct {
	widget.BaseWidget
	holder  *fyne.Container
	content fyne.CanvasObject // shown last as what the pane is for; nil: nothing yet
}

// NewStates makes an empty pane.
func NewStates() *States {
	s := &States{holder: container.NewStack()}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is used by Fyne.
func (s *States) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.holder) }

func (s *States) show(o fyne.CanvasObject) {
	if s.content != nil {
		s.content.Hide()
		s.holder.Objects = []fyne.CanvasObject{s.content, o}
	} else {
		s.holder.Objects = []fyne.CanvasObject{o}
	}
	s.holder.Refresh()
}

// ShowContent shows what the pane is for.
func (s *States) ShowContent(o fyne.CanvasObject) {
	if len(s.holder.Objects) == 1 && s.holder.Objects[0] == o {
		return
	}
	s.content = o
	o.Show()
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}

// ShowEmpty shows EmptyState.
func (s *States) ShowEmpty(icon, title, text string, button *widget.Button) {
	s.show(EmptyState(icon, title, text, button))
}

// ShowLoading shows LoadingState.
func (s *States) ShowLoading(text string) { s.show(LoadingState(text)) }

// ShowError shows ErrorState.
func (s *States) ShowError(title string, err error, retry func()) {
	s.show(ErrorState(title, err, retry))
}

// Banner is a line across a pane that says how things stand: offline, no rights, something to do.
type Banner struct {
	widget.BaseWidget
	tone    Tone
	words   *Paragraph
	icon    *widget.Icon
	content *fyne.Container
}

// NewBanner makes a banner; buttons stand at its right, or beneath the text where it would have too little room.
func NewBanner(tone Tone, text string, buttons ...Button) *Banner {
	b := &Banner{tone: tone, words: NewParagraph(text), icon: widget.NewIcon(nil)}
	said := Line(theme.Space3, container.NewGridWrap(fyne.NewSquareSize(18), b.icon), Fill(b.words))
	var presses []fyne.CanvasObject
	for _, button := range buttons {
		press := NewQuiet(button.Title, nil, button.Run)
		if button.Primary {
			press.Importance = widget.HighImportance
		}
		presses = append(presses, press)
	}
	if len(presses) > 0 {
		said = container.New(&beside{gap: theme.Space3}, said, Line(theme.Space3, presses...))
	}
	b.content = InsetXY(said, theme.Space4, theme.Space2)
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what the banner says.
func (b *Banner) Set(tone Tone, text string) {
	b.tone = tone
	b.words.SetText(text)
	b.Refresh()
}

// AccessibilityLabel is the text.
func (b *Banner) AccessibilityLabel() string { return b.words.Text() }

// AccessibilityRole is text.
func (b *Banner) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	paint := func() {
		face.FillColor = theme.Color(b.tone.Soft())
		face.CornerRadius = theme.Radius
		b.icon.SetResource(theme.IconIn(b.tone.Icon(), b.tone.Text()))
		b.words.SetStyle(Body.In(b.tone.Text()))
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
