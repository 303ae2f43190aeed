package guard

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// Most patterns cannot match most texts, and plain strings are found much
// faster than patterns. So each pattern is taken apart once into groups of
// strings of which it needs one each, and a text is asked for those first.
// Equal groups and strings are shared by all patterns and asked for once.

// edge stands in a literal for the edge of a word.
const edge = '\x00'

// literals numbers the strings and groups that patterns need.
type literals struct {
	index  map[string]int
	all    []string
	groups map[string]int
	sets   [][]int
	within [][]int32 // the groups of each string
	tree   []node
}

func newLiterals() *literals {
	return &literals{index: map[string]int{}, groups: map[string]int{}}
}

// group numbers a set of strings.
func (l *literals) group(set []string) int {
	set = thin(set)
	key := strings.Join(set, "\n")
	if n, ok := l.groups[key]; ok {
		return n
	}
	numbers := make([]int, len(set))
	for i, s := range set {
		n, ok := l.index[s]
		if !ok {
			n = len(l.all)
			l.index[s] = n
			l.all = append(l.all, s)
		}
		numbers[i] = n
	}
	n := len(l.sets)
	l.groups[key] = n
	l.sets = append(l.sets, numbers)
	return n
}

// thin drops repeats and strings that hold another of the set.
func thin(set []string) []string {
	set = slices.Clone(set)
	slices.Sort(set)
	set = slices.Compact(set)
	if len(set) > 400 {
		return set
	}
	return slices.DeleteFunc(slices.Clone(set), func(s string) bool {
		return slices.ContainsFunc(set, func(o string) bool { return o != s && strings.Contains(s, o) })
	})
}

// needs is what a pattern cannot match without: a string of each group.
type needs []int

func (l *literals) of(source string) needs {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil
	}
	var out needs
	for _, set := range required(re) {
		if n := l.group(set); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

const mostStrings = 800

// exact lists every string that re matches, if they are few.
func exact(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}, true
	case syntax.OpWordBoundary:
		return []string{string(edge)}, true
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return []string{string(re.Rune)}, true
		}
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 4 || len(out) > 8 {
				return nil, false
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				out = append(out, string(r))
			}
		}
		return out, len(out) > 0
	case syntax.OpCapture:
		return exact(re.Sub[0])
	case syntax.OpQuest:
		if set, ok := exact(re.Sub[0]); ok {
			return append([]string{""}, set...), true
		}
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if !ok || len(out)+len(set) > mostStrings {
				return nil, false
			}
			out = append(out, set...)
		}
		return out, true
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if !ok || len(out)*len(set) > mostStrings {
				return nil, false
			}
			out = cross(out, set)
		}
		return out, true
	}
	return nil, false
}

func cross(a, b []string) []string {
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

// required lists groups of strings of which each match of re holds one.
func required(re *syntax.Regexp) [][]string {
	if set, ok := exact(re); ok {
		return useful(nil, set)
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var out [][]string
		run := []string{""}
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if ok && len(run)*len(set) <= mostStrings {
				run = cross(run, set)
				continue
			}
			out = useful(out, run)
			run = []string{""}
			if ok {
				run = set
				continue
			}
			out = append(out, required(sub)...)
		}
		return useful(out, run)
	case syntax.OpAlternate:
		var union []string
		for _, sub := range re.Sub {
			best := rarest(required(sub))
			if best == nil {
				return nil
			}
			union = append(union, best...)
		}
		return [][]string{union}
	}
	return nil
}

// useful appends a set unless one of its strings says next to nothing.
func useful(groups [][]string, set []string) [][]string {
	for _, s := range set {
		if len(strings.Trim(s, " \x00")) < 2 {
			return groups
		}
	}
	return append(groups, set)
}

// rarest picks the group whose shortest string is longest.
func rarest(groups [][]string) []string {
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

// node is a place in the tree of all literals: its children are the nodes
// [first, first+count), in the order of their bytes.
type node struct {
	first, count int32
	ends         []int32 // literals that end here
	b            byte
}

// grow builds the tree once all patterns are known.
func (l *literals) grow() {
	order := make([]int32, len(l.all))
	plain := make([]string, len(l.all))
	for i, s := range l.all {
		order[i] = int32(i)
		plain[i] = strings.ReplaceAll(s, string(edge), "")
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(plain[a], plain[b]) })
	l.tree = []node{{}}
	type job struct {
		at    int32
		depth int
		these []int32
	}
	for jobs := []job{{0, 0, order}}; len(jobs) > 0; jobs = jobs[1:] {
		j := jobs[0]
		for len(j.these) > 0 && len(plain[j.these[0]]) == j.depth {
			l.tree[j.at].ends = append(l.tree[j.at].ends, j.these[0])
			j.these = j.these[1:]
		}
		l.tree[j.at].first = int32(len(l.tree))
		for len(j.these) > 0 {
			b, n := plain[j.these[0]][j.depth], 1
			for n < len(j.these) && plain[j.these[n]][j.depth] == b {
				n++
			}
			jobs = append(jobs, job{int32(len(l.tree)), j.depth + 1, j.these[:n]})
			l.tree = append(l.tree, node{b: b})
			l.tree[j.at].count++
			j.these = j.these[n:]
		}
	}
	l.within = make([][]int32, len(l.all))
	for g, set := range l.sets {
		for _, lit := range set {
			l.within[lit] = append(l.within[lit], int32(g))
		}
	}
}

// presence tells which groups a text holds a string of.
type presence []bool

// in reads a text once and finds every group it holds a string of.
func (l *literals) in(text string) presence {
	held := make(presence, len(l.sets))
	for start := range len(text) {
		at := int32(0)
		for i := start; i < len(text); i++ {
			n := &l.tree[at]
			next := int32(-1)
			for c := n.first; c < n.first+n.count; c++ {
				if l.tree[c].b == text[i] {
					next = c
					break
				}
			}
			if next < 0 {
				break
			}
			at = next
			for _, lit := range l.tree[at].ends {
				if s := l.all[lit]; (s[0] != edge || atEdge(text, start)) && (s[len(s)-1] != edge || atEdge(text, i+1)) {
					for _, g := range l.within[lit] {
						held[g] = true
					}
				}
			}
		}
	}
	return held
}

func atEdge(text string, i int) bool {
	return (i > 0 && wordByte(text[i-1])) != (i < len(text) && wordByte(text[i]))
}

// may says whether a pattern with these needs can match the text at all.
func (p presence) may(n needs) bool {
	for _, g := range n {
		if !p[g] {
			return false
		}
	}
	return true
}
