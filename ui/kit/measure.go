package kit

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"goodword/ui/theme"
)

// letters is the width of each letter in one font and size. Shaping a line costs about as much as
// drawing it, so lists and paragraphs add up letters instead; kerning makes that a hair too wide,
// which errs on the safe side.
type letters struct {
	widths map[rune]float32
	size   float32
	style  fyne.TextStyle
}

type lettersKey struct {
	font string
	size float32
}

// alphabets is used on the window's goroutine only.
var alphabets = map[lettersKey]*letters{}

func lettersFor(size float32, style fyne.TextStyle) *letters {
	font := fyne.CurrentApp().Settings().Theme().Font(style)
	key := lettersKey{size: size}
	if font != nil {
		key.font = font.Name()
	}
	l, ok := alphabets[key]
	if !ok {
		l = &letters{widths: make(map[rune]float32, 128), size: size, style: style}
		alphabets[key] = l
	}
	return l
}

func (l *letters) letter(r rune) float32 {
	w, ok := l.widths[r]
	if !ok {
		// A letter between two others is as wide as it is in a word; alone, a space measures nothing.
		pair := fyne.MeasureText("nn", l.size, l.style).Width
		w = fyne.MeasureText("n"+string(r)+"n", l.size, l.style).Width - pair
		l.widths[r] = w
	}
	return w
}

func (l *letters) width(text string) float32 {
	var w float32
	for _, r := range text {
		w += l.letter(r)
	}
	return w
}

// fit cuts text to width with an ellipsis, at a word end if one is near.
func (l *letters) fit(text string, width float32) string {
	dots := l.letter('…')
	var used float32
	cut := -1 // the last place where the ellipsis still fits
	for i, r := range text {
		if used+dots <= width {
			cut = i
		}
		used += l.letter(r)
		if used > width {
			if cut <= 0 {
				return ""
			}
			return trimEnd(text[:cut]) + "…"
		}
	}
	return text
}

// trimEnd drops spaces and joining marks before an ellipsis.
func trimEnd(text string) string {
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		if r != ' ' && r != ',' && r != '·' && r != '—' && r != '.' {
			break
		}
		text = text[:len(text)-size]
	}
	return text
}

func measure(text string, style Style) fyne.Size {
	return fyne.MeasureText(text, theme.Size(style.Size), style.text())
}
