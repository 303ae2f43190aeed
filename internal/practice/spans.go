package practice

import (
	"fmt"
	"strconv"
	"strings"
)

// WriteSpans writes the office hours of a day as "8:00-12:00, 13:00-17:00".
func WriteSpans(spans []Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, fmt.Sprintf("%d:%02d-%d:%02d", s.From/60, s.From%60, s.To/60, s.To%60))
	}
	return strings.Join(parts, ", ")
}

// ParseSpans reads what people write for a day: "8-12, 13-17", "8:00–17:30", "closed" or nothing.
func ParseSpans(text string) ([]Span, error) {
	text = strings.ToLower(strings.TrimSpace(strings.NewReplacer("–", "-", "—", "-", ";", ",").Replace(text)))
	if text == "" || text == "closed" {
		return nil, nil
	}
	var spans []Span
	last := -1
	for part := range strings.SplitSeq(text, ",") {
		from, to, found := strings.Cut(part, "-")
		start, startErr := parseClock(from)
		end, endErr := parseClock(to)
		if !found || startErr != nil || endErr != nil {
			return nil, fmt.Errorf("%q is not a time span such as 8:00-12:00", strings.TrimSpace(part))
		}
		if start >= end || start < last {
			return nil, fmt.Errorf("%q ends before it begins, or before the span in front of it", strings.TrimSpace(part))
		}
		spans = append(spans, Span{From: start, To: end})
		last = end
	}
	return spans, nil
}

func parseClock(text string) (int, error) {
	hour, minute, _ := strings.Cut(strings.TrimSpace(text), ":")
	h, err := strconv.Atoi(hour)
	if err != nil {
		return 0, err
	}
	m := 0
	if minute != "" {
		if m, err = strconv.Atoi(minute); err != nil {
			return 0, err
		}
	}
	if h < 0 || m < 0 || m > 59 || h*60+m > 24*60 {
		return 0, fmt.Errorf("%q is not a time", text)
	}
	return h*60 + m, nil
}
