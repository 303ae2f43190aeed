package classify

import (
	"bytes"
	"strings"
)

// trait is what lessons are learned by: a word, two words near each other in a sentence in either order, or three in a row. Words are taken
// without their endings, and words that every review has do not count.
type trait struct {
	key        uint64
	words      int
	start, end int32 // words of the text, end exclusive
	covered    bool  // all of it lies in one phrase that tells a topic by the lists
	felt       bool  // all its words only feel
	touched    bool  // one of its words feels
	unlisted   bool  // one of its words is in no list
	strong     bool  // one of its words says something, and the lists know no topic by it
}

// with is the same trait as it stands in two places: the more cautious of the two.
func (t trait) with(o trait) trait {
	t.covered, t.felt = t.covered || o.covered, t.felt || o.felt
	t.touched, t.unlisted, t.strong = t.touched && o.touched, t.unlisted && o.unlisted, t.strong && o.strong
	return t
}

const nearby = 8 // words

// content is a word that counts.
type content struct {
	at       int32
	stem     uint64
	sentence int32
	cue      int32 // the phrase that covers it, plus one
	feels    bool
	unlisted bool
	weak     bool // says where, when or how much, but not what
}

func (c *content) strong() bool { return c.cue == 0 && !c.weak }

// eachTrait walks the traits of a text whose phrases were found.
func (c *Classifier) eachTrait(d *document, do func(trait)) {
	list := d.contents[:0]
	h := 0
	cueTo, cue, feelsTo := int32(0), int32(0), int32(0)
	for i := range d.words {
		w := &d.words[i]
		for ; h < len(d.hits) && d.hits[h].start <= int32(i); h++ {
			hit := &d.hits[h]
			switch hit.entry.role {
			case about:
				if hit.end > cueTo {
					cueTo, cue = hit.end, int32(h+1)
				}
			case feels, negates, boosts:
				feelsTo = max(feelsTo, hit.end)
			}
		}
		word := d.folded[w.start:w.end]
		if w.number || len(word) < 3 || common[string(word)] {
			continue
		}
		item := content{at: int32(i), stem: stem(word), sentence: d.clause[w.clause].sentence, feels: int32(i) < feelsTo, unlisted: w.id == 0 && w.base == 0, weak: weak[string(word)]}
		if int32(i) < cueTo {
			item.cue = cue
		}
		list = append(list, item)
	}
	d.contents = list
	for i := range list {
		a := &list[i]
		do(trait{key: a.stem, words: 1, start: a.at, end: a.at + 1, covered: a.cue != 0, felt: a.feels, touched: a.feels, unlisted: a.unlisted, strong: a.strong()})
		for k := i + 1; k < len(list) && list[k].sentence == a.sentence && list[k].at-a.at <= nearby; k++ {
			b := &list[k]
			if a.stem == b.stem {
				continue
			}
			do(trait{key: join(min(a.stem, b.stem), max(a.stem, b.stem)), words: 2, start: a.at, end: b.at + 1, covered: a.cue != 0 && a.cue == b.cue,
				felt: a.feels && b.feels, touched: a.feels || b.feels, unlisted: a.unlisted || b.unlisted,
				strong: a.strong() || b.strong() || a.cue != 0 && b.cue != 0 && a.cue != b.cue})
		}
		if i+2 < len(list) && list[i+2].sentence == a.sentence {
			b, e := &list[i+1], &list[i+2]
			do(trait{key: join(join(a.stem, b.stem), e.stem), words: 3, start: a.at, end: e.at + 1, covered: a.cue != 0 && a.cue == b.cue && a.cue == e.cue,
				felt: a.feels && b.feels && e.feels, touched: a.feels || b.feels || e.feels, unlisted: a.unlisted || b.unlisted || e.unlisted,
				strong: a.strong() || b.strong() || e.strong()})
		}
	}
}

func join(a, b uint64) uint64 { return (a*0x9e3779b97f4a7c15 ^ b) * 0xff51afd7ed558ccd }

// lastLetters has a bit for each letter that an ending ends with.
const lastLetters = 1<<('s'&31) | 1<<('g'&31) | 1<<('d'&31) | 1<<('y'&31) | 1<<('e'&31)

// stem is a word without its ending, hashed.
func stem(word []byte) uint64 {
	if i := bytes.IndexByte(word, '\''); i > 0 {
		word = word[:i]
	}
	if len(word) > 3 && lastLetters&(1<<(word[len(word)-1]&31)) != 0 {
		for _, ending := range [...]string{"ies", "ing", "es", "ed", "s", "ly", "y", "e"} {
			if len(word)-len(ending) >= 3 && string(word[len(word)-len(ending):]) == ending {
				word = word[:len(word)-len(ending)]
				break
			}
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 'l' && word[n-1] != 's' {
		word = word[:n-1]
	}
	h := uint64(14695981039346656037)
	for _, b := range word {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// common are words that stand in so many reviews that they say nothing of one.
var common = wordSet(`the and for are was were been being have has had having not but with from they them their there then than that this these those
		you your yours she her hers him his our ours its it's i'm i've i'd who whom whose what when where which while why how all any both each few more most other some such
		nor only own same too very can will just should now could would may might must shall about above after again against before below between down during
		into off once out over under until upon here also even ever never always still yet get gets got getting give gave given make made makes making take
		took taken taking come came comes coming went going gone goes know knew known said say says tell told think thought want wanted wants see saw seen
		look looked looking ask asked asking let put use used using try tried need needed one two three first last next time times day days week weeks month
		months year years today yesterday ago long much many lot lots really quite back way thing things something anything everything nothing someone anyone
		everyone people person patient patients doctor doctors dr. dentist dentists office practice clinic place staff team visit visits visited appointment
		appointments review reviews star stars experience experiences service recommend recommended anyone because since though although however well
		like feel felt feels done does did doing don't didn't doesn't wasn't weren't isn't aren't can't couldn't won't wouldn't highly definitely
		que los las una uno del por con para como pero sus muy mas este esta estos estas ese esa eso hay fue son era ser estar donde cuando porque todo toda
		todos todas siempre nunca tambien hace hacer tiene tienen doctora clinica consultorio lugar gracias personal`)

// weak are words that mean little before another stands beside them.
var weak = wordSet(`room rooms area areas desk front building floor door doors wall walls chair chairs seat seats table window hall hallway side part parts
		hour hours minute minutes morning afternoon evening phone call calls called name names new old good bad great nice little big small whole`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
