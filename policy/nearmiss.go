package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// MissStatus is where a near-miss stands on its way into the training.
type MissStatus string

// The statuses of a near-miss.
const (
	MissCandidate MissStatus = "candidate"
	MissApproved  MissStatus = "approved"
	MissDeclined  MissStatus = "declined"
	MissWithdrawn MissStatus = "withdrawn"
)

// NearMiss is a draft that the gate stopped, retold without anybody in it, so that others can learn from it. The draft itself is not in it.
type NearMiss struct {
	ID      int64      `json:"id"`
	DraftID int64      `json:"draft_id"`
	Rule    string     `json:"rule"` // the code of the finding
	Text    string     `json:"text"`
	Status  MissStatus `json:"status"`
	Made    time.Time  `json:"made"`
	MadeBy  string     `json:"made_by"`
	Decided time.Time  `json:"decided"`
	By      string     `json:"by,omitempty"`
	Note    string     `json:"note,omitempty"`
}

// Stopped is a draft that the gate stopped and that nobody has made an example of yet.
type Stopped struct {
	DraftID   int64
	MentionID int64
	At        time.Time
	Rule      string // the code that makes the question
	Label     string // the rule in words
	Proposal  string // the draft with names, days and numbers masked
}

type family struct {
	ID    string   `yaml:"id"`
	Codes []string `yaml:"codes"`
	Text  string   `yaml:"text"`
}

var families = sync.OnceValue(func() []family {
	var file struct {
		Families []family `yaml:"families"`
	}
	load("lessons/near_misses.yaml", &file)
	return file.Families
})

func familyOf(code string) int {
	return slices.IndexFunc(families(), func(f family) bool { return slices.Contains(f.Codes, code) })
}

// Teaches reports whether a finding of the gate makes a question: a missing number or a long text is no near-miss.
func Teaches(code string) bool { return familyOf(code) >= 0 }

// nearModules are the modules whose quizzes ask the practice's own scenarios.
var nearModules = []string{"m2", "m10"}

// Scenario makes the question of a near-miss; rule is the gate's rule that stopped the draft, from which the explanation comes.
func (n NearMiss) Scenario(rule guard.Rule) Scenario {
	all, at := families(), familyOf(n.Rule)
	s := Scenario{ID: fmt.Sprintf("own%d", n.ID), Topic: "near-miss", Level: "core", Audience: []string{"reply authors"}, Severity: "medium", Own: true,
		Situation: "A colleague wrote this, and the speak-safe gate stopped it: \u201c" + n.Text + "\u201d", Question: "Why may it not go out?",
		Why: rule.Why, Tags: []string{"near-miss"},
		Basis: Basis{Basis: rule.Basis, Source: rule.Source, URL: rule.URL, Status: "memory", Checked: rule.Checked}}
	if rule.Instead != "" {
		s.Why = strings.TrimSpace(s.Why + " " + rule.Instead)
	}
	s.Options = []Option{{Text: all[at].Text, Right: true}}
	// Two others, far away in the list: what lies beside it may be nearly right.
	for _, step := range []int{4, 8} {
		s.Options = append(s.Options, Option{Text: all[(at+step)%len(all)].Text})
	}
	return s
}

var (
	maskMail   = regexp.MustCompile(`[\p{L}0-9._%+-]+@[\p{L}0-9.-]+`)
	maskLink   = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+`)
	maskDate   = regexp.MustCompile(`(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b(?:\s+\d{1,2}(?:st|nd|rd|th)?)?|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b`)
	maskMoney  = regexp.MustCompile(`[$€£]\s?\d[\d.,]*`)
	maskNumber = regexp.MustCompile(`\d[\d\s().-]*\d|\d`)
	maskName   = regexp.MustCompile(`\b(?:(?:Dr|Mr|Mrs|Ms|Miss)\.?\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’.-]*)*`)
)

// Mask proposes a text in which nobody can be recognised: addresses, dates, sums, numbers and names give way to words for what they were. It is a
// first step; a person rewrites it, and Identifying judges what they made of it.
func Mask(text string) string {
	text = maskMail.ReplaceAllString(text, "(an address)")
	text = maskLink.ReplaceAllString(text, "(a link)")
	text = maskMoney.ReplaceAllString(text, "(a sum)")
	text = maskDate.ReplaceAllString(text, "(a day)")
	text = maskNumber.ReplaceAllString(text, "(a number)")
	var out strings.Builder
	last := 0
	for _, at := range maskName.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if !named(text, at[0], word) {
			continue
		}
		out.WriteString(text[last:at[0]])
		out.WriteString("(a name)")
		last = at[1]
	}
	out.WriteString(text[last:])
	return strings.TrimSpace(out.String())
}

// plain are words that are written large without being names.
var plain = []string{"I", "We", "Our", "Google", "Yelp", "HIPAA", "Thank", "Thanks", "Hi", "Hello", "Dear", "Sorry", "Please"}

// named reports whether a word with a capital is a name: it stands within a sentence, or it is more than one word.
func named(text string, at int, word string) bool {
	if strings.HasPrefix(word, "Dr") || strings.HasPrefix(word, "M") && strings.ContainsAny(word, " ") {
		return true
	}
	first, _, many := strings.Cut(word, " ")
	if slices.Contains(plain, first) && !many {
		return false
	}
	before := strings.TrimRightFunc(text[:at], unicode.IsSpace)
	if before == "" {
		return many
	}
	end, _ := utf8.DecodeLastRuneInString(before)
	return many || !strings.ContainsRune(".!?:\"“", end)
}

// closeWords is how many words in a row may be the draft's own. More of them could be found by a search, or be recognised by the person.
const closeWords = 5

// Identifying says why a retold near-miss could still point to somebody, or nothing. draft is what the gate stopped, names are those of the
// reviewer, of the staff and of the practice.
func Identifying(text, draft string, names []string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return refusal.Because(ErrStep, "Tell in a sentence or two what was written")
	}
	for _, pattern := range []*regexp.Regexp{maskMail, maskLink, maskMoney, maskDate, maskNumber} {
		if found := pattern.FindString(text); found != "" {
			return refusal.Because(ErrStep, "\"%s\" could point to somebody. Leave it out", strings.TrimSpace(found))
		}
	}
	words := wordsOf(text)
	for _, name := range names {
		for _, part := range wordsOf(name) {
			if utf8.RuneCountInString(part) > 2 && !slices.Contains(common, part) && slices.Contains(words, part) {
				return refusal.Because(ErrStep, "The name \"%s\" is still in it. Leave it out", part)
			}
		}
	}
	own := wordsOf(draft)
	for i := 0; i+closeWords <= len(words); i++ {
		run := words[i : i+closeWords]
		for j := 0; j+closeWords <= len(own); j++ {
			if slices.Equal(run, own[j:j+closeWords]) {
				return refusal.Because(ErrStep, "\"%s\" stands in the draft word for word. Say it in other words, so that nobody recognises it", strings.Join(run, " "))
			}
		}
	}
	return nil
}

// common are parts of the names of practices that are ordinary words.
var common = []string{"the", "and", "dental", "dentistry", "clinic", "family", "care", "health", "center", "centre", "medical", "office", "practice", "group", "street", "eye", "for", "of"}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
}
