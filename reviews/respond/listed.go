package respond

import (
	"slices"

	"goodword/reviews"
)

// Listed is a template as a list of all shows it, those that are switched off too.
type Listed struct {
	Template
	Off     bool
	Waiting *reviews.TemplateVersion // a version that waits for approval
}

// Listed lists the templates as a practice has them; one of its own that nobody has approved yet stands at the end.
func (l *Library) Listed(kept []reviews.KeptTemplate) []Listed {
	states := map[string]reviews.KeptTemplate{}
	on := slices.Clone(kept)
	for i, k := range kept {
		states[k.ID] = k
		on[i].Off = false
	}
	var list []Listed
	for _, t := range l.With(on, nil).Templates("") {
		list = append(list, Listed{t, states[t.ID].Off, states[t.ID].Draft})
		delete(states, t.ID)
	}
	for _, k := range kept {
		if _, left := states[k.ID]; left && k.Draft != nil {
			list = append(list, Listed{Of(*k.Draft), k.Off, k.Draft})
		}
	}
	return list
}

// Filled are the wordings of a template as they would read, for a preview.
func Filled(t Template, g Ground) []string { return filled(t, g.Practice, g.Place, t.all()) }
