package ui

import (
	"strings"
	"unicode"
)

// match tells how well typed letters name a title: they must all stand in it in this order. Letters
// that begin words or follow one another count for more. Higher is better; ok is false for no match.
func match(typed, title string) (score int, ok bool) {
	want := []rune(strings.ToLower(strings.Join(strings.Fields(typed), "")))
	if len(want) == 0 {
		return 0, true
	}
	have := []rune(strings.ToLower(title))
	if at := strings.Index(string(have), strings.ToLower(strings.TrimSpace(typed))); at == 0 {
		score += 40
	} else if at > 0 {
		score += 20
	}
	next, before := 0, -2
	for i, r := range have {
		if next == len(want) {
			break
		}
		if r != want[next] {
			continue
		}
		switch {
		case before == i-1:
			score += 4
		case i == 0 || !unicode.IsLetter(have[i-1]):
			score += 6
		default:
			score--
		}
		before = i
		next++
	}
	return score - len(have)/8, next == len(want)
}
