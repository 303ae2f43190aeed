package today

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"goodword/internal/practice"
)

// span writes a length of time in its largest unit: "2 h", "3 days".
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a moment"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

// against is how a due time stands: "in 2 h", "3 days late"; nothing when none is set.
func (f facts) against(due time.Time) string {
	switch {
	case due.IsZero():
		return ""
	case due.Before(f.now):
		return span(f.now.Sub(due)) + " late"
	}
	return "in " + span(due.Sub(f.now))
}

func (f facts) since(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if f.now.Sub(t) < time.Minute {
		return "just now"
	}
	return "since " + span(f.now.Sub(t))
}

func dayWords(day string) string {
	t, err := time.Parse(practice.Day, day)
	if err != nil {
		return day
	}
	return t.Format("2 January")
}

// greeting is the title of the screen.
func greeting(hour int, name string) string {
	words := "Good evening"
	switch {
	case hour < 5:
	case hour < 12:
		words = "Good morning"
	case hour < 18:
		words = "Good afternoon"
	}
	if first := firstName(name); first != "" {
		return words + ", " + first
	}
	return words
}

func firstName(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return ""
	}
	if len(parts) > 1 && strings.HasSuffix(parts[0], ".") { // "Dr. Amara Osei" is greeted as she signs
		return parts[0] + " " + parts[len(parts)-1]
	}
	return parts[0]
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
