package collect

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	outOf      = regexp.MustCompile(`(?i)^\s*(?:rating|rated|stars|score)?\s*:?\s*(\d+(?:[.,]\d+)?)\s*(?:(?:/|of|out of|von|aus|de|sur|sobre)\s*(\d+))?\s*(?:stars?)?\s*$`)
	inText     = regexp.MustCompile(`(?i)(?:\brat(?:ing|ed):?\s+|^)([1-5](?:[.,]\d)?)\s*(?:/|of|out of)\s*5\b|\brat(?:ing|ed):?\s+([1-5](?:[.,]\d)?)\s*stars?\b|^([1-5])\s*[- ]?stars?\b`)
	starGlyphs = regexp.MustCompile(`[★⭐][★⭐☆✩\x{fe0f}½]{0,9}`)
)

// starWords are ratings in words, in the languages whose headers are known.
var starWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "star_rating_unspecified": 0,
	"una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
	"recommended": 5, "recommends": 5, "recommend": 5, "would recommend": 5, "positive": 5, "empfohlen": 5, "recomendado": 5, "recomienda": 5, "recommandé": 5, "positiv": 5, "positiva": 5, "positif": 5,
	"doesn't recommend": 1, "not recommended": 1, "does not recommend": 1, "would not recommend": 1, "negative": 1, "nicht empfohlen": 1, "no recomendado": 1, "no recomienda": 1, "non recommandé": 1,
	"negativ": 1, "negativa": 1, "négatif": 1}

// starUnits are what stands behind the number.
var starUnits = strings.NewReplacer("-star", " star", "estrellas", "", "estrella", "", "étoiles", "", "étoile", "", "etoiles", "", "sternen", "", "sterne", "", "stern", "", "stars", "", "star", "", "points", "", "punkte", "", "’", "'")

// starsOf reads a rating as an export writes it: "5", "4.0", "5 stars", "FIVE", "★★★★☆", "8/10", "80 %", "Recommended". The second answer is
// false if the value is no rating; an empty value is none, and right.
func starsOf(value string) (int, bool) {
	for _, best := range scales {
		if n, ok := starsOn(value, best); ok {
			return n, true
		}
	}
	return 0, false
}

// scales are what a number alone may be out of, the usual one first.
var scales = []float64{5, 10, 100}

// starsOn is starsOf where a number alone is out of best, and one above it is no rating.
func starsOn(value string, best float64) (int, bool) {
	value = strings.TrimSpace(value)
	switch strings.ToLower(value) {
	case "", "-", "–", "n/a", "na", "null", "none", "no rating", "unrated", "not rated":
		return 0, true
	}
	if glyphs := starGlyphs.FindString(value); glyphs != "" && len(glyphs) == len(value) {
		return glyphStars(glyphs), true
	}
	if strings.Trim(value, "☆✩\ufe0f") == "" {
		return 0, true
	}
	words := strings.ToLower(value)
	if n, ok := starWords[words]; ok {
		return n, true
	}
	words = strings.TrimSpace(strings.TrimRight(starUnits.Replace(words), "★⭐\ufe0f "))
	if n, ok := starWords[words]; ok {
		return n, true
	}
	if number, ok := strings.CutSuffix(words, "%"); ok {
		return scaled(strings.TrimSpace(number), 100)
	}
	found := outOf.FindStringSubmatch(words)
	if found == nil {
		return 0, false
	}
	if found[2] != "" {
		best, _ = strconv.ParseFloat(found[2], 64)
	}
	return scaled(found[1], best)
}

var outOfTen, outOfHundred = regexp.MustCompile(`(?i)(?:/|out\s*of|von|sur|sobre|\b[01]\s*(?:-|–|to)|^)\s*10\b`), regexp.MustCompile(`(?i)(?:/|out\s*of|von|sur|sobre|\b[01]\s*(?:-|–|to)|^)\s*100\b|%|percent`)

// scaleOf is what the numbers of a column are out of: what its header says, else what at least half of its numbers speak for. One stray number
// is a mistake and must not turn all others into bad ratings.
func scaleOf(header string, rows [][]string, cell func(row []string) string) float64 {
	switch {
	case outOfHundred.MatchString(header):
		return 100
	case outOfTen.MatchString(header):
		return 10
	}
	all, overFive, overTen := 0, 0, 0
	for _, row := range rows {
		n, err := strconv.ParseFloat(strings.Replace(cell(row), ",", ".", 1), 64)
		if err != nil || n < 0 || n > 100 {
			continue
		}
		all++
		if n > 5 {
			overFive++
		}
		if n > 10 {
			overTen++
		}
	}
	switch {
	case overTen > 0 && overTen*2 >= all:
		return 100
	case overFive > 0 && overFive*2 >= all:
		return 10
	}
	return 5
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
	case n > best:
		return 0, false
	}
	return min(5, max(1, int(math.Round(n/best*5)))), true
}

func glyphStars(glyphs string) int {
	return min(5, strings.Count(glyphs, "★")+strings.Count(glyphs, "⭐")+strings.Count(glyphs, "½"))
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
