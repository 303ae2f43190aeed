package guard

import (
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
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
	Slips    map[string]string `yaml:"slips"`
	Mend     []string          `yaml:"mend"`
	Plain    string            `yaml:"plain"`
	MendMore string            `yaml:"mend_words"`
}

// pattern is a compiled pattern with the literals it needs.
type pattern struct {
	re    *regexp.Regexp
	needs needs
}

type rule struct {
	ruleText
	patterns, except, unless, unlessText, withText, withReview, softenText []pattern
}

// reader turns packs into rules.
type reader struct {
	words map[string]string
	lits  *literals
	err   error
}

var macro = regexp.MustCompile(`\{([a-z][a-z_]*)\}`)

// expand puts word lists in the place of their names in braces.
func (r *reader) expand(p string, depth int) string {
	return macro.ReplaceAllStringFunc(p, func(m string) string {
		list, ok := r.words[m[1:len(m)-1]]
		if !ok || depth > 6 {
			r.err = fmt.Errorf("the rule packs name the word list %s, which the lexicon does not hold", m)
			return ""
		}
		return "(?:" + r.expand(strings.TrimSpace(list), depth+1) + ")"
	})
}

func (r *reader) compile(where string, list []string) []pattern {
	var out []pattern
	for _, p := range list {
		source := r.expand(strings.Join(strings.Fields(p), " "), 0)
		end := ""
		if c := source[len(source)-1]; wordByte(c) && !strings.HasSuffix(source, `\b`) || c == ')' || strings.HasSuffix(source, ")?") {
			end = `\b`
		}
		if c := source[0]; wordByte(c) || c == '(' || strings.HasPrefix(source, "[a-z") {
			source = `\b(?:` + source + `)`
		}
		source += end
		re, err := regexp.Compile(source)
		if err != nil {
			r.err = fmt.Errorf("a pattern of rule %s cannot be read: %w", where, err)
			return nil
		}
		out = append(out, pattern{re: re, needs: r.lits.of(source)})
	}
	return out
}

// Load reads the lexicon and every pack under rules/.
func Load(fsys fs.FS) (*Guard, error) {
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("the rule packs cannot be listed: %w", err)
	}
	sort.Strings(names)
	var lex lexicon
	if err := readYAML(fsys, "rules/lexicon.yaml", &lex); err != nil {
		return nil, err
	}
	g := &Guard{codes: map[string]Rule{}, lits: newLiterals()}
	r := &reader{words: lex.Words, lits: g.lits}
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
			g.add(r, t)
		}
	}
	g.words = compileWords(r)
	g.speller = newSpeller(lex.Slips, strings.Fields(lex.MendMore), strings.Fields(lex.Plain))
	if r.err != nil {
		return nil, r.err
	}
	g.lits.grow()
	if len(g.rules) == 0 {
		return nil, fmt.Errorf("no rule packs were found under rules/")
	}
	return g, nil
}

func (g *Guard) add(r *reader, t ruleText) {
	g.rules = append(g.rules, rule{
		ruleText: t, patterns: r.compile(t.ID, t.Patterns), except: r.compile(t.ID, t.Except),
		unless: r.compile(t.ID, t.Unless), unlessText: r.compile(t.ID, t.UnlessText),
		withText: r.compile(t.ID, t.WithText), withReview: r.compile(t.ID, t.WithReview),
		softenText: r.compile(t.ID, t.SoftenText),
	})
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
