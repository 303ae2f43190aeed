package collect

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	outOf      = regexp.MustCompile(`(?i)^\s*(?:rating|rated|stars|score)?\s*:?\s*(\d+(?:[.,]\d+)?)\s*(?:(?:/|of|out of)\s*(\d+))?\s*(?:stars?)?\s*$`)
	inText     = regexp.MustCompile(`(?i)(?:\brat(?:ing|ed):?\s+|^)([1-5](?:[.,]\d)?)\s*(?:/|of|out of)\s*5\b|\brat(?:ing|ed):?\s+([1-5](?:[.,]\d)?)\s*stars?\b|^([1-5])\s*[- ]?stars?\b`)
	starGlyphs = regexp.MustCompile(`[★⭐][★⭐☆✩\x{fe0f}½]{0,9}`)
)

var starWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "recommended": 5, "recommends": 5, "recommend": 5, "positive": 5,
	"doesn't recommend": 1, "not recommended": 1, "doesn’t recommend": 1, "negative": 1, "star_rating_unspecified": 0}

// starsOf reads a rating as an export writes it: "5", "4.0", "5 stars", "FIVE", "★★★★☆", "8/10", "Recommended". The second answer is
// false if the value is no rating; an empty value is none, and right.
func starsOf(value string) (int, bool) {
	value = strings.TrimSpace(value)
	if value == "" || value == "-" || strings.EqualFold(value, "n/a") || strings.EqualFold(value, "null") {
		return 0, true
	}
	if n, ok := starWords[strings.ToLower(value)]; ok {
		return n, true
	}
	if n, ok := starWords[strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(value), "s"), " star"))]; ok {
		return n, true
	}
	if glyphs := starGlyphs.FindString(value); glyphs != "" && len(glyphs) == len(value) {
		return glyphStars(glyphs), true
	}
	found := outOf.FindStringSubmatch(value)
	if found == nil {
		return 0, false
	}
	best := 5.0
	if found[2] != "" {
		best, _ = strconv.ParseFloat(found[2], 64)
	}
	return scaled(found[1], best)
}

// scaled brings a rating onto one to five.
func scaled(value string, best float64) (int, bool) {
	n, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	if err != nil || n < 0 || best < 1 {
		return 0, false
	}
	switch {
	case n == 0:
		return 0, true
	case n > best && best == 5 && n <= 10:
		best = 10
	case n > best && best <= 10 && n <= 100:
		best = 100
	case n > best:
		return 0, false
	}
	return min(5, max(1, int(math.Round(n/best*5)))), true
}

func glyphStars(glyphs string) int {
	return min(5, strings.Count(glyphs, "★")+strings.Count(glyphs, "⭐"))
}

// starsIn finds a rating that is written into a title or the beginning of a text.
func starsIn(title, text string) int {
	for _, s := range []string{title, beginning(text), ending(text)} {
		if !maybeStars(s) {
			continue
		}
		if glyphs := starGlyphs.FindString(s); glyphs != "" && (strings.Contains(glyphs, "☆") || len([]rune(glyphs)) == 5 || strings.HasPrefix(s, glyphs)) {
			return glyphStars(glyphs)
		}
		if found := inText.FindStringSubmatch(s); found != nil {
			if n, ok := scaled(found[1]+found[2]+found[3], 5); ok {
				return n
			}
		}
	}
	return 0
}

// maybeStars is a quick look that saves most texts the slow one.
func maybeStars(s string) bool {
	return strings.Contains(s, "★") || strings.Contains(s, "⭐") ||
		strings.ContainsAny(s, "12345") && (strings.Contains(s, "/") || strings.Contains(s, "of 5") || strings.Contains(s, "tar") || strings.Contains(s, "ated"))
}

func ending(text string) string {
	at := strings.LastIndexByte(text, '\n')
	if at < 0 || len(text)-at > 120 {
		return ""
	}
	return text[at+1:]
}

func beginning(text string) string {
	if first, _, ok := strings.Cut(text, "\n"); ok {
		text = first
	}
	return text[:min(len(text), 120)]
}
