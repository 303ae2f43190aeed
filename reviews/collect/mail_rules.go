package collect

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
)

// mailRule says how the alerts of one sender are read. A practice may write its own, in the same words.
type mailRule struct {
	Name    string    `yaml:"name"`
	Site    string    `yaml:"site"`
	From    []string  `yaml:"from"`
	Subject pattern   `yaml:"subject"`
	Body    []pattern `yaml:"body"`
	Each    []pattern `yaml:"each"`
	Excerpt bool      `yaml:"excerpt"`
}

// mailPack is a file of rules.
type mailPack struct {
	Source  string     `yaml:"source"`
	Checked string     `yaml:"checked"`
	Rules   []mailRule `yaml:"rules"`
}

// What a person may write; more is no rule but a mistake.
const (
	longestMailRules = 64 << 10
	mostMailRules    = 200
	mostEach         = 100 // reviews in one digest
)

// ruleNames are what a rule may name in a text.
var ruleNames = []string{"author", "count", "date", "place", "site", "stars", "text", "title", "url"}

// pattern is a regular expression whose groups have names. These expressions need no more than linear time, whoever writes them.
type pattern struct{ *regexp.Regexp }

// UnmarshalYAML compiles the pattern and says what is wrong with it.
func (p *pattern) UnmarshalYAML(node *yaml.Node) error {
	compiled, err := regexp.Compile(node.Value)
	if err != nil {
		return fmt.Errorf("line %d: the pattern %q cannot be read: %w", node.Line, short(node.Value), err)
	}
	for _, name := range compiled.SubexpNames() {
		if name != "" && !slices.Contains(ruleNames, name) {
			return fmt.Errorf("line %d: a pattern names %q; it may name %s", node.Line, name, strings.Join(ruleNames, ", "))
		}
	}
	p.Regexp = compiled
	return nil
}

// readMailRules reads the rules that a practice wrote. None are none.
func readMailRules(text string) ([]mailRule, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if len(text) > longestMailRules {
		return nil, fmt.Errorf("The rules for mail are longer than %d kB", longestMailRules>>10)
	}
	var pack mailPack
	from := yaml.NewDecoder(strings.NewReader(text))
	from.KnownFields(true)
	if err := from.Decode(&pack); err != nil {
		return nil, fmt.Errorf("The rules for mail cannot be read: %w", err)
	}
	if len(pack.Rules) > mostMailRules {
		return nil, fmt.Errorf("There are more than %d rules for mail", mostMailRules)
	}
	for i, rule := range pack.Rules {
		if len(rule.From) == 0 && rule.Subject.Regexp == nil {
			return nil, fmt.Errorf("Rule %d for mail says neither from whom the mail is nor what its subject is, and would take every mail", i+1)
		}
	}
	return pack.Rules, nil
}

// shippedMailRules are the rules that come with the program.
var shippedMailRules = sync.OnceValue(func() []mailRule {
	var all []mailRule
	files, err := fs.Glob(assets.FS, "mail/*.yaml")
	for _, file := range files {
		var text []byte
		if text, err = fs.ReadFile(assets.FS, file); err == nil {
			var rules []mailRule
			rules, err = readMailRules(string(text))
			all = append(all, rules...)
		}
		if err != nil {
			break
		}
	}
	if err != nil || len(all) == 0 {
		panic(errors.Join(errors.New("collect: the shipped rules for mail do not load"), err))
	}
	return all
})

// fits reports whether a rule is for a message, and returns what the subject says.
func (r mailRule) fits(l letter) (map[string]string, bool) {
	if len(r.From) > 0 && !slices.ContainsFunc(r.From, func(from string) bool { return sentBy(l.address, from) }) {
		return nil, false
	}
	if r.Subject.Regexp == nil {
		return map[string]string{}, true
	}
	found := r.Subject.FindStringSubmatch(l.subject)
	return r.Subject.named(found), found != nil
}

// sentBy reports whether an address is the one wanted: an address, "*@domain" or a domain with what is below it.
func sentBy(address, wanted string) bool {
	wanted = strings.ToLower(strings.TrimSpace(wanted))
	if address == "" || wanted == "" {
		return false
	}
	name, domain, _ := strings.Cut(wanted, "@")
	if !strings.Contains(wanted, "@") {
		name, domain = "", wanted
	}
	if name != "" && name != "*" {
		return address == wanted
	}
	_, of, _ := strings.Cut(address, "@")
	return of == domain || strings.HasSuffix(of, "."+domain)
}

// named are the values of the groups that found something.
func (p pattern) named(found []string) map[string]string {
	values := map[string]string{}
	for i, name := range p.SubexpNames() {
		if name != "" && i < len(found) && strings.TrimSpace(found[i]) != "" {
			values[name] = strings.TrimSpace(found[i])
		}
	}
	return values
}

// read takes what the body says, of the first pattern and the first form of the text that fit. No answer: none does.
func (r mailRule) read(l letter) []map[string]string {
	for _, text := range []string{l.plain, l.rendered} {
		for _, p := range r.Body {
			if found := p.FindStringSubmatch(text); found != nil {
				return []map[string]string{p.named(found)}
			}
		}
		for _, p := range r.Each {
			var all []map[string]string
			for _, found := range p.FindAllStringSubmatch(text, mostEach) {
				all = append(all, p.named(found))
			}
			if len(all) > 0 {
				return all
			}
		}
	}
	return nil
}
