package guard

import "strings"

// sentence is one sentence of the folded text, with the stretches of it that
// stand under a condition.
type sentence struct {
	start, end int // folded bytes
	text       string
	ifs        []stretch
	held       presence // the literals it holds
	stopped    []string // the codes for which rules stop it so far
}

type stretch struct{ start, end int }

var shortForms = map[string]bool{"dr": true, "mr": true, "mrs": true, "ms": true, "st": true, "sr": true, "sra": true, "dra": true,
	"no": true, "vs": true, "approx": true, "ext": true, "jr": true, "mt": true, "ave": true, "prof": true, "srta": true, "rx": true, "a.m": true, "p.m": true}

// sentences cuts folded text at its full stops, question and exclamation
// marks and line ends, but not after "Dr." or inside "8.30".
func sentences(text string) []sentence {
	var out []sentence
	start := 0
	add := func(end int) {
		for start < end && (text[start] == ' ' || text[start] == '\n') {
			start++
		}
		if start < end {
			s := sentence{start: start, end: end, text: text[start:end]}
			s.ifs = conditions(s.text)
			out = append(out, s)
		}
		start = end
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			add(i)
		case '.', '!', '?':
			j := i + 1
			for j < len(text) && strings.IndexByte(".!?\"')", text[j]) >= 0 {
				j++
			}
			if j < len(text) && text[j] != ' ' && text[j] != '\n' {
				continue
			}
			if text[i] == '.' && j == i+1 && j < len(text) {
				w := lastWord(text[start:i])
				if shortForms[w] && !(w == "no" && i+2 < len(text) && !digit(text[i+2])) || len(w) == 1 && letter(w[0]) && w != "i" {
					continue
				}
			}
			add(j)
			i = j - 1
		}
	}
	add(len(text))
	return out
}

func lastWord(s string) string {
	i := len(s)
	for i > 0 && (wordByte(s[i-1]) || s[i-1] == '.') {
		i--
	}
	return s[i:]
}

// openers begin a condition; inverted ones do so only at the start of a
// sentence or after a comma ("Should your visit ...").
var openers = []string{"if ", "in case ", "in the event ", "whenever ", "suppose ", "unless ", "provided ", "on the chance ", "were a ", "were any ", "had a ", "had any ", "had your ",
	"should ", "si ", "en caso de ", "en el caso de ", "siempre que ", "por si ", "de haber ", "when a ", "when an ", "when any ", "whether "}

// conditions finds the stretches of a sentence in lower case that a condition
// governs: from its first word to the comma or the end that closes it.
func conditions(s string) []stretch {
	var out []stretch
	for _, o := range openers {
		for at := 0; ; {
			i := strings.Index(s[at:], o)
			if i < 0 {
				break
			}
			i += at
			at = i + len(o)
			if i > 0 && wordByte(s[i-1]) {
				continue
			}
			if inverted(o) && !clauseStart(s, i) {
				continue
			}
			if strings.HasSuffix(s[:i], "as ") && o == "if " {
				continue
			}
			end := len(s)
			for j := at; j < len(s); j++ {
				if s[j] == ',' || s[j] == ';' || s[j] == ':' || strings.HasPrefix(s[j:], " - ") || s[j] == '.' && j+1 < len(s) && s[j+1] == ' ' {
					end = j
					break
				}
			}
			out = append(out, stretch{i, end})
		}
	}
	return out
}

func inverted(o string) bool {
	return strings.HasPrefix(o, "should") || strings.HasPrefix(o, "were") || strings.HasPrefix(o, "had ")
}

func clauseStart(s string, i int) bool {
	return i == 0 || i >= 2 && strings.IndexByte(",;:(-", s[i-2]) >= 0 || strings.HasSuffix(s[:i], " and ")
}

// conditional says whether [start, end) of the sentence lies in a condition.
func (s sentence) conditional(start, end int) bool {
	for _, c := range s.ifs {
		if start >= c.start && end <= c.end {
			return true
		}
	}
	return false
}
