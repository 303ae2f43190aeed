package guard

import (
	"regexp/syntax"
	"strings"
)

// literals numbers the plain strings that patterns cannot match without, so
// that each is looked for once in a text, however many patterns ask.
type literals struct {
	index map[string]int
	all   []string
}

func (l *literals) number(s string) int {
	if n, ok := l.index[s]; ok {
		return n
	}
	n := len(l.all)
	l.index[s] = n
	l.all = append(l.all, s)
	return n
}

// needs is what a pattern cannot match without: one literal of each group.
type needs [][]int

func (l *literals) of(pattern string) needs {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	var out needs
	for _, group := range required(re) {
		numbers := make([]int, len(group))
		for i, s := range group {
			numbers[i] = l.number(s)
		}
		out = append(out, numbers)
	}
	return out
}

func required(re *syntax.Regexp) [][]string {
	switch re.Op {
	case syntax.OpLiteral:
		if s := string(re.Rune); len(s) > 1 && re.Flags&syntax.FoldCase == 0 {
			return [][]string{{s}}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var out [][]string
		for _, sub := range re.Sub {
			out = append(out, required(sub)...)
		}
		return out
	case syntax.OpAlternate:
		var union []string
		for _, sub := range re.Sub {
			best := longest(required(sub))
			if best == nil {
				return nil
			}
			union = append(union, best...)
		}
		return [][]string{union}
	}
	return nil
}

// longest picks the group whose shortest literal is longest: the rarest.
func longest(groups [][]string) []string {
	var best []string
	length := 0
	for _, g := range groups {
		shortest := len(g[0])
		for _, s := range g {
			shortest = min(shortest, len(s))
		}
		if shortest > length {
			best, length = g, shortest
		}
	}
	return best
}

// presence remembers which literals a text holds: 0 not yet asked, 1 absent,
// 2 present.
type presence struct {
	text string
	all  []string
	seen []byte
}

func (p *presence) has(n int) bool {
	if p.seen[n] == 0 {
		p.seen[n] = 1
		if strings.Contains(p.text, p.all[n]) {
			p.seen[n] = 2
		}
	}
	return p.seen[n] == 2
}

func (p *presence) may(n needs) bool {
	for _, group := range n {
		found := false
		for _, lit := range group {
			if p.has(lit) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
