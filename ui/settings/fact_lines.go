package settings

import (
	"sort"
	"strings"
)

// factLines writes the lines of facts as lines, in an order that does not change.
func factLines(facts map[string]string) string {
	var list []string
	for name, fact := range facts {
		list = append(list, name+": "+fact)
	}
	sort.Strings(list)
	return strings.Join(list, "\n")
}

// parseFacts reads the lines back; a line without a colon is returned as wrong.
func parseFacts(text string) (facts map[string]string, wrong string) {
	facts = map[string]string{}
	for _, line := range lines(text) {
		name, fact, found := strings.Cut(line, ":")
		if name, fact = strings.TrimSpace(name), strings.TrimSpace(fact); !found || name == "" || fact == "" {
			return nil, line
		}
		facts[strings.ToLower(name)] = fact
	}
	return facts, ""
}
