package classify

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// kind of a byte of folded text, for cutting words.
var wordByte = func() (t [256]bool) {
	for b := range t {
		t[b] = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= utf8.RuneSelf
	}
	return t
}()

// nextWord gives the next word at or after i; letters outside Latin run together, every other symbol stands alone.
func nextWord(folded []byte, i int) (start, end int) {
	for i < len(folded) && !wordByte[folded[i]] {
		i++
	}
	start = i
	for i < len(folded) {
		b := folded[i]
		switch {
		case b >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(folded[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				if i == start {
					return start, i + n
				}
				return start, i
			}
			i += n
		case wordByte[b]:
			i++
		case b == '\'' && i > start && i+1 < len(folded) && folded[i+1] >= 'a' && folded[i+1] <= 'z':
			i++
		default:
			return start, i
		}
	}
	return start, i
}

// mend writes known misspellings right, so that words and patterns both see the right spelling.
func (c *Classifier) mend(d *document) {
	var out []byte
	var origin []int32
	done := 0
	for i := 0; ; {
		start, end := nextWord(d.folded, i)
		if start == end {
			break
		}
		i = end
		right, wrong := c.rightly(d.folded[start:end])
		if !wrong {
			continue
		}
		out = append(out, d.folded[done:start]...)
		origin = append(origin, d.origin[done:start]...)
		for k := range len(right) {
			out = append(out, right[k])
			origin = append(origin, d.origin[min(start+k, end-1)])
		}
		done = end
	}
	d.folded = append(d.folded[:0], append(out, d.folded[done:]...)...)
	d.origin = append(d.origin[:0], append(origin, d.origin[done:]...)...)
}

// rightly gives the right spelling of a word that is known to be written wrong.
func (c *Classifier) rightly(word []byte) (right string, wrong bool) {
	if !c.misspelt[threeLetters(word)] {
		return "", false
	}
	right, wrong = c.spellings[string(word)]
	return right, wrong
}

// cut fills words and clauses. Unless the text is mended, it stops at the first misspelt word and reports false.
func (c *Classifier) cut(d *document, mended bool) bool {
	d.words, d.clause, d.hits = d.words[:0], append(d.clause[:0], clause{}), d.hits[:0]
	d.shouts, d.bangs = 0, 0
	prev := 0
	for i := 0; ; {
		start, end := nextWord(d.folded, i)
		if start == end {
			d.bangs += bytes.Count(d.folded[prev:], []byte("!"))
			return true
		}
		text := d.folded[start:end]
		if _, wrong := c.rightly(text); wrong && !mended {
			return false
		}
		w := word{start: int32(start), end: int32(end), number: text[0] <= '9', hash: hashWord(text)}
		w.id, w.base = c.phrases.lookup(text, w.hash)
		if w.number {
			w.hash = hashNumber
		}
		now := len(d.clause) - 1
		if len(d.words) > 0 {
			stop := false
			if gap := d.folded[prev:start]; len(gap) != 1 || gap[0] != ' ' {
				stop, w.comma = punctuation(gap, d.folded[d.words[len(d.words)-1].start:prev], text, d.capital(start))
				d.bangs += bytes.Count(gap, []byte("!"))
			}
			switch contrast := c.phrases.contrast[w.id]; {
			case stop:
				d.clause = append(d.clause, clause{sentence: d.clause[now].sentence + 1})
			case contrast:
				d.clause = append(d.clause, clause{sentence: d.clause[now].sentence, contrast: true})
			}
		}
		w.clause = int32(len(d.clause) - 1)
		if end-start > 2 && d.capital(start) && d.capital(end-1) {
			w.shouted = true
			d.shouts++
		}
		d.words = append(d.words, w)
		prev, i = end, end
	}
}

func (d *document) capital(i int) bool {
	b := d.text[d.origin[i]]
	return b >= 'A' && b <= 'Z'
}

// punctuation reads the gap between two words: whether a sentence ends in it, and whether there is any pause.
func punctuation(gap, before, after []byte, capital bool) (stop, pause bool) {
	for i, b := range gap {
		switch b {
		case '!', '?', ';':
			stop = true
		case '.':
			// "3.5", "a.m.", "Dr. Smith" and "example.com" go on.
			short := len(before) == 1 || abbreviations[string(before)]
			glued := i == len(gap)-1 && i == 0 && !capital
			stop = stop || !short && !glued
			pause = true
		case '\n':
			// A new line ends a sentence when the next begins like one; mail wraps lines anywhere.
			stop = stop || capital || bytes.Count(gap, []byte("\n")) > 1 || bytes.ContainsAny(gap, "-*•") || after[0] <= '9'
		case ',', ':', '(', ')', '-', '"':
			pause = pause || len(gap) > 1
		}
	}
	return stop, pause || stop
}

var abbreviations = map[string]bool{"dr": true, "drs": true, "mr": true, "mrs": true, "ms": true, "st": true, "vs": true, "approx": true,
	"sr": true, "sra": true, "dra": true, "jr": true, "eg": true, "ie": true, "ave": true, "dept": true}
