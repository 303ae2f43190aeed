package guard

import (
	"regexp"
	"strings"

	"goodword/internal/automaton"
)

// word is one word of a folded text.
type word struct {
	start, end int
	text       string
}

func wordsOf(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		if !wordByte(text[i]) {
			i++
			continue
		}
		j := i
		for j < len(text) && (wordByte(text[j]) || text[j] == '\'' && j+1 < len(text) && wordByte(text[j+1])) {
			j++
		}
		out = append(out, word{i, j, text[i:j]})
		i = j
	}
	return out
}

const longestQuote = 4 // words in a row that count as repeating the review

// quotedBack finds four or more of the reviewer's words in a row.
func quotedBack(r *reading, u *rule) {
	if r.review.text == "" {
		return
	}
	mine, theirs := r.words, wordsOf(r.review.text)
	grams := map[string]bool{}
	for i := 0; i+longestQuote <= len(theirs); i++ {
		grams[joined(theirs[i:i+longestQuote])] = true
	}
	for i := 0; i+longestQuote <= len(mine); i++ {
		run := mine[i : i+longestQuote]
		if !grams[joined(run)] || !r.meaty(run) {
			continue
		}
		end := i + longestQuote
		for end < len(mine) && grams[joined(mine[end-longestQuote+1:end+1])] {
			end++
		}
		r.add(u, u.Severity, mine[i].start, mine[end-1].end)
		i = end
	}
}

func joined(run []word) string {
	var out strings.Builder
	for _, w := range run {
		out.WriteString(w.text)
		out.WriteByte(' ')
	}
	return out.String()
}

// meaty says whether a run holds a word of weight, not only "thank you so
// much" or the names of two doctors.
func (r *reading) meaty(run []word) bool {
	shouting := r.shouting()
	for _, w := range run {
		switch w.text {
		case "thank", "thanks", "much", "very", "with", "that", "this", "have", "from", "your", "they", "them", "would", "will", "there":
		default:
			if len(w.text) > 3 && (shouting || !r.capital(w.start)) {
				return true
			}
		}
	}
	return false
}

var quoted = regexp.MustCompile(`"([^"]{3,120})"`)

// quotedWords finds the reviewer's words in quotation marks.
func quotedWords(r *reading, u *rule) {
	for _, m := range quoted.FindAllStringSubmatchIndex(r.body.lower, -1) {
		inner := strings.Trim(r.body.lower[m[2]:m[3]], " .,!?")
		if inner != "" && strings.Contains(r.review.text, inner) {
			r.add(u, u.Severity, m[0], m[1])
		}
	}
}

// echoedHealth finds a health or care word of the review in the reply: to
// repeat what a person disclosed is to disclose it again.
func echoedHealth(r *reading, u *rule) {
	if r.review.text == "" {
		return
	}
	echo := r.g.words["echo"]
	theirs := map[string]bool{}
	for _, m := range echo.all(r.review.text, r.review.held) {
		theirs[stem(r.review.text[m[0]:m[1]])] = true
	}
	if len(theirs) == 0 {
		return
	}
	for _, s := range r.sentences {
		if r.spared(u, s) {
			continue
		}
		for _, m := range echo.all(s.text, s.held) {
			if theirs[stem(s.text[m[0]:m[1]])] && !overlaps(u.except, s, m) {
				r.add(u, u.Severity, s.start+m[0], s.start+m[1])
			}
		}
	}
}

// stem cuts a word to what its forms share.
func stem(w string) string {
	for _, end := range []string{"ies", "ing", "ed", "es", "s", "y"} {
		if strings.HasSuffix(w, end) && len(w)-len(end) >= 3 {
			return w[:len(w)-len(end)]
		}
	}
	return w
}

var phoneNumber = automaton.MustCompile(`(?:\+?\d{1,2}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[ .-]\d{4}\b`)

// numbers finds the telephone numbers in the body.
func (r *reading) numbers() [][]int {
	start := strings.IndexAny(r.body.lower, "+(0123456789")
	if start < 0 {
		return nil
	}
	found := phoneNumber.All(r.body.lower[start:])
	for _, m := range found {
		m[0], m[1] = m[0]+start, m[1]+start
	}
	return found
}

// foreignNumber finds a telephone number that is the reviewer's, or that is
// not among those the practice says it owns.
func foreignNumber(r *reading, u *rule) {
	own := map[string]bool{}
	for _, p := range r.Own.Phones {
		own[lastDigits(p)] = true
	}
	for _, m := range r.numbers() {
		n := lastDigits(r.body.lower[m[0]:m[1]])
		switch {
		case own[n]:
		case n != "" && strings.Contains(onlyDigits(r.review.text), n):
			r.add(u, Block, m[0], m[1])
		case len(own) > 0:
			r.add(u, Warn, m[0], m[1])
		}
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, s)
}

func lastDigits(s string) string {
	d := onlyDigits(s)
	return d[max(0, len(d)-7):]
}
