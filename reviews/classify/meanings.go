package classify

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math"
	"math/bits"
)

// A model that counts words knows those that it was taught. Somebody who writes "agony" where everybody taught it "pain" is not heard. So beside each
// usual word stands its place in a small space where words that are used alike lie near each other, learned by others from billions of words
// (assets/words/card.yaml). What a model learns of one word it half knows of its neighbours.

// Meanings is how many numbers tell the place of a word.
const Meanings = 32

const (
	meaningsMagic = "GWWORD01"
	// meaningGain is how much the places of words count beside the words themselves, while learning.
	meaningGain = 3
)

// meanings are the places of words. It is found by the hash that a word has anyway.
type meanings struct {
	places []meaningPlace // open: what is looked for stands at its place or right behind it
	itself [][2]uint32    // by row: the features of the word and of its stem; row 0 stands for all other words
	at     []float32      // rows times Meanings
}

type meaningPlace struct {
	hash uint32
	row  int32
}

// row gives the place of a word, 0 for none.
func (m *meanings) row(hash uint32) int32 {
	last := uint32(len(m.places) - 1)
	for i := hash * 0x9e3779b9 >> 7; ; i++ {
		p := m.places[i&last]
		if p.row == 0 || p.hash == hash {
			return p.row
		}
	}
}

func (m *meanings) of(row int32) []float32 { return m.at[int(row)*Meanings:][:Meanings] }

// loadMeanings reads the places of words.
func loadMeanings(fsys fs.FS) (*meanings, error) {
	const name = "words/vectors.bin"
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("the list %s is not there: %w", name, err)
	}
	wrong := fmt.Errorf("the list %s is not one of this program: it has %d bytes", name, len(b))
	if len(b) < len(meaningsMagic)+12 || string(b[:len(meaningsMagic)]) != meaningsMagic {
		return nil, wrong
	}
	b = b[len(meaningsMagic):]
	n, numbers, scale := int(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint32(b[4:]), math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))
	body, err := unpack(b[12:])
	if err != nil {
		return nil, fmt.Errorf("the list %s cannot be read: %w", name, err)
	}
	if numbers != Meanings || n <= 0 || n*Meanings >= len(body) {
		return nil, wrong
	}
	words, numbersOf := body[:len(body)-n*Meanings], body[len(body)-n*Meanings:]
	m := &meanings{places: make([]meaningPlace, 2<<bits.Len(uint(n))), itself: make([][2]uint32, 1, n+1), at: make([]float32, (n+1)*Meanings)}
	last := uint32(len(m.places) - 1)
	for word := range bytes.Lines(words) {
		word = bytes.TrimSuffix(word, []byte("\n"))
		row, hash := len(m.itself), hashWord(word)
		if row > n {
			return nil, wrong
		}
		i := hash * 0x9e3779b9 >> 7
		for m.places[i&last].row != 0 {
			i++
		}
		m.places[i&last] = meaningPlace{hash, int32(row)}
		m.itself = append(m.itself, [2]uint32{mix(hash), mix(uint32(stem(word)) ^ hashEnd)})
		for k := range Meanings {
			m.at[row*Meanings+k] = meaningGain * scale * float32(int8(numbersOf[k*n+row-1]))
		}
	}
	return m, nil
}
