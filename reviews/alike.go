package reviews

import (
	"unicode"
)

// Texts that are nearly the same are found by two fingerprints. One is of the first words: an excerpt that an alert quotes has it in common with
// the whole review. The other is the smallest hash of all runs of words (min-hash: Broder, 1997): two texts share it with a probability that is
// the share of the runs they have in common. Both only point at candidates; whether it is the same story is then told by the texts.
const (
	openingWords  = 8
	runWords      = 4
	likenessWords = 12 // a shorter text has too few runs
)

// printsOf returns the two fingerprints of a text; 0 where it is too short to tell. The first words are those of the text, for an alert that quotes
// it has a title of its own; a text too short for that counts with its title.
func printsOf(title, text string) (opening, likeness int64) {
	var ring [runWords]uint64
	least, words, begin := ^uint64(0), 0, 0
	h, inside, first, together := offset, false, offset, offset
	end := func() {
		ring[words%runWords] = h
		words++
		if words <= openingWords {
			together = (together ^ h) * prime
		}
		if words-begin <= openingWords {
			first = (first ^ h) * prime
		}
		if words >= runWords {
			run := offset
			for i := range runWords {
				run = (run ^ ring[(words+i)%runWords]) * prime
			}
			run ^= run >> 32 // the low bits of this hash alone are not even
			least = min(least, run*prime)
		}
		h, inside = offset, false
	}
	for _, part := range []string{title, text} {
		begin, first = words, offset
		for _, c := range part {
			if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
				if inside {
					end()
				}
				continue
			}
			inside = true
			for c = unicode.ToLower(c); c > 0; c >>= 8 {
				h = (h ^ uint64(c&0xff)) * prime
			}
		}
		if inside {
			end()
		}
	}
	switch {
	case words-begin >= openingWords:
		opening = nonZero(first)
	case words >= openingWords:
		opening = nonZero(together)
	}
	if words >= likenessWords {
		likeness = nonZero(least)
	}
	return opening, likeness
}
