package collect

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// says is what a pasted line tells of a review.
type says uint16

const (
	saysStars says = 1 << iota
	saysDate
	saysName  // for sure: it is written so that it can be nothing else
	maybeName // it looks like a name, and its place has to tell
	saysMeta  // something about the author or the visit
	saysChrome
	saysEnd // a button beneath a review
	saysRule
	saysBlank
	saysReply // the practice's reply begins
	saysText
	saysOther // the title of a review, told by its label

	anchors = saysStars | saysDate | saysName
	silence = saysMeta | saysChrome | saysEnd | saysRule | saysBlank
)

// pastedLine is one line with what it tells.
type pastedLine struct {
	text  string // what of it was said
	says  says
	stars int
	name  string
	date  dated
	apart bool // the date is known for sure, not "2 weeks ago"
	part  bool // a rating of a part, such as the wait
	whole bool // names the rating of the whole
}

func (l pastedLine) is(s says) bool { return l.says&s != 0 }

// lines tells what each line of a paste is, first by itself and then by its neighbours.
func (p paster) lines(text string) []pastedLine {
	var list []pastedLine
	for raw := range strings.SplitSeq(text, "\n") {
		list = append(list, p.line(strings.TrimSpace(raw)))
	}
	dropHistogram(list)
	dropTop(list)
	dropPageRating(list)
	gatherAspects(list)
	loneStars(list)
	dropTwins(list)
	nameBeforeCounts(list)
	return list
}

func (p paster) line(text string) pastedLine {
	l := pastedLine{text: text}
	lower := strings.ToLower(text)
	if l.says = fixedLine(text, lower); l.says != 0 {
		return l
	}
	if len(text) > 160 {
		l.says = saysText
		return l
	}
	for _, read := range []func(*pastedLine, string) bool{p.recommending, p.labelled, p.rated, p.dated, p.posted, p.composed} {
		if read(&l, text) {
			return l
		}
	}
	if metaLine.MatchString(text) || countLine.MatchString(text) || townLine.MatchString(text) {
		l.says = saysMeta
		return l
	}
	l.says = saysText
	if nameish(text) {
		l.says, l.name = l.says|maybeName, text
	}
	return l
}

// fixedLine knows the lines that always read the same.
func fixedLine(text, lower string) says {
	bare := trailing.ReplaceAllString(lower, "")
	switch {
	case text == "":
		return saysBlank
	case ruleLine.MatchString(text) && strings.Trim(text, "* ★☆⭐") != "":
		return saysRule
	case endWords[lower] || helpfulLine.MatchString(text) || bare != "" && endWords[bare]:
		return saysEnd
	case chromeWords[lower] || aroundReviews(text, lower):
		return saysChrome
	case metaWords[lower] || wholeWords[lower] || aspects[lower]:
		return saysMeta
	case sections[lower]:
		return saysText
	case len(text) <= 100 && replyBegins.MatchString(text):
		return saysReply
	case strings.Trim(text, "0123456789.,") == "" && !decimalStars.MatchString(text) && !isDay(text):
		return saysMeta // a count
	}
	return 0
}

func isDay(text string) bool { return strings.Count(text, ".") == 2 }

// recommending reads what Facebook has in place of stars.
func (p paster) recommending(l *pastedLine, text string) bool {
	if found := recommends.FindStringSubmatch(text); found != nil && nameish(found[1]) {
		l.says, l.name, l.stars = saysName|saysStars, found[1], 5
		if word := strings.ToLower(found[2]); strings.HasPrefix(word, "no ") || strings.HasPrefix(word, "does") {
			l.stars = 1
		}
		return true
	}
	if found := reviewedThem.FindStringSubmatch(text); found != nil {
		l.says, l.name, l.stars = saysName|saysStars, found[1], int(found[2][0]-'0')
		return true
	}
	if found := isWith.FindStringSubmatch(text); found != nil && nameish(found[1]) {
		l.says, l.name = saysName, found[1]
		return true
	}
	return false
}

// labelled reads "Name: …" and the like.
func (p paster) labelled(l *pastedLine, text string) bool {
	if found := starsLabel.FindStringSubmatch(text); found != nil {
		l.says, l.stars = saysStars, starsNumber(found[1])
		return true
	}
	found := labelled.FindStringSubmatch(text)
	if found == nil {
		return false
	}
	switch value := found[2]; strings.ToLower(found[1]) {
	case "name", "author", "reviewer", "by", "from", "patient", "nombre", "autor", "autora":
		if utf8.RuneCountInString(value) > 60 {
			return false
		}
		l.says, l.name = saysName, value
	case "date", "posted", "reviewed", "submitted", "published", "fecha":
		d, sure, ok := p.date(value)
		if !ok {
			return false
		}
		l.says, l.date, l.apart = saysDate, d, sure
	case "title", "subject", "título":
		l.says, l.text = saysOther, value
	default:
		l.says, l.text = saysText, value
	}
	return true
}

// rated reads a line that is a rating, alone or with a date, a word or a name behind it.
func (p paster) rated(l *pastedLine, text string) bool {
	rest, ok := "", false
	if glyphs := pastedGlyphs.FindString(text); glyphs != "" {
		l.stars, rest, ok = glyphStars(glyphs), text[len(glyphs):], true
	} else if decimalStars.MatchString(text) {
		l.stars, ok = starsNumber(text), true
	} else if found := pastedStars.FindStringSubmatch(text); found != nil {
		l.stars, rest, ok = starsNumber(found[1]), text[len(found[0]):], true
	}
	if !ok {
		return false
	}
	rest = strings.TrimSpace(strings.TrimLeft(rest, " -–—·|,"))
	lower := strings.ToLower(rest)
	switch {
	case rest == "" || wholeWords[lower]:
		l.whole = rest != ""
	case aspects[lower]:
		l.part = true
	case metaWords[lower] || chromeWords[lower]:
	default:
		var more pastedLine
		if !p.dated(&more, rest) && !p.composed(&more, rest) {
			l.stars = 0
			return false
		}
		l.says, l.name, l.date, l.apart = more.says, more.name, more.date, more.apart
	}
	l.says |= saysStars
	return true
}

func starsNumber(text string) int {
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil {
		return 0
	}
	return min(5, int(math.Round(n)))
}

// dated reads a line that is a date.
func (p paster) dated(l *pastedLine, text string) bool {
	d, sure, ok := p.date(text)
	if !ok {
		return false
	}
	l.says, l.date, l.apart = saysDate, d, sure
	return true
}

// posted reads "Posted by: Hannah B. on October 8, 2026".
func (p paster) posted(l *pastedLine, text string) bool {
	found := postedBy.FindStringSubmatch(text)
	if found == nil || !nameish(found[1]) {
		return false
	}
	when := found[2] + found[3]
	d, sure, ok := p.date(when)
	if when != "" && !ok {
		return false
	}
	l.says, l.name = saysName, found[1]
	if ok {
		l.says, l.date, l.apart = l.says|saysDate, d, sure
	}
	return true
}

// composed reads a line of several parts, such as "Susan K. – Oct 12, 2026" or "Nurse (Former Employee) - Boulder, CO - March 3, 2026", and a
// signature beneath a text.
func (p paster) composed(l *pastedLine, text string) bool {
	signed := strings.TrimLeft(text, "-–—~ ")
	signature := signed != text && signed != ""
	parts := partsOf.Split(signed, -1)
	if len(parts) > 6 {
		return false
	}
	var got pastedLine
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if !p.part(&got, part, signature) {
			return false
		}
	}
	if !got.is(saysDate|saysStars) && (!signature || !got.is(saysName)) {
		return false
	}
	l.says, l.name, l.date, l.apart, l.stars = got.says, got.name, got.date, got.apart, got.stars
	return true
}

func (p paster) part(got *pastedLine, part string, signature bool) bool {
	if d, sure, ok := p.date(part); ok {
		got.says, got.date, got.apart = got.says|saysDate, d, sure
		return true
	}
	if n, ok := starsOf(part); ok && n > 0 && (pastedStars.MatchString(part) || pastedGlyphs.MatchString(part)) {
		got.says, got.stars = got.says|saysStars, n
		return true
	}
	if name := inTown.ReplaceAllString(part, ""); name != part && got.name == "" && nameish(name) { // "Susan K. in Portland, OR"
		got.says, got.name = got.says|saysName, name
		return true
	}
	lower := strings.ToLower(part)
	if metaWords[lower] || metaLine.MatchString(part) || townLine.MatchString(part) || countLine.MatchString(part) {
		return true
	}
	for i, c := range part {
		if c != ',' {
			continue
		}
		if d, sure, ok := p.date(strings.TrimSpace(part[i+1:])); ok && (nameish(part[:i]) || signature) {
			got.says, got.name, got.date, got.apart = got.says|saysName|saysDate, strings.TrimSpace(part[:i]), d, sure
			return true
		}
	}
	name := inBrackets.ReplaceAllString(part, "")
	if got.name == "" && (nameish(name) || signature && len(strings.Fields(name)) <= 5 && !strings.ContainsAny(name, ".!?") || anonymous[strings.ToLower(name)]) {
		got.says, got.name = got.says|saysName, name
		return true
	}
	return false
}

// date reads a date as a page shows it. The second answer is whether it is more than "2 weeks ago".
func (p paster) date(text string) (d dated, sure, ok bool) {
	text = strings.TrimSpace(datePrefix.ReplaceAllString(strings.TrimSpace(text), ""))
	text = strings.TrimSpace(dateSuffix.ReplaceAllString(text, ""))
	if text == "" || len(text) > 45 || strings.Trim(text, "0123456789") == "" {
		return dated{}, false, false
	}
	if at, ok := p.ago(text); ok {
		return dated{at.UTC(), true}, false, true
	}
	if noYear.MatchString(text) {
		if at, ok := p.lately(text); ok {
			return dated{at, true}, true, true
		}
	}
	if !strings.ContainsAny(text, "0123456789") || decimalStars.MatchString(text) {
		return dated{}, false, false
	}
	d, ok = readDate(text, p.zone, p.dayFirst, p.now)
	if ok && d.at.After(p.now.Add(48*time.Hour)) {
		return dated{}, false, false
	}
	return d, true, ok
}

// ago reads how long ago something was.
func (p paster) ago(text string) (time.Time, bool) {
	lower := strings.ToLower(text)
	switch lower {
	case "ayer":
		return p.now.AddDate(0, 0, -1), true
	case "hoy":
		return p.now, true
	case "last week", "la semana pasada":
		return p.now.AddDate(0, 0, -7), true
	case "last month", "el mes pasado":
		return p.now.AddDate(0, -1, 0), true
	case "last year", "el año pasado":
		return p.now.AddDate(-1, 0, 0), true
	}
	if d, ok := readAgo(text, p.now); ok {
		return d.at, true
	}
	found := agoWords.FindStringSubmatch(lower)
	if found == nil || found[1] != "un" && found[1] != "una" && !strings.HasPrefix(lower, "hace") && !strings.HasSuffix(lower, "atrás") {
		if found = shortAge.FindStringSubmatch(text); found == nil {
			return time.Time{}, false
		}
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		n = 1
	}
	if n > 1000 {
		return time.Time{}, false
	}
	switch unit := found[2]; {
	case strings.HasPrefix(unit, "min"):
		return p.now.Add(-time.Duration(n) * time.Minute), true
	case strings.HasPrefix(unit, "h"):
		return p.now.Add(-time.Duration(n) * time.Hour), true
	case strings.HasPrefix(unit, "d"):
		return p.now.AddDate(0, 0, -n), true
	case strings.HasPrefix(unit, "w"), strings.HasPrefix(unit, "sem"):
		return p.now.AddDate(0, 0, -7*n), true
	case strings.HasPrefix(unit, "m"):
		return p.now.AddDate(0, -n, 0), true
	}
	return p.now.AddDate(-n, 0, 0), true
}

// lately reads a date without its year: the last one that has passed.
func (p paster) lately(text string) (time.Time, bool) {
	year := p.now.In(p.zone).Year()
	for _, y := range []int{year, year - 1} {
		d, ok := readDate(text+" "+strconv.Itoa(y), p.zone, p.dayFirst, p.now)
		if ok && !d.at.After(p.now) {
			return d.at, true
		}
	}
	return time.Time{}, false
}

// particles stand between the parts of a name in small letters.
var particles = map[string]bool{"de": true, "del": true, "la": true, "las": true, "los": true, "van": true, "von": true, "der": true, "den": true, "da": true, "di": true, "dos": true, "el": true, "al": true, "bin": true, "ibn": true,
	"y": true, "and": true, "&": true, "e": true, "le": true, "ten": true, "ter": true, "zu": true}

// nameish tells whether a line looks like the name of somebody.
func nameish(text string) bool {
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	if anonymous[lower] {
		return true
	}
	if text == "" || utf8.RuneCountInString(text) > 40 || noNames[lower] || strings.ContainsAny(text, "!?;:\"“”()[]{}/\\@#%+=<>") {
		return false
	}
	words := strings.Fields(strings.TrimRight(text, ","))
	if len(words) > 5 {
		return false
	}
	if len(words) == 1 && strings.ContainsAny(text, "0123456789_") {
		return userName.MatchString(text)
	}
	for i, word := range words {
		if !namePart(word, i > 0, i == len(words)-1) {
			return false
		}
	}
	return true
}

func namePart(word string, inside, last bool) bool {
	if inside && particles[strings.ToLower(word)] && !last {
		return true
	}
	letters := strings.Trim(word, ".,'’-")
	if strings.HasSuffix(word, ".") && last && utf8.RuneCountInString(letters) > 3 {
		return false // the end of a sentence
	}
	if strings.HasSuffix(word, ",") && !last {
		return false
	}
	for i, c := range letters {
		if i == 0 && unicode.IsLower(c) {
			return false
		}
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '\'' && c != '’' && c != '-' && c != '.' {
			return false
		}
	}
	return letters != ""
}

// dropTwins leaves one of a number and its drawing, and one of "posted" and "edited".
func dropTwins(list []pastedLine) {
	last, lastDate := -1, -1
	for i := range list {
		l := &list[i]
		switch {
		case l.is(saysBlank):
			continue
		case l.says == saysStars && last >= 0:
			l.says = saysMeta
			continue
		case l.says == saysDate && lastDate >= 0:
			l.says = saysMeta
			continue
		}
		last, lastDate = -1, -1
		if l.says == saysStars {
			last = i
		}
		if l.says == saysDate {
			lastDate = i
		}
	}
}

// nameBeforeCounts takes the line above "12 reviews" for a name, however odd it is.
func nameBeforeCounts(list []pastedLine) {
	for i := 1; i < len(list); i++ {
		l := &list[i-1]
		lower := strings.ToLower(list[i].text)
		if list[i].is(saysMeta) && (strings.HasPrefix(lower, "local guide") || countLine.MatchString(list[i].text)) && l.is(saysText) &&
			utf8.RuneCountInString(l.text) <= 40 && len(strings.Fields(l.text)) <= 5 && !strings.ContainsAny(l.text, "!?") {
			l.says, l.name = l.says|maybeName, l.text
		}
	}
}
