package classify

import (
	"math"
	"sync"
)

// The model sees a text as hashed words and pairs of neighbouring words, and beside them what the lexicon says. Everything here has to stay as
// it was when the model was trained: a change needs a new training (go run ./reviews/classify/train).

const (
	buckets    = 1 << 16
	dense      = 12
	hashStart  = 0x9e3779b9 // stands before the first word of a sentence
	hashNumber = 0x51ed270b // stands for every number
)

// features are what the models see of one text.
type features struct {
	hashed []uint32 // two of each word: itself, and itself with the one before it
	dense  [dense]float32
}

var featuresPool = sync.Pool{New: func() any { return new(features) }}

// read takes in the words.
func (f *features) read(d *document) {
	f.hashed = f.hashed[:0]
	before, sentence := uint32(hashStart), int32(-1)
	for i := range d.words {
		w := &d.words[i]
		if s := d.clause[w.clause].sentence; s != sentence {
			before, sentence = hashStart, s
		}
		f.hashed = append(f.hashed, mix(w.hash), mix(before*0x01000193^w.hash*0x85ebca6b))
		before = w.hash
	}
}

// feel takes in what the lexicon says of the text.
func (f *features) feel(d *document, v verdict) {
	var good, bad, last float64
	var goods, bads float32
	for _, r := range v.reasons {
		if r.weight > 0 {
			good += r.weight
			goods++
		} else {
			bad -= r.weight
			bads++
		}
		last = r.weight
	}
	words := float64(len(d.words))
	root := math.Sqrt(words + 1)
	contrasts := float32(0)
	for _, c := range d.clause {
		if c.contrast {
			contrasts++
		}
	}
	f.dense = [dense]float32{
		float32(v.score), float32(good / root), float32(bad / root), float32(math.Tanh(good / 4)), float32(math.Tanh(bad / 4)), float32(math.Tanh(last)),
		float32(min(d.bangs, 4)) / 4, float32(min(d.shouts, 4)) / 4, float32(math.Log1p(words)) / 5, min(contrasts, 3) / 3,
		(goods - bads) / (goods + bads + 1), 0,
	}
	if len(v.reasons) == 0 {
		f.dense[11] = 1
	}
}

// weight is what one hashed feature counts: the more there are, the less.
func (f *features) weight() float32 { return float32(1 / math.Sqrt(float64(len(f.hashed))+1)) }

func hashWord(word []byte) uint32 {
	h := uint32(2166136261)
	for _, b := range word {
		h = (h ^ uint32(b)) * 16777619
	}
	return h
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}
