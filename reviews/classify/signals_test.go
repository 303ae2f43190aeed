package classify

import "testing"

// Expressions compile when they are first asked, so a bad one would only show then.
func TestEveryExpressionCompiles(t *testing.T) {
	p := Default().patterns
	for _, pat := range p.patterns {
		pat.match()
		if pat.after != nil {
			pat.after()
		}
	}
	for _, own := range p.excuses {
		for _, e := range own {
			e.match()
		}
	}
	if got := len(p.patterns); got < 400 {
		t.Errorf("got %d patterns, want those of all signals", got)
	}
}
