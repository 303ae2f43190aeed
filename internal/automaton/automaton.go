// Package automaton finds what regular expressions match, exactly as package
// regexp does and many times faster where the same expressions are asked of
// text after text: the gate asks hundreds of them at each keystroke.
//
// Package regexp follows all ways through an expression side by side, rune by
// rune, each time anew. Here the ways that are open at a place are a state,
// and where a state leads with a rune is worked out once and remembered: after
// a few texts nearly every rune is one look into a table. In exchange there
// are no groups.
package automaton

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Automaton is a regular expression made ready. It is safe for concurrent use.
type Automaton struct {
	source  string
	program *syntax.Prog

	// Runes that no part of the expression tells apart are of one class.
	firsts  []rune     // the first rune of each class
	ascii   [256]uint8 // the class of each byte that is a rune
	classes int        // with one more, for the end of the text

	mu      sync.Mutex // guards all below
	ways    []string   // of each state: the kind of the rune before, and the instructions from which to go on, two bytes each, the preferred first
	numbers map[string]int
	edges   []edge // of each state, by class
	starts  [len(before)]int

	followed, taken []bool // the instructions, while an edge is worked out
	next            []byte
}

// edge tells where a state leads: twice the number of the next one, and one more where a match ends here. It is 0 while that is not known.
type edge uint16

const (
	matchEnds edge = 1
	dead           = 1  // the state from which no way leads on
	end            = -1 // the rune beside a text
)

// Compile reads an expression as package regexp does.
func Compile(expression string) (*Automaton, error) {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("the expression cannot be read: %w", err)
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, fmt.Errorf("the expression cannot be made ready: %w", err)
	}
	program.Inst = slices.Clone(program.Inst) // without the room that they grew in
	if len(program.Inst) > 1<<16 {
		return nil, fmt.Errorf("the expression is too long")
	}
	a := &Automaton{source: expression, program: program, firsts: firsts(program),
		followed: make([]bool, len(program.Inst)), taken: make([]bool, len(program.Inst))}
	a.classes = len(a.firsts) + 1
	for r := range utf8.RuneSelf {
		a.ascii[r] = uint8(a.class(rune(r)))
	}
	a.forget()
	return a, nil
}

// MustCompile is Compile for an expression that is part of the program.
func MustCompile(expression string) *Automaton {
	a, err := Compile(expression)
	if err != nil {
		panic(err)
	}
	return a
}

// String is the expression.
func (a *Automaton) String() string { return a.source }

// firsts finds where classes begin: at both ends of each range of runes that the program tells apart.
func firsts(program *syntax.Prog) []rune {
	out := []rune{0}
	cut := func(from, to rune) { out = append(out, from, to+1) }
	for _, told := range []string{"\n\n", "09", "AZ", "__", "az"} { // by \b, ^ and $
		cut(rune(told[0]), rune(told[1]))
	}
	for _, i := range program.Inst {
		switch {
		case i.Op != syntax.InstRune && i.Op != syntax.InstRune1:
		case len(i.Rune) == 1:
			cut(i.Rune[0], i.Rune[0])
			if syntax.Flags(i.Arg)&syntax.FoldCase != 0 {
				for r := unicode.SimpleFold(i.Rune[0]); r != i.Rune[0]; r = unicode.SimpleFold(r) {
					cut(r, r)
				}
			}
		default:
			for n := 0; n < len(i.Rune); n += 2 {
				cut(i.Rune[n], i.Rune[n+1])
			}
		}
	}
	slices.Sort(out)
	return slices.Clone(slices.Compact(out)) // most were the same
}

// class is the number of the class of a rune.
func (a *Automaton) class(r rune) int {
	n, first := slices.BinarySearch(a.firsts, r)
	if !first {
		n--
	}
	return n
}

// Match says whether the expression matches somewhere in the text.
func (a *Automaton) Match(text string) bool {
	from, _ := a.Find(text)
	return from >= 0
}

// Find is the first match in the text, or -1, -1.
func (a *Automaton) Find(text string) (from, to int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.find(text, 0)
}

// All are the matches in the text, each after the one before.
func (a *Automaton) All(text string) [][]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out [][]int
	last := -1
	for at := 0; at <= len(text); {
		from, to := a.find(text, at)
		if from < 0 {
			break
		}
		if from < to || from != last { // an empty match beside another is none
			out = append(out, []int{from, to})
		}
		last = to
		if to == at {
			to += max(width(text, to), 1)
		}
		at = to
	}
	return out
}

// Replace is the text with other words in the place of each match.
func (a *Automaton) Replace(text, other string) string {
	var out strings.Builder
	done := 0
	for _, m := range a.All(text) {
		out.WriteString(text[done:m[0]])
		out.WriteString(other)
		done = m[1]
	}
	out.WriteString(text[done:])
	return out.String()
}

// find is the first match that begins at a byte of the text or after it.
func (a *Automaton) find(text string, from int) (int, int) {
	for {
		if to := a.follows(text, from); to >= 0 {
			return from, to
		}
		if from == len(text) {
			return -1, -1
		}
		from += width(text, from)
	}
}

// width is how many bytes the rune at a byte of the text takes.
func width(text string, at int) int {
	_, n := utf8.DecodeRuneInString(text[at:])
	return n
}

// follows is where the match ends that begins at a byte of the text, or -1.
func (a *Automaton) follows(text string, at int) int {
	ends, state := -1, a.start(text, at)
	for state != dead {
		class, width := a.classes-1, 0
		if at < len(text) {
			class, width = int(a.ascii[text[at]]), 1
			if text[at] >= utf8.RuneSelf {
				var r rune
				r, width = utf8.DecodeRuneInString(text[at:])
				class = a.class(r)
			}
		}
		e := a.edges[state*a.classes+class]
		if e == 0 {
			e = a.explore(state, class)
		}
		if e&matchEnds != 0 {
			ends = at
		}
		state = int(e >> 1)
		at += width
	}
	return ends
}

// start is the state in which a match may begin at a byte of the text.
func (a *Automaton) start(text string, at int) int {
	previous := rune(end)
	if at > 0 {
		previous = rune(text[at-1]) // all that is beyond ASCII is of one kind, and so are its bytes
	}
	k := kind(previous)
	if a.starts[k] == 0 {
		a.starts[k] = a.number(string([]byte{k, byte(a.program.Start >> 8), byte(a.program.Start)}))
	}
	return a.starts[k]
}
