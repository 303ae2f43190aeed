package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"goodword/internal/practice"
)

// WriteVariants drafts a text for every network from the story sheet in the warm tone.
func WriteVariants(s Spotlight, person practice.Person, p practice.Practice, now time.Time) []Variant {
	return WriteIn(Warm, s, person, p, now)
}

// WriteIn drafts a text for every network from the story sheet, in plain words, each as long as its network takes. The texts say that the
// colleague agreed, because a spotlight is drafted only after the consent is on record. Wordings take turns by the number of the spotlight.
func WriteIn(tone Tone, s Spotlight, person practice.Person, p practice.Practice, now time.Time) []Variant {
	if s.Kind.Public() {
		return writePublic(s)
	}
	var variants []Variant
	for _, n := range Networks() {
		variants = append(variants, Variant{Network: n.ID, Disclosure: true, Text: write(tone, s, person, p, n, now)})
	}
	return variants
}

// write takes the opening and the consent line always, and of the answers as many as fit, the needed ones first.
func write(tone Tone, s Spotlight, person practice.Person, p practice.Practice, n Network, now time.Time) string {
	o, _ := OccasionByID(s.Occasion)
	fill := filler(s, person, p, now)
	opening, closing := fill.Replace(o.Open.in(tone, s.ID)), "Shared with "+possessive(first(person.Name))+" permission."
	if n.Hashtags {
		closing += "\n\n" + strings.Join(Hashtags(s, person, p, n), " ")
	}
	sheet := QuestionsFor(s.Occasion, person.Job)
	byNeed := slices.Clone(sheet)
	slices.SortStableFunc(byNeed, func(a, b Question) int { return boolInt(b.Need) - boolInt(a.Need) })
	kept := map[string]bool{}
	text := func() string {
		var said []string
		for _, q := range sheet {
			if kept[q.ID] {
				said = append(said, sayAnswer(q.Say.in(tone, s.ID), q.Quote, s.Answered(q.ID), fill))
			}
		}
		return compose(opening, said, closing)
	}
	for _, q := range byNeed {
		if s.Answered(q.ID) == "" {
			continue
		}
		kept[q.ID] = true
		if Fits(n.ID, Variant{Network: n.ID, Text: text(), Disclosure: true}.Whole(p)) != nil {
			delete(kept, q.ID)
		}
	}
	return text()
}

// compose makes paragraphs of two answers each: one line after the other reads like a form.
func compose(opening string, said []string, closing string) string {
	paragraphs := []string{opening}
	for pair := range slices.Chunk(said, 2) {
		paragraphs = append(paragraphs, strings.Join(pair, " "))
	}
	return strings.Join(append(paragraphs, closing), "\n\n")
}

// sayAnswer puts an answer, a whole sentence or a few words, into the words of the post.
func sayAnswer(say string, quote bool, answer string, fill *strings.Replacer) string {
	answer = strings.Join(strings.Fields(answer), " ")
	if quote {
		answer = strings.TrimSpace(strings.Trim(answer, `"“”`))
	}
	end, size := utf8.DecodeLastRuneInString(answer)
	comma := answer
	switch {
	case !strings.ContainsRune(".!?…", end):
		comma, answer = answer+",", answer+"."
	case end == '.':
		comma = answer[:len(answer)-size] + ","
	}
	return strings.NewReplacer("{answer}", capital(answer), "{answer,}", capital(comma), "{go on}", goOn(answer)).Replace(fill.Replace(say))
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// plain lists words that are no part of a name or a title, so that they may be written small within a sentence.
var plain = []string{"a", "an", "the", "my", "our", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "many", "some", "about",
	"almost", "nearly", "over", "more", "evening", "weekend", "lots", "with", "by", "it"}

// goOn begins an answer small where that is safe, to stand within a sentence.
func goOn(answer string) string {
	word, rest, _ := strings.Cut(answer, " ")
	if lower := strings.ToLower(word); slices.Contains(plain, lower) {
		return strings.TrimSpace(lower + " " + rest)
	}
	return answer
}

func filler(s Spotlight, person practice.Person, p practice.Practice, now time.Time) *strings.Replacer {
	job := calling(person.Job)
	at := s.Schedule
	if at.IsZero() {
		at = now
	}
	return strings.NewReplacer("{name}", person.Name, "{first}", first(person.Name), "{first's}", possessive(first(person.Name)), "{job}", job, "{a job}", article(job)+" "+job, "{practice}", p.Name,
		"{years}", years(person.HiredOn, day(p, at)))
}

// someone are endings of words that name a person by their work.
var someone = []string{"er", "or", "ist", "ant", "ent", "ian", "nurse", "lead", "head", "aide", "tech", "clerk", "fellow", "intern", "host", "trainee"}

// calling is a job as one says what somebody is: "people and culture" is a field, and who works in it is a team member for it.
func calling(job string) string {
	job = strings.Join(strings.Fields(job), " ")
	if job == "" {
		return "team member"
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(job), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.ContainsFunc(someone, func(end string) bool { return strings.HasSuffix(word, end) }) {
			return job
		}
	}
	return "team member for " + job
}

// article is "a" or "an", by how a job begins.
func article(job string) string {
	word, _, _ := strings.Cut(job, " ")
	spelled := word == strings.ToUpper(word) || strings.HasPrefix(strings.ToLower(word), "x-") // "an RN", "an X-ray technician"
	if job != "" && (strings.ContainsRune("aeiouAEIOU", rune(job[0])) || spelled && strings.ContainsRune("FHLMNRSXx", rune(job[0]))) {
		return "an"
	}
	return "a"
}

// years is the time between the day of hire and another day in whole years, "a work anniversary" where the day of hire is not known.
func years(hired, today string) string {
	from, errFrom := time.Parse(practice.Day, hired)
	to, errTo := time.Parse(practice.Day, today)
	if errFrom != nil || errTo != nil || to.Before(from.AddDate(1, 0, 0)) {
		return "a work anniversary"
	}
	n := to.Year() - from.Year()
	if to.Before(from.AddDate(n, 0, 0)) {
		n--
	}
	if n == 1 {
		return "one year"
	}
	if n < len(small) {
		return small[n] + " years"
	}
	return fmt.Sprintf("%d years", n)
}

// small are the numbers that are written as words.
var small = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// first is the name a colleague is called by: the title and the first name of a doctor's, the first name of anybody else's.
func first(name string) string {
	words := strings.Fields(strings.SplitN(name, ",", 2)[0])
	if len(words) == 0 {
		return "our colleague"
	}
	if len(words) > 1 && slices.Contains([]string{"dr", "dr.", "prof", "prof."}, strings.ToLower(words[0])) {
		return words[0] + " " + words[len(words)-1]
	}
	return words[0]
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
