package policy

import (
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// RunKind says what became of a stretch of words.
type RunKind string

// What becomes of words between two versions.
const (
	Same    RunKind = ""
	Put     RunKind = "added"
	Removed RunKind = "removed"
)

// Run is a stretch of words that share their fate.
type Run struct {
	Kind RunKind `json:"kind,omitempty"`
	Text string  `json:"text"`
}

// DifferenceBlock is a heading, a paragraph or a point of a list, with the words that came and went.
type DifferenceBlock struct {
	Kind BlockKind `json:"block"`
	Runs []Run     `json:"runs"`
}

// Changed reports whether words came or went.
func (b DifferenceBlock) Changed() bool {
	for _, r := range b.Runs {
		if r.Kind != Same {
			return true
		}
	}
	return false
}

// side is the text of the block before (Removed) or after (Put) the change.
func (b DifferenceBlock) side(kind RunKind) string {
	var words []string
	for _, r := range b.Runs {
		if r.Kind == Same || r.Kind == kind {
			words = append(words, r.Text)
		}
	}
	return strings.Join(words, " ")
}

// Before and After are the two texts of the block; empty where it came or went as a whole.
func (b DifferenceBlock) Before() string { return b.side(Removed) }

// After is the text of the block as it stands now.
func (b DifferenceBlock) After() string { return b.side(Put) }

// kindred is how alike two paragraphs must be to be shown as one that was changed.
const kindred = 0.45

// Difference compares two policies word by word, as a lawyer reads them: paragraph by paragraph, what stays, what goes, what comes.
func Difference(before, after string) []DifferenceBlock {
	old, now := Blocks(before), Blocks(after)
	numbers := map[Block]rune{}
	var out []DifferenceBlock
	var gone, came []Block
	settle := func() {
		out = append(out, match(gone, came)...)
		gone, came = nil, nil
	}
	for _, d := range diff(numbers, old, now) {
		switch d.kind {
		case Same:
			settle()
			for _, b := range d.items {
				out = append(out, DifferenceBlock{Kind: b.Kind, Runs: []Run{{Text: b.Text}}})
			}
		case Removed:
			gone = append(gone, d.items...)
		case Put:
			came = append(came, d.items...)
		}
	}
	settle()
	return out
}

// match pairs paragraphs that went with those that came in their place, in order.
func match(gone, came []Block) []DifferenceBlock {
	var out []DifferenceBlock
	whole := func(b Block, kind RunKind) {
		out = append(out, DifferenceBlock{Kind: b.Kind, Runs: []Run{{Kind: kind, Text: b.Text}}})
	}
	for _, g := range gone {
		best := -1
		for i, c := range came {
			if c.Kind == g.Kind && likeness(g.Text, c.Text) >= kindred {
				best = i
				break
			}
		}
		if best < 0 {
			whole(g, Removed)
			continue
		}
		for _, c := range came[:best] {
			whole(c, Put)
		}
		out = append(out, DifferenceBlock{Kind: g.Kind, Runs: runs(g.Text, came[best].Text)})
		came = came[best+1:]
	}
	for _, c := range came {
		whole(c, Put)
	}
	return out
}

func runs(before, after string) []Run {
	var all []Run
	for _, d := range diff(map[string]rune{}, strings.Fields(before), strings.Fields(after)) {
		all = append(all, Run{Kind: d.kind, Text: strings.Join(d.items, " ")})
	}
	return all
}

type fate[T any] struct {
	kind  RunKind
	items []T
}

// diff compares two rows of things; each different thing stands for one letter, so that the library for letters serves.
func diff[T comparable](numbers map[T]rune, before, after []T) []fate[T] {
	things := map[rune]T{}
	letters := func(row []T) []rune {
		out := make([]rune, len(row))
		for i, t := range row {
			n, ok := numbers[t]
			if !ok {
				n = rune(0x10000 + len(numbers)) // past everything that has a meaning of its own
				numbers[t] = n
			}
			out[i], things[n] = n, t
		}
		return out
	}
	if len(before)+len(after) > 1<<19 { // more than there are letters: no policy is that long
		return []fate[T]{{Removed, before}, {Put, after}}
	}
	library := diffmatchpatch.New()
	library.DiffTimeout = 0 // the same texts give the same picture, however busy the computer is
	differences := library.DiffCleanupSemantic(library.DiffMainRunes(letters(before), letters(after), false))
	var out []fate[T]
	for _, d := range differences {
		f := fate[T]{kind: map[diffmatchpatch.Operation]RunKind{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffDelete: Removed, diffmatchpatch.DiffInsert: Put}[d.Type]}
		for _, letter := range d.Text {
			f.items = append(f.items, things[letter])
		}
		if len(f.items) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// Proposal says whether a change looks material, and why. A person decides.
type Proposal struct {
	Material bool     `json:"material"`
	Reasons  []string `json:"reasons"`
}

// duty are words that carry what people must or may do.
var duty = map[string]bool{"must": true, "may": true, "shall": true, "should": true, "can": true, "cannot": true, "never": true, "always": true, "not": true, "no": true,
	"nobody": true, "nothing": true, "only": true, "except": true, "unless": true, "without": true, "before": true, "within": true, "at": true, "once": true, "immediately": true,
	"signed": true, "written": true, "authorization": true, "forbidden": true, "allowed": true, "required": true, "voluntary": true, "everybody": true, "all": true, "any": true,
	"and": true, "or": true}

// few is how many words may change in a paragraph without duties before the change counts as new substance.
const few = 6

// Propose proposes material or editorial from what changed between two texts: a new or dropped clause, a changed duty, a changed number or many
// changed words are material; spelling, punctuation, capitals, headings, names and telephone numbers are editorial.
func Propose(before, after string) Proposal {
	if strings.TrimSpace(before) == "" {
		return Proposal{Material: true, Reasons: []string{"It is the first version."}}
	}
	var p Proposal
	heading := ""
	material := func(reason string) { p.Material, p.Reasons = true, append(p.Reasons, reason) }
	var slight []string
	for _, b := range Difference(before, after) {
		title := b.Kind == TitleLine || b.Kind == ChapterLine || b.Kind == ClauseLine
		if title {
			heading = b.After()
			if heading == "" {
				heading = b.Before()
			}
		}
		if !b.Changed() {
			continue
		}
		where := "In \"" + heading + "\""
		old, now := b.Before(), b.After()
		switch {
		case plainWords(old) == plainWords(now):
			slight = append(slight, where+" only punctuation or capitals changed.")
		case title && old != "" && now != "":
			slight = append(slight, "The heading \""+old+"\" is now \""+now+"\".")
		case title && old == "":
			slight = append(slight, "The heading \""+now+"\" is new.")
		case title:
			slight = append(slight, "The heading \""+old+"\" is gone.")
		case old == "":
			material(where + " a paragraph is new: \"" + shorten(now) + "\"")
		case now == "":
			material(where + " a paragraph is gone: \"" + shorten(old) + "\"")
		default:
			if reason := substance(b); reason != "" {
				material(where + " " + reason)
			} else {
				slight = append(slight, where+" a few words changed that carry no duty.")
			}
		}
	}
	if !p.Material {
		p.Reasons = slight
		if len(slight) == 0 {
			p.Reasons = []string{"The text is the same."}
		}
	}
	return p
}

// substance says why a changed paragraph is more than wording; empty if it is not.
func substance(b DifferenceBlock) string {
	changed := 0
	count := map[string]int{}
	for i, r := range b.Runs {
		if r.Kind == Same {
			continue
		}
		words := strings.Fields(plainWords(r.Text))
		if i+1 < len(b.Runs) && r.Kind == Removed && b.Runs[i+1].Kind == Put && spelling(words, strings.Fields(plainWords(b.Runs[i+1].Text))) {
			b.Runs[i+1].Kind = Same
			continue
		}
		changed += len(words)
		sign := 1
		if r.Kind == Removed {
			sign = -1
		}
		for _, w := range words {
			count[w] += sign
		}
	}
	for _, said := range []struct {
		carries func(string) bool
		reason  string
	}{{number, "a number changed"}, {func(w string) bool { return duty[w] }, "a word that carries a duty changed"}} {
		for w := range strings.FieldsSeq(plainWords(b.Before() + " " + b.After())) {
			if count[w] != 0 && said.carries(w) {
				return said.reason + " (" + w + ")."
			}
		}
	}
	if changed > few {
		return "much of the wording changed."
	}
	return ""
}

// spelling reports whether one row of words is the other with a letter or two mended; a word of duty is never a slip.
func spelling(before, after []string) bool {
	if len(before) != len(after) {
		return false
	}
	library := diffmatchpatch.New()
	for i, b := range before {
		a := after[i]
		if a == b {
			continue
		}
		if len(b) < 5 || duty[b] || duty[a] || number(b) || number(a) || library.DiffLevenshtein(library.DiffMain(b, a, false)) > 1 {
			return false
		}
	}
	return true
}

var numerals = map[string]bool{"one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true, "twelve": true,
	"twenty": true, "thirty": true, "sixty": true, "ninety": true, "hundred": true, "thousand": true, "half": true, "twice": true, "daily": true, "weekly": true, "monthly": true, "yearly": true,
	"hour": true, "hours": true, "day": true, "days": true, "week": true, "weeks": true, "month": true, "months": true, "year": true, "years": true}

// number reports whether a word is a number or a measure of time; a telephone number is neither, since who answers it stays.
func number(word string) bool {
	digits := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
	return numerals[word] || digits != "" && len(digits) < 7 && !strings.ContainsAny(word, "-./@")
}

// plainWords is a text without punctuation and capitals. What holds a number or an address together stays.
func plainWords(text string) string {
	var words []string
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

func shorten(text string) string {
	words := strings.Fields(text)
	if len(words) <= 14 {
		return text
	}
	return strings.Join(words[:14], " ") + " …"
}
