package automaton

import "regexp/syntax"

// mostStates bounds what an automaton remembers: when they are so many, it begins anew.
const mostStates = 4000

// before stands for the runes before a place, as far as \b, ^ and $ tell them apart.
var before = [...]rune{end, 'a', '\n', ' '}

// kind is the place of a rune in before.
func kind(r rune) byte {
	switch {
	case r == end:
		return 0
	case syntax.IsWordChar(r):
		return 1
	case r == '\n':
		return 2
	}
	return 3
}

// explore works out where a state leads with a class of runes.
func (a *Automaton) explore(state, class int) edge {
	if len(a.ways) >= mostStates {
		ways := a.ways[state]
		a.forget()
		state = a.number(ways)
	}
	r := rune(end)
	if class < len(a.firsts) {
		r = a.firsts[class]
	}
	ways := a.ways[state]
	around := syntax.EmptyOpContext(before[ways[0]], r)
	clear(a.followed)
	clear(a.taken)
	a.next = append(a.next[:0], kind(r))
	matches := edge(0)
	for i := 1; i < len(ways); i += 2 {
		if a.follow(uint32(ways[i])<<8|uint32(ways[i+1]), around, r) {
			matches = matchEnds
			break // what is less preferred than a match is no match
		}
	}
	e := edge(a.number(string(a.next)))<<1 | matches
	a.edges[state*a.classes+class] = e
	return e
}

// follow goes from an instruction through all that take no rune, the preferred first, and notes where those that take the rune lead. It says whether a
// match ends before the rune.
func (a *Automaton) follow(at uint32, around syntax.EmptyOp, r rune) bool {
	if a.followed[at] {
		return false
	}
	a.followed[at] = true
	switch i := &a.program.Inst[at]; i.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return a.follow(i.Out, around, r) || a.follow(i.Arg, around, r)
	case syntax.InstCapture, syntax.InstNop:
		return a.follow(i.Out, around, r)
	case syntax.InstEmptyWidth:
		return syntax.EmptyOp(i.Arg)&^around == 0 && a.follow(i.Out, around, r)
	case syntax.InstMatch:
		return true
	case syntax.InstFail:
		return false
	default:
		if r != end && !a.taken[i.Out] && i.MatchRune(r) {
			a.taken[i.Out] = true
			a.next = append(a.next, byte(i.Out>>8), byte(i.Out))
		}
		return false
	}
}

// number is the number of a state by its ways, which may be new.
func (a *Automaton) number(ways string) int {
	if len(ways) == 1 {
		return dead
	}
	if n, ok := a.numbers[ways]; ok {
		return n
	}
	return a.add(ways)
}

func (a *Automaton) add(ways string) int {
	n := len(a.ways)
	a.numbers[ways] = n
	a.ways = append(a.ways, ways)
	a.edges = append(a.edges, make([]edge, a.classes)...)
	return n
}

// forget lets go of all states.
func (a *Automaton) forget() {
	a.numbers, a.ways, a.edges, a.starts = map[string]int{}, nil, nil, [len(before)]int{}
	a.add("") // no state has the number 0, so that an edge of 0 is one that is not known
	a.add("dead")
}
