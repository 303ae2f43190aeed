package collect

import (
	"strings"

	"goodword/reviews"
)

// wordsField asks for the words of a search.
var wordsField = Field{Name: "words", Label: "Words to look for", Example: "Bright Harbor Dental, Dr Jane Doe",
	Help: "The name of the practice or of a person. Several, separated by commas, are each looked for."}

// phrases are the words that a person wrote with commas, and whether each is a plain phrase and not in the search language of a site.
func phrases(text string) (list []string, simple bool) {
	simple = true
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			list = append(list, part)
			simple = simple && !strings.ContainsAny(part, `"():`) && !strings.Contains(part, " OR ") && !strings.Contains(part, " -") && !strings.HasPrefix(part, "-")
		}
	}
	return list, simple
}

// searchFor is the search for any of the phrases, each in its exact words. What is in the search language already stays as it is.
func searchFor(text string) string {
	list, simple := phrases(text)
	if !simple {
		return strings.TrimSpace(text)
	}
	for i, phrase := range list {
		list[i] = `"` + phrase + `"`
	}
	return strings.Join(list, " OR ")
}

// wordsBack are the words of a search as the field would be filled in.
func wordsBack(query string) string {
	parts := strings.Split(query, " OR ")
	for i, part := range parts {
		plain := strings.Trim(strings.TrimSpace(part), `"`)
		if plain == "" || strings.ContainsAny(plain, `"():,`) {
			return query
		}
		parts[i] = plain
	}
	return strings.Join(parts, ", ")
}

// narrowed has a source of a search that is not exact keep only what has the words. A search in the language of a site is left to the site.
func narrowed(source reviews.Source, text string) reviews.Source {
	if list, simple := phrases(text); simple {
		source.Match = list
	} else {
		source.All = true
	}
	return source
}
