package advocacy

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// The codes under which names are found that the program knows.
const (
	RuleAuthor    = "review-author"   // who wrote about the practice
	RuleColleague = "colleague-named" // a colleague without a live consent for the name
)

// Authors knows under which names people wrote about the practice. It returns those of the names, as they are shown with what they wrote.
type Authors interface {
	Wrote(ctx context.Context, names []string) ([]string, error)
}

// KnowAuthors makes the store hold back every post that names somebody who wrote about the practice.
func (s *Store) KnowAuthors(authors Authors) { s.authors = authors }

// Beside is what readers get of a spotlight besides its texts, the title and the words for the picture, with what the gate says of it.
type Beside struct {
	What   string       `json:"what"` // "title" or "alt"
	Text   string       `json:"text"`
	Result guard.Result `json:"result"`
}

// Beside judges the title and the words for the picture as the texts are judged. That somebody agreed is said in the text alone.
func (s Step) Beside() []Beside {
	list := []Beside{{What: "title", Text: s.Spotlight.Title}}
	if s.Spotlight.Picture.File != "" {
		list = append(list, Beside{What: "alt", Text: s.Spotlight.Picture.Alt})
	}
	var where []string
	for _, v := range s.Spotlight.Variants {
		where = append(where, v.Network)
	}
	for i, b := range list {
		result := s.gate(b.Text)
		findings := slices.DeleteFunc(result.Findings, func(f guard.Finding) bool { return f.Rule == "consent-missing" })
		for j, f := range findings {
			if f.Opinion() && !s.mayTellOfAPatient(b.Text) {
				findings[j].Severity = guard.Warn // it has learned from whole posts
			}
		}
		findings = append(s.known(b.Text, where), findings...)
		if b.What == "alt" && fileName(b.Text) {
			findings = append(findings, guard.Finding{Rule: "alt-text", Severity: guard.Block, End: len(b.Text), Quote: b.Text, Basis: "WCAG 2.2, 1.1.1",
				Why: "This is the name of a file, and says nothing to people who cannot see the picture.", Instead: "Say in a few words what the picture shows."})
		}
		list[i].Result = guard.Result{Verdict: worst(findings), Findings: findings, Notes: result.Notes}
	}
	return list
}

var patientWord = regexp.MustCompile(`(?i)\b(?:patients?|pacientes?)\b`)

// mayTellOfAPatient reports whether a few words could be about somebody in care: they say so, or hold a name that is no colleague's.
func (s Step) mayTellOfAPatient(words string) bool {
	if patientWord.MatchString(words) {
		return true
	}
	words = s.bareOf(words)
	for _, p := range s.People {
		if strings.TrimSpace(p.Name) != "" {
			words = wholeName(bare(p.Name)).ReplaceAllString(words, " · ")
		}
	}
	return len(nameLike(words)) > 0
}

// besideClear asks of the title and the words for the picture what is asked of the text.
func (s Step) besideClear() error {
	for _, b := range s.Beside() {
		if f, found := blocking(b.Result); found {
			said := "The title"
			if b.What == "alt" {
				said = "The words for the picture"
			}
			return refusal.Because(ErrGate, "%s cannot be published: \"%s\". %s", said, f.Quote, strings.TrimSuffix(f.Why, "."))
		}
	}
	return nil
}

// known finds in words what the program knows beside the rules of the gate: names that may not be said, and claims that no record carries.
func (s Step) known(words string, networks []string) []guard.Finding {
	found := append(s.authors(words), s.colleagues(words, networks)...)
	if s.Spotlight.Kind.Public() {
		return found
	}
	return append(found, Claims(words, s.Person, s.day(s.appears()))...)
}

// authors finds who wrote about the practice. Their name may be known to everybody from the review; that the practice says it tells that they
// were there.
func (s Step) authors(words string) []guard.Finding {
	asked := nameLike(words)
	if s.Wrote == nil || len(asked) == 0 {
		return nil
	}
	block := func(start, end int, why string) guard.Finding {
		return guard.Finding{Rule: RuleAuthor, Severity: guard.Block, Start: start, End: end, Quote: words[start:end], Basis: "45 CFR 164.508(a)(3)", Why: why,
			Instead: "Say what was praised, and of nobody who praised it."}
	}
	wrote, err := s.Wrote(asked)
	if err != nil {
		return []guard.Finding{block(0, len(words), "The names of those who wrote about the practice could not be read. Try again.")}
	}
	var found []guard.Finding
	for _, name := range wrote {
		if slices.ContainsFunc(s.People, func(p practice.Person) bool { return strings.EqualFold(bare(p.Name), bare(name)) }) {
			continue // a colleague of that name
		}
		for _, at := range wholeName(name).FindAllStringSubmatchIndex(words, -1) {
			found = append(found, block(at[2], at[3], "This is the name of a person who wrote about the practice. A post that says it tells everybody that they were here."))
		}
	}
	return found
}

// colleagues finds whom the words name beside the one it is about, where no paper of theirs covers the name.
func (s Step) colleagues(words string, networks []string) []guard.Finding {
	var found []guard.Finding
	for _, network := range networks {
		n, _ := NetworkByID(network)
		for _, p := range s.named(words) {
			if _, ok := covering(s.Consents, p.ID, []string{UseName}, network, s.day(s.appears())); ok {
				continue
			}
			quote := naming(s.bareOf(words), p.Name)
			start := max(0, strings.Index(words, quote))
			if slices.ContainsFunc(found, func(f guard.Finding) bool { return f.Quote == quote }) {
				continue
			}
			found = append(found, guard.Finding{Rule: RuleColleague, Severity: guard.Block, Start: start, End: start + len(quote), Quote: quote,
				Basis: "State laws on name and likeness, such as Cal. Civ. Code 3344",
				Why:   fmt.Sprintf("No consent of %s covers the name on %s on %s.", p.Name, n.Name, s.day(s.appears())), Instead: "Record their consent, or leave the name out."})
		}
	}
	return found
}

// named are the colleagues whom words name, but for the one that the spotlight is about.
func (s Step) named(words string) []practice.Person {
	words = s.bareOf(words)
	var list []practice.Person
	for _, p := range s.People {
		if p.ID != s.Spotlight.Shows() && naming(words, p.Name) != "" {
			list = append(list, p)
		}
	}
	return list
}

// bareOf is words without the name of the practice and of the one it is about, so that a colleague who shares a part of either is not found in it.
func (s Step) bareOf(words string) string {
	names := []string{s.Practice.Name}
	if !s.Spotlight.Kind.Public() {
		names = append(names, bare(s.Person.Name))
		for _, word := range nameWords(s.Person.Name) {
			names = append(names, capital(word))
		}
	}
	for _, name := range names {
		if strings.TrimSpace(name) != "" {
			words = wholeName(name).ReplaceAllString(words, " · ")
		}
	}
	return words
}

// words are all that readers of the network get of the spotlight.
func (s Spotlight) words(network string) string {
	v, _ := s.Variant(network)
	return strings.Join([]string{s.Title, s.Picture.Alt, v.Text}, "\n\n")
}

// names reports whether the spotlight names a colleague anywhere.
func (s Spotlight) names(p practice.Person) bool {
	return slices.ContainsFunc(s.Variants, func(v Variant) bool { return naming(s.words(v.Network), p.Name) != "" })
}

// alsoWords are first names that are words too; only the whole name is taken for a person.
var alsoWords = []string{"Will", "Mark", "Hope", "Grace", "Joy", "Faith", "Rose", "Art", "Bill", "Rich", "Dawn", "Eve", "Sky", "Summer", "Autumn", "Penny", "Frank", "Sunny", "Ray", "Charity", "Heather", "Olive", "Daisy", "Bliss", "Star", "Chase", "Drew", "Pat", "Rob", "Sue", "Jack", "Dean", "Christian", "Destiny", "Trinity", "Haven", "Honor", "Iris", "Ivy", "Holly", "Ginger", "Amber", "Ruby", "Pearl", "Crystal"}

// naming returns by which words a text names somebody, "" where it does not: the whole name, the first name, as colleagues are called in posts, or
// a title with the last name. A first name that is a month or another word counts with the whole name alone.
func naming(text, name string) string {
	full := bare(name)
	if full == "" {
		return ""
	}
	if at := wholeName(full).FindStringSubmatch(text); at != nil {
		return at[1]
	}
	parts := strings.Fields(full)
	if len(parts) > 1 {
		if at := regexp.MustCompile(`\b(?:Drs?|Dra|Doctor|Doctora|Prof|Mr|Mrs|Ms|Miss|Mx|Sr|Sra)\b\.? ` + regexp.QuoteMeta(parts[len(parts)-1]) + `\b`).FindString(text); at != "" {
			return at
		}
	}
	given := parts[0]
	if len([]rune(given)) < 3 || month(given) || slices.Contains(alsoWords, given) {
		return ""
	}
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && c != '-' }) {
		if word == given {
			return given
		}
	}
	return ""
}

// bare is a name without its title and without the letters after it.
func bare(name string) string {
	words := strings.Fields(strings.SplitN(name, ",", 2)[0])
	for len(words) > 1 && slices.Contains([]string{"dr", "dra", "prof", "mr", "mrs", "ms", "mx"}, strings.ToLower(strings.TrimSuffix(words[0], "."))) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// wholeName finds a name as words of their own, however it is spaced and whatever its letters' case.
func wholeName(name string) *regexp.Regexp {
	parts := strings.Fields(name)
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(` + strings.Join(parts, `\s+`) + `)(?:$|[^\p{L}\p{N}])`)
}

var nameWord = regexp.MustCompile(`^\p{Lu}[\p{L}\p{M}'’-]*\.?$`)

// nameLike are the pairs and triples of words that could be somebody's name as a site shows it: "Ellen Marsh", "Ellen M.", "Ana de la Cruz" as
// "Cruz" stands alone in no list.
func nameLike(words string) []string {
	list := strings.Fields(words)
	clean := func(word string) string {
		word = strings.Trim(word, "\"“”„«»()[]{}…*_,;:!?#@-–—·")
		for _, end := range []string{"'s", "’s"} {
			word = strings.TrimSuffix(word, end)
		}
		return word
	}
	var found []string
	add := func(name string) {
		found = append(found, name)
		if short := strings.TrimSuffix(name, "."); short != name {
			found = append(found, short)
		} else {
			found = append(found, name+".")
		}
	}
	for i := range list {
		for n := 2; n <= 4 && i+n <= len(list); n++ {
			first, last := clean(list[i]), clean(list[i+n-1])
			if !nameWord.MatchString(first) || !nameWord.MatchString(last) {
				continue
			}
			parts := []string{first}
			for _, word := range list[i+1 : i+n-1] {
				parts = append(parts, clean(word))
			}
			add(strings.Join(append(parts, last), " "))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

var (
	imageEnding = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|heic|tiff?|bmp)\s*$`)
	cameraName  = regexp.MustCompile(`(?i)^\s*(?:img|dsc[nf]?|pxl|image|picture|photo|foto|bild|scan|screenshot|whatsapp)[\W_]*[\d\W_]*\s*$`)
)

// fileName reports whether words for a picture are the name of its file.
func fileName(alt string) bool { return imageEnding.MatchString(alt) || cameraName.MatchString(alt) }

// worst is the verdict on words of which this was found.
func worst(findings []guard.Finding) guard.Verdict {
	verdict := guard.Clear
	for _, f := range findings {
		if f.Severity == guard.Block || verdict == guard.Clear {
			verdict = f.Severity
		}
	}
	return verdict
}

// blocking is what stops the words.
func blocking(result guard.Result) (guard.Finding, bool) {
	i := slices.IndexFunc(result.Findings, func(f guard.Finding) bool { return f.Severity == guard.Block })
	if i < 0 {
		return guard.Finding{}, false
	}
	return result.Findings[i], true
}
