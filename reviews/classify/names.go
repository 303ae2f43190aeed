package classify

import (
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

// namesFile is assets/languages/names.yaml; all but short are words with blanks between them.
type namesFile struct {
	Short                                                  []string
	First, Words, Months, Towns, Titles, Beside, Jobs, Kin string
}

// names knows first names, their short forms, and what stands beside a name.
type names struct {
	first, words, months, towns, titles, beside, jobs, kin map[string]bool
	short                                                  map[string][]string // of a name: the forms used for it
}

func loadNames(fsys fs.FS) (*names, error) {
	var f namesFile
	if err := decode(fsys, "languages/names.yaml", &f); err != nil {
		return nil, err
	}
	n := &names{first: listed(f.First), words: listed(f.Words), months: listed(f.Months), towns: listed(f.Towns), titles: listed(f.Titles),
		beside: listed(f.Beside), jobs: listed(f.Jobs), kin: listed(f.Kin), short: map[string][]string{}}
	for _, line := range f.Short {
		forms := strings.Fields(line)
		for _, form := range forms {
			n.first[form] = true
		}
		n.short[forms[0]] = append(n.short[forms[0]], forms[1:]...)
	}
	return n, nil
}

func listed(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// token is a word of a text as it is written.
type token struct {
	start, end int
	plain      string // lower case without accents and possessive
	capital    bool
	shouted    bool
	opens      bool   // a sentence begins with it
	gap        string // what stands before it
}

// tokens cuts a text into words for names: letters, with hyphens and apostrophes inside.
func tokens(text string) []token {
	out := make([]token, 0, len(text)/5+1)
	end := 0
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf && !asciiLetter(b) {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			i += n
			continue
		}
		start, capitals, letters := i, 0, 0
		for i < len(text) {
			if b := text[i]; asciiLetter(b) {
				if b < 'a' {
					capitals++
				}
				letters++
				i++
				continue
			} else if b == ' ' {
				break
			}
			r, n := utf8.DecodeRuneInString(text[i:])
			inside := false
			if r == '-' || r == '\'' || r == '’' {
				next, _ := utf8.DecodeRuneInString(text[i+n:])
				inside = unicode.IsLetter(next)
			}
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !inside {
				break
			}
			if unicode.IsUpper(r) {
				capitals++
			}
			letters++
			i += n
		}
		first, _ := utf8.DecodeRuneInString(text[start:])
		t := token{start: start, end: i, capital: unicode.IsUpper(first), shouted: letters > 1 && capitals == letters, gap: text[end:start]}
		word := text[start:i]
		for _, s := range possessives {
			if rest, ok := strings.CutSuffix(word, s); ok {
				word, t.end = rest, i-len(s)
				break
			}
		}
		t.plain = plainWord(word)
		t.opens = len(out) == 0 || strings.ContainsAny(t.gap, "!?\n") || strings.Contains(t.gap, ".") && !abbreviations[out[len(out)-1].plain] && out[len(out)-1].end-out[len(out)-1].start > 1
		out = append(out, t)
		end = i
	}
	return out
}

var possessives = [...]string{"'s", "’s", "'S", "’S"}

func asciiLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// plainWord folds one word.
func plainWord(word string) string {
	plain := true
	for i := range len(word) {
		b := word[i]
		if b >= utf8.RuneSelf || b >= 'A' && b <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return word
	}
	if ascii(word) {
		return strings.ToLower(word)
	}
	d := document{text: word}
	d.fold()
	return string(d.folded)
}

func ascii(word string) bool {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// close tells whether a word follows the one before it with nothing but a blank, or the dot of a title, between.
func (t token) close() bool { return t.gap == " " || t.gap == ". " || t.gap == "  " || t.gap == "." }

// find gives the names in a text.
func (n *names) find(text string, team *Team) []Span {
	words := tokens(text)
	var out []Span
	for i := 0; i < len(words); {
		size := n.nameAt(words, i, team)
		if size == 0 {
			i++
			continue
		}
		end := words[i+size-1].end
		if words[i+size-1].end-words[i+size-1].start == 1 && end < len(text) && text[end] == '.' {
			end++
		}
		out = append(out, Span{words[i].start, end})
		i += size
	}
	return out
}

// nameAt tells how many words from one on are a name, 0 for none.
func (n *names) nameAt(words []token, i int, team *Team) int {
	w := words[i]
	title := 0
	if n.titles[w.plain] && w.plain != "don" && (w.capital || len(w.plain) > 3) {
		for i+title < len(words) && title < 2 && n.titles[words[i+title].plain] && (title == 0 || words[i+title].close()) {
			title++
		}
		at := i + title
		if at < len(words) && words[at].close() && words[at].capital && !ordinary[words[at].plain] {
			return title + n.tail(words, at)
		}
		return 0
	}
	if !w.capital {
		lowered := n.first[w.plain] && !n.words[w.plain] && !n.towns[w.plain] && i > 0 &&
			(calls[words[i-1].plain] || n.jobs[words[i-1].plain] && i > 1) || team.knows(w.plain, false)
		if lowered {
			return n.tail(words, i)
		}
		return 0
	}
	if w.shouted && len(w.plain) < 3 {
		return 0
	}
	known := n.first[w.plain] || !ordinary[w.plain] && team.knows(w.plain, true)
	if hyphen := strings.IndexByte(w.plain, '-'); hyphen > 0 {
		known = known || n.first[w.plain[:hyphen]]
	}
	size := n.tail(words, i)
	switch {
	case known && size > 1:
		return size
	case known && n.months[w.plain]:
		if i > 0 && words[i-1].plain != "by" && words[i-1].plain != "for" && (calls[words[i-1].plain] || n.jobs[words[i-1].plain]) {
			return size
		}
		return 0
	case known && n.towns[w.plain] && i > 0 && (words[i-1].plain == "in" || words[i-1].plain == "from" || words[i-1].plain == "near" || words[i-1].plain == "of" || words[i-1].plain == "to"):
		return 0
	case known && n.words[w.plain] && (w.opens || w.shouted):
		if i+1 < len(words) && words[i+1].close() && (n.beside[words[i+1].plain]) && words[i+1].plain != "the" && words[i+1].plain != "to" {
			return size
		}
		return 0
	case known:
		return size
	case i > 0 && w.close() && !w.opens && !ordinary[w.plain] && (calls[words[i-1].plain] || n.jobs[words[i-1].plain] || n.kin[words[i-1].plain]):
		return size
	}
	return 0
}

// tail counts a first name and the surname or initial behind it.
func (n *names) tail(words []token, i int) int {
	size := 1
	for i+size < len(words) && size < 3 {
		next := words[i+size]
		if !next.capital || next.opens || next.gap != " " && next.gap != "-" && !(size > 0 && next.gap == ". " && words[i+size-1].end-words[i+size-1].start == 1) || ordinary[next.plain] || n.titles[next.plain] {
			break
		}
		if next.shouted && !words[i].shouted && next.end-next.start > 1 {
			break
		}
		size++
	}
	return size
}

// calls are words behind which a name stands.
var calls = map[string]bool{"named": true, "called": true, "thank": true, "thanks": true, "thankyou": true, "hi": true, "hello": true, "dear": true, "see": true, "saw": true, "with": true,
	"for": true, "gracias": true, "by": true, "miss": true, "love": true, "loved": true}

// ordinary are words that are often written with a capital and are no names.
var ordinary = listed(`i im ive ill id a an the and but or so if my we our they he she it you your his her this that these those there here not no yes ok dental dentistry clinic medical center centre office
 hospital street st avenue ave road rd drive lane boulevard blvd suite main north south east west northgate google yelp facebook instagram medicare medicaid delta cigna aetna blue cross shield united humana
 monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas thanksgiving easter botox invisalign mychart
 american english spanish hiv adhd mri er ent tmj pa np rn md dds dmd usa covid tylenol advil five stars star great best good bad worst very never always also highly team staff family
 front desk doctor dentist hygienist nurse everyone everybody then when what why how after before because insurance is was in at on to from with for of as who thank thanks update edit walmart amazon`)
