package guard

import "strings"

// edit replaces folded bytes [start, end) by word.
type edit struct {
	start, end int
	word       string
}

// speller mends slips in the words that rules look for, so that "yuor
// apointment" is read as what it says. It knows only the rule words; a word
// that the plain list holds is never touched.
type speller struct {
	fixed map[string]string // frequent slips and shorthand
	known map[string]bool   // words that are right as they stand
	near  map[string]string // a rule word with one letter left out -> the rule word
}

const shortestMended = 6

func newSpeller(fixed map[string]string, words, plain []string) *speller {
	s := &speller{fixed: fixed, known: map[string]bool{}, near: map[string]string{}}
	for _, w := range append(append([]string{}, words...), plain...) {
		s.known[w] = true
	}
	for _, w := range words {
		if len(w) < shortestMended {
			continue
		}
		s.near[w] = w
		for i := 1; i < len(w); i++ {
			if short := w[:i] + w[i+1:]; s.near[short] == "" {
				s.near[short] = w
			}
		}
	}
	return s
}

// mend rewrites misspelt rule words in f.
func (s *speller) mend(f *folded) {
	var edits []edit
	text := f.lower
	for i := 0; i < len(text); {
		if !wordByte(text[i]) {
			i++
			continue
		}
		j := i
		for j < len(text) && (wordByte(text[j]) || strings.IndexByte("@$!*", text[j]) >= 0 && j+1 < len(text) && letter(text[j+1])) {
			j++
		}
		if e, end := spacedOut(text, i); e != "" {
			edits = append(edits, edit{i, end, e})
			i = end
			continue
		}
		if w := s.right(text[i:j]); w != "" {
			edits = append(edits, edit{i, j, w})
		}
		i = j
	}
	f.rewrite(edits)
}

// right returns the word meant by w, or "" when w may stand.
func (s *speller) right(w string) string {
	if fixed, ok := s.fixed[w]; ok {
		return fixed
	}
	if s.known[w] || len(w) < 4 {
		return ""
	}
	plain := unleet(w)
	if plain != w && (s.known[plain] || s.near[plain] == plain) {
		return plain
	}
	if plain != w && disguised(w) {
		if r := s.right(plain); r != "" {
			return r
		}
		return plain
	}
	if squeezed := squeeze(plain); squeezed != plain {
		for i := 1; i < len(squeezed); i++ {
			if once := squeezed[:i] + squeezed[i+1:]; squeezed[i] == squeezed[i-1] && s.known[once] {
				return once
			}
		}
		plain = squeezed
	}
	if len(plain) < shortestMended-1 || digits(plain) {
		return ""
	}
	if r := s.near[plain]; r != "" { // a letter is missing
		return r
	}
	for i := 1; i < len(plain); i++ { // a letter too many, a wrong one, or two swapped
		r := s.near[plain[:i]+plain[i+1:]]
		if r != "" && len(r) >= shortestMended && within(plain, r) {
			return r
		}
	}
	return ""
}

// within says whether a and b differ by one letter or one swap of neighbours.
func within(a, b string) bool {
	if a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch len(a) - len(b) {
	case 0:
		return len(x) > 0 && x[1:] == y[1:] || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
	case 1:
		return x[1:] == y
	}
	return false
}

// disguised says whether a word hides a digit or sign between letters, as no
// code or unit does.
func disguised(w string) bool {
	odd := 0
	for i := 0; i < len(w); i++ {
		if letter(w[i]) {
			continue
		}
		if odd++; w[i] == '@' || i == 0 || i == len(w)-1 || !letter(w[i-1]) || !letter(w[i+1]) {
			return false
		}
	}
	return odd > 0 && len(w)-odd >= 3 && odd*3 <= len(w)
}

// unleet turns digits and signs inside a word into the letters they imitate.
func unleet(w string) string {
	letters := 0
	for i := 0; i < len(w); i++ {
		if letter(w[i]) {
			letters++
		}
	}
	if letters < 2 || letters == len(w) || !letter(w[0]) {
		return w
	}
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i", "*", "").Replace(w)
}

// squeeze shortens runs of three letters and more to two: "soooo".
func squeeze(w string) string {
	var out strings.Builder
	for i := 0; i < len(w); i++ {
		if i < 2 || w[i] != w[i-1] || w[i] != w[i-2] {
			out.WriteByte(w[i])
		}
	}
	return out.String()
}

// spacedOut joins a word written with blanks or dots between its letters.
func spacedOut(text string, i int) (string, int) {
	if i > 0 && wordByte(text[i-1]) {
		return "", 0
	}
	var out strings.Builder
	j, end := i, i
	for j < len(text) && letter(text[j]) && (j+1 == len(text) || !wordByte(text[j+1])) {
		out.WriteByte(text[j])
		end = j + 1
		if j+2 < len(text) && strings.IndexByte(" .-_*", text[j+1]) >= 0 && letter(text[j+2]) {
			j += 2
			continue
		}
		j++
		break
	}
	if out.Len() < 4 {
		return "", 0
	}
	return out.String(), end
}

func letter(c byte) bool   { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func digit(c byte) bool    { return '0' <= c && c <= '9' }
func wordByte(c byte) bool { return letter(c) || digit(c) }
func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) >= 0
}
