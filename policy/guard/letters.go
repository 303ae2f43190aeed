package guard

// A third model reads how the words of a draft are spelled: a word that no lesson holds has parts that some do, and a model that sees other things than the
// rest errs elsewhere.

const (
	letterSize  = 1 << 20
	fewestInRow = 2 // letters, a word's edges among them
	mostInRow   = 5
	wordEdge    = ' '
)

// spell notes the letters in a row of a word, and the sign that follows it.
func (t *traits) spell(word string, next byte) {
	at := func(i int) byte {
		switch {
		case i == 0:
			return wordEdge
		case i <= len(word):
			return word[i-1]
		}
		return next
	}
	for i := 0; i <= len(word); i++ {
		h := hashStart
		for j := i; j < min(i+mostInRow, len(word)+2); j++ {
			h = (h ^ uint64(at(j))) * hashFactor
			if j-i+1 >= fewestInRow {
				t.letter(h)
			}
		}
	}
}

// letter notes a hash among the letters, once.
func (t *traits) letter(h uint64) {
	n := trait((h ^ h>>23 ^ h>>43) % letterSize)
	if bit := uint64(1) << (n & 63); t.seenLetters[n>>6]&bit == 0 {
		t.seenLetters[n>>6] |= bit
		t.letters = append(t.letters, n)
	}
}

// lettersOf notes how the words of a sentence are spelled. What the practice calls its own is one word for all practices, and a figure one for all figures.
func (t *traits) lettersOf(text string, toks []token) {
	for _, w := range toks {
		next := byte(wordEdge)
		if w.end < len(text) {
			next = text[w.end]
		}
		word := text[w.start:w.end]
		switch {
		case w.word == ownName:
			word = "manager"
		case w.word == ownPractice:
			word = "practice"
		default:
			word = zeroed(word)
		}
		t.spell(word, next)
	}
}

var ownName, ownPractice = hashed("manager"), hashed("practice")
