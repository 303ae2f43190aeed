package proof

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodword/policy/guard"
	"goodword/reviews/classify"
)

// The kinds of detail that are covered beside names and health words.
const (
	coverPhone  = "phone"
	coverMail   = "e-mail"
	coverDate   = "date"
	coverAge    = "age"
	coverFamily = "family"
	coverPlace  = "place"
	coverNumber = "number"
	coverMoney  = "payment"
	coverPage   = "address"
	coverNote   = "note"
)

// whyCovered says of each kind why it may not leave the practice.
var whyCovered = map[string]string{
	classify.MarkName:   "it tells who a person is",
	classify.MarkHealth: "it tells how a person fares",
	coverPhone:          "a number leads to the person who has it",
	coverMail:           "an address leads to the person who has it",
	coverDate:           "a day of a person's life or care is an identifier",
	coverAge:            "an age narrows down who it is",
	coverFamily:         "a relative tells who a person is",
	coverPlace:          "where somebody lives or was treated tells who it is",
	coverNumber:         "a number of a file or a card is an identifier",
	coverMoney:          "what somebody paid or owes is theirs",
	coverPage:           "it leads to the words and the name",
	coverNote:           "what colleagues noted on a person's case tells of that person",
}

const (
	months    = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b`
	fewNumber = `(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ][a-z]+)?)`
)

// written are the details that are known by their look. A day in numbers goes before a telephone number, which it may look like.
var written = []struct {
	kind string
	look *regexp.Regexp
}{
	{coverMail, regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)},
	{coverDate, regexp.MustCompile(`\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}/\d{1,2}`)},
	{coverDate, regexp.MustCompile(`(?i)` + months + `\.? \d{1,2}(?:st|nd|rd|th)?(?:,? (?:19|20)\d{2})?|\d{1,2}(?:st|nd|rd|th)?(?: of| de)? ` + months + `(?:,?(?: de)? (?:19|20)\d{2})?|` + months + `,?(?: de)? (?:19|20)\d{2}`)},
	{coverAge, regexp.MustCompile(`(?i)` + fewNumber + `[- ](?:years?|yrs?|months?|weeks?|days?)[- ]olds?|(?:aged?|turn(?:s|ed|ing)?) ` + fewNumber + `|\d{1,3} ?y/?o|\d{1,3} años(?: de edad)?`)},
	{coverPhone, regexp.MustCompile(`\+?\(?\d[\d ().\x{2011}-]{5,}\d`)},
}

// ofCode are the kinds of what the gate finds.
var ofCode = map[string]string{"phi-name": classify.MarkName, "phi-health": classify.MarkHealth, "phi-date": coverDate, "phi-contact": coverPhone, "phi-family": coverFamily,
	"phi-location": coverPlace, "phi-id": coverNumber, "phi-financial": coverMoney}

// details finds what a text tells beside names and health words: what is known by its look, and what the gate would stop in public. What the practice
// itself owns, such as its own number, is left alone.
func details(text string, blank guard.Draft) []classify.Mark {
	var marks []classify.Mark
	for _, w := range written {
		for _, at := range w.look.FindAllStringIndex(text, -1) {
			if w.kind == coverPhone && len(onlyDigits(text[at[0]:at[1]])) < 7 || !apart(text, at[0], at[1]) || ours(text[at[0]:at[1]], blank.Own) {
				continue
			}
			marks = append(marks, classify.Mark{Kind: w.kind, Span: classify.Span{Start: at[0], End: at[1]}})
		}
	}
	blank.Kind, blank.Text, blank.Local = guard.Reply, text, guard.Local{}
	for _, f := range guard.Default().Named(blank) {
		if kind := ofCode[f.Rule]; kind != "" && f.End > f.Start {
			marks = append(marks, classify.Mark{Kind: kind, Span: classify.Span{Start: f.Start, End: f.End}})
		}
	}
	return marks
}

// joined puts marks in their order and makes one of those that overlap, so that no end of one stays in sight. One that holds others goes by its own kind.
func joined(marks []classify.Mark) []classify.Mark {
	slices.SortStableFunc(marks, func(a, b classify.Mark) int {
		return cmp.Or(a.Span.Start-b.Span.Start, b.Span.End-a.Span.End)
	})
	var out []classify.Mark
	for _, m := range marks {
		if last := len(out) - 1; last >= 0 && m.Span.Start < out[last].Span.End {
			out[last].Span.End = max(out[last].Span.End, m.Span.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// apart reports whether no letter or digit stands right beside a place: part of a hash is no number of anybody.
func apart(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	beside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !beside(before) && !beside(after)
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// ours reports whether a number or an address is the practice's own.
func ours(text string, own guard.Own) bool {
	number := onlyDigits(text)
	return slices.ContainsFunc(own.Emails, func(mail string) bool { return strings.EqualFold(mail, text) }) ||
		number != "" && slices.ContainsFunc(own.Phones, func(phone string) bool { return onlyDigits(phone) == number })
}
