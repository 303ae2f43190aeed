package collect

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"goodword/reviews"
)

// matcher decides what is about the practice. Words match whole, without regard to case and accents; several words in a row match in a row.
type matcher struct {
	all     bool
	phrases []string
}

// newMatcher takes the watch words of the source, or those of the practice if it has none of its own. Without any, the source is taken to speak
// of the practice alone.
func newMatcher(source reviews.Source, practiceWords []string) matcher {
	words := source.Match
	if len(words) == 0 {
		words = practiceWords
	}
	m := matcher{all: source.All}
	for _, w := range words {
		if folded := fold(w); strings.TrimSpace(folded) != "" {
			m.phrases = append(m.phrases, folded)
		}
	}
	m.all = m.all || len(m.phrases) == 0
	return m
}

// about reports whether an entry is about the practice.
func (m matcher) about(f reviews.Found) bool {
	if m.all {
		return true
	}
	text := fold(f.Title + "\n" + f.Text + "\n" + f.Place)
	for _, phrase := range m.phrases {
		if strings.Contains(text, phrase) {
			return true
		}
	}
	return false
}

// fold writes a text as words in lower case without accents, each with a space before and after: so a whole word is a plain substring.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	gap := true
	put := func(c rune) {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			b.WriteRune(unicode.ToLower(c))
			gap = false
		} else if !gap && !unicode.Is(unicode.Mn, c) {
			b.WriteByte(' ')
			gap = true
		}
	}
	for _, c := range text {
		if c < 0x80 {
			put(c)
			continue
		}
		for _, part := range norm.NFD.String(string(c)) {
			put(part)
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}
