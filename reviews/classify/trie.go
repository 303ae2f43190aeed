package classify

import (
	"fmt"
	"slices"
	"strings"
)

// role says what a listed phrase does.
type role uint8

const (
	feels   role = iota // carries a sentiment of its own
	negates             // turns what follows
	boosts              // strengthens or, with a negative value, weakens what follows
	about               // tells a topic
	marks               // tells a kind
	irony               // praise that may mock, or a failure
)

// entry is one listed phrase.
type entry struct {
	role     role
	language string
	value    float64 // for feels and boosts
	topic    int     // for about; for marks and irony, which
	sure     bool    // for about: the practice's own phrase, which no model doubts
	polarity int8    // for about: -1 complaint, +1 praise, 0 takes the clause's feeling
}

// phraseHit is an entry found in a document, in words.
type phraseHit struct {
	entry      *entry
	start, end int32 // words, end exclusive
}

// trie finds listed phrases in one pass over the words of a text.
type trie struct {
	words    vocabulary
	prefixes vocabulary // entries such as "discriminat*"
	begins   []bool     // by the first three letters: whether a prefix begins so; most words need look no further
	shortest int        // length of the shortest prefix
	longest  int
	contrast []bool // by word id
	next     steps
	first    []int32 // by word id: the node after this first word
	entries  [][]entry
}

func newTrie() *trie {
	return &trie{begins: make([]bool, 1<<15), shortest: 1 << 30, contrast: []bool{false}, first: []int32{0}, entries: make([][]entry, 1)}
}

// lookup gives the ids of a word of a text by its hash: the word itself, and a listed beginning of it.
func (t *trie) lookup(w []byte, hash uint32) (id, base int32) {
	var bare [48]byte
	for i, b := range w {
		if b == '\'' && len(w) <= len(bare) {
			n := copy(bare[:], w[:i])
			for _, b := range w[i:] {
				if b != '\'' {
					bare[n] = b
					n++
				}
			}
			w = bare[:n]
			hash = hashWord(w)
			break
		}
	}
	id = t.words.of(w, hash)
	if !t.begins[threeLetters(w)] {
		return id, 0
	}
	hash = hashStartOfWord
	for n, b := range w[:min(len(w), t.longest)] {
		if hash = hashOn(hash, b); n+1 >= t.shortest {
			if p := t.prefixes.of(w[:n+1], hash); p != 0 {
				base = p
			}
		}
	}
	return id, base
}

// threeLetters is a number of 15 bits for the first three letters of a word, or what it has of them.
func threeLetters(w []byte) (n int) {
	for _, b := range w[:min(3, len(w))] {
		n = n<<5 | int(b&31)
	}
	return n
}

// add lists a phrase. A word ending in ~ stands for its regular inflections, one ending in * for any ending.
func (t *trie) add(phrase string, e entry) error {
	nodes := []int32{0}
	fields := strings.Fields(bare(phrase))
	if len(fields) == 0 {
		return fmt.Errorf("a list has an empty phrase")
	}
	for _, f := range fields {
		var ids []int32
		switch stem := strings.TrimRight(f, "~*"); {
		case strings.HasSuffix(f, "*"):
			if len(stem) < 3 {
				return fmt.Errorf("the phrase %q needs at least three letters before the star", phrase)
			}
			id := t.prefixes.of([]byte(stem), hashWord([]byte(stem)))
			if id == 0 {
				id = t.newID()
				t.prefixes.add(stem, id)
				t.begins[threeLetters([]byte(stem))] = true
				t.shortest, t.longest = min(t.shortest, len(stem)), max(t.longest, len(stem))
			}
			ids = append(ids, id)
		case strings.HasSuffix(f, "~"):
			for _, form := range inflections(stem, e.language) {
				ids = append(ids, t.id(form))
			}
		default:
			ids = append(ids, t.id(f))
		}
		nodes = t.step(nodes, ids)
	}
	for _, n := range nodes {
		t.entries[n] = append(t.entries[n], e)
	}
	return nil
}

// bare writes a listed phrase the way texts are folded: lower case, no accents, no apostrophes, words apart.
func bare(phrase string) string {
	d := document{text: phrase}
	d.fold()
	return wordsApart.Replace(string(d.folded))
}

var wordsApart = strings.NewReplacer("'", "", "-", " ", ",", " ", ".", " ", "/", " ")

func (t *trie) newID() int32 {
	t.first = append(t.first, 0)
	t.contrast = append(t.contrast, false)
	return int32(len(t.first) - 1)
}

func (t *trie) id(form string) int32 {
	id := t.words.of([]byte(form), hashWord([]byte(form)))
	if id == 0 {
		id = t.newID()
		t.words.add(form, id)
	}
	return id
}

// step makes the nodes that follow the given ones by any of the words.
func (t *trie) step(nodes, ids []int32) []int32 {
	var out []int32
	for _, n := range nodes {
		for _, id := range ids {
			to := t.child(n, id)
			if to == 0 {
				t.entries = append(t.entries, nil)
				to = int32(len(t.entries) - 1)
				if n == 0 {
					t.first[id] = to
				} else {
					t.next.add(n, id, to)
				}
			}
			if !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

func (t *trie) child(node, id int32) int32 {
	if id == 0 {
		return 0
	}
	if node == 0 {
		return t.first[id]
	}
	return t.next.from(node, id)
}

// find appends every listed phrase that begins at word i and stays within its sentence.
func (t *trie) find(d *document, i int, node int32, from int32, hits []phraseHit) []phraseHit {
	w := &d.words[i]
	for _, id := range [2]int32{w.id, w.base} {
		to := t.child(node, id)
		if to == 0 {
			continue
		}
		for k := range t.entries[to] {
			hits = append(hits, phraseHit{&t.entries[to][k], from, int32(i + 1)})
		}
		if i+1 < len(d.words) && d.clause[d.words[i+1].clause].sentence == d.clause[w.clause].sentence {
			hits = t.find(d, i+1, to, from, hits)
		}
	}
	return hits
}

// inflections gives the regular forms of a word; forms that do not exist do no harm, nobody writes them.
func inflections(w, language string) []string {
	last := w[len(w)-1]
	if language == "es" {
		switch last {
		case 'o', 'a':
			s := w[:len(w)-1]
			return []string{s + "o", s + "a", s + "os", s + "as"}
		case 'e', 'i', 'u':
			return []string{w, w + "s"}
		case 'z':
			return []string{w, w[:len(w)-1] + "ces"}
		}
		return []string{w, w + "es", w + "a", w + "as"}
	}
	forms := []string{w, w + "s", w + "es", w + "ed", w + "ing"}
	switch {
	case last == 'e':
		s := w[:len(w)-1]
		forms = append(forms, w+"d", s+"ing")
	case last == 'y':
		s := w[:len(w)-1]
		forms = append(forms, s+"ies", s+"ied")
	case strings.IndexByte("bdgmnprtl", last) >= 0:
		forms = append(forms, w+string(last)+"ed", w+string(last)+"ing")
	}
	return forms
}
