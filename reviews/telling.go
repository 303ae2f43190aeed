package reviews

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// telling is what is compared to say whether two entries tell the same story.
type telling struct {
	author, title, text string
	stars               int
	place               int64
	at                  time.Time // zero: not known
	about               bool      // only roughly
}

// How far apart two sites may date one story: words that many write only within days, a text of its own within weeks, for alerts come at once
// and exports late.
const (
	daysApart  = 3 * 24 * time.Hour
	weekApart  = 7 * 24 * time.Hour // where a site says "a week ago"
	weeksApart = 42 * 24 * time.Hour
)

// How much of a text has to be its own, so that two people cannot have written it by chance.
const (
	briefWords  = 5  // fewer are a template whoever wrote them
	someWords   = 8  // whole, in the same days and under the same name they are one story
	longWords   = 12 // from here on the author may be missing
	ownWords    = 3  // words that not everybody uses of a practice
	ownWordsFew = 2
)

// Which share of the runs of words two texts have in common that differ in places.
const (
	shareKnown = 0.5 // by the same author
	shareAnon  = 0.75
)

// same reports whether two entries tell one story. In doubt they are two: a review shown twice is a nuisance, a review hidden is a loss.
func (a telling) same(b telling) bool { return (&studied{telling: a}).same(&studied{telling: b}) }

// same is that of telling. What rules most pairs out comes first.
func (a *studied) same(b *studied) bool {
	if a.stars != 0 && b.stars != 0 && a.stars != b.stars || a.place != 0 && b.place != 0 && a.place != b.place || !within(a.at, b.at, weeksApart) {
		return false
	}
	who := compareNames(a.author, b.author, a.nameParts(), b.nameParts())
	if who == otherAuthor || !a.mayShare(b, who) {
		return false
	}
	short, long := wordsOf(a.text), wordsOf(b.text)
	other, shortText := b.title, a.text
	if len(short) > len(long) {
		short, long, other, shortText = long, short, a.title, b.text
	}
	if !holds(long, short) {
		long = slices.Concat(words(other), long)
	}
	own := telltale(short)
	if !holds(long, short) {
		return nearly(short, long, who, own, shortText)
	}
	known := !a.at.IsZero() && !b.at.IsZero()
	close := known && within(a.at, b.at, daysApart)
	switch n := len(short); {
	case who == sameAuthor && a.stars == b.stars && slices.Equal(short, long) && (close || known && (a.about || b.about) && within(a.at, b.at, weekApart)):
		return true
	case n >= someWords && close && slices.Equal(short, long) && slices.Equal(namesOf(a.author), namesOf(b.author)) && who != unknownAuthor:
		return true
	case a.stars == b.stars && slices.Equal(short, long) && a.signedAs(b):
		return n >= longWords || n >= briefWords && (close || who == sameAuthor && known) // "Maria G." wrote it on both sites
	case n >= longWords:
		return own >= ownWords || own > 0 && who == sameAuthor || own >= ownWordsFew && who == likeAuthor && close
	case n >= briefWords && close:
		return who == sameAuthor || who == likeAuthor && own >= ownWordsFew && n > briefWords
	}
	return false
}

// signedAs reports whether both are signed with the very same name of more than one part.
func (s *studied) signedAs(o *studied) bool {
	return len(s.nameParts()) > 1 && slices.Equal(s.nameParts(), o.nameParts())
}

// nearly is for texts that were changed on the way: translated names, corrected typing, a sentence more in the middle.
func nearly(short, long []string, who likeness, own int, text string) bool {
	if len(short) < longWords || own < ownWords {
		return false
	}
	common := share(short, long)
	switch who {
	case sameAuthor, likeAuthor:
		return common >= shareKnown
	}
	if common < shareAnon || own <= ownWords || share(long, short) < shareKnown { // a long text may hold the phrases of many short ones
		return false
	}
	for _, w := range particulars(text) {
		if !slices.Contains(long, w) {
			return false
		}
	}
	return true
}

// silent reports whether a rating has neither words nor a name: nothing tells it from another.
func (a telling) silent() bool {
	return a.stars != 0 && len(words(a.title)) == 0 && len(words(a.text)) == 0 && len(namesOf(a.author)) == 0
}

func within(a, b time.Time, apart time.Duration) bool {
	if a.IsZero() || b.IsZero() {
		return true
	}
	return a.Sub(b).Abs() <= apart
}

// whole reports whether a text says all that the excerpt says, and more.
func (a telling) whole(excerpt telling) bool {
	return len(words(a.text)) > len(words(excerpt.text)) && holds(append(words(a.title), words(a.text)...), wordsOf(excerpt.text))
}

// tails are the words that invite to read on; they stand behind the dots of an excerpt.
var tails = []string{"read more", "see more", "show more", "read full review", "read the full review", "continue reading", "full review", "more"}

// wordsOf are the words of a text without the marks of an excerpt: the dots, what invites to read on, and a last word that may be cut.
func wordsOf(text string) []string {
	list := words(text)
	from, to := bounds(text, len(list))
	return list[from:to]
}

// bounds are the first word of a text that is not cut, and the one behind the last.
func bounds(text string, n int) (from, to int) {
	text = strings.TrimSpace(text)
	to = n
	end := strings.ToLower(text[max(0, len(text)-longestTail):])
	end = strings.TrimRight(end, " »›>\"”)]")
	cut := dotted(end)
	for _, tail := range tails {
		if rest := strings.TrimRight(strings.TrimSuffix(end, tail), " ([-–—"); rest != end && dotted(rest) {
			to -= len(strings.Fields(tail))
			cut = true
			break
		}
	}
	if cut && to > briefWords {
		to--
	}
	if (strings.HasPrefix(text, "…") || strings.HasPrefix(text, "...")) && to > briefWords {
		from = 1
	}
	return from, max(from, to)
}

// longestTail is how many bytes at the end of a text may invite to read on.
const longestTail = 64

func dotted(text string) bool {
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}

// holds reports whether the words of part stand in whole, one after the other.
func holds(whole, part []string) bool {
	if len(part) == 0 {
		return false
	}
	for i := 0; i+len(part) <= len(whole); i++ {
		if whole[i] == part[0] && slices.Equal(whole[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// share is which part of the runs of the shorter text stands in the longer one.
func share(short, long []string) float64 {
	if len(short) < runWords || len(long) < runWords {
		return 0
	}
	runs := map[[runWords]string]bool{}
	for i := range len(long) - runWords + 1 {
		runs[[runWords]string(long[i:i+runWords])] = true
	}
	common := 0
	for i := range len(short) - runWords + 1 {
		if runs[[runWords]string(short[i:i+runWords])] {
			common++
		}
	}
	return float64(common) / float64(len(short)-runWords+1)
}

// particulars are the figures and the names within a text: two notices that differ in a date are two, and so is praise of two doctors.
func particulars(text string) []string {
	var list []string
	begins := true
	for _, field := range strings.Fields(text) {
		bare := strings.TrimFunc(field, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		first, _ := utf8.DecodeRuneInString(bare)
		if !begins && unicode.IsUpper(first) || strings.ContainsFunc(bare, unicode.IsDigit) {
			list = append(list, words(bare)...)
		}
		begins = strings.HasSuffix(field, ".") && len(bare) > 3 || strings.HasSuffix(field, "!") || strings.HasSuffix(field, "?")
	}
	return list
}

// telltale counts the different words that not everybody uses who writes about a practice.
func telltale(list []string) int {
	own := map[string]bool{}
	for _, w := range list {
		if len(w) > 2 && !commonplace[w] {
			own[w] = true
		}
	}
	return len(own)
}

// commonplace are the words of praise, of blame and of filling in that any review may be made of.
var commonplace = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`
		the and for are was were has have had with this that these those from they them their you your our his her she him its not but all any
		can will would could should been being very really just also ever even more most much many such than then there here when what which who
		how why where always never every everyone everything anyone anybody everybody one two first time times again back after before over about
		into out off own too did does done get got make made makes feel felt feels going went come came know let say said see seen look looking
		take took taken give gave need needed want wanted find found way far well only other some still while because through
		great good best better nice amazing awesome excellent wonderful fantastic fabulous superb perfect outstanding incredible exceptional
		phenomenal lovely kind friendly helpful caring gentle professional knowledgeable thorough patient polite courteous pleasant welcoming warm
		comfortable clean quick fast efficient easy happy pleased satisfied grateful thankful glad love loved loves like liked enjoy
		highly recommend recommended recommending definitely absolutely truly extremely super totally completely top notch five star stars
		bad worst terrible horrible awful rude poor unprofessional disappointed disappointing waste money avoid stay away beware
		dentist dental doctor doctors physician hygienist nurse staff team office practice clinic place people receptionist front desk assistant
		surgeon orthodontist provider practitioner care service experience visit visits appointment appointments cleaning checkup exam teeth tooth
		treatment procedure work job done treat treated explain explained explains explaining listen listened listens answer answered questions
		question concerns wait waited waiting long short room hour hours minutes today yesterday year years month months week weeks day days
		family kids children husband wife son daughter friend friends mom dad mother father thank thanks you highly anyone looking area town city
		muy bien excelente recomiendo gracias por los las una doctora dentista personal atención trato amable amables mejor todo todos para
		sehr gut gute freundlich freundliches nett kompetent praxis zahnarzt ärztin arzt empfehlen empfehlenswert immer und die der das ist`) {
		commonplace[w] = true
	}
}
