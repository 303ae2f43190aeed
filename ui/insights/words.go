package insights

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"goodword/reviews/insight"
)

const none = "–"

// figure is a number that rests on n things; without any there is none.
func figure(n int, text string) string {
	if n == 0 {
		return none
	}
	return text
}

// percent writes a share; below insight.Few the plain count is honest where a percentage is not.
func percent(share float64, part, whole int) string {
	switch {
	case whole == 0 || math.IsNaN(share):
		return none
	case whole < insight.Few:
		return fmt.Sprintf("%d of %d", part, whole)
	}
	return fmt.Sprintf("%d%%", int(math.Round(100*share)))
}

// beside is the note of a tile; with nothing to compare it says so.
func beside(format, text string, n int) string {
	if n == 0 {
		return "nothing to compare with"
	}
	return fmt.Sprintf(format, text)
}

// rests says on how much a figure rests, and how it moved.
func rests(n int, word string, f insight.Figures, what string) string {
	if n != 1 {
		word += "s"
	}
	text := fmt.Sprintf("of %d %s", n, word)
	for _, c := range f.Changes {
		if c.What == what && (c.Trend == insight.Better || c.Trend == insight.Worse) {
			before, _, _ := strings.Cut(c.Before, " (")
			return fmt.Sprintf("%s, %s than %s", text, c.Trend, before)
		}
	}
	return text
}

// ranked orders topics by what is asked for: 0 all, 1 praise, 2 criticism.
func ranked(topics []insight.Slice, by int) []insight.Slice {
	count := func(t insight.Slice) int { return []int{t.Mentions, t.Positive, t.Negative + t.Mixed}[by] }
	out := append([]insight.Slice(nil), topics...)
	sort.SliceStable(out, func(i, j int) bool { return count(out[i]) > count(out[j]) })
	return out
}
