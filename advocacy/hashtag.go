package advocacy

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"goodword/internal/practice"
)

// Hashtags are those that suit a post on the network, the most fitting first, as many as are usual there. None names a person.
func Hashtags(s Spotlight, person practice.Person, p practice.Practice, n Network) []string {
	all := HashtagIdeas(s, person, p)
	return all[:min(n.Tags, len(all))]
}

// HashtagIdeas are all the hashtags that suit a spotlight: of the occasion, the field, the role and the town.
func HashtagIdeas(s Spotlight, person practice.Person, p practice.Practice) []string {
	var tags []string
	add := func(tag string) {
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	o, _ := OccasionByID(s.Occasion)
	add(o.Hashtag)
	for _, d := range p.Disciplines {
		add(networks().Tags[strings.ToLower(d)])
	}
	if r, ok := roleOf(person.Job); ok {
		add(r.Hashtag)
	}
	add(hashtag(p.City))
	if !s.Kind.Public() {
		add("#EmployeeSpotlight")
	}
	return tags
}

// hashtag writes words as one tag, each with a capital, so that a screen reader can tell them apart.
func hashtag(words string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteString(capital(word))
	}
	if b.Len() == 0 {
		return ""
	}
	return "#" + b.String()
}

// WithHashtag puts a tag at the end of a text, or takes it out again.
func WithHashtag(text, tag string, on bool) string {
	text = strings.TrimRight(text, " \n")
	has := HasHashtag(text, tag)
	switch {
	case on && !has:
		last := text[strings.LastIndex(text, "\n")+1:]
		if strings.HasPrefix(last, "#") {
			return text + " " + tag
		}
		return strings.TrimSpace(text + "\n\n" + tag)
	case !on && has:
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			words := strings.Split(line, " ")
			if kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == tag }); len(kept) < len(words) {
				lines[i] = strings.Join(kept, " ")
			}
		}
		return strings.TrimRight(strings.Join(lines, "\n"), " \n")
	}
	return text
}

// HasHashtag reports whether a text carries the tag.
func HasHashtag(text, tag string) bool { return slices.Contains(strings.Fields(text), tag) }

// TrackedLink is the practice's own page with the parameters that let its statistics tell where a reader came from: the network and the
// occasion. It is made of nothing else, so it can never tell of a person. Empty where the practice has no page, or one that is none.
func TrackedLink(p practice.Practice, network string, s Spotlight) string {
	page, err := url.Parse(strings.TrimSpace(p.Website))
	if err != nil || page.Host == "" || page.Scheme != "https" && page.Scheme != "http" {
		return ""
	}
	campaign := s.Occasion
	if s.Kind.Public() {
		campaign = string(s.Kind)
	}
	q := page.Query()
	q.Set("utm_source", network)
	q.Set("utm_medium", "social")
	q.Set("utm_campaign", strings.ReplaceAll(campaign, " ", "-"))
	page.RawQuery = q.Encode()
	return page.String()
}
