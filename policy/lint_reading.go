package policy

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Reading is how hard a text reads, by the grade level of Flesch and Kincaid: about how many years of school its reader needs.
type Reading struct {
	Grade      float64     `json:"grade"`
	Words      int         `json:"words"`
	Minutes    int         `json:"minutes"` // at two hundred words a minute
	Paragraphs []Paragraph `json:"-"`
	Hardest    []Paragraph `json:"hardest,omitempty"` // sentences, hardest first, at most five
}

// Paragraph is a stretch of a text with its grade.
type Paragraph struct {
	Start int     `json:"start"`
	Text  string  `json:"text"`
	Grade float64 `json:"grade"`
	Words int     `json:"words"`
}

// The bounds of the linter: a paragraph of some length above a graduate's level, or one sentence that nobody takes in at once.
const (
	hardGrade     = 18.0
	hardWords     = 30
	longSentence  = 45
	readPerMinute = 200
)

// read measures the passages and objects to the hardest.
func read(parts []passage) (Reading, []LintFinding) {
	var all Reading
	var hard []LintFinding
	var lines []Paragraph
	sums := tallied{}
	rule := lintRule("hard-reading")
	for _, part := range parts {
		if part.title {
			continue
		}
		c := tallied{}
		worst := tallied{}
		for _, s := range part.sentences {
			one := count(s.text)
			if one.words == 0 {
				continue
			}
			c.add(one)
			if one.words > worst.words {
				worst = one
			}
			lines = append(lines, Paragraph{Start: s.start, Text: s.text, Grade: one.grade(), Words: one.words})
		}
		if c.words == 0 {
			continue
		}
		sums.add(c)
		all.Paragraphs = append(all.Paragraphs, Paragraph{Start: part.start, Text: strings.TrimSpace(part.text), Grade: c.grade(), Words: c.words})
		if c.words >= hardWords && c.grade() >= hardGrade || worst.words >= longSentence {
			hard = append(hard, LintFinding{LintRule: rule, Start: part.start, End: part.start + len(part.text), Quote: strings.TrimSpace(part.text)})
		}
	}
	all.Words, all.Minutes, all.Grade = sums.words, (sums.words+readPerMinute-1)/readPerMinute, sums.grade()
	lines = slices.DeleteFunc(lines, func(p Paragraph) bool { return p.Words < 12 })
	slices.SortStableFunc(lines, func(a, b Paragraph) int { return cmp.Compare(b.Grade, a.Grade) })
	all.Hardest = lines[:min(len(lines), 5)]
	return all, hard
}

type tallied struct{ sentences, words, syllables int }

func (c *tallied) add(o tallied) {
	c.sentences += o.sentences
	c.words += o.words
	c.syllables += o.syllables
}

func (c tallied) grade() float64 {
	if c.words == 0 {
		return 0
	}
	grade := 0.39*float64(c.words)/float64(c.sentences) + 11.8*float64(c.syllables)/float64(c.words) - 15.59
	return math.Round(10*max(grade, 0)) / 10
}

func count(sentence string) tallied {
	c := tallied{sentences: 1}
	for word := range strings.FieldsFuncSeq(sentence, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		c.words++
		c.syllables += syllables(word)
	}
	return c
}

// syllables counts groups of vowels, without a silent e at the end. It is right for nine English words of ten, which is what the formula needs.
func syllables(word string) int {
	word = strings.ToLower(word)
	n, vowel := 0, false
	for _, r := range word {
		now := strings.ContainsRune("aeiouyáéíóúü", r)
		if now && !vowel {
			n++
		}
		vowel = now
	}
	silent := strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") || strings.HasSuffix(word, "es") && !strings.HasSuffix(word, "ses") ||
		strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded")
	if silent && n > 1 {
		n--
	}
	return max(n, 1)
}
