package guard

import (
	"fmt"
	"io/fs"
	"regexp"
	"regexp/syntax"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"goodword/internal/automaton"
)

// Rule is one rule of the packs, as the Policy screen shows it.
type Rule struct {
	ID       string  `yaml:"id" json:"id"`
	Code     string  `yaml:"code" json:"code"`
	Severity Verdict `yaml:"severity" json:"severity"`
	Label    string  `yaml:"label" json:"label"`
	Why      string  `yaml:"why" json:"why"`
	Basis    string  `yaml:"basis" json:"basis"`
	Instead  string  `yaml:"instead" json:"instead"`
	Source   string  `yaml:"source" json:"source"`
	URL      string  `yaml:"url" json:"url"`
	Checked  string  `yaml:"checked" json:"checked"`
	ReviewBy string  `yaml:"review_by" json:"review_by"`
}

// ruleText is a rule as a pack writes it.
type ruleText struct {
	Rule        `yaml:",inline"`
	Kinds       []Kind    `yaml:"kinds"`       // reply, spotlight; none means both
	Moods       []mood    `yaml:"moods"`       // moods of the review; none means any
	Also        []string  `yaml:"also"`        // further codes that the same words break
	Conditional Verdict   `yaml:"conditional"` // severity under a condition
	Last        bool      `yaml:"last"`        // is asked after all other rules
	General     bool      `yaml:"general"`     // spares what is said of science, law and people at large
	Check       string    `yaml:"check"`       // a check written in Go instead of patterns
	Scope       string    `yaml:"scope"`       // sentence (usual), text, or note
	Patterns    []string  `yaml:"patterns"`
	Except      []string  `yaml:"except"`      // drops a hit that it overlaps
	Unless      []string  `yaml:"unless"`      // drops hits of a sentence that holds it
	UnlessText  []string  `yaml:"unless_text"` // drops hits of a text that holds it
	WithText    []string  `yaml:"with_text"`   // the text, with its note, must hold it
	WithReview  []string  `yaml:"with_review"` // the review must hold it
	SoftenText  []string  `yaml:"soften_text"` // a text that holds it makes the hit a warning
	Fires       []example `yaml:"fires"`
	Silent      []example `yaml:"silent"`
}

// example is a draft that a rule must or must not fire on.
type example struct {
	Review string `yaml:"review"`
	Text   string `yaml:"text"`
	Kind   Kind   `yaml:"kind"`
}

// UnmarshalYAML reads an example that is only its text, or all of it.
func (e *example) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		e.Text = n.Value
		return nil
	}
	type plain example
	return n.Decode((*plain)(e))
}

// pack is one file: a code with its reasons, and the rules that find it.
type pack struct {
	Rule  `yaml:",inline"`
	Rules []ruleText `yaml:"rules"`
}

// lexicon holds the word lists that patterns name in braces, and the slips of
// spelling that are mended before rules read.
type lexicon struct {
	Words    map[string]string `yaml:"words"`
	Kin      []string          `yaml:"kin"`   // words for one thing, a list each
	Kinds    map[string]string `yaml:"kinds"` // words that act alike, by their sign
	Slips    map[string]string `yaml:"slips"`
	Mend     []string          `yaml:"mend"`
	Plain    string            `yaml:"plain"`
	Usual    string            `yaml:"usual"`
	MendMore string            `yaml:"mend_words"`
}

// pattern is a pattern with the literals it needs. It is compiled when a text
// first holds those.
type pattern struct {
	re    func() *automaton.Automaton
	needs needs
}

type rule struct {
	ruleText
	patterns, except, unless, unlessText, withText, withReview, softenText []pattern
}

// reader turns packs into rules.
type reader struct {
	words map[string]string
	named map[string]int // into lists
	lists []wordList
	lits  *literals
	err   error
}

// wordList is a list of the lexicon and what it parses to.
type wordList struct {
	source string
	parsed *syntax.Regexp
}

// firstSign begins the letters that stand for word lists in a pattern that is
// parsed, one each. They are for private use: nobody types them.
const firstSign = '\uE000'

var macro = regexp.MustCompile(`\{([a-z][a-z_]*)\}`)

// list reads a word list, and those that it names, once, and returns its sign.
func (r *reader) list(name string) rune {
	if n, ok := r.named[name]; ok {
		return firstSign + rune(n)
	}
	source, ok := r.words[name]
	if !ok {
		r.err = fmt.Errorf("the rule packs name the word list {%s}, which the lexicon does not hold", name)
	}
	delete(r.words, name) // so that a list cannot name itself
	list := wordList{source: r.signed("(?:" + source + ")")}
	list.parsed = r.parse(name, list.source)
	r.lits.learn(list.parsed)
	r.named[name] = len(r.lists)
	r.lists = append(r.lists, list)
	return r.list(name)
}

// signed puts the signs of word lists in the place of their names in braces.
func (r *reader) signed(p string) string {
	p = strings.Join(strings.Fields(p), " ")
	return macro.ReplaceAllStringFunc(p, func(m string) string { return string(r.list(m[1 : len(m)-1])) })
}

func (r *reader) isSign(c rune) bool { return c >= firstSign && int(c-firstSign) < len(r.lists) }

// expand writes a pattern with its word lists in full.
func (r *reader) expand(out *strings.Builder, signed string) {
	for _, c := range signed {
		if r.isSign(c) {
			r.expand(out, r.lists[c-firstSign].source)
		} else {
			out.WriteRune(c)
		}
	}
}

// parse parses a pattern, but not again the word lists that it names.
func (r *reader) parse(where, signed string) *syntax.Regexp {
	re, err := syntax.Parse(signed, syntax.Perl)
	if err != nil {
		r.err = fmt.Errorf("a pattern of rule %s cannot be read: %w", where, err)
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	}
	return r.splice(re)
}

// forget lets go of what only the reading needed.
func (r *reader) forget() {
	r.words, r.named, r.lits = nil, nil, nil
	for i := range r.lists {
		r.lists[i].parsed = nil
	}
}

// splice puts the parsed word lists in the place of their signs.
func (r *reader) splice(re *syntax.Regexp) *syntax.Regexp {
	for i, sub := range re.Sub {
		re.Sub[i] = r.splice(sub)
	}
	switch {
	case re.Op == syntax.OpLiteral && slices.ContainsFunc(re.Rune, r.isSign):
		out := &syntax.Regexp{Op: syntax.OpConcat}
		for _, c := range re.Rune {
			if r.isSign(c) {
				out.Sub = append(out.Sub, r.lists[c-firstSign].parsed)
			} else {
				out.Sub = append(out.Sub, &syntax.Regexp{Op: syntax.OpLiteral, Flags: re.Flags, Rune: []rune{c}})
			}
		}
		return out
	case re.Op == syntax.OpCharClass && slices.ContainsFunc(re.Rune, r.isSign): // "{one}|{other}" parses to a class
		out := &syntax.Regexp{Op: syntax.OpAlternate}
		for i := 0; i < len(re.Rune); i += 2 {
			if !r.isSign(re.Rune[i]) {
				out.Sub = append(out.Sub, &syntax.Regexp{Op: syntax.OpCharClass, Rune: re.Rune[i : i+2]})
				continue
			}
			for c := re.Rune[i]; c <= re.Rune[i+1]; c++ {
				out.Sub = append(out.Sub, r.lists[c-firstSign].parsed)
			}
		}
		return out
	}
	return re
}

// compile makes patterns ready; each is compiled when it is first asked.
func (r *reader) compile(where string, list []string) []pattern {
	var out []pattern
	for _, p := range list {
		p = r.edged(r.signed(p))
		out = append(out, pattern{needs: r.lits.of(r.parse(where, p)), re: sync.OnceValue(func() *automaton.Automaton {
			var whole strings.Builder
			r.expand(&whole, p)
			return automaton.MustCompile(whole.String())
		})})
	}
	return out
}

// edged lets a pattern begin and end at the edge of a word where it begins
// and ends with letters or a choice.
func (r *reader) edged(p string) string {
	first, _ := utf8.DecodeRuneInString(p)
	last := lastRune(p)
	plain := func(c rune) bool { return c < utf8.RuneSelf && wordByte(byte(c)) }
	optional := last == '?' && len(p) > 1 && (p[len(p)-2] == ')' || r.isSign(lastRune(p[:len(p)-1])))
	start, end := "", ""
	if plain(last) && !strings.HasSuffix(p, `\b`) || last == ')' || r.isSign(last) || optional {
		end = `\b`
	}
	if plain(first) || first == '(' || r.isSign(first) || strings.HasPrefix(p, "[a-z") {
		start, end = `\b(?:`, ")"+end
	}
	return start + p + end
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// Load reads the lexicon and every pack under rules/, and makes them ready.
func Load(fsys fs.FS) (*Guard, error) {
	g, err := read(fsys)
	if err != nil {
		return nil, err
	}
	return g, g.ready()
}

// read reads the packs. What their patterns mean is found out when a draft is
// first judged, so that opening the program does not wait for it.
func read(fsys fs.FS) (*Guard, error) {
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("the rule packs cannot be listed: %w", err)
	}
	sort.Strings(names)
	var lex lexicon
	if err := readYAML(fsys, "rules/lexicon.yaml", &lex); err != nil {
		return nil, err
	}
	g := &Guard{codes: map[string]Rule{}, grave: map[string]bool{}}
	for _, name := range names {
		if strings.HasSuffix(name, "/lexicon.yaml") {
			continue
		}
		var p pack
		if err := readYAML(fsys, name, &p); err != nil {
			return nil, err
		}
		g.codes[p.Code] = p.Rule
		for _, t := range p.Rules {
			t.Rule = inherit(t.Rule, p.Rule)
			g.grave[p.Code] = g.grave[p.Code] || t.Severity == Block
			g.rules = append(g.rules, rule{ruleText: t})
		}
	}
	sort.SliceStable(g.rules, func(i, j int) bool { return !g.rules[i].Last && g.rules[j].Last })
	if g.opinion, err = readOpinion(fsys); err != nil {
		return nil, err
	}
	if len(g.rules) == 0 {
		return nil, fmt.Errorf("no rule packs were found under rules/")
	}
	g.ready = sync.OnceValue(func() error { return g.prepare(lex) })
	return g, nil
}

// prepare takes all patterns apart.
func (g *Guard) prepare(lex lexicon) error {
	g.lits = newLiterals()
	r := &reader{words: lex.Words, named: map[string]int{}, lits: g.lits}
	for i := range g.rules {
		u := &g.rules[i]
		u.patterns, u.except, u.unless = r.compile(u.ID, u.Patterns), r.compile(u.ID, u.Except), r.compile(u.ID, u.Unless)
		u.unlessText, u.softenText = r.compile(u.ID, u.UnlessText), r.compile(u.ID, u.SoftenText)
		u.withText, u.withReview = r.compile(u.ID, u.WithText), r.compile(u.ID, u.WithReview)
	}
	g.words = compileWords(r)
	g.kin = r.compile("kin", lex.Kin)
	g.usual = map[string]bool{}
	for _, w := range strings.Fields(lex.Usual) {
		g.usual[w] = true
	}
	g.signs = signsOf(r, lex.Kinds)
	g.speller = newSpeller(lex.Slips, strings.Fields(lex.MendMore), strings.Fields(lex.Plain))
	g.lits.grow()
	r.forget()
	return r.err
}

func readYAML(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("the rule pack %s cannot be opened: %w", name, err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("the rule pack %s cannot be read: %w", name, err)
	}
	return nil
}

// inherit fills what a rule leaves out from its pack.
func inherit(r, p Rule) Rule {
	fill := func(s *string, other string) {
		if *s == "" {
			*s = other
		}
	}
	fill(&r.Code, p.Code)
	fill((*string)(&r.Severity), string(p.Severity))
	fill(&r.Label, p.Label)
	fill(&r.Why, p.Why)
	fill(&r.Basis, p.Basis)
	fill(&r.Instead, p.Instead)
	fill(&r.Source, p.Source)
	fill(&r.URL, p.URL)
	fill(&r.Checked, p.Checked)
	fill(&r.ReviewBy, p.ReviewBy)
	return r
}
