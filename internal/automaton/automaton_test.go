package automaton

import (
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
)

var expressions = []string{`\b(?:your|our) (?:[a-z]+ ){0,3}(?:visits?|care)\b`, `a|ab|abc`, `(?:ab?)*?c|x*`, `^a+$`, `(?m)^\w+$`, `(?i)straße|K\B`,
	`.{0,4}b`, `(|a)+`, `\bé*\b`, `[^a]?$`, `a\C`, `(`, ``}

var texts = []string{"", "your own visit, our care and your kind care", "ababcabcab c", "aaa", "one\ntwo\n", "STRASSE Straße kK", "\xff\xc3b é a\xc3", "a b"}

// same fails the test where an expression finds anything else than package regexp does.
func same(t *testing.T, expression, text string) {
	t.Helper()
	a, err := Compile(expression)
	re, refused := regexp.Compile(expression)
	if (err == nil) != (refused == nil) {
		t.Fatalf("%q: got %v, want %v", expression, err, refused)
	}
	if err != nil {
		return
	}
	for range 2 { // the second time all is known
		if got, want := a.All(text), re.FindAllStringIndex(text, -1); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q in %q: got %v, want %v", expression, text, got, want)
		}
		from, to := a.Find(text)
		if got, want := []int{from, to}, re.FindStringIndex(text); want != nil && !reflect.DeepEqual(got, want) || want == nil && from >= 0 {
			t.Fatalf("%q in %q: got %v, want %v", expression, text, got, want)
		}
		if got, want := a.Replace(text, "?"), re.ReplaceAllLiteralString(text, "?"); got != want {
			t.Fatalf("%q in %q: got %q, want %q", expression, text, got, want)
		}
	}
}

func FuzzFindsWhatRegexpFinds(f *testing.F) {
	for _, expression := range expressions {
		for _, text := range texts {
			f.Add(expression, text)
		}
	}
	f.Fuzz(func(t *testing.T, expression, text string) {
		if len(expression)+len(text) > 200 {
			t.Skip("long repetitions in long texts take long")
		}
		same(t, expression, text)
	})
}

func TestForgetsAndGoesOn(t *testing.T) {
	expression, known, forgot := `(?:a|b){0,14}a(?:a|b){14}c`, 0, false
	a, re := MustCompile(expression), regexp.MustCompile(expression)
	for n := range 6000 {
		text := strings.Map(func(r rune) rune { return 'a' + r - '0' }, binary(n*7919)) + "c"
		if got, want := a.All(text), re.FindAllStringIndex(text, -1); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: got %v, want %v", text, got, want)
		}
		forgot = forgot || len(a.ways) < known
		if known = len(a.ways); known > mostStates+len(before) {
			t.Fatalf("got %d states, want at most %d", known, mostStates)
		}
	}
	if !forgot {
		t.Error("the automaton never forgot, want that it does")
	}
}

// binary writes the last 30 bits of a number.
func binary(n int) string {
	var out strings.Builder
	for bit := 29; bit >= 0; bit-- {
		out.WriteByte('0' + byte(n>>bit&1))
	}
	return out.String()
}

func TestManyAskAtOnce(t *testing.T) {
	a := MustCompile(expressions[0])
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, text := range texts {
				if got, want := a.Match(text), strings.Contains(text, "visit"); got != want {
					t.Errorf("%q: got %v, want %v", text, got, want)
				}
			}
		})
	}
	all.Wait()
}
