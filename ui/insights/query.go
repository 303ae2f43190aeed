package insights

import (
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/reviews/insight"
)

// search is what the inbox is asked for when a figure is opened: the days, the filters of the screen, and what the figure counts.
func search(from, to time.Time, scope insight.Scope, place string, more ...string) string {
	parts := []string{"after:" + from.Format(practice.Day), "before:" + to.Format(practice.Day)}
	if scope.Site != "" {
		parts = append(parts, term("source", scope.Site))
	}
	if place != "" {
		parts = append(parts, term("place", place))
	}
	for _, m := range more {
		if m != "" {
			parts = append(parts, m)
		}
	}
	return strings.Join(parts, " ")
}

// term is one condition; a value of several words stands in quotes.
func term(field, value string) string {
	value = strings.ReplaceAll(value, `"`, "")
	if strings.ContainsAny(value, " ,\t") {
		value = `"` + value + `"`
	}
	return field + ":" + value
}
