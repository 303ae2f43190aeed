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
// Every digit is read as 0, so that a pattern can need "a digit".

// edge stands in a literal for the edge of a word.
const edge = '\x00'

// A set of more strings than mostStrings is parted into smaller ones, and of
// each string the first longestLiteral bytes are looked for: more would tell
// little and cost much.
const (
	mostStrings    = 800
	longestLiteral = 16
)

// literals numbers the groups that patterns need, and finds them in a text.
type literals struct {
	groups map[string]int
	count  int
	lists  map[*syntax.Regexp]known // word lists are in many patterns; each is taken apart once
	wanted []wanted                 // until grown

	// The tree of all literals: the children of node n are [nodes[n].first, nodes[n+1].first),
	// in the order of their bytes; the literals that end there are [nodes[n].ends, nodes[n+1].ends).
	bytes []byte
	nodes []node
	ends  []literal
}

// wanted is a string as a group wants it.
type wanted struct {
	text  string // without edges
	group literal
}

// node is where the children of a node begin, and the literals that end there.
type node struct{ first, ends int32 }

// literal is the end of a string of a group.
type literal struct {
	group         int32
	before, after bool // the string has the edge of a word there
}

// known is what exact and required found of a word list.
type known struct {
	exact    []string
	ok       bool
	required [][]string
}

func newLiterals() *literals {
	return &literals{groups: map[string]int{}, lists: map[*syntax.Regexp]known{}}
}

// learn takes a word list apart, for all patterns that name it.
func (l *literals) learn(re *syntax.Regexp) {
	var k known
	k.exact, k.ok = l.exact(re)
	k.required = l.required(re)
	l.lists[re] = k
}

// group numbers a set of strings.
func (l *literals) group(set []string) int {
	set = thin(set)
	key := strings.Join(set, "\n")
	if n, ok := l.groups[key]; ok {
		return n
	}
	n := l.count
	l.count++
	l.groups[key] = n
	for _, s := range set {
		w := wanted{text: s, group: literal{group: int32(n)}}
		if w.text[0] == edge {
			w.text, w.group.before = w.text[1:], true
		}
		if end := len(w.text) - 1; w.text[end] == edge {
			w.text, w.group.after = w.text[:end], true
		}
		w.text = strings.ReplaceAll(w.text, string(edge), "")
		l.wanted = append(l.wanted, w)
	}
	return n
}

// thin shortens the strings of a set and drops those that begin with another.
func thin(set []string) []string {
	set = slices.Clone(set)
	for i, s := range set {
		set[i] = s[:min(len(s), longestLiteral)]
	}
	slices.Sort(set)
	kept := set[:1]
	for _, s := range set[1:] {
		if !strings.HasPrefix(s, kept[len(kept)-1]) {
			kept = append(kept, s)
		}
	}
	return kept
}

// needs is what a pattern cannot match without: a string of each group.
type needs []int

func (l *literals) of(re *syntax.Regexp) needs {
	var out needs
	for _, set := range l.required(re) {
		if n := l.group(set); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// exact lists every string that re matches, if they are few.
func (l *literals) exact(re *syntax.Regexp) ([]string, bool) {
	if k, ok := l.lists[re]; ok {
		return k.exact, k.ok
	}
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}, true
	case syntax.OpWordBoundary:
		return []string{string(edge)}, true
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return []string{zeroed(string(re.Rune))}, true
		}
	case syntax.OpCharClass:
		return letters(re.Rune)
	case syntax.OpCapture:
		return l.exact(re.Sub[0])
	case syntax.OpQuest:
		if set, ok := l.exact(re.Sub[0]); ok {
			return append([]string{""}, set...), true
		}
	case syntax.OpRepeat:
		if re.Max >= 0 && re.Max <= 4 {
			return l.repeated(re)
		}
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			set, ok := l.exact(sub)
			if !ok || len(out)+len(set) > mostStrings {
				return nil, false
			}
			out = append(out, set...)
		}
		return out, true
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			set, ok := l.exact(sub)
			if !ok || len(out)*len(set) > mostStrings {
				return nil, false
			}
			out = cross(out, set)
		}
		return out, true
	}
	return nil, false
}

// letters lists a class of a few letters.
func letters(ranges []rune) ([]string, bool) {
	var out []string
	for i := 0; i < len(ranges); i += 2 {
		if '0' <= ranges[i] && ranges[i+1] <= '9' {
			out = append(out, "0")
			continue
		}
		if ranges[i+1]-ranges[i] > 4 || len(out) > 8 {
			return nil, false
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			out = append(out, zeroed(string(r)))
		}
	}
	return out, len(out) > 0
}

// repeated lists the strings of a repetition with a bound.
func (l *literals) repeated(re *syntax.Regexp) ([]string, bool) {
	once, ok := l.exact(re.Sub[0])
	if !ok {
		return nil, false
	}
	var out []string
	run := []string{""}
	for n := 0; n <= re.Max; n++ {
		if n >= re.Min {
			out = append(out, run...)
		}
		if len(run)*len(once)+len(out) > mostStrings {
			return nil, false
		}
		run = cross(run, once)
	}
	return out, true
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
func (l *literals) required(re *syntax.Regexp) [][]string {
	if k, ok := l.lists[re]; ok {
		return k.required
	}
	if set, ok := l.exact(re); ok {
		return useful(nil, set)
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return l.required(re.Sub[0])
	case syntax.OpRepeat:
		if once, ok := l.exact(re.Sub[0]); ok && re.Min > 1 && len(once) == 1 {
			return useful(nil, []string{strings.Repeat(once[0], re.Min)})
		}
		if re.Min > 0 {
			return l.required(re.Sub[0])
		}
	case syntax.OpConcat:
		var out [][]string
		run := []string{""}
		for _, sub := range re.Sub {
			set, ok := l.exact(sub)
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
			out = append(out, l.required(sub)...)
		}
		return useful(out, run)
	case syntax.OpAlternate:
		var union []string
		for _, sub := range re.Sub {
			best := rarest(l.required(sub))
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
		if len(strings.Trim(s, " \x00")) < 2 && !strings.ContainsAny(s, "0[]{}()@#$%_*/\"") {
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

// grow builds the tree once all patterns are known, level by level.
func (l *literals) grow() {
	slices.SortFunc(l.wanted, func(a, b wanted) int { return strings.Compare(a.text, b.text) })
	type run struct{ from, to int32 } // of l.wanted, all with the same beginning
	l.bytes = []byte{0}
	level := []run{{0, int32(len(l.wanted))}}
	for depth := 0; len(level) > 0; depth++ {
		var next []run
		for _, r := range level {
			ends := int32(len(l.ends))
			for ; r.from < r.to && len(l.wanted[r.from].text) == depth; r.from++ {
				l.ends = append(l.ends, l.wanted[r.from].group)
			}
			l.nodes = append(l.nodes, node{int32(len(l.bytes)), ends})
			for r.from < r.to {
				b, child := l.wanted[r.from].text[depth], r
				for r.from < r.to && l.wanted[r.from].text[depth] == b {
					r.from++
				}
				child.to = r.from
				next = append(next, child)
				l.bytes = append(l.bytes, b)
			}
		}
		level = next
	}
	l.nodes = append(l.nodes, node{int32(len(l.bytes)), int32(len(l.ends))})
	l.bytes, l.nodes, l.ends = slices.Clip(l.bytes), slices.Clip(l.nodes), slices.Clip(l.ends)
	l.groups, l.lists, l.wanted = nil, nil, nil
}

// presence tells which groups a text holds a string of.
type presence []bool

// in reads a text once and finds every group that it, and each of its
// sentences, holds a string of.
func (l *literals) in(text string, sentences []sentence) presence {
	held := make([]bool, l.count*(1+len(sentences)))
	whole := presence(held[:l.count])
	for i := range sentences {
		sentences[i].held = held[l.count*(i+1):][:l.count]
	}
	text = zeroed(text)
	for start := range len(text) {
		for len(sentences) > 0 && sentences[0].end <= start {
			sentences = sentences[1:]
		}
		before := atEdge(text, start)
		at := int32(0)
		for i := start; i < len(text); i++ {
			at = l.child(at, text[i])
			if at < 0 {
				break
			}
			for _, end := range l.ends[l.nodes[at].ends:l.nodes[at+1].ends] {
				if end.before && !before || end.after && !atEdge(text, i+1) {
					continue
				}
				whole[end.group] = true
				if len(sentences) > 0 && sentences[0].start <= start && i < sentences[0].end {
					sentences[0].held[end.group] = true
				}
			}
		}
	}
	return whole
}

// child is the node below n for byte b, or -1.
func (l *literals) child(n int32, b byte) int32 {
	from := l.nodes[n].first
	for i, c := range l.bytes[from:l.nodes[n+1].first] {
		if c == b {
			return from + int32(i)
		}
	}
	return -1
}

func atEdge(text string, i int) bool {
	return (i > 0 && wordByte(text[i-1])) != (i < len(text) && wordByte(text[i]))
}

// zeroed is a text with every digit as 0.
func zeroed(s string) string {
	if !digits(s) {
		return s
	}
	out := []byte(s)
	for i, c := range out {
		if digit(c) {
			out[i] = '0'
		}
	}
	return string(out)
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
