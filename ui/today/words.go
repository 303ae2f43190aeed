package today

import (
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/ui/kit"
)

// against is how a due time stands: "in 2 h", "3 days late"; nothing when none is set.
func (f facts) against(due time.Time) string {
	switch {
	case due.IsZero():
		return ""
	case due.Before(f.now):
		return kit.Span(f.now.Sub(due)) + " late"
	}
	return "in " + kit.Span(due.Sub(f.now))
}

func (f facts) since(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if f.now.Sub(t) < time.Minute {
		return "just now"
	}
	return "since " + kit.Span(f.now.Sub(t))
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
