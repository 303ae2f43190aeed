package classify

import "iter"

// The words of a text are looked up by the hash that they have anyway, and the steps from word to word of a phrase by two numbers. Both happen for
// each word of each text, so both have a plain table with open places in place of a map: at most half of it is taken, and what is looked for stands
// at its place or right behind it.

// vocabulary numbers words; no word has the number 0.
type vocabulary struct {
	places []wordPlace
	taken  int
}

type wordPlace struct {
	hash uint32
	id   int32
	word string
}

// of gives the number of a word by its hash, 0 when it is not listed.
func (v *vocabulary) of(word []byte, hash uint32) int32 {
	last := uint32(len(v.places) - 1)
	if len(v.places) == 0 {
		return 0
	}
	for i := hash; ; i++ {
		p := &v.places[i&last]
		if p.id == 0 {
			return 0
		}
		if p.hash == hash && p.word == string(word) {
			return p.id
		}
	}
}

// add lists a word that is not there yet.
func (v *vocabulary) add(word string, id int32) {
	if v.taken*2 >= len(v.places) {
		old := v.places
		v.places, v.taken = make([]wordPlace, max(64, 2*len(old))), 0
		for _, p := range old {
			if p.id != 0 {
				v.put(p)
			}
		}
	}
	v.put(wordPlace{hashWord([]byte(word)), id, word})
}

func (v *vocabulary) put(p wordPlace) {
	last := uint32(len(v.places) - 1)
	i := p.hash
	for v.places[i&last].id != 0 {
		i++
	}
	v.places[i&last] = p
	v.taken++
}

// all walks the words in no order.
func (v *vocabulary) all() iter.Seq2[string, int32] {
	return func(yield func(string, int32) bool) {
		for _, p := range v.places {
			if p.id != 0 && !yield(p.word, p.id) {
				return
			}
		}
	}
}

// steps lead from a node of the phrases and a word to the next node; no node has the number 0.
type steps struct {
	places []stepPlace
	taken  int
}

type stepPlace struct {
	node, word, to int32
}

func stepHash(node, word int32) uint32 {
	h := uint32(node)*0x9e3779b9 ^ uint32(word)*0x85ebca6b
	return h ^ h>>15
}

// from gives the node that a word leads to, 0 for none.
func (s *steps) from(node, word int32) int32 {
	last := uint32(len(s.places) - 1)
	if len(s.places) == 0 {
		return 0
	}
	for i := stepHash(node, word); ; i++ {
		p := &s.places[i&last]
		if p.node == node && p.word == word || p.to == 0 {
			return p.to
		}
	}
}

// add takes in a step that is not there yet.
func (s *steps) add(node, word, to int32) {
	if s.taken*2 >= len(s.places) {
		old := s.places
		s.places, s.taken = make([]stepPlace, max(64, 2*len(old))), 0
		for _, p := range old {
			if p.to != 0 {
				s.put(p)
			}
		}
	}
	s.put(stepPlace{node, word, to})
}

func (s *steps) put(p stepPlace) {
	last := uint32(len(s.places) - 1)
	i := stepHash(p.node, p.word)
	for s.places[i&last].to != 0 {
		i++
	}
	s.places[i&last] = p
	s.taken++
}
