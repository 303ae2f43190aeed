package classify

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// document is one text made ready: folded to plain lower case so that every list sees one spelling, cut into words and
// clauses, with the way back to the bytes of the original. Documents are pooled, since a collection makes thousands.
type document struct {
	text     string
	folded   []byte
	origin   []int32 // origin[i] is the byte of text that folded[i] came from; one more at the end
	words    []word
	clause   []clause
	hits     []phraseHit
	marks    []uint8 // atoms seen per pattern, in one sentence
	urgent   []int32 // patterns to try in one sentence
	known    []int32 // words, as the ideas of situations know them
	ideas    []ideaHit
	contents []content // words that lessons look at
	listed   []reason  // what the lexicon found
	reasons  []reason  // the same with what the model found
	pairs    []uint32  // features of the ideas of one sentence
	rows     []uint32  // where a model looks for the words of one sentence
	topics   []TopicHit
	told     []toldTopic
	script   *unicode.RangeTable
	shouts   int // words in capitals
	bangs    int // exclamation marks
}

// word is one word of the folded text.
type word struct {
	start, end int32 // in folded
	id         int32 // in the vocabulary, 0 when no list knows it
	base       int32 // the id of a listed word that begins it (entries with *), 0 for none
	hash       uint32
	clause     int32
	comma      bool // a comma or another pause stands before it
	shouted    bool
	number     bool
}

// clause is a piece of a sentence between contrasts ("but"), the smallest thing that has one feeling.
type clause struct {
	sentence int32
	contrast bool // it begins with "but" or the like
	score    float64
}

var documents = sync.Pool{New: func() any { return new(document) }}

func (d *document) release() {
	d.text, d.script = "", nil
	documents.Put(d)
}

// read folds the text, mends known misspellings and cuts it into words.
func (c *Classifier) read(text string) *document {
	d := documents.Get().(*document)
	d.text = text
	d.fold()
	if !c.cut(d, false) {
		c.mend(d)
		c.cut(d, true)
	}
	return d
}

// span leads from folded bytes back to the text, whole runes only.
func (d *document) span(start, end int32) Span {
	s, e := int(d.origin[start]), int(d.origin[end])
	if end > start {
		last := int(d.origin[end-1])
		_, n := utf8.DecodeRuneInString(d.text[last:])
		e = max(last+n, s)
	}
	return Span{s, e}
}

// fold fills folded and origin: lower case, typewriter quotes, no accents.
func (d *document) fold() {
	d.folded, d.origin = d.folded[:0], d.origin[:0]
	scripts := 0
	for i := 0; i < len(d.text); {
		b := d.text[i]
		if b < utf8.RuneSelf {
			if b >= 'A' && b <= 'Z' {
				b += 'a' - 'A'
			}
			d.folded = append(d.folded, b)
			d.origin = append(d.origin, int32(i))
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(d.text[i:])
		if plain, ok := plainRune(r); ok {
			for k := range len(plain) {
				d.folded = append(d.folded, plain[k])
				d.origin = append(d.origin, int32(i))
			}
		} else {
			r = unicode.ToLower(r)
			before := len(d.folded)
			d.folded = utf8.AppendRune(d.folded, r)
			for range len(d.folded) - before {
				d.origin = append(d.origin, int32(i))
			}
			if scripts < 64 && unicode.IsLetter(r) {
				if t := scriptOf(r); t != nil && d.script != unicode.Hiragana {
					d.script = t // kana settle it, since Japanese is full of Chinese signs
				}
				scripts++
			}
		}
		i += n
	}
	d.origin = append(d.origin, int32(len(d.text)))
}

// plainRune gives the typewriter form of letters with accents, of quotes, dashes and odd spaces; "" for marks that vanish.
func plainRune(r rune) (string, bool) {
	switch {
	case r >= 0xC0 && r <= 0x17F:
		if s := latin[r-0xC0]; s != "" {
			return s, true
		}
		return "", false
	case r >= 0x300 && r <= 0x36F, r == 0xAD, r >= 0x200B && r <= 0x200D, r == 0xFEFF, r == 0xFE0F:
		return "", true
	case r == 0xA0, r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x3000:
		return " ", true
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		return "\n", true
	case r == '‘' || r == '’' || r == '´' || r == 'ʼ' || r == '＇':
		return "'", true
	case r == '“' || r == '”' || r == '«' || r == '»':
		return `"`, true
	case r == '–' || r == '—' || r == '‐' || r == '‑':
		return "-", true
	case r == '…':
		return "...", true
	case r == '¡' || r == '¿':
		return " ", true
	}
	return "", false
}

// latin holds the plain letters for U+00C0 to U+017F.
var latin = func() (t [0x180 - 0xC0]string) {
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "c": "çćĉċčÇĆĈĊČ", "d": "ďđðĎĐÐ", "e": "èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "g": "ĝğġģĜĞĠĢ", "h": "ĥħĤĦ",
		"i": "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "j": "ĵĴ", "k": "ķĶ", "l": "ĺļľŀłĹĻĽĿŁ", "n": "ñńņňÑŃŅŇ", "o": "òóôõöøōŏőÒÓÔÕÖØŌŎŐ", "r": "ŕŗřŔŖŘ",
		"s": "śŝşšŚŜŞŠ", "t": "ţťŧŢŤŦ", "u": "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "w": "ŵŴ", "y": "ýÿŷÝŶŸ", "z": "źżžŹŻŽ",
		"ae": "æÆ", "oe": "œŒ", "ss": "ß", "th": "þÞ",
	} {
		for _, r := range accented {
			t[r-0xC0] = plain
		}
	}
	return t
}()
