package respond

import (
	"slices"

	"goodword/policy"
	"goodword/reviews"
)

// Copy is a template as the practice keeps a version of its own.
func (t Template) Copy() reviews.OwnTemplate {
	o := reviews.OwnTemplate{ID: t.ID, Title: t.Title, When: t.When, Kind: string(t.Kind), Topics: t.Topics, Cues: t.Cues, Signals: t.Signals, Stars: t.Stars,
		Sites: t.Sites, Language: t.Language, Apology: t.Apology, Wordings: slices.Clone(t.Wordings)}
	for tone, wordings := range t.Tones {
		if o.Tones == nil {
			o.Tones = map[string][]string{}
		}
		o.Tones[string(tone)] = slices.Clone(wordings)
	}
	return o
}

// Of is the template that a version of the practice says.
func Of(v reviews.TemplateVersion) Template {
	o := v.Template
	t := Template{ID: o.ID, Title: o.Title, When: o.When, Kind: Kind(o.Kind), Topics: o.Topics, Cues: o.Cues, Signals: o.Signals, Stars: o.Stars,
		Sites: o.Sites, Language: o.Language, Apology: o.Apology, Wordings: o.Wordings, Version: v.Version, Own: true, Source: "The practice's own wording",
		Checked: v.Agreed.Format("2006-01-02")}
	for tone, wordings := range o.Tones {
		if t.Tones == nil {
			t.Tones = map[Tone][]string{}
		}
		t.Tones[Tone(tone)] = wordings
	}
	return t
}

// With is the library as a practice has it: its approved copies in the place of the shipped texts, without what it switched off, and with the
// statements about health that its clinicians stand behind.
func (l *Library) With(kept []reviews.KeptTemplate, approved []policy.ApprovedMyth) *Library {
	mine := &Library{reasons: l.reasons, snippets: l.snippets, myths: approved}
	byID := map[string]reviews.KeptTemplate{}
	for _, k := range kept {
		byID[k.ID] = k
	}
	for _, t := range l.templates {
		k := byID[t.ID]
		delete(byID, t.ID)
		if k.InUse != nil {
			order := t.InOrder
			t = Of(*k.InUse)
			t.InOrder = order
		}
		if !k.Off {
			mine.templates = append(mine.templates, t)
		}
	}
	for _, k := range kept { // what is left has no shipped text: the practice's own
		if _, left := byID[k.ID]; left && k.InUse != nil && !k.Off {
			mine.templates = append(mine.templates, Of(*k.InUse))
		}
	}
	return mine
}
