package guard

import (
	"regexp"
	"strings"

	"goodword/internal/automaton"
)

// mood is what a review mainly is.
type mood string

const (
	complaint mood = "complaint"
	praise    mood = "praise"
	question  mood = "question"
	unknown   mood = "unknown"
	none      mood = "none" // there is no review
)

// reviewed is the review that a draft answers, made plain.
type reviewed struct {
	shown string   // public display name as given at its start
	cased string   // the review's words, capitals kept
	text  string   // the same in lower case
	held  presence // the literals that text holds
	mood  mood
}

var shownAs = regexp.MustCompile(`^\s*\[(?:shown as|displayed as|screen name|name shown|user|handle)[: ]+([^\]]*)\]\s*`)

// ShownAs is a review with the author's public name in front, as Draft wants it.
func ShownAs(author, review string) string {
	if author == "" {
		return review
	}
	return "[shown as: " + strings.NewReplacer("[", "(", "]", ")").Replace(author) + "] " + review
}

func (g *Guard) readReview(raw string) reviewed {
	f := fold(raw)
	g.speller.mend(&f)
	v := reviewed{cased: f.cased, text: f.lower}
	if m := shownAs.FindStringSubmatchIndex(v.text); m != nil {
		v.shown = strings.TrimSpace(v.cased[m[2]:m[3]])
		v.cased, v.text = v.cased[m[1]:], v.text[m[1]:]
	}
	v.held = g.lits.in(v.text, nil)
	v.mood = g.moodOf(v.text)
	return v
}

// comforting phrases hold a bad word and mean well.
var comforting = automaton.MustCompile(`\b(?:no|zero|without|not (?:a|any)) (?:complaints?|pain|wait(?:ing)?|problems?|issues?|hassle|fuss|judg\w+|pressure|surprises?|regrets?|attitude|drama|stress|rush|fear|tears|nonsense|upsell\w*|sales pitch|gimmicks?)\b|\b(?:not bad|never (?:felt|had (?:a )?(?:better|problem|bad)|been (?:happier|better|easier))|can(?:'t|not) (?:complain|say enough|recommend enough|thank)|could(?:n't| not) be (?:happier|better|nicer)|didn't (?:hurt|feel)|did not (?:hurt|feel)|did ?n[o']t wait|no me dolio|sin dolor|pain[ -]free|out of pain|no more (?:pain|aches?|worries))\b`)

// moodOf reads a review's mood from the lexicon: a complaint weighs more than
// praise, because an unanswered complaint costs more.
func (g *Guard) moodOf(text string) mood {
	text = comforting.Replace(strings.TrimSpace(text), "good")
	if text == "" {
		return none
	}
	held := g.lits.in(text, nil)
	good := g.words["praise"].in(text, held)
	bad := g.words["complaint"].in(text, held)
	ask := strings.HasSuffix(text, "?") || g.words["asking"].in(text, held)
	switch {
	case ask && (!bad || strings.IndexAny(text, ".!?") == len(text)-1):
		return question
	case bad:
		return complaint
	case good:
		return praise
	}
	return unknown
}

// settleMood lets the stars speak where they are plain, and the reply's own tone where the review gives no clue either.
func (r *reading) settleMood() {
	if r.review.mood == complaint && r.Stars == 5 {
		r.review.mood = praise // "Never so relaxed at a dentist": the words of a fear that went
	}
	if r.review.mood == praise && r.Stars == 1 {
		r.review.mood = complaint
	}
	if r.review.mood != unknown {
		return
	}
	switch {
	case r.Stars >= 4:
		r.review.mood = praise
	case r.Stars == 1 || r.Stars == 2:
		r.review.mood = complaint
	case r.has("regret"):
		r.review.mood = complaint
	case r.has("joy"):
		r.review.mood = praise
	default:
		r.review.mood = complaint
	}
}

// wordLists are lexicon entries that Go code asks for.
type wordLists map[string]*pattern

// askedFor are the lexicon entries that checks written in Go use.
var askedFor = []string{"praise", "complaint", "asking", "regret", "joy", "consent", "special_consent", "animal", "staff_role",
	"path", "echo", "notname", "pronoun", "introduce", "credential", "staff_verb",
	"care_thing", "house", "oneself", "at_large", "one_case", "civil", "outcome", "said_of_words", "premises", "claim", "service", "one_person",
	"authorization", "insider", "insider_text", "general_frame", "worker", "reward", "posting"}

func compileWords(r *reader) wordLists {
	out := wordLists{}
	for _, name := range askedFor {
		if list := r.compile(name, []string{"{" + name + "}"}); len(list) == 1 {
			out[name] = &list[0]
		}
	}
	return out
}
