package policy

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// LintKind sorts what the linter says, gravest first.
type LintKind string

// The kinds of findings.
const (
	Unlawful   LintKind = "unlawful"   // a rule that a law forbids in so many words
	Overbroad  LintKind = "overbroad"  // wording that staff can read as a ban on talk that labour law protects
	Missing    LintKind = "missing"    // a statement that a policy needs and that was not found
	Short      LintKind = "short"      // a time that is shorter than the law's
	Unfinished LintKind = "unfinished" // a blank
	Hard       LintKind = "hard"       // hard to read
)

func lintKinds() []LintKind { return []LintKind{Unlawful, Overbroad, Missing, Short, Unfinished, Hard} }

// LintRule is one thing that the linter looks for, with what it stands on.
type LintRule struct {
	ID      string     `yaml:"id" json:"rule"`
	Kind    LintKind   `yaml:"kind" json:"kind"`
	Title   string     `yaml:"title" json:"title"`
	Why     string     `yaml:"why" json:"why"`
	Instead string     `yaml:"instead" json:"instead"`
	Finds   []string   `yaml:"finds" json:"-"`
	Also    []string   `yaml:"also" json:"-"`
	Unless  []string   `yaml:"unless" json:"-"`
	Despite []string   `yaml:"despite" json:"-"`
	Needs   [][]string `yaml:"needs" json:"-"`
	Basis   `yaml:",inline"`

	Examples struct {
		Wrong []string `yaml:"wrong"`
		Right []string `yaml:"right"`
	} `yaml:"examples" json:"-"`

	finds, also, unless, despite []*regexp.Regexp
	needs                        [][]*regexp.Regexp
	bans                         []bool // which of finds begin with a word of prohibition
}

// LintFinding is one thing that the linter says about a text. Start and End are bytes of the text; both are 0 for what is missing.
type LintFinding struct {
	LintRule
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote,omitempty"`
}

// Linted is what the linter says about a text.
type Linted struct {
	Findings []LintFinding `json:"findings"`
	Reading  Reading       `json:"reading"`
}

// Count is how many findings are of a kind.
func (l Linted) Count(kind LintKind) int {
	n := 0
	for _, f := range l.Findings {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// banned is the piece for words that forbid, with which most patterns begin.
const banned = "{ban}"

type lintBook struct {
	rules []LintRule
	ban   *regexp.Regexp // most rules need it, and most sentences do not have it
}

var lintPages = sync.OnceValue(func() lintBook {
	var file struct {
		Words map[string]string `yaml:"words"`
		Rules []LintRule        `yaml:"rules"`
	}
	load("lint/lint.yaml", &file)
	var pairs []string
	for name, words := range file.Words {
		pairs = append(pairs, "{"+name+"}", words)
	}
	whole := strings.NewReplacer(pairs...)
	build := func(patterns []string) []*regexp.Regexp {
		var built []*regexp.Regexp
		for _, p := range patterns {
			built = append(built, regexp.MustCompile(`(?i)`+whole.Replace(p)))
		}
		return built
	}
	for i := range file.Rules {
		r := &file.Rules[i]
		for _, find := range r.Finds {
			r.bans = append(r.bans, strings.HasPrefix(find, banned))
		}
		r.finds, r.also, r.unless, r.despite = build(r.Finds), build(r.Also), build(r.Unless), build(r.Despite)
		for _, alternative := range r.Needs {
			r.needs = append(r.needs, build(alternative))
		}
	}
	return lintBook{rules: file.Rules, ban: build([]string{banned})[0]}
})

func lintRules() []LintRule { return lintPages().rules }

// LintRules returns what the linter looks for.
func LintRules() []LintRule { return slices.Clone(lintRules()) }

// Lint reads a policy for wording that labour law forbids, statements that are missing, blanks, and sentences that are hard to read. It reads
// English, and it is no lawyer: silence is no promise.
func Lint(text string) Linted {
	parts := passages(text)
	var found []LintFinding
	faulty := map[int]bool{} // starts of sentences that a rule objects to: what they say does not count as said
	for _, part := range parts {
		for _, s := range part.sentences {
			forbids := lintPages().ban.MatchString(s.text)
			for _, r := range lintRules() {
				for _, at := range r.hits(s.text, forbids) {
					found = append(found, LintFinding{LintRule: r, Start: s.start + at[0], End: s.start + at[1], Quote: strings.TrimSpace(s.text[at[0]:at[1]])})
					faulty[s.start] = faulty[s.start] || r.Kind == Overbroad || r.Kind == Unlawful
				}
			}
		}
	}
	for _, r := range lintRules() {
		if r.Kind == Missing && !r.met(parts, faulty) {
			found = append(found, LintFinding{LintRule: r})
		}
	}
	reading, hard := read(parts)
	found = append(found, hard...)
	order := lintKinds()
	slices.SortStableFunc(found, func(a, b LintFinding) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), a.Start-b.Start)
	})
	return Linted{Findings: found, Reading: reading}
}

func lintRule(id string) LintRule {
	for _, r := range lintRules() {
		if r.ID == id {
			return r
		}
	}
	return LintRule{}
}

// hits is where a rule objects to a sentence: once, or at each blank.
func (r *LintRule) hits(sentence string, forbids bool) [][]int {
	var all [][]int
	for i, find := range r.finds {
		if r.bans[i] && !forbids {
			continue
		}
		if r.Kind == Unfinished {
			all = append(all, find.FindAllStringIndex(sentence, -1)...)
			continue
		}
		at := find.FindStringIndex(sentence)
		if at == nil || len(r.also) > 0 && !anyOf(r.also, sentence) {
			continue
		}
		if anyOf(r.unless, sentence) && !anyOf(r.despite, sentence) {
			return nil
		}
		return [][]int{at}
	}
	return all
}

func anyOf(any []*regexp.Regexp, text string) bool {
	return slices.ContainsFunc(any, func(e *regexp.Regexp) bool { return e.MatchString(text) })
}

// met reports whether some passage says what is needed.
func (r LintRule) met(parts []passage, faulty map[int]bool) bool {
	for _, part := range parts {
		said := part.heading
		for _, s := range part.sentences {
			if !faulty[s.start] {
				said += " " + s.text
			}
		}
		for _, alternative := range r.needs {
			if said != part.heading && !slices.ContainsFunc(alternative, func(e *regexp.Regexp) bool { return !e.MatchString(said) }) {
				return true
			}
		}
	}
	return false
}

// passage is a paragraph or a point of a list, with the heading above it.
type passage struct {
	heading   string
	title     bool // it is a heading itself
	start     int
	text      string // line breaks as blanks, so that offsets hold
	sentences []sentence
}

type sentence struct {
	start int
	text  string
}

// passages takes a text apart as Blocks does, but with offsets.
func passages(text string) []passage {
	var parts []passage
	heading, open, offset := "", false, 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		start := offset
		offset += len(line)
		trimmed := strings.TrimSpace(line)
		kind, rest := kindOf(trimmed)
		switch {
		case trimmed == "":
			open = false
		case kind == TitleLine || kind == ChapterLine || kind == ClauseLine:
			heading, open = rest, false
			parts = append(parts, passage{title: true, start: start + strings.Index(line, rest), text: rest}) // a blank may stand in a heading
		case kind == Bullet || numbered.MatchString(trimmed) || !open:
			parts = append(parts, passage{heading: heading, start: start, text: strings.TrimRight(line, "\r\n")})
			open = true
		default:
			last := &parts[len(parts)-1]
			last.text += text[last.start+len(last.text):start] + strings.TrimRight(line, "\r\n")
		}
	}
	for i := range parts {
		parts[i].text = oneRow.Replace(parts[i].text)
		parts[i].sentences = sentences(parts[i].start, parts[i].text)
	}
	return parts
}

// oneRow sets a blank for each break of a line, so that no offset moves, whatever bytes the text is made of.
var oneRow = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

var (
	numbered = regexp.MustCompile(`^\(?(?:\d{1,2}|[a-z])(?:\.\d{1,2})*[.)]? `)
	ends     = regexp.MustCompile(`[.!?]["'”’)]*(?: +|$)|[:;] *$`)
	// short forms and numbers of paragraphs end no sentence
	noEnd = regexp.MustCompile(`(?i)(?:^|[ (*])(?:dr|mr|mrs|ms|st|no|e\.g|i\.e|etc|vs|inc|ext|approx|\d{1,2}(?:\.\d{1,2})*|[a-z])\.$`)
)

func sentences(start int, text string) []sentence {
	var all []sentence
	from := 0
	add := func(to int) {
		if piece := text[from:to]; strings.TrimSpace(piece) != "" {
			lead := len(piece) - len(strings.TrimLeft(piece, " -*"))
			all = append(all, sentence{start + from + lead, strings.TrimRight(piece[lead:], " ")})
		}
		from = to
	}
	for _, at := range ends.FindAllStringIndex(text, -1) {
		if text[at[0]] == '.' && noEnd.MatchString(text[from:at[0]+1]) {
			continue
		}
		add(at[1])
	}
	add(len(text))
	return all
}
