package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Tone is what a chip, a mark or a bar says by its colour. A word or a shape always says it too.
type Tone int

// The tones.
const (
	ToneNeutral Tone = iota
	ToneGood
	ToneWarn
	ToneBad
	ToneAccent
)

// Text is the role for words of the tone.
func (t Tone) Text() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Neutral, theme.Good, theme.Warn, theme.Bad, theme.AccentText}[t]
}

// Soft is the role for the pale ground behind words of the tone.
func (t Tone) Soft() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.NeutralSoft, theme.GoodSoft, theme.WarnSoft, theme.BadSoft, theme.AccentSoft}[t]
}

// Mark is the role for shapes of the tone: dots, bars, underlines.
func (t Tone) Mark() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.NeutralMark, theme.GoodMark, theme.WarnMark, theme.BadMark, theme.Accent}[t]
}

// Icon is the drawing that stands for the tone beside its words.
func (t Tone) Icon() string {
	return [...]string{"info", "circle-check", "triangle-alert", "circle-alert", "sparkles"}[t]
}

// Chip is a short word on a pale pill: a topic, a state, a filter.
type Chip struct {
	widget.BaseWidget

	// OnTapped makes the chip a button.
	OnTapped func()
	// OnRemoved adds a cross that calls it.
	OnRemoved func()

	text           string
	tone           Tone
	hovered, focus bool
	pill, ring     *canvas.Rectangle
	word           *canvas.Text
	cross          *canvas.Image
}

// NewChip makes a chip.
func NewChip(text string, tone Tone) *Chip {
	c := &Chip{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// SetText changes the word.
func (c *Chip) SetText(text string) {
	c.text = text
	c.Refresh()
}

// SetTone changes the tone.
func (c *Chip) SetTone(tone Tone) {
	c.tone = tone
	c.Refresh()
}

// Text is the word on the chip.
func (c *Chip) Text() string { return c.text }

// AccessibilityLabel is the word.
func (c *Chip) AccessibilityLabel() string { return c.text }

// AccessibilityRole is a button if the chip can be pressed.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole {
	if c.OnTapped != nil || c.OnRemoved != nil {
		return fyne.AccessibleRoleButton
	}
	return fyne.AccessibleRoleText
}

// CreateRenderer is used by Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	c.pill, c.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	c.word = canvas.NewText("", nil)
	c.cross = canvas.NewImageFromResource(theme.IconIn("x", theme.Secondary))
	paint := func() {
		c.pill.FillColor = theme.Color(c.tone.Soft())
		if c.hovered && (c.OnTapped != nil || c.OnRemoved != nil) {
			c.pill.StrokeColor, c.pill.StrokeWidth = theme.Color(c.tone.Mark()), 1
		} else {
			c.pill.StrokeWidth = 0
		}
		c.ring.Hidden = !c.focus
		c.ring.FillColor = nil
		c.ring.StrokeColor, c.ring.StrokeWidth = theme.Color(theme.Focus), 2
		Caption.In(c.tone.Text()).paint(c.word)
		c.word.Text = c.text
		c.cross.Hidden = c.OnRemoved == nil
		c.cross.Resource = theme.IconIn("x", c.tone.Text())
	}
	paint()
	least := func() fyne.Size {
		size := measure(c.text, Caption).AddWidthHeight(16, 6)
		if c.OnRemoved != nil {
			size.Width += 16
		}
		return size
	}
	return &sketch{
		owner: c, objects: fixed(c.pill, c.word, c.cross, c.ring), min: least, paint: paint,
		place: func(size fyne.Size) {
			height := least().Height
			y := (size.Height - height) / 2
			width := min(size.Width, least().Width)
			put(c.pill, 0, y, width, height)
			put(c.ring, -2, y-2, width+4, height+4)
			c.pill.CornerRadius, c.ring.CornerRadius = height/2, height/2+2
			room := width - 16
			if c.OnRemoved != nil {
				room -= 16
			}
			c.word.Text = c.text
			if measure(c.text, Caption).Width > room+0.5 {
				c.word.Text = lettersFor(c.word.TextSize, c.word.TextStyle).fit(c.text, room)
			}
			put(c.word, 8, y+3, room, height-6)
			put(c.cross, width-22, y+(height-14)/2, 14, 14)
		},
	}
}

// Tapped presses the chip, or its cross.
func (c *Chip) Tapped(e *fyne.PointEvent) {
	if c.OnRemoved != nil && (c.OnTapped == nil || e.Position.X > c.Size().Width-24) {
		c.OnRemoved()
		return
	}
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// Cursor is a hand over a chip that can be pressed.
func (c *Chip) Cursor() desktop.Cursor {
	if c.OnTapped != nil || c.OnRemoved != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn shows that the chip can be pressed.
func (c *Chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved does nothing.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (c *Chip) MouseOut() { c.hovered = false; c.Refresh() }

// Disabled keeps a chip that does nothing out of the round of the Tab key.
func (c *Chip) Disabled() bool { return c.OnTapped == nil && c.OnRemoved == nil }

// Enable does nothing; a chip is enabled by OnTapped or OnRemoved.
func (c *Chip) Enable() {}

// Disable does nothing; a chip is disabled by having nothing to call.
func (c *Chip) Disable() {}

// FocusGained shows the ring.
func (c *Chip) FocusGained() { c.focus = true; c.Refresh() }

// FocusLost hides the ring.
func (c *Chip) FocusLost() { c.focus = false; c.Refresh() }

// TypedRune passes the letter on to the shell.
func (c *Chip) TypedRune(r rune) { PassRune(c, r) }

// TypedKey presses by space or return and removes by Delete.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	switch {
	case (e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && c.OnTapped != nil:
		c.OnTapped()
	case (e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace) && c.OnRemoved != nil:
		c.OnRemoved()
	default:
		PassKey(c, e)
	}
}

// Mood is what a mention feels like. Each has its own shape, so that colour is never alone.
type Mood int

// The moods.
const (
	MoodNone Mood = iota
	MoodGood
	MoodMixed
	MoodBad
)

// Tone is the tone of the mood.
func (m Mood) Tone() Tone {
	return [...]Tone{ToneNeutral, ToneGood, ToneWarn, ToneBad}[m]
}

// String is the word for the mood.
func (m Mood) String() string {
	return [...]string{"no opinion", "positive", "mixed", "negative"}[m]
}

// moodBar is the narrow mark at the left of a row: a full bar for good, two pieces for mixed, a
// short thick block for bad, nothing for none.
type moodBar struct {
	parts [2]*canvas.Rectangle
}

func newMoodBar() *moodBar {
	return &moodBar{parts: [2]*canvas.Rectangle{canvas.NewRectangle(nil), canvas.NewRectangle(nil)}}
}

func (b *moodBar) show(m Mood) {
	for i, part := range b.parts {
		part.FillColor = theme.Color(m.Tone().Mark())
		part.Hidden = m == MoodNone || i == 1 && m != MoodMixed
	}
}

func (b *moodBar) place(m Mood, x, y, height float32) {
	width := float32(3)
	switch m {
	case MoodMixed:
		half := (height - 6) / 2
		put(b.parts[0], x, y, width, half)
		put(b.parts[1], x, y+half+6, width, half)
	case MoodBad:
		width = 5
		put(b.parts[0], x, y, width, height)
	default:
		put(b.parts[0], x, y, width, height)
	}
	for _, part := range b.parts {
		part.CornerRadius = width / 2
	}
}

// Stars draws a rating of five.
type Stars struct {
	widget.BaseWidget
	value  float64
	size   float32
	images [5]*canvas.Image
}

// NewStars draws value of five stars; below zero means there is no rating, and nothing is drawn.
func NewStars(value float64) *Stars {
	s := &Stars{value: value, size: 14}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the rating.
func (s *Stars) Set(value float64) {
	if s.value != value {
		s.value = value
		s.Refresh()
	}
}

// AccessibilityLabel says the rating in words.
func (s *Stars) AccessibilityLabel() string { return StarsText(s.value) }

// AccessibilityRole is text.
func (s *Stars) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (s *Stars) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, 5)
	for i := range s.images {
		s.images[i] = canvas.NewImageFromResource(starOff())
		objects[i] = s.images[i]
	}
	paint := func() {
		for i, image := range s.images {
			image.Hidden = s.value < 0
			image.Resource = starOff()
			if s.value >= float64(i)+0.75 {
				image.Resource = starOn()
			} else if s.value >= float64(i)+0.25 {
				image.Resource = starHalf()
			}
		}
	}
	paint()
	return &sketch{
		owner: s, objects: fixed(objects...), paint: paint,
		min: func() fyne.Size {
			if s.value < 0 {
				return fyne.Size{}
			}
			return fyne.NewSize(5*s.size+4*2, s.size)
		},
		place: func(size fyne.Size) {
			for i, image := range s.images {
				put(image, float32(i)*(s.size+2), (size.Height-s.size)/2, s.size, s.size)
			}
		},
	}
}

func starOn() fyne.Resource   { return theme.IconIn("star-full", theme.WarnMark) }
func starHalf() fyne.Resource { return theme.IconIn("star-half", theme.WarnMark) }
func starOff() fyne.Resource  { return theme.IconIn("star", theme.NeutralMark) }

// StarsText says a rating in words, as "3 of 5".
func StarsText(value float64) string {
	if value < 0 {
		return "no rating"
	}
	return trimNumber(value) + " of 5"
}

// Avatar is a disc with a person's initials.
type Avatar struct {
	widget.BaseWidget
	name string
	size float32
}

// NewAvatar makes a disc of the given size.
func NewAvatar(name string, size float32) *Avatar {
	a := &Avatar{name: name, size: size}
	a.ExtendBaseWidget(a)
	return a
}

// SetName changes the person.
func (a *Avatar) SetName(name string) {
	a.name = name
	a.Refresh()
}

// AccessibilityLabel is the person's name.
func (a *Avatar) AccessibilityLabel() string { return a.name }

// AccessibilityRole is text.
func (a *Avatar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	disc, letters := canvas.NewCircle(nil), canvas.NewText("", nil)
	paint := func() {
		tone := toneOfName(a.name)
		disc.FillColor = theme.Color(tone.Soft())
		letters.Text = Initials(a.name)
		letters.Color = theme.Color(tone.Text())
		letters.TextStyle = fyne.TextStyle{Bold: true}
		letters.TextSize = a.size * 0.4
		letters.Alignment = fyne.TextAlignCenter
	}
	paint()
	return &sketch{
		owner: a, objects: fixed(disc, letters), paint: paint,
		min: func() fyne.Size { return fyne.NewSquareSize(a.size) },
		place: func(size fyne.Size) {
			x, y := (size.Width-a.size)/2, (size.Height-a.size)/2
			put(disc, x, y, a.size, a.size)
			height := fyne.MeasureText("A", letters.TextSize, letters.TextStyle).Height
			put(letters, x, y+(a.size-height)/2, a.size, height)
		},
	}
}

// toneOfName gives each name the same calm tone each time.
func toneOfName(name string) Tone {
	var sum int
	for _, r := range name {
		sum += int(r)
	}
	return [...]Tone{ToneAccent, ToneNeutral, ToneGood, ToneWarn}[sum%4]
}

// Initials are the first letters of the first and last word of a name, without titles.
func Initials(name string) string {
	var words []string
	for _, word := range strings.Fields(name) {
		switch strings.ToLower(strings.TrimRight(word, ".,")) {
		case "dr", "mr", "mrs", "ms", "prof":
			continue
		}
		if r := []rune(word)[0]; unicode.IsLetter(r) || unicode.IsDigit(r) {
			words = append(words, string(unicode.ToUpper(r)))
		}
	}
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return words[0]
	}
	return words[0] + words[len(words)-1]
}
