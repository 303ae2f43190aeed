package respond

import (
	"cmp"
	"strings"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

// variables are all that a wording may hold: what belongs to the practice and never anything of the writer.
var variables = []string{"{practice}", "{place}", "{phone}", "{contact}", "{website}", "{call}",
	"{hours}", "{booking}", "{insurance}", "{parking}", "{languages}"}

// Fill is the first wording of a template that the practice has all facts for, or "" if there is none.
func (l *Library) Fill(t Template, p practice.Practice, place *practice.Place) string {
	if wordings := filled(t, p, place); len(wordings) > 0 {
		return wordings[0]
	}
	return ""
}

// filled are the wordings of a template with the facts of the practice; those that lack a fact are left out.
func filled(t Template, p practice.Practice, place *practice.Place) []string {
	values := valuesOf(t.Language, p, place)
	var out []string
	for _, wording := range t.Wordings {
		missing := false
		text := variable.ReplaceAllStringFunc(wording, func(name string) string {
			missing = missing || values[name] == ""
			return values[name]
		})
		if !missing {
			out = append(out, text)
		}
	}
	return out
}

func valuesOf(language string, p practice.Practice, place *practice.Place) map[string]string {
	phone, where := strings.TrimSpace(p.Phone), ""
	if place != nil {
		phone, where = cmp.Or(strings.TrimSpace(place.Phone), phone), place.Name
	}
	values := map[string]string{
		"{practice}": strings.TrimSpace(p.Name),
		"{place}":    where,
		"{phone}":    phone,
		"{website}":  strings.TrimSpace(p.Website),
	}
	for _, name := range []string{"hours", "booking", "insurance", "parking", "languages"} {
		values["{"+name+"}"] = sentence(p.Facts[name])
	}
	if language == "es" {
		values["{contact}"] = cmp.Or(strings.TrimSpace(p.ContactName), "la gerencia")
		values["{call}"] = "llamar " + cmp.Or(prefixed("al ", phone), "a nuestra oficina") + " y preguntar por " + values["{contact}"]
		return values
	}
	values["{contact}"] = p.Contact()
	values["{call}"] = "call " + cmp.Or(phone, "our office") + " and ask for " + values["{contact}"]
	return values
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
	var out []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
