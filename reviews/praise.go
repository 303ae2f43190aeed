package reviews

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodword/reviews/classify"
)

// Praise is what a mention says of members of staff, made fit to be the reason of a nomination: sentences, without the name of whoever
// wrote them, without any other name, and without a word on anybody's health. Names of the staff it speaks of stay.
type Praise struct {
	MentionID int64
	People    []int64 // whom of the practice it speaks of
	Words     string
}

// praiseRunes is how much of a mention a nomination carries: a reason is a line or two.
const praiseRunes = 320

var endOfSentence = regexp.MustCompile(`[.!?…]+["”')]*\s+|\n+`)

// Praises reports whether a mention has good words for somebody: four or five stars, or words that were judged positive.
func (m Mention) Praises() bool {
	return m.Purged.IsZero() && (m.Stars >= 4 || m.Stars == 0 && m.Sentiment == "positive") && m.Sentiment != "negative"
}

// Praise takes from a mention what it says of the people of the practice. Names are those of the people it speaks of, marks what may not
// be repeated of all its words.
func (m Mention) Praise(people []int64, names []string, marks []classify.Mark) Praise {
	p := Praise{MentionID: m.ID, People: people}
	known := map[string]bool{}
	for _, name := range names {
		for _, word := range bareWords(name) {
			known[word] = true
		}
	}
	writer := map[string]bool{}
	for _, word := range bareWords(m.Author) {
		writer[word] = utf8.RuneCountInString(word) > 1
	}
	text := m.Words()
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b classify.Mark) int { return a.Span.Start - b.Span.Start })
	var covered strings.Builder
	at := 0
	for _, mark := range marks {
		if mark.Span.Start < at || mark.Span.End > len(text) || mark.Kind == classify.MarkName && isOf(text[mark.Span.Start:mark.Span.End], known) {
			continue
		}
		covered.WriteString(text[at:mark.Span.Start] + "…")
		at = mark.Span.End
	}
	covered.WriteString(text[at:])
	text = eachWord(covered.String(), func(word string) string {
		if writer[strings.ToLower(word)] {
			return "…"
		}
		return word
	})
	p.Words = shortly(text, known)
	return p
}

// shortly takes the sentences that speak of the people first, then those around them, as far as there is room, in their order.
func shortly(text string, known map[string]bool) string {
	var sentences []string
	for rest := text; rest != ""; {
		end := len(rest)
		if at := endOfSentence.FindStringIndex(rest); at != nil {
			end = at[1]
		}
		if s := strings.Join(strings.Fields(rest[:end]), " "); strings.Trim(s, "… .") != "" {
			sentences = append(sentences, s)
		}
		rest = rest[end:]
	}
	keep, room := make([]bool, len(sentences)), praiseRunes
	for _, naming := range []bool{true, false} {
		for i, s := range sentences {
			if n := utf8.RuneCountInString(s) + 1; speaks(s, known) == naming && !keep[i] && n <= room {
				keep[i], room = true, room-n
			}
		}
	}
	var kept []string
	for i, s := range sentences {
		if keep[i] {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

func speaks(sentence string, known map[string]bool) bool {
	return slices.ContainsFunc(bareWords(sentence), func(word string) bool { return known[word] })
}

// isOf reports whether every word belongs to the names.
func isOf(text string, known map[string]bool) bool {
	words := bareWords(text)
	return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool { return !known[word] && !known[strings.TrimSuffix(word, "s")] })
}

func bareWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// eachWord lets do change each word of a text and leaves what stands between.
func eachWord(text string, do func(string) string) string {
	var out strings.Builder
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r)
		if inside && start < 0 {
			start = i
		}
		if !inside {
			if start >= 0 {
				out.WriteString(do(text[start:i]))
				start = -1
			}
			out.WriteRune(r)
		}
	}
	if start >= 0 {
		out.WriteString(do(text[start:]))
	}
	return out.String()
}
