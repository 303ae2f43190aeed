package classify

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
)

const (
	mostStrings = 48 // a set of literals larger than this is no help
	leastLength = 3  // a literal shorter than this is in every text
	mostLength  = 12 // what a literal holds beyond this tells little more and costs room
)

// required works out what every match of a pattern must contain: of each set at least one string.
func required(pattern string) ([][]string, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("reading %q: %w", pattern, err)
	}
	return requiredOf(re), nil
}

// branches splits a pattern at its outermost alternatives, since each alone requires more than all together.
func branches(pattern string) []string {
	var out []string
	depth, class, from := 0, false, 0
	for i := 0; i < len(pattern); i++ {
		switch b := pattern[i]; {
		case b == '\\':
			i++
		case class:
			class = b != ']'
		case b == '[':
			class = true
		case b == '(':
			depth++
		case b == ')':
			depth--
		case b == '|' && depth == 0:
			out = append(out, pattern[from:i])
			from = i + 1
		}
	}
	return append(out, pattern[from:])
}

func requiredOf(re *syntax.Regexp) [][]string {
	if set, ok := exact(re); ok {
		return useful(set)
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return requiredOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return requiredOf(re.Sub[0])
		}
	case syntax.OpConcat:
		var out [][]string
		run := []string{""}
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if ok {
				if both := cross(run, set); len(both) <= mostStrings {
					run = both
					continue
				}
			}
			out = append(out, useful(run)...)
			run = []string{""}
			if ok {
				run = set
			} else {
				out = append(out, requiredOf(sub)...)
			}
		}
		return append(out, useful(run)...)
	case syntax.OpAlternate:
		var union []string
		for _, sub := range re.Sub {
			sets := requiredOf(sub)
			if len(sets) == 0 {
				return nil
			}
			union = append(union, rarest(sets)...)
		}
		return useful(union)
	}
	return nil
}

// exact gives all strings of an expression that has only a few.
func exact(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(re.Rune))}, true
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine:
		return []string{""}, true
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if len(out) == 4 {
					return nil, false
				}
				out = append(out, string(r))
			}
		}
		return out, true
	case syntax.OpCapture:
		return exact(re.Sub[0])
	case syntax.OpQuest:
		set, ok := exact(re.Sub[0])
		return append([]string{""}, set...), ok && len(set) < mostStrings
	case syntax.OpConcat:
		run := []string{""}
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if !ok || len(run)*len(set) > mostStrings {
				return nil, false
			}
			run = cross(run, set)
		}
		return run, true
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

// useful keeps a set whose shortest string can tell texts apart.
func useful(set []string) [][]string {
	if shortest(set) < leastLength {
		return nil
	}
	return [][]string{set}
}

// rarest picks the set that fewest texts meet: the one with the longest shortest string.
func rarest(sets [][]string) (best []string) {
	for i, s := range sets {
		if i == 0 || shortest(s) > shortest(best) {
			best = s
		}
	}
	return best
}

func shortest(set []string) int {
	n := 1 << 30
	for _, s := range set {
		n = min(n, len(s))
	}
	return n
}

// atom says which pattern a literal belongs to, and which of its sets.
type atom struct {
	pattern int32
	bit     uint8
}

// automaton finds all literals in one pass (Aho and Corasick), as a dense table over the bytes that occur. States are numbered by their depth, so
// that the few that most bytes lead to lie together, and by where their row of the table starts.
type automaton struct {
	class    [256]uint8
	classes  int
	table    []uint32 // state + class -> state, with ends when a literal ends there
	out      [][]atom // by state/classes
	literals []string // until built
	atoms    []atom
}

// ends marks a state in which a literal ends.
const ends = 1 << 31

func newAutomaton() *automaton { return &automaton{classes: 1} }

func (a *automaton) add(literal string, at atom) {
	literal = literal[:min(len(literal), mostLength)]
	for _, b := range []byte(literal) {
		if a.class[b] == 0 {
			a.class[b] = uint8(a.classes)
			a.classes++
		}
	}
	a.literals = append(a.literals, literal)
	a.atoms = append(a.atoms, at)
}

// states counts the nodes of the tree of literals: each literal adds what it does not share with the one before it.
func (a *automaton) states() int {
	sorted := slices.Sorted(slices.Values(a.literals))
	n, last := 1, ""
	for _, literal := range sorted {
		shared := 0
		for shared < min(len(literal), len(last)) && literal[shared] == last[shared] {
			shared++
		}
		n, last = n+len(literal)-shared, literal
	}
	return n
}

// build makes the table: first the tree of literals, then where each state goes on a byte that breaks its literal off.
func (a *automaton) build() {
	tree, out := make([]int32, a.classes*a.states()), make([][]atom, 1)
	for i, literal := range a.literals {
		state := 0
		for _, b := range []byte(literal) {
			at := state*a.classes + int(a.class[b])
			if tree[at] == 0 {
				tree[at] = int32(len(out))
				out = append(out, nil)
			}
			state = int(tree[at])
		}
		if !slices.Contains(out[state], a.atoms[i]) {
			out[state] = append(out[state], a.atoms[i])
		}
	}
	a.literals, a.atoms = nil, nil

	fall, number, byDepth := make([]int32, len(out)), make([]uint32, len(out)), make([]int32, 1, len(out))
	for i := 0; i < len(byDepth); i++ {
		s := byDepth[i]
		number[s] = uint32(i * a.classes)
		a.out = append(a.out, out[s])
		for c := 1; c < a.classes; c++ {
			to := &tree[int(s)*a.classes+c]
			back := int32(0)
			if s != 0 {
				back = tree[int(fall[s])*a.classes+c]
			}
			if *to == 0 {
				*to = back
				continue
			}
			fall[*to] = back
			out[*to] = append(out[*to], out[back]...)
			byDepth = append(byDepth, *to)
		}
	}
	a.table = make([]uint32, len(tree))
	for i, s := range byDepth {
		for c, to := range tree[int(s)*a.classes:][:a.classes] {
			at := &a.table[i*a.classes+c]
			if *at = number[to]; len(out[to]) > 0 {
				*at |= ends
			}
		}
	}
}

// scan marks the literals that occur in a text and returns the patterns that were touched.
func (a *automaton) scan(text []byte, marks []uint8, touched []int32) []int32 {
	state := uint32(0)
	for _, b := range text {
		to := a.table[state+uint32(a.class[b])]
		if state = to &^ ends; to == state {
			continue
		}
		for _, at := range a.out[state/uint32(a.classes)] {
			if marks[at.pattern] == 0 {
				touched = append(touched, at.pattern)
			}
			marks[at.pattern] |= at.bit
		}
	}
	return touched
}
