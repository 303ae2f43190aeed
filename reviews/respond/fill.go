package respond

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

// Variables are all that a wording may hold: what belongs to the practice and never anything of the writer.
func Variables() []string {
	list := []string{"{practice}", "{place}", "{phone}", "{contact}", "{website}", "{call}", "{emergency_number}", "{crisis_line}"}
	for _, f := range factSheet {
		list = append(list, f.variable())
	}
	return list
}

// Fill is the first wording of a template that the practice has all facts for, or "" if there is none.
func (l *Library) Fill(t Template, p practice.Practice, place *practice.Place) string {
	if wordings := filled(t, p, place, t.all()); len(wordings) > 0 {
		return wordings[0]
	}
	return ""
}

// filled are wordings of a template with the facts of the practice; those that lack a fact are left out.
func filled(t Template, p practice.Practice, place *practice.Place, wordings []string) []string {
	values := valuesOf(t.Language, p, place)
	var out []string
	for _, wording := range wordings {
		if text, ok := fill(wording, values); ok {
			out = append(out, text)
		}
	}
	return out
}

// fill puts values in the place of the variables; false means that one of them is missing.
func fill(wording string, values map[string]string) (string, bool) {
	lacks := false
	text := variable.ReplaceAllStringFunc(wording, func(name string) string {
		lacks = lacks || values[name] == ""
		return values[name]
	})
	return text, !lacks
}

func valuesOf(language string, p practice.Practice, place *practice.Place) map[string]string {
	phone, where := strings.TrimSpace(p.Phone), ""
	if place != nil {
		phone, where = cmp.Or(strings.TrimSpace(place.Phone), phone), strings.TrimSpace(place.Name)
	}
	values := map[string]string{
		"{practice}": strings.TrimSpace(p.Name),
		"{place}":    where,
		"{phone}":    phone,
		"{website}":  strings.TrimSpace(p.Website),
	}
	help := helpIn(p.Country)
	values["{emergency_number}"], values["{crisis_line}"] = help.Number[language], help.Line[language]
	for _, f := range factSheet {
		values[f.variable()] = sentence(factOf(p, f.ID, language))
	}
	if language == "es" {
		values["{contact}"] = cmp.Or(strings.TrimSpace(p.ContactName), "la gerencia")
		values["{call}"] = "llamar " + cmp.Or(prefixed("al ", phone), "a nuestra oficina") + " y preguntar por " + values["{contact}"]
		return values
	}
	values["{contact}"] = strings.Replace(p.Contact(), ", ", " ", 1) // words follow it, so that no comma may stay open
	values["{call}"] = "call " + cmp.Or(phone, "our office") + " and ask for " + values["{contact}"]
	return values
}

// factOf is a fact in a language: "hours es" where the practice has it, else "hours".
func factOf(p practice.Practice, id, language string) string {
	if language != "en" {
		if text := strings.TrimSpace(p.Facts[id+" "+language]); text != "" {
			return text
		}
	}
	return p.Facts[id]
}

func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// sentence closes an entry of the fact sheet, so that words can follow it.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// own lists what belongs to the practice, so that the gate does not take it for the writer's.
func own(p practice.Practice, place *practice.Place) guard.Own {
	o := guard.Own{Phones: given(p.Phone), Emails: given(p.Email), Names: given(p.Name, p.ContactName), Websites: given(p.Website)}
	if place != nil {
		o.Phones = append(o.Phones, given(place.Phone)...)
		o.Names = append(o.Names, given(place.Name)...)
		o.Addresses = given(place.Address)
	}
	return o
}

func given(values ...string) []string {
	return slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
}

// Call is how to get in touch with the practice, as replies say it.
func Call(g Ground) string { return valuesOf("en", g.Practice, g.Place)["{call}"] }

// WithoutName covers each part of a person's name in a text.
func WithoutName(text, name string) string {
	for part := range strings.FieldsSeq(strings.TrimSpace(spaced(name))) {
		if len([]rune(part)) > 2 {
			text = regexp.MustCompile(`(?i)(^|[^\pL\pN])`+regexp.QuoteMeta(part)+`([^\pL\pN]|$)`).ReplaceAllString(text, "${1}[name]${2}")
		}
	}
	return text
}
