package guard

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text made plain for reading by rules: entities decoded, accents
// and look-alike letters folded to ASCII, invisible characters dropped, white
// space collapsed. Every byte remembers which bytes of the original it came
// from, so that a finding always points at the words the writer typed.
type folded struct {
	cased string // folded, capitals kept: names are read here
	lower string // the same bytes in lower case: rules are read here
	from  []int  // from[i]: first original byte behind folded byte i
	to    []int  // to[i]: end of the original bytes behind folded byte i
}

// lookalikes maps letters that only look like Latin ones, as used to slip a
// word past a filter.
var lookalikes = map[rune]string{
	'а': "a", 'в': "b", 'е': "e", 'ё': "e", 'к': "k", 'м': "m", 'н': "h", 'о': "o", 'р': "p", 'с': "c", 'т': "t",
	'у': "y", 'х': "x", 'ѕ': "s", 'і': "i", 'ї': "i", 'ј': "j", 'ԁ': "d", 'ԛ': "q", 'ԝ': "w", 'һ': "h", 'ӏ': "l", 'ь': "b", 'г': "r", 'п': "n",
	'А': "A", 'В': "B", 'Е': "E", 'К': "K", 'М': "M", 'Н': "H", 'О': "O", 'Р': "P", 'С': "C", 'Т': "T", 'У': "Y",
	'Х': "X", 'Ѕ': "S", 'І': "I", 'Ј': "J",
	'α': "a", 'β': "b", 'ε': "e", 'η': "n", 'ι': "i", 'κ': "k", 'ν': "v", 'ο': "o", 'ρ': "p", 'τ': "t", 'υ': "u", 'χ': "x", 'γ': "y", 'ω': "w", 'σ': "o",
	'Α': "A", 'Β': "B", 'Ε': "E", 'Ζ': "Z", 'Η': "H", 'Ι': "I", 'Κ': "K", 'Μ': "M", 'Ν': "N", 'Ο': "O", 'Ρ': "P",
	'Τ': "T", 'Υ': "Y", 'Χ': "X",
	'ı': "i", 'ł': "l", 'Ł': "L", 'ø': "o", 'Ø': "O", 'đ': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ɡ': "g", 'ɑ': "a", 'ⅰ': "i", 'ⅼ': "l",
	'‘': "'", '’': "'", '‛': "'", '`': "'", '´': "'", 'ʼ': "'", '′': "'",
	'“': "\"", '”': "\"", '„': "\"", '«': "\"", '»': "\"", '″': "\"",
	'–': " - ", '—': " - ", '‑': "-", '‐': "-", '−': "-", '…': "...", '¡': "", '¿': "", '•': "\n", '·': " ",
}

// fold makes text plain. It accepts any bytes, also broken UTF-8.
func fold(text string) folded {
	var cased strings.Builder
	cased.Grow(len(text) + 8)
	f := folded{from: make([]int, 0, len(text)+8), to: make([]int, 0, len(text)+8)}
	last := byte(' ')
	emit := func(s string, from, to int) {
		for i := 0; i < len(s); i++ {
			b := s[i]
			if b == '\t' || b == '\r' {
				b = ' '
			}
			if b == ' ' && (last == ' ' || last == '\n') || b == '\n' && last == '\n' {
				continue
			}
			last = b
			cased.WriteByte(b)
			f.from = append(f.from, from)
			f.to = append(f.to, to)
		}
	}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c != '&' {
			emit(text[i:i+1], i, i+1)
			i++
			continue
		}
		if text[i] == '&' {
			if n, decoded := entity(text[i:]); n > 0 {
				for _, r := range decoded {
					emit(foldRune(r), i, i+n)
				}
				i += n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		emit(foldRune(r), i, i+n)
		i += n
	}
	f.cased = cased.String()
	f.lower = asciiLower(f.cased)
	return f
}

// entity reads an HTML entity at the start of s and returns how many bytes it
// takes and what it stands for.
func entity(s string) (int, string) {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 2 {
		return 0, ""
	}
	decoded := html.UnescapeString(s[:end+1])
	if decoded == s[:end+1] {
		return 0, ""
	}
	return end + 1, decoded
}

func foldRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(r)
	}
	if s, ok := lookalikes[r]; ok {
		return s
	}
	switch {
	case r == utf8.RuneError:
		return " "
	case r == 0x2028 || r == 0x2029:
		return "\n"
	case unicode.IsSpace(r):
		return " "
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x3164 || r == 0x115F || r == 0x2800:
		return ""
	}
	var out strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		switch {
		case d < utf8.RuneSelf:
			out.WriteRune(d)
		case unicode.Is(unicode.Mn, d):
		case lookalikes[d] != "":
			out.WriteString(lookalikes[d])
		}
	}
	if out.Len() == 0 {
		return " " // an emoji or a letter of another script parts words, and is judged elsewhere
	}
	return out.String()
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// rewrite replaces the folded bytes [start, end) of word by other, keeping the
// offsets of the whole word for each new byte.
func (f *folded) rewrite(edits []edit) {
	if len(edits) == 0 {
		return
	}
	var cased strings.Builder
	from := make([]int, 0, len(f.from)+8)
	to := make([]int, 0, len(f.to)+8)
	at := 0
	for _, e := range edits {
		cased.WriteString(f.cased[at:e.start])
		from = append(from, f.from[at:e.start]...)
		to = append(to, f.to[at:e.start]...)
		word := e.word
		if c := f.cased[e.start]; 'A' <= c && c <= 'Z' && word != "" {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		cased.WriteString(word)
		for range len(word) {
			from = append(from, f.from[e.start])
			to = append(to, f.to[e.end-1])
		}
		at = e.end
	}
	cased.WriteString(f.cased[at:])
	f.from = append(from, f.from[at:]...)
	f.to = append(to, f.to[at:]...)
	f.cased = cased.String()
	f.lower = asciiLower(f.cased)
}

// span maps folded bytes [start, end) back to bytes of the original text.
func (f *folded) span(start, end int) (int, int) {
	if len(f.from) == 0 || start >= len(f.from) {
		return 0, 0
	}
	if end <= start {
		end = start + 1
	}
	return f.from[start], f.to[min(end, len(f.to))-1]
}
