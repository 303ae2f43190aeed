package policy

import (
	"slices"
	"strings"
)

// Filter says which items of the checklist are looked at. What is empty keeps all.
type Filter struct {
	Words   string
	Level   Level
	Answers []Answer
	OwnerID int64
	Unowned bool // only items that nobody sees to
	Overdue bool
	Only    map[string]bool // by their ids, where it is not nil
}

// Keeps reports whether the item is among those on the given day.
func (f Filter) Keeps(i Item, day string) bool {
	switch {
	case f.Level != "" && i.Level != f.Level,
		f.Answers != nil && !slices.Contains(f.Answers, i.Answer),
		f.OwnerID != 0 && i.OwnerID != f.OwnerID,
		f.Unowned && i.OwnerID != 0,
		f.Overdue && !i.Overdue(day),
		f.Only != nil && !f.Only[i.ID]:
		return false
	}
	text := strings.ToLower(strings.Join([]string{i.ID, i.Text, i.Evidence, i.Note, i.Basis.Basis, i.Group, i.Link, i.File.Name}, " "))
	for word := range strings.FieldsSeq(strings.ToLower(f.Words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Pick returns the groups with the items that the filter keeps.
func (f Filter) Pick(groups []Group, day string) []Group {
	var kept []Group
	for _, g := range groups {
		var items []Item
		for _, i := range g.Items {
			if f.Keeps(i, day) {
				items = append(items, i)
			}
		}
		if len(items) > 0 {
			g.Items = items
			kept = append(kept, g)
		}
	}
	return kept
}
