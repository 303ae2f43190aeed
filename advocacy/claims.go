package advocacy

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

// RuleClaim is the code under which a claim that the record does not carry is found.
const RuleClaim = "unrecorded-claim"

// claimFile is assets/stories/claims.yaml.
type claimFile struct {
	Checked  string   `yaml:"checked"`
	ReviewBy string   `yaml:"review_by"`
	Source   string   `yaml:"source"`
	Basis    string   `yaml:"basis"`
	URL      string   `yaml:"url"`
	Status   string   `yaml:"status"`
	Claims   []claim  `yaml:"claims"`
	Letters  []string `yaml:"letters"`
	Doctors  string   `yaml:"doctors"`

	doctors *regexp.Regexp
}

// claim is something a text may say of somebody's training, and what the record must have for it.
type claim struct {
	ID      string `yaml:"id"`
	Say     string `yaml:"say"`
	Needs   string `yaml:"needs"`
	Why     string `yaml:"why"`
	Instead string `yaml:"instead"`
	Block   bool   `yaml:"block"`
	Treats  bool   `yaml:"treats"`

	say *regexp.Regexp
}

var claims = sync.OnceValue(func() claimFile {
	f := load[claimFile]("stories/claims.yaml")
	for i := range f.Claims {
		f.Claims[i].say = regexp.MustCompile(`(?i)` + f.Claims[i].Say)
	}
	f.doctors = regexp.MustCompile(`(?i)` + f.Doctors)
	return f
})

var (
	doctorTitle = regexp.MustCompile(`\b(?:Dr|Dra|Doctor|Doctora)\b\.?\s+`)
	someYears   = regexp.MustCompile(`(?i)\b(\d{1,2}|` + strings.Join(small[1:], "|") + `) years? (?:with (?:us|\p{Lu})|at \p{Lu}|on our team|in our practice|here\b)`)
)

// Claims compares what a text says of a colleague's training and time here with their record. A claim that the record does not carry
// stops the text where it misleads about who treats patients, and warns elsewhere; each finding says what the record lacks. It also finds
// an address whose tracking parameters name the colleague.
func Claims(text string, person practice.Person, onDay string) []guard.Finding {
	if person.ID == 0 || strings.TrimSpace(text) == "" {
		return nil
	}
	f := claims()
	record := strings.ToLower(person.Job + " " + strings.ReplaceAll(person.Credentials, ".", ""))
	doctor := f.doctors.MatchString(record)
	fill := blanks("{name}", person.Name, "{first}", first(person.Name))
	var found []guard.Finding
	add := func(severity guard.Verdict, start, end int, why, instead string) {
		found = append(found, guard.Finding{Rule: RuleClaim, Severity: severity, Start: start, End: end, Quote: text[start:end], Why: fill(why), Basis: f.Basis, Instead: fill(instead)})
	}
	for _, c := range f.Claims {
		for _, at := range c.say.FindAllStringSubmatchIndex(text, -1) {
			at = at[len(at)-2:] // the last group, where there is one, is what is claimed
			word := strings.ToLower(strings.TrimSpace(text[at[0]:at[1]]))
			needs := regexp.MustCompile(`(?i)` + strings.ReplaceAll(c.Needs, "{word}", regexp.QuoteMeta(word)))
			if needs.MatchString(record) {
				continue
			}
			severity := guard.Warn
			if c.Block || c.Treats && (doctor || person.Role == practice.Clinician) {
				severity = guard.Block
			}
			add(severity, at[0], at[1], c.Why, c.Instead)
		}
	}
	names := nameWords(person.Name)
	for _, at := range doctorTitle.FindAllStringIndex(text, -1) {
		end := at[1] + wordEnd(text[at[1]:])
		if !doctor && slices.Contains(names, strings.ToLower(text[at[1]:end])) {
			add(guard.Block, at[0], end, "The record of {name} carries neither a doctor's degree nor a doctor's work.", "Enter the degree under credentials, or leave the title out.")
		}
	}
	found = append(found, letters(text, person, f)...)
	if worked := years(person.HiredOn, onDay); strings.HasSuffix(worked, "years") || worked == "one year" {
		number := strings.Fields(worked)[0]
		for _, at := range someYears.FindAllStringSubmatchIndex(text, -1) {
			said := strings.ToLower(text[at[2]:at[3]])
			if said != number && !slices.Equal([]string{said}, []string{fmt.Sprint(slices.Index(small, number))}) {
				add(guard.Warn, at[2], at[3], "By the day of hire on record it is "+worked+" on the day of the post.", "\""+capital(worked)+"\", or mend the day of hire.")
			}
		}
	}
	return append(found, namedLinks(text, names, f.Basis)...)
}

// letters finds letters after the colleague's name that the record does not carry.
func letters(text string, person practice.Person, f claimFile) []guard.Finding {
	bare := strings.SplitN(person.Name, ",", 2)[0]
	words := strings.Fields(bare)
	if len(words) == 0 {
		return nil
	}
	own := strings.FieldsFunc(strings.ToUpper(strings.ReplaceAll(person.Credentials, ".", "")), func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '/' })
	after := regexp.MustCompile(regexp.QuoteMeta(words[len(words)-1]) + `,?((?:,? ?\b(?:[A-Z][A-Za-z]?\.?){2,6}(?:-C)?\b\.?)+)`)
	var found []guard.Finding
	for _, at := range after.FindAllStringSubmatchIndex(text, -1) {
		for _, word := range strings.FieldsFunc(text[at[2]:at[3]], func(r rune) bool { return r == ',' || r == ' ' }) {
			plain := strings.ToUpper(strings.ReplaceAll(word, ".", ""))
			if slices.Contains(f.Letters, plain) && !slices.Contains(own, plain) {
				start := at[2] + strings.Index(text[at[2]:at[3]], word)
				found = append(found, guard.Finding{Rule: RuleClaim, Severity: guard.Block, Start: start, End: start + len(word), Quote: word, Basis: f.Basis,
					Why: fmt.Sprintf("%s is not among the credentials on record for %s.", word, person.Name), Instead: "Enter it under credentials, or leave it out."})
			}
		}
	}
	return found
}

// namedLinks finds addresses whose parameters carry a colleague's name: they would tell every site they pass whom the post is about.
func namedLinks(text string, names []string, basis string) []guard.Finding {
	var found []guard.Finding
	for _, at := range address.FindAllStringIndex(text, -1) {
		link, err := url.Parse(text[at[0]:at[1]])
		if err != nil {
			continue
		}
		for key, values := range link.Query() {
			value := strings.ToLower(key + " " + strings.Join(values, " "))
			if slices.ContainsFunc(names, func(name string) bool { return len(name) > 2 && strings.Contains(value, name) }) {
				found = append(found, guard.Finding{Rule: RuleClaim, Severity: guard.Block, Start: at[0], End: at[1], Quote: text[at[0]:at[1]], Basis: basis,
					Why: "The address carries a name after the question mark. Tracking never tells of a person.", Instead: "Use \"Add the link\": it names the network and the occasion only."})
				break
			}
		}
	}
	return found
}

// nameWords are the words of a name without its title, written small.
func nameWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(strings.SplitN(name, ",", 2)[0]), func(r rune) bool { return r == ' ' })
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains([]string{"dr", "dr.", "dra.", "prof", "prof."}, w) })
}

// wordEnd is where the first word of a text ends.
func wordEnd(text string) int {
	if end := strings.IndexAny(text, " \n,.;:!?”\"'’)"); end >= 0 {
		return end
	}
	return len(text)
}
