package advocacy

import (
	"slices"
	"strings"

	"goodword/internal/practice"
)

// Narrow keeps the spotlights that fit the filter, in their order. The store and the screen ask the same question of the same code.
func (f Filter) Narrow(list []Spotlight, people []practice.Person) []Spotlight {
	by := make(map[int64]practice.Person, len(people))
	for _, p := range people {
		by[p.ID] = p
	}
	words := strings.Fields(strings.ToLower(f.Words))
	var kept []Spotlight
	for _, v := range list {
		p := by[v.Shows()]
		switch {
		case len(f.Stages) > 0 && !slices.Contains(f.Stages, v.Stage),
			len(f.Stages) == 0 && !f.Archived && v.Stage == Archived,
			f.PersonID != 0 && v.PersonID != f.PersonID,
			f.Job != "" && !strings.EqualFold(p.Job, f.Job),
			f.PlaceID != 0 && p.PlaceID != f.PlaceID,
			f.Occasion != "" && v.Occasion != f.Occasion:
			continue
		}
		if len(words) > 0 {
			text := strings.ToLower(v.Title + " " + v.Reason + " " + p.Name)
			if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
				continue
			}
		}
		kept = append(kept, v)
	}
	return kept
}

// Any reports whether the filter leaves anything out beside the archived.
func (f Filter) Any() bool {
	return len(f.Stages) > 0 || f.PersonID != 0 || f.Job != "" || f.PlaceID != 0 || f.Occasion != "" || strings.TrimSpace(f.Words) != ""
}
