package kit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
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

// Counted writes a count with its noun, as "1 review" or "1,204 reviews".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Bytes writes a size, as 1.2 MB.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f KB", float64(n)/1000)
	case n < 1000*1000*1000:
		return fmt.Sprintf("%.1f MB", float64(n)/1000/1000)
	}
	return fmt.Sprintf("%.2f GB", float64(n)/1000/1000/1000)
}

// Span writes a length of time in its largest unit, short enough for a list: "5 min", "3 h", "12 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "1 min"
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d days", d/(24*time.Hour))
}

// Worked is a stretch of office time as people say it: "18 min", "1 h", "6 h 30 min".
func Worked(d time.Duration) string {
	hours, minutes := d/time.Hour, d%time.Hour/time.Minute
	switch {
	case hours == 0:
		return fmt.Sprintf("%d min", minutes)
	case minutes == 0:
		return fmt.Sprintf("%d h", hours)
	}
	return fmt.Sprintf("%d h %d min", hours, minutes)
}

// Minutes is Worked for a number of minutes.
func Minutes(n int) string { return Worked(time.Duration(n) * time.Minute) }

// ShortDay writes a stored day, 2026-01-31, as people do; what is no day stays as it is.
func ShortDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 Jan 2006")
}

// Capital begins a text with a capital letter.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
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
	text = Capital(text)
	if !strings.ContainsRune(".?…", rune(text[len(text)-1])) {
		text += "."
	}
	return text
}
