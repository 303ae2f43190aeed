package kit

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// trimNumber writes a number with at most one digit behind the point.
func trimNumber(value float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(value, 'f', 1, 64), ".0")
}

// Count writes a count with thousands parted by commas, as 1,204.
func Count(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// ShortCount writes a count for a badge: 999, 1.2k, 34k, 1m.
func ShortCount(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n)
	case n < 10_000:
		return trimNumber(float64(n/100)/10) + "k"
	case n < 1_000_000:
		return strconv.Itoa(n/1000) + "k"
	}
	return trimNumber(float64(n/100_000)/10) + "m"
}

// Sentence turns an error into a sentence for people: a capital first letter and a full stop.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	text := strings.TrimSpace(err.Error())
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.ContainsRune(".?…", rune(text[len(text)-1])) {
		text += "."
	}
	return text
}
